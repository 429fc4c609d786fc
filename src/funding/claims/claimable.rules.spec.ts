import fc from 'fast-check';
import { claimableNow, type TrancheAtGate } from './claimable.rules.js';

const MILESTONE = { code: 'milestone-not-accepted', message: 'Not yet.' };
const SHORT = { code: 'match-below-ratio', message: 'Short.' };
const TRANCHE: TrancheAtGate = {
  id: 't2',
  number: 2,
  name: 'On delivery',
  basis: 'delivery',
  leftPence: 1_000,
  blockers: [],
  waivedCodes: [],
  matchRoomPence: 800,
};
const ADVANCE: TrancheAtGate = {
  ...TRANCHE,
  id: 't1',
  number: 1,
  basis: 'advance',
  leftPence: 300,
  matchRoomPence: null,
};
const lines = (...left: number[]) => left.map((leftPence) => ({ leftPence, yearClosed: false }));

test.each<[string, Partial<TrancheAtGate>, number[], number, number, string]>([
  ['the match', {}, [5_000], 0, 800, 'match'],
  ['what is claimed already', {}, [5_000], 300, 500, 'match'],
  ['the tranche', { matchRoomPence: 1_001 }, [5_000], 0, 1_000, 'tranche'],
  ['a tranche without match', { matchRoomPence: null }, [5_000], 999, 1_000, 'tranche'],
  ['its lines', {}, [300, 400], 0, 700, 'lines'],
  ['a gate that is shut', { blockers: [MILESTONE] }, [5_000], 0, 0, 'gate'],
  ['a gate that lets some through', { blockers: [SHORT] }, [5_000], 0, 800, 'match'],
  ['a gate that lets none through', { blockers: [SHORT], matchRoomPence: 0 }, [5_000], 0, 0, 'gate'],
  ['a match that is used up', {}, [5_000], 800, 0, 'gate'],
  ['more claimed than the match carries', {}, [5_000], 900, 0, 'gate'],
  [
    'a match that is waived',
    { waivedCodes: ['match-below-ratio'], matchRoomPence: 0 },
    [5_000],
    0,
    1_000,
    'tranche',
  ],
  ['a tranche that is drawn', { leftPence: 0 }, [5_000], 0, 0, 'tranche'],
  ['an award that is drawn', {}, [0, 0], 0, 0, 'lines'],
])('limited by %s', (_, over, left, claimedPence, expected, limitedBy) => {
  const found = claimableNow({ lines: lines(...left), claimedPence, tranches: [{ ...TRANCHE, ...over }] });
  expect(found.tranches[0]).toMatchObject({ claimableNowPence: expected, limitedBy });
  expect(found.claimableNowPence).toBe(expected);
});

test('tranches share the lines and the match; an advance needs none', () => {
  const two = { ...TRANCHE, id: 't3', number: 3 };
  const of = (left: number, ...tranches: TrancheAtGate[]) =>
    claimableNow({ lines: lines(left), claimedPence: 0, tranches }).claimableNowPence;
  expect(of(5_000, TRANCHE, two)).toBe(800);
  expect(of(5_000, ADVANCE, TRANCHE, two)).toBe(1_100);
  expect(of(900, ADVANCE, TRANCHE, two)).toBe(900);
  expect(of(5_000, ADVANCE, { ...TRANCHE, blockers: [MILESTONE] })).toBe(300);
  expect(of(5_000)).toBe(0);
});

test('nothing can be claimed of a year that is closed', () => {
  const closed = { leftPence: 400, yearClosed: true };
  const found = claimableNow({ lines: [closed, ...lines(50)], claimedPence: 0, tranches: [TRANCHE] });
  expect(found.claimableNowPence).toBe(50);
  expect(found.tranches[0]?.limitedBy).toBe('lines');
});

test('what can be claimed never exceeds any of its limits, and is never below zero', () => {
  const pence = fc.integer({ min: 0, max: 10_000 });
  const tranche = fc.record({
    id: fc.uuid(),
    number: fc.integer({ min: 1, max: 9 }),
    name: fc.constant('One'),
    basis: fc.constantFrom('advance' as const, 'delivery' as const),
    leftPence: pence,
    blockers: fc.subarray([MILESTONE, SHORT]),
    waivedCodes: fc.subarray(['match-below-ratio']),
    matchRoomPence: fc.option(pence),
  });
  fc.assert(
    fc.property(
      fc.array(pence, { maxLength: 6 }),
      pence,
      fc.array(tranche, { maxLength: 5 }),
      (left, claimed, tranches) => {
        const found = claimableNow({ lines: lines(...left), claimedPence: claimed, tranches });
        const linesPence = left.reduce((sum, each) => sum + each, 0);
        for (const [index, each] of found.tranches.entries()) {
          const given = tranches[index] as TrancheAtGate;
          const waived = given.waivedCodes.length > 0;
          expect(each.claimableNowPence).toBeGreaterThanOrEqual(0);
          expect(each.claimableNowPence).toBeLessThanOrEqual(given.leftPence);
          expect(each.claimableNowPence).toBeLessThanOrEqual(linesPence);
          if (given.matchRoomPence !== null && !waived)
            expect(each.claimableNowPence).toBeLessThanOrEqual(Math.max(0, given.matchRoomPence - claimed));
          if (given.blockers.includes(MILESTONE)) expect(each.claimableNowPence).toBe(0);
        }
        const total = found.tranches.reduce((sum, each) => sum + each.claimableNowPence, 0);
        expect(found.claimableNowPence).toBeLessThanOrEqual(Math.min(linesPence, total));
        expect(found.claimableNowPence).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
