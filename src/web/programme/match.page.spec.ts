import type { MatchStanding, ProgrammeMatch } from '../../funding/match/match.reader.js';
import { type MatchFacts, matchPosition, matchTotals } from '../../funding/match/match.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { matchPage } from './match.page.js';

const nothing = { benefitPence: 0, costPence: 0, outcome: 'no-cost', shortfallPence: 0 } as const;
const WORTH = { planned: nothing, realised: nothing, cashReleasingPence: 0, vatPence: 0 };

const TODAY = '2018-02-15';
const programme = {
  slug: 'p',
  name: 'P',
  matchRatio: { matchPence: 1, perGrantPence: 1 },
} as ProgrammeView;

const tranche = (number: number, over: Partial<MatchFacts['tranches'][number]> = {}) => ({
  id: `t${number}`,
  number,
  name: `Step ${number}`,
  basis: 'delivery' as const,
  expectedOn: '2018-03-31',
  grantPence: 1_000_00,
  passedPence: 0,
  ...over,
});

const standing = (name: string, over: Partial<MatchFacts>): MatchStanding => {
  const facts: MatchFacts = {
    ratio: programme.matchRatio,
    grant: { openPence: 1_000_00, approvedPence: 0, paidPence: 1_000_00 },
    evidencedPence: 0,
    acceptedPence: 1_000_00,
    pledges: [],
    tranches: [tranche(1, { passedPence: 1_000_00 }), tranche(2)],
    ...over,
  };
  return {
    agreement: { id: name, reference: `AGR-${name}`, state: 'active' },
    trust: { odsCode: name, name: `Trust ${name}` },
    illustrative: false,
    ratio: facts.ratio,
    ...matchPosition(facts, TODAY),
  };
};

const shown = (items: MatchStanding[], own = false) => {
  const totals = { ...matchTotals(items), trustsBelowRatio: 0, trustsBelowAtNextGate: 0 };
  const match: ProgrammeMatch = { items, next: null, asOn: TODAY, totals };
  const { tables = [], charts = [], model } = matchPage(programme, match, WORTH, own);
  return {
    charts,
    tables: Object.fromEntries(tables.map((table) => [table.id, table])),
    sentences: (model as { sentences: string[] }).sentences,
  };
};
const values = (row: Array<{ value: unknown }> | undefined) => row?.map(({ value }) => value);

test('who is below the ratio now, by how much, and what is missing at the next gate', () => {
  const { tables, sentences, charts } = shown([
    standing('A', { acceptedPence: 900_00, evidencedPence: 50_00 }),
  ]);
  expect(values(tables.now?.rows[0])).toEqual([
    'Trust A',
    1_000_00,
    1_000_00,
    900_00,
    100_00,
    'Below the ratio',
  ]);
  expect(tables.now?.rows[0]?.[0]?.href).toBe('/programmes/p/trusts/A/match');
  expect(tables.now?.rows[0]?.[3]?.note).toBe('£50 more waits to be accepted');
  expect(values(tables['next-gate']?.rows[0])).toEqual([
    'Trust A',
    '2: Step 2',
    '2018-03-31',
    2_000_00,
    950_00,
    1_050_00,
    'Would be below',
  ]);
  expect(sentences).toEqual([
    'Trust A (AGR-A) is below the ratio now: £100 of match is missing; it would be short by £1,050 at its next gate, expected on 31 March 2018.',
  ]);
  expect(charts.map(({ id }) => id)).toEqual(['needed-and-accepted']);
});

test.each<[string, Partial<MatchFacts>, string, string | undefined, string[]]>([
  ['match enough', { acceptedPence: 2_000_00 }, 'Enough', 'Would be enough', []],
  [
    'an advance that explains what is missing',
    {
      acceptedPence: 0,
      tranches: [tranche(1, { basis: 'advance', passedPence: 1_000_00 }), tranche(2, { basis: 'advance' })],
    },
    'Paid in advance',
    'Exempt',
    [],
  ],
  [
    'a gate whose day has passed',
    { tranches: [tranche(1, { passedPence: 1_000_00 }), tranche(2, { expectedOn: '2018-01-31' })] },
    'Enough',
    'Would be below',
    ['Your trust (AGR-A) would be short by £1,000 at its next gate, which is due now.'],
  ],
  [
    'all gates passed',
    {
      grant: { openPence: 0, approvedPence: 0, paidPence: 1_000_00 },
      tranches: [tranche(1, { passedPence: 1_000_00 })],
    },
    'Enough',
    undefined,
    [],
  ],
])('%s', (_, facts, now, then, sentences) => {
  const page = shown([standing('A', facts)], true);
  expect(page.tables.now?.rows[0]?.at(-1)?.value).toBe(now);
  expect(page.tables['next-gate']?.rows[0]?.at(-1)?.value).toBe(then);
  expect(page.sentences).toEqual(sentences);
});

test('without an agreement there is nothing to draw', () => expect(shown([]).charts).toEqual([]));
