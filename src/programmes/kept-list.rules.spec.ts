import fc from 'fast-check';
import { firstThings, KEPT_NAME } from './kept-list.rules.js';
import type { Sums } from './kept-sum.queries.js';

const uuid = (kind: string, n: number) => `${kind}0000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const trust = (n: number) => uuid('a', n);
const id = (n: number) => uuid('b', n);
/** Things by the number of their trust and their own, each with its place. */
const list = (...listed: Array<[number, number, number]>): Sums =>
  Object.fromEntries(listed.map(([of, own, place]) => [`${trust(of)}:${id(own)}`, place]));

test.each([
  [
    'nothing changed: as it was kept, by place and then by id',
    list([1, 2, 9], [1, 1, 9], [2, 3, 4]),
    {},
    [],
    [3, 1, 2],
  ],
  ['what a trust had is gone', list([1, 1, 4], [2, 2, 5]), {}, [1], [2]],
  ['what it has now takes its place', list([1, 1, 4], [2, 2, 5]), list([1, 1, 6]), [1], [2, 1]],
  [
    'what it has besides is among the others',
    list([1, 1, 4], [2, 2, 6]),
    list([1, 1, 4], [1, 3, 5]),
    [1],
    [1, 3, 2],
  ],
  ['a trust that had nothing', list([1, 1, 4]), list([2, 2, 3]), [2], [2, 1]],
])('of few things, all are there: %s', (_, kept, now, changed, expected) => {
  expect(firstThings(kept, now, changed.map(trust))).toEqual({ ids: expected.map(id), all: true });
});

test.each([
  [199, true],
  [200, false],
])('of %i things, all are kept: %p', (count, all) => {
  const kept = list(...Array.from({ length: count }, (_, n): [number, number, number] => [1, n, n]));
  expect(firstThings(kept, {}, []).all).toBe(all);
});

test('what was kept ends with its last thing, in whatever order it is written', () =>
  expect(firstThings(list([2, 2, 6], [1, 1, 4]), list([1, 3, 5]), [trust(1)], 2).ids).toEqual([
    id(3),
    id(2),
  ]));

test.each<[string, [number, number, number], number[]]>([
  ['before the last, it is there', [1, 3, 5], [3, 2]],
  ['in its place and by its id before it, it is there', [1, 1, 6], [1, 2]],
  ['in its place and by its id after it, it is not: others may be between', [1, 3, 6], [2]],
  ['after it, it is not: others may be between', [1, 3, 7], [2]],
])('of as many as are kept, they end where those end: what came %s', (_, now, expected) => {
  const { ids, all } = firstThings(list([2, 2, 6], [1, 1, 4]), list(now), [trust(1)], 2);
  expect({ ids, all }).toEqual({ ids: expected.map(id), all: false });
});

test('whatever was kept and whatever changed since, they are the first of the list as it stands', () => {
  const things = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(30), fc.nat(8)), { selector: ([, own]) => own });
  fc.assert(
    fc.property(things, things, fc.integer({ min: 1, max: 12 }), (before, after, most) => {
      const changed = [0, 1, 2];
      const isOf = ([of]: [number, number, number]) => changed.includes(of);
      const stayed = before.filter((thing) => !isOf(thing));
      const now = after.filter((thing) => isOf(thing) && !stayed.some(([, own]) => own === thing[1]));
      const { ids, all } = firstThings(
        list(...inOrder(before).slice(0, most)),
        list(...now),
        changed.map(trust),
        most,
      );
      const whole = inOrder([...stayed, ...now]).map(([, own]) => id(own));
      expect(ids).toEqual(whole.slice(0, ids.length));
      if (all) expect(ids).toEqual(whole);
    }),
  );
});

const inOrder = (things: Array<[number, number, number]>) =>
  [...things].sort(([, a, x], [, b, y]) => x - y || a - b);

test('a thing is named by its trust and its own id', () => {
  expect(KEPT_NAME.exec(`${trust(1)}:${id(2)}`)?.groups).toEqual({ trust: trust(1), id: id(2) });
  expect(KEPT_NAME.test(id(2))).toBe(false);
});
