import { applies } from './assurance-kinds.js';
import {
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
  ['standards-met', 'valid'],
  ['approaching-standards', 'valid'],
  ['standards-not-met', 'not-passed'],
])('an outcome of %s', (outcome, status) =>
  expect(statusOn('dspt', [item({ kind: 'dspt', outcome })], '2018-06-30').status).toBe(status),
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
  expect(requirementsOn(two, '2018-04-30').map(({ kind, subject }) => [kind, subject.id])).toEqual([
    ['dcb0129', 'v'],
    ['dcb0129', 'w'],
    ['dcb0160', 'd'],
    ['dcb0160', 'e'],
    ['device-status', 'x'],
    ['dspt', 't'],
    ['caldicott', 't'],
  ]);
});

test('where no version is in use, that is missing first', () => {
  const [first, ...rest] = requirementsOn(FACTS, '2018-01-31');
  expect(first).toMatchObject({ kind: null, status: 'missing', subject: { level: 'project', id: 'p' } });
  expect(rest.map(({ kind }) => kind)).toEqual(['caldicott']);
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
});
