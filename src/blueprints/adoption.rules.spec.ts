import {
  ADOPTION,
  type AdoptionState,
  type AdoptionStep,
  type AdoptionVerb,
  adoptionStepBlockers,
  fasterAndCheaper,
  type OutcomeFacts,
  openAdoptionSteps,
  outcomeOf,
} from './adoption.rules.js';

test.each<[AdoptionState, AdoptionVerb[], AdoptionStep[]]>([
  ['considering', ['start', 'abandon'], ['beginning', 'abandonment']],
  ['adopting', ['go-live', 'abandon'], ['go-live', 'abandonment']],
  ['live', ['abandon'], ['abandonment']],
  ['abandoned', [], []],
])('what may happen to one that is %s', (state, verbs, steps) => {
  expect(ADOPTION.open(state)).toEqual(verbs);
  expect(openAdoptionSteps(state)).toEqual(steps);
});

test.each<[AdoptionStep, AdoptionState, string | null, string, string[]]>([
  ['beginning', 'considering', null, '2019-01-01', []],
  ['beginning', 'considering', null, '2019-06-01', []],
  ['beginning', 'considering', null, '2019-06-02', ['day-to-come /on']],
  ['go-live', 'adopting', '2019-02-01', '2019-02-01', []],
  ['go-live', 'adopting', '2019-02-01', '2019-01-31', ['before-start /on']],
  ['go-live', 'considering', null, '2019-01-31', ['wrong-state /state']],
  ['abandonment', 'abandoned', '2019-02-01', '2019-03-01', ['wrong-state /state']],
])('%s of one that is %s, begun on %s, on %s', (step, state, startedOn, on, expected) =>
  expect(
    adoptionStepBlockers(step, { state, startedOn }, { on, today: '2019-06-01', pointer: '/on' }).map(
      ({ code, pointer: at }) => `${code} ${at}`,
    ),
  ).toEqual(expected),
);

const facts = (over: Partial<OutcomeFacts>): OutcomeFacts => ({
  ...{ state: 'live', startedOn: '2019-01-01', liveOn: '2019-01-31', costPence: 100 },
  ...{ exemplarDays: 60, exemplarPence: 200, validated: true },
  ...over,
});

test.each<[Partial<OutcomeFacts>, boolean | null, boolean | null]>([
  [{}, true, true],
  [{ exemplarDays: 30, exemplarPence: 100 }, false, false],
  [{ exemplarDays: null }, null, true],
  [{ costPence: null }, true, null],
  [{ state: 'adopting', liveOn: null }, null, null],
  [{ state: 'abandoned' }, null, null],
])('whether one with %j is faster and cheaper', (over, faster, cheaper) => {
  const { days, pence } = outcomeOf(facts(over));
  expect([days.less, pence.less]).toEqual([faster, cheaper]);
});

test('did followers get there faster and cheaper? Of so many that can be compared', () => {
  const all = [
    facts({}),
    facts({}),
    facts({ exemplarDays: 30 }),
    facts({ exemplarPence: 100 }),
    facts({ exemplarPence: null }),
    facts({ state: 'considering', startedOn: null, liveOn: null, costPence: null }),
    facts({ state: 'abandoned' }),
    // What nobody else has looked at counts for nothing, however good it looks.
    facts({ validated: false, costPence: 1 }),
  ];
  expect(fasterAndCheaper(all)).toEqual({
    adoptions: 8,
    byState: { considering: 1, adopting: 0, live: 6, abandoned: 1 },
    validated: { numerator: 5, denominator: 6 },
    faster: { numerator: 4, denominator: 5 },
    cheaper: { numerator: 3, denominator: 4 },
    both: { numerator: 2, denominator: 4 },
    days: { adopters: 150, exemplars: 270 },
    pence: { adopters: 400, exemplars: 700 },
  });
  expect(fasterAndCheaper([]).faster).toEqual({ numerator: 0, denominator: 0 });
});
