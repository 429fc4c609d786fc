import type { MilestoneView } from '../../milestones/milestone.queries.js';
import { MILESTONE_STATES } from '../../milestones/milestone.rules.js';
import { sizeWords } from './milestone.page.js';
import { milestoneFacts, openSteps } from './milestone.steps.js';
import { againstBaseline, milestoneChange } from './milestone.words.js';
import { milestonesFilterOf, milestonesPage } from './milestones.page.js';

const milestone = (over: Partial<MilestoneView> = {}): MilestoneView => ({
  id: 'm1',
  code: 'records/go-live',
  name: 'Go-live',
  kind: 'go-live',
  state: 'in-progress',
  trust: { odsCode: 'RW4', name: 'Mersey Care' },
  project: { code: 'records', name: 'Records' },
  baselineOn: '2018-03-31',
  agreedOn: null,
  forecastOn: '2018-04-30',
  actualOn: null,
  slipDays: 30,
  delayReason: null,
  evidence: 0,
  illustrative: false,
  sourced: {},
  revision: 1,
  ...over,
});
const programme = {
  slug: 'exemplars',
  name: 'Exemplars',
  awardees: [{ odsCode: 'RW4', name: 'Mersey Care', status: 'confirmed' }],
};
const actor = (role: 'assessor' | 'trust-lead' | 'auditor') => ({
  ...{ id: 'p', name: 'P', role, trustOds: null, requestId: 'r' },
  trustId: role === 'trust-lead' ? 't' : null,
});
const page = (items: MilestoneView[], allTrusts = true) =>
  milestonesPage(
    programme,
    { items, next: null },
    { trust: null, state: null },
    { allTrusts, today: '2018-06-01' },
  );

test.each([
  [{}, { trust: null, state: null }],
  [
    { trust: 'RW4', state: 'met' },
    { trust: 'RW4', state: 'met' },
  ],
  [
    { trust: '', state: 'nothing' },
    { trust: null, state: null },
  ],
])('an address of %p narrows to %p', (query, filter) => expect(milestonesFilterOf(query)).toEqual(filter));

test('what needs something stands first, with what it needs', () => {
  const { tables = [], charts } = page([milestone(), milestone({ id: 'm2', forecastOn: '2018-12-31' })]);
  const [needs, all] = tables;
  expect(needs?.rows.map((row) => row[0]?.href)).toEqual(['/milestones/m1']);
  expect(needs?.rows[0]?.at(-1)?.value).toContain('Its forecast, 30 April 2018, has passed');
  expect(all?.rows).toHaveLength(2);
  expect(charts).toHaveLength(1);
});

test('no milestone, or too many, make no picture; one trust has no column of trusts', () => {
  expect(page([]).charts).toEqual([]);
  expect(page(Array.from({ length: 31 }, () => milestone())).charts).toEqual([]);
  const headings = page([milestone()], false).tables?.[1]?.headings.map(({ text }) => text);
  expect(headings).not.toContain('Trust');
});

test.each([
  ['trust-lead', 'claimed-met', ['claim-withdrawal']],
  ['trust-lead', 'planned', []],
  ['assessor', 'claimed-met', ['review', 'waiver']],
  ['assessor', 'under-review', ['outcome', 'waiver']],
  ['assessor', 'planned', ['waiver', 'cancellation']],
  ['assessor', 'met', ['reopening']],
  ['assessor', 'waived', []],
] as const)('%s finds at a milestone that is %s exactly %p', (role, state, steps) => {
  const found = openSteps(actor(role), { id: 'm1', state }).map(({ href }) => href.split('/').at(-1));
  expect(found).toEqual(steps);
});

test('an auditor finds no step, whatever the state', () => {
  expect(MILESTONE_STATES.flatMap((state) => openSteps(actor('auditor'), { id: 'm1', state }))).toEqual([]);
});

test('whoever decides has dates and evidence before them', () => {
  const proof = {
    ...{
      id: 'e',
      milestone: 'm1',
      fileName: 'a.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 1,
      sha256: '00',
    },
    ...{
      description: 'Minutes',
      uploadedBy: 'Amina',
      uploadedAt: '2018-06-01T00:00:00Z',
      illustrative: false,
    },
  };
  expect(milestoneFacts(milestone(), [proof])).toContainEqual({
    label: 'Evidence',
    value: '1 file: Minutes (Amina)',
  });
  expect(milestoneFacts(milestone(), [])).toContainEqual({ label: 'Actual date', value: 'None given' });
});

test.each([
  [{ state: 'planned' }, { state: 'in-progress' }, 'Planned to in progress'],
  [
    { state: 'planned', forecast_on: '2018-03-31' },
    { state: 'planned', forecast_on: '2018-06-30' },
    'Forecast 31 March 2018 to 30 June 2018',
  ],
  [
    { state: 'in-progress', actual_on: null },
    { state: 'claimed-met', actual_on: '2018-06-20' },
    'In progress to claimed met; actual date none to 20 June 2018',
  ],
  [{ state: 'planned', revision: 1 }, { state: 'planned', revision: 2 }, null],
])('what an entry changed: %p to %p', (before, after, said) =>
  expect(milestoneChange({ old: before, new: after })).toBe(said),
);

test.each([
  [0, 'On its baseline'],
  [1, '1 day after its baseline'],
  [-12, '12 days before its baseline'],
])('%i days', (days, said) => expect(againstBaseline(days)).toBe(said));

test.each([
  [97, '97 bytes'],
  [48_213, '48 kB'],
  [1_240_000, '1.2 MB'],
])('%i bytes are %s', (bytes, said) => expect(sizeWords(bytes)).toBe(said));
