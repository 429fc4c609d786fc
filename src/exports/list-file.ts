import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { HeldReading } from '../database/held-reading.js';
import { BYTE_ORDER_MARK } from './cell.rules.js';
import { type Column, cellOf, valuesOf } from './column.rules.js';
import type { Format } from './format.rules.js';

/** A file that is written row by row, however many there are. */
export type TextFormat = Exclude<Format, 'xlsx'>;

/** For how long whoever downloads may take nothing, in milliseconds: less than the database lets a reading idle. */
const STALLED_MS = 45_000;

/** Rows of a list as a piece of its file. */
export function piece(format: TextFormat, rows: readonly unknown[], columns: readonly Column[]): string {
  if (rows.length === 0) return '';
  if (format === 'ndjson') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const cells = rows.map((row) => valuesOf(row, columns).map(cellOf));
  return stringify(cells, { record_delimiter: 'windows' });
}

/** What a file begins with. @param skipped rows that are left out: whoever has them has the heading too */
export function opening(format: TextFormat, columns: readonly Column[], skipped: number): string {
  if (format === 'ndjson' || skipped > 0) return '';
  return BYTE_ORDER_MARK + stringify([columns.map(({ name }) => name)], { record_delimiter: 'windows' });
}

/**
 * A stream of pieces out of a held reading, which is closed when the stream is: at its end, when whoever takes it goes,
 * and when they take nothing for too long.
 */
export function streamFrom(
  held: Pick<HeldReading, 'close'>,
  pieces: AsyncIterable<string | Buffer>,
  stalledMs = STALLED_MS,
): Readable {
  const stream: Readable = Readable.from(watched(), { objectMode: false, highWaterMark: 256 * 1024 });
  async function* watched(): AsyncGenerator<string | Buffer> {
    for await (const each of pieces) {
      if (each.length === 0) continue;
      const stalled = setTimeout(
        () => stream.destroy(new Error('Nothing of the file was taken for too long')),
        stalledMs,
      );
      try {
        yield each;
      } finally {
        clearTimeout(stalled);
      }
    }
  }
  stream.once('close', () => held.close());
  return stream;
}
