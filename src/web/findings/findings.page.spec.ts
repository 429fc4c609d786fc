import type { Problem } from '../../core/problems.js';
import type { FindingStepView, FindingView } from '../../findings/finding.queries.js';
import type { ShownFinding } from '../../findings/findings.reader.js';
import { Form } from '../page/form.js';
import { findingFacts, findingPage, stepWords } from './finding.page.js';
import { findingIn } from './finding-form.js';
import { findingsFilterOf, findingsPage, findingTag, ownerOf } from './findings.page.js';

const finding = (over: Partial<ShownFinding> = {}): ShownFinding => ({
  id: 'f1',
  reference: 'FND-00001',
  kind: 'finding',
  state: 'open',
  review: 'Gateway review 3',
  statement: 'The board did not see the test.',
  priority: 'medium',
  owner: 'Chief information officer',
  ownerRole: null,
  ownerOrganisation: null,
  trust: null,
  dueOn: '2018-07-31',
  overdue: false,
  daysLate: 0,
  raisedBy: { id: 'a', name: 'Ann' },
  raisedAt: '2018-06-01T10:00:00Z',
  response: null,
  closedBy: null,
  closedAt: null,
  illustrative: false,
  revision: 1,
  steps: [],
  next: [],
  ...over,
});
const programme = { slug: 'exemplars', name: 'Exemplars', awardees: [] };
const NONE = { states: null, overdue: null, kind: null, trust: null, ownerRole: null };

test.each([
  [{}, NONE],
  [{ state: 'open' }, { ...NONE, states: ['open'] }],
  [{ state: 'overdue' }, { ...NONE, overdue: true }],
  [
    { state: 'closed', kind: 'recommendation', trust: 'RW4', owner: 'trust-lead' },
    { ...NONE, ownerRole: 'trust-lead', states: ['closed'], kind: 'recommendation', trust: 'RW4' },
  ],
  [{ state: 'lost', kind: 'x', trust: '' }, NONE],
])('an address of %p narrows to %p', (query, filter) => expect(findingsFilterOf(query)).toEqual(filter));

test.each([
  [{ state: 'open', overdue: false }, 'Open'],
  [{ state: 'open', overdue: true }, 'Overdue'],
  [{ state: 'closed', overdue: false }, 'Closed'],
] as const)('a finding of %p is %s', (of, words) => expect(findingTag(of).words).toBe(words));

test('the list says what is late, and what to do where it is empty', () => {
  const late = finding({ overdue: true, daysLate: 1 });
  const page = findingsPage(programme, { items: [late], next: 'c' }, NONE, {
    allTrusts: false,
    mayRecord: false,
  });
  expect(page.tables?.[0]?.rows[0]?.[4]).toEqual({ value: '2018-07-31', note: '1 day late' });
  expect(page.tables?.[0]?.next).toBe('/programmes/exemplars/findings?after=c');
  const overdue = { ...NONE, overdue: true };
  const more = findingsPage(programme, { items: [], next: 'c' }, overdue, {
    allTrusts: true,
    mayRecord: true,
  });
  expect(more.tables?.[0]).toMatchObject({
    next: '/programmes/exemplars/findings?state=overdue&after=c',
    empty: 'Nothing was found that matches. Record a finding when a review or an audit makes one.',
  });
});

test('the steps that its reader may take are offered, in their words', () => {
  const { model } = findingPage(programme, finding({ next: ['follow-up', 'due-date'] }));
  expect((model as { steps: object[] }).steps).toEqual([
    { text: 'Follow it up', href: '/findings/f1/steps/follow-up' },
    { text: 'Move the due date', href: '/findings/f1/steps/due-date' },
  ]);
});

test('a response and a closure are among the facts', () => {
  const by = { id: 'b', name: 'Bo' };
  const at = '2018-07-01T10:00:00Z';
  const response = { stance: 'agreed' as const, words: 'Run again.', plannedOn: '2018-07-15', by, at };
  const facts = findingFacts(finding({ state: 'closed', response, closedBy: by, closedAt: at }));
  expect(facts).toContainEqual({ label: 'Response', value: 'Agreed, by 15 July 2018: Run again.' });
  expect(facts.at(-1)?.label).toBe('Closed by');
});

const TRUST = { odsCode: 'RW4', name: 'Mersey Care' };
test.each<[Pick<FindingView, 'owner' | 'ownerRole' | 'ownerOrganisation'>, string]>([
  [{ owner: 'The CCIO', ownerRole: null, ownerOrganisation: null }, 'The CCIO'],
  [{ owner: '', ownerRole: 'trust-lead', ownerOrganisation: TRUST }, 'Trust lead, Mersey Care'],
  [
    { owner: 'The CCIO', ownerRole: 'trust-lead', ownerOrganisation: TRUST },
    'Trust lead, Mersey Care (The CCIO)',
  ],
])('an owner of %p is said as %p', (owner, said) => expect(ownerOf(owner)).toBe(said));

const step: FindingStepView = {
  ...{ id: 's', kind: 'response', words: '', stance: null, plannedOn: null, outcome: null, evidence: null },
  ...{ reopens: false, formerDueOn: null, dueOn: null, by: { id: 'b', name: 'Bo' }, at: '' },
};
test.each<[Partial<FindingStepView>, string]>([
  [{ stance: 'partly-agreed', plannedOn: '2018-07-15' }, 'Response: partly agreed, by 15 July 2018'],
  [{ stance: 'not-agreed' }, 'Response: not agreed'],
  [{ kind: 'follow-up', outcome: 'implemented' }, 'Follow-up: implemented'],
  [{ kind: 'follow-up', outcome: 'partly', reopens: true }, 'Follow-up: partly, and opened it again'],
  [{ kind: 'closure' }, 'Closed'],
  [
    { kind: 'due-date', formerDueOn: '2018-07-15', dueOn: '2018-07-31' },
    'Due date moved from 15 July 2018 to 31 July 2018',
  ],
])('a step of %p is said as %p', (of, said) => expect(stepWords({ ...step, ...of })).toBe(said));

const TYPED = {
  ...{ kind: 'finding', review: ' Gateway review 3 ', statement: 'One.\r\nTwo.', owner: ' ', trust: '' },
  ...{ priority: 'high', ownerRole: 'assessor' },
  ...{ 'dueOn-day': '31', 'dueOn-month': '7', 'dueOn-year': '2018' },
};

test('what is typed is what is recorded', () => {
  expect(findingIn(new Form(TYPED))).toEqual({
    ...{ kind: 'finding', review: 'Gateway review 3', statement: 'One.\nTwo.', owner: '', trust: null },
    ...{ priority: 'high', ownerRole: 'assessor' },
    dueOn: '2018-07-31',
  });
});

test('all that is missing is said at once', () => {
  try {
    findingIn(new Form({ statement: 'x'.repeat(4_001), 'dueOn-day': '31' }));
    throw new Error('It was taken');
  } catch (error) {
    expect((error as Problem).details.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      ...[
        '/kind not-chosen',
        '/review missing',
        '/statement too-long',
        '/priority not-chosen',
        '/ownerRole not-chosen',
        '/dueOn not-a-day',
      ],
    ]);
  }
});
