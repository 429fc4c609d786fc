import type { ChangeRequestRow } from '../../change-requests/change-requests.reader.js';
import type { Actor } from '../../core/actor.js';
import type { Role } from '../../core/permissions.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import type { MatchStanding } from '../../funding/match/match.reader.js';
import type { MilestoneView } from '../../milestones/milestone.queries.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import { changeTasks, measurementTasks, milestoneTasks } from './delivery-rows.js';
import { claimTasks, matchTasks } from './money-rows.js';
import { returnTasks } from './return-tasks.js';
import type { Task } from './task.js';
import { tasksPage } from './tasks.page.js';

const TODAY = '2018-05-01';
const actor = (role: Role): Actor => ({
  ...{ id: `the ${role}`, name: role, role, requestId: 'x' },
  ...(role.startsWith('trust-') ? { trustId: 't', trustOds: 'RW4' } : { trustId: null, trustOds: null }),
});
const titles = (tasks: readonly Task[]): string[] =>
  tasks.map(({ title, status, href }) => `${title} [${status.words}] ${href}`);

const report = (state: ProgressReportRow['state'], overdue = false): ProgressReportRow => ({
  ...{ id: state, trust: { odsCode: 'RW4', name: 'Mersey Care' }, period: 'Q4', state, dueOn: '2018-04-28' },
  ...{ overdue, version: 1, acceptedVersion: null, submittedAt: null, confidence: null },
  ...{ findings: { blocking: 0, warning: 0 }, illustrative: false, revision: 1 },
});
const STATES = [
  'open',
  'draft',
  'queried',
  'trust-certified',
  'submitted',
  'resubmitted',
  'accepted',
] as const;

test.each<[Role, string[]]>([
  [
    'trust-lead',
    [
      'Fill in the return for Q4 [To begin] /returns/open',
      'Finish the return for Q4 [In draft] /returns/draft',
      'Answer the queries on the return for Q4 [Queried] /returns/queried',
      'Submit the return for Q4 [Certified] /returns/trust-certified/submission',
    ],
  ],
  [
    'trust-finance-director',
    [
      'Certify the return for Q4 [In draft] /returns/draft/certification',
      'Submit the return for Q4 [Certified] /returns/trust-certified/submission',
    ],
  ],
  [
    'assessor',
    [
      'Review the return for Q4 [Submitted] /returns/submitted/review',
      'Review the return for Q4 [Submitted again] /returns/resubmitted/review',
    ],
  ],
  ['finance-officer', []],
  ['auditor', []],
])('the returns that wait for a %s', (role, expected) =>
  expect(
    titles(
      returnTasks(
        actor(role),
        STATES.map((state) => report(state)),
      ),
    ).sort(),
  ).toEqual(expected.sort()),
);

test('a return that is overdue says so, and a reviewer is not told the trust’s day', () => {
  expect(returnTasks(actor('trust-lead'), [report('draft', true)])[0]).toMatchObject({
    dueOn: '2018-04-28',
    status: { words: 'Overdue', colour: 'red' },
  });
  expect(returnTasks(actor('assessor'), [report('submitted')])[0]).toMatchObject({
    dueOn: null,
    note: 'Mersey Care',
  });
});

const milestone = (change: Partial<MilestoneView>): MilestoneView =>
  ({
    ...{ id: 'm', name: 'Go live', state: 'planned', forecastOn: '2018-12-31', actualOn: null, evidence: 0 },
    ...{ trust: { odsCode: 'RW4', name: 'Mersey Care' }, project: { code: 'p', name: 'Records' } },
    ...change,
  }) as MilestoneView;

test.each<[string, Role, Partial<MilestoneView>, string[]]>([
  ['far off', 'trust-lead', {}, []],
  [
    'past',
    'trust-lead',
    { forecastOn: '2018-04-30' },
    ['Give a new forecast for, or claim, “Go live” [Forecast has passed] /milestones/m'],
  ],
  [
    'soon, without evidence',
    'trust-lead',
    { forecastOn: '2018-05-31' },
    ['Add evidence for “Go live” [Due soon] /milestones/m'],
  ],
  ['soon, with evidence', 'trust-lead', { forecastOn: '2018-05-31', evidence: 1 }, []],
  ['met', 'trust-lead', { forecastOn: '2018-04-30', state: 'met' }, []],
  [
    'claimed met',
    'assessor',
    { state: 'claimed-met' },
    ['Take under review: “Go live” [To review] /milestones/m'],
  ],
  [
    'under review',
    'programme-manager',
    { state: 'under-review' },
    ['Decide on “Go live” [To review] /milestones/m'],
  ],
  ['past', 'assessor', { forecastOn: '2018-04-30' }, []],
])('a milestone %s, for a %s', (_, role, change, expected) =>
  expect(titles(milestoneTasks(actor(role), [milestone(change)], TODAY))).toEqual(expected),
);

test('measurements are counted, and none is no task', () => {
  const programme = { slug: 'mh', name: 'Mental health' };
  expect(measurementTasks(programme, 'self-reported', 0, false)).toEqual([]);
  expect(titles(measurementTasks(programme, 'self-reported', 200, true))).toEqual([
    'Validate more than 200 measurements [Self-reported] /programmes/mh/measurements?state=self-reported',
  ]);
});

const change = (state: string, by: string, side: 'funder' | 'requester'): ChangeRequestRow =>
  ({
    ...{ id: 'c', reference: 'CR-1', title: 'Later', state, requestedBy: { id: by, name: by } },
    ...{ trust: { odsCode: 'RW4', name: 'Mersey Care' }, deferredUntil: null },
    heldBy: { side, todo: 'Decide.', person: null },
  }) as unknown as ChangeRequestRow;

test.each<[string, Role, ChangeRequestRow, string[]]>([
  [
    'asked for by a trust',
    'programme-manager',
    change('submitted', 'x', 'funder'),
    ['Decide on change CR-1: Later [To decide] /changes/c'],
  ],
  [
    'asked for by themselves',
    'programme-manager',
    change('submitted', 'the programme-manager', 'funder'),
    [],
  ],
  [
    'their own draft',
    'trust-lead',
    change('draft', 'the trust-lead', 'requester'),
    ['Finish change CR-1: Later [In draft] /changes/c'],
  ],
  ['of the funder', 'trust-lead', change('submitted', 'x', 'funder'), []],
])('a change %s, for a %s', (_, role, row, expected) =>
  expect(titles(changeTasks(actor(role), [row], TODAY))).toEqual(expected),
);

const claim = (state: string): ClaimRowView =>
  ({
    ...{ id: state, reference: 'CLM-1', trust: { odsCode: 'RW4', name: 'Mersey Care' }, state },
    ...{ claimedPence: 100_000, ageDays: 3, halfApproved: false },
  }) as ClaimRowView;

test('a claim is told of with what is to be done, and a scheduled one as a payment', () => {
  expect(titles(claimTasks(actor('trust-lead'), [claim('queried'), claim('draft')]))).toEqual([
    'Answer the queries on claim CLM-1, £1,000 [Queried] /claims/queried',
    'Finish claim CLM-1, £1,000 [Draft] /claims/draft',
  ]);
  expect(titles(claimTasks(actor('trust-finance-director'), [claim('draft')]))).toEqual([
    'Certify claim CLM-1, £1,000 [Draft] /claims/draft',
  ]);
  expect(claimTasks(actor('finance-officer'), [claim('scheduled')])).toEqual([]);
});

const match = (stillToAcceptPence: number, evidencedPence: number, exempt = false): MatchStanding =>
  ({
    agreement: { id: 'a', reference: 'AGR-1', state: 'active' },
    gates: [
      {
        tranche: { id: 't', number: 2, name: 'Go-live', basis: 'delivery' },
        ...{ expectedOn: '2018-04-30', exempt, stillToAcceptPence },
      },
    ],
    ...{ nextGate: 2, evidencedPence },
  }) as unknown as MatchStanding;

test.each<[string, MatchStanding, string[]]>([
  ['enough', match(0, 0), []],
  ['an advance', match(100_000, 0, true), []],
  [
    'some is missing',
    match(100_000, 25_000),
    ['Evidence £750 more match for tranche 2, Go-live [Overdue] /programmes/mh/match'],
  ],
  [
    'all is evidenced',
    match(100_000, 100_000),
    ['Match for tranche 2, Go-live, waits to be accepted [Overdue] /programmes/mh/match'],
  ],
])('match before the next gate: %s', (_, standing, expected) =>
  expect(titles(matchTasks('mh', [standing], TODAY))).toEqual(expected),
);

test('tasks stand in their groups, with how many are overdue', () => {
  const lead = actor('trust-lead');
  const tasks = [...claimTasks(lead, [claim('draft')]), ...returnTasks(lead, [report('draft', true)])];
  expect(tasksPage(lead, tasks).model).toMatchObject({
    summary: '2 things wait for you, of which 1 is overdue.',
    groups: [{ title: 'Returns' }, { title: 'Claims and payments' }],
  });
  expect(tasksPage(actor('auditor'), []).model).toMatchObject({
    summary: null,
    elsewhere: { links: [{ href: '/audit' }] },
  });
});

test('of many tasks of one kind the first are shown, and how many there are is not said too surely', () => {
  const lead = actor('trust-lead');
  const many = Array.from({ length: 200 }, () => claimTasks(lead, [claim('draft')])).flat();
  const { model, tables } = tasksPage(lead, many) as unknown as {
    model: { summary: string; groups: Array<{ tasks: object[]; rest: string | null }> };
    tables: Array<{ rows: object[] }>;
  };
  expect(model.summary).toBe('At least 200 things wait for you.');
  expect(model.groups[0]?.tasks).toHaveLength(50);
  expect(model.groups[0]?.rest).toMatch(/first 50/);
  expect(tables[0]?.rows).toHaveLength(200);
});
