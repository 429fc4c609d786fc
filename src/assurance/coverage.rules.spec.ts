import { applies } from './assurance-kinds.js';
import {
  ASSURANCE_CODES,
  type CoverageFacts,
  type CoveringItem,
  clearedBy,
  inUse,
  lapsedSince,
  requirementBlockers,
  requirementsOn,
  standingOn,
  statusOn,
} from './coverage.rules.js';

const item = (over: Partial<CoveringItem> = {}): CoveringItem => ({
  id: 'i',
  reference: 'ASR-00001',
  kind: 'caldicott',
  subjectId: 't',
  state: 'accepted',
  accepted: true,
  signedOn: '2018-01-10',
  expiresOn: null,
  outcome: null,
  ...over,
});

const FACTS: CoverageFacts = {
  project: { id: 'p', code: 'wards', name: 'Wards' },
  trust: { id: 't', odsCode: 'RV5', name: 'South London' },
  deployments: [
    {
      id: 'd',
      product: { id: 'x', name: 'Observations' },
      version: { id: 'v', name: '5' },
      fromOn: '2018-02-01',
      toOn: null,
    },
  ],
  items: [],
};
const facts = (...items: CoveringItem[]): CoverageFacts => ({ ...FACTS, items });

test.each([
  ['the day that it begins', '2018-02-01', true],
  ['the day before', '2018-01-31', false],
  ['its last day', '2018-03-01', true],
  ['the day after', '2018-03-02', false],
])('a version is in use: %s', (_, on, expected) =>
  expect(inUse({ fromOn: '2018-02-01', toOn: '2018-03-01' }, on)).toBe(expected),
);

test.each([
  ['dtac', '2021-01-31', false],
  ['dtac', '2021-02-01', true],
  ['dpia', '2018-05-24', false],
  ['dpia', '2018-05-25', true],
  ['dspt', '2018-03-31', false],
  ['dcb0160', '2015-01-01', true],
] as const)('%s on %s: %s', (kind, on, expected) => expect(applies(kind, on)).toBe(expected));

test.each<[string, CoveringItem[], string]>([
  ['nothing', [], 'missing'],
  ['a draft', [item({ state: 'draft', accepted: false })], 'missing'],
  ['what is submitted', [item({ state: 'submitted', accepted: false })], 'in-review'],
  ['what was rejected', [item({ state: 'rejected', accepted: false })], 'missing'],
  ['what was accepted', [item()], 'valid'],
  ['what was accepted once, and stood then', [item({ state: 'superseded' })], 'valid'],
  ['what is signed on the day', [item({ signedOn: '2018-06-30' })], 'valid'],
  ['what is signed the day after', [item({ signedOn: '2018-07-01' })], 'missing'],
  ['what holds until the day', [item({ expiresOn: '2018-06-30' })], 'valid'],
  ['what held until the day before', [item({ expiresOn: '2018-06-29' })], 'expired'],
  ['what was withdrawn after it was accepted', [item({ state: 'withdrawn' })], 'withdrawn'],
  ['what was withdrawn before', [item({ state: 'withdrawn', accepted: false })], 'missing'],
])('a go-live on 30 June 2018 with %s', (_, items, status) =>
  expect(statusOn('caldicott', items, '2018-06-30').status).toBe(status),
);

test.each([
  ['dspt', 'standards-met', 'valid'],
  ['dspt', 'approaching-standards', 'valid'],
  ['dspt', 'standards-not-met', 'not-passed'],
  ['dtac', 'pass', 'valid'],
  ['dtac', 'fail', 'not-passed'],
  ['device-status', 'class-iii', 'valid'],
] as const)('of %s an outcome of %s', (kind, outcome, status) =>
  expect(statusOn(kind, [item({ kind, outcome })], '2018-06-30').status).toBe(status),
);

test.each([
  ['is accepted', {}, 'valid'],
  ['is submitted', { state: 'submitted', accepted: false }, 'in-review'],
  ['was withdrawn', { state: 'withdrawn' }, 'withdrawn'],
] as const)(
  'of several of which each %s, the last one says so, in whatever order they come',
  (_, over, status) => {
    const first = item(over);
    const second = item({ ...over, reference: 'ASR-00002' });
    const third = item({ ...over, signedOn: '2018-02-01' });
    for (const items of [
      [first, second, third],
      [third, second, first],
    ])
      expect(statusOn('caldicott', items, '2018-06-30')).toEqual({ status, item: third });
    for (const items of [
      [first, second],
      [second, first],
    ])
      expect(statusOn('caldicott', items, '2018-06-30')).toEqual({ status, item: second });
  },
);

test('what stands is what was signed last by the day, though it is worse', () => {
  const good = item({ kind: 'dspt', state: 'superseded', outcome: 'standards-met' });
  const bad = item({ kind: 'dspt', id: 'b', outcome: 'standards-not-met', signedOn: '2018-04-01' });
  expect(standingOn([bad, good], '2018-03-31')).toBe(good);
  expect(standingOn([good, bad], '2018-04-01')).toBe(bad);
  expect(statusOn('dspt', [good, bad], '2018-06-30').status).toBe('not-passed');
});

test('a go-live needs what is mandatory and applies, of each thing that is in use', () => {
  const second = { ...(FACTS.deployments[0] as never as object), id: 'e', version: { id: 'w', name: '6' } };
  const two = { ...FACTS, deployments: [...FACTS.deployments, second as (typeof FACTS.deployments)[0]] };
  expect(requirementsOn(two, '2018-06-30').map(({ kind, subject }) => [kind, subject.id])).toEqual([
    ['dcb0129', 'v'],
    ['dcb0129', 'w'],
    ['dcb0160', 'd'],
    ['dcb0160', 'e'],
    ['dpia', 'p'],
    ['device-status', 'x'],
    ['dspt', 't'],
    ['caldicott', 't'],
  ]);
});

test('one of two versions in use is enough to say what goes live', () => {
  const ended = { ...(FACTS.deployments[0] as never as object), id: 'e', toOn: '2018-03-01' };
  const one = { ...FACTS, deployments: [...FACTS.deployments, ended as (typeof FACTS.deployments)[0]] };
  expect(requirementsOn(one, '2018-04-30').map(({ kind }) => kind)).not.toContain(null);
});

test('a requirement says which piece stands, and until when; one about another body does not count', () => {
  const own = item({ expiresOn: '2018-12-31' });
  const other = item({ id: 'o', reference: 'ASR-00009', subjectId: 'u', signedOn: '2018-03-01' });
  expect(requirementsOn(facts(own, other), '2018-06-30').find(({ kind }) => kind === 'caldicott')).toEqual({
    kind: 'caldicott',
    name: 'Caldicott Guardian',
    subject: { level: 'organisation', id: 't', name: 'South London' },
    status: 'valid',
    item: { id: 'i', reference: 'ASR-00001' },
    expiresOn: '2018-12-31',
    message: null,
  });
});

const toolkit = (over: Partial<CoveringItem>) => facts(item({ kind: 'dspt', ...over }));
test.each([
  [
    toolkit({ outcome: 'standards-not-met' }),
    'assurance-not-passed',
    'ASR-00001 came to “standards not met”',
  ],
  [toolkit({ state: 'withdrawn' }), 'assurance-withdrawn', 'ASR-00001 was withdrawn'],
  [toolkit({ state: 'submitted' }), 'assurance-in-review', 'ASR-00001 is submitted and not accepted yet'],
  [facts(), 'assurance-missing', 'none is accepted that was signed by 30 June 2018'],
  [
    toolkit({ expiresOn: '2018-06-29' }),
    'assurance-expired',
    'ASR-00001 holds until 29 June 2018, and not on 30 June 2018',
  ],
])('%#: a blocker says what is wrong, and its code is a known one', (given, code, words) => {
  const found = requirementBlockers(
    requirementsOn(given, '2018-06-30').filter(({ kind }) => kind === 'dspt'),
  );
  expect(found).toMatchObject([
    { code, message: `Data Security and Protection Toolkit of South London: ${words}.` },
  ]);
  expect(ASSURANCE_CODES).toContain(code);
});

test('where no version is in use, that is missing first', () => {
  const [first, ...rest] = requirementsOn(FACTS, '2018-01-31');
  expect(first).toMatchObject({ kind: null, status: 'missing', subject: { level: 'project', id: 'p' } });
  expect(rest.map(({ kind }) => kind)).toEqual(['caldicott']);
  const [blocker] = requirementBlockers(requirementsOn(FACTS, '2018-01-31'));
  expect(blocker?.code).toBe('deployment-missing');
  expect(ASSURANCE_CODES).toContain(blocker?.code);
});

test('what is not met is a blocker that names it, and says who gives it', () => {
  const found = requirementBlockers(requirementsOn(facts(item({ expiresOn: '2018-03-01' })), '2018-03-31'));
  expect(found.map(({ code, about }) => [code, about?.kind, about?.name])).toEqual([
    ['assurance-missing', 'product-version', 'Observations 5'],
    ['assurance-missing', 'deployment', 'Observations 5 in Wards'],
    ['assurance-missing', 'product', 'Observations'],
    ['assurance-expired', 'assurance-item', 'ASR-00001'],
  ]);
  expect(found.at(-1)?.message).toBe(
    'Caldicott Guardian of South London: ASR-00001 holds until 1 March 2018, and not on 31 March 2018.',
  );
  expect(found[0]?.clearedBy).toContain('programme manager or assessor');
  expect(found[1]?.clearedBy).toContain('The trust records it');
  expect(requirementBlockers(requirementsOn(facts(item()), '2018-01-31'))).toHaveLength(1);
});

test.each([
  [{ kind: null, status: 'missing' }, 'which version of which product'],
  [{ kind: 'device-status', status: 'missing' }, 'programme manager or assessor'],
  [{ kind: 'dpia', status: 'in-review' }, 'Somebody who did not write it'],
] as const)('%j is cleared', (requirement, words) => expect(clearedBy(requirement)).toContain(words));

test('a gate is told of what has lapsed, and not of what was never there', () => {
  expect(lapsedSince(FACTS, '2018-06-30')).toEqual([]);
  expect(
    lapsedSince(facts(item({ expiresOn: '2018-06-29' })), '2018-06-30').map(({ kind, status }) => [
      kind,
      status,
    ]),
  ).toEqual([['caldicott', 'expired']]);
  expect(lapsedSince(facts(item({ expiresOn: '2018-06-30' })), '2018-06-30')).toEqual([]);
  expect(lapsedSince(facts(item({ state: 'withdrawn' })), '2018-06-30')).toHaveLength(1);
  expect(lapsedSince(toolkit({ outcome: 'standards-not-met' }), '2018-06-30')).toHaveLength(1);
});
