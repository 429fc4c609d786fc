import { assumptionFaults, cutOf, SCENARIO, scenarioOf } from './scenario.rules.js';
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
  ['a year that is over', part(3_333, '2017/18'), [], ['year-over']],
  ['a year without money', part(3_333, '2020/21'), [], ['nothing-in-year']],
  ['a year whose lines are all withdrawn', part(3_333, '2020/21'), [year('2020/21', 0)], ['nothing-in-year']],
  ['all that there is', amount(300), [], []],
  ['more than there is', amount(301), [], ['cut-too-large']],
  ['a part and an amount', { ...part(1), cut: { basisPoints: 1, amountPence: 1 } }, [], ['cut-unclear']],
  ['neither', { ...part(1), cut: { basisPoints: null, amountPence: null } }, [], ['cut-unclear']],
])('whether %s can be cut', (_, assumption, more, codes) =>
  expect(
    assumptionFaults(assumption, facts({ years: [...facts({}).years, ...more] })).map(({ code }) => code),
  ).toEqual(codes),
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
    { tranches: THREE, years: [year('2019/20', 300), year('2020/21', 60), year('2021/22', 500)] },
    150,
    [
      [1, 100, 0, 0, '2019-05-01'],
      [2, 50, 50, 0, '2020-04-01'],
      [3, 0, 100, 0, '2021-04-01'],
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

test('of tranches of a day, the agreement that comes first is paid first', () => {
  const of = (reference: string) => ({
    ...tranche(1, '2019-05-01', 100),
    id: reference,
    agreement: { id: reference, reference },
  });
  const { tranches } = scenarioOf(
    amount(100),
    facts({ tranches: [of('AGR-2'), of('AGR-1')], years: [year('2019/20', 200)] }),
  );
  expect(tranches.map(({ id, keptPence }) => [id, keptPence])).toEqual([
    ['AGR-1', 100],
    ['AGR-2', 0],
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
