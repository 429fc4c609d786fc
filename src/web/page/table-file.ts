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

/**
 * A table as CSV (RFC 4180): pounds with two decimals, days as YYYY-MM-DD, no totals. Text that a spreadsheet would
 * run as a formula begins with an apostrophe.
 */
export function tableFile({ headings, rows }: Table): string {
  return stringify(
    [
      headings.map(({ text, kind }) => heading(text, kind)),
      ...rows.map((row) => row.map(({ value }, index) => written(headings[index]?.kind ?? 'text', value))),
    ],
    { record_delimiter: 'windows' },
  );
}
