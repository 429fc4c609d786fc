import type { DateOn } from '../../core/calendar.js';
import type { Pence } from '../../core/money.js';
import { count, day, instant, NOTHING, percent, pounds } from './format.js';

/** What a column holds: it says how a value is shown, aligned, sorted and written to a file. */
export type ColumnKind = 'text' | 'money' | 'day' | 'instant' | 'count' | 'percent';

/** NHS colours of a tag. Its words carry the meaning; the colour only helps. */
export type TagColour =
  | 'white'
  | 'grey'
  | 'green'
  | 'aqua-green'
  | 'blue'
  | 'purple'
  | 'pink'
  | 'red'
  | 'orange'
  | 'yellow';

/** One value of a table, and what stands around it. */
export interface Cell {
  value: string | number | null;
  href?: string;
  tag?: TagColour;
  /** A second line, smaller: where a figure comes from, or what it means. */
  note?: string | undefined;
}

/** A column: its heading, and how a row's cell is read. */
export interface Column<Row> {
  heading: string;
  kind: ColumnKind;
  cell: (row: Row) => Cell;
}

/** A table as a page shows it, sorts it and gives it away as a file. */
export interface Table {
  /** Unique on its page; in addresses: `?sort=money.trust`, `?download=money`. */
  id: string;
  caption: string;
  headings: Array<{ key: string; text: string; kind: ColumnKind }>;
  rows: Cell[][];
  /** Totals, below the rows and never sorted among them. */
  foot: Cell[] | null;
  /** What it says where there is no row, and what to do next. */
  empty: string;
  /** The address of the next page, where these are not all rows. */
  next: string | null;
  /** The address of the whole list in the API, which it is downloaded by where it goes on over several pages. */
  whole: string | null;
}

export interface TableOptions<Row> {
  id: string;
  caption: string;
  rows: readonly Row[];
  columns: ReadonlyArray<Column<Row>>;
  empty: string;
  /** One cell for each column. */
  foot?: Cell[] | undefined;
  next?: string | null | undefined;
  whole?: string | undefined;
}

const keyOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A table out of rows and columns. @throws RangeError where the foot has another number of cells than columns */
export function table<Row>({
  id,
  caption,
  rows,
  columns,
  empty,
  foot,
  next,
  whole,
}: TableOptions<Row>): Table {
  if (foot && foot.length !== columns.length)
    throw new RangeError(`The foot of ${id} has not ${columns.length} cells`);
  return {
    id,
    caption,
    headings: columns.map(({ heading, kind }) => ({ key: keyOf(heading), text: heading, kind })),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
    foot: foot ?? null,
    empty,
    next: next ?? null,
    whole: whole ?? null,
  };
}

const column =
  <Value extends string | number>(kind: ColumnKind) =>
  <Row>(
    heading: string,
    value: (row: Row) => Value | null,
    more: { href?: (row: Row) => string | null; note?: (row: Row) => string | null } = {},
  ): Column<Row> => ({
    heading,
    kind,
    cell: (row) => ({
      value: value(row),
      ...optional('href', more.href?.(row)),
      ...optional('note', more.note?.(row)),
    }),
  });

const optional = (key: 'href' | 'note', value: string | null | undefined) => (value ? { [key]: value } : {});

/** Words. */
export const text = column<string>('text');
/** Pence, shown as pounds. */
export const money = column<Pence>('money');
/** A day, YYYY-MM-DD. */
export const date = column<DateOn>('day');
/** An instant, ISO 8601. */
export const moment = column<string>('instant');
/** A whole number. */
export const number = column<number>('count');
/** A percentage, 0 to 100; its parts stand in columns or a note beside it. */
export const percentage = column<number>('percent');

/** A state in words, with the colour of its tag. */
export interface Tag {
  words: string;
  colour: TagColour;
}

/** A state, as a tag in words. */
export function state<Row>(
  heading: string,
  of: (row: Row) => Tag,
  more: { note?: (row: Row) => string | null } = {},
): Column<Row> {
  return {
    heading,
    kind: 'text',
    cell: (row) => {
      const { words, colour } = of(row);
      return { value: words, tag: colour, ...optional('note', more.note?.(row)) };
    },
  };
}

const SHOWN: Record<ColumnKind, (value: string | number) => string> = {
  text: String,
  money: (value) => pounds(Number(value)),
  day: (value) => day(String(value)),
  instant: (value) => instant(String(value)),
  count: (value) => count(Number(value)),
  percent: (value) => percent(Number(value)),
};

/** A value as a reader reads it. */
export function shown(kind: ColumnKind, value: string | number | null): string {
  return value === null || value === '' ? NOTHING : SHOWN[kind](value);
}

/** Whether a column's values stand at the right, digit under digit. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'money' || kind === 'count' || kind === 'percent';
}

/** How a table is sorted: by which column, and which way. */
export interface Sorting {
  key: string;
  descending: boolean;
}

/** The sorting that an address asks of a table: `money.awarded`, `-money.awarded`; null where it asks none of it. */
export function sortingOf(asked: string | undefined, { id, headings }: Table): Sorting | null {
  const match = /^(-?)([a-z0-9-]+)\.([a-z0-9-]+)$/.exec(asked ?? '');
  if (match?.[2] !== id || !headings.some(({ key }) => key === match[3])) return null;
  return { key: match[3] as string, descending: match[1] === '-' };
}

/** A table with its rows in order; nothing comes last, whichever the way. Rows that are alike stay as they were. */
export function sorted(given: Table, { key, descending }: Sorting): Table {
  const index = given.headings.findIndex((heading) => heading.key === key);
  const way = descending ? -1 : 1;
  const rows = [...given.rows].sort((a, b) => compare(a[index]?.value ?? null, b[index]?.value ?? null, way));
  return { ...given, rows };
}

const COLLATOR = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

function compare(a: string | number | null, b: string | number | null, way: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return way * (a - b);
  return way * COLLATOR.compare(String(a), String(b));
}
