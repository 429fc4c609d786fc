import { stringify } from 'csv-stringify/sync';
import { formatPounds } from '../../core/money.js';
import { defused } from '../../exports/cell.rules.js';
import type { ColumnKind, Table } from './table.js';

function written(kind: ColumnKind, value: string | number | null): string {
  if (value === null) return '';
  if (kind === 'money') return decimals(formatPounds(Number(value)).replaceAll(/[£,]/g, ''));
  if (typeof value === 'number') return String(value);
  return defused(value);
}

const decimals = (amount: string): string => (amount.includes('.') ? amount : `${amount}.00`);

const heading = (text: string, kind: ColumnKind): string =>
  kind === 'money' ? `${text} (£)` : kind === 'percent' ? `${text} (%)` : text;

const LINES = { record_delimiter: 'windows' } as const;

const headingsOf = ({ headings }: Table): string =>
  stringify([headings.map(({ text, kind }) => heading(text, kind))], LINES);

const linesOf = ({ headings, rows }: Table): string =>
  stringify(
    rows.map((row) => row.map(({ value }, index) => written(headings[index]?.kind ?? 'text', value))),
    LINES,
  );

/**
 * A table as CSV (RFC 4180): pounds with two decimals, days as YYYY-MM-DD, no totals. Text that a spreadsheet would
 * run as a formula begins with an apostrophe.
 */
export const tableFile = (table: Table): string => headingsOf(table) + linesOf(table);

/** The same of a table that comes in pages, in pieces: the headings stand before the first alone. */
export async function* tablePieces(pages: AsyncIterable<Table>): AsyncGenerator<string> {
  let begun = false;
  for await (const page of pages) {
    yield begun ? linesOf(page) : tableFile(page);
    begun = true;
  }
}
