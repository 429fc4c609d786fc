import { addDays } from '../core/calendar.js';
import type { Tx } from '../database/tx.js';
import { FigureBook } from './figure-book.js';
import { Progress } from './progress.entity.js';

const TARGET = { targetSetId: null, version: 1, targetPpm: 800_000, targetOn: '2020-03-31' };
const ends = (period: number) => addDays('2017-06-30', period * 91);
const reached = { numerator: 900_000, denominator: 1_000_000, target_version: 1 } as Progress;

/** A unit of work in which figures stand, and what it writes. */
function bookOf(standing: Progress[]) {
  const written: Progress[] = [];
  const tx = {
    manager: { findBy: async () => [...standing] },
    insertAll: async (_entity: unknown, rows: Progress[]) => written.push(...rows),
  } as unknown as Tx;
  return { written, opened: FigureBook.open(tx, Progress, {}) };
}

test.each([
  ['in order of time', (figures: Progress[]) => figures],
  ['in any order', (figures: Progress[]) => figures.toReversed()],
])('a trend runs through all that was kept, which comes %s', async (_how, come) => {
  const before = Array.from({ length: 11 }, (_, period) => ({
    ...{ ...reached, ends_on: ends(period), target_set_id: null, basis: 'validated' },
  })) as Progress[];
  const { written, opened } = bookOf(come(before));
  const book = await opened;
  await book.enter(TARGET, 'validated', ends(11), reached);
  expect(await book.close()).toBe(1);
  expect(written).toMatchObject([{ expected: { outcome: 'reached', expectedOn: ends(0), points: 8 } }]);
});
