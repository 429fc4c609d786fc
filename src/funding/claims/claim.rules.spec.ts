import fc from 'fast-check';
import { AGREEMENT_STATES } from '../agreements/agreement-states.js';
import {
  agreementBlockers,
  approvedState,
  CLAIM,
  type ClaimDuty,
  type ClaimPeople,
  type ClaimVerb,
  dutyBlockers,
  firstApprovalBlockers,
  HOLDS_CLAIMED,
  KEEPS_OUT,
  needsSecondApproval,
  newClaimBlockers,
  peopleOf,
  reviewBlockers,
  unansweredBlockers,
} from './claim.rules.js';
import { CLAIM_STATES, type ClaimState } from './claim-states.js';

const codes = (list: ReadonlyArray<{ code: string }>) => list.map(({ code }) => code);
const PEOPLE: ClaimPeople = {
  preparerIds: ['lead', 'other lead'],
  certifierId: 'director',
  approverId: 'officer',
  secondApproverId: 'manager',
};
const NOBODY: ClaimPeople = { preparerIds: [], certifierId: null, approverId: null, secondApproverId: null };

test.each<[ClaimVerb, ClaimState, ClaimState]>([
  ['save', 'fd-certified', 'draft'],
  ['certify', 'draft', 'fd-certified'],
  ['submit', 'fd-certified', 'submitted'],
  ['check', 'submitted', 'evidence-check'],
  ['give-back', 'evidence-check', 'submitted'],
  ['query', 'evidence-check', 'queried'],
  ['answer', 'queried', 'evidence-check'],
  ['revise', 'queried', 'draft'],
  ['recommend', 'evidence-check', 'recommended'],
  ['approve', 'recommended', 'approved'],
  ['approve-in-part', 'recommended', 'part-approved'],
  ['reject', 'evidence-check', 'rejected'],
  ['reject', 'recommended', 'rejected'],
  ['withdraw', 'queried', 'withdrawn'],
  ['cancel-approval', 'part-approved', 'rejected'],
  ['schedule', 'part-approved', 'scheduled'],
  ['unschedule', 'scheduled', 'approved'],
  ['pay', 'scheduled', 'paid'],
  ['reverse-payment', 'reconciled', 'approved'],
  ['reconcile', 'paid', 'reconciled'],
  ['raise-recovery', 'written-off', 'recovery-raised'],
  ['withdraw-recovery', 'recovery-raised', 'paid'],
  ['agree-recovery', 'recovery-raised', 'recovery-agreed'],
  ['recover', 'recovery-agreed', 'recovered'],
  ['write-off', 'recovery-agreed', 'written-off'],
])('%s leads from %s to %s', (verb, from, to) => expect(CLAIM.next(verb, from)).toBe(to));

test.each<[ClaimState, ClaimVerb[]]>([
  ['draft', ['save', 'certify', 'withdraw']],
  ['fd-certified', ['save', 'submit', 'withdraw']],
  ['submitted', ['check', 'withdraw']],
  ['evidence-check', ['give-back', 'query', 'recommend', 'reject']],
  ['queried', ['answer', 'revise', 'withdraw']],
  ['recommended', ['approve', 'approve-in-part', 'reject']],
  ['approved', ['cancel-approval', 'schedule']],
  ['part-approved', ['cancel-approval', 'schedule']],
  ['scheduled', ['unschedule', 'pay']],
  ['paid', ['reverse-payment', 'reconcile', 'raise-recovery']],
  ['reconciled', ['reverse-payment', 'raise-recovery']],
  ['recovery-raised', ['withdraw-recovery', 'agree-recovery', 'write-off']],
  ['recovery-agreed', ['recover', 'write-off']],
  ['recovered', ['raise-recovery']],
  ['written-off', ['raise-recovery']],
  ['rejected', []],
  ['withdrawn', []],
])('a claim that is %s allows exactly %p', (state, verbs) => expect(CLAIM.open(state)).toEqual(verbs));

test('what a claim is not ready for says what it must be', () =>
  expect(CLAIM.blockers('submit', 'evidence-check')).toEqual([
    {
      code: 'wrong-state',
      message: 'This claim is evidence check; it must be fd certified for this.',
      pointer: '/state',
    },
  ]));

test.each([
  [100, 100, 'approved'],
  [100, 99, 'part-approved'],
  [100, null, 'part-approved'],
])('of %s, %s is %s', (claimed_pence, approved_pence, state) =>
  expect(approvedState({ claimed_pence, approved_pence })).toBe(state),
);

describe('duties (domain.md section 9, rule 5)', () => {
  test.each<[ClaimDuty, string, string | null]>([
    ['certify', 'lead', 'certifier-is-preparer'],
    ['certify', 'other lead', 'certifier-is-preparer'],
    ['certify', 'director', null],
    ['check', 'lead', 'checker-is-preparer-or-certifier'],
    ['check', 'director', 'checker-is-preparer-or-certifier'],
    ['check', 'assessor', null],
    ['approve', 'other lead', 'approver-is-preparer-or-certifier'],
    ['approve', 'director', 'approver-is-preparer-or-certifier'],
    ['approve', 'officer', null],
    ['second-approve', 'lead', 'second-approver-is-not-another'],
    ['second-approve', 'director', 'second-approver-is-not-another'],
    ['second-approve', 'officer', 'second-approver-is-not-another'],
    ['second-approve', 'somebody', null],
    ['pay', 'lead', 'payer-is-preparer-certifier-or-approver'],
    ['pay', 'director', 'payer-is-preparer-certifier-or-approver'],
    ['pay', 'officer', 'payer-is-preparer-certifier-or-approver'],
    ['pay', 'manager', 'payer-is-preparer-certifier-or-approver'],
    ['pay', 'payer', null],
  ])('%s by the %s: %s', (duty, actor, code) =>
    expect(codes(dutyBlockers(duty, actor, PEOPLE))).toEqual(code === null ? [] : [code]),
  );

  test('nobody is kept out of what nobody did', () => {
    for (const duty of Object.keys(KEEPS_OUT) as ClaimDuty[])
      expect(dutyBlockers(duty, 'anybody', NOBODY)).toEqual([]);
  });

  test('whoever may pay did nothing with the claim before', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const people = fc.record({
      preparerIds: fc.array(person),
      certifierId: fc.option(person),
      approverId: fc.option(person),
      secondApproverId: fc.option(person),
    });
    fc.assert(
      fc.property(people, person, (of, actor) => {
        const hands = [...of.preparerIds, of.certifierId, of.approverId, of.secondApproverId];
        expect(dutyBlockers('pay', actor, of).length === 0).toBe(!hands.includes(actor));
      }),
    );
  });

  test("a row's people", () =>
    expect(
      peopleOf({ prepared_by: ['a'], certified_by: 'b', approved_by: 'c', second_approved_by: null }),
    ).toEqual({ preparerIds: ['a'], certifierId: 'b', approverId: 'c', secondApproverId: null }));
});

test.each(AGREEMENT_STATES)('claims under an agreement that is %s', (state) => {
  const blocked = codes(agreementBlockers({ state, reference: 'A-1' }));
  expect(blocked).toEqual(state === 'active' || state === 'closing' ? [] : ['agreement-not-active']);
});

test('an agreement under which no money passes says what it is', () =>
  expect(agreementBlockers({ state: 'suspended', reference: 'A-1' })).toEqual([
    {
      code: 'agreement-not-active',
      message:
        'The agreement A-1 is suspended; money is claimed and approved only while it is active or closing.',
    },
  ]));

test.each([
  ['costs', 'delivery', []],
  ['advance', 'advance', []],
  ['costs', 'advance', ['tranche-is-an-advance']],
  ['advance', 'delivery', ['tranche-not-an-advance']],
] as const)('%s from a tranche of %s', (kind, basis, expected) => {
  const tranche = { number: 1, name: 'First', basis };
  const agreement = { state: 'active', reference: 'A-1' } as const;
  expect(codes(newClaimBlockers({ kind, tranche, agreement }))).toEqual(expected);
  expect(codes(newClaimBlockers({ kind, tranche, agreement: { ...agreement, state: 'draft' } }))).toEqual([
    'agreement-not-active',
    ...expected,
  ]);
});

test.each([
  ['advance', 'delivery', 'Tranche 1, First, is paid on delivery. Claim costs from it.'],
  [
    'costs',
    'advance',
    'Tranche 1, First, is paid in advance. Claim an advance from it, or costs from another tranche.',
  ],
] as const)('%s from a tranche of %s is told where it is claimed from', (kind, basis, message) =>
  expect(
    newClaimBlockers({
      kind,
      tranche: { number: 1, name: 'First', basis },
      agreement: { state: 'active', reference: 'A-1' },
    }),
  ).toMatchObject([{ message, pointer: '/kind' }]),
);

test('each query has its answer, and its place', () => {
  expect(unansweredBlockers([])).toEqual([]);
  expect(unansweredBlockers([{ position: 2 }, { position: null }])).toMatchObject([
    {
      code: 'query-unanswered',
      message: 'The query on line 2 has no answer yet. Answer it, even where nothing changes.',
      pointer: '/lines/1',
    },
    {
      code: 'query-unanswered',
      message: 'The query on the claim has no answer yet. Answer it, even where nothing changes.',
    },
  ]);
  expect(unansweredBlockers([{ position: null }])[0]).not.toHaveProperty('pointer');
});

test.each<[Parameters<typeof reviewBlockers>[0]['verb'], ClaimState, string, Partial<ClaimPeople>, string[]]>(
  [
    ['check', 'submitted', 'assessor', {}, []],
    ['check', 'submitted', 'lead', {}, ['checker-is-preparer-or-certifier']],
    ['query', 'evidence-check', 'director', {}, ['checker-is-preparer-or-certifier']],
    ['give-back', 'evidence-check', 'lead', {}, ['checker-is-preparer-or-certifier']],
    ['recommend', 'evidence-check', 'director', {}, ['checker-is-preparer-or-certifier']],
    ['recommend', 'queried', 'assessor', {}, ['wrong-state']],
    ['approve', 'recommended', 'officer', { approverId: null }, []],
    ['approve', 'recommended', 'lead', { approverId: null }, ['approver-is-preparer-or-certifier']],
    ['approve', 'recommended', 'somebody', {}, ['second-approval-missing']],
    ['approve', 'approved', 'somebody', {}, ['wrong-state']],
    ['reject', 'recommended', 'somebody', {}, []],
    ['reject', 'evidence-check', 'director', {}, ['approver-is-preparer-or-certifier']],
    ['cancel-approval', 'approved', 'officer', {}, []],
    ['cancel-approval', 'scheduled', 'officer', {}, ['wrong-state']],
  ],
)('%s, %s, by the %s', (verb, state, actorId, over, expected) =>
  expect(codes(reviewBlockers({ verb, state, people: { ...PEOPLE, ...over }, actorId }))).toEqual(expected),
);

test.each<[ClaimState, string | null, string[]]>([
  ['recommended', 'officer', []],
  ['recommended', null, ['first-approval-missing']],
  ['approved', 'officer', ['wrong-state']],
  ['evidence-check', null, ['wrong-state']],
])('a second approval of what is %s, first by %s', (state, approverId, expected) =>
  expect(codes(firstApprovalBlockers({ state, people: { ...PEOPLE, approverId } }))).toEqual(expected),
);

test.each([
  [100, null, false],
  [100, 100, false],
  [101, 100, true],
  [1, 0, true],
])('%s with a threshold of %s', (approved, above, needed) =>
  expect(needsSecondApproval(approved, above)).toBe(needed),
);

test('money is claimed from the submission to the decision', () =>
  expect(CLAIM_STATES.filter((state) => HOLDS_CLAIMED.includes(state))).toEqual([
    'submitted',
    'evidence-check',
    'queried',
    'recommended',
  ]));
