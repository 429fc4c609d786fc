import {
  BLUEPRINT,
  type BlueprintContent,
  type BlueprintState,
  type BlueprintStep,
  type BlueprintVerb,
  blueprintTitle,
  completenessBlockers,
  contactAnswerBlockers,
  contactBlockers,
  newVersionBlockers,
  openBlueprintSteps,
  stepBlockers,
} from './blueprint.rules.js';

const codes = (reasons: Array<{ code: string; pointer?: string }>) =>
  reasons.map(({ code, pointer }) => `${code} ${pointer}`);

/** A draft with everything in it. */
const WHOLE: BlueprintContent = {
  what: 'Ward observations on tablets',
  forWhom: 'nurses',
  where: 'acute wards',
  userGroups: ['nurses'],
  careSettings: ['inpatient'],
  projectType: 'observations-and-monitoring',
  capabilities: ['records-assessments-and-plans'],
  maturitySections: ['safe-practice'],
  problem: 'Paper.',
  scope: 'All wards.',
  solution: 'Tablets.',
  product: '',
  supplier: '',
  team: 'Six people.',
  lessons: 'Wi-Fi first.',
  advice: 'One ward first.',
  costPence: null,
  costBasis: null,
};

const EMPTY: BlueprintContent = {
  ...{ what: '', forWhom: '', where: '', problem: '', scope: '', solution: '', team: '', lessons: '' },
  ...{ userGroups: [], careSettings: [], capabilities: [], maturitySections: [], projectType: null },
  ...{ advice: '', product: '', supplier: '', costPence: null, costBasis: null },
};

test.each<[BlueprintState, BlueprintVerb[]]>([
  ['draft', ['submit', 'withdraw']],
  ['submitted', ['review', 'withdraw']],
  ['in-review', ['query', 'publish', 'withdraw']],
  ['queried', ['answer', 'supersede', 'withdraw']],
  ['published', ['supersede', 'withdraw']],
  ['superseded', []],
  ['withdrawn', []],
])('what may happen to one that is %s', (state, verbs) => expect(BLUEPRINT.open(state)).toEqual(verbs));

test.each<[Partial<BlueprintContent>, string[]]>([
  [{}, []],
  [{ what: ' ', lessons: '' }, ['missing /what', 'missing /lessons']],
  [{ userGroups: [], projectType: null }, ['missing /userGroups', 'missing /projectType']],
  [{ product: 'eObs', supplier: 'Observations Ltd' }, []],
  [{ costPence: 500 }, ['cost-without-basis /costBasis']],
  [{ costBasis: 'Invoices' }, ['cost-without-basis /costPence']],
  [{ costPence: 1_000, costBasis: 'Invoices' }, []],
  [{ costPence: 1_001, costBasis: 'Invoices' }, ['cost-beyond-ledger /costPence']],
])('a draft with %j', (over, expected) =>
  expect(
    codes(completenessBlockers({ content: { ...WHOLE, ...over }, hasContact: true, ledgerPence: 1_000 })),
  ).toEqual(expected),
);

test('a draft with nothing in it lacks every part', () =>
  expect(
    codes(completenessBlockers({ content: EMPTY, hasContact: true, ledgerPence: 0 })).map(
      (reason) => reason.split('/')[1],
    ),
  ).toEqual([
    ...['what', 'forWhom', 'where', 'userGroups', 'careSettings', 'projectType', 'capabilities'],
    ...['maturitySections', 'problem', 'scope', 'solution', 'team', 'lessons', 'advice'],
  ]));

test('nobody is published without somebody to ask', () =>
  expect(codes(completenessBlockers({ content: WHOLE, hasContact: false, ledgerPence: 0 }))).toEqual([
    'contact-missing /contact',
  ]));

const facts = (state: BlueprintState) => ({ state, authors: ['writer', 'sender'] });
test.each<[BlueprintStep, BlueprintState, string, string[]]>([
  ['submission', 'draft', 'writer', []],
  ['submission', 'published', 'writer', ['wrong-state /state']],
  ['review', 'submitted', 'assessor', []],
  ['review', 'submitted', 'sender', ['reviewer-is-author /state']],
  ['query', 'in-review', 'writer', ['reviewer-is-author /state']],
  ['answer', 'queried', 'writer', []],
  ['publication', 'in-review', 'manager', []],
  ['publication', 'in-review', 'writer', ['publisher-is-author /state']],
  ['publication', 'submitted', 'sender', ['wrong-state /state', 'publisher-is-author /state']],
  ['withdrawal', 'published', 'writer', []],
  ['withdrawal', 'superseded', 'writer', ['wrong-state /state']],
])('%s of one that is %s, by the %s', (step, state, id, expected) =>
  expect(codes(stepBlockers(step, facts(state), { id }))).toEqual(expected),
);

test('the steps that are open to an author, and to somebody else', () => {
  expect(openBlueprintSteps(facts('in-review'), { id: 'writer' })).toEqual(['withdrawal']);
  expect(openBlueprintSteps(facts('in-review'), { id: 'x' })).toEqual(['query', 'publication', 'withdrawal']);
});

test.each<[BlueprintState, string[]]>([
  ['draft', ['version-under-way /state']],
  ['submitted', ['version-under-way /state']],
  ['in-review', ['version-under-way /state']],
  ['queried', []],
  ['published', []],
  ['superseded', []],
  ['withdrawn', []],
])('a new version after one that is %s: %j', (state, expected) =>
  expect(codes(newVersionBlockers(state))).toEqual(expected),
);

test('it is said in words where the latest version is', () =>
  expect(newVersionBlockers('in-review')[0]?.message).toMatch(/^The latest version is in review\./));

test.each<[string, string, string, string]>([
  ['Tablets', 'nurses', 'acute wards', 'Tablets for nurses, acute wards'],
  ['Tablets', '', 'acute wards', 'Tablets, acute wards'],
  ['', '', '', 'A blueprint without a title yet'],
])('a title of %j, %j and %j', (what, forWhom, where, title) =>
  expect(blueprintTitle({ what, forWhom, where })).toBe(title),
);

test.each<[BlueprintState | null, string, string[]]>([
  ['published', 'other', []],
  ['published', 'owner', ['own-blueprint /organisation']],
  ['withdrawn', 'other', ['not-published /state']],
  [null, 'other', ['not-published /state']],
])('of one that is %s, by the %s', (state, organisationId, expected) =>
  expect(
    codes(contactBlockers(state === null ? undefined : { state }, { organisationId, ownerId: 'owner' })),
  ).toEqual(expected),
);

const question = { kind: 'question' as const, answered: false, ownerId: 'owner', madeBy: 'asker' };
test.each<
  [Partial<typeof question> & { kind?: 'question' | 'visit' }, { id: string; trustId: string }, string[]]
>([
  [{}, { id: 'lead', trustId: 'owner' }, []],
  [{}, { id: 'lead', trustId: 'other' }, ['not-the-owner /answer']],
  [{}, { id: 'asker', trustId: 'owner' }, ['answerer-is-asker /answer']],
  [{ answered: true }, { id: 'lead', trustId: 'owner' }, ['answered-already /answer']],
])('answering %j as %j', (over, by, expected) =>
  expect(codes(contactAnswerBlockers({ ...question, ...over }, by))).toEqual(expected),
);
test('a visit has no answer', () =>
  expect(codes(contactAnswerBlockers({ ...question, kind: 'visit' }, { id: 'x', trustId: 'owner' }))).toEqual(
    ['not-a-question /kind'],
  ));
