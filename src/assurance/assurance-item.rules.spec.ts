import type { Blocker } from '../core/blockers.js';
import {
  ASSURANCE_ITEM,
  type AssuranceContent,
  type AssuranceFacts,
  type AssuranceState,
  type AssuranceVerb,
  contentFaults,
  decisionBlockers,
  openAssuranceSteps,
  submissionBlockers,
} from './assurance-item.rules.js';
import type { AssuranceKind, AssuranceLevel } from './assurance-kinds.js';

const told = ({ code, pointer }: Blocker) => (pointer ? `${code} at ${pointer}` : code);

const TODAY = '2018-07-20';
const CONTENT: AssuranceContent = {
  version: '1',
  signedBy: 'Dr R. Osei',
  signedOn: '2018-07-20',
  expiresOn: null,
  outcome: null,
  document: 'CSCR-014',
};

test.each<[AssuranceState, AssuranceVerb[]]>([
  ['draft', ['submit', 'withdraw']],
  ['submitted', ['accept', 'reject', 'withdraw']],
  ['accepted', ['supersede', 'withdraw']],
  ['rejected', []],
  ['superseded', ['withdraw']],
  ['withdrawn', []],
])('a piece of assurance that is %s allows exactly %p', (state, verbs) =>
  expect(ASSURANCE_ITEM.open(state)).toEqual(verbs),
);

test.each<[string, AssuranceKind, Partial<AssuranceContent>, string[]]>([
  ['signed today', 'dcb0160', {}, []],
  ['signed tomorrow', 'dcb0160', { signedOn: '2018-07-21' }, ['signed-in-future at /signedOn']],
  ['that ends on the day', 'dcb0160', { expiresOn: '2018-07-20' }, []],
  ['that ends before', 'dcb0160', { expiresOn: '2018-07-19' }, ['expires-before-signed at /expiresOn']],
  ['with an outcome', 'dspt', { outcome: 'standards-met' }, []],
  ['without one', 'dspt', {}, ['outcome-missing at /outcome']],
  ['with one of another kind', 'dspt', { outcome: 'pass' }, ['outcome-missing at /outcome']],
  ['that has none', 'caldicott', { outcome: 'pass' }, ['outcome-unknown at /outcome']],
])('what is written of one %s', (_, kind, content, codes) =>
  expect(contentFaults(kind, { ...CONTENT, ...content }, TODAY).map(told)).toEqual(codes),
);

const facts = (over: Partial<AssuranceFacts> = {}): AssuranceFacts => ({
  kind: 'dcb0160',
  state: 'draft',
  writerIds: ['w'],
  hazardLog: true,
  ...over,
});

test.each<[string, Partial<AssuranceFacts>, string[]]>([
  ['a draft with its hazard log', {}, []],
  ['one without', { hazardLog: false }, ['hazard-log-missing at /hazardLog']],
  ['one of a kind that has none', { kind: 'dpia', hazardLog: false }, []],
  ['one that is submitted', { state: 'submitted' }, ['wrong-state at /state']],
])('submitting %s', (_, over, codes) => expect(submissionBlockers(facts(over)).map(told)).toEqual(codes));

test.each<[string, Partial<AssuranceFacts>, string, string[]]>([
  ['by somebody else', { state: 'submitted' }, 'x', []],
  ['by whoever wrote it', { state: 'submitted' }, 'w', ['decider-is-writer']],
  ['of a draft', {}, 'x', ['wrong-state at /state']],
])('a decision %s', (_, over, by, codes) =>
  expect(decisionBlockers('accept', facts(over), by).map(told)).toEqual(codes),
);

const LEAD = { id: 'w', ofTrust: true, prepares: true, reviews: false };
const ASSESSOR = { id: 'x', ofTrust: false, prepares: true, reviews: true };
const AUDITOR = { id: 'y', ofTrust: false, prepares: false, reviews: false };

test.each<[string, Partial<AssuranceFacts>, AssuranceLevel, typeof LEAD, string[]]>([
  ['a draft to its lead', {}, 'deployment', LEAD, ['change', 'submission', 'withdrawal']],
  ['a draft without its hazard log', { hazardLog: false }, 'deployment', LEAD, ['change', 'withdrawal']],
  ['a draft of a trust to the funder', {}, 'deployment', ASSESSOR, ['withdrawal']],
  ['a draft of a product to the funder', {}, 'product', ASSESSOR, ['change', 'submission', 'withdrawal']],
  ['what is submitted, to its lead', { state: 'submitted' }, 'project', LEAD, ['withdrawal']],
  [
    'what is submitted, to an assessor',
    { state: 'submitted' },
    'project',
    ASSESSOR,
    ['acceptance', 'rejection', 'withdrawal'],
  ],
  [
    'a draft of a version to the funder',
    {},
    'product-version',
    ASSESSOR,
    ['change', 'submission', 'withdrawal'],
  ],
  ['a draft of a product to an auditor', {}, 'product', AUDITOR, []],
  [
    'what is submitted, to another lead',
    { state: 'submitted' },
    'project',
    { ...LEAD, id: 'z' },
    ['withdrawal'],
  ],
  ['what is accepted of a product, to a lead', { state: 'accepted' }, 'product', LEAD, []],
  ['what is accepted, to an auditor', { state: 'accepted' }, 'project', AUDITOR, []],
  ['what is withdrawn', { state: 'withdrawn' }, 'project', ASSESSOR, []],
])('the steps that are open: %s', (_, over, level, by, steps) =>
  expect(openAssuranceSteps(facts(over), level, by)).toEqual(steps),
);
