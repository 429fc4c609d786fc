import fc from 'fast-check';
import { addDays } from '../../core/calendar.js';
import {
  compareExtract,
  DAYS_APART,
  daysOf,
  type ExtractLine,
  type ExtractPayment,
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

describe('whatever an extract and the payments are', () => {
  const day = fc.integer({ min: 0, max: 20 }).map((days) => addDays('2018-05-01', days));
  const number = fc.integer({ min: 1, max: 6 });
  const ours = (each: number) => `PAY-00000${each}`;
  const payments = fc.uniqueArray(
    fc.record({
      number,
      amountPence: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom('scheduled', 'paid', 'reconciled', 'cancelled', 'reversed') as fc.Arbitrary<
        ExtractPayment['state']
      >,
      paidOn: day,
      matchedOn: fc.option(day),
    }),
    { selector: (each) => each.number, maxLength: 6 },
  );
  const lines = fc.array(
    fc.record({
      bookedOn: day,
      reference: fc.oneof(
        number.map(ours),
        number.map((each) => `bank ${each}`),
        fc.constant('RENT'),
      ),
      amountPence: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const scene = fc.tuple(lines, payments).map(([rows, known]) => ({
    lines: rows.map((row, index) => line({ ...row, line: index + 2 })),
    payments: known.map(({ number: each, paidOn, matchedOn, ...rest }): ExtractPayment => {
      const recorded = rest.state !== 'scheduled' && rest.state !== 'cancelled';
      return {
        id: `p${each}`,
        reference: ours(each),
        bankReference: recorded ? `BANK-${each}` : null,
        paidOn: recorded ? paidOn : null,
        matchedOn: rest.state === 'reconciled' ? matchedOn : null,
        ...rest,
      };
    }),
  }));

  test('each line is in one result, each payment in one at most, and each that is due in exactly one', () =>
    fc.assert(
      fc.property(scene, ({ lines, payments }) => {
        const findings = compareExtract(lines, payments);
        const inLines = findings.flatMap(({ line }) => (line ? [line.line] : []));
        expect([...inLines].sort((a, b) => a - b)).toEqual(lines.map(({ line }) => line));
        const named = findings.flatMap(({ paymentId }) => paymentId ?? []);
        expect(new Set(named).size).toBe(named.length);
        const { fromOn, toOn } = daysOf(lines) as { fromOn: string; toOn: string };
        const due = payments.filter(
          ({ state, paidOn, matchedOn }) =>
            (state === 'paid' || state === 'reconciled') &&
            paidOn !== null &&
            paidOn >= fromOn &&
            paidOn <= toOn &&
            matchedOn === null,
        );
        for (const { id } of due) expect(named).toContain(id);
        expect(findings.filter(({ line, paymentId }) => line === null && paymentId === null)).toEqual([]);
      }),
      { numRuns: 500 },
    ));

  test('what is matched is of the same amount, on days close by, and paid', () =>
    fc.assert(
      fc.property(scene, ({ lines, payments }) => {
        for (const { line, paymentId, result } of compareExtract(lines, payments)) {
          const found = payments.find(({ id }) => id === paymentId);
          if (result === 'matched') {
            expect(found?.amountPence).toBe(line?.amountPence);
            expect(['paid', 'reconciled']).toContain(found?.state);
            const [earliest, latest] = [-DAYS_APART, DAYS_APART].map((days) =>
              addDays(found?.paidOn as string, days),
            ) as [string, string];
            expect((line?.bookedOn as string) >= earliest && (line?.bookedOn as string) <= latest).toBe(true);
          }
          if (result === 'differs') expect([line !== null, found !== undefined]).toEqual([true, true]);
        }
      }),
      { numRuns: 500 },
    ));

  test('an extract that says what Exemplar says matches whole, in any order', () =>
    fc.assert(
      fc.property(payments, fc.boolean(), (known, backwards) => {
        const paid = known.map(({ number: each, amountPence, paidOn }) =>
          payment({
            id: `p${each}`,
            reference: ours(each),
            bankReference: `BANK-${each}`,
            amountPence,
            paidOn,
          }),
        );
        const rows = paid.map(({ reference, amountPence, paidOn }, index) =>
          line({ line: index + 2, reference, amountPence, bookedOn: paidOn as string }),
        );
        if (backwards) rows.reverse();
        const findings = compareExtract(rows, paid);
        expect(findings.map(({ result }) => result)).toEqual(paid.map(() => 'matched'));
      }),
    ));
});
