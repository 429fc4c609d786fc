import type { AwardForAgreement } from './award.queries.js';
import { termsOfAward } from './award-terms.rules.js';

const sourced = { source: null, assumed: 'Made up' };
const AWARD: AwardForAgreement = {
  awardId: 'a',
  programmeId: 'p',
  trustId: 't',
  slug: 'mental-health-exemplars',
  funder: { odsCode: 'X24', name: 'NHS England' },
  recipient: { odsCode: 'RW4', name: 'Mersey Care' },
  lines: [{ financialYear: '2017/18', kind: 'capital', grantPence: 300, matchPence: 150 }],
  tranches: [
    { number: 1, name: 'First', basis: 'advance', plannedOn: '2017-06-30', grantPence: 100, milestones: [] },
    {
      number: 2,
      name: 'Second',
      basis: 'delivery',
      plannedOn: '2018-03-31',
      grantPence: 200,
      milestones: ['record/plan'],
    },
  ],
  matchRatio: { matchPence: 1, perGrantPence: 2 },
  matchRules: {
    types: [{ code: 'cash', label: 'Cash' }],
    startsOn: '2017-04-01',
    endsOn: '2020-06-30',
    exclusions: ['Follow-on costs.'],
    ...{ sourced },
  },
  eligibility: {
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    categories: [{ code: 'staff', label: 'Staff' }],
    ...{ sourced },
  },
  conditions: ['The grant is ring-fenced.'],
};

test('the terms say what the programme and the award say, and nothing of where that comes from', () => {
  expect(termsOfAward(AWARD)).toEqual({
    parties: {
      funder: { odsCode: 'X24', name: 'NHS England' },
      recipient: { odsCode: 'RW4', name: 'Mersey Care' },
    },
    lines: AWARD.lines,
    tranches: AWARD.tranches,
    matchRatio: { matchPence: 1, perGrantPence: 2 },
    matchRules: {
      types: [{ code: 'cash', label: 'Cash' }],
      startsOn: '2017-04-01',
      endsOn: '2020-06-30',
      exclusions: ['Follow-on costs.'],
    },
    eligibility: {
      startsOn: '2017-04-01',
      endsOn: '2020-03-31',
      categories: [{ code: 'staff', label: 'Staff' }],
    },
    conditions: ['The grant is ring-fenced.'],
  });
});

test.each<[string, Partial<AwardForAgreement>]>([
  ['a programme without conditions', { conditions: null }],
  [
    'a definition that was applied before there were categories',
    { eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31' } },
  ],
  ['an award without instalments', { tranches: [] }],
])('%s gives empty lists', (_what, change) => {
  const terms = termsOfAward({ ...AWARD, ...change });
  expect({
    conditions: terms.conditions.length,
    categories: terms.eligibility.categories.length,
    tranches: terms.tranches.length,
  }).toEqual({
    conditions: change.conditions === null ? 0 : 1,
    categories: change.eligibility ? 0 : 1,
    tranches: change.tranches ? 0 : 2,
  });
});
