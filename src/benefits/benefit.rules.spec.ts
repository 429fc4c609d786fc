import type { Blocker } from '../core/blockers.js';
import {
  agreementBlockers,
  BENEFIT,
  BENEFIT_TYPES,
  type BenefitFacts,
  type BenefitState,
  type BenefitVerb,
  changeBlockers,
  closureBlockers,
  completionBlockers,
  countingBlockers,
  openBenefitSteps,
  ownersBlockers,
  reportingBlockers,
  unitBlockers,
  withdrawalBlockers,
} from './benefit.rules.js';

const codes = (reasons: Blocker[]) => reasons.map(({ code, pointer }) => `${code} at ${pointer}`);
const year = (label: string, more = {}) => ({
  ...{ year: label, planned: 100, reported: false, validated: false },
  ...more,
});
const facts = (over: Partial<BenefitFacts> = {}): BenefitFacts => ({
  ...{ id: 'b', state: 'draft', unit: 'pence', hasBaseline: true, ownerAfterClosure: 'Head of systems' },
  ...{ recordedBy: ['lead'], countedInId: null, sharedBy: 0, years: [year('2017/18'), year('2018/19')] },
  ...over,
});

test.each<[BenefitState, BenefitVerb[]]>([
  ['draft', ['agree', 'withdraw']],
  ['agreed', ['report', 'withdraw']],
  ['realising', ['report', 'complete', 'withdraw']],
  ['realised', ['close']],
  ['closed', []],
  ['withdrawn', []],
])('what may happen to one that is %s', (state, verbs) => expect(BENEFIT.open(state)).toEqual(verbs));

test('benefits are of money, safety or experience, and a step that may not be taken says of what', () => {
  expect(BENEFIT_TYPES).toEqual(['cash-releasing', 'non-cash', 'safety', 'experience']);
  expect(BENEFIT.blockers('close', 'draft')[0]?.message).toContain('This benefit is draft');
});

test.each([
  ['non-cash', 'hours', 'A benefit that is worth money is counted in pence.'],
  ['safety', 'pence', 'A benefit that is not worth money is counted in something else than pence'],
] as const)('what to do about a benefit of %s in %s is told', (type, unit, words) =>
  expect(unitBlockers(type, unit)[0]?.message.startsWith(words)).toBe(true),
);

test.each([
  ['cash-releasing', 'pence', []],
  ['non-cash', 'hours', ['unit-of-another-type at /unit']],
  ['safety', 'incidents', []],
  ['experience', 'pence', ['unit-of-another-type at /unit']],
] as const)('a benefit of %s in %s', (type, unit, expected) =>
  expect(codes(unitBlockers(type, unit))).toEqual(expected),
);

test.each<[Partial<BenefitFacts>, string[]]>([
  [{}, []],
  [{ hasBaseline: false }, ['baseline-missing at /baseline']],
  [{ years: [] }, ['profile-missing at /profile']],
  [{ years: [year('2017/18', { planned: 0 })] }, ['profile-missing at /profile']],
  [{ years: [year('2017/18', { planned: 0 }), year('2018/19', { planned: 1 })] }, []],
  [{ ownerAfterClosure: null }, ['owner-after-closure-missing at /ownerAfterClosure']],
  [{ recordedBy: ['manager'] }, ['agreer-is-recorder at /state']],
  [{ state: 'agreed' }, ['wrong-state at /state']],
])('agreeing one with %j', (over, expected) =>
  expect(codes(agreementBlockers(facts(over), 'manager'))).toEqual(expected),
);

test('only a draft is changed', () => {
  expect(changeBlockers(facts())).toEqual([]);
  expect(codes(changeBlockers(facts({ state: 'realising' })))).toEqual(['agreed-benefit-is-fixed at /state']);
});

test.each<[Partial<BenefitFacts>, string[]]>([
  [{ state: 'realising', years: [year('2017/18', { validated: true })] }, []],
  [{ state: 'realising' }, ['years-not-validated at /profile']],
  [
    { state: 'realising', years: [year('2017/18', { validated: true }), year('2018/19')] },
    ['years-not-validated at /profile'],
  ],
  [{ state: 'agreed', years: [] }, ['wrong-state at /state']],
])('completing one with %j', (over, expected) =>
  expect(codes(completionBlockers(facts(over)))).toEqual(expected),
);

const over = ' nobody has to see to it.';
test.each<[BenefitState, string | undefined]>([
  ['draft', 'Change the draft instead.'],
  ['agreed', undefined],
  ['realising', undefined],
  ['realised', undefined],
  ['closed', `This benefit is closed:${over}`],
  ['withdrawn', `This benefit is withdrawn:${over}`],
])('the owners of one that is %s: %s', (state, words) =>
  expect(ownersBlockers({ state })).toEqual(
    words === undefined ? [] : [{ code: 'wrong-state', message: words, pointer: '/state' }],
  ),
);

test.each([
  ['agreed', null, []],
  ['realised', null, ['wrong-state at /state']],
  ['realising', 'x', ['counted-elsewhere at /counting']],
] as const)('reporting of one that is %s and counted in %s', (state, countedInId, expected) =>
  expect(codes(reportingBlockers({ state, countedInId }))).toEqual(expected),
);

test.each([
  [1, 'Another benefit is counted in this one.'],
  [2, '2 other benefits are counted in this one.'],
])('one in which %i are counted is not withdrawn, and says so', (sharedBy, words) =>
  expect(withdrawalBlockers(facts({ sharedBy }))).toMatchObject([
    { code: 'counts-for-others', message: `${words} Say first where they are counted.` },
  ]),
);

test('closing and withdrawing', () => {
  expect(closureBlockers(facts({ state: 'realised' }), 'manager')).toEqual([]);
  expect(codes(closureBlockers(facts({ state: 'realised' }), 'lead'))).toEqual([
    'closer-is-recorder at /state',
  ]);
  expect(withdrawalBlockers(facts({ state: 'realising' }))).toEqual([]);
  expect(codes(withdrawalBlockers(facts({ state: 'closed', sharedBy: 1 })))).toEqual([
    'wrong-state at /state',
    'counts-for-others at /counting',
  ]);
});

const target = { id: 't', state: 'agreed', unit: 'pence', countedInId: null, sameProgramme: true } as const;
test.each<[Partial<BenefitFacts>, Parameters<typeof countingBlockers>[1], string[]]>([
  [{}, target, []],
  [{}, null, []],
  [{}, undefined, ['benefit-unknown at /countedIn']],
  [{}, { ...target, sameProgramme: false }, ['benefit-unknown at /countedIn']],
  [{}, { ...target, id: 'b' }, ['counted-in-itself at /countedIn']],
  [{}, { ...target, state: 'draft' }, ['target-does-not-stand at /countedIn']],
  [{}, { ...target, countedInId: 'x' }, ['target-does-not-count at /countedIn']],
  [{}, { ...target, unit: 'hours' }, ['target-in-another-unit at /countedIn']],
  [{}, { ...target, state: 'realising' }, []],
  [{}, { ...target, state: 'realised' }, []],
  [{}, { ...target, state: 'closed' }, []],
  [{ sharedBy: 1 }, target, ['counts-for-others at /counting']],
  [{ sharedBy: 2 }, target, ['counts-for-others at /counting']],
  [{ years: [year('2017/18', { reported: true })] }, target, ['reported-here at /countedIn']],
  [
    { years: [year('2017/18', { reported: true }), year('2018/19')] },
    target,
    ['reported-here at /countedIn'],
  ],
  [{ state: 'closed' }, null, ['wrong-state at /state']],
  [{ state: 'closed' }, undefined, ['wrong-state at /state', 'benefit-unknown at /countedIn']],
  [{ state: 'closed' }, target, ['wrong-state at /state']],
  [{ state: 'withdrawn' }, null, ['wrong-state at /state']],
])('counting one with %j in %j', (over, other, expected) =>
  expect(codes(countingBlockers(facts(over), other))).toEqual(expected),
);

test.each<[string, string[]]>([
  ['manager', ['agreement', 'counting', 'withdrawal']],
  ['lead', ['counting', 'withdrawal']],
])('the steps of a draft that are open to the %s', (by, steps) =>
  expect(openBenefitSteps(facts(), by)).toEqual(steps),
);
