import type { AssuranceItemView } from '../../assurance/assurance-item.queries.js';
import type { Actor } from '../../core/actor.js';
import type { GoLiveView } from '../../milestones/go-lives.reader.js';
import { goLiveTasks, reviewTasks } from '../tasks/assurance-tasks.js';
import { outcomeWords, requirementTag, subjectWords } from './assurance.words.js';
import { contentIn, newItemStep } from './item-form.js';
import { type Gap, gapAddress, gapsOf, nearUntil, statusWords } from './programme-assurance.page.js';

const requirement = (over: Partial<GoLiveView['requirements'][0]> = {}): GoLiveView['requirements'][0] => ({
  kind: 'dpia',
  name: 'Data protection impact assessment',
  subject: { level: 'project', id: 'p', name: 'Wards' },
  status: 'missing',
  item: null,
  expiresOn: null,
  message: 'None.',
  endsSoon: false,
  toldAt: null,
  ...over,
});
const goLive = (over: Partial<GoLiveView> = {}): GoLiveView => ({
  ...{ id: 'm', code: 'wards/live', name: 'First wards live', state: 'planned' },
  trust: { odsCode: 'RV5', name: 'South London' },
  project: { id: 'p', code: 'wards', name: 'Wards' },
  ...{ forecastOn: '2018-09-30', actualOn: null, lookedAtOn: '2018-09-30' },
  requirements: [],
  ...{ missing: 0, endingSoon: 0 },
  ...over,
});

test('gaps are what is not in place, and what ends soon', () => {
  const requirements = [
    requirement(),
    requirement({ status: 'valid' }),
    requirement({ status: 'valid', endsSoon: true }),
  ];
  const gaps = gapsOf([goLive({ requirements })], null);
  expect(gaps.map(({ status, endsSoon }) => [status, endsSoon])).toEqual([
    ['missing', false],
    ['valid', true],
  ]);
});

test.each([
  [null, 1],
  ['2018-09-30', 1],
  ['2018-09-29', 0],
])('of a go-live of 30 September, until %s: %d', (until, count) =>
  expect(gapsOf([goLive({ requirements: [requirement()] })], until)).toHaveLength(count),
);

test.each<[string, boolean, string | null, string | null]>([
  ['who sees all trusts', true, null, '2018-10-18'],
  ['who chose one of them', true, 'RV5', null],
  ['who is of one', false, 'RV5', null],
])('what is near is shown to %s', (_, allTrusts, trust, until) =>
  expect(nearUntil({ today: '2018-07-20', trust, reader: { allTrusts, prepares: false } })).toBe(until),
);

const ITEM = { id: 'i', reference: 'ASR-00001' };
test.each<[string, Partial<Gap>, boolean, string | null]>([
  ['what is missing, to whoever records it', {}, true, '/programmes/x/assurance/new/dpia?subject=p'],
  ['what is missing of a trust itself', { kind: 'dspt' }, true, '/programmes/x/assurance/new/dspt'],
  ['what is missing, to others', {}, false, null],
  ['what is in review', { status: 'in-review', item: ITEM }, true, '/assurance/i'],
  ['what expired', { status: 'expired', item: ITEM }, true, '/programmes/x/assurance/new/dpia?subject=p'],
  ['what expired, to others', { status: 'expired', item: ITEM }, false, '/assurance/i'],
  ['which product is used', { kind: null }, true, '/programmes/x/deployments/new'],
])('a gap leads on: %s', (_, over, prepares, address) =>
  expect(gapAddress('x', { ...requirement(), goLive: goLive(), ...over }, prepares)).toBe(address),
);

test.each<[Partial<Gap>, string]>([
  [{}, 'None.'],
  [{ endsSoon: true, expiresOn: '2018-08-31' }, 'Holds until 31 August 2018.'],
  [{ toldAt: '2018-07-20T09:00:00Z' }, 'None. Its trust was told on 20 July 2018 at 10:00am.'],
])('how a gap stands is said in words: %p', (over, words) =>
  expect(statusWords({ ...requirement(), goLive: goLive(), ...over })).toBe(words),
);

test.each([
  ['class-iia', 'Class IIa'],
  ['class-i', 'Class I'],
  ['class-iii', 'Class III'],
  ['class-iib', 'Class IIb'],
  ['standards-met', 'Standards met'],
  [null, null],
])('the outcome %s is %s', (outcome, words) => expect(outcomeWords(outcome)).toBe(words));

test('a state is said in words, and whose something is once', () => {
  expect(requirementTag({ status: 'valid', endsSoon: true }).words).toBe('Ends soon');
  expect(requirementTag({ status: 'expired', endsSoon: false }).words).toBe('Expires before');
  const trust = { odsCode: 'RV5', name: 'South London' };
  expect(subjectWords({ subject: { level: 'organisation', id: 't', name: 'South London' }, trust })).toBe(
    'South London',
  );
  expect(subjectWords({ subject: { level: 'project', id: 'p', name: 'Wards' }, trust })).toBe(
    'Wards, South London',
  );
});

test.each([
  ['dspt', true],
  ['dcb0160', false],
] as const)('the form of %s asks for an outcome: %s', (kind, asks) =>
  expect(newItemStep(kind, [], null).fields.some(({ name }) => name === 'outcome')).toBe(asks),
);

test('what was typed, with nothing where nothing was', () =>
  expect(
    contentIn({ version: '1', signedBy: 'Dr O', signedOn: '2018-05-14', expiresOn: null, document: 'A' }),
  ).toEqual({
    version: '1',
    signedBy: 'Dr O',
    signedOn: '2018-05-14',
    expiresOn: null,
    outcome: null,
    document: 'A',
  }));

test('go-lives are tasks while something is missing or ends soon, the late ones overdue', () => {
  const tasks = goLiveTasks(
    'x',
    [
      goLive(),
      goLive({ missing: 2 }),
      goLive({ missing: 1, lookedAtOn: '2018-07-19' }),
      goLive({ state: 'met', endingSoon: 1 }),
    ],
    '2018-07-20',
  );
  expect(tasks.map(({ title, status, dueOn }) => [title, status.words, dueOn])).toEqual([
    ['Put 2 pieces of assurance in place for “First wards live”', 'Not in place', '2018-09-30'],
    ['Put 1 piece of assurance in place for “First wards live”', 'Overdue', '2018-07-19'],
    ['Renew 1 piece of assurance behind “First wards live”', 'Ends soon', null],
  ]);
});

test('nobody is asked to decide on what they wrote', () => {
  const item = (by: string): AssuranceItemView =>
    ({
      ...{ id: by, reference: 'ASR-00001', kind: 'dpia', trust: null, submittedBy: null },
      subject: { level: 'project', id: 'p', name: 'Wards' },
      preparedBy: { id: by, name: by },
    }) as AssuranceItemView;
  expect(reviewTasks({ id: 'me' } as Actor, [item('me'), item('other')]).map(({ href }) => href)).toEqual([
    '/assurance/other',
  ]);
});
