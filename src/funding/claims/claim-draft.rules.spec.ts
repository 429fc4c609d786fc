import fc from 'fast-check';
import { type ClaimLimits, draftBlockers, type StandingLine } from './claim-draft.rules.js';

const OPEN = { yearClosed: false, claimedBeforePence: 0 };
const LIMITS: ClaimLimits = {
  window: { startsOn: '2017-06-01', endsOn: '2018-12-31' },
  categories: [],
  tranche: { number: 2, name: 'On delivery', leftPence: 1_000 },
  lines: [
    { id: 'l1', financialYear: '2017/18', kind: 'capital', leftPence: 600, ...OPEN },
    { id: 'l2', financialYear: '2017/18', kind: 'revenue', leftPence: 700, ...OPEN },
    { id: 'l3', financialYear: '2018/19', kind: 'revenue', leftPence: 700, ...OPEN },
  ],
};
const LINE: StandingLine = {
  position: 1,
  financialYear: '2017/18',
  kind: 'capital',
  claimedPence: 100,
  category: null,
  supplier: 'Northern',
  invoiceReference: 'INV-1',
  incurredOn: '2017-10-02',
  defrayedOn: null,
  netPence: 100,
  vatPence: 0,
  recoverableVatPence: 0,
  evidence: 'e1',
};
const other = (over: Partial<StandingLine>): StandingLine => ({
  ...LINE,
  position: 2,
  evidence: 'e2',
  ...over,
});

function found(lines: StandingLine[], over: Partial<Parameters<typeof draftBlockers>[0]> = {}): string[] {
  return draftBlockers({
    kind: 'costs',
    agreement: { state: 'active', reference: 'A-1' },
    lines,
    claimable: LIMITS,
    today: '2018-05-15',
    ...over,
  }).map(({ code, pointer }) => (pointer === undefined ? code : `${code} ${pointer}`));
}

test.each<[string, StandingLine[], string[], string?]>([
  ['nothing in the way', [LINE], []],
  ['no lines', [], ['claim-empty /lines']],
  ['the first day of the window', [{ ...LINE, incurredOn: '2017-06-01' }], []],
  [
    'the last day of the window',
    [{ ...LINE, financialYear: '2018/19', kind: 'revenue', incurredOn: '2018-12-31' }],
    [],
    '2019-01-01',
  ],
  [
    'the day after',
    [{ ...LINE, financialYear: '2018/19', kind: 'revenue', incurredOn: '2019-01-01' }],
    ['cost-outside-window /lines/0/incurredOn'],
    '2019-01-01',
  ],
  [
    'the first day of its year',
    [{ ...LINE, financialYear: '2018/19', kind: 'revenue', incurredOn: '2018-04-01' }],
    [],
  ],
  [
    'the last of the year before',
    [{ ...LINE, financialYear: '2018/19', kind: 'revenue', incurredOn: '2018-03-31' }],
    ['cost-outside-year /lines/0/incurredOn'],
  ],
  ['the day before', [{ ...LINE, incurredOn: '2017-05-31' }], ['cost-outside-window /lines/0/incurredOn']],
  ['the last day of the year', [{ ...LINE, incurredOn: '2018-03-31' }], []],
  [
    'the first of the next',
    [{ ...LINE, incurredOn: '2018-04-01' }],
    ['cost-outside-year /lines/0/incurredOn'],
  ],
  ['today', [{ ...LINE, financialYear: '2018/19', kind: 'revenue', incurredOn: '2018-05-15' }], []],
  [
    'tomorrow',
    [{ ...LINE, financialYear: '2018/19', kind: 'revenue', incurredOn: '2018-05-16' }],
    ['cost-to-come /lines/0/incurredOn'],
  ],
  ['paid today', [{ ...LINE, defrayedOn: '2018-05-15' }], []],
  ['paid tomorrow', [{ ...LINE, defrayedOn: '2018-05-16' }], ['payment-to-come /lines/0/defrayedOn']],
  ['no evidence', [{ ...LINE, evidence: null }], ['evidence-missing /lines/0/invoiceReference']],
  ['all of a line', [{ ...LINE, claimedPence: 600, netPence: 600 }], []],
  [
    'a penny more than a line',
    [{ ...LINE, claimedPence: 600, netPence: 600 }, other({ claimedPence: 1 })],
    ['award-line-exceeded /lines/0/claimedPence'],
  ],
  [
    'all of the tranche',
    [
      { ...LINE, claimedPence: 600, netPence: 600 },
      other({ kind: 'revenue', claimedPence: 400, netPence: 400 }),
    ],
    [],
  ],
  [
    'a penny more than the tranche',
    [
      { ...LINE, claimedPence: 600, netPence: 600 },
      other({ kind: 'revenue', claimedPence: 401, netPence: 401 }),
    ],
    ['tranche-exceeded /claimedPence'],
  ],
  [
    'a line that is not there',
    [{ ...LINE, kind: 'revenue', financialYear: '2016/17', incurredOn: '2017-03-01' }],
    ['cost-outside-window /lines/0/incurredOn', 'award-line-exceeded /lines/0/claimedPence'],
  ],
  [
    'an invoice that two lines share',
    [{ ...LINE, claimedPence: 60 }, other({ evidence: 'e1', claimedPence: 40 })],
    [],
  ],
  [
    'an invoice of which two lines claim a penny too many',
    [{ ...LINE, claimedPence: 60 }, other({ evidence: 'e1', claimedPence: 41 })],
    ['invoice-claimed-twice /lines/1/claimedPence'],
  ],
  [
    'an invoice with two amounts',
    [{ ...LINE, claimedPence: 60 }, other({ evidence: 'e1', claimedPence: 40, vatPence: 1 })],
    ['invoice-differs /lines/1/netPence'],
  ],
  [
    'an invoice with two net amounts',
    [{ ...LINE, claimedPence: 60 }, other({ evidence: 'e1', claimedPence: 40, netPence: 101 })],
    ['invoice-differs /lines/1/netPence'],
  ],
  [
    'an invoice of which VAT is got back in one line alone',
    [
      { ...LINE, claimedPence: 60, vatPence: 1 },
      other({ evidence: 'e1', claimedPence: 40, vatPence: 1, recoverableVatPence: 1 }),
    ],
    ['invoice-differs /lines/1/netPence'],
  ],
  [
    'an invoice of which three lines claim a penny too many, told at the last',
    [
      { ...LINE, claimedPence: 60 },
      other({ evidence: 'e1', claimedPence: 30 }),
      other({ position: 3, evidence: 'e1', claimedPence: 11 }),
    ],
    ['invoice-claimed-twice /lines/2/claimedPence'],
  ],
  ['more than its own invoice, which is refused before it is saved', [{ ...LINE, claimedPence: 101 }], []],
  [
    'two lines without evidence, which are of no invoice yet',
    [{ ...LINE, evidence: null }, other({ evidence: null, netPence: 200, claimedPence: 150 })],
    ['evidence-missing /lines/0/invoiceReference', 'evidence-missing /lines/1/invoiceReference'],
  ],
  [
    'a penny of a line that is not there',
    [{ ...LINE, financialYear: '2018/19', claimedPence: 1, incurredOn: '2018-04-02' }],
    ['award-line-exceeded /lines/0/claimedPence'],
  ],
])('%s', (_, lines, expected, today = '2018-05-15') => expect(found(lines, { today })).toEqual(expected));

test('an advance needs neither days nor evidence, and no more than is left', () => {
  const line = { ...LINE, incurredOn: null, evidence: null, category: null };
  expect(found([line], { kind: 'advance' })).toEqual([]);
  expect(found([{ ...line, claimedPence: 601 }], { kind: 'advance' })).toEqual([
    'award-line-exceeded /lines/0/claimedPence',
  ]);
});

test('a category is one that the agreement lists, where it lists any', () => {
  const claimable = { ...LIMITS, categories: ['software'] };
  expect(found([LINE], { claimable })).toEqual(['category-missing /lines/0/category']);
  expect(found([{ ...LINE, category: 'gone' }], { claimable })).toEqual([
    'category-missing /lines/0/category',
  ]);
  expect(found([{ ...LINE, category: 'software' }], { claimable })).toEqual([]);
});

test.each([
  [0, 100, ['year-closed /lines/0/financialYear']],
  [99, 100, ['year-closed /lines/0/financialYear']],
  [100, 100, []],
  [100, 60, []],
])(
  'of a year that is closed, with %s pence claimed before, %s',
  (claimedBeforePence, claimedPence, expected) => {
    const claimable = {
      ...LIMITS,
      lines: LIMITS.lines.map((line) => ({ ...line, yearClosed: true, claimedBeforePence })),
    };
    expect(found([{ ...LINE, claimedPence }], { claimable })).toEqual(expected);
  },
);

test('the agreement runs', () =>
  expect(found([LINE], { agreement: { state: 'suspended', reference: 'A-1' } })).toEqual([
    'agreement-not-active',
  ]));

test.each<[string, Partial<StandingLine>, Partial<ClaimLimits['lines'][number]>, string]>([
  [
    'a day that is outside',
    { incurredOn: '2017-05-31' },
    {},
    'Line 1: the cost of 31 May 2017 is outside the window of the agreement, 1 June 2017 to 31 December 2018. Claim costs of those days only.',
  ],
  [
    'a line that is not there',
    { financialYear: '2018/19', incurredOn: '2018-04-02' },
    {},
    'There is not that much left of the award in 2018/19 capital: £1 is claimed, and £0 is left.',
  ],
  [
    'a year that is closed',
    {},
    { yearClosed: true },
    '2017/18 is closed: what was not claimed of 2017/18 capital by then has lapsed. Ask for a change request to carry it forward.',
  ],
  [
    'a year that is closed, of which the version before claimed some',
    {},
    { yearClosed: true, claimedBeforePence: 99 },
    '2017/18 is closed: what was not claimed of 2017/18 capital by then has lapsed, and no more than the £0.99 of the version before can be claimed. Ask for a change request to carry it forward.',
  ],
])('the words of %s', (_, line, limits, message) =>
  expect(
    draftBlockers({
      kind: 'costs',
      agreement: { state: 'active', reference: 'A-1' },
      lines: [{ ...LINE, ...line }],
      claimable: { ...LIMITS, lines: LIMITS.lines.map((each) => ({ ...each, ...limits })) },
      today: '2018-05-15',
    }),
  ).toMatchObject([{ message }]),
);

test('it names the line that is exceeded, and by how much', () => {
  const [blocker] = draftBlockers({
    kind: 'costs',
    agreement: { state: 'active', reference: 'A-1' },
    lines: [{ ...LINE, claimedPence: 601, netPence: 601 }],
    claimable: LIMITS,
    today: '2018-05-15',
  });
  expect(blocker?.message).toBe(
    'There is not that much left of the award in 2017/18 capital: £6.01 is claimed, and £6 is left.',
  );
  expect(blocker?.about).toEqual({ kind: 'funding-line', id: 'l1', name: '2017/18 capital' });
});

test('what nothing blocks stays within every limit', () => {
  const line = fc
    .record({ at: fc.integer({ min: 0, max: 2 }), claimedPence: fc.integer({ min: 1, max: 500 }) })
    .map(({ at, claimedPence }) => {
      const { financialYear, kind } = LIMITS.lines[at] as ClaimLimits['lines'][number];
      return { at, line: { ...LINE, financialYear, kind, claimedPence } };
    });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (drawn) => {
      const lines = drawn.map((each, index) => ({
        ...each.line,
        position: index + 1,
        evidence: `e${index}`,
      }));
      const codes = found(lines, { kind: 'advance' }).map((text) => text.split(' ')[0]);
      const sum = (some: typeof drawn) => some.reduce((total, each) => total + each.line.claimedPence, 0);
      const over = LIMITS.lines.filter(
        ({ leftPence }, at) => sum(drawn.filter((each) => each.at === at)) > leftPence,
      );
      expect(codes.filter((code) => code === 'award-line-exceeded')).toHaveLength(over.length);
      expect(codes.includes('tranche-exceeded')).toBe(sum(drawn) > LIMITS.tranche.leftPence);
    }),
  );
});
