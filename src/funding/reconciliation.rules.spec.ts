import {
  type AccountFact,
  accountDifference,
  type ControlFact,
  controlDifference,
  DIFFERENCE_KINDS,
  type Difference,
  differences,
  type JournalFact,
  journalDifference,
  type LedgerFacts,
  type LineFact,
  lineDifference,
  settlement,
  type TrancheFact,
  trancheDifference,
  WHAT_TO_DO,
} from './reconciliation.rules.js';

const HOLDER = { trustId: 't', trust: 'Mersey Care', agreement: 'MHE-RW4' };
const LINE = { ...HOLDER, financialYear: '2017/18', kind: 'capital' as const };
const PAID: AccountFact = { ...LINE, source: 'grant', stage: 'paid', postedPence: 100, balancePence: 100 };
const JOURNAL: JournalFact = {
  ...HOLDER,
  id: 'j',
  journalKind: 'pay',
  datedOn: '2018-03-31',
  saidPostings: 2,
  saidPence: 100,
  foundPostings: 2,
  foundPence: 100,
};
const AGREED: LineFact = { ...LINE, source: 'match', agreedPence: 100, givenPence: 100 };
const DRAWN: TrancheFact = { ...HOLDER, number: 2, name: 'On delivery', drawnPence: 100, postedPence: 100 };
const CONTROL: ControlFact = { source: 'grant', controlPence: 100, foundPence: 100 };

const inShort = (found: Difference[]) =>
  found.map(({ subject, expectedPence, foundPence }) => [subject, expectedPence, foundPence]);

test.each<[string, Partial<AccountFact>, Array<[string, number, number]>]>([
  ['agrees', {}, []],
  ['is of nothing, and is nothing', { postedPence: 0, balancePence: 0 }, []],
  [
    'holds a penny more',
    { balancePence: 101 },
    [
      [
        'MHE-RW4 (Mersey Care), 2017/18 capital: the balance of the grant paid is not the sum of its postings',
        100,
        101,
      ],
    ],
  ],
  [
    'is missing',
    { balancePence: null },
    [
      [
        'MHE-RW4 (Mersey Care), 2017/18 capital: the account of the grant paid is missing, although postings were made to it',
        100,
        0,
      ],
    ],
  ],
  [
    'is missing, although it would hold nothing',
    { balancePence: null, postedPence: 0 },
    [
      [
        'MHE-RW4 (Mersey Care), 2017/18 capital: the account of the grant paid is missing, although postings were made to it',
        0,
        0,
      ],
    ],
  ],
  [
    'is one too many',
    { postedPence: null, stage: 'written-off' },
    [
      [
        'MHE-RW4 (Mersey Care), 2017/18 capital: there is an account of the grant written off, although no posting was made to it',
        0,
        100,
      ],
    ],
  ],
  [
    'is where the money comes from',
    { source: 'match', stage: 'outside', postedPence: -100, balancePence: -90 },
    [
      [
        'MHE-RW4 (Mersey Care), 2017/18 capital: the balance of the match in all is not the sum of its postings',
        -100,
        -90,
      ],
    ],
  ],
])('an account that %s', (_, fact, expected) => {
  const found = accountDifference({ ...PAID, ...fact });
  expect(inShort(found)).toEqual(expected);
  expect(found.every(({ kind, trustId }) => kind === 'balance' && trustId === 't')).toBe(true);
});

const LACKS =
  'MHE-RW4 (Mersey Care): the journal j (pay, 31 March 2018) does not have the postings that it says';
test.each<[string, Partial<JournalFact>, Array<[string, number, number]>]>([
  ['has its postings', {}, []],
  ['lost one', { foundPostings: 1, foundPence: 60 }, [[LACKS, 100, 60]]],
  ['lost all', { foundPostings: 0, foundPence: 0 }, [[LACKS, 100, 0]]],
  ['has another in place of one', { foundPence: 101 }, [[LACKS, 100, 101]]],
  ['has two for one, of the same amount', { foundPostings: 3 }, [[LACKS, 100, 100]]],
  [
    'is gone, but not its postings',
    { journalKind: null, datedOn: null, saidPostings: 0, saidPence: null },
    [['MHE-RW4 (Mersey Care): there are postings of the journal j, which is not there', 0, 100]],
  ],
])('a journal that %s', (_, fact, expected) =>
  expect(inShort(journalDifference({ ...JOURNAL, ...fact }))).toEqual(expected),
);

test.each<[string, Difference[], Array<[string, number, number]>]>([
  ['a line as agreed', lineDifference(AGREED), []],
  [
    'a line that was given less',
    lineDifference({ ...AGREED, givenPence: 90 }),
    [
      [
        'MHE-RW4 (Mersey Care), 2017/18 capital: the match in the ledger is not what the version in force says',
        100,
        90,
      ],
    ],
  ],
  ['a tranche as drawn', trancheDifference(DRAWN), []],
  [
    'a tranche of which more is drawn than was posted',
    trancheDifference({ ...DRAWN, drawnPence: 110 }),
    [
      [
        'MHE-RW4 (Mersey Care), tranche 2, On delivery: what is drawn is not what its postings drew',
        100,
        110,
      ],
    ],
  ],
  ['a control total that is met', controlDifference(CONTROL), []],
  [
    'a control total that is not',
    controlDifference({ ...CONTROL, foundPence: 105 }),
    [
      [
        "The grant of all agreements, and of awards without one, is not the programme's control total",
        100,
        105,
      ],
    ],
  ],
])('%s', (_, found, expected) => expect(inShort(found)).toEqual(expected));

test('all is compared, and each kind says what to do', () => {
  const facts: LedgerFacts = {
    accounts: [PAID, { ...PAID, balancePence: 1 }],
    journals: [JOURNAL, { ...JOURNAL, foundPence: 1 }],
    lines: [AGREED, { ...AGREED, givenPence: 1 }],
    tranches: [DRAWN, { ...DRAWN, drawnPence: 1 }],
    controls: [CONTROL, { ...CONTROL, foundPence: 1 }],
    kept: [{ sum: 'match', figure: 'belowRatio', number: 9, kept: 3, found: 2 }],
  };
  expect(differences(facts).map(({ kind }) => kind)).toEqual([...DIFFERENCE_KINDS]);
  for (const kind of DIFFERENCE_KINDS) expect(WHAT_TO_DO[kind]).toMatch(/^[A-Z].+[.]$/);
});

const difference = (subject: string, foundPence = 1, kind: Difference['kind'] = 'balance'): Difference => ({
  kind,
  subject,
  trustId: 't',
  expectedPence: 0,
  foundPence,
});

test.each<[string, Difference[], Difference[], string]>([
  ['nothing was, nothing is', [], [], ''],
  ['found first', [], [difference('a')], 'raised a'],
  ['found again', [difference('a')], [difference('a')], ''],
  ['found again with another figure', [difference('a')], [difference('a', 2)], 'moved a 2'],
  ['gone', [difference('a')], [], 'cleared a'],
  [
    'one gone, one stays, one comes',
    [difference('a'), difference('b')],
    [difference('b'), difference('c')],
    'raised c, cleared a',
  ],
  [
    'the same words of another kind are another difference',
    [difference('a')],
    [difference('a', 1, 'tranche')],
    'raised a, cleared a',
  ],
])('%s', (_, standing, found, expected) => {
  const { raised, moved, cleared } = settlement(standing, found);
  const words = [
    ...raised.map(({ subject }) => `raised ${subject}`),
    ...moved.map(({ standing: { subject }, now }) => `moved ${subject} ${now.foundPence}`),
    ...cleared.map(({ subject }) => `cleared ${subject}`),
  ];
  expect(words.join(', ')).toBe(expected);
});

test('a difference whose expectation moved is told anew', () => {
  const now = { ...difference('a'), expectedPence: 7 };
  expect(settlement([difference('a')], [now]).moved).toEqual([{ standing: difference('a'), now }]);
});
