import type { Blocker } from '../core/blockers.js';
import type { BenefitFacts } from './benefit.rules.js';
import {
  ACTUAL,
  ACTUAL_STEPS,
  type ActualState,
  type ActualVerb,
  actualEvidenceBlockers,
  actualStepBlockers,
  rejectionBlockers,
  reportBlockers,
  reportDueOn,
  validationBlockers,
} from './benefit-actual.rules.js';

const codes = (reasons: Blocker[]) => reasons.map(({ code, pointer }) => `${code} at ${pointer}`);
const reported = { state: 'reported', preparedBy: ['lead'], evidence: 1 } as const;
const year = (label: string) => ({ year: label, planned: 100, reported: false, validated: false });
const facts = (over: Partial<BenefitFacts>): BenefitFacts => ({
  ...{ id: 'b', state: 'agreed', unit: 'pence', hasBaseline: true, ownerAfterClosure: 'Head of systems' },
  ...{ recordedBy: ['lead'], countedInId: null, sharedBy: 0, years: [year('2017/18'), year('2018/19')] },
  ...over,
});

test.each<[ActualState, ActualVerb[]]>([
  ['reported', ['validate', 'reject', 'supersede']],
  ['validated', ['supersede']],
  ['rejected', []],
  ['superseded', []],
])('what may become of a report that is %s', (state, verbs) => expect(ACTUAL.open(state)).toEqual(verbs));

test.each<[Partial<BenefitFacts>, string, string[]]>([
  [{ state: 'agreed' }, '2018/19', []],
  [{ state: 'draft' }, '2018/19', ['wrong-state at /state']],
  [{ state: 'agreed', countedInId: 'x' }, '2018/19', ['counted-elsewhere at /counting']],
  [{ state: 'agreed' }, '2019/20', ['year-not-planned at /financialYear', 'year-to-come at /financialYear']],
  [{ state: 'agreed', years: [year('2019/20')] }, '2019/20', ['year-to-come at /financialYear']],
])('reporting of one with %j what %s brought', (over, label, expected) =>
  expect(codes(reportBlockers(facts(over), label, '2018-07-20'))).toEqual(expected),
);

test('a year can be reported from its first day', () => {
  expect(reportBlockers(facts({}), '2018/19', '2018-04-01')).toEqual([]);
  expect(codes(reportBlockers(facts({}), '2018/19', '2018-03-31'))).toEqual([
    'year-to-come at /financialYear',
  ]);
});

test('a year is due two months after its end', () => expect(reportDueOn('2017/18')).toBe('2018-05-31'));

test('nobody validates or rejects what they prepared, and nothing is validated that no file shows', () => {
  expect(validationBlockers(reported, 'assessor')).toEqual([]);
  expect(codes(validationBlockers({ ...reported, evidence: 0 }, 'lead'))).toEqual([
    'evidence-missing at /evidence',
    'validator-is-preparer at /state',
  ]);
  expect(codes(validationBlockers({ ...reported, state: 'rejected' }, 'assessor'))).toEqual([
    'wrong-state at /state',
  ]);
  expect(rejectionBlockers({ ...reported, evidence: 0 }, 'assessor')).toEqual([]);
  expect(codes(rejectionBlockers(reported, 'lead'))).toEqual(['validator-is-preparer at /state']);
  expect(actualEvidenceBlockers('reported')).toEqual([]);
  expect(codes(actualEvidenceBlockers('validated'))).toEqual(['decided-already at /state']);
});

test('what may be decided without a file is its rejection', () => {
  const steps = (evidence: number) =>
    ACTUAL_STEPS.filter(
      (step) => actualStepBlockers(step, { ...reported, evidence }, 'assessor').length === 0,
    );
  expect(steps(1)).toEqual(['validation', 'rejection']);
  expect(steps(0)).toEqual(['rejection']);
});
