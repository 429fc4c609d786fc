import { ROLES, type Role, roleMay } from '../../core/permissions.js';
import { CLAIM_STATES } from '../claims/claim-states.js';
import {
  AGREEMENT,
  type AgreementVerb,
  approvalBlockers,
  type Basis,
  basisBlockers,
  CLAIMS_UNDER_WAY,
  IN_FORCE,
  openSteps,
  type UnderWay,
  underWayBlockers,
} from './agreement.rules.js';
import { AGREEMENT_STATES, type AgreementState } from './agreement-states.js';
import type { AgreedLine, AgreementTerms } from './agreement-terms.js';

const codes = (blockers: ReadonlyArray<{ code: string }>) => blockers.map(({ code }) => code);

test.each<[AgreementState, AgreementVerb[]]>([
  ['draft', ['save', 'begin-due-diligence', 'withdraw']],
  ['in-due-diligence', ['return-to-draft', 'approve', 'withdraw']],
  ['approved', ['offer', 'withdraw']],
  ['offered', ['sign', 'withdraw']],
  ['signed', ['activate', 'withdraw']],
  ['active', ['suspend', 'begin-closing', 'terminate', 'novate']],
  ['suspended', ['resume', 'begin-closing', 'terminate', 'novate']],
  ['closing', ['close', 'terminate', 'novate']],
  ['closed', []],
  ['withdrawn', []],
  ['terminated', []],
  ['novated', []],
])('what may happen to an agreement that is %s', (state, verbs) => {
  expect(AGREEMENT.open(state)).toEqual(verbs);
});

test('money stands in the ledger from the activation on, and no more once it went to a successor', () => {
  const begun = AGREEMENT_STATES.filter(
    (state) => !AGREEMENT.open(state).includes('withdraw') && state !== 'withdrawn',
  );
  expect(begun).toEqual([...IN_FORCE, 'novated']);
});

const by = (role: Role, id = 'somebody') => ({
  id,
  may: (permission: Parameters<typeof roleMay>[1]) => roleMay(role, permission),
});

test.each<[Role, AgreementState, AgreementVerb[]]>([
  ['programme-manager', 'draft', ['save', 'begin-due-diligence', 'withdraw']],
  ['finance-officer', 'draft', []],
  ['finance-officer', 'in-due-diligence', ['approve']],
  ['trust-finance-director', 'offered', ['sign']],
  ['trust-lead', 'offered', []],
  ['programme-manager', 'offered', ['withdraw']],
  ['finance-officer', 'signed', ['activate']],
  ['finance-officer', 'active', ['suspend', 'begin-closing', 'terminate', 'novate']],
])('%s with an agreement that is %s', (role, state, verbs) => {
  expect(openSteps({ state, preparerIds: [] }, by(role))).toEqual(verbs);
});

test('whoever prepared a version neither approves nor novates it', () => {
  const steps = (state: AgreementState, id: string) =>
    openSteps({ state, preparerIds: ['preparer', 'editor'] }, by('programme-manager', id));
  for (const id of ['preparer', 'editor']) {
    expect(steps('in-due-diligence', id)).toEqual(['return-to-draft', 'withdraw']);
    expect(steps('active', id)).toEqual(['suspend', 'begin-closing', 'terminate']);
  }
  expect(steps('in-due-diligence', 'another')).toContain('approve');
});

test('an auditor and an administrator take no step, whatever the state', () => {
  const steps = ROLES.filter((role) => role === 'auditor' || role === 'administrator').flatMap((role) =>
    AGREEMENT_STATES.flatMap((state) => openSteps({ state, preparerIds: [] }, by(role))),
  );
  expect(steps).toEqual([]);
});

const LINE: AgreedLine = { financialYear: '2017/18', kind: 'capital', grantPence: 100, matchPence: 50 };
const TERMS: AgreementTerms = {
  parties: { funder: { odsCode: 'X24', name: 'Funder' }, recipient: { odsCode: 'RW4', name: 'Trust' } },
  lines: [LINE],
  tranches: [
    {
      number: 1,
      name: 'All of it',
      basis: 'delivery',
      plannedOn: '2018-03-31',
      grantPence: 100,
      milestones: ['records/go-live'],
    },
  ],
  matchRatio: { matchPence: 1, perGrantPence: 2 },
  matchRules: { types: [], startsOn: '2017-04-01', endsOn: '2018-03-31', exclusions: [] },
  eligibility: { startsOn: '2017-04-01', endsOn: '2018-03-31', categories: [] },
  conditions: [],
};
const BASIS: Basis = { terms: TERMS, awarded: [LINE], milestones: ['records/go-live', 'records/plan'] };

const TWO_LINES = {
  ...TERMS,
  lines: [
    { ...LINE, grantPence: 60 },
    { ...LINE, kind: 'revenue' as const, grantPence: 40 },
  ],
};

test.each<[string, Partial<Basis>, string[]]>([
  ['one that holds', {}, []],
  ['an award of a penny more', { awarded: [{ ...LINE, grantPence: 101 }] }, ['award-changed']],
  ['an award with a penny less match', { awarded: [{ ...LINE, matchPence: 49 }] }, ['award-changed']],
  ['an award of another kind', { awarded: [{ ...LINE, kind: 'revenue' }] }, ['award-changed']],
  ['an award of another year', { awarded: [{ ...LINE, financialYear: '2018/19' }] }, ['award-changed']],
  ['an award with a line more', { awarded: [LINE, { ...LINE, kind: 'revenue' }] }, ['award-changed']],
  [
    'two lines that are the award, in whatever order',
    {
      terms: TWO_LINES,
      awarded: [
        { ...LINE, kind: 'revenue', grantPence: 40 },
        { ...LINE, grantPence: 60 },
      ],
    },
    [],
  ],
  [
    'two lines of which the award has one',
    {
      terms: TWO_LINES,
      awarded: [
        { ...LINE, kind: 'revenue', grantPence: 41 },
        { ...LINE, grantPence: 60 },
      ],
    },
    ['award-changed'],
  ],
  ['an award with a line less', { awarded: [] }, ['award-changed']],
  ['a milestone that nobody has', { milestones: ['records/plan'] }, ['unknown-milestone']],
  ['tranches that do not add up', { terms: { ...TERMS, tranches: [] } }, ['tranches-do-not-add-up']],
])('what an agreement rests on: %s', (_, change, expected) => {
  expect(codes(basisBlockers({ ...BASIS, ...change }))).toEqual(expected);
});

test.each<[string, string[], string[]]>([
  ['approver', ['preparer'], []],
  ['preparer', ['preparer'], ['approver-is-preparer']],
  ['editor', ['preparer', 'editor'], ['approver-is-preparer']],
])('%s approves what %j prepared', (approverId, preparerIds, expected) => {
  expect(codes(approvalBlockers({ ...BASIS, approverId, preparerIds }))).toEqual(expected);
});

test('an approval looks at the terms too', () => {
  const approval = { ...BASIS, milestones: [], approverId: 'a', preparerIds: ['a'] };
  expect(codes(approvalBlockers(approval))).toEqual(['approver-is-preparer', 'unknown-milestone']);
});

test('what an approval lacks is said in its place, with what would clear it', () =>
  expect(
    approvalBlockers({ ...BASIS, awarded: [], milestones: [], approverId: 'a', preparerIds: ['a'] }),
  ).toMatchObject([
    { clearedBy: 'Another person with the permission agreement:approve' },
    { pointer: '/lines', clearedBy: 'Save the draft again: it takes the award as it is now' },
    {
      pointer: '/tranches',
      clearedBy: 'Correct the tranche in the draft, or the milestone in the definition',
    },
  ]));

test('a step that an agreement is not ready for says what it must be', () =>
  expect(AGREEMENT.blockers('sign', 'in-due-diligence')).toMatchObject([
    { message: 'This agreement is in due diligence; it must be offered for this.' },
  ]));

test('money of a claim is under way from the submission to the payment', () =>
  expect(CLAIM_STATES.filter((state) => CLAIMS_UNDER_WAY.includes(state))).toEqual([
    ...['submitted', 'evidence-check', 'queried', 'recommended'],
    ...['approved', 'part-approved', 'scheduled'],
  ]));

const NOTHING: UnderWay = {
  claims: [],
  contributions: [],
  recoveries: [],
  changes: [],
  grantUnderWayPence: 0,
};
const named = (reference: string, state: string) => [{ id: '1', reference, state }];

test.each<[string, Partial<UnderWay>, string[], string[]]>([
  ['nothing', {}, [], []],
  [
    'a claim',
    { claims: named('CLM-1', 'queried'), grantUnderWayPence: 100 },
    ['claim-under-way'],
    ['claim-under-way'],
  ],
  [
    'evidenced match',
    { contributions: named('MAT-1', 'evidenced') },
    ['match-undecided'],
    ['match-undecided'],
  ],
  ['a recovery', { recoveries: named('REC-1', 'raised') }, ['recovery-open'], []],
  ['a change', { changes: named('CR-1', 'approved') }, ['change-pending'], ['change-pending']],
  ['money that no claim names', { grantUnderWayPence: 1 }, ['grant-under-way'], ['grant-under-way']],
])(
  'with %s under way an agreement is not closed or novated, nor terminated',
  (_, change, ends, terminates) => {
    const underWay = { ...NOTHING, ...change };
    expect(codes(underWayBlockers('close', underWay))).toEqual(ends);
    expect(codes(underWayBlockers('novate', underWay))).toEqual(ends);
    expect(codes(underWayBlockers('terminate', underWay))).toEqual(terminates);
  },
);

test('what is under way is named, with what would clear it', () => {
  expect(underWayBlockers('close', { ...NOTHING, claims: named('CLM-000001', 'evidence-check') })).toEqual([
    {
      code: 'claim-under-way',
      message: 'CLM-000001 is neither paid nor rejected (evidence check).',
      about: { kind: 'claim', id: '1', name: 'CLM-000001' },
      clearedBy: 'Its payment, rejection or withdrawal',
    },
  ]);
  expect(
    underWayBlockers('close', {
      claims: [],
      contributions: named('MAT-1', 'evidenced'),
      recoveries: named('REC-1', 'raised'),
      changes: named('CR-1', 'approved'),
      grantUnderWayPence: 1,
    }).map(({ about, clearedBy }) => [about?.kind, clearedBy]),
  ).toEqual([
    ['contribution', 'Its acceptance or rejection'],
    ['recovery', 'Its receipt, write-off or withdrawal'],
    ['change-request', 'Its application, rejection or withdrawal'],
    [undefined, 'Its payment, or its return to the award'],
  ]);
});
