import type { Cell, Row } from 'write-excel-file/node';
import { type Column, type ColumnKind, valuesOf, wordsOf } from './column.rules.js';

/** What Excel takes in a cell. */
const LONGEST_TEXT = 32_767;
const WIDEST = 60;
const NARROWEST = 10;

/** A fact of a workbook: on its second sheet. */
export type AboutLine = [label: string, words: string];

/**
 * A list as an Excel workbook: cells are numbers, days and instants where they are such, and texts are texts and never
 * formulas, so nothing is put before them. The heading stays in sight; a second sheet says what it is.
 */
export async function workbook(
  columns: readonly Column[],
  rows: readonly unknown[],
  about: readonly AboutLine[],
): Promise<Buffer> {
  const values = rows.map((row) => valuesOf(row, columns));
  const cut = values.flat().filter((value) => wordsOf(value).length > LONGEST_TEXT).length;
  const notes: AboutLine[] =
    cut > 0
      ? [
          ...about,
          ['Cut', `${cut} texts end at ${LONGEST_TEXT} characters, as Excel has it. CSV has them whole.`],
        ]
      : [...about];
  const head: Row = columns.map(({ name }) => ({ value: name, fontWeight: 'bold' }));
  const body = values.map((row) => row.map((value, index) => cell(columns[index]?.kind ?? 'text', value)));
  const { default: writeWorkbook } = await import('write-excel-file/node');
  return writeWorkbook([
    {
      data: [head, ...body],
      sheet: 'List',
      stickyRowsCount: 1,
      columns: columns.map(({ name, kind }, index) => ({
        width: widthOf(
          name,
          kind,
          values.map((row) => row[index]),
        ),
      })),
    },
    {
      data: notes.map(([label, words]) => [{ value: label, fontWeight: 'bold' as const }, text(words)]),
      sheet: 'About',
      columns: [{ width: 16 }, { width: 100 }],
    },
  ]).toBuffer();
}

const text = (words: string): Cell => ({ value: words.slice(0, LONGEST_TEXT), type: String });

function cell(kind: ColumnKind, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'number' && typeof value === 'number')
    return { value, type: Number, ...(Number.isInteger(value) ? { format: '0' } : {}) };
  if (kind === 'boolean' && typeof value === 'boolean') return { value, type: Boolean };
  const instant = kind === 'day' || kind === 'instant' ? new Date(wordsOf(value)) : null;
  if (instant && !Number.isNaN(instant.getTime()))
    return { value: instant, type: Date, format: kind === 'day' ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss' };
  return text(wordsOf(value));
}

/** As wide as what stands in it, within reason. */
function widthOf(name: string, kind: ColumnKind, values: readonly unknown[]): number {
  if (kind === 'instant') return 20;
  const longest = values.reduce<number>((most, value) => Math.max(most, wordsOf(value).length), name.length);
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 2));
}
