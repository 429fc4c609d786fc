import type { ChangeContent } from '../../src/change-requests/change-content.js';
import type { ChangeFacts } from '../../src/change-requests/change-facts.js';
import type { TrustMilestone } from '../../src/milestones/milestone.queries.js';

const milestone = (over: Partial<TrustMilestone>): TrustMilestone => ({
  id: `id of ${over.code}`,
  projectId: over.code?.split('/')[0] as string,
  code: 'records/go-live',
  name: `Name of ${over.code}`,
  kind: 'build',
  state: 'planned',
  baselineOn: '2018-03-31',
  agreedOn: null,
  forecastOn: over.baselineOn ?? '2018-03-31',
  actualOn: null,
  evidenceCount: 0,
  ...over,
});

/**
 * A small agreement: £2,000 of grant and as much match over three lines, two tranches, four milestones of two projects,
 * two target sets. Some of the grant is claimed, and £100 has lapsed.
 */
export const FACTS: ChangeFacts = {
  programme: {
    startsOn: '2017-04-01',
    endsOn: '2020-03-31',
    delayReasons: ['supplier', 'staff'],
    closedYears: ['2017/18'],
  },
  state: 'active',
  terms: {
    parties: { funder: { odsCode: 'X24', name: 'Funder' }, recipient: { odsCode: 'RW4', name: 'Trust' } },
    lines: [
      { financialYear: '2017/18', kind: 'capital', grantPence: 100_000, matchPence: 100_000 },
      { financialYear: '2018/19', kind: 'capital', grantPence: 60_000, matchPence: 60_000 },
      { financialYear: '2018/19', kind: 'revenue', grantPence: 40_000, matchPence: 40_000 },
    ],
    tranches: [
      {
        number: 1,
        name: 'Advance',
        basis: 'advance',
        plannedOn: '2017-06-30',
        grantPence: 50_000,
        milestones: [],
      },
      {
        number: 2,
        name: 'Delivery',
        basis: 'delivery',
        plannedOn: '2018-03-31',
        grantPence: 150_000,
        milestones: ['records/plan', 'records/go-live'],
      },
    ],
    matchRatio: { matchPence: 1, perGrantPence: 1 },
    matchRules: { types: [], startsOn: '2017-04-01', endsOn: '2020-03-31', exclusions: [] },
    eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31', categories: [] },
    conditions: ['Ring-fenced'],
  },
  balances: [
    {
      financialYear: '2017/18',
      kind: 'capital',
      awardedPence: 5_000,
      lapsedPence: 10_000,
      pledgedPence: 20_000,
    },
    { financialYear: '2018/19', kind: 'capital', awardedPence: 45_000, lapsedPence: 0, pledgedPence: 60_000 },
    { financialYear: '2018/19', kind: 'revenue', awardedPence: 40_000, lapsedPence: 0, pledgedPence: 0 },
  ],
  standing: {
    tranches: [
      { number: 1, drawnPence: 50_000, named: true },
      { number: 2, drawnPence: 50_000, named: true },
    ],
    costs: { firstOn: '2017-05-01', lastOn: '2018-11-30' },
  },
  milestones: [
    milestone({ code: 'records/plan', baselineOn: '2017-09-30', state: 'met' }),
    milestone({ code: 'records/go-live', kind: 'go-live' }),
    milestone({ code: 'apps/pilot', baselineOn: '2018-06-30', state: 'not-met' }),
    milestone({
      code: 'apps/training',
      baselineOn: '2018-06-30',
      agreedOn: '2018-09-30',
      state: 'in-progress',
    }),
    milestone({ code: 'apps/kiosks', state: 'cancelled' }),
    milestone({ code: 'apps/portal', baselineOn: '2018-12-31', state: 'under-review' }),
  ],
  targetSets: [
    {
      ref: 'paperless/v1',
      name: 'Paperless',
      targetOn: '2020-03-31',
      measures: [
        { code: 'notes', projectId: null },
        { code: 'letters', projectId: null },
      ],
    },
    {
      ref: 'access/v2',
      name: 'Access',
      targetOn: '2018-12-31',
      measures: [
        { code: 'apps/downloads', projectId: 'apps' },
        { code: 'records/views', projectId: 'records' },
      ],
    },
  ],
  benefits: [
    {
      ...{ id: 'id of forms', code: 'records/forms', name: 'Fewer forms', unit: 'pence', state: 'realising' },
      years: [
        { financialYear: '2017/18', planned: 10_000, reported: true },
        { financialYear: '2018/19', planned: 20_000, reported: false },
      ],
    },
    {
      ...{ id: 'id of falls', code: 'apps/falls', name: 'Fewer falls', unit: 'falls', state: 'agreed' },
      years: [{ financialYear: '2018/19', planned: 12, reported: false }],
    },
  ],
};

/** What is asked for, where not nothing. */
export const asks = (over: Partial<ChangeContent>): ChangeContent => ({
  milestones: [],
  moves: [],
  terms: null,
  plans: [],
  ...over,
});

/** Terms to vary, where they do not stay. */
export const varies = (over: Partial<NonNullable<ChangeContent['terms']>>): ChangeContent =>
  asks({ terms: { tranches: null, conditions: null, eligibility: null, ...over } });

/** A move, `2017/18 capital` to `2018/19 capital` of £100 of grant where nothing else is said. */
export function move(
  from = '2017/18 capital',
  to = '2018/19 capital',
  amountPence = 10_000,
  source: 'grant' | 'match' = 'grant',
): ChangeContent['moves'][number] {
  const line = (name: string) => {
    const [financialYear, kind] = name.split(' ') as [string, 'capital' | 'revenue'];
    return { financialYear, kind };
  };
  return { source, from: line(from), to: line(to), amountPence };
}
