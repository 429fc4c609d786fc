import {
  type MatchFacts,
  type MatchTranche,
  matchPosition,
  matchTotals,
  shortfallOf,
} from './match.rules.js';

const ONE_TO_ONE = { matchPence: 1, perGrantPence: 1 };

test.each([
  [0, 0, ONE_TO_ONE, 0, 0],
  [100, 100, ONE_TO_ONE, 100, 0],
  [100, 99, ONE_TO_ONE, 100, 1],
  [100, 500, ONE_TO_ONE, 100, 0],
  [100, 0, { matchPence: 1, perGrantPence: 3 }, 34, 34],
  [99, 33, { matchPence: 1, perGrantPence: 3 }, 33, 0],
  [100, 33, { matchPence: 1, perGrantPence: 3 }, 34, 1],
  [9_000_000_000_000, 1, { matchPence: 2, perGrantPence: 3 }, 6_000_000_000_000, 5_999_999_999_999],
  [100, 0, { matchPence: 0, perGrantPence: 1 }, 0, 0],
])(
  'grant %i beside match %i at %p needs %i and lacks %i',
  (grant, match, ratio, requiredPence, shortfallPence) =>
    expect(shortfallOf(grant, match, ratio)).toEqual({ grantPence: grant, requiredPence, shortfallPence }),
);

const tranche = (number: number, more: Partial<MatchTranche> = {}): MatchTranche => ({
  id: `t${number}`,
  number,
  name: `Tranche ${number}`,
  basis: 'delivery',
  expectedOn: `2018-0${number * 3}-30`,
  grantPence: 1_000,
  passedPence: 0,
  ...more,
});

/** An advance of 1,000 and two tranches of 1,000 on delivery, in March, June and September. */
const FACTS: MatchFacts = {
  ratio: ONE_TO_ONE,
  grant: { openPence: 3_000, approvedPence: 0, paidPence: 0 },
  evidencedPence: 0,
  acceptedPence: 0,
  pledges: [],
  tranches: [tranche(1, { basis: 'advance' }), tranche(2), tranche(3)],
};
const TODAY = '2018-01-15';
const position = (facts: Partial<MatchFacts>, today = TODAY) => matchPosition({ ...FACTS, ...facts }, today);

test.each<[string, Partial<MatchFacts>, object]>([
  [
    'nothing paid and nothing matched',
    {},
    { now: { grantPence: 0, requiredPence: 0, shortfallPence: 0 }, belowRatio: false, nextGate: 1 },
  ],
  [
    'an advance that is paid and not matched is a shortfall that the advance explains',
    {
      grant: { openPence: 2_000, approvedPence: 0, paidPence: 1_000 },
      tranches: [tranche(1, { basis: 'advance', passedPence: 1_000 }), tranche(2), tranche(3)],
    },
    {
      now: { shortfallPence: 1_000, advancedPence: 1_000, explainedByAdvancePence: 1_000 },
      belowRatio: false,
      nextGate: 2,
    },
  ],
  [
    'what is paid on delivery needs the match of the advance before it too',
    {
      grant: { openPence: 1_000, approvedPence: 400, paidPence: 1_600 },
      acceptedPence: 999,
      tranches: [
        tranche(1, { basis: 'advance', passedPence: 1_000 }),
        tranche(2, { passedPence: 1_000 }),
        tranche(3),
      ],
    },
    {
      now: {
        grantPence: 2_000,
        shortfallPence: 1_001,
        advancedPence: 1_000,
        explainedByAdvancePence: 0,
      },
      paid: { grantPence: 1_600, shortfallPence: 601 },
      belowRatio: true,
      nextGate: 3,
    },
  ],
  [
    'an advance after a delivery explains its own part',
    {
      grant: { openPence: 0, approvedPence: 0, paidPence: 3_000 },
      acceptedPence: 1_500,
      tranches: [
        tranche(1, { basis: 'advance', passedPence: 1_000 }),
        tranche(2, { passedPence: 1_000 }),
        tranche(3, { basis: 'advance', passedPence: 1_000 }),
      ],
    },
    {
      now: { shortfallPence: 1_500, advancedPence: 2_000, explainedByAdvancePence: 1_000 },
      belowRatio: true,
      nextGate: null,
    },
  ],
  [
    'an advance explains nothing once a penny is delivered after it',
    {
      grant: { openPence: 1_999, approvedPence: 0, paidPence: 1_001 },
      tranches: [
        tranche(1, { basis: 'advance', passedPence: 1_000 }),
        tranche(2, { passedPence: 1 }),
        tranche(3),
      ],
    },
    { now: { shortfallPence: 1_001, explainedByAdvancePence: 0 }, belowRatio: true },
  ],
  [
    'evidenced match does not count yet',
    {
      grant: { openPence: 2_000, approvedPence: 0, paidPence: 1_000 },
      evidencedPence: 1_000,
      tranches: [tranche(1), tranche(2), tranche(3)],
    },
    { now: { shortfallPence: 1_000, advancedPence: 0 }, evidencedPence: 1_000, belowRatio: true },
  ],
  [
    'what an advance was is no more than the grant that is left of it',
    {
      grant: { openPence: 2_000, approvedPence: 0, paidPence: 300 },
      tranches: [tranche(1, { basis: 'advance', passedPence: 1_000 }), tranche(2), tranche(3)],
    },
    { now: { shortfallPence: 300, advancedPence: 300, explainedByAdvancePence: 300 } },
  ],
])('%s', (_, facts, expected) => expect(position(facts)).toMatchObject(expected));

const PLEDGES = [
  { expectedOn: '2018-06-30', amountPence: 1_500 },
  { expectedOn: '2018-07-01', amountPence: 500 },
  { expectedOn: null, amountPence: 7_000 },
];
test('each gate is held against what is accepted, evidenced and pledged for a day until then', () => {
  const { gates, pledgedPence, belowAtNextGate } = position({
    acceptedPence: 100,
    evidencedPence: 200,
    pledges: PLEDGES,
  });
  expect(
    gates.map((gate) => [
      gate.tranche.number,
      gate.exempt,
      gate.expectedOn,
      gate.grantPence,
      gate.requiredPence,
      gate.forecastMatchPence,
      gate.shortfallPence,
      gate.stillToAcceptPence,
    ]),
  ).toEqual([
    [1, true, '2018-03-30', 1_000, 1_000, 300, 700, 0],
    [2, false, '2018-06-30', 2_000, 2_000, 1_800, 200, 1_900],
    [3, false, '2018-09-30', 3_000, 3_000, 2_300, 700, 2_900],
  ]);
  expect(pledgedPence).toBe(9_000);
  expect(belowAtNextGate).toBe(false);
});

test('an advance is no exception at the gates after it', () =>
  expect(
    position({
      grant: { openPence: 2_000, approvedPence: 0, paidPence: 1_000 },
      pledges: [{ expectedOn: '2018-06-30', amountPence: 1_999 }],
      tranches: [tranche(1, { basis: 'advance', passedPence: 1_000 }), tranche(2), tranche(3)],
    }),
  ).toMatchObject({
    nextGate: 2,
    belowAtNextGate: true,
    gates: [
      { passed: true, exempt: true },
      { grantPence: 2_000, forecastMatchPence: 1_999, shortfallPence: 1 },
      {},
    ],
  }));

test('a gate whose day has passed is expected today, with what was pledged until today', () =>
  expect(position({ pledges: PLEDGES, tranches: [tranche(2), tranche(3)] }, '2018-07-01')).toMatchObject({
    overduePence: 1_500,
    gates: [{ expectedOn: '2018-07-01', forecastMatchPence: 2_000 }, { expectedOn: '2018-09-30' }],
  }));

test('a passed gate stands on what is accepted', () =>
  expect(
    position({
      acceptedPence: 600,
      evidencedPence: 5_000,
      grant: { openPence: 2_000, approvedPence: 0, paidPence: 1_000 },
      tranches: [tranche(1, { passedPence: 1_000 }), tranche(2)],
    }).gates[0],
  ).toMatchObject({
    passed: true,
    expectedOn: '2018-03-30',
    remainingPence: 0,
    grantPence: 1_000,
    forecastMatchPence: 600,
    shortfallPence: 400,
    stillToAcceptPence: 0,
  }));

test('a passed gate keeps its day, and what passed beyond its tranche leaves nothing there', () =>
  expect(
    position({ tranches: [tranche(1, { passedPence: 1_001 }), tranche(2)] }, '2018-07-01').gates[0],
  ).toMatchObject({ passed: true, expectedOn: '2018-03-30', remainingPence: 0 }));

test.each([
  [999, 1],
  [1_000, 0],
  [1_001, 0],
])('at a gate of 1,000 with %i accepted, %i is still to be accepted', (acceptedPence, stillToAcceptPence) =>
  expect(position({ acceptedPence, tranches: [tranche(1)] }).gates[0]).toMatchObject({ stillToAcceptPence }),
);

test('what has lapsed brings no more grant, and what was recovered needs no match', () =>
  expect(
    position({ grant: { openPence: 500, approvedPence: 0, paidPence: 700 }, acceptedPence: 700 }),
  ).toMatchObject({
    gates: [{ grantPence: 1_200 }, { grantPence: 1_200 }, { grantPence: 1_200 }],
    inAll: { grantPence: 1_200, requiredPence: 1_200, shortfallPence: 500 },
  }));

test.each([
  [0, 0, 0, 3_000, 3_000],
  [1_000, 500, 700, 2_000, 800],
  [2_900, 50, 51, 100, 0],
  [3_001, 0, 0, 0, 0],
])(
  'with %i accepted, %i evidenced and %i pledged, %i is still needed, %i of it not even pledged',
  (acceptedPence, evidencedPence, amountPence, shortfallPence, notYetPledgedPence) =>
    expect(
      position({ acceptedPence, evidencedPence, pledges: [{ expectedOn: '2018-06-30', amountPence }] }).inAll,
    ).toEqual({ grantPence: 3_000, requiredPence: 3_000, shortfallPence, notYetPledgedPence }),
);

test('without tranches there is no gate', () =>
  expect(position({ tranches: [] })).toMatchObject({ gates: [], nextGate: null, belowAtNextGate: false }));

test('what one agreement has too much of does not help another', () => {
  const paid = { openPence: 2_000, approvedPence: 0, paidPence: 1_000 };
  const passed = [tranche(1, { passedPence: 1_000 }), tranche(2)];
  const short = position({ grant: paid, tranches: passed, acceptedPence: 400 });
  const long = position({ grant: paid, tranches: passed, acceptedPence: 4_000, evidencedPence: 50 });
  expect(matchTotals([short, long])).toEqual({
    agreements: 2,
    belowRatio: 1,
    belowAtNextGate: 1,
    grantPence: 2_000,
    requiredPence: 2_000,
    acceptedPence: 4_400,
    evidencedPence: 50,
    pledgedPence: 0,
    shortfallPence: 600,
    unexplainedPence: 600,
    stillToAcceptPence: 1_600,
  });
});

test('what an advance explains of what agreements lack is no part of what is unexplained', () => {
  const grant = { openPence: 2_000, approvedPence: 0, paidPence: 1_000 };
  const advanced = position({ grant, tranches: [tranche(1, { basis: 'advance', passedPence: 700 })] });
  expect(matchTotals([advanced, advanced])).toMatchObject({ shortfallPence: 2_000, unexplainedPence: 600 });
});
