import type { BenefitFacts } from './benefit.rules.js';
import {
  ACTUAL,
  type ActualState,
  type ActualVerb,
  actualEvidenceBlockers,
  rejectionBlockers,
  reportBlockers,
  reportDueOn,
  validationBlockers,
} from './benefit-actual.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);
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
  [{ state: 'draft' }, '2018/19', ['wrong-state']],
  [{ state: 'agreed', countedInId: 'x' }, '2018/19', ['counted-elsewhere']],
  [{ state: 'agreed' }, '2019/20', ['year-not-planned', 'year-to-come']],
  [{ state: 'agreed', years: [year('2019/20')] }, '2019/20', ['year-to-come']],
])('reporting of one with %j what %s brought', (over, label, expected) =>
  expect(codes(reportBlockers(facts(over), label, '2018-07-20'))).toEqual(expected),
);

test('a year is due two months after its end', () => expect(reportDueOn('2017/18')).toBe('2018-05-31'));

test('nobody validates or rejects what they prepared, and nothing is validated that no file shows', () => {
  const reported = { state: 'reported', preparedBy: ['lead'], evidence: 1 } as const;
  expect(validationBlockers(reported, 'assessor')).toEqual([]);
  expect(codes(validationBlockers({ ...reported, evidence: 0 }, 'lead'))).toEqual([
    'evidence-missing',
    'validator-is-preparer',
  ]);
  expect(codes(validationBlockers({ ...reported, state: 'rejected' }, 'assessor'))).toEqual(['wrong-state']);
  expect(rejectionBlockers({ ...reported, evidence: 0 }, 'assessor')).toEqual([]);
  expect(codes(rejectionBlockers(reported, 'lead'))).toEqual(['validator-is-preparer']);
  expect(actualEvidenceBlockers('reported')).toEqual([]);
  expect(codes(actualEvidenceBlockers('validated'))).toEqual(['decided-already']);
});
