import { isUtf8 } from 'node:buffer';
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { type Fault, unprocessable } from '../../core/problems.js';
import { type ExtractLine, MAX_EXTRACT_LINES } from './extract.rules.js';
import { type ExtractDays, readHeader, readRow } from './extract-cells.rules.js';

/** Most faults that are told at once. */
const MOST_FAULTS = 50;
/** Longest row, in bytes. */
const MAX_ROW_BYTES = 16_384;

/** One row of the file: its cells, and the line on which it begins. */
interface Row {
  cells: string[];
  line: number;
}

/**
 * Reads an extract: CSV in UTF-8 with a header row, in one piece. It is taken whole or not at all.
 * @throws Problem 422 naming every bad line with its column
 */
export function readExtract(bytes: Buffer, days: ExtractDays): ExtractLine[] {
  const [top, ...rows] = rowsOf(bytes);
  if (!top) throw refusedExtract([fault('header-missing', 'There is no header row.', 1)]);
  const read = readHeader(top.cells);
  if ('faults' in read) throw refusedExtract(read.faults);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0)
    throw refusedExtract([fault('no-lines', 'There is no line below the header row.', top.line)]);
  if (filled.length > MAX_EXTRACT_LINES)
    throw refusedExtract([
      fault(
        'too-many-lines',
        `There are ${filled.length} lines and there may be ${MAX_EXTRACT_LINES}. Split the file by days.`,
        filled[MAX_EXTRACT_LINES]?.line ?? 1,
      ),
    ]);
  const results = filled.map(({ cells, line }) => readRow(cells, line, read.header, days));
  const faults = results.flatMap((result) => ('faults' in result ? result.faults : []));
  if (faults.length > 0) throw refusedExtract(faults);
  return results.flatMap((result) => ('row' in result ? [result.row] : []));
}

function rowsOf(bytes: Buffer): Row[] {
  const wrong = notText(bytes);
  if (wrong) throw refusedExtract([wrong]);
  try {
    const records = parse(bytes, {
      bom: true,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: MAX_ROW_BYTES,
    }) as unknown as Array<{ record: string[]; info: Info }>;
    const lineAt = lineCounter(bytes);
    let start = 0;
    return records.map(({ record, info }) => {
      const line = lineAt(start);
      start = info.bytes;
      return { cells: record, line };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusedExtract([broken(error, lineCounter(bytes))]);
  }
}

/** Where a file stops being CSV. */
function broken(error: CsvError, lineAt: (offset: number) => number): Fault {
  const { bytes = 0, column } = error as unknown as { bytes?: number; column?: number | string };
  const long = error.code === 'CSV_MAX_RECORD_SIZE';
  const found = fault(
    long ? 'row-too-long' : 'not-csv',
    long
      ? 'This row is longer than any payment is. Look for a quotation mark that is never closed.'
      : 'The quotation marks do not pair: a cell that holds one is quoted, with the mark doubled.',
    lineAt(bytes),
  );
  return typeof column === 'number' ? { ...found, column: column + 1 } : found;
}

/** Says on which line of a file a byte is, from 1; asked in the order of the bytes. A line ends as CR, LF or both. */
function lineCounter(bytes: Buffer): (offset: number) => number {
  let [line, seen] = [1, 0];
  return (offset) => {
    for (; seen < offset; seen += 1) {
      const lineFeed = bytes[seen] === 0x0a;
      const carriageReturn = bytes[seen] === 0x0d;
      if (carriageReturn || (lineFeed && bytes[seen - 1] !== 0x0d)) line += 1;
    }
    return line;
  };
}

/** What keeps a file from being text in UTF-8, with the first line that is not. */
function notText(bytes: Buffer): Fault | undefined {
  const whole = isUtf8(bytes) && !bytes.includes(0);
  if (whole) return undefined;
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const piece = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (end === -1 || !isUtf8(piece) || piece.includes(0)) break;
    start = end + 1;
  }
  return fault(
    'not-utf-8',
    'This is not text in UTF-8. Save it as UTF-8 ("CSV UTF-8" in Excel), and send it again.',
    line,
  );
}

const fault = (code: string, message: string, line: number): Fault => ({
  code,
  message,
  pointer: '/file',
  line,
});

/** 422: an extract with faults; nothing of it is kept. */
export function refusedExtract(faults: readonly Fault[]): Error {
  const told = faults.slice(0, MOST_FAULTS);
  const lines = new Set(faults.flatMap(({ line }) => line ?? [])).size;
  const what =
    lines === 0
      ? 'This extract cannot be taken'
      : `${lines === 1 ? 'One line of this extract is' : `${lines} lines of this extract are`} not right`;
  const more =
    faults.length > told.length ? ` The first ${told.length} of ${faults.length} faults are named.` : '';
  return unprocessable(told[0]?.code ?? 'file', `${what}; nothing was stored.${more}`, told);
}
