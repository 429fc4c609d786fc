import { comparisons, type ReconciledFigures } from './reconciliation.rules.js';

const PROGRAMME = { slug: 'a-programme', name: 'A programme' };

const grant = { awardedPence: 500, drawnPence: 0, remainingPence: 500, claimedPence: 0, approvedPence: 0 };
const reconciled = (
  more: { ledgerPence?: number; paid?: number; balance?: number; extract?: number } = {},
): ReconciledFigures => {
  const totals = {
    grant: {
      ...grant,
      awardedPence: more.ledgerPence ?? 500,
      ...{ paidPence: 85, recoveredPence: 10, writtenOffPence: 5, lapsedPence: 0, withdrawnPence: 0 },
    },
    match: {
      agreedPence: 500,
      promisedPence: 500,
      pledgedPence: 500,
      evidencedPence: 0,
      acceptedPence: 0,
      withdrawnPence: 0,
    },
  };
  return {
    money: {
      totals,
      lines: [{ financialYear: '2017/18', kind: 'capital', ...totals }],
      control: {
        grantPence: 500,
        matchPence: 500,
        totalPence: 1000,
        grantDifferencePence: 0,
        matchDifferencePence: 0,
      },
      notAgreed: { grantPence: 0, matchPence: 0, awards: 0 },
    },
    awards: { grantPence: 500, matchPence: 500, linesPence: 500 },
    payments: [
      { state: 'paid', count: 1, amountPence: more.paid ?? 40 },
      { state: 'reconciled', count: 1, amountPence: 60 },
      { state: 'cancelled', count: 1, amountPence: 7 },
    ],
    agreedLines: [{ financialYear: '2017/18', kind: 'capital', grantPence: 500, matchPence: 500 }],
    stages: [
      { source: 'grant', stage: 'written-off', balancePence: more.balance ?? 7, postedPence: 7 },
      { source: 'match', stage: 'pledged', balancePence: 500, postedPence: 500 },
    ],
    published: [
      {
        ...{ programme: PROGRAMME, figure: 'paid', publishedPence: 100, ledgerPence: 100 },
        differencePence: 0,
      },
    ],
    extractTotals: [
      { id: 'e', fileName: 'May.csv', payments: 2, exemplarPence: 100, extractPence: more.extract ?? 100 },
    ],
  };
};

test('figures that agree, agree: totals, lines, balances and extracts', () => {
  const found = comparisons(reconciled());
  expect(found.filter(({ agrees }) => !agrees)).toEqual([]);
  expect(found.map(({ kind }) => kind)).toEqual([
    'published',
    ...Array.from({ length: 7 }, () => 'totals'),
    ...['lines', 'balances', 'balances', 'extracts'],
  ]);
  expect(found.filter(({ kind }) => kind === 'balances').map(({ what }) => what)).toEqual([
    'Grant written off',
    'Match pledged',
  ]);
});

test.each([
  [
    { ledgerPence: 501 },
    [
      ['Grant in the ledger', 1],
      ['2017/18 capital', 1],
    ],
  ],
  [{ paid: 41 }, [['Payments', -1]]],
  [{ balance: 5 }, [['Grant written off', -2]]],
  [{ extract: 130 }, [['May.csv', 30]]],
])('figures that differ are told, with by how much: %j', (more, wanted) => {
  const found = comparisons(reconciled(more)).filter(({ agrees }) => !agrees);
  expect(found.map(({ what, differencePence }) => [what, differencePence])).toEqual(wanted);
});

const { money, awards, agreedLines } = reconciled();
test.each<[Partial<ReconciledFigures>, Array<[string, number]>]>([
  [{ awards: { ...awards, linesPence: 499 } }, [['Awards', -1]]],
  [{ money: { ...money, notAgreed: { ...money.notAgreed, grantPence: 3 } } }, [['Agreements', 3]]],
])(
  'awards are held against their lines, and against what is agreed and what is not yet: %#',
  (more, wanted) => {
    const found = comparisons({ ...reconciled(), ...more }).filter(({ agrees }) => !agrees);
    expect(found.map(({ what, differencePence }) => [what, differencePence])).toEqual(wanted);
  },
);

test('lines are in order of year and kind, and one that only one side knows is told', () => {
  const earlier = { ...agreedLines[0], financialYear: '2016/17', grantPence: 7 } as (typeof agreedLines)[0];
  const other = { ...earlier, financialYear: '2018/19' };
  const lines = (agreed: ReconciledFigures['agreedLines']) =>
    comparisons({ ...reconciled(), agreedLines: agreed })
      .filter(({ kind }) => kind === 'lines')
      .map(({ what, onePence, otherPence }) => [what, onePence, otherPence]);
  expect(lines([])).toEqual([['2017/18 capital', 0, 500]]);
  expect(lines([other, earlier])).toEqual([
    ['2016/17 capital', 7, 0],
    ['2017/18 capital', 0, 500],
    ['2018/19 capital', 7, 0],
  ]);
});
