import fc from 'fast-check';
import { INPUT } from '../../test/support/assessed-return.js';
import { matchFor } from '../core/money.js';
import type { AssessmentInput, Finding } from './assessment-input.js';
import {
  assessMoney,
  forecastBelowSpend,
  grantOverAward,
  lineNotInAward,
  matchBelowRatio,
  matchBelowRatioAtGate,
  spendFalls,
  spendOutsideEligibility,
} from './assessment-money.rules.js';
import type { ReturnContent, SpendLine } from './return-content.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

const grant = (spent: number, forecast: number, more: Partial<SpendLine> = {}): SpendLine => ({
  financialYear: '2017/18',
  kind: 'capital',
  source: 'grant',
  spentToDatePence: spent,
  forecastPence: forecast,
  note: null,
  ...more,
});
const match = (spent: number, forecast: number, more: Partial<SpendLine> = {}) =>
  grant(spent, forecast, { source: 'match', ...more });
const content = (...spend: SpendLine[]): ReturnContent => ({ ...EMPTY_CONTENT, spend });

function input(now: SpendLine[], more: Partial<AssessmentInput> = {}): AssessmentInput {
  return {
    ...INPUT,
    awards: [
      { financialYear: '2017/18', kind: 'capital', grantPence: 1000, matchPence: 1000 },
      { financialYear: '2018/19', kind: 'capital', grantPence: 1000, matchPence: 1000 },
    ],
    content: content(...now),
    ...more,
  };
}
const brief = (findings: Finding[]) =>
  findings.map(({ severity, code, place }) => `${severity} ${code} ${place}`);

test.each<[string, SpendLine[], SpendLine[] | null, string[]]>([
  ['the first return', [grant(0, 0)], null, []],
  ['the same', [grant(500, 900)], [grant(500, 900)], []],
  ['more', [grant(501, 900)], [grant(500, 900)], []],
  ['a penny less', [grant(499, 900)], [grant(500, 900)], ['blocking spend-falls /spend/0/spentToDatePence']],
  [
    'less, with a note',
    [grant(499, 900, { note: 'Credit note.' })],
    [grant(500, 900)],
    ['warning spend-falls /spend/0/spentToDatePence'],
  ],
  [
    'less, with a blank note',
    [grant(499, 900, { note: ' ' })],
    [grant(500, 900)],
    ['blocking spend-falls /spend/0/spentToDatePence'],
  ],
  ['less on another line', [match(0, 0), grant(500, 900)], [grant(500, 900), match(0, 0)], []],
  ['a line dropped', [], [grant(500, 900)], ['blocking spend-line-dropped /spend']],
  ['a line with a penny dropped', [], [grant(1, 900)], ['blocking spend-line-dropped /spend']],
  ['an empty line dropped', [], [grant(0, 900)], []],
])('spend falls: %s', (_, now, before, expected) =>
  expect(brief(spendFalls(input(now, { previous: before && content(...before) })))).toEqual(expected),
);

test.each<[string, SpendLine, string[]]>([
  ['all of it', grant(1000, 1000), []],
  ['a penny over', grant(1001, 1001), ['blocking spend-over-award /spend/0/spentToDatePence']],
  ['forecast over', grant(1000, 1001), ['warning forecast-over-award /spend/0/forecastPence']],
  ['match over', match(5000, 5000), []],
  ['without award', grant(1, 1, { kind: 'revenue' }), []],
])('over the award: %s', (_, line, expected) =>
  expect(brief(grantOverAward(input([line])))).toEqual(expected),
);

test.each<[string, SpendLine, string[]]>([
  ['equal', grant(5, 5), []],
  ['below', grant(5, 4), ['warning forecast-below-spend /spend/0/forecastPence']],
])('forecast below spend: %s', (_, line, expected) =>
  expect(brief(forecastBelowSpend(input([line])))).toEqual(expected),
);

test.each<[string, SpendLine, string[]]>([
  ['the first year', grant(1, 1), []],
  ['the last year', grant(1, 1, { financialYear: '2019/20' }), []],
  [
    'spent after',
    grant(1, 1, { financialYear: '2020/21' }),
    ['blocking spend-outside-eligibility /spend/0/spentToDatePence'],
  ],
  [
    'forecast after',
    grant(0, 1, { financialYear: '2020/21' }),
    ['warning forecast-outside-eligibility /spend/0/forecastPence'],
  ],
  [
    'match spent before',
    match(1, 1, { financialYear: '2016/17' }),
    ['blocking spend-outside-eligibility /spend/0/spentToDatePence'],
  ],
  ['nothing on it', grant(0, 0, { financialYear: '2020/21' }), []],
  ['no such year', grant(1, 1, { financialYear: '2017/19' }), []],
])('eligibility: %s', (_, line, expected) =>
  expect(brief(spendOutsideEligibility(input([line])))).toEqual(expected),
);

test.each([
  ['a day of the year that it starts in', '2018-03-31', '2019-03-31', []],
  ['a day of the year that it ends in', '2016-04-01', '2017-04-01', []],
  ['none of the year before', '2018-04-01', '2019-03-31', ['spend-outside-eligibility']],
  ['none of the year after', '2016-04-01', '2017-03-31', ['spend-outside-eligibility']],
])('the time in which costs count has %s', (_, from, to, expected) => {
  const programme = { ...INPUT.programme, eligibility: { from, to } };
  const findings = spendOutsideEligibility(input([grant(1, 1)], { programme }));
  expect(findings.map(({ code }) => code)).toEqual(expected);
});

test.each<[string, SpendLine, string[]]>([
  ['awarded', grant(0, 0), []],
  ['another kind', grant(0, 0, { kind: 'revenue' }), ['blocking line-not-in-award /spend/0']],
  ['another year', match(0, 0, { financialYear: '2019/20' }), ['blocking line-not-in-award /spend/0']],
])('not in the award: %s', (_, line, expected) =>
  expect(brief(lineNotInAward(input([line])))).toEqual(expected),
);

test.each<[string, SpendLine[], number, number, string[]]>([
  ['nothing spent', [], 1, 1, []],
  ['even', [grant(500, 0), match(500, 0)], 1, 1, []],
  ['a penny short', [grant(500, 0), match(499, 0)], 1, 1, ['warning match-below-ratio /spend']],
  ['across lines', [grant(500, 0), match(100, 0), match(400, 0, { financialYear: '2018/19' })], 1, 1, []],
  ['half is enough', [grant(501, 0), match(251, 0)], 1, 2, []],
  ['half, rounded up', [grant(501, 0), match(250, 0)], 1, 2, ['warning match-below-ratio /spend']],
  ['no match asked', [grant(500, 0)], 0, 1, []],
])('match now: %s', (_, lines, matchPence, perGrantPence, expected) => {
  const matchRatio = { matchPence, perGrantPence };
  const given = input(lines, { programme: { ...INPUT.programme, matchRatio } });
  expect(brief(matchBelowRatio(given))).toEqual(expected);
});

const NEXT = { financialYear: '2018/19' };
test.each<[string, SpendLine[], string | null, string[]]>([
  ['no gate, this year even', [grant(0, 500), match(0, 500), grant(0, 900, NEXT)], null, []],
  [
    'a gate next year counts both',
    [grant(0, 500), match(0, 500), grant(0, 900, NEXT), match(0, 899, NEXT)],
    '2018-04-01',
    ['warning match-below-ratio-at-gate /spend'],
  ],
  [
    'this year makes up for next',
    [grant(0, 500), match(0, 600), grant(0, 900, NEXT), match(0, 800, NEXT)],
    '2019-03-31',
    [],
  ],
  [
    'next year comes too late for a gate now',
    [grant(0, 500), match(0, 400), match(0, 800, NEXT)],
    '2018-03-31',
    ['warning match-below-ratio-at-gate /spend'],
  ],
])('match at the next gate: %s', (_, lines, nextGateOn, expected) =>
  expect(brief(matchBelowRatioAtGate(input(lines, { nextGateOn })))).toEqual(expected),
);

test('the words give the figures and what to do', () =>
  expect(
    assessMoney(input([grant(150_000, 150_000), match(99_950, 120_000)], { nextGateOn: '2018-03-31' })).map(
      (finding) => finding.message,
    ),
  ).toEqual([
    'Spend to date of £1,500 is £1,490 over the award of £10 for 2017/18 capital grant. Move what is over to the line that paid for it, or correct the figure.',
    'Match spent is £999.50; the £1,500 of grant spent needs £1,500 of match. £500.50 is missing. Add match that was not counted yet, or say in the narrative when it comes.',
    'Match forecast at the next gate, 31 March 2018, is £1,200; the £1,500 of grant forecast needs £1,500 of match. £300 will be missing. Plan more match before then, or less grant.',
  ]));

test.each([
  [null, 'Correct it, or say in the note why it falls.'],
  ['Credit note.', 'The note says why; the reviewer will read it.'],
])('spend that falls with the note %j: %s', (note, words) => {
  const [finding] = spendFalls(input([grant(499, 900, { note })], { previous: content(grant(500, 900)) }));
  expect(finding?.message).toBe(
    `Spend to date on 2017/18 capital grant falls from £5 to £4.99. It is cumulative, so it only grows. ${words}`,
  );
});

test('match is found below the ratio exactly where it is', () => {
  const amount = fc.nat(9_000_000_000);
  fc.assert(
    fc.property(
      fc.array(amount, { maxLength: 5 }),
      fc.array(amount, { maxLength: 5 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (grants, matches, matchPence, perGrantPence) => {
        const matchRatio = { matchPence, perGrantPence };
        const lines = [...grants.map((g) => grant(g, g)), ...matches.map((m) => match(m, m))];
        const given = input(lines, { programme: { ...INPUT.programme, matchRatio } });
        const total = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);
        const short = matchFor(total(grants), matchRatio) > total(matches);
        expect(matchBelowRatio(given).length === 1).toBe(short);
        expect(matchBelowRatioAtGate(given).length === 1).toBe(short);
      },
    ),
  );
});

test('a line with no less spent than last time never falls', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: -1000, max: 1000 }), (before, change) => {
      fc.pre(before + change >= 0);
      const findings = spendFalls(
        input([grant(before + change, 0)], { previous: content(grant(before, 0)) }),
      );
      expect(findings.length).toBe(change < 0 ? 1 : 0);
    }),
  );
});
