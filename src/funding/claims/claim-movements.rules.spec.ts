import fc from 'fast-check';
import { sumPence } from '../../core/money.js';
import { accountKey, applied, entryBlockers, type Movement } from '../ledger.rules.js';
import { approvalMovements, claimMovements, releaseMovements } from './claim-movements.rules.js';

const drawn = fc.array(
  fc
    .record({
      lineId: fc.constantFrom('a', 'b', 'c'),
      claimedPence: fc.integer({ min: 1, max: 1_000_000 }),
      share: fc.integer({ min: 0, max: 100 }),
    })
    .map(({ lineId, claimedPence, share }) => ({
      lineId,
      claimedPence,
      approvedPence: Math.floor((claimedPence * share) / 100),
      incurredOn: '2017-10-02',
    })),
  { minLength: 1, maxLength: 12 },
);
const amounts = (movements: readonly Movement[], to: string) =>
  sumPence(movements.filter((movement) => movement.to === to).map(({ amountPence }) => amountPence));

test.each<['costs' | 'advance', object]>([
  ['costs', { incurredOn: '2017-10-02' }],
  ['advance', {}],
])('%s are claimed from their tranche, with the day where costs have one', (kind, day) =>
  expect(claimMovements(kind, [{ lineId: 'a', claimedPence: 1, incurredOn: '2017-10-02' }], 't')).toEqual([
    {
      lineId: 'a',
      source: 'grant',
      from: 'awarded',
      to: 'claimed',
      amountPence: 1,
      trancheId: 't',
      ...day,
    },
  ]),
);

test('whatever is approved of each line, it sums to what was claimed, line by line and to the penny', () => {
  fc.assert(
    fc.property(drawn, (lines) => {
      const awarded = new Map(['a', 'b', 'c'].map((id) => [accountKey(id, 'grant', 'awarded'), 100_000_000]));
      const claim = claimMovements('costs', lines, 't');
      const approve = approvalMovements(lines, 't');
      expect(entryBlockers({ kind: 'claim', datedOn: '', narrative: '', movements: claim })).toEqual([]);
      const after = applied(applied(awarded, claim).balances, approve);
      expect(after.blockers).toEqual([]);
      for (const id of ['a', 'b', 'c']) {
        const own = lines.filter(({ lineId }) => lineId === id);
        const approved = sumPence(own.map(({ approvedPence }) => approvedPence));
        const at = (stage: 'awarded' | 'claimed' | 'approved') =>
          after.balances.get(accountKey(id, 'grant', stage)) ?? 0;
        expect([at('awarded'), at('claimed'), at('approved')]).toEqual([100_000_000 - approved, 0, approved]);
      }
      expect(amounts(approve, 'approved') + amounts(approve, 'awarded')).toBe(amounts(claim, 'claimed'));
    }),
  );
});

test('what is released is what was claimed, or what was approved', () => {
  fc.assert(
    fc.property(drawn, (lines) => {
      const back = releaseMovements(
        lines.map(({ lineId, claimedPence }) => ({ lineId, amountPence: claimedPence })),
        'claimed',
        't',
      );
      expect(amounts(back, 'awarded')).toBe(amounts(claimMovements('costs', lines, 't'), 'claimed'));
      const approved = releaseMovements(
        lines.map(({ lineId, approvedPence }) => ({ lineId, amountPence: approvedPence })),
        'approved',
        't',
      );
      expect(amounts(approved, 'awarded')).toBe(amounts(approvalMovements(lines, 't'), 'approved'));
      expect(
        [...back, ...approved].every(({ amountPence, trancheId }) => amountPence > 0 && trancheId === 't'),
      ).toBe(true);
    }),
  );
});

test('costs are posted line by line with their days; an advance has none', () => {
  const lines = [
    { lineId: 'a', claimedPence: 1, incurredOn: '2017-10-02' },
    { lineId: 'a', claimedPence: 2, incurredOn: '2017-10-03' },
  ];
  expect(claimMovements('costs', lines, 't').map(({ incurredOn }) => incurredOn)).toEqual([
    '2017-10-02',
    '2017-10-03',
  ]);
  expect(claimMovements('advance', lines, 't').filter((movement) => 'incurredOn' in movement)).toEqual([]);
  expect(claimMovements('advance', lines, 't')).toHaveLength(2);
});
