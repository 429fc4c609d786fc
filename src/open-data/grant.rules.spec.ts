import { MERSEY } from '../../test/support/accepted-grants.js';
import { type AcceptedGrant, grantOf, isIllustrative, penceOf, poundsOf } from './grant.rules.js';

const PUBLISHER = { prefix: '360G-x', dataSource: 'https://x.example/open-data' };
type Line = AcceptedGrant['lines'][number];
const of = (more: Partial<AcceptedGrant> = {}) => grantOf({ ...MERSEY, ...more }, PUBLISHER);

test('a grant has what it is, in pounds', () =>
  expect(of()).toMatchObject({
    id: '360G-x-exemplars-RW4',
    title: 'Exemplars, Mersey Care',
    description:
      'NHS England awarded £5.01 from 2017/18 to 2018/19, under the agreement AGR/RW4/1. The recipient adds at least £50 of its own for every £100 of grant.',
    amountAwarded: 5.01,
    amountDisbursed: 4,
    awardDate: '2017-05-23',
    plannedDates: [{ startDate: '2017-04-01', endDate: '2020-03-31' }],
    actualDates: [{ title: 'The agreement was in force', startDate: '2017-06-01' }],
    recipientOrganization: [{ id: 'GB-NHS-RW4', name: 'Mersey Care' }],
    fundingOrganization: [{ id: 'GB-NHS-X24', name: 'NHS England' }],
    fundingType: [
      { vocabulary: 'Capital or revenue', code: 'capital', title: 'Capital' },
      { vocabulary: 'Capital or revenue', code: 'revenue', title: 'Revenue' },
    ],
    dateModified: MERSEY.changedAt,
  }));

test('what was promised is by year and kind; what went is by day, and below zero where it came back', () => {
  const { commitmentTransaction, disbursementTransaction } = of();
  expect(commitmentTransaction.map(({ id, value, description }) => [id, value, description])).toEqual([
    ['360G-x-exemplars-RW4-2017-18-capital', 3, 'Capital, 2017/18'],
    ['360G-x-exemplars-RW4-2018-19-revenue', 2.01, 'Revenue, 2018/19'],
  ]);
  expect(disbursementTransaction.map((each) => [each.id, each.transactionDate, each.value])).toEqual([
    ['PAY-1', '2017-07-14', 3],
    ['PAY-2', '2018-01-31', 1.5],
    ['REC-1', '2018-03-01', -0.5],
  ]);
  expect(disbursementTransaction.map(({ description }) => description)).toEqual([
    ...['Payment', 'Payment', 'Recovery of PAY-1: overpaid'],
  ]);
});

test('of one day, what went comes before what came back', () => {
  const recoveries = MERSEY.recoveries.map((back) => ({ ...back, on: '2017-07-14' }));
  expect(of({ recoveries }).disbursementTransaction.map(({ id }) => id)).toEqual(['PAY-1', 'REC-1', 'PAY-2']);
});

const [capital, revenue] = MERSEY.lines as [Line, Line];
test.each<[string, Line[], string[], string]>([
  ['of one year', [revenue], ['revenue'], 'awarded £2.01 in 2018/19'],
  ['in any order', [revenue, capital], ['capital', 'revenue'], 'awarded £5.01 from 2017/18 to 2018/19'],
  [
    'of which two are of the first year',
    [capital, { ...capital, kind: 'revenue' }, revenue],
    ['capital', 'revenue', 'revenue'],
    'awarded £8.01 from 2017/18 to 2018/19',
  ],
  ['with a penny', [capital, { ...revenue, grantPence: 1 }], ['capital', 'revenue'], 'awarded £3.01 from'],
  ['for match alone', [capital, { ...revenue, grantPence: 0 }], ['capital'], 'awarded £3 from'],
])('lines %s', (_, lines, kinds, words) => {
  const { fundingType, commitmentTransaction, description } = of({ lines });
  expect(fundingType.map(({ code }) => code)).toEqual([...new Set(kinds)]);
  expect(commitmentTransaction).toHaveLength(kinds.length);
  expect(description).toContain(words);
});

test.each([
  [1, ' The recipient adds at least £100 of its own for every £100 of grant.'],
  [0, ''],
])('where %i of match goes with 1 of grant, it is said so', (matchPence, words) =>
  expect(of({ matchRatio: { matchPence, perGrantPence: 1 } }).description).toBe(
    `NHS England awarded £5.01 from 2017/18 to 2018/19, under the agreement AGR/RW4/1.${words}`,
  ),
);

test('an end is there once it has come', () =>
  expect(of({ endedOn: '2020-05-01' }).actualDates[0]).toMatchObject({ endDate: '2020-05-01' }));

test('a trust that was renamed has its name now, and the name of that day', () => {
  const [now] = of({ nameThen: 'Mersey Care NHS Trust' }).recipientOrganization;
  expect(now).toEqual({ id: 'GB-NHS-RW4', name: 'Mersey Care', alternateName: 'Mersey Care NHS Trust' });
  expect(of({ nameThen: 'Mersey Care' }).recipientOrganization[0]).not.toHaveProperty('alternateName');
});

test('a grant that was taken over keeps its identifier, and says from whom', () => {
  const grant = of({ recipient: { odsCode: 'RTV', name: 'North West Boroughs' } });
  expect(grant.id).toBe('360G-x-exemplars-RW4');
  expect(grant.recipientOrganization).toEqual([{ id: 'GB-NHS-RTV', name: 'North West Boroughs' }]);
  expect(grant.description).toContain(
    'It was awarded to Mersey Care (GB-NHS-RW4) and taken over by North West Boroughs.',
  );
  // What was paid went to whoever held it then.
  expect(grant.disbursementTransaction.map(({ recipient }) => recipient)).toContain('GB-NHS-RW4');
});

const [payment] = MERSEY.payments;
const [recovery] = MERSEY.recoveries;
test.each<[string, Partial<AcceptedGrant>, boolean]>([
  ['nothing', {}, false],
  ['the programme', { programme: { ...MERSEY.programme, illustrative: true } }, true],
  ['the agreement', { illustrative: true }, true],
  ['a payment', { payments: [{ ...(payment as never as object), illustrative: true } as never] }, true],
  ['a recovery', { recoveries: [{ ...(recovery as never as object), illustrative: true } as never] }, true],
])('where %s is made up, the grant says so: %p', (_, more, madeUp) => {
  expect(isIllustrative({ ...MERSEY, ...more })).toBe(madeUp);
  const { title, description } = of(more);
  expect(title.startsWith('Illustrative: ')).toBe(madeUp);
  expect(description.startsWith('Illustrative: made up')).toBe(madeUp);
});

test('a title is under 140 characters', () => {
  const titled = (letters: number) => of({ recipient: { odsCode: 'RW4', name: 'x'.repeat(letters) } }).title;
  expect(titled(128)).toBe(`Exemplars, ${'x'.repeat(128)}`);
  expect(titled(129)).toBe(`Exemplars, ${'x'.repeat(127)}…`);
});

test.each([
  [1, '0.01'],
  [501, '5.01'],
  [500_000_000, '5000000'],
  [123_456_789, '1234567.89'],
  [9_000_000_000_001, '90000000000.01'],
  [-50, '-0.5'],
])('%p pence is written %s', (amount, written) => {
  expect(JSON.stringify(poundsOf(amount))).toBe(written);
  expect(penceOf(poundsOf(amount))).toBe(amount);
});
