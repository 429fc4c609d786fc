import fc from 'fast-check';
import { sumPence } from '../../core/money.js';
import { accountKey, applied, GRANT_STAGES, MATCH_STAGES } from '../ledger.rules.js';
import type { AgreementTerms } from './agreement-terms.js';
import { termsBlockers } from './agreement-terms.rules.js';
import {
  type NovatedBalance,
  type NovationFacts,
  novatedTerms,
  novationBlockers,
  novationMovements,
} from './novation.rules.js';

const FACTS: NovationFacts = {
  holder: { odsCode: 'RTV', name: 'North West Boroughs' },
  successor: { odsCode: 'RW4', name: 'Mersey Care' },
  effectiveOn: '2021-06-01',
  activatedOn: '2018-02-01',
  today: '2021-06-01',
  tookOverOn: '2021-06-01',
  following: [],
  approverId: 'approver',
  preparerIds: ['preparer'],
};

test.each<[string, Partial<NovationFacts>, string[]]>([
  ['whoever took over all', {}, []],
  ['on a later day', { effectiveOn: '2021-07-01', today: '2021-08-01' }, []],
  ['itself', { successor: FACTS.holder, tookOverOn: null }, ['novated-to-itself']],
  ['somebody else', { tookOverOn: null }, ['no-succession']],
  ['before it took over', { effectiveOn: '2021-05-31' }, ['before-succession']],
  ['before the agreement', { activatedOn: '2021-06-02', today: '2021-06-02' }, ['before-agreement']],
  ['on the first day of the agreement', { activatedOn: '2021-06-01' }, []],
  ['on a day to come', { today: '2021-05-31' }, ['effective-in-future']],
  [
    'whoever it follows',
    { following: [{ programme: 'exemplars', follower: 'RTV', follows: 'RW4' }] },
    ['would-follow-itself'],
  ],
  ['on the word of its preparer', { approverId: 'preparer' }, ['approver-is-preparer']],
])('a novation to %s', (_, change, expected) => {
  expect(novationBlockers({ ...FACTS, ...change }).map(({ code }) => code)).toEqual(expected);
});

test.each<[Partial<NovationFacts>, object]>([
  [{ successor: FACTS.holder, tookOverOn: null }, { pointer: '/successor' }],
  [
    { tookOverOn: null },
    { pointer: '/successor', clearedBy: 'A succession of the kind took-over-all in the definition' },
  ],
  [{ effectiveOn: '2021-05-31' }, { pointer: '/effectiveOn' }],
  [{ activatedOn: '2021-06-02', today: '2021-06-02' }, { pointer: '/effectiveOn' }],
  [{ today: '2021-05-31' }, { pointer: '/effectiveOn' }],
  [
    { following: [{ programme: 'exemplars', follower: 'RTV', follows: 'RW4' }] },
    { pointer: '/successor', clearedBy: 'A definition in which that role has ended' },
  ],
])('a novation with %p is told where, and what clears it', (change, expected) =>
  expect(novationBlockers({ ...FACTS, ...change })).toMatchObject([expected]),
);

const STAGES = {
  grant: GRANT_STAGES.filter((stage) => stage !== 'outside'),
  match: MATCH_STAGES.filter((stage) => stage !== 'outside'),
};
const pence = fc.integer({ min: 0, max: 1_000_000_000_000 });

/** What stands in the accounts of some lines, with `outside` as the ledger keeps it. */
const held = fc
  .array(
    fc.record({
      grant: fc.array(pence, { minLength: 8, maxLength: 8 }),
      match: fc.array(pence, { minLength: 4, maxLength: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((lines) =>
    lines.flatMap((line, index) =>
      (['grant', 'match'] as const).flatMap((source): NovatedBalance[] => {
        const of = { lineId: `old-${index}`, toLineId: `new-${index}`, source };
        const amounts = line[source].map((balancePence, at) => ({
          ...of,
          stage: STAGES[source][at] as NovatedBalance['stage'],
          balancePence,
        }));
        const sum = sumPence(line[source]);
        return [...amounts, { ...of, stage: 'outside', balancePence: sum === 0 ? 0 : -sum }];
      }),
    ),
  );

test("every account is emptied, and stands as it was in the successor's lines: no total changes", () => {
  expect(STAGES.grant).toHaveLength(8);
  expect(STAGES.match).toHaveLength(4);
  fc.assert(
    fc.property(held, (balances) => {
      const { leaving, arriving } = novationMovements(balances);
      const before = new Map(
        balances.map(({ lineId, source, stage, balancePence }) => [
          accountKey(lineId, source, stage),
          balancePence,
        ]),
      );
      const left = applied(before, leaving);
      const after = applied(left.balances, arriving);
      expect([left.blockers, after.blockers]).toEqual([[], []]);
      for (const { lineId, toLineId, source, stage, balancePence } of balances) {
        expect(after.balances.get(accountKey(lineId, source, stage))).toBe(0);
        expect(after.balances.get(accountKey(toLineId, source, stage)) ?? 0).toBe(balancePence);
      }
      const total = (movements: typeof leaving) => sumPence(movements.map(({ amountPence }) => amountPence));
      expect(total(leaving)).toBe(total(arriving));
    }),
  );
});

test('what stands nowhere moves nowhere, and a penny does', () => {
  const of = { lineId: 'old', toLineId: 'new', source: 'grant' as const };
  expect(
    novationMovements([
      { ...of, stage: 'outside', balancePence: -1 },
      { ...of, stage: 'awarded', balancePence: 0 },
      { ...of, stage: 'paid', balancePence: 1 },
    ]),
  ).toEqual({
    leaving: [{ lineId: 'old', source: 'grant', from: 'paid', to: 'outside', amountPence: 1 }],
    arriving: [{ lineId: 'new', source: 'grant', from: 'outside', to: 'paid', amountPence: 1 }],
  });
});

const TERMS = (tranches: AgreementTerms['tranches']): AgreementTerms => ({
  parties: { funder: { odsCode: 'X24', name: 'Funder' }, recipient: FACTS.holder },
  lines: [
    {
      financialYear: '2017/18',
      kind: 'capital',
      grantPence: sumPence(tranches.map(({ grantPence }) => grantPence)),
      matchPence: 0,
    },
  ],
  tranches,
  matchRatio: { matchPence: 1, perGrantPence: 1 },
  matchRules: { types: [], startsOn: '2017-04-01', endsOn: '2020-03-31', exclusions: [] },
  eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31', categories: [] },
  conditions: ['Ring-fenced'],
});

const planned = fc
  .array(
    fc.record({
      grantPence: fc.integer({ min: 1, max: 1_000_000_000 }),
      share: fc.integer({ min: 0, max: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((tranches) =>
    tranches.map(({ grantPence, share }, index) => ({
      tranche: {
        number: index + 1,
        name: `Tranche ${index + 1}`,
        basis: 'delivery' as const,
        plannedOn: '2018-03-31',
        grantPence,
        milestones: ['records/go-live'],
      },
      drawn: Math.floor((grantPence * share) / 4),
    })),
  );

test('what is left of the tranches and what was drawn is the grant, however often an agreement is novated', () => {
  fc.assert(
    fc.property(planned, planned, (plan, later) => {
      const drawn = new Map(plan.map((each) => [each.tranche.number, each.drawn]));
      const terms = TERMS(plan.map(({ tranche }) => tranche));
      const once = novatedTerms(terms, FACTS.successor, drawn);
      expect(termsBlockers(once)).toEqual([]);
      expect(once.drawnBeforePence ?? 0).toBe(sumPence(drawn.values()));
      expect(once.tranches.map(({ number }) => number)).toEqual(
        plan.filter(({ tranche, drawn: of }) => tranche.grantPence > of).map(({ tranche }) => tranche.number),
      );
      const drawnSince = new Map(
        once.tranches.map(({ number, grantPence }, index) => [
          number,
          Math.min(grantPence, later[index]?.drawn ?? 0),
        ]),
      );
      const twice = novatedTerms(once, FACTS.holder, drawnSince);
      expect(termsBlockers(twice)).toEqual([]);
      expect(twice.drawnBeforePence ?? 0).toBe(sumPence([...drawn.values(), ...drawnSince.values()]));
    }),
  );
});

test('a tranche of which a penny is left stays, one of which nothing was drawn stays whole', () => {
  const tranche = (number: number, grantPence: number) => ({
    number,
    name: `Tranche ${number}`,
    basis: 'delivery' as const,
    plannedOn: '2018-03-31',
    grantPence,
    milestones: [],
  });
  const terms = TERMS([tranche(1, 100), tranche(2, 100), tranche(3, 1)]);
  expect(
    novatedTerms(
      terms,
      FACTS.successor,
      new Map([
        [1, 99],
        [3, 1],
      ]),
    ),
  ).toMatchObject({ tranches: [tranche(1, 1), tranche(2, 100)], drawnBeforePence: 100 });
  expect(novatedTerms(terms, FACTS.successor, new Map([[3, 1]]))).toMatchObject({ drawnBeforePence: 1 });
});

test('all else is as it was, with another recipient', () => {
  const terms = TERMS([]);
  expect(novatedTerms(terms, FACTS.successor, new Map())).toEqual({
    ...terms,
    parties: { ...terms.parties, recipient: FACTS.successor },
  });
});
