import { type Blocker, blockers } from '../core/blockers.js';
import type { DateOn } from '../core/calendar.js';
import { formatPounds, matchFor, type Pence } from '../core/money.js';
import { defineTransitions } from '../core/transitions.js';

export const PAIRING_STATES = ['proposed', 'confirmed', 'ended'] as const;
export type PairingState = (typeof PAIRING_STATES)[number];
export type PairingVerb = 'confirm' | 'end';

/** A pairing of a follower with an exemplar: proposed by a list, confirmed or not, ended with a reason. */
export const PAIRING = defineTransitions<PairingState, PairingVerb>('pairing', 'proposed', PAIRING_STATES, {
  confirm: { from: ['proposed'], to: 'confirmed' },
  end: { from: ['proposed', 'confirmed'], to: 'ended' },
});

export const PAIRING_STEPS = ['confirmation', 'ending', 'award'] as const;
export type PairingStep = (typeof PAIRING_STEPS)[number];

/** Services of one body that went to another, all or part of them. */
export interface Succession {
  predecessor: string;
  successor: string;
  effectiveOn: DateOn;
}

/** When two bodies joined; null while they are apart. */
export interface Joined {
  on: DateOn;
  /** Whose services went to whom, at last. */
  predecessor: string;
  successor: string;
}

/**
 * When services of one of two bodies went to the other, directly or through others in between: from that day on, a
 * pairing of the two would be of a trust with itself (domain.md section 9, rule 11; section 2: most of North West
 * Boroughs joined Mersey Care, which it followed, on 1 June 2021). A body that is renamed stays itself.
 */
export function joinedOn(a: string, b: string, successions: readonly Succession[]): Joined | null {
  const ways = [
    [a, b],
    [b, a],
  ] as const;
  const joins = ways.flatMap(([from, to]) => {
    const on = reachedOn(from, to, successions);
    return on === null ? [] : [{ on, predecessor: from, successor: to }];
  });
  return joins.sort((one, other) => (one.on < other.on ? -1 : 1))[0] ?? null;
}

/** The day on which services of a body first reached another, each step no earlier than the one before. */
function reachedOn(from: string, to: string, successions: readonly Succession[]): DateOn | null {
  const reached = new Map<string, DateOn>([[from, '1900-01-01']]);
  // They may be listed in any order: each is looked at until no body is reached any earlier.
  for (let earlier = true; earlier; ) {
    earlier = false;
    for (const { predecessor, successor, effectiveOn } of successions) {
      const [since, known] = [reached.get(predecessor), reached.get(successor)];
      if (since === undefined || since > effectiveOn || (known !== undefined && known <= effectiveOn))
        continue;
      reached.set(successor, effectiveOn);
      earlier = true;
    }
  }
  return reached.get(to) ?? null;
}

/** Where a pairing stands on a day: one whose two bodies have joined is ended, whatever was decided. */
export function standingOf(
  decided: PairingState,
  joined: Joined | null,
  today: DateOn,
): { state: PairingState; byJoining: boolean } {
  const byJoining = decided !== 'ended' && joined !== null && joined.on <= today;
  return { state: byJoining ? 'ended' : decided, byJoining };
}

const follows = (joined: Joined): Blocker => ({
  code: 'follows-itself',
  message: `Services of one of the two went to the other on ${joined.on}. No trust follows itself: the pairing ended on that day.`,
  pointer: '/state',
});

/** What a step of a pairing depends on. */
export interface PairingFacts {
  state: PairingState;
  joined: Joined | null;
}

/** Why a step of a pairing cannot be taken on a day. */
export function pairingBlockers(
  step: PairingStep,
  { state, joined }: PairingFacts,
  today: DateOn,
): Blocker[] {
  const self = joined !== null && joined.on <= today && state !== 'ended' && follows(joined);
  if (step === 'ending') return PAIRING.blockers('end', state);
  return blockers(
    ...(step === 'confirmation' ? PAIRING.blockers('confirm', state) : []),
    step === 'award' &&
      state !== 'confirmed' && {
        code: 'not-confirmed',
        message: `This pairing is ${state}. Only a confirmed follower is awarded money.`,
        pointer: '/state',
      },
    self,
  );
}

/** Why a follower cannot be awarded so much. @param mostPence what its programme allows at most; null where it does not say */
export function awardBlockers(awardPence: Pence, mostPence: Pence | null): Blocker[] {
  return blockers(
    mostPence !== null &&
      awardPence > mostPence && {
        code: 'beyond-most-award',
        message: `A follower of this programme is awarded ${formatPounds(mostPence)} at most. Correct the award.`,
        pointer: '/awardPence',
      },
  );
}

/** The steps that are open on a day. */
export const openPairingSteps = (facts: PairingFacts, today: DateOn): PairingStep[] =>
  PAIRING_STEPS.filter((step) => pairingBlockers(step, facts, today).length === 0);

/** By how much a follower's match is below what its award asks for, at a programme's ratio; 0 where it is not. */
export function matchShortPence(
  { awardPence, matchPence }: { awardPence: Pence; matchPence: Pence },
  ratio: { matchPence: number; perGrantPence: number },
): Pence {
  return Math.max(0, matchFor(awardPence, ratio) - matchPence);
}
