import { countableOf, type Proof, type Provable, proofBlockers } from './contribution-proof.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map((reason) => reason.code);

const CASH: Proof = {
  amountPence: 10_000,
  netPence: 10_000,
  vatPence: 2_000,
  recoverableVatPence: 2_000,
  incurredOn: '2017-10-31',
  invoicedOn: '2017-11-06',
  defrayedOn: '2017-11-30',
};
const AGAINST: Provable = {
  type: 'cash',
  valuation: 'invoice',
  financialYear: '2017/18',
  terms: {
    matchRules: {
      types: [{ code: 'cash', label: 'Cash' }],
      startsOn: '2017-05-01',
      endsOn: '2020-03-31',
      exclusions: [],
    },
    eligibility: { startsOn: '2017-04-01', endsOn: '2018-01-31', categories: [] },
  },
  countingEvidence: 1,
  today: '2018-03-01',
};

test.each([
  [10_000, 2_000, 2_000, 10_000],
  [10_000, 2_000, 0, 12_000],
  [10_000, 2_000, 500, 11_500],
  [0, 0, 0, 0],
])(
  'of %i net, %i VAT and %i of it got back, %i can count',
  (netPence, vatPence, recoverableVatPence, expected) =>
    expect(countableOf({ netPence, vatPence, recoverableVatPence })).toBe(expected),
);

test.each<[string, Partial<Proof>, Partial<Provable>, string[]]>([
  ['cash, paid and invoiced', {}, {}, []],
  ['no evidence that counts', {}, { countingEvidence: 0 }, ['evidence-missing']],

  ['nothing', { amountPence: 0 }, {}, ['nothing-contributed']],
  ['the VAT that is got back', { amountPence: 10_001 }, {}, ['more-than-cost']],
  ['the VAT that is not', { amountPence: 12_000, recoverableVatPence: 0 }, {}, []],
  ['a penny above net and VAT', { amountPence: 12_001, recoverableVatPence: 0 }, {}, ['more-than-cost']],
  ['more VAT got back than there is', { recoverableVatPence: 2_001 }, {}, ['recoverable-vat']],
  ['a part of the cost', { amountPence: 1 }, {}, []],

  ['the first day of the window', { incurredOn: '2017-05-01' }, {}, []],
  ['the day before the window of match', { incurredOn: '2017-04-30' }, {}, ['cost-outside-window']],
  [
    'the last day on which costs are eligible',
    { incurredOn: '2018-01-31', invoicedOn: '2018-01-31', defrayedOn: '2018-01-31' },
    {},
    [],
  ],
  [
    'the day after costs are eligible',
    { incurredOn: '2018-02-01', invoicedOn: '2018-02-01', defrayedOn: '2018-02-01' },
    {},
    ['cost-outside-window'],
  ],
  [
    'the first day on which costs are eligible, where match counts before it',
    { incurredOn: '2017-07-01' },
    { terms: { ...AGAINST.terms, eligibility: { ...AGAINST.terms.eligibility, startsOn: '2017-07-01' } } },
    [],
  ],
  [
    'the day before costs are eligible, where match counts already',
    { incurredOn: '2017-06-30' },
    { terms: { ...AGAINST.terms, eligibility: { ...AGAINST.terms.eligibility, startsOn: '2017-07-01' } } },
    ['cost-outside-window'],
  ],
  [
    'the day after match counts, where costs are still eligible',
    {},
    { terms: { ...AGAINST.terms, matchRules: { ...AGAINST.terms.matchRules, endsOn: '2017-10-30' } } },
    ['cost-outside-window'],
  ],
  [
    'the first day of its year',
    { incurredOn: '2017-04-01' },
    { terms: { ...AGAINST.terms, matchRules: { ...AGAINST.terms.matchRules, startsOn: '2017-04-01' } } },
    [],
  ],
  [
    'the last day of its year',
    { incurredOn: '2018-03-31', invoicedOn: '2018-03-31', defrayedOn: '2018-03-31' },
    {
      terms: { ...AGAINST.terms, eligibility: { ...AGAINST.terms.eligibility, endsOn: '2018-03-31' } },
      today: '2018-03-31',
    },
    [],
  ],
  ['another year than its line', {}, { financialYear: '2018/19' }, ['cost-outside-year']],
  [
    'a day to come',
    { incurredOn: '2018-01-02', invoicedOn: null, defrayedOn: '2018-01-02' },
    { today: '2018-01-01', valuation: 'payroll' },
    ['cost-to-come', 'payment-to-come'],
  ],
  ['invoiced today', { invoicedOn: '2018-03-01' }, {}, []],
  ['invoiced tomorrow', { invoicedOn: '2018-03-02' }, {}, ['invoice-to-come']],
  ['invoiced before it was incurred', { invoicedOn: '2017-10-30' }, {}, ['invoice-before-cost']],
  ['paid before it was incurred', { defrayedOn: '2017-10-30' }, {}, ['payment-before-cost']],
  ['paid on the day, invoiced on the day', { invoicedOn: '2017-10-31', defrayedOn: '2017-10-31' }, {}, []],

  ['cash that is not paid', { defrayedOn: null }, {}, ['payment-missing']],
  ['an invoice without a day', { invoicedOn: null }, {}, ['invoice-missing']],
  ['cash by payroll', { invoicedOn: null }, { valuation: 'payroll' }, []],
  ['cash by estimate', {}, { valuation: 'estimate' }, ['valuation-not-of-type']],
  [
    'staff by payroll',
    { invoicedOn: null, defrayedOn: null },
    { type: 'staff-release', valuation: 'payroll' },
    [],
  ],
  [
    'staff by market rate',
    { defrayedOn: null },
    { type: 'staff-release', valuation: 'market-rate' },
    ['valuation-not-of-type'],
  ],
  ['in kind by estimate', { defrayedOn: null }, { type: 'in-kind', valuation: 'estimate' }, []],
  ['in kind by invoice', { defrayedOn: null }, { type: 'in-kind' }, ['valuation-not-of-type']],
  ["a programme's own type", { defrayedOn: null }, { type: 'ducts', valuation: 'estimate' }, []],
])('%s', (_, proof, against, expected) =>
  expect(codes(proofBlockers({ ...CASH, ...proof }, { ...AGAINST, ...against }))).toEqual(expected),
);

test.each<[Partial<Proof>, Partial<Provable>, string, string]>([
  [
    { recoverableVatPence: 2_001 },
    {},
    '/recoverableVatPence',
    'The VAT that is got back, £20.01, is more than the VAT, £20.',
  ],
  [
    { defrayedOn: '2017-10-30' },
    {},
    '/defrayedOn',
    'It was paid on 30 October 2017, before it was incurred on 31 October 2017. Check the days.',
  ],
  [
    { defrayedOn: '2018-03-02' },
    {},
    '/defrayedOn',
    '2 March 2018 is still to come. Leave the day out until it has been.',
  ],
  [{ invoicedOn: null }, {}, '/invoicedOn', 'This is valued by an invoice. Say of which day it is.'],
])('%p is told in its place', (proof, against, pointer, message) =>
  expect(proofBlockers({ ...CASH, ...proof }, { ...AGAINST, ...against })).toMatchObject([
    { pointer, message },
  ]),
);

test('evidence that is missing says how it is given', () =>
  expect(proofBlockers(CASH, { ...AGAINST, countingEvidence: 0 })).toMatchObject([
    { clearedBy: 'Upload the invoice, payroll record or valuation as evidence of this contribution.' },
  ]));

test('the words say what is wrong, where, and what to do', () =>
  expect(
    proofBlockers(
      { ...CASH, amountPence: 12_000, incurredOn: '2018-04-01', defrayedOn: null },
      { ...AGAINST, valuation: 'estimate', countingEvidence: 0 },
    ).map(({ pointer, message }) => [pointer, message]),
  ).toEqual([
    ['/amountPence', '£120 is to count of £100: the net amount and the VAT that is not got back.'],
    [
      '/incurredOn',
      'The cost of 1 April 2018 is outside the window in which match counts, 1 May 2017 to 31 January 2018.',
    ],
    [
      '/incurredOn',
      "The cost of 1 April 2018 is not of 2017/18. Change the contribution's line to that of its own year.",
    ],
    ['/incurredOn', 'The cost of 1 April 2018 is still to come. Evidence it once it has arisen.'],
    [
      '/invoicedOn',
      'It was invoiced on 6 November 2017, before it was incurred on 1 April 2018. Check the days.',
    ],
    ['/defrayedOn', 'Cash counts once it is paid out. Say on which day it was.'],
    [
      '/valuation',
      'Cash: this is not valued by an estimate, but by one of these: an invoice, the payroll. Change how it is valued.',
    ],
    [undefined, 'There is no evidence of this contribution that counts.'],
  ]));
