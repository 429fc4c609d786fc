import type { TrustMilestone } from '../milestones/milestone.queries.js';
import type { Terms } from '../programmes/programme.entity.js';
import type { MeasuredValue, TrustMeasure } from '../targets/target.queries.js';
import type { MeasurementLine } from './return-content.js';
import type { ReturnContext } from './return-context.queries.js';
import {
  assessmentIn,
  expectationsIn,
  nextGateOn,
  prefillIn,
  trajectoryVariance,
} from './return-context.rules.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

const milestone = (over: Partial<TrustMilestone>): TrustMilestone => ({
  id: 'm',
  projectId: 'p',
  code: 'records/go-live',
  name: 'Go-live',
  kind: 'go-live',
  state: 'planned',
  baselineOn: '2018-03-31',
  agreedOn: null,
  forecastOn: '2018-06-30',
  actualOn: null,
  evidenceCount: 0,
  ...over,
});

const sourced = { source: null, assumed: 'Made up' };
const terms: Terms = {
  sourced,
  matchRatio: { sourced },
  matchRules: { types: [], exclusions: [], startsOn: '2017-04-01', endsOn: '2020-03-31', sourced },
  eligibility: { startsOn: '2017-04-01', endsOn: '2020-06-30', categories: [], sourced },
  payments: null,
  assurance: null,
  turnaround: null,
  followers: null,
  agreementConditions: null,
  confidenceScale: {
    code: 'three',
    name: 'Three points',
    points: [
      { code: 'green', label: 'Green' },
      { code: 'red', label: 'Red' },
    ],
    sourced,
  },
  controlTotals: { sourced },
  calendar: {
    cadence: 'quarterly',
    opensDaysAfterEnd: 1,
    dueDaysAfterEnd: 15,
    sourced,
  },
  delayReasons: [{ code: 'supplier', label: 'Supplier' }],
  narrativeSections: [{ code: 'progress', title: 'Progress', hint: null, maxLength: 100 }],
  awardeeTerm: { singular: 'trust', plural: 'trusts' },
};

const CONTEXT: ReturnContext = {
  programmeId: 'p',
  trustId: 't',
  startsOn: '2017-04-01',
  endsOn: '2020-03-31',
  matchPence: 1,
  perGrantPence: 2,
  terms,
  period: {
    id: 'q',
    label: '2017/18 Q4',
    financialYear: '2017/18',
    startsOn: '2018-01-01',
    endsOn: '2018-03-31',
  },
  previous: null,
  awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 100, matchPence: 50 }],
  milestones: [milestone({})],
  gates: ['2018-09-30'],
  measures: [],
};

test.each([
  ['the earliest one after the period', ['2018-09-30', '2018-06-30', '2017-06-30'], '2018-06-30'],
  ['none on the last day of the period', ['2018-03-31'], null],
  ['the day after it', ['2018-04-01'], '2018-04-01'],
  ['none where there is none', [], null],
] as const)('the next gate: %s', (_, gates, expected) =>
  expect(nextGateOn({ period: CONTEXT.period, gates: [...gates] })).toBe(expected),
);

test('a return has to speak of the sections, milestones, lines and measures of its context', () =>
  expect(expectationsIn(CONTEXT)).toEqual({
    narrativeSections: terms.narrativeSections,
    milestones: CONTEXT.milestones,
    awards: CONTEXT.awards,
    measures: [],
  }));

test('a draft starts with the scale by its codes', () =>
  expect(prefillIn(CONTEXT)).toMatchObject({
    previous: null,
    confidenceScale: { code: 'three', points: ['green', 'red'] },
    period: CONTEXT.period,
  }));

test("an assessment holds the return against the programme's terms, and against today", () =>
  expect(assessmentIn(CONTEXT, EMPTY_CONTENT, '2018-04-10', [])).toMatchObject({
    today: '2018-04-10',
    programme: {
      startsOn: '2017-04-01',
      endsOn: '2020-03-31',
      eligibility: { from: '2017-04-01', to: '2020-06-30' },
      matchRatio: { matchPence: 1, perGrantPence: 2 },
      delayReasons: ['supplier'],
    },
    nextGateOn: '2018-09-30',
    content: EMPTY_CONTENT,
    previous: null,
  }));

const value = (over: Partial<MeasuredValue>): MeasuredValue => ({
  targetSetId: 's',
  targetSetCode: 'aims',
  targetSetVersion: 1,
  startsOn: '2017-04-01',
  targetOn: '2020-03-31',
  targetNumerator: 100,
  targetDenominator: 100,
  measureId: 'access',
  unit: 'share',
  direction: 'up',
  weight: 1,
  targetValue: 100,
  baseline: { numerator: 0, denominator: 100 },
  trajectory: [{ on: '2018-03-31', numerator: 40, denominator: 100 }],
  measurementId: null,
  revision: null,
  state: null,
  numerator: null,
  denominator: null,
  validatedNumerator: null,
  validatedDenominator: null,
  illustrative: null,
  ...over,
});
const measure = (code: string, id = 'access') => ({
  ...{
    id,
    code,
    targetSet: 'aims/v1',
    projectId: null,
    name: code,
    unit: 'share' as const,
    direction: 'up' as const,
  },
});
const line = (code: string, numerator: number, denominator = 100) => ({
  ...{ targetSet: 'aims/v1', measure: code, numerator, denominator, note: 'Why' },
});

test.each<[string, TrustMeasure[], MeasuredValue[], MeasurementLine[], number | null]>([
  ['as planned', [measure('a')], [value({})], [line('a', 40)], 0],
  ['behind', [measure('a')], [value({})], [line('a', 30)], -100_000],
  ['ahead', [measure('a')], [value({})], [line('a', 45)], 50_000],
  ['not measured', [measure('a')], [value({})], [line('a', 0, 0)], -400_000],
  [
    "two projects' figures added up",
    [measure('p/a'), measure('q/a')],
    [value({})],
    [line('p/a', 50), line('q/a', 10)],
    -100_000,
  ],
  ['a value of each project counts once', [measure('a')], [value({}), value({})], [line('a', 40)], 0],
  [
    "another measure's figures are left out",
    [measure('a'), measure('b', 'other')],
    [value({})],
    [line('a', 40), line('b', 0)],
    0,
  ],
  [
    'one of one is measured',
    [measure('a')],
    [value({ trajectory: [{ on: '2018-03-31', numerator: 100, denominator: 100 }] })],
    [line('a', 1, 1)],
    0,
  ],
  ['no plan', [measure('a')], [value({ trajectory: [] })], [line('a', 40)], null],
  ["a measure that is not the trust's", [], [value({})], [], null],
])('against the trajectory: %s', (_, measures, values, measurements, ppm) =>
  expect(trajectoryVariance({ ...CONTEXT, measures }, { ...EMPTY_CONTENT, measurements }, values)).toBe(ppm),
);

test('an assessment is told how far the return is from the plan', () =>
  expect(
    assessmentIn(
      { ...CONTEXT, measures: [measure('a')] },
      { ...EMPTY_CONTENT, measurements: [line('a', 30)] },
      '2018-04-10',
      [value({})],
    ).trajectoryVariancePpm,
  ).toBe(-100_000));
