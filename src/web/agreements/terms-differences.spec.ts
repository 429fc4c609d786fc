import type { AgreementTerms } from '../../funding/agreements/agreement-terms.js';
import { termsDifferences } from './terms-differences.js';

const TERMS: AgreementTerms = {
  parties: {
    funder: { odsCode: 'X24', name: 'NHS England' },
    recipient: { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' },
  },
  lines: [
    { financialYear: '2017/18', kind: 'capital', grantPence: 150_000_000, matchPence: 150_000_000 },
    { financialYear: '2018/19', kind: 'revenue', grantPence: 60_000_000, matchPence: 60_000_000 },
  ],
  tranches: [
    {
      number: 1,
      name: 'On signature',
      basis: 'advance',
      plannedOn: '2017-06-30',
      grantPence: 100_000_000,
      milestones: [],
    },
    {
      number: 2,
      name: 'On plans',
      basis: 'delivery',
      plannedOn: '2018-01-31',
      grantPence: 110_000_000,
      milestones: ['records/plan'],
    },
  ],
  matchRatio: { matchPence: 1, perGrantPence: 1 },
  matchRules: {
    types: [{ code: 'cash', label: 'Cash' }],
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    exclusions: ['Follow-on costs'],
  },
  eligibility: {
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    categories: [{ code: 'hardware', label: 'Hardware' }],
  },
  conditions: ['The grant is ring-fenced.'],
};

const [first, second] = TERMS.tranches as [AgreementTerms['tranches'][0], AgreementTerms['tranches'][0]];

test.each<[string, Partial<AgreementTerms>, string[]]>([
  ['nothing', {}, []],
  [
    'the names of the parties',
    { parties: { ...TERMS.parties, recipient: { odsCode: 'RXT', name: 'Birmingham' } } },
    ['Recipient: Mersey Care NHS Foundation Trust became Birmingham.'],
  ],
  [
    'money that moved between lines, one of them new',
    {
      lines: [
        { financialYear: '2017/18', kind: 'capital', grantPence: 140_000_000, matchPence: 150_000_000 },
        ...TERMS.lines.slice(1),
        { financialYear: '2018/19', kind: 'capital', grantPence: 10_000_000, matchPence: 0 },
      ],
    },
    ['2017/18 capital, grant: £1,500,000 became £1,400,000.', '2018/19 capital, grant: £0 became £100,000.'],
  ],
  [
    'a tranche that changed in every way',
    {
      tranches: [
        first,
        {
          ...second,
          name: 'On go-live',
          basis: 'advance',
          plannedOn: '2018-06-30',
          grantPence: 1,
          milestones: ['records/live'],
        },
      ],
    },
    [
      'Tranche 2, name: “On plans” became “On go-live”.',
      'Tranche 2, paid: on delivery became in advance.',
      'Tranche 2, planned for: 31 January 2018 became 30 June 2018.',
      'Tranche 2, grant: £1,100,000 became £0.01.',
      'Tranche 2, milestone added: records/live',
      'Tranche 2, milestone left out: records/plan',
    ],
  ],
  [
    'tranches added and left out',
    { tranches: [first, { ...second, number: 3 }] },
    ['Tranche 3 added: On plans, £1,100,000, 31 January 2018', 'Tranche 2 left out: On plans, £1,100,000'],
  ],
  ['what was drawn before', { drawnBeforePence: 5_000 }, ['Drawn before: £0 became £50.']],
  [
    'the ratio',
    { matchRatio: { matchPence: 50, perGrantPence: 100 } },
    [
      'Match ratio: At least £1 of match for every £1 of grant became At least £1 of match for every £2 of grant.',
    ],
  ],
  [
    'windows, types, exclusions, categories and conditions',
    {
      matchRules: {
        types: [{ code: 'in-kind', label: 'In kind' }],
        startsOn: '2017-04-01',
        endsOn: '2021-03-31',
        exclusions: [],
      },
      eligibility: { startsOn: '2017-05-01', endsOn: '2020-03-31', categories: [] },
      conditions: ['The grant is ring-fenced.', 'Say what was spent.'],
    },
    [
      'Costs arise: 1 April 2017 to 31 March 2020 became 1 May 2017 to 31 March 2020.',
      'Match arises: 1 April 2017 to 31 March 2020 became 1 April 2017 to 31 March 2021.',
      'Type of match added: In kind',
      'Type of match left out: Cash',
      'Exclusion from match left out: Follow-on costs',
      'Category of cost left out: Hardware',
      'Condition added: Say what was spent.',
    ],
  ],
])('a version differs in %s', (_, changed, expected) =>
  expect(termsDifferences(TERMS, { ...TERMS, ...changed })).toEqual(expected),
);
