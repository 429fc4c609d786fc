import fc from 'fast-check';
import { ROLES, type Role, roleMay } from '../../core/permissions.js';
import { CLAIM, type ClaimPeople } from './claim.rules.js';
import { CLAIM_STATES, type ClaimState } from './claim-states.js';
import {
  awaitedOf,
  CLAIM_STEPS,
  type ClaimStanding,
  type ClaimStep,
  openSteps,
} from './claim-steps.rules.js';

const PEOPLE: ClaimPeople = {
  preparerIds: ['lead'],
  certifierId: 'director',
  approverId: null,
  secondApproverId: null,
};
const standing = (state: ClaimState, over: Partial<ClaimStanding> = {}): ClaimStanding => ({
  state,
  people: PEOPLE,
  unansweredQueries: 0,
  ...over,
});
const half = { people: { ...PEOPLE, approverId: 'officer' } };

test.each<[string, Role, ClaimStanding, ClaimStep[]]>([
  ['lead', 'trust-lead', standing('draft'), ['save', 'withdraw']],
  ['lead', 'trust-lead', standing('fd-certified'), ['save', 'submit', 'withdraw']],
  ['lead', 'trust-lead', standing('submitted'), ['withdraw']],
  ['lead', 'trust-lead', standing('evidence-check'), []],
  [
    'lead',
    'trust-lead',
    standing('queried', { unansweredQueries: 1 }),
    ['answer-query', 'answer', 'revise', 'withdraw'],
  ],
  ['lead', 'trust-lead', standing('draft', { unansweredQueries: 1 }), ['save', 'answer-query', 'withdraw']],
  [
    'lead',
    'trust-lead',
    standing('fd-certified', { unansweredQueries: 1 }),
    ['save', 'submit', 'answer-query', 'withdraw'],
  ],
  ['lead', 'trust-lead', standing('evidence-check', { unansweredQueries: 1 }), []],
  ['somebody', 'trust-finance-director', standing('draft'), ['certify', 'withdraw']],
  ['lead', 'trust-finance-director', standing('draft'), ['withdraw']],
  ['assessor', 'assessor', standing('submitted'), ['check']],
  ['assessor', 'assessor', standing('evidence-check'), ['give-back', 'query', 'recommend']],
  ['lead', 'assessor', standing('evidence-check'), []],
  ['officer', 'finance-officer', standing('recommended'), ['approve', 'reject']],
  ['officer', 'finance-officer', standing('recommended', half), ['withdraw-approval', 'reject']],
  [
    'manager',
    'programme-manager',
    standing('recommended', half),
    ['second-approve', 'withdraw-approval', 'reject'],
  ],
  ['director', 'programme-manager', standing('recommended', half), []],
  ['officer', 'finance-officer', standing('approved', half), ['cancel-approval']],
  ['payer', 'finance-officer', standing('approved', half), ['cancel-approval', 'schedule']],
  ['auditor', 'auditor', standing('recommended'), []],
])('%s, as %s', (id, role, claim, expected) => expect(openSteps({ id, role }, claim)).toEqual(expected));

test('every verb of the state table is a step, and has its permission', () => {
  const verbs = CLAIM.verbs.filter((verb) => verb !== 'approve-in-part');
  expect(Object.keys(CLAIM_STEPS)).toEqual(expect.arrayContaining(verbs));
  for (const name of Object.keys(CLAIM_STEPS) as ClaimStep[])
    expect(ROLES.some((role) => roleMay(role, CLAIM_STEPS[name].permission))).toBe(true);
});

test.each<[Role, ClaimState[]]>([
  ['trust-lead', ['draft', 'fd-certified', 'queried']],
  ['trust-finance-director', ['draft', 'fd-certified', 'queried', 'recovery-raised']],
  ['assessor', ['submitted', 'evidence-check']],
  ['programme-manager', ['recommended']],
  ['finance-officer', ['recommended', 'approved', 'part-approved', 'scheduled', 'recovery-agreed']],
  ['auditor', []],
  ['administrator', []],
])('where claims wait for a %s', (role, expected) =>
  expect(awaitedOf(role).map(({ state }) => state)).toEqual(expected),
);

test('only a draft that claims something waits for its certificate', () =>
  expect(awaitedOf('trust-finance-director').map(({ state, filled }) => [state, filled])).toEqual([
    ['draft', true],
    ['fd-certified', false],
    ['queried', false],
    ['recovery-raised', false],
  ]));

/** What the list of claims asks of each row, as `awaitedClaims` does in the database. */
const waits = (actor: { id: string; role: Role }, { state, people }: ClaimStanding): boolean =>
  awaitedOf(actor.role).some(
    ({ state: at, keepsOut }) =>
      at === state &&
      !(keepsOut.prepared && people.preparerIds.includes(actor.id)) &&
      !(keepsOut.certified && people.certifierId === actor.id) &&
      !(keepsOut.approved && [people.approverId, people.secondApproverId].includes(actor.id)),
  );

test('a claim waits for somebody exactly where a step forward is open to them', () => {
  const person = fc.constantFrom('a', 'b', 'c', 'd');
  const claims = fc
    .record({
      state: fc.constantFrom(...CLAIM_STATES),
      preparerIds: fc.array(person),
      certifierId: fc.option(person),
      approverId: fc.option(person),
      secondApproverId: fc.option(person),
    })
    .map(({ state, ...people }) => standing(state, { people }));
  fc.assert(
    fc.property(person, fc.constantFrom(...ROLES), claims, (id, role, claim) => {
      const forward = openSteps({ id, role }, claim).filter((name) => CLAIM_STEPS[name].awaited);
      const onlySaved = claim.state === 'fd-certified' ? forward.filter((name) => name !== 'save') : forward;
      // A second approval is asked for once there is a first; before that, a stray second approver is nobody.
      fc.pre(claim.people.approverId !== null || claim.people.secondApproverId === null);
      expect(waits({ id, role }, claim)).toBe(onlySaved.length > 0);
    }),
    { numRuns: 2_000 },
  );
});
