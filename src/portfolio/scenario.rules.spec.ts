import { assumptionFaults, cutOf, SCENARIO, scenarioOf, yearsToCut } from './scenario.rules.js';
import type { ScenarioFacts, ScenarioTranche, YearFacts } from './scenario.types.js';

const TODAY = '2018-07-20';
const trust = { odsCode: 'RW4', name: 'Mersey Care' };
const year = (label: string, allocatedPence: number, undrawnPence = allocatedPence): YearFacts => ({
  ...{ year: label, allocatedPence, undrawnPence },
});
const tranche = (
  number: number,
  expectedOn: string,
  remainingPence: number,
  milestones: string[] = [],
): ScenarioTranche => ({
  ...{ id: `t${number}`, agreement: { id: 'a', reference: 'AGR-1' }, trust, number, name: `Part ${number}` },
  ...{ expectedOn, remainingPence, milestones },
});
const facts = (over: Partial<ScenarioFacts>): ScenarioFacts => ({
  ...{
    asOn: TODAY,
    years: [year('2018/19', 300), year('2019/20', 300)],
    tranches: [],
    milestones: [],
    targetSets: [],
  },
  ...over,
});
const part = (basisPoints: number, financialYear = '2019/20') => ({
  ...{ financialYear, cut: { basisPoints, amountPence: null } },
});
const amount = (amountPence: number, financialYear = '2019/20') => ({
  ...{ financialYear, cut: { basisPoints: null, amountPence } },
});

test('a scenario stands until it is withdrawn', () => {
  expect(SCENARIO.open('standing')).toEqual(['withdraw']);
  expect(SCENARIO.open('withdrawn')).toEqual([]);
});

test.each([
  [part(3_333), 1_000, 333],
  [part(10_000), 999, 999],
  [part(1), 9_999, 0],
  [amount(7), 1_000, 7],
  [part(3_333), 9_000_000_000_000, 2_999_700_000_000],
])('%j of %d pence cuts %d', (assumption, allocated, cut) => expect(cutOf(assumption, allocated)).toBe(cut));

test.each([
  ['a year to come', part(3_333), [], []],
  ['the year that it is', part(3_333, '2018/19'), [], []],
  ['a year that is over', part(3_333, '2017/18'), [], ['year-over /financialYear']],
  ['a year without money', part(3_333, '2020/21'), [], ['nothing-in-year /financialYear']],
  [
    'a year whose lines are all withdrawn',
    part(3_333, '2020/21'),
    [year('2020/21', 0)],
    ['nothing-in-year /financialYear'],
  ],
  ['all that there is', amount(300), [], []],
  ['more than there is', amount(301), [], ['cut-too-large /cut/amountPence']],
  ['a part and an amount', { ...part(1), cut: { basisPoints: 1, amountPence: 1 } }, [], ['cut-unclear /cut']],
  ['neither', { ...part(1), cut: { basisPoints: null, amountPence: null } }, [], ['cut-unclear /cut']],
])('whether %s can be cut', (_, assumption, more, codes) =>
  expect(
    assumptionFaults(assumption, facts({ years: [...facts({}).years, ...more] })).map(
      ({ code, pointer }) => `${code} ${pointer}`,
    ),
  ).toEqual(codes),
);

test('what can be cut is what is not over and has money, to the last day and the last penny', () => {
  const years = [year('2017/18', 300), year('2018/19', 300), year('2019/20', 1), year('2020/21', 0)];
  const choices = (asOn: string) => yearsToCut({ years, asOn }).map((each) => each.year);
  expect(choices('2019-03-31')).toEqual(['2018/19', '2019/20']);
  expect(choices('2019-04-01')).toEqual(['2019/20']);
});

test.each([
  [facts({}).years, '2017/18 is over. Choose one of: 2018/19, 2019/20.'],
  [facts({}).years.slice(1), '2017/18 is over. Choose one of: 2019/20.'],
  [[], '2017/18 is over.'],
])('it is said which years can be cut instead', (years, message) =>
  expect(assumptionFaults(part(1, '2017/18'), facts({ years }))).toMatchObject([{ message }]),
);

const THREE = [tranche(1, '2019-05-01', 100), tranche(2, '2019-09-01', 100), tranche(3, '2020-03-01', 100)];

/** Of each tranche: kept, moved, unfunded, and the day on which all of it is paid. */
const outcome = (
  assumption: ReturnType<typeof part> | ReturnType<typeof amount>,
  over: Partial<ScenarioFacts>,
) =>
  scenarioOf(assumption, facts(over)).tranches.map(
    ({ number, keptPence, movedPence, unfundedPence, afterOn }) => [
      ...[number, keptPence, movedPence, unfundedPence, afterOn],
    ],
  );

test.each<[string, Partial<ScenarioFacts>, number, unknown[]]>([
  [
    'nothing is cut: nothing moves',
    { tranches: THREE },
    0,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 100, 0, 0, '2019-09-01'],
      [3, 100, 0, 0, '2020-03-01'],
    ],
  ],
  [
    'the earliest are kept; no later year has room',
    { tranches: THREE },
    150,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 50, 0, 50, null],
      [3, 0, 0, 100, null],
    ],
  ],
  [
    'what is cut moves to the first years that have room, in the same order',
    { tranches: THREE, years: [year('2019/20', 300), year('2021/22', 500), year('2020/21', 60)] },
    150,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 50, 50, 0, '2020-04-01'],
      [3, 0, 100, 0, '2021-04-01'],
    ],
  ],
  [
    'a penny that no year has is without a day',
    { tranches: THREE },
    1,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 100, 0, 0, '2019-09-01'],
      [3, 99, 0, 1, null],
    ],
  ],
  [
    'room is what no tranche of that year asks for',
    {
      tranches: [...THREE, tranche(4, '2020-06-01', 70)],
      years: [year('2019/20', 300), year('2020/21', 100)],
    },
    40,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 100, 0, 0, '2019-09-01'],
      [3, 60, 30, 10, null],
    ],
  ],
  [
    'what no tranche asks for is cut first',
    { tranches: THREE.slice(0, 2) },
    100,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 100, 0, 0, '2019-09-01'],
    ],
  ],
  [
    'tranches that ask for more than there is do so without a cut, and give what is cut',
    { tranches: THREE, years: [year('2019/20', 300, 200)] },
    10,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 100, 0, 0, '2019-09-01'],
      [3, 90, 0, 10, null],
    ],
  ],
])('%s', (_, over, cut, expected) => expect(outcome(amount(cut), over)).toEqual(expected));

test('what is overdue is to be paid today, and so in the year that it is', () => {
  const overdue = { tranches: [tranche(1, '2018-03-01', 100)], years: [year('2018/19', 100)] };
  expect(outcome(amount(100, '2018/19'), overdue)).toEqual([[1, 0, 0, 100, null]]);
  expect(
    outcome(amount(1, '2018/19'), { ...overdue, years: [year('2018/19', 100), year('2019/20', 9)] }),
  ).toEqual([[1, 99, 1, 0, '2019-04-01']]);
});

const of = (reference: string, number: number, expectedOn: string): ScenarioTranche => ({
  ...tranche(number, expectedOn, 100),
  ...{ id: `${reference}/${number}`, agreement: { id: reference, reference } },
});
test.each([
  ['the earlier day', of('AGR-1', 2, '2019-05-02'), of('AGR-2', 3, '2019-05-01')],
  ['of a day the agreement that comes first', of('AGR-2', 1, '2019-05-01'), of('AGR-1', 2, '2019-05-01')],
  ['of an agreement the lower number', of('AGR-1', 10, '2019-05-01'), of('AGR-1', 9, '2019-05-01')],
])('the first to be paid is %s, however they are listed', (_, second, first) => {
  for (const listed of [
    [first, second],
    [second, first],
  ]) {
    const { tranches } = scenarioOf(amount(100), facts({ tranches: listed, years: [year('2019/20', 200)] }));
    expect(tranches.map(({ id, keptPence }) => [id, keptPence])).toEqual([
      [first.id, 100],
      [second.id, 0],
    ]);
  }
});

test('what moves is paid in the later year, beside what that year has of its own', () => {
  const { totals, years } = scenarioOf(
    part(5_000),
    facts({
      tranches: [...THREE, tranche(4, '2020-06-01', 70)],
      years: [year('2019/20', 300), year('2020/21', 100)],
    }),
  );
  expect(totals.cutPence).toBe(150);
  expect(years.map((each) => [each.year, each.askedPence, each.cutPence, each.paidPence])).toEqual([
    ['2019/20', 300, 150, 150],
    ['2020/21', 70, 0, 100],
  ]);
});

test('what is drawn already cannot be cut, and it is said how much of the cut that is', () => {
  const { totals, years } = scenarioOf(
    amount(250),
    facts({ tranches: [tranche(1, '2019-05-01', 100)], years: [year('2019/20', 300, 150)] }),
  );
  expect(totals).toEqual({
    ...{ cutPence: 250, sparePence: 50, beyondPence: 100 },
    ...{ askedPence: 100, keptPence: 0, movedPence: 0, unfundedPence: 100 },
  });
  expect(years).toEqual([
    { year: '2019/20', allocatedPence: 300, undrawnPence: 150, askedPence: 100, cutPence: 150, paidPence: 0 },
  ]);
});
