import type { ReturnContent } from '../../src/progress-reports/return-content.js';
import type { ReportedMeasure, ReturnStanding } from '../../src/progress-reports/return-standing.reader.js';

const TERMS = {
  delayReasons: [
    { code: 'supplier', label: 'Supplier delivered late' },
    { code: 'staff', label: 'Staff not released' },
  ],
  narrativeSections: [
    { code: 'achievements', title: 'What was achieved', hint: 'What people can do now.', maxLength: 200 },
    { code: 'next', title: 'What comes next', hint: null, maxLength: 100 },
  ],
  confidenceScale: {
    code: 'five',
    name: 'Five points',
    points: [
      { code: 'green', label: 'Green' },
      { code: 'amber', label: 'Amber' },
      { code: 'red', label: 'Red' },
    ],
  },
} as unknown as ReturnStanding['terms'];

const measure = (code: string, name: string): ReportedMeasure => ({
  ...{ id: code, targetSet: 'aims/v1', code, projectId: null, name, unit: 'share', direction: 'up' },
  ...{ question: `${name}?`, numeratorLabel: 'Patients who can', denominatorLabel: 'All patients' },
  planned: { numerator: 2, denominator: 5 },
});

/** What a return says in these specs. */
export const CONTENT: ReturnContent = {
  milestones: [
    {
      ...{ milestone: 'records/live', forecastOn: '2018-03-31', actualOn: null, claim: 'started' },
      ...{ delayReason: 'supplier', note: null },
    },
  ],
  spend: [
    {
      ...{ financialYear: '2017/18', kind: 'capital', source: 'grant' },
      ...{ spentToDatePence: 10_000_050, forecastPence: 20_000_000, note: null },
    },
  ],
  measurements: [{ targetSet: 'aims/v1', measure: 'access', numerator: 30, denominator: 100, note: null }],
  risks: [
    {
      title: 'Supplier',
      likelihood: 3,
      impact: 4,
      mitigation: 'Weekly calls',
      owner: 'Chief information officer',
    },
  ],
  narrative: [{ section: 'achievements', text: 'Two wards went live.' }],
  confidence: { scale: 'five', rating: 'amber', reason: null },
};

/** A return as its pages are given it, changed where a spec says so. */
export function standingOf(
  report: Partial<ReturnStanding['report']> = {},
  more: Partial<Omit<ReturnStanding, 'report'>> = {},
  content: ReturnContent = CONTENT,
): ReturnStanding {
  const current: ReturnStanding['report']['current'] = {
    ...{ number: 1, content, preparedBy: ['Ann Lead'], certifiedBy: null, certifiedAt: null },
    ...{ submittedBy: null, submittedAt: null, acceptedBy: null, acceptedAt: null, reason: null },
    ...{ receipt: null, assessment: null, findings: [] },
  };
  return {
    report: {
      ...{ id: 'r1', programme: 'exemplars', trust: { odsCode: 'RW4', name: 'Mersey Care' } },
      period: { id: 'p1', label: '2017/18 Q3', startsOn: '2017-10-01', endsOn: '2017-12-31' },
      ...{ state: 'draft', dueOn: '2018-01-28', version: 1, acceptedVersion: null, illustrative: false },
      ...{ current, queries: [], lastAccepted: null, revision: 3, overdue: false, changes: [], next: [] },
      ...report,
    },
    programme: { slug: 'exemplars', name: 'Exemplars' },
    terms: TERMS,
    milestones: [
      {
        ...{ id: 'm1', projectId: 'p', code: 'records/live', name: 'First ward live', kind: 'go-live' },
        ...{ state: 'in-progress', baselineOn: '2017-12-31', agreedOn: null, forecastOn: '2018-01-31' },
        ...{ actualOn: null, evidenceCount: 0 },
      },
      {
        ...{ id: 'm2', projectId: 'p', code: 'records/all', name: 'All wards live', kind: 'go-live' },
        ...{ state: 'planned', baselineOn: '2018-12-31', agreedOn: null, forecastOn: '2018-12-31' },
        ...{ actualOn: null, evidenceCount: 1 },
      },
    ],
    measures: [measure('access', 'Online access'), measure('remote', 'Remote working')],
    awards: [{ financialYear: '2017/18', kind: 'capital', grantPence: 50_000_000, matchPence: 50_000_000 }],
    versions: [current],
    findings: [],
    missing: [],
    blockers: { certify: [], submit: [], query: [], accept: [] },
    ...more,
  };
}
