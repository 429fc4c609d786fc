import type { RowsHeard } from './list-source.js';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The bytes of a CSV file with its lines ended as RFC 4180 has it, by CR and LF. The database ends them by LF alone; a
 * line break within quotes is part of a text, and stays as it is.
 */
export async function* withLineEnds(
  pieces: AsyncIterable<Buffer>,
  heard?: Pick<RowsHeard, 'gone'>,
): AsyncGenerator<Buffer> {
  let quoted = false;
  for await (const piece of pieces) {
    const ends: number[] = [];
    let quote = piece.indexOf(QUOTE);
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, end + 1)) {
      for (; quote !== -1 && quote < end; quote = piece.indexOf(QUOTE, quote + 1)) quoted = !quoted;
      if (!quoted) ends.push(end);
    }
    for (; quote !== -1; quote = piece.indexOf(QUOTE, quote + 1)) quoted = !quoted;
    yield ended(piece, ends);
    heard?.gone(ends.length);
  }
}

/** The bytes of an NDJSON file as they are, with its lines counted where somebody wants to hear of them. */
export async function* counted(
  pieces: AsyncIterable<Buffer>,
  heard?: Pick<RowsHeard, 'gone'>,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    yield piece;
    if (!heard) continue;
    let lines = 0;
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, end + 1)) lines += 1;
    heard.gone(lines);
  }
}

function ended(piece: Buffer, ends: readonly number[]): Buffer {
  const whole = Buffer.allocUnsafe(piece.length + ends.length);
  let from = 0;
  let to = 0;
  for (const end of ends) {
    to += piece.copy(whole, to, from, end);
    whole[to] = CR;
    to += 1;
    from = end;
  }
  piece.copy(whole, to, from);
  return whole;
}
