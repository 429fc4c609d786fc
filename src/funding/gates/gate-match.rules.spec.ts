import fc from 'fast-check';
import { type GateStep, grantBefore, type MatchFacts, matchAtGate } from './gate-match.rules.js';

/** Nothing granted yet, £100 to pass, and £100 of match. */
const facts = (over: Partial<MatchFacts> = {}): MatchFacts => ({
  step: 'approve',
  agreement: { matchPence: 1, perGrantPence: 1 },
  tranche: { basis: 'delivery' },
  proposedPence: 10_000,
  grant: { approvedPence: 0, paidPence: 0, scheduledPence: 0 },
  acceptedMatchPence: 10_000,
  ...over,
});

describe('the match', () => {
  test.each<[string, Partial<MatchFacts>, number, number]>([
    ['just enough', { acceptedMatchPence: 10_000 }, 0, 10_000],
    ['a penny short', { acceptedMatchPence: 9_999 }, 1, 9_999],
    ['none', { acceptedMatchPence: 0 }, 10_000, 0],
    [
      'what is approved and paid needs its own',
      { grant: { approvedPence: 3_000, paidPence: 2_000, scheduledPence: 0 } },
      5_000,
      5_000,
    ],
    [
      'grant that is above the match already leaves no room',
      { grant: { approvedPence: 30_000, paidPence: 0, scheduledPence: 0 } },
      30_000,
      0,
    ],
    [
      'grant that is a penny above the match leaves no room',
      { grant: { approvedPence: 10_001, paidPence: 0, scheduledPence: 0 } },
      10_001,
      0,
    ],
    [
      'at a ratio of 1:3 the match is rounded up',
      { agreement: { ...facts().agreement, perGrantPence: 3 }, acceptedMatchPence: 3_333 },
      1,
      9_999,
    ],
  ])('%s', (_, over, shortfallPence, roomPence) =>
    expect(matchAtGate(facts(over))).toMatchObject({ shortfallPence, roomPence }),
  );

  test('is not asked of an advance, which says so', () => {
    const advance = facts({
      tranche: { basis: 'advance' },
      acceptedMatchPence: 0,
    });
    expect(matchAtGate(advance)).toMatchObject({
      applies: false,
      requiredPence: 10_000,
      shortfallPence: 0,
      roomPence: null,
      explanation:
        'An advance is paid before match arises, so it is exempt from the match ratio. It counts as grant at every later gate.',
    });
  });

  test.each([
    [10_000, '£100 of match is accepted; £100 of grant in all, this payment included, needs £100 at 1:1.'],
    [
      9_999,
      '£99.99 of match is accepted; £100 of grant in all, this payment included, needs £100 at 1:1, so £0.01 is missing.',
    ],
  ])('with %i accepted, both figures are told, and what is missing where anything is', (accepted, words) =>
    expect(matchAtGate(facts({ acceptedMatchPence: accepted }))).toMatchObject({
      explanation: words,
      acceptedPence: accepted,
      grantPence: 10_000,
    }),
  );

  test('sets no limit where none is agreed', () => {
    const without = facts({ agreement: { ...facts().agreement, matchPence: 0 }, acceptedMatchPence: 0 });
    expect(matchAtGate(without)).toMatchObject({ shortfallPence: 0, roomPence: null });
  });

  test.each<[GateStep, number]>([
    ['approve', 30 + 400],
    ['schedule', 400 + 5_000],
    ['pay', 400 + 5_000],
  ])('%s counts grant so far', (step, before) =>
    expect(grantBefore(step, { approvedPence: 30, paidPence: 400, scheduledPence: 5_000 })).toBe(before),
  );

  const ratio = fc.record({
    matchPence: fc.integer({ min: 0, max: 1_000 }),
    perGrantPence: fc.integer({ min: 1, max: 1_000 }),
  });
  const amount = fc.integer({ min: 0, max: 1_000_000_000_000 });

  test('opens and shuts at the very penny: all that there is room for passes, and not a penny more', () =>
    fc.assert(
      fc.property(ratio, amount, amount, amount, (terms, accepted, paidPence, proposedPence) => {
        const at = (proposed: number) =>
          matchAtGate(
            facts({
              agreement: { ...facts().agreement, ...terms },
              acceptedMatchPence: accepted,
              grant: { approvedPence: 0, paidPence, scheduledPence: 0 },
              proposedPence: proposed,
            }),
          );
        const carries = (proposed: number) =>
          BigInt(accepted) * BigInt(terms.perGrantPence) >=
          BigInt(terms.matchPence) * (BigInt(paidPence) + BigInt(proposed));
        expect(at(proposedPence).shortfallPence === 0).toBe(carries(proposedPence));
        const { roomPence } = at(proposedPence);
        expect(roomPence === null).toBe(terms.matchPence === 0);
        if (roomPence === null || roomPence > 9_000_000_000_000) return;
        if (roomPence > 0) expect(at(roomPence).shortfallPence).toBe(0);
        expect(at(roomPence + 1).shortfallPence).toBeGreaterThan(0);
      }),
    ));

  test('no two payments on their way count the same match, in whatever order they are scheduled and paid', () =>
    fc.assert(
      fc.property(
        ratio,
        amount,
        fc.array(fc.record({ pence: fc.integer({ min: 1, max: 1_000_000 }), pay: fc.boolean() }), {
          maxLength: 12,
        }),
        (terms, accepted, claims) => {
          const agreement = { ...facts().agreement, ...terms };
          const acceptedMatchPence = accepted % 4_000_000;
          const passes = (step: GateStep, proposedPence: number, grant: MatchFacts['grant']) =>
            matchAtGate(facts({ agreement, acceptedMatchPence, step, proposedPence, grant }))
              .shortfallPence === 0;
          let [paidPence, scheduledPence] = [0, 0];
          for (const { pence, pay } of claims) {
            if (!passes('schedule', pence, { approvedPence: 0, paidPence, scheduledPence })) continue;
            scheduledPence += pence;
            const others = { approvedPence: 0, paidPence, scheduledPence: scheduledPence - pence };
            if (pay && passes('pay', pence, others)) {
              scheduledPence -= pence;
              paidPence += pence;
            }
            expect(
              BigInt(acceptedMatchPence) * BigInt(terms.perGrantPence) >=
                BigInt(terms.matchPence) * BigInt(paidPence + scheduledPence),
            ).toBe(true);
          }
        },
      ),
    ));
});
