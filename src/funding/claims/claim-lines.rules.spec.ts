import fc from 'fast-check';
import { claimableOfInvoice, lineFaults, lineName, type WantedLine } from './claim-lines.rules.js';

const KNOWN = {
  lines: ['2017/18 capital', '2017/18 revenue'],
  projects: ['record'],
  categories: ['software'],
};
const COST: WantedLine = {
  financialYear: '2017/18',
  kind: 'revenue',
  description: 'Points',
  claimedPence: 120,
  project: 'record',
  category: 'software',
  supplier: 'Northern',
  invoiceReference: 'INV-1',
  incurredOn: '2017-10-02',
  invoicedOn: null,
  defrayedOn: null,
  netPence: 100,
  vatPence: 30,
  recoverableVatPence: 10,
};
const ADVANCE: WantedLine = {
  financialYear: '2017/18',
  kind: 'capital',
  description: 'On signature',
  claimedPence: 1,
  project: null,
  category: null,
  supplier: null,
  invoiceReference: null,
  incurredOn: null,
  invoicedOn: null,
  defrayedOn: null,
  netPence: null,
  vatPence: null,
  recoverableVatPence: null,
};
const faults = (...args: Parameters<typeof lineFaults>) =>
  lineFaults(...args).map(({ code, pointer }) => `${code} ${pointer}`);

test.each<[string, Partial<WantedLine>, string[]]>([
  ['all is well', {}, []],
  ['without a category', { category: null }, []],
  ['paid and invoiced', { invoicedOn: '2017-10-03', defrayedOn: '2017-10-04' }, []],
  ['a part of the invoice', { claimedPence: 1 }, []],
  ['nothing', { claimedPence: 0 }, ['nothing-claimed /lines/0/claimedPence']],
  ['one penny too many', { claimedPence: 121 }, ['claimed-more-than-cost /lines/0/claimedPence']],
  ['all VAT got back', { recoverableVatPence: 30 }, ['claimed-more-than-cost /lines/0/claimedPence']],
  ['more got back than paid', { recoverableVatPence: 31 }, ['recoverable-vat /lines/0/recoverableVatPence']],
  ['another year', { financialYear: '2018/19' }, ['unknown-line /lines/0/financialYear']],
  ['another project', { project: 'other' }, ['unknown-project /lines/0/project']],
  ['another category', { category: 'catering' }, ['unknown-category /lines/0/category']],
  [
    'nothing of an invoice',
    {
      project: null,
      supplier: null,
      invoiceReference: null,
      incurredOn: null,
      netPence: null,
      vatPence: null,
      recoverableVatPence: null,
    },
    [
      'project',
      'supplier',
      'invoiceReference',
      'incurredOn',
      'netPence',
      'vatPence',
      'recoverableVatPence',
    ].map((field) => `missing /lines/0/${field}`),
  ],
])('costs: %s', (_, over, expected) =>
  expect(faults('costs', [{ ...COST, ...over }], KNOWN)).toEqual(expected),
);

test('the place of a fault is that of its line', () =>
  expect(faults('costs', [COST, COST, { ...COST, claimedPence: 0 }], KNOWN)).toEqual([
    'nothing-claimed /lines/2/claimedPence',
  ]));

test.each<[keyof WantedLine]>([['netPence'], ['vatPence'], ['recoverableVatPence']])(
  'without %s, nothing is said of what the invoice comes to',
  (field) =>
    expect(
      faults('costs', [{ ...COST, claimedPence: 1_000, recoverableVatPence: 31, [field]: null }], KNOWN),
    ).toEqual([`missing /lines/0/${field}`]),
);

test.each([
  [{}, 120],
  [{ netPence: null }, 20],
  [{ vatPence: null }, 90],
  [{ recoverableVatPence: null }, 130],
])('of an invoice with %p, %i pence can be claimed', (over, expected) =>
  expect(claimableOfInvoice({ ...COST, ...over })).toBe(expected),
);

test.each([
  [['software'], 'catering is not an eligible category of the agreement: software.'],
  [[], 'The agreement lists no categories, so a line has none.'],
])('with the categories %p, another says what there is', (categories, message) =>
  expect(lineFaults('costs', [{ ...COST, category: 'catering' }], { ...KNOWN, categories })).toMatchObject([
    { message },
  ]),
);

test('where an agreement lists no categories, a line has none', () => {
  const none = { ...KNOWN, categories: [] };
  expect(faults('costs', [{ ...COST, category: null }], none)).toEqual([]);
  expect(faults('costs', [COST], none)).toEqual(['unknown-category /lines/0/category']);
});

test('an advance has its line, description and amount, and nothing of a cost', () => {
  expect(faults('advance', [ADVANCE], KNOWN)).toEqual([]);
  for (const field of Object.keys(ADVANCE) as Array<keyof WantedLine>)
    if (ADVANCE[field] === null)
      expect(faults('advance', [{ ...ADVANCE, [field]: COST[field] ?? '2017-10-02' }], KNOWN)).toEqual([
        `not-of-an-advance /lines/0/${field}`,
      ]);
  expect(faults('advance', [{ ...ADVANCE, claimedPence: 0 }], KNOWN)).toEqual([
    'nothing-claimed /lines/0/claimedPence',
  ]);
});

test('what stands never claims more than the net and the VAT that is not got back', () => {
  const pence = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(pence, pence, pence, pence, (netPence, vatPence, recoverableVatPence, claimedPence) => {
      const line = { ...COST, netPence, vatPence, recoverableVatPence, claimedPence };
      const stands = lineFaults('costs', [line], KNOWN).length === 0;
      expect(stands).toBe(
        claimedPence > 0 &&
          recoverableVatPence <= vatPence &&
          claimedPence <= netPence + vatPence - recoverableVatPence,
      );
      expect(claimableOfInvoice(line)).toBe(netPence + vatPence - recoverableVatPence);
    }),
  );
});

test('the name of a line', () => expect(lineName(COST)).toBe('2017/18 revenue'));
