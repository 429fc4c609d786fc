import fc from 'fast-check';
import { AGREEMENT_STATES } from '../agreements/agreement-states.js';
import {
  CONTRIBUTION,
  CONTRIBUTION_STATES,
  type ContributionState,
  type ContributionVerb,
  changeBlockers,
  countsBecause,
  decisionBlockers,
  fitsType,
  type MatchTerms,
  matchUnderBlockers,
  needlessPledges,
  type Pledge,
  pledgeBlockers,
  pledgedBeyond,
  ruleOf,
  VALUATIONS,
} from './contribution.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map((reason) => reason.code);

test.each<[ContributionVerb, ContributionState, ContributionState]>([
  ['evidence', 'pledged', 'evidenced'],
  ['evidence', 'rejected', 'evidenced'],
  ['accept', 'evidenced', 'accepted'],
  ['reject', 'evidenced', 'rejected'],
  ['withdraw', 'pledged', 'withdrawn'],
  ['withdraw', 'rejected', 'withdrawn'],
  ['take-back', 'accepted', 'evidenced'],
])('%s leads from %s to %s', (verb, from, to) => expect(CONTRIBUTION.next(verb, from)).toBe(to));

test.each<[ContributionState, ContributionVerb[]]>([
  ['pledged', ['evidence', 'withdraw']],
  ['evidenced', ['accept', 'reject']],
  ['accepted', ['take-back']],
  ['rejected', ['evidence', 'withdraw']],
  ['withdrawn', []],
])('a contribution that is %s allows exactly %p', (state, verbs) =>
  expect(CONTRIBUTION.open(state)).toEqual(verbs),
);

const TERMS: MatchTerms = {
  matchRules: {
    types: [
      { code: 'cash', label: 'Cash' },
      { code: 'ducts', label: 'Ducts and poles' },
    ],
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    exclusions: [],
  },
  eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31', categories: [] },
};
const LISTED: MatchTerms = {
  ...TERMS,
  eligibility: { ...TERMS.eligibility, categories: [{ code: 'software', label: 'Software' }] },
};
const PLEDGE: Pledge = {
  type: 'cash',
  category: null,
  description: 'Ward tablets',
  valuation: 'invoice',
  financialYear: '2017/18',
  kind: 'capital',
  amountPence: 1,
  expectedOn: '2017-04-01',
};
test.each<[string, Partial<Pledge>, MatchTerms, string[]]>([
  ['a penny', {}, TERMS, []],
  ['nothing', { amountPence: 0 }, TERMS, ['nothing-contributed']],
  ['a type of the programme alone', { type: 'ducts', valuation: 'estimate' }, TERMS, []],
  ['a type that is none', { type: 'in-kind' }, TERMS, ['unknown-match-type']],
  ['a name of every object', { type: 'constructor' }, TERMS, ['unknown-match-type']],
  ['a valuation that does not fit yet', { valuation: 'estimate' }, TERMS, []],
  ['a category where there are none', { category: 'software' }, TERMS, ['unknown-category']],
  ['its category', { category: 'software' }, LISTED, []],
  ['another category', { category: 'staff' }, LISTED, ['unknown-category']],
  ['no category where there are some', {}, LISTED, ['category-missing']],
  ['a line that is not there', { kind: 'revenue' }, TERMS, ['unknown-line']],
  ['a year that is not there', { financialYear: '2016/17' }, TERMS, ['unknown-line']],
  ['a day before its year', { expectedOn: '2017-03-31' }, TERMS, ['expected-before-year']],
  ['a day long after its year', { expectedOn: '2019-01-01' }, TERMS, []],
])('a pledge of %s', (_, pledge, terms, expected) =>
  expect(codes(pledgeBlockers({ ...PLEDGE, ...pledge }, terms, ['2017/18 capital']))).toEqual(expected),
);

test('what is wrong with a pledge is said all at once, each in its place', () =>
  expect(
    pledgeBlockers(
      { ...PLEDGE, type: 'x', category: 'y', kind: 'revenue', amountPence: 0, expectedOn: '2017-01-01' },
      LISTED,
      ['2017/18 capital', '2018/19 capital'],
    ).map(({ pointer, message }) => [pointer, message]),
  ).toEqual([
    ['/type', '"x" does not count as match under this agreement. What does: cash, ducts.'],
    ['/category', '"y" is not an eligible category of the agreement: software.'],
    [
      '/financialYear',
      'The agreement has no line 2017/18 revenue. It has: 2017/18 capital, 2018/19 capital.',
    ],
    ['/amountPence', 'A contribution is one penny or more.'],
    [
      '/expectedOn',
      'It is expected on 1 January 2017, before 2017/18 begins. Choose the line of the year in which the cost arises.',
    ],
  ]));

test.each<[string, Partial<Pledge>, MatchTerms, string]>([
  ['no category where there are some', {}, LISTED, 'Choose an eligible category of the agreement: software.'],
  [
    'a category where there are none',
    { category: 'software' },
    TERMS,
    'The agreement lists no categories, so a contribution has none.',
  ],
])('a pledge of %s is told what to choose', (_, pledge, terms, message) =>
  expect(pledgeBlockers({ ...PLEDGE, ...pledge }, terms, ['2017/18 capital'])).toMatchObject([
    { pointer: '/category', message },
  ]),
);

test.each([
  ['cash', true],
  ['staff-release', false],
  ['in-kind', false],
  ['ducts', undefined],
])('%s is paid out: %p', (type, paidOut) => expect(ruleOf(type)?.paidOut).toBe(paidOut));

test.each([
  ['cash', ['invoice', 'payroll']],
  ['staff-release', ['payroll', 'time-record']],
  ['in-kind', ['time-record', 'independent', 'market-rate', 'estimate']],
  ['ducts', [...VALUATIONS]],
  ['toString', [...VALUATIONS]],
])('%s is valued by %p', (type, fitting) =>
  expect(VALUATIONS.filter((valuation) => fitsType(valuation, type))).toEqual(fitting),
);

test.each([
  [0, 100, 100],
  [40, 100, 60],
  [99, 100, 1],
  [100, 100, 0],
  [101, 100, 0],
])('with %i pledged, a contribution of %i pledges %i more', (pledged, amount, beyond) =>
  expect(pledgedBeyond(pledged, amount)).toBe(beyond),
);

test.each<[string, number, number, number, Array<[string, number]>, string[]]>([
  ['nothing went beyond', 500, 0, 0, [], []],
  ['all of what went beyond is proved', 0, 500, 200, [['b', 200]], []],
  ['nothing is proved any more', 700, 0, 0, [['b', 200]], ['b']],
  ['what is proved is within the agreement', 400, 300, 0, [['b', 200]], ['b']],
  ['a penny of it is still needed', 199, 0, 501, [['b', 200]], []],
  [
    'two, and one is needed',
    100,
    0,
    600,
    [
      ['c', 100],
      ['b', 100],
    ],
    ['c'],
  ],
  [
    'the newer one is too large to go',
    100,
    600,
    0,
    [
      ['c', 150],
      ['b', 50],
    ],
    ['b'],
  ],
])('after a rejection, %s', (_, pledgedPence, evidencedPence, acceptedPence, beyond, needless) =>
  expect(
    needlessPledges({
      pledgedPence,
      evidencedPence,
      acceptedPence,
      beyond: beyond.map(([id, amountPence]) => ({ id, amountPence })),
    }),
  ).toEqual(needless),
);

test('what goes back is never more than is pledged', () => {
  const amount = fc.nat({ max: 1_000 });
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      fc.array(amount, { maxLength: 5 }),
      (pledged, evidenced, accepted, sums) => {
        const beyond = sums.map((amountPence, index) => ({ id: String(index), amountPence }));
        const back = needlessPledges({
          pledgedPence: pledged,
          evidencedPence: evidenced,
          acceptedPence: accepted,
          beyond,
        });
        const sum = back.reduce((total, id) => total + (sums[Number(id)] as number), 0);
        expect(sum).toBeLessThanOrEqual(pledged);
      },
    ),
  );
});

test.each<[ContributionVerb | 'record' | 'change', string[]]>([
  ['record', ['active', 'suspended', 'closing']],
  ['change', ['active', 'suspended', 'closing']],
  ['evidence', ['active', 'suspended', 'closing']],
  ['accept', ['active', 'suspended', 'closing']],
  ['reject', ['active', 'suspended', 'closing', 'closed', 'terminated']],
  ['withdraw', ['active', 'suspended', 'closing', 'closed', 'terminated']],
  ['take-back', ['active', 'suspended', 'closing', 'closed', 'terminated']],
])('%s happens under agreements that are %p', (verb, states) =>
  expect(
    AGREEMENT_STATES.filter(
      (state) => matchUnderBlockers(verb, { state, reference: 'MHE-RW4' }).length === 0,
    ),
  ).toEqual(states),
);

test('an agreement that is not in force says what it is', () =>
  expect(matchUnderBlockers('accept', { state: 'terminated', reference: 'MHE-RW4' })).toEqual([
    {
      code: 'agreement-not-in-force',
      message: 'The agreement MHE-RW4 is terminated; match is recorded and decided on while it is in force.',
    },
  ]));

const DECISION = {
  verb: 'accept',
  state: 'evidenced',
  deciderId: 'assessor',
  recorderIds: ['lead', 'director'],
  evidencedById: 'lead',
} as const;
test.each<[Partial<Parameters<typeof decisionBlockers>[0]>, string[]]>([
  [{}, []],
  [{ state: 'pledged' }, ['wrong-state']],
  [{ state: 'accepted' }, ['wrong-state']],
  [{ verb: 'take-back', state: 'accepted' }, []],
  [{ deciderId: 'director' }, ['accepter-is-preparer']],
  [{ deciderId: 'lead', recorderIds: [] }, ['accepter-is-preparer']],
  [{ verb: 'reject', deciderId: 'lead' }, ['accepter-is-preparer']],
  [{ verb: 'take-back', state: 'accepted', deciderId: 'lead' }, ['accepter-is-preparer']],
  [{ evidencedById: null, recorderIds: [] }, []],
])('the decision %p is blocked by %p', (decision, expected) =>
  expect(codes(decisionBlockers({ ...DECISION, ...decision }))).toEqual(expected),
);

test('a contribution is changed while nobody relies on it', () =>
  expect(CONTRIBUTION_STATES.filter((state) => changeBlockers(state).length === 0)).toEqual([
    'pledged',
    'rejected',
  ]));

test('one that somebody relies on says what it is', () =>
  expect(changeBlockers('evidenced')).toEqual([
    {
      code: 'wrong-state',
      message: 'This contribution is evidenced; it must be pledged or rejected for this.',
      pointer: '/state',
    },
  ]));

test.each<[ContributionState, number, string | null, string]>([
  ['pledged', 0, null, 'It is pledged, and nothing proves it yet.'],
  ['pledged', 1, null, 'It has evidence, and is to be evidenced with its amounts and days.'],
  ['evidenced', 1, null, 'It is evidenced, and waits for somebody at the funder to accept it.'],
  ['accepted', 1, 'Agreed.', 'It is accepted.'],
  [
    'rejected',
    0,
    'Another project.',
    'It was rejected: Another project. It can be evidenced anew, with evidence of its own.',
  ],
  ['rejected', 0, null, 'It was rejected. It can be evidenced anew, with evidence of its own.'],
  ['withdrawn', 0, null, 'It was withdrawn.'],
])('of one that is %s with %i pieces of evidence', (state, countingEvidence, decisionReason, words) =>
  expect(countsBecause({ state, countingEvidence, decisionReason })).toBe(words),
);
