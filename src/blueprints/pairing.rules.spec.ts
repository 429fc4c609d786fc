import fc from 'fast-check';
import {
  awardBlockers,
  joinedOn,
  matchShortPence,
  openPairingSteps,
  PAIRING,
  type PairingState,
  type PairingStep,
  pairingBlockers,
  type Succession,
  standingOf,
} from './pairing.rules.js';

const went = (predecessor: string, successor: string, effectiveOn: string): Succession => ({
  ...{ predecessor, successor, effectiveOn },
});
/** As the definition has them: Wigan elsewhere, the rest of North West Boroughs to Mersey Care. */
const NORTH_WEST = [
  went('RTV', 'RXV', '2021-04-01'),
  went('RTV', 'RW4', '2021-06-01'),
  went('RX4', 'RX4', '2019-10-01'),
];

test.each<[string, string, Succession[], string | null]>([
  ['RTV', 'RW4', NORTH_WEST, '2021-06-01'],
  ['RW4', 'RTV', NORTH_WEST, '2021-06-01'],
  ['RX4', 'RNN', NORTH_WEST, null],
  ['RXV', 'RW4', NORTH_WEST, null],
  ['A', 'C', [went('B', 'C', '2020-01-02'), went('A', 'B', '2020-01-01')], '2020-01-02'],
  ['A', 'C', [went('B', 'C', '2020-01-01'), went('A', 'B', '2020-01-01')], '2020-01-01'],
  // The way that is listed last and through another is the earlier one.
  [
    'A',
    'C',
    [went('A', 'C', '2020-02-01'), went('B', 'C', '2020-01-01'), went('A', 'B', '2020-01-01')],
    '2020-01-01',
  ],
  // What went on before it came cannot have come along.
  ['A', 'C', [went('B', 'C', '2019-12-31'), went('A', 'B', '2020-01-01')], null],
])('when %s and %s joined', (a, b, successions, expected) =>
  expect(joinedOn(a, b, successions)?.on ?? null).toBe(expected),
);

test.each<[PairingState, string, PairingState, boolean]>([
  ['confirmed', '2021-05-31', 'confirmed', false],
  ['confirmed', '2021-06-01', 'ended', true],
  ['proposed', '2021-06-01', 'ended', true],
  ['ended', '2021-06-01', 'ended', false],
])('a pairing that was %s stands on %s as %s', (decided, today, state, byJoining) =>
  expect(standingOf(decided, joinedOn('RTV', 'RW4', NORTH_WEST), today)).toEqual({ state, byJoining }),
);

test.each<[PairingStep, PairingState, string, string[]]>([
  ['confirmation', 'proposed', '2021-05-31', []],
  ['confirmation', 'proposed', '2021-06-01', ['follows-itself']],
  ['confirmation', 'confirmed', '2021-05-31', ['wrong-state']],
  ['confirmation', 'ended', '2021-06-01', ['wrong-state']],
  ['ending', 'proposed', '2021-05-31', []],
  ['ending', 'confirmed', '2021-06-01', []],
  ['ending', 'ended', '2021-05-31', ['wrong-state']],
  ['award', 'proposed', '2021-05-31', ['not-confirmed']],
  ['award', 'confirmed', '2021-05-31', []],
  ['award', 'confirmed', '2021-06-01', ['follows-itself']],
])('%s of one that is %s on %s', (step, state, today, expected) => {
  const facts = { state, joined: joinedOn('RTV', 'RW4', NORTH_WEST) };
  expect(pairingBlockers(step, facts, today)).toMatchObject(
    expected.map((code) => ({ code, pointer: '/state' })),
  );
  expect(openPairingSteps(facts, today).includes(step)).toBe(expected.length === 0);
});

test.each<[number, number | null, string[]]>([
  [300_000_000, 300_000_000, []],
  [
    300_000_001,
    300_000_000,
    ['A follower of this programme is awarded £3,000,000 at most. Correct the award.'],
  ],
  [300_000_001, null, []],
  [1, 0, ['A follower of this programme is awarded £0 at most. Correct the award.']],
])('an award of %i where %s is the most', (awardPence, most, expected) =>
  expect(awardBlockers(awardPence, most)).toMatchObject(
    expected.map((message) => ({ code: 'beyond-most-award', message, pointer: '/awardPence' })),
  ),
);

test.each<[number, number, number, number]>([
  [300, 300, 1, 0],
  [300, 299, 1, 1],
  [300, 400, 1, 0],
  [100, 33, 3, 1],
])(
  'an award of %i with match of %i, at 1 for %i, is short by %i',
  (awardPence, matchPence, perGrantPence, short) =>
    expect(matchShortPence({ awardPence, matchPence }, { matchPence: 1, perGrantPence })).toBe(short),
);

const bodies = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const days = fc.integer({ min: 1, max: 28 }).map((day) => `2021-06-${String(day).padStart(2, '0')}`);
const histories = fc.array(
  fc.tuple(bodies, bodies, days).map(([a, b, on]) => went(a, b, on)),
  { maxLength: 12 },
);
const walks = fc.array(fc.tuple(fc.constantFrom('confirmation', 'ending' as const), days), { maxLength: 6 });

test('no trust follows itself, also not after a succession part-way', () => {
  fc.assert(
    fc.property(bodies, bodies, histories, walks, days, (follower, exemplar, history, walk, today) => {
      const joined = joinedOn(follower, exemplar, history);
      let state: PairingState = PAIRING.initial;
      for (const [step, on] of walk.toSorted(([, one], [, other]) => one.localeCompare(other)))
        if (pairingBlockers(step, { state, joined }, on).length === 0) {
          // Nobody is ever confirmed as the follower of what it has become.
          if (step === 'confirmation') expect(joined === null || joined.on > on).toBe(true);
          state = PAIRING.next(step === 'confirmation' ? 'confirm' : 'end', state);
        }
      const standing = standingOf(state, joined, today);
      if (follower === exemplar || (joined && joined.on <= today)) expect(standing.state).toBe('ended');
      else expect(standing.state).toBe(state);
      // Once joined, never apart again; and it is the same whichever of the two is asked about first.
      expect(joinedOn(exemplar, follower, history)?.on).toBe(joined?.on);
      if (joined) expect(joinedOn(follower, exemplar, [...history, went('D', 'E', today)])).not.toBeNull();
    }),
    { numRuns: 2_000, seed: 21 },
  );
});
