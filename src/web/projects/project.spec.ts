import type { MilestoneView } from '../../milestones/milestone.queries.js';
import { projectPage } from './project.page.js';
import { projectsPage } from './projects.page.js';

const SOURCED = { source: null, assumed: 'no source gives it' };
const programme = { slug: 'p', name: 'A programme' };
const project = {
  ...{ id: '1', code: 'records', name: 'Records', description: 'What it is.', revision: 1, sourced: SOURCED },
  trust: { odsCode: 'RW4', name: 'Mersey Care' },
  goals: [{ code: 'one', statement: 'Records in real time', sourced: SOURCED }],
};
const milestone = (more: Partial<MilestoneView>): MilestoneView => ({
  ...{ id: 'm', code: 'records/live', name: 'Live', kind: 'go-live', state: 'planned' as const },
  ...{ trust: project.trust, project: { code: 'records', name: 'Records' }, sourced: SOURCED },
  ...{ baselineOn: '2018-03-31', agreedOn: null, forecastOn: '2018-03-31', actualOn: null },
  ...{ slipDays: 0, delayReason: null, evidence: 0, illustrative: false, revision: 1 },
  ...more,
});
const shown = (milestones: MilestoneView[]) =>
  projectPage({ programme, project, milestones, today: '2018-05-15', benefits: [], mayRecordBenefit: false });

test('milestones are counted, and the days that they moved are said', () => {
  const page = shown([
    milestone({ state: 'met', actualOn: '2018-03-31', evidence: 2 }),
    milestone({ forecastOn: '2018-04-01', slipDays: 1, delayReason: 'staff' }),
    milestone({ forecastOn: '2018-03-29', slipDays: -2 }),
  ]);
  expect(page.model).toMatchObject({
    figures: { met: '1 of 3', late: 1, evidence: 2, bare: '2 milestones without any' },
  });
  const rows = page.tables?.find(({ id }) => id === 'milestones')?.rows ?? [];
  expect(rows.map((row) => row[3]?.note)).toEqual([
    'on the day',
    '1 day later than the baseline',
    '2 days earlier than the baseline',
  ]);
  expect(rows[1]?.[1]).toMatchObject({ value: 'Planned', note: 'delayed: staff' });
  expect(page.charts).toHaveLength(1);
});

test('a project without milestones has no picture, and a goal its source', () => {
  const page = shown([]);
  expect(page.charts).toEqual([]);
  expect(page.tables?.[0]?.rows[0]?.map(({ value }) => value)).toEqual([
    'Records in real time',
    'Assumed: no source gives it',
  ]);
});

test('projects that are narrowed to a trust go on so, and all trusts can still be chosen', () => {
  const trusts = [project.trust, { odsCode: 'RXT', name: 'Birmingham' }];
  const page = projectsPage({ programme, projects: [project], trusts, trust: 'RW4', next: '/next' });
  expect(page.tables?.[0]).toMatchObject({ next: '/next', rows: [expect.anything()] });
  const { filters } = page.model as { filters: Array<{ items: object[] }> };
  expect(filters[0]?.items).toHaveLength(3);
});
