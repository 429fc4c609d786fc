import {
  agreementBlockers,
  BENEFIT,
  type BenefitFacts,
  type BenefitState,
  type BenefitVerb,
  changeBlockers,
  closureBlockers,
  completionBlockers,
  countingBlockers,
  openBenefitSteps,
  unitBlockers,
  withdrawalBlockers,
} from './benefit.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);
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

test.each([
  ['cash-releasing', 'pence', []],
  ['non-cash', 'hours', ['unit-of-another-type']],
  ['safety', 'incidents', []],
  ['experience', 'pence', ['unit-of-another-type']],
] as const)('a benefit of %s in %s', (type, unit, expected) =>
  expect(codes(unitBlockers(type, unit))).toEqual(expected),
);

test.each<[Partial<BenefitFacts>, string[]]>([
  [{}, []],
  [{ hasBaseline: false }, ['baseline-missing']],
  [{ years: [] }, ['profile-missing']],
  [{ years: [year('2017/18', { planned: 0 })] }, ['profile-missing']],
  [{ ownerAfterClosure: null }, ['owner-after-closure-missing']],
  [{ recordedBy: ['manager'] }, ['agreer-is-recorder']],
  [{ state: 'agreed' }, ['wrong-state']],
])('agreeing one with %j', (over, expected) =>
  expect(codes(agreementBlockers(facts(over), 'manager'))).toEqual(expected),
);

test('only a draft is changed', () => {
  expect(changeBlockers(facts())).toEqual([]);
  expect(codes(changeBlockers(facts({ state: 'realising' })))).toEqual(['agreed-benefit-is-fixed']);
});

test.each<[Partial<BenefitFacts>, string[]]>([
  [{ state: 'realising', years: [year('2017/18', { validated: true })] }, []],
  [{ state: 'realising' }, ['years-not-validated']],
  [{ state: 'agreed', years: [] }, ['wrong-state']],
])('completing one with %j', (over, expected) =>
  expect(codes(completionBlockers(facts(over)))).toEqual(expected),
);

test('closing and withdrawing', () => {
  expect(closureBlockers(facts({ state: 'realised' }), 'manager')).toEqual([]);
  expect(codes(closureBlockers(facts({ state: 'realised' }), 'lead'))).toEqual(['closer-is-recorder']);
  expect(withdrawalBlockers(facts({ state: 'realising' }))).toEqual([]);
  expect(codes(withdrawalBlockers(facts({ state: 'closed', sharedBy: 1 })))).toEqual([
    'wrong-state',
    'counts-for-others',
  ]);
});

const target = { id: 't', state: 'agreed', unit: 'pence', countedInId: null, sameProgramme: true } as const;
test.each<[Partial<BenefitFacts>, Parameters<typeof countingBlockers>[1], string[]]>([
  [{}, target, []],
  [{}, null, []],
  [{}, undefined, ['benefit-unknown']],
  [{}, { ...target, sameProgramme: false }, ['benefit-unknown']],
  [{}, { ...target, id: 'b' }, ['counted-in-itself']],
  [{}, { ...target, state: 'draft' }, ['target-does-not-stand']],
  [{}, { ...target, countedInId: 'x' }, ['target-does-not-count']],
  [{}, { ...target, unit: 'hours' }, ['target-in-another-unit']],
  [{ sharedBy: 2 }, target, ['counts-for-others']],
  [{ years: [year('2017/18', { reported: true })] }, target, ['reported-here']],
  [{ state: 'withdrawn' }, null, ['wrong-state']],
])('counting one with %j in %j', (over, other, expected) =>
  expect(codes(countingBlockers(facts(over), other))).toEqual(expected),
);

test.each<[string, string[]]>([
  ['manager', ['agreement', 'counting', 'withdrawal']],
  ['lead', ['counting', 'withdrawal']],
])('the steps of a draft that are open to the %s', (by, steps) =>
  expect(openBenefitSteps(facts(), by)).toEqual(steps),
);
