import { type BarsInput, barsChart } from './bars.chart.js';
import { type StackedInput, stackedChart } from './stacked.chart.js';

const BARS: BarsInput = {
  id: 'grant',
  title: 'Grant and match',
  unit: 'money',
  categories: [
    { label: 'Mersey Care', values: { paid: 500_000_000, match: 42_000_000 } },
    { label: 'Oxford Health', values: { paid: 0 }, note: 'Return overdue' },
  ],
  series: [
    { key: 'paid', name: 'Paid', fill: 'solid' },
    { key: 'match', name: 'Match', fill: 'hatched' },
  ],
};
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map((match) =>
    (match[1] as string).replace(/<[^>]*>/g, ' ').trim(),
  );

test('bars carry their figures, names and notes', () =>
  expect(texts(barsChart(BARS).svg)).toEqual(
    expect.arrayContaining([
      'Paid',
      'Match',
      '£5.0m',
      '£420k',
      '£0',
      'no figure',
      'Mersey Care',
      'Return overdue',
    ]),
  ));

test.each<[string, Partial<BarsInput>, string]>([
  [
    'a range, and what is missing',
    {},
    'Paid runs from £0 (Oxford Health) to £5.0m (Mersey Care). Match is £420k at Mersey Care; 1 without a figure.',
  ],
  [
    'equals',
    { unit: 'percent', categories: ['A', 'B'].map((label) => ({ label, values: { paid: 5, match: 1 } })) },
    'Paid is 5.0% at each of 2. Match is 1.0% at each of 2.',
  ],
  [
    'shared extremes',
    {
      unit: 'count',
      categories: [3, 3, 1, 2].map((paid, index) => ({ label: `T${index}`, values: { paid, match: 0 } })),
    },
    'Paid runs from 1 (T2) to 3 (T0 and 1 more). Match is 0 at each of 4.',
  ],
  [
    'nothing known',
    { categories: [{ label: 'A', values: {} }] },
    'Paid: there is no figure. Match: there is no figure.',
  ],
])('bars describe %s', (_, part, description) =>
  expect(barsChart({ ...BARS, ...part }).description).toBe(description),
);

test('bars are as long as their figures', () => {
  const { svg } = barsChart({
    ...BARS,
    series: [{ key: 'paid', name: 'Paid', fill: 'solid' }],
    categories: [1e8, 4e8].map((paid) => ({ label: String(paid), values: { paid } })),
  });
  const widths = [...svg.matchAll(/<rect [^>]*?width="([\d.]+)"/g)].map((match) => Number(match[1])).slice(1);
  expect(widths).toHaveLength(2);
  expect((widths[1] as number) / (widths[0] as number)).toBeCloseTo(4, 2);
});

test('only the patterns that are used are there, named for the chart', () =>
  expect([...barsChart(BARS).svg.matchAll(/<pattern [^>]*?id="([^"]*)"/g)].map((match) => match[1])).toEqual([
    'grant-hatched',
  ]));

test.each<[string, Partial<BarsInput>]>([
  ['no categories', { categories: [] }],
  ['no series', { series: [] }],
  ['two series of one fill', { series: BARS.series.map((each) => ({ ...each, fill: 'solid' })) }],
  ['two series of one key', { series: BARS.series.map((each) => ({ ...each, key: 'paid' })) }],
  ['a negative value', { categories: [{ label: 'A', values: { paid: -1 } }] }],
  ['part of a penny', { categories: [{ label: 'A', values: { paid: 0.5 } }] }],
])('bars refuse %s', (_, part) => expect(() => barsChart({ ...BARS, ...part })).toThrow(RangeError));

const STACKED: StackedInput = {
  id: 'award',
  title: 'Award',
  categories: [
    { label: 'Mersey Care', values: { paid: 300_000_000, claimed: 4_000_000, rest: 196_000_000 } },
  ],
  parts: [
    { key: 'paid', name: 'Paid', fill: 'solid' },
    { key: 'claimed', name: 'Claimed', fill: 'dotted' },
    { key: 'rest', name: 'Remaining', fill: 'outline' },
  ],
};

test('parts carry their amounts, those too narrow beneath the bar, and the whole stands at its end', () =>
  expect(texts(stackedChart(STACKED).svg)).toEqual(
    expect.arrayContaining(['£3.0m', '£2.0m', 'Claimed £40k', '£5.0m', 'Paid', 'Claimed', 'Remaining']),
  ));

test.each<[string, Partial<StackedInput>, string]>([
  [
    'the whole and its parts',
    {},
    'Of £5.0m in all: Paid £3.0m (60.0%), Claimed £40k (0.8%), Remaining £2.0m (39.2%).',
  ],
  ['nothing', { categories: [{ label: 'A', values: {} }] }, 'There is no money to show: every part is £0.'],
])('stacked bars describe %s', (_, part, description) =>
  expect(stackedChart({ ...STACKED, ...part }).description).toBe(description),
);

test.each<[string, Partial<StackedInput>]>([
  ['no categories', { categories: [] }],
  ['no parts', { parts: [] }],
  ['a negative amount', { categories: [{ label: 'A', values: { paid: -1 } }] }],
])('stacked bars refuse %s', (_, part) =>
  expect(() => stackedChart({ ...STACKED, ...part })).toThrow(RangeError),
);
