import type { AssessmentInput } from '../../src/progress-reports/assessment-input.js';
import type { ReturnContent } from '../../src/progress-reports/return-content.js';

/** What a sound return says: a milestone, its spend and match, a measurement and a rating. */
export const CONTENT: ReturnContent = {
  milestones: [
    {
      milestone: 'go-live',
      forecastOn: '2018-03-31',
      actualOn: null,
      claim: 'none',
      delayReason: null,
      note: null,
    },
  ],
  spend: [
    {
      financialYear: '2017/18',
      kind: 'capital',
      source: 'grant',
      spentToDatePence: 500,
      forecastPence: 1000,
      note: null,
    },
    {
      financialYear: '2017/18',
      kind: 'capital',
      source: 'match',
      spentToDatePence: 500,
      forecastPence: 1000,
      note: null,
    },
  ],
  measurements: [{ targetSet: 'universal', measure: 'a', numerator: 1, denominator: 2, note: null }],
  risks: [],
  narrative: [{ section: 'progress', text: 'Wards are online.' }],
  confidence: { scale: 'three', rating: 'green', reason: null },
};
/** The milestone that it speaks of, as it stands. */
export const milestone = {
  code: 'go-live',
  name: 'Go live',
  state: 'in-progress',
  baselineOn: '2018-03-31',
  forecastOn: null,
  actualOn: null,
  evidenceCount: 0,
} as const;
const SECTIONS = [{ code: 'progress', title: 'Progress', maxLength: 20 }];
/** All that the assessment of that return looks at. */
export const INPUT: AssessmentInput = {
  period: { label: '2017/18 Q4', startsOn: '2018-01-01', endsOn: '2018-03-31' },
  today: '2018-04-20',
  programme: {
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    eligibility: { from: '2017-04-01', to: '2020-03-31' },
    matchRatio: { matchPence: 1, perGrantPence: 1 },
    confidenceScale: { code: 'three', points: ['green', 'amber', 'red'] },
    delayReasons: ['supplier'],
    narrativeSections: SECTIONS,
  },
  awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 1000, matchPence: 1000 }],
  milestones: [milestone],
  measures: [{ targetSet: 'universal', code: 'a', name: 'Summaries', unit: 'share', direction: 'up' }],
  nextGateOn: null,
  content: CONTENT,
  previous: null,
};
/** The same, where the return says something else, or is held against something else. */
export const told = (
  content: Partial<ReturnContent>,
  more: Partial<AssessmentInput> = {},
): AssessmentInput => ({
  ...INPUT,
  ...more,
  content: { ...CONTENT, ...content },
});
