import { asks, FACTS } from '../../../test/support/change-facts.js';
import type { LogEntryView } from '../../audit/log.queries.js';
import { impactOf } from '../../change-requests/change-impact.rules.js';
import type { ChangeOutlook } from '../../change-requests/change-outlook.reader.js';
import { effectOf, holderOf } from '../../change-requests/change-request.rules.js';
import type { ShownChangeRequest } from '../../change-requests/change-requests.reader.js';
import { changePage } from './change.page.js';
import { CHANGE_STEPS, stepFacts } from './change.steps.js';

const content = asks({
  milestones: [{ milestone: 'records/go-live', agreedOn: '2018-09-30', delayReason: 'supplier' }],
});
const impact = impactOf(content, FACTS);
const person = (name: string) => ({ id: name, name });

const change = (over: Partial<ShownChangeRequest> = {}): ShownChangeRequest => {
  const state = over.state ?? 'impact-assessed';
  const holder = holderOf(state, null);
  return {
    id: 'c1',
    reference: 'CR-00001',
    programme: 'exemplars',
    trust: { odsCode: 'RW4', name: 'Mersey Care' },
    agreement: { id: 'a1', reference: 'MHE-RW4', version: 1 },
    kind: 'reprofile',
    title: 'Go-live in September',
    justification: 'The supplier delivers late.',
    content,
    impact,
    impactAt: '2018-05-04T10:00:00Z',
    state,
    since: '2018-05-04T10:00:00Z',
    requestedBy: person('Amina'),
    submittedAt: '2018-05-03T10:00:00Z',
    assessedBy: person('Moira'),
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    deferredUntil: null,
    appliedBy: null,
    appliedAt: null,
    appliedVersion: null,
    illustrative: false,
    revision: 3,
    effect: effectOf(impact),
    heldBy: holder && { ...holder, person: holder.side === 'requester' ? person('Amina') : null },
    next: [],
    ...over,
  };
};
const outlook = (over: Partial<ChangeOutlook> = {}): ChangeOutlook => ({
  steps: [],
  own: false,
  now: { blockers: [], impact, changed: [] },
  ...over,
});
const programme = {
  slug: 'exemplars',
  name: 'Exemplars',
  terms: { delayReasons: [{ code: 'supplier', label: 'Supplier late' }] },
};
type Programme = Parameters<typeof changePage>[0];

const entry = (action: string, name: string, reason: string | null = null): LogEntryView => ({
  number: 1,
  recordedAt: '2018-05-04T10:00:00Z',
  operation: 'update',
  table: 'change_request',
  subject: 'c1',
  trust: null,
  actor: { id: name, name, role: 'trust-lead' },
  action,
  reason,
  request: null,
  provable: true,
  checkpointSize: 20,
  old: null,
  new: null,
});
const shown = (of: ShownChangeRequest, seen = outlook(), log: LogEntryView[] = []) => {
  const page = changePage(programme as unknown as Programme, of, seen, log);
  return {
    page,
    model: page.model as Record<string, never> & { steps: Array<{ text: string; href: string }> },
  };
};

test.each([
  ['draft', 'With Amina or a colleague since 4 May 2018 at 11:00am.'],
  ['submitted', 'With the funder since 4 May 2018 at 11:00am.'],
  ['applied', 'It came to its end: applied on 4 May 2018 at 11:00am.'],
] as const)('who has a request that is %s', (state, said) => {
  expect(shown(change({ state })).model.holder).toBe(said);
});

test('what takes it forward comes first, and only what is open is shown', () => {
  const { model } = shown(change(), outlook({ steps: ['assess', 'approve', 'reject'] }));
  expect(model.steps).toEqual([
    { text: 'Approve', href: '/changes/c1/steps/approval' },
    { text: 'Assess its impact again', href: '/changes/c1/steps/impact-assessment' },
    { text: 'Reject', href: '/changes/c1/steps/rejection' },
  ]);
  expect(model.edit).toBeNull();
  const draft = shown(change({ state: 'draft' }), outlook({ steps: ['save', 'submit', 'withdraw'] })).model;
  expect([draft.edit, draft.steps.map(({ text }) => text)]).toEqual([
    '/changes/c1/edit',
    ['Submit', 'Withdraw'],
  ]);
});

test('a draft shows what it would do now; later, what was worked out for the decision', () => {
  const now = impactOf(
    asks({ milestones: [{ milestone: 'records/go-live', agreedOn: '2018-05-31', delayReason: 'staff' }] }),
    FACTS,
  );
  const draft = change({ state: 'draft', impact: null, impactAt: null });
  const days = (page: ReturnType<typeof shown>['page']) =>
    page.tables?.find(({ id }) => id === 'impact-dates')?.rows[0]?.[3]?.value;
  expect(days(shown(draft, outlook({ now: { blockers: [], impact: now, changed: [] } })).page)).toBe(
    '2018-05-31',
  );
  expect(days(shown(change(), outlook({ now: { blockers: [], impact: now, changed: [] } })).page)).toBe(
    '2018-09-30',
  );
  const blockers = [
    { code: 'x', message: 'It is the day already.', about: { kind: 'milestone', id: 'm', name: 'Go-live' } },
  ];
  const blocked = shown(draft, outlook({ now: { blockers, impact: null, changed: [] } }));
  expect(blocked.model.obstacles).toEqual(['Go-live: It is the day already.']);
  expect(blocked.page.tables?.map(({ id }) => id)).toEqual(['asked']);
});

test('what changed since the assessment is said with what to do about it', () => {
  const changed = [
    { code: 'impact-changed', message: 'The forecast was another.', clearedBy: 'Assess it again.' },
  ];
  const seen = outlook({ now: { blockers: [], impact, changed } });
  const assessed = shown(change(), seen).model as unknown as { warnings: string[]; changed: string[] };
  expect(assessed.warnings[0]).toContain('Its impact is to be assessed again before anybody decides.');
  expect(assessed.changed).toEqual(['The forecast was another. Assess it again.']);
  const approved = shown(change({ state: 'approved' }), seen).model as unknown as { warnings: string[] };
  expect(approved.warnings[0]).toContain('withdraw it, and ask for the change anew');
  expect(stepFacts(change(), seen).map(({ label }) => label)).toEqual([
    ...['Asked for', 'Why', 'Cost', 'Dates', 'Gates', 'Benefit', 'Worked out'],
    ...['Cost now', 'Dates now', 'Gates now', 'Benefit now', 'Changed since'],
  ]);
});

test('its history is what happened to it, without what is no news', () => {
  const log = [
    entry('change-request.approve', 'Moira', 'It is credible.'),
    entry('change-request.save', 'Amina'),
    entry('change-request.open', 'Amina'),
  ];
  expect(shown(change(), outlook(), log).model.happenings).toEqual([
    { what: 'Begun', detail: null, by: 'Amina', at: '2018-05-04T10:00:00Z', reason: null },
    { what: 'Approved', detail: null, by: 'Moira', at: '2018-05-04T10:00:00Z', reason: 'It is credible.' },
  ]);
});

test('every step says what it means and what is said afterwards', () => {
  for (const { explains, button, notice } of Object.values(CHANGE_STEPS)) {
    expect(explains.length).toBeGreaterThan(0);
    expect(`${button} ${notice}`).toMatch(/^[A-Z].*\.$/);
  }
});
