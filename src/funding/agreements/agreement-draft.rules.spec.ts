import { type DraftEdit, draftedTerms, draftFaults } from './agreement-draft.rules.js';
import type { AgreedTranche, AgreementTerms } from './agreement-terms.js';

const tranche = (number: number): AgreedTranche => ({
  number,
  name: `Tranche ${number}`,
  basis: 'advance',
  plannedOn: '2017-06-30',
  grantPence: 500,
  milestones: [],
});

const AWARD: AgreementTerms = {
  parties: {
    funder: { odsCode: 'X24', name: 'NHS England' },
    recipient: { odsCode: 'RW4', name: 'Mersey Care' },
  },
  lines: [{ financialYear: '2017/18', kind: 'capital', grantPence: 1_000, matchPence: 1_000 }],
  tranches: [tranche(1), tranche(2)],
  matchRatio: { matchPence: 1, perGrantPence: 1 },
  matchRules: {
    types: [
      { code: 'cash', label: 'Cash' },
      { code: 'in-kind', label: 'In kind' },
    ],
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    exclusions: ['VAT that is got back'],
  },
  eligibility: {
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    categories: [
      { code: 'hardware', label: 'Hardware' },
      { code: 'staff', label: 'Staff' },
    ],
  },
  conditions: ['Ring-fenced'],
};

test('a new draft says what the programme says', () => {
  expect(draftedTerms(AWARD, null, {})).toEqual(AWARD);
});

test.each<[string, DraftEdit, Partial<AgreementTerms>]>([
  ['conditions', { conditions: ['Open source'] }, { conditions: ['Open source'] }],
  ['no conditions', { conditions: [] }, { conditions: [] }],
  [
    'the name of one party',
    { parties: { recipient: 'Mersey Care NHS FT' } },
    { parties: { ...AWARD.parties, recipient: { odsCode: 'RW4', name: 'Mersey Care NHS FT' } } },
  ],
  [
    'the name of the other party',
    { parties: { funder: 'NHSX' } },
    { parties: { ...AWARD.parties, funder: { odsCode: 'X24', name: 'NHSX' } } },
  ],
  [
    'fewer types of match',
    { matchTypes: ['in-kind'] },
    { matchRules: { ...AWARD.matchRules, types: [{ code: 'in-kind', label: 'In kind' }] } },
  ],
  [
    'fewer categories',
    { categories: ['staff'] },
    { eligibility: { ...AWARD.eligibility, categories: [{ code: 'staff', label: 'Staff' }] } },
  ],
  ['fewer tranches', { tranches: [tranche(2)] }, { tranches: [tranche(2)] }],
  [
    'tranches, in order of their numbers',
    { tranches: [tranche(2), tranche(1)] },
    { tranches: [tranche(1), tranche(2)] },
  ],
])('a draft with %s, and a later save that leaves them', (_, edit, expected) => {
  const drafted = draftedTerms(AWARD, null, edit);
  expect(drafted).toEqual({ ...AWARD, ...expected });
  expect(draftedTerms(AWARD, drafted, {})).toEqual(drafted);
});

test("lines, ratio and window are the award's as they are now", () => {
  const now: AgreementTerms = {
    ...AWARD,
    lines: [{ financialYear: '2018/19', kind: 'revenue', grantPence: 7, matchPence: 14 }],
    matchRatio: { matchPence: 2, perGrantPence: 1 },
    eligibility: { ...AWARD.eligibility, endsOn: '2021-03-31' },
  };
  const { lines, matchRatio, eligibility } = draftedTerms(now, AWARD, {});
  expect({ lines, matchRatio, eligibility }).toEqual({
    lines: now.lines,
    matchRatio: now.matchRatio,
    eligibility: now.eligibility,
  });
});

test('a later save can take types of match back in', () => {
  const narrow = draftedTerms(AWARD, null, { matchTypes: ['cash'] });
  expect(draftedTerms(AWARD, narrow, { matchTypes: ['cash', 'in-kind'] })).toEqual(AWARD);
});

test.each<[DraftEdit, string[]]>([
  [{}, []],
  [{ matchTypes: ['cash'], categories: ['staff'] }, []],
  [{ matchTypes: ['cash', 'loans'], categories: ['travel'] }, ['/matchTypes/1', '/categories/0']],
])('codes of %j that the programme does not have', (edit, pointers) => {
  const found = draftFaults(AWARD, edit);
  expect(found.map(({ pointer }) => pointer)).toEqual(pointers);
  for (const { code } of found) expect(code).toBe('unknown-code');
});
