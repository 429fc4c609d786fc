import type { Problem } from '../../core/problems.js';
import type { FindingView } from '../../findings/finding.queries.js';
import { Form } from '../page/form.js';
import { findingIn } from './finding-form.js';
import { findingFacts, findingPage, findingsFilterOf, findingsPage, findingTag } from './findings.page.js';

const finding = (over: Partial<FindingView> = {}): FindingView => ({
  id: 'f1',
  reference: 'FND-00001',
  kind: 'finding',
  state: 'open',
  review: 'Gateway review 3',
  statement: 'The board did not see the test.',
  owner: 'Chief information officer',
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
  ...over,
});
const programme = { slug: 'exemplars', name: 'Exemplars', awardees: [] };
const NONE = { state: null, overdue: null, kind: null, trust: null };

test.each([
  [{}, NONE],
  [{ state: 'open' }, { ...NONE, state: 'open' }],
  [{ state: 'overdue' }, { ...NONE, state: 'open', overdue: true }],
  [
    { state: 'closed', kind: 'recommendation', trust: 'RW4' },
    { ...NONE, state: 'closed', kind: 'recommendation', trust: 'RW4' },
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
  const overdue = { ...NONE, state: 'open' as const, overdue: true };
  const more = findingsPage(programme, { items: [], next: 'c' }, overdue, {
    allTrusts: true,
    mayRecord: true,
  });
  expect(more.tables?.[0]).toMatchObject({
    next: '/programmes/exemplars/findings?state=overdue&after=c',
    empty: 'Nothing was found that matches. Record a finding when a review or an audit makes one.',
  });
});

test('only an open one is closed, and by who may', () => {
  const may = (of: FindingView, mayClose: boolean) =>
    (findingPage(programme, of, { mayClose }).model as { mayClose: boolean }).mayClose;
  expect([may(finding(), true), may(finding(), false), may(finding({ state: 'closed' }), true)]).toEqual([
    true,
    false,
    false,
  ]);
  const closed = finding({
    state: 'closed',
    response: 'Run again.',
    closedBy: { id: 'b', name: 'Bo' },
    closedAt: '2018-07-01T10:00:00Z',
  });
  expect(findingFacts(closed)).toContainEqual({ label: 'What was done', value: 'Run again.' });
});

const TYPED = {
  ...{ kind: 'finding', review: ' Gateway review 3 ', statement: 'One.\r\nTwo.', owner: 'CIO', trust: '' },
  ...{ 'dueOn-day': '31', 'dueOn-month': '7', 'dueOn-year': '2018' },
};

test('what is typed is what is recorded', () => {
  expect(findingIn(new Form(TYPED))).toEqual({
    ...{ kind: 'finding', review: 'Gateway review 3', statement: 'One.\nTwo.', owner: 'CIO', trust: null },
    dueOn: '2018-07-31',
  });
});

test('all that is missing is said at once', () => {
  try {
    findingIn(new Form({ statement: 'x'.repeat(4_001), 'dueOn-day': '31' }));
    throw new Error('It was taken');
  } catch (error) {
    expect((error as Problem).details.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      ...['/kind not-chosen', '/review missing', '/statement too-long', '/owner missing', '/dueOn not-a-day'],
    ]);
  }
});
