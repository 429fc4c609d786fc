import { type ChainFacts, gapsIn } from './payment-chain.rules.js';

const SOMEBODY = { id: '1', name: 'Somebody' };
const WHOLE: ChainFacts = {
  payment: {
    state: 'reconciled',
    amountPence: 500,
    paidOn: '2018-05-12',
    paidBy: SOMEBODY,
    bankReference: 'FPS 1',
  },
  award: {},
  agreement: {
    predecessor: null,
    version: { number: 1, approvedBy: SOMEBODY, signedBy: SOMEBODY, changeRequest: null },
  },
  tranche: {
    milestones: [
      { code: 'p/met', state: 'met', evidence: [{}] },
      { code: 'p/waived', state: 'waived', evidence: [] },
    ],
  },
  decisions: (['approve', 'schedule', 'pay'] as const).map((step) => ({
    step,
    openedBy: 'conditions',
    waivers: [],
  })),
  claim: {
    kind: 'costs',
    approvedPence: 500,
    people: {
      preparedBy: [SOMEBODY],
      certifiedBy: SOMEBODY,
      checkedBy: SOMEBODY,
      recommendedBy: SOMEBODY,
      approvedBy: SOMEBODY,
    },
    lines: [
      { position: 1, approvedPence: 500, evidence: 'e1' },
      { position: 2, approvedPence: 0, evidence: null },
    ],
  },
  journals: (['claim', 'approve', 'pay'] as const).map((kind) => ({
    kind,
    totalPence: 500,
    reversedBy: null,
    causes: [],
  })),
  extractLines: [{ result: 'matched' }],
  recoveries: [],
};

const { payment, agreement, claim, decisions, journals } = WHOLE;
const version = agreement.version as NonNullable<ChainFacts['agreement']['version']>;
const people = (change: Partial<ChainFacts['claim']['people']>): Partial<ChainFacts> => ({
  claim: { ...claim, people: { ...claim.people, ...change } },
});
const without = (kind: string): Partial<ChainFacts> => ({
  journals: journals.filter((each) => each.kind !== kind),
});
const recovered = { id: 'r1', reference: 'REC-00001', state: 'recovered' as const, amountPence: 100 };
const recovery = {
  kind: 'recover' as const,
  totalPence: 100,
  reversedBy: null,
  causes: [{ id: 'p1' }, { id: 'r1' }],
};

test.each<[string, Partial<ChainFacts>, string[]]>([
  ['a whole chain', {}, []],
  ['no award', { award: null }, ['award-missing']],
  ['no version in force', { agreement: { ...agreement, version: null } }, ['agreement-version-missing']],
  [
    'a version that nobody approved',
    { agreement: { ...agreement, version: { ...version, approvedBy: null } } },
    ['agreement-approver-missing'],
  ],
  [
    'a version that nobody signed',
    { agreement: { ...agreement, version: { ...version, signedBy: null } } },
    ['agreement-signatory-missing'],
  ],
  [
    'a variation, which nobody signs',
    { agreement: { ...agreement, version: { ...version, signedBy: null, changeRequest: {} } } },
    [],
  ],
  [
    'what a successor took over',
    { agreement: { predecessor: {}, version: { ...version, signedBy: null } } },
    [],
  ],
  ['no preparer', people({ preparedBy: [] }), ['preparer-missing']],
  ['no certifier', people({ certifiedBy: null }), ['certifier-missing']],
  ['no checker', people({ checkedBy: null }), ['checker-missing']],
  ['no recommender', people({ recommendedBy: null }), ['recommender-missing']],
  ['no approver', people({ approvedBy: null }), ['approver-missing']],
  [
    'lines of another sum',
    { claim: { ...claim, lines: [{ position: 1, approvedPence: 499, evidence: 'e1' }] } },
    ['amounts-differ'],
  ],
  ['a claim of another sum', { claim: { ...claim, approvedPence: 501 } }, ['amounts-differ']],
  ...(['approve', 'schedule', 'pay'] as const).map((step): [string, Partial<ChainFacts>, string[]] => [
    `no decision to ${step}`,
    { decisions: decisions.filter((each) => each.step !== step) },
    ['gate-decision-missing'],
  ]),
  [
    'a waiver that is not there',
    { decisions: decisions.map((each) => ({ ...each, openedBy: 'waiver' })) },
    Array(3).fill('waiver-missing'),
  ],
  [
    'waivers that are',
    { decisions: decisions.map((each) => ({ ...each, openedBy: 'waiver', waivers: [{}] })) },
    [],
  ],
  [
    'a milestone met without evidence',
    { tranche: { milestones: [{ code: 'p/m', state: 'met', evidence: [] }] } },
    ['milestone-evidence-missing'],
  ],
  [
    'a cost without evidence',
    { claim: { ...claim, lines: [{ position: 1, approvedPence: 500, evidence: null }] } },
    ['cost-evidence-missing'],
  ],
  [
    'an advance, which needs none',
    {
      claim: { ...claim, kind: 'advance', lines: [{ position: 1, approvedPence: 500, evidence: null }] },
      journals: journals.map((each) => (each.kind === 'claim' ? { ...each, kind: 'advance' } : each)),
    },
    [],
  ],
  [
    'a line of which nothing was decided, without evidence',
    {
      claim: { ...claim, lines: [...claim.lines, { position: 3, approvedPence: null, evidence: null }] },
    },
    [],
  ],
  [
    'a penny of a line without evidence',
    {
      claim: {
        ...claim,
        lines: [
          { position: 1, approvedPence: 499, evidence: 'e1' },
          { position: 2, approvedPence: 1, evidence: null },
        ],
      },
    },
    ['cost-evidence-missing'],
  ],
  [
    'no payer, and not reconciled yet',
    { payment: { ...payment, state: 'paid', paidBy: null } },
    ['payer-missing'],
  ],
  [
    'no payer, of one that was reversed',
    {
      payment: { ...payment, state: 'reversed', paidBy: null },
      journals: journals.map((each) => ({ ...each, reversedBy: {} })),
    },
    ['payer-missing'],
  ],
  [
    'cancelled, and its approval since',
    {
      payment: { ...payment, state: 'cancelled', paidOn: null, paidBy: null, bankReference: null },
      claim: { ...claim, approvedPence: null, lines: [{ position: 1, approvedPence: null, evidence: null }] },
    },
    [],
  ],
  [
    'only scheduled, without any decision',
    { payment: { ...payment, state: 'scheduled' }, decisions: [] },
    ['gate-decision-missing', 'gate-decision-missing'],
  ],
  ['no payer', { payment: { ...payment, paidBy: null } }, ['payer-missing']],
  ['no bank reference', { payment: { ...payment, bankReference: null } }, ['bank-reference-missing']],
  ['no claim journal', without('claim'), ['claim-journal-missing']],
  ['no approval journal', without('approve'), ['approval-journal-missing']],
  ['no payment journal', without('pay'), ['payment-journal-missing']],
  [
    'a payment journal of another sum',
    { journals: journals.map((each) => ({ ...each, totalPence: 499 })) },
    ['payment-journal-missing'],
  ],
  ['reconciled by nothing', { extractLines: [{ result: 'differs' }] }, ['extract-line-missing']],
  ['not reconciled yet', { payment: { ...payment, state: 'paid' }, extractLines: [] }, ['not-reconciled']],
  [
    'only scheduled, with what that needs',
    {
      payment: { ...payment, state: 'scheduled', paidOn: null, paidBy: null, bankReference: null },
      decisions: decisions.filter(({ step }) => step !== 'pay'),
      extractLines: [],
      ...without('pay'),
    },
    [],
  ],
  ['reversed, and its journal not', { payment: { ...payment, state: 'reversed' } }, ['reversal-missing']],
  [
    'reversed, its journal too, and its approval cancelled since',
    {
      payment: { ...payment, state: 'reversed' },
      claim: { ...claim, approvedPence: null, lines: [{ position: 1, approvedPence: null, evidence: null }] },
      journals: journals.map((each) => ({ ...each, reversedBy: {} })),
    },
    [],
  ],
  ['a recovery without its journal', { recoveries: [recovered] }, ['recovery-journal-missing']],
  [
    'a recovery whose journal is another one’s',
    { recoveries: [{ ...recovered, id: 'r2' }], journals: [...journals, recovery] },
    ['recovery-journal-missing'],
  ],
  ['a recovery with its journal', { recoveries: [recovered], journals: [...journals, recovery] }, []],
  [
    'what was written off without its journal',
    { recoveries: [{ ...recovered, state: 'written-off' }], journals: [...journals, recovery] },
    ['recovery-journal-missing'],
  ],
  [
    'what was written off with its journal',
    {
      recoveries: [{ ...recovered, state: 'written-off' }],
      journals: [...journals, { ...recovery, kind: 'write-off' }],
    },
    [],
  ],
  [
    'a recovery whose journal moved another sum',
    { recoveries: [recovered], journals: [...journals, { ...recovery, totalPence: 99 }] },
    ['recovery-journal-missing'],
  ],
  ['a recovery that is only raised', { recoveries: [{ ...recovered, state: 'raised' }] }, []],
])('%s', (_, change, codes) =>
  expect(gapsIn({ ...WHOLE, ...change }).map(({ code }) => code)).toEqual(codes),
);

test.each<[Partial<ChainFacts>, string[]]>([
  [
    people({
      preparedBy: [],
      certifiedBy: null,
      checkedBy: null,
      recommendedBy: null,
      approvedBy: null,
    }),
    ['prepared', 'certified', 'checked', 'recommended', 'approved'].map(
      (duty) => `Nobody is recorded as having ${duty} the claim.`,
    ),
  ],
  [
    { claim: { ...claim, approvedPence: 501 } },
    ['The payment is £5; £5.01 is approved of the claim, and £5 of its lines.'],
  ],
  [
    { claim: { ...claim, approvedPence: null } },
    ['The payment is £5; £0 is approved of the claim, and £5 of its lines.'],
  ],
  [
    { recoveries: [{ ...recovered, state: 'written-off' }] },
    ['REC-00001 is written off, and no journal moved £1.'],
  ],
])('the words of %p', (change, words) =>
  expect(gapsIn({ ...WHOLE, ...change }).map(({ message }) => message)).toEqual(words),
);
