import fc from 'fast-check';
import {
  allocate,
  bandOf,
  type Drawable,
  drawMonetaryUnits,
  drawRandom,
  drawStratified,
  ordered,
  populationHash,
  strataOf,
  stratumSizes,
} from './drawing.rules.js';

const item = (id: string, amountPence: number): Drawable => ({ id, amountPence });
const populations = fc
  .uniqueArray(fc.record({ id: fc.uuid(), amountPence: fc.integer({ min: 0, max: 10_000_000 }) }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 60,
  })
  .filter((items) => items.some(({ amountPence }) => amountPence > 0));
const seeds = fc.string({ minLength: 1, maxLength: 40 });
const SETTINGS = { numRuns: 300, seed: 18 };
const shuffled = (items: readonly Drawable[]): Drawable[] => [...items].reverse();
const total = (items: readonly Drawable[]): number =>
  items.reduce((sum, { amountPence }) => sum + amountPence, 0);

test('the order of a population is that of its ids, and its hash is of a line each', () => {
  const items = [item('b', 2), item('a', 1)];
  expect(ordered(items).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(populationHash(items)).toBe(populationHash(shuffled(items)));
  expect(populationHash(items)).not.toBe(populationHash([item('a', 1), item('b', 3)]));
  // printf 'a 1\nb 2\n' | sha256sum
  expect(populationHash(items)).toBe('2951835de33689a441bfa61bc7af99b1f0305ca8ec0ab4dd508f14f57b27ca23');
});

describe('what docs/sampling.md draws by hand', () => {
  const [a, b, c] = [item('a', 100), item('b', 250), item('c', 700)];
  const SEED = 'Dice: 3 1 6';
  const drawnOnce = { hits: 1, certain: false, stratum: null };

  test('at random', () => {
    expect(drawRandom([a, b, c], 2, SEED)).toEqual([
      { item: b, ...drawnOnce },
      { item: c, ...drawnOnce },
    ]);
    expect(drawRandom([a, b, c], 3, SEED).every(({ certain }) => certain)).toBe(true);
  });

  test('by monetary units, where an item of an interval or more is certain', () => {
    expect(drawMonetaryUnits([a, b, c], 300, SEED)).toEqual([
      { item: b, ...drawnOnce },
      { item: c, ...drawnOnce, hits: 3, certain: true },
    ]);
    expect(drawMonetaryUnits([a, b, c], 250, SEED)).toContainEqual({ item: b, ...drawnOnce, certain: true });
  });
});

test('a random sample has its size, no item twice, and is the same whatever order the population came in', () => {
  fc.assert(
    fc.property(populations, seeds, fc.double({ min: 0, max: 1, noNaN: true }), (items, seed, share) => {
      const size = Math.max(1, Math.floor(items.length * share));
      const drawn = drawRandom(items, size, seed);
      expect(new Set(drawn.map(({ item: { id } }) => id)).size).toBe(size);
      expect(drawRandom(shuffled(items), size, seed)).toEqual(drawn);
      // A larger sample begins with the smaller one.
      expect(
        drawRandom(items, items.length, seed)
          .slice(0, size)
          .map((each) => each.item),
      ).toEqual(drawn.map((each) => each.item));
    }),
    SETTINGS,
  );
});

test('each item is as likely as any other: chi-square over 5,000 seeds, at one in a thousand', () => {
  const items = Array.from({ length: 20 }, (_, i) => item(String(i).padStart(2, '0'), 1));
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 5_000; seed += 1)
    for (const {
      item: { id },
    } of drawRandom(items, 3, `seed ${seed}`))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  const expected = (5_000 * 3) / 20;
  const chi = items.reduce((sum, { id }) => sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected, 0);
  // Nineteen degrees of freedom; draws without replacement vary less than the test supposes.
  expect(chi).toBeLessThan(43.82);
});

test('monetary units: so many points as intervals fit, what is an interval or more for certain, nothing of zero', () => {
  fc.assert(
    fc.property(populations, seeds, fc.integer({ min: 1, max: 40 }), (items, seed, size) => {
      const interval = Math.max(1, Math.floor(total(items) / size));
      const drawn = drawMonetaryUnits(items, interval, seed);
      const points = drawn.reduce((sum, { hits }) => sum + hits, 0);
      expect([Math.floor(total(items) / interval), Math.ceil(total(items) / interval)]).toContain(points);
      const large = items.filter(({ amountPence }) => amountPence >= interval).map(({ id }) => id);
      expect(
        drawn
          .filter(({ certain }) => certain)
          .map((each) => each.item.id)
          .sort(),
      ).toEqual(large.sort());
      for (const {
        item: { amountPence },
        hits,
        certain,
      } of drawn) {
        expect(amountPence).toBeGreaterThan(0);
        expect([Math.floor(amountPence / interval), Math.ceil(amountPence / interval)]).toContain(hits);
        if (!certain) expect(hits).toBe(1);
      }
      expect(drawMonetaryUnits(shuffled(items), interval, seed)).toEqual(drawn);
    }),
    SETTINGS,
  );
});

test('every penny is as likely as any other: chi-square over 10,000 seeds, at one in a thousand', () => {
  // A thousand items of a penny each, a hundred pence apart: which penny is hit is where the first point falls.
  const pennies = Array.from({ length: 200 }, (_, i) => item(String(i).padStart(4, '0'), 1));
  const counts = Array.from({ length: 100 }, () => 0);
  for (let seed = 0; seed < 10_000; seed += 1)
    for (const {
      item: { id },
    } of drawMonetaryUnits(pennies, 100, `seed ${seed}`))
      counts[Number(id) % 100] = (counts[Number(id) % 100] ?? 0) + 1;
  const expected = 20_000 / 100;
  // Each seed hits two pennies of the same rest, so the sum counts each draw twice.
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) / 2;
  expect(chi).toBeLessThan(148.23);
});

test('an item is hit in proportion to its amount: over 4,000 seeds within three in a hundred', () => {
  const items = [item('a', 100), item('b', 300), item('c', 600), item('d', 1_500)];
  const hits = new Map<string, number>();
  for (let seed = 0; seed < 4_000; seed += 1)
    for (const {
      item: { id },
      hits: each,
    } of drawMonetaryUnits(items, 1_000, `seed ${seed}`))
      hits.set(id, (hits.get(id) ?? 0) + each);
  for (const { id, amountPence } of items)
    expect(Math.abs((hits.get(id) ?? 0) / 4_000 - amountPence / 1_000)).toBeLessThan(0.03);
});

describe('strata', () => {
  const SMALL = [0, 0, 2, 2];
  const LARGE = [0, 0, 6, 6];
  const amounts = (...pence: number[]) => pence.map((amount, i) => item(`${amount}-${i}`, amount));

  test.each<[string, number[][], number, 'proportional' | 'neyman', number[]]>([
    [
      'by size',
      [
        [1, 1, 1, 1, 1, 1],
        [0, 100, 0],
      ],
      6,
      'proportional',
      [4, 2],
    ],
    [
      'the largest remainder first',
      [
        [1, 1, 1],
        [1, 1],
        [1, 1],
      ],
      3,
      'proportional',
      [1, 1, 1],
    ],
    [
      'by how amounts vary',
      [
        [10, 10, 10, 10],
        [0, 100, 0, 100],
      ],
      3,
      'neyman',
      [0, 3],
    ],
    [
      'what one cannot give goes to the others',
      [
        [0, 100],
        [10, 10, 11, 11, 10, 10],
      ],
      5,
      'neyman',
      [2, 3],
    ],
    [
      'by size where nothing varies',
      [
        [5, 5],
        [7, 7],
      ],
      2,
      'neyman',
      [1, 1],
    ],
    ['all of it', [[1, 2], [3]], 3, 'neyman', [2, 1]],
    ['the last item of one too', [[1], [1, 1]], 2, 'proportional', [1, 1]],
    // Four times the standard deviation is 4 and 12: of two, halves are left over, and the first of equals is served.
    ['by the standard deviation, the smaller first', [SMALL, LARGE], 2, 'neyman', [1, 1]],
    ['by the standard deviation, the larger first', [LARGE, SMALL], 2, 'neyman', [2, 0]],
    [
      'none from where nothing varies',
      [
        [5, 5, 5, 5],
        [0, 1],
      ],
      1,
      'neyman',
      [0, 1],
    ],
    [
      'by a weight rounded down',
      [
        [0, 1],
        [0, 0, 1],
      ],
      1,
      'neyman',
      [1, 0],
    ],
  ])('%s', (_, strata, size, allocation, expected) =>
    expect(
      allocate(
        strata.map((each) => amounts(...each)),
        size,
        allocation,
      ),
    ).toEqual(expected),
  );

  test('an allocation has its size, and asks of none more than there is', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 1, max: 60 }), fc.boolean(), (items, wanted, neyman) => {
        const strata = [...strataOf(items, ({ id }) => ((id[0] as string) < '8' ? 'low' : 'high')).values()];
        const size = Math.min(wanted, items.length);
        const sizes = allocate(strata, size, neyman ? 'neyman' : 'proportional');
        expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(size);
        for (const [i, stratum] of strata.entries()) expect(sizes[i]).toBeLessThanOrEqual(stratum.length);
      }),
      SETTINGS,
    );
  });

  test('each is drawn from by itself, without an item twice', () => {
    fc.assert(
      fc.property(populations, seeds, (items, seed) => {
        const strata = strataOf(items, ({ id }) => id[0] as string);
        const sizes = [...strata.values()].map((stratum) => Math.ceil(stratum.length / 2));
        const drawn = drawStratified(strata, sizes, seed);
        expect(new Set(drawn.map((each) => each.item.id)).size).toBe(drawn.length);
        expect(stratumSizes(strata, drawn).map((each) => each.drawn)).toEqual(sizes);
        const again = drawStratified(
          strataOf(shuffled(items), ({ id }) => id[0] as string),
          sizes,
          seed,
        );
        expect(again).toEqual(drawn);
      }),
      SETTINGS,
    );
  });

  test('an item says its stratum, and whether all of it is drawn', () => {
    const [one, two, three] = [item('a', 1), item('b', 1), item('c', 1)];
    const strata = new Map([
      ['x', [one, two]],
      ['y', [three]],
    ]);
    expect(drawStratified(strata, [1, 1], 'seed')).toEqual([
      { item: expect.anything(), hits: 1, certain: false, stratum: 'x' },
      { item: three, hits: 1, certain: true, stratum: 'y' },
    ]);
  });

  test.each([
    [0, '1: up to 100 pence'],
    [100, '1: up to 100 pence'],
    [101, '2: up to 500 pence'],
    [900, '3: up to 900 pence'],
    [901, '4: over 900 pence'],
  ])('the band of %i', (amount, band) => expect(bandOf(amount, [100, 500, 900])).toBe(band));
});
