import { CONTENT, INPUT, milestone, told } from '../../test/support/assessed-return.js';
import {
  assess,
  deliveryFigures,
  duplicateLines,
  narrativeOutOfPlace,
  ratingBetterThanFigures,
  ratingOffScale,
  ratingWorsens,
  unchangedReturn,
} from './assessment.rules.js';
import type { AssessmentInput, AssessmentRule } from './assessment-input.js';
import type { ConfidenceRating, ReturnContent } from './return-content.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

const rated = (rating: string, reason: string | null = null, scale = 'three'): ConfidenceRating => ({
  scale,
  rating,
  reason,
});
const brief = (rule: AssessmentRule, input: AssessmentInput) =>
  rule(input).map(({ severity, code, place }) => `${severity} ${code} ${place}`);

test('a sound return has no findings', () => expect(assess(INPUT)).toEqual([]));

const twice = <T>(lines: readonly T[]) => [...lines, ...lines];
test.each<[keyof ReturnContent, Partial<ReturnContent>, string[]]>([
  ['milestones', { milestones: twice(CONTENT.milestones) }, ['/milestones/1']],
  ['spend', { spend: twice(CONTENT.spend) }, ['/spend/2', '/spend/3']],
  ['measurements', { measurements: twice(CONTENT.measurements) }, ['/measurements/1']],
  ['narrative', { narrative: twice(CONTENT.narrative) }, ['/narrative/1']],
  ['risks', {}, []],
])('the same line twice in %s', (_, content, places) =>
  expect(brief(duplicateLines, told(content))).toEqual(
    places.map((place) => `blocking duplicate-line ${place}`),
  ),
);

test.each([
  ['a rating that is off the scale after one that is on it', 'green', 'blue', []],
  ['one that is on it after one that is off', 'blue', 'green', []],
  ['the last of it after the first', 'green', 'red', ['rating-worsens-without-reason']],
])('%s is compared only where both are on it', (_, before, now, expected) =>
  expect(
    ratingWorsens(
      told({ confidence: rated(now) }, { previous: { ...EMPTY_CONTENT, confidence: rated(before) } }),
    ).map(({ code }) => code),
  ).toEqual(expected),
);

test.each<[string, ConfidenceRating | null, string[]]>([
  ['none', null, []],
  ['on the scale', rated('red'), []],
  ['off the scale', rated('amber-red'), ['blocking rating-off-scale /confidence/rating']],
  ['another scale', rated('red', null, 'five'), ['blocking rating-on-another-scale /confidence/scale']],
])('rating: %s', (_, confidence, expected) =>
  expect(brief(ratingOffScale, told({ confidence }))).toEqual(expected),
);

const WORSE = ['warning rating-worsens-without-reason /confidence/reason'];
test.each<[string, ConfidenceRating | null, ConfidenceRating | null, string[]]>([
  ['first', null, rated('red'), []],
  ['same', rated('amber'), rated('amber'), []],
  ['better', rated('red'), rated('green'), []],
  ['worse', rated('green'), rated('amber'), WORSE],
  ['worse, blank reason', rated('green'), rated('red', ' '), WORSE],
  ['worse, with a reason', rated('green'), rated('red', 'The supplier left.'), []],
  ['from another scale', rated('green', null, 'five'), rated('red'), []],
])('rating that worsens: %s', (_, before, confidence, expected) =>
  expect(
    brief(ratingWorsens, told({ confidence }, { previous: { ...EMPTY_CONTENT, confidence: before } })),
  ).toEqual(expected),
);

const BETTER = ['warning rating-better-than-figures /confidence/rating'];
const halfSpent = { spend: CONTENT.spend.map((line) => ({ ...line, forecastPence: 500 })) };
test.each<[string, Partial<ReturnContent>, Partial<AssessmentInput>, string[]]>([
  ['as the figures', {}, {}, []],
  ['worse than the figures', { confidence: rated('red') }, {}, []],
  ['half the award forecast', halfSpent, {}, BETTER],
  ['half the award forecast, and red', { ...halfSpent, confidence: rated('red') }, {}, []],
  ['behind the plan', {}, { trajectoryVariancePpm: -200_000 }, BETTER],
  ['late', { milestones: [] }, { milestones: [{ ...milestone, forecastOn: '2018-04-01' }] }, BETTER],
  ['no rating', { ...halfSpent, confidence: null }, {}, []],
])('rating and figures: %s', (_, content, more, expected) =>
  expect(brief(ratingBetterThanFigures, told(content, more))).toEqual(expected),
);

test('the figures count the lines of the award, and milestones that were not given up', () => {
  const [line] = CONTENT.milestones;
  if (!line) throw new Error('There is a line');
  expect(
    deliveryFigures(
      told(
        {
          spend: [
            { ...CONTENT.spend[0], forecastPence: 500 } as never,
            { ...CONTENT.spend[0], financialYear: '2030/31' } as never,
          ],
          milestones: [
            { ...line, forecastOn: '2018-04-01' },
            { ...line, milestone: 'plan', forecastOn: '2019-01-01', actualOn: '2018-03-31' },
          ],
        },
        {
          awards: INPUT.awards.map((award) => ({ ...award, matchPence: 700 })),
          milestones: [
            milestone,
            { ...milestone, code: 'plan' },
            { ...milestone, code: 'kept' },
            { ...milestone, code: 'met late', forecastOn: '2018-03-31', actualOn: '2018-04-01' },
            { ...milestone, code: 'gone', state: 'waived', forecastOn: '2019-01-01' },
            { ...milestone, code: 'given up', state: 'cancelled', forecastOn: '2019-01-01' },
          ],
        },
      ),
    ),
  ).toEqual({
    awardPence: 1000,
    forecastPence: 500,
    milestonesTotal: 4,
    milestonesLate: 2,
    variancePpm: null,
  });
});

test.each<[string, ReturnContent | null, number]>([
  ['first', null, 0],
  ['same', CONTENT, 1],
  ['same but for words', { ...CONTENT, narrative: [] }, 1],
  ['another rating', { ...CONTENT, confidence: rated('red') }, 0],
])('unchanged return: %s', (_, previous, count) =>
  expect(brief(unchangedReturn, told({}, { previous }))).toEqual(
    Array(count).fill('warning nothing-changed '),
  ),
);

test('the words give the figures and what to do', () =>
  expect(assess(told({ ...halfSpent, confidence: rated('green') })).map(({ message }) => message)).toEqual([
    'You rate delivery green; the figures say red: the forecast of £10 is under the award of £20. Say in the reason why you are more confident, or change the rating.',
  ]));

const EVERY_FAULT = [
  'duplicate-line',
  ...['unknown-milestone', 'claim-without-evidence', 'claim-not-possible', 'actual-date-in-future'],
  ...['date-moved-without-reason', 'actual-date-changed-without-note', 'milestone-beyond-eligibility'],
  ...['line-not-in-award', 'spend-falls', 'spend-over-award', 'forecast-below-spend'],
  ...['spend-outside-eligibility', 'match-below-ratio', 'match-below-ratio-at-gate'],
  ...['unknown-measure', 'measurement-above-denominator', 'measurement-worsens', 'denominator-changes'],
  ...['unknown-narrative-section', 'rating-off-scale'],
];

test('a return with all kinds of faults is told of each, section by section', () => {
  const [dated] = CONTENT.milestones;
  const [spent] = CONTENT.spend;
  const line = { ...dated, delayReason: null, note: null } as ReturnContent['milestones'][number];
  const money = { ...spent, note: null } as ReturnContent['spend'][number];
  const value = { targetSet: 'universal', measure: 'a', numerator: 1, denominator: 2, note: null };
  const before: ReturnContent = {
    ...CONTENT,
    spend: [{ ...money, spentToDatePence: 7_000 }],
    measurements: [{ ...value, numerator: 9, denominator: 10 }],
  };
  const found = assess(
    told(
      {
        milestones: [
          { ...line, milestone: 'nowhere' },
          { ...line, claim: 'met', actualOn: '2018-05-01' },
          { ...line, milestone: 'late', forecastOn: '2020-06-01' },
          { ...line, milestone: 'met', claim: 'met', actualOn: '2018-02-02' },
          { ...line, milestone: 'met' },
        ],
        spend: [
          { ...money, spentToDatePence: 6_000, forecastPence: 5_000 },
          { ...money, financialYear: '2030/31', forecastPence: 5_000 },
          { ...money, kind: 'revenue', forecastPence: 9_000 },
        ],
        measurements: [
          { ...value, measure: 'z' },
          value,
          { ...value, measure: 'b', numerator: 3, denominator: 2 },
        ],
        narrative: [{ section: 'weather', text: 'Rain' }],
        confidence: rated('blue'),
      },
      {
        nextGateOn: '2018-06-30',
        milestones: [
          milestone,
          { ...milestone, code: 'late' },
          { ...milestone, code: 'met', state: 'met', actualOn: '2018-02-01', evidenceCount: 1 },
        ],
        measures: [...INPUT.measures, { ...INPUT.measures[0], code: 'b' } as never],
        previous: before,
      },
    ),
  );
  expect([...new Set(found.map(({ code }) => code))]).toEqual(EVERY_FAULT);
  const ratings = (rating: string, previous: string) =>
    assess(told({ confidence: rated(rating) }, { previous: { ...CONTENT, confidence: rated(previous) } }));
  expect(ratings('red', 'green').map(({ code }) => code)).toEqual(['rating-worsens-without-reason']);
  expect(ratings('green', 'green').map(({ code }) => code)).toEqual(['nothing-changed']);
});

test.each([
  ['known and short enough', [{ section: 'progress', text: 'All good' }], []],
  [
    'of another programme',
    [{ section: 'weather', text: 'Rain' }],
    ['unknown-narrative-section /narrative/0/section'],
  ],
  ['too long', [{ section: 'progress', text: 'x'.repeat(21) }], ['narrative-too-long /narrative/0/text']],
  ['as long as may be', [{ section: 'progress', text: 'x'.repeat(20) }], []],
])('a narrative section that is %s', (_, narrative, findings) =>
  expect(narrativeOutOfPlace(told({ narrative })).map(({ code, place }) => `${code} ${place}`)).toEqual(
    findings,
  ),
);
