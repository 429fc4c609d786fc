import readWorkbook from 'read-excel-file/node';
import type supertest from 'supertest';

/** A sheet of a workbook, row by row. */
export type Sheet = Array<Array<string | number | boolean | Date | null>>;

/** The sheets of a workbook by their names. */
export async function sheetsOf(bytes: Buffer): Promise<Record<string, Sheet>> {
  const sheets = await readWorkbook(bytes);
  return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data as Sheet]));
}

/** A request whose answer is read as bytes. */
export const asBytes = (request: supertest.Test): supertest.Test =>
  request.buffer(true).parse((answer, done) => {
    const pieces: Buffer[] = [];
    answer.on('data', (piece) => pieces.push(piece));
    answer.on('end', () => done(null, Buffer.concat(pieces)));
  });
