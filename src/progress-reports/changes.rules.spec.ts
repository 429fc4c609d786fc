import fc from 'fast-check';
import { changes, nothingChanged } from './changes.rules.js';
import type { MilestoneLine, ReturnContent } from './return-content.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

const goLive: MilestoneLine = {
  milestone: 'go-live',
  forecastOn: '2018-03-31',
  actualOn: null,
  claim: 'none',
  delayReason: null,
  note: null,
};
const plan: MilestoneLine = { ...goLive, milestone: 'plan', actualOn: '2017-06-30', claim: 'met' };
const spend = {
  financialYear: '2017/18',
  kind: 'capital',
  source: 'grant',
  spentToDatePence: 500,
  forecastPence: 900,
  note: null,
} as const;
const measurement = { targetSet: 'universal', measure: 'a', numerator: 1, denominator: 2, note: null };
const risk = { title: 'Supplier', likelihood: 3, impact: 3, mitigation: 'Weekly calls', owner: 'Lead' };
const LAST: ReturnContent = {
  milestones: [goLive, plan],
  spend: [spend],
  measurements: [measurement],
  risks: [risk],
  narrative: [{ section: 'progress', text: 'Wards are online.' }],
  confidence: { scale: 'five', rating: 'green', reason: 'All well.' },
};
const written = (previous: ReturnContent | null, change: Partial<ReturnContent>) =>
  changes(previous, { ...LAST, ...change }).map(
    ({ place, label, before, after }) => `${place} | ${label}: ${before} > ${after}`,
  );

test.each<[string, Partial<ReturnContent>, string[], boolean]>([
  ['nothing', {}, [], true],
  ['another order', { milestones: [plan, goLive] }, [], true],
  [
    'a date',
    { milestones: [{ ...goLive, forecastOn: '2018-06-30' }, plan] },
    ['/milestones/0/forecastOn | go-live, forecast date: 31 March 2018 > 30 June 2018'],
    false,
  ],
  [
    'a date taken away',
    { milestones: [{ ...goLive, forecastOn: null }, plan] },
    ['/milestones/0/forecastOn | go-live, forecast date: 31 March 2018 > null'],
    false,
  ],
  [
    'what is said of a date',
    { milestones: [{ ...goLive, delayReason: 'supplier', note: 'Strike.' }, plan] },
    [
      '/milestones/0/delayReason | go-live, delay reason: null > supplier',
      '/milestones/0/note | go-live, note: null > Strike.',
    ],
    true,
  ],
  [
    'what is said of a measurement',
    { measurements: [{ ...measurement, note: 'By hand.' }] },
    ['/measurements/0/note | universal a, note: null > By hand.'],
    true,
  ],
  [
    'a claim',
    { milestones: [{ ...goLive, claim: 'met' }, plan] },
    ['/milestones/0/claim | go-live, claim: null > met'],
    false,
  ],
  [
    'a claim taken back',
    { milestones: [goLive, { ...plan, claim: 'none' }] },
    ['/milestones/1/claim | plan, claim: met > null'],
    true,
  ],
  [
    'the line of a milestone that was met',
    { milestones: [goLive] },
    [
      '/milestones | plan, forecast date: 31 March 2018 > null',
      '/milestones | plan, actual date: 30 June 2017 > null',
      '/milestones | plan, claim: met > null',
    ],
    true,
  ],
  [
    'a note',
    { spend: [{ ...spend, note: 'A credit.' }] },
    ['/spend/0/note | 2017/18 capital grant, note: null > A credit.'],
    true,
  ],
  [
    'an amount',
    { spend: [{ ...spend, spentToDatePence: 501 }] },
    ['/spend/0/spentToDatePence | 2017/18 capital grant, spent to date: £5 > £5.01'],
    false,
  ],
  [
    'a new line',
    { spend: [spend, { ...spend, source: 'match' }] },
    [
      '/spend/1/spentToDatePence | 2017/18 capital match, spent to date: null > £5',
      '/spend/1/forecastPence | 2017/18 capital match, forecast: null > £9',
    ],
    false,
  ],
  [
    'a measurement',
    { measurements: [{ ...measurement, denominator: 3 }] },
    ['/measurements/0/numerator | universal a, measurement: 1 of 2 > 1 of 3'],
    false,
  ],
  [
    'a risk',
    { risks: [{ ...risk, impact: 5 }] },
    ['/risks/0/impact | Supplier, impact: 3 of 5 > 5 of 5'],
    false,
  ],
  [
    'a risk whose impact is not said yet',
    { risks: [{ ...risk, impact: 0 }] },
    ['/risks/0/impact | Supplier, impact: 3 of 5 > null'],
    false,
  ],
  [
    'a risk that is gone',
    { risks: [] },
    [
      '/risks | Supplier, likelihood: 3 of 5 > null',
      '/risks | Supplier, impact: 3 of 5 > null',
      '/risks | Supplier, mitigation: Weekly calls > null',
      '/risks | Supplier, owner: Lead > null',
    ],
    false,
  ],
  [
    'the narrative',
    { narrative: [{ section: 'progress', text: 'More wards.' }] },
    ['/narrative/0/text | progress, text: Wards are online. > More wards.'],
    true,
  ],
  [
    'the rating',
    { confidence: { scale: 'five', rating: 'red', reason: 'All well.' } },
    ['/confidence/rating | five, rating: green > red'],
    false,
  ],
  [
    'its reason',
    { confidence: { scale: 'five', rating: 'green', reason: null } },
    ['/confidence/reason | five, reason: All well. > null'],
    true,
  ],
])('%s changed', (_, change, expected, unchanged) => {
  expect(written(LAST, change)).toEqual(expected);
  expect(nothingChanged(LAST, { ...LAST, ...change })).toBe(unchanged);
});

test('from nothing, all that is said is a change, and nothing is unchanged', () => {
  expect(changes(null, EMPTY_CONTENT)).toEqual([]);
  expect(written(null, { milestones: [], risks: [], narrative: [] })).toHaveLength(5);
  expect(nothingChanged(null, LAST)).toBe(false);
  expect(nothingChanged(null, EMPTY_CONTENT)).toBe(false);
});

const content: fc.Arbitrary<ReturnContent> = fc.record({
  milestones: fc.constant([]),
  spend: fc.constant([]),
  measurements: fc.array(
    fc.record({
      targetSet: fc.constantFrom('s', 't'),
      measure: fc.constantFrom('a', 'b'),
      numerator: fc.nat(9),
      denominator: fc.nat(9),
      note: fc.option(fc.string()),
    }),
    { maxLength: 5 },
  ),
  risks: fc.array(
    fc.record({
      title: fc.constantFrom('x', 'y'),
      likelihood: fc.integer({ min: 1, max: 5 }),
      impact: fc.integer({ min: 1, max: 5 }),
      mitigation: fc.string(),
      owner: fc.string(),
    }),
    { maxLength: 5 },
  ),
  narrative: fc.constant([]),
  confidence: fc.constant(null),
});

test('a content does not differ from itself, even with lines that are there twice', () => {
  fc.assert(fc.property(content, (one) => expect(changes(one, one)).toEqual([])));
});

test('what changed one way changed back the other way', () => {
  fc.assert(
    fc.property(content, content, (one, other) => {
      const told = (from: ReturnContent, to: ReturnContent) =>
        changes(from, to)
          .map(({ label }) => label)
          .sort();
      expect(told(one, other)).toEqual(told(other, one));
    }),
  );
});

test.each([
  ['before', [{ ...LAST, milestones: [{ ...goLive, actualOn: undefined } as never, plan] }, LAST]],
  ['now', [LAST, { ...LAST, milestones: [{ ...goLive, actualOn: undefined } as never, plan] }]],
] as Array<[string, [ReturnContent, ReturnContent]]>)(
  'what was left out %s is nothing',
  (_when, [before, now]) => expect(changes(before, now)).toEqual([]),
);
