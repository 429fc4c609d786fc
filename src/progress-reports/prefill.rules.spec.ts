import { nothingChanged } from './changes.rules.js';
import { type PrefillInput, prefill } from './prefill.rules.js';
import type { ReturnContent, SpendLine } from './return-content.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

const grant: SpendLine = {
  financialYear: '2017/18',
  kind: 'capital',
  source: 'grant',
  spentToDatePence: 500,
  forecastPence: 900,
  note: 'As invoiced.',
};
const measured = { targetSet: 'universal', measure: 'a', numerator: 1, denominator: 2, note: 'By hand.' };
const risk = { title: 'Supplier', likelihood: 3, impact: 3, mitigation: 'Weekly calls', owner: 'Lead' };
const milestone = {
  code: 'go-live',
  state: 'in-progress',
  baselineOn: '2018-03-31',
  forecastOn: '2018-06-30',
  actualOn: null,
} as const;
const INPUT: PrefillInput = {
  previous: {
    milestones: [
      {
        milestone: 'go-live',
        forecastOn: '2018-06-30',
        actualOn: null,
        claim: 'started',
        delayReason: 'supplier',
        note: 'Late delivery.',
      },
    ],
    spend: [grant],
    measurements: [measured],
    risks: [risk],
    narrative: [{ section: 'progress', text: 'Wards are online.' }],
    confidence: { scale: 'five', rating: 'amber', reason: 'Late delivery.' },
  },
  milestones: [milestone],
  awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 1000, matchPence: 0 }],
  measures: [{ targetSet: 'universal', code: 'a' }],
  narrativeSections: [{ code: 'progress' }, { code: 'lessons' }],
  confidenceScale: { code: 'five', points: ['green', 'amber', 'red'] },
  period: { label: '2018/19 Q1', startsOn: '2018-04-01', endsOn: '2018-06-30' },
};
const filled = (change: Partial<PrefillInput>) => prefill({ ...INPUT, ...change });
const LAST = INPUT.previous as ReturnContent;

test('values are carried over; claims, reasons, notes and narrative are not', () =>
  expect(prefill(INPUT)).toEqual({
    milestones: [
      {
        milestone: 'go-live',
        forecastOn: '2018-06-30',
        actualOn: null,
        claim: 'none',
        delayReason: null,
        note: null,
      },
    ],
    spend: [{ ...grant, note: null }],
    measurements: [{ ...measured, note: null }],
    risks: [risk],
    narrative: [
      { section: 'progress', text: '' },
      { section: 'lessons', text: '' },
    ],
    confidence: { scale: 'five', rating: 'amber', reason: null },
  }));

test('a prefilled return that nobody touched changed nothing', () =>
  expect(nothingChanged(LAST, prefill(INPUT))).toBe(true));

test('a first return holds dates and zeros, and nothing that is not known', () =>
  expect(filled({ previous: null })).toEqual({
    ...EMPTY_CONTENT,
    milestones: [expect.objectContaining({ milestone: 'go-live', forecastOn: '2018-06-30' })],
    spend: [{ ...grant, spentToDatePence: 0, forecastPence: 0, note: null }],
    narrative: expect.any(Array),
  }));

test.each<[string, Partial<PrefillInput['milestones'][number]>, Array<[string | null, string | null]>]>([
  ['planned, without forecast', { state: 'planned', forecastOn: null }, [['2018-03-31', null]]],
  ['claimed', { state: 'claimed-met', actualOn: '2018-04-02' }, [['2018-06-30', '2018-04-02']]],
  ['met in the period', { state: 'met', actualOn: '2018-04-01' }, [['2018-06-30', '2018-04-01']]],
  ['met before', { state: 'met', actualOn: '2018-03-31' }, []],
  ['not met', { state: 'not-met' }, [['2018-06-30', null]]],
  ['waived', { state: 'waived' }, []],
  ['waived, with a day', { state: 'waived', actualOn: '2018-04-01' }, []],
  ['cancelled', { state: 'cancelled' }, []],
])('a milestone that is %s', (_, change, dates) =>
  expect(
    filled({ milestones: [{ ...milestone, ...change }] }).milestones.map((line) => [
      line.forecastOn,
      line.actualOn,
    ]),
  ).toEqual(dates),
);

const NEXT = { financialYear: '2018/19', kind: 'revenue', grantPence: 5, matchPence: 5 } as const;
test.each<[string, PrefillInput['awards'], SpendLine[], Array<[string, string, number]>]>([
  [
    'a new line of the award',
    [...INPUT.awards, NEXT],
    [grant],
    [
      ['2017/18', 'grant', 500],
      ['2018/19', 'grant', 0],
      ['2018/19', 'match', 0],
    ],
  ],
  [
    'match beyond a pledge of none',
    INPUT.awards,
    [grant, { ...grant, source: 'match' }],
    [
      ['2017/18', 'grant', 500],
      ['2017/18', 'match', 500],
    ],
  ],
  [
    'a line no longer in the award stays while there is money on it',
    [NEXT],
    [grant, { ...grant, source: 'match', spentToDatePence: 0, forecastPence: 0 }],
    [
      ['2018/19', 'grant', 0],
      ['2018/19', 'match', 0],
      ['2017/18', 'grant', 500],
    ],
  ],
  [
    'a penny that is only spent or only forecast stays too',
    [],
    [
      { ...grant, spentToDatePence: 1, forecastPence: 0 },
      { ...grant, source: 'match', spentToDatePence: 0, forecastPence: 1 },
    ],
    [
      ['2017/18', 'grant', 1],
      ['2017/18', 'match', 0],
    ],
  ],
])('%s', (_, awards, spend, expected) =>
  expect(
    filled({ awards, previous: { ...LAST, spend } }).spend.map((line) => [
      line.financialYear,
      line.source,
      line.spentToDatePence,
    ]),
  ).toEqual(expected),
);

test('what was said of a line that is no longer in the award is not carried over', () =>
  expect(filled({ awards: [] }).spend).toEqual([{ ...grant, note: null }]));

test.each([
  ['a new measure has no line', [{ targetSet: 'universal', code: 'b' }], measured],
  ['the same code in another target set has no line', [{ targetSet: 'maturity', code: 'a' }], measured],
  ['what was not measured has no line', INPUT.measures, { ...measured, numerator: 0, denominator: 0 }],
])('%s', (_, measures, line) =>
  expect(filled({ measures, previous: { ...LAST, measurements: [line] } }).measurements).toEqual([]),
);

test.each([
  ['another scale', { code: 'three', points: ['green', 'amber', 'red'] }],
  ['a point that is gone', { code: 'five', points: ['green', 'red'] }],
])('a rating on %s is not carried over', (_, confidenceScale) =>
  expect(filled({ confidenceScale }).confidence).toBeNull(),
);

test('the last return is left as it was', () => {
  const before = structuredClone(LAST);
  const made = prefill(INPUT);
  made.risks.forEach((each) => {
    each.title = 'changed';
  });
  made.spend.forEach((each) => {
    each.spentToDatePence = 0;
  });
  expect(LAST).toEqual(before);
});
