import { addDays } from '../../core/calendar.js';
import {
  compareExtract,
  DAYS_APART,
  daysOf,
  type ExtractLine,
  type ExtractPayment,
  MAX_EXTRACT_BYTES,
  MAX_EXTRACT_LINES,
  referencesIn,
} from './extract.rules.js';

const line = (change: Partial<ExtractLine> = {}): ExtractLine => ({
  line: 2,
  bookedOn: '2018-05-10',
  reference: 'PAY-000001',
  payee: 'Mersey Care',
  amountPence: 500,
  ...change,
});
const payment = (change: Partial<ExtractPayment> = {}): ExtractPayment => ({
  id: 'p1',
  reference: 'PAY-000001',
  bankReference: 'FPS 1/1',
  amountPence: 500,
  state: 'paid',
  paidOn: '2018-05-10',
  matchedOn: null,
  ...change,
});
const second = (change: Partial<ExtractPayment> = {}) =>
  payment({ id: 'p2', reference: 'PAY-000002', bankReference: 'FPS 2/2', ...change });

test.each([
  ['PAY-000001', ['PAY-000001']],
  ['NHSE GRANT pay 000012 MERSEY', ['PAY-000012']],
  ['xPAY000012y', ['PAY-000012']],
  ['PAY_000001/PAY.000002 PAY-000001', ['PAY-000001', 'PAY-000002']],
  ['PAY-1000000', ['PAY-1000000']],
  ['PAY-0000', []],
  ['PAYMENT 000012', []],
  ['12', []],
  ['', []],
])('in %p our references are %p', (text, references) => expect(referencesIn(text)).toEqual(references));

describe('one line and one payment', () => {
  test.each<[string, Partial<ExtractLine>, Partial<ExtractPayment>, string, RegExp]>([
    ['as Exemplar has it', {}, {}, 'matched', /^PAY-000001, £5, paid on 10 May 2018.$/],
    ['reconciled already', {}, { state: 'reconciled' }, 'matched', /paid on/],
    ['with our reference in a text', { reference: 'NHSE pay 000001 X' }, {}, 'matched', /paid on/],
    [
      "with our reference beside the payee's name",
      { reference: '', payee: 'MERSEY PAY-000001' },
      {},
      'matched',
      /paid on/,
    ],
    ["by the bank's reference alone", { reference: 'fps-11' }, {}, 'matched', /paid on/],
    [`${DAYS_APART} days later`, { bookedOn: addDays('2018-05-10', DAYS_APART) }, {}, 'matched', /paid on/],
    [
      `${DAYS_APART} days earlier`,
      { bookedOn: addDays('2018-05-10', -DAYS_APART) },
      {},
      'matched',
      /paid on/,
    ],
    [
      'a day later than that',
      { bookedOn: addDays('2018-05-10', DAYS_APART + 1) },
      {},
      'differs',
      /10 May 2018 in Exemplar and on 16 May 2018 here, 6 days apart/,
    ],
    [
      'a day earlier than that',
      { bookedOn: addDays('2018-05-10', -DAYS_APART - 1) },
      {},
      'differs',
      /4 May 2018 here/,
    ],
    ['of a penny more', { amountPence: 501 }, {}, 'differs', /£5 in Exemplar and £5.01 here/],
    [
      'of another amount and day',
      { amountPence: 1, bookedOn: '2018-05-20' },
      {},
      'differs',
      /£0.01 here; PAY-000001 is paid on/,
    ],
    [
      'of one that is only scheduled',
      {},
      { state: 'scheduled', paidOn: null, bankReference: null },
      'differs',
      /is scheduled in Exemplar/,
    ],
    [
      'of one that was cancelled',
      {},
      { state: 'cancelled', paidOn: null, bankReference: null },
      'differs',
      /is cancelled in Exemplar/,
    ],
    ['of one that was reversed', {}, { state: 'reversed' }, 'differs', /is reversed in Exemplar/],
    [
      'that an earlier extract has on that day',
      {},
      { state: 'reconciled', matchedOn: '2018-05-10' },
      'matched',
      /paid on/,
    ],
  ])('%s', (_, lineChange, paymentChange, result, words) => {
    const findings = compareExtract([line(lineChange)], [payment(paymentChange)]);
    expect(findings).toEqual([
      { line: line(lineChange), paymentId: 'p1', result, explanation: expect.stringMatching(words) },
    ]);
  });
});

test.each<[string, ExtractLine[], ExtractPayment[], Array<[number | null, string | null, string]>, RegExp]>([
  [
    'a line that nobody knows',
    [line({ reference: 'RENT' })],
    [],
    [[2, null, 'missing']],
    /no payment with this reference/,
  ],
  [
    'a reference of ours that does not exist',
    [line({ reference: 'PAY-000099' })],
    [],
    [[2, null, 'missing']],
    /PAY-000099 is no payment/,
  ],
  [
    'a payment that no line names',
    [
      line({ reference: 'RENT', bookedOn: '2018-05-01' }),
      line({ line: 3, reference: 'RATES', bookedOn: '2018-05-31' }),
    ],
    [payment()],
    [
      [2, null, 'missing'],
      [3, null, 'missing'],
      [null, 'p1', 'missing'],
    ],
    /£5, as paid on 10 May 2018, and no line names it.$/,
  ],
  [
    'a payment of the last days',
    [
      line({ reference: 'RENT', bookedOn: '2018-05-12' }),
      line({ line: 3, reference: 'RENT', bookedOn: '2018-05-01' }),
    ],
    [payment()],
    [
      [2, null, 'missing'],
      [3, null, 'missing'],
      [null, 'p1', 'missing'],
    ],
    /It may be in the next extract.$/,
  ],
  [
    'the same reference twice: a second payment?',
    [line(), line({ line: 3 })],
    [payment()],
    [
      [2, 'p1', 'matched'],
      [3, null, 'missing'],
    ],
    /names PAY-000001, and line 2 has it already. Ask whether £5 was paid a second time/,
  ],
  [
    'the one that matches before the one that differs',
    [line({ amountPence: 7 }), line({ line: 3 })],
    [payment()],
    [
      [2, null, 'missing'],
      [3, 'p1', 'matched'],
    ],
    /line 3 has it already/,
  ],
  [
    'one that an earlier extract booked on another day',
    [line({ bookedOn: '2018-05-11' })],
    [payment({ state: 'reconciled', matchedOn: '2018-05-10' })],
    [[2, null, 'missing']],
    /an earlier extract has it on 10 May 2018/,
  ],
  [
    'a payment that an earlier extract has is not missed',
    [line({ reference: 'RENT' })],
    [payment({ state: 'reconciled', matchedOn: '2018-05-12' })],
    [[2, null, 'missing']],
    /no payment with this reference/,
  ],
  [
    'two payments in one line',
    [line({ reference: 'PAY-000001 PAY-000002', amountPence: 1000 })],
    [payment(), second()],
    [
      [2, 'p1', 'differs'],
      [null, 'p2', 'missing'],
    ],
    /as paid on/,
  ],
  [
    'a paid one before a cancelled one with the same text',
    [line({ reference: 'PAY-000002 PAY-000001' })],
    [payment(), second({ state: 'cancelled', paidOn: null, bankReference: null })],
    [[2, 'p1', 'matched']],
    /The line also names PAY-000002/,
  ],
  [
    'a paid one before a cancelled one, where the amount is of neither',
    [line({ reference: 'PAY-000002 PAY-000001', amountPence: 7 })],
    [payment(), second({ state: 'cancelled', paidOn: null, bankReference: null })],
    [[2, 'p1', 'differs']],
    /The line also names PAY-000002/,
  ],
  [
    'a reference without letter or digit, which is that of no payment',
    [line({ reference: '—' })],
    [payment({ state: 'scheduled', paidOn: null, bankReference: null })],
    [[2, null, 'missing']],
    /no payment with this reference/,
  ],
  [
    "a bank's reference that a payment has which was reversed, and another one since",
    [line({ reference: 'FPS 1/1' })],
    [payment(), second({ state: 'reversed', bankReference: 'FPS 1/1' })],
    [[2, 'p1', 'matched']],
    /The line also names PAY-000002/,
  ],
  [
    'payments of the days before and after',
    [line({ reference: 'RENT' })],
    [payment({ paidOn: '2018-05-09' }), second({ paidOn: '2018-05-11' })],
    [[2, null, 'missing']],
    /no payment with this reference/,
  ],
  [
    'a payment of the day that was reversed',
    [line({ reference: 'RENT' })],
    [payment({ state: 'reversed' })],
    [[2, null, 'missing']],
    /no payment with this reference/,
  ],
  [
    `a payment of ${DAYS_APART} days before the last, which the next extract does not have`,
    [
      line({ reference: 'RENT' }),
      line({ line: 3, reference: 'RENT', bookedOn: addDays('2018-05-10', DAYS_APART) }),
    ],
    [payment()],
    [
      [2, null, 'missing'],
      [3, null, 'missing'],
      [null, 'p1', 'missing'],
    ],
    /no line names it.$/,
  ],
])('%s', (_, lines, payments, expected, words) => {
  const findings = compareExtract(lines, payments);
  expect(findings.map(({ line, paymentId, result }) => [line?.line ?? null, paymentId, result])).toEqual(
    expected,
  );
  expect(findings.map(({ explanation }) => explanation).join('\n')).toMatch(words);
});

test('an extract has at most 2 MiB and 5,000 lines', () =>
  expect([MAX_EXTRACT_BYTES, MAX_EXTRACT_LINES]).toEqual([2_097_152, 5_000]));

test('no lines, no days and no findings', () => {
  expect(daysOf([])).toBeUndefined();
  expect(compareExtract([], [payment()])).toEqual([]);
});
