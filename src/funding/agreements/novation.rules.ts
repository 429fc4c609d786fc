import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { type Pence, sumPence } from '../../core/money.js';
import type { Movement, Source, Stage } from '../ledger.rules.js';
import { preparerBlockers } from './agreement.rules.js';
import type { AgreementTerms, Party } from './agreement-terms.js';

/** What a novation is decided on. */
export interface NovationFacts {
  /** Whoever holds the agreement, and whoever is to. */
  holder: Party;
  successor: Party;
  effectiveOn: DateOn;
  activatedOn: DateOn;
  today: DateOn;
  /** The first day on which the successor had taken over all of the holder; null where no definition says so. */
  tookOverOn: DateOn | null;
  /** Roles that stand in which one of the two follows the other, by ODS codes. */
  following: ReadonlyArray<{ programme: string; follower: string; follows: string }>;
  approverId: string;
  /** Who prepared the version that goes to the successor. */
  preparerIds: readonly string[];
}

/**
 * What keeps an agreement from going to another trust (domain.md section 9, rules 5 and 11): only whoever took over all
 * of its holder takes it, from that day on; nobody approves what they prepared; and no trust comes to follow itself.
 */
export function novationBlockers(facts: NovationFacts): Blocker[] {
  const { holder, successor, effectiveOn, activatedOn, today, tookOverOn, following } = facts;
  return [
    ...preparerBlockers(facts.approverId, facts.preparerIds),
    ...blockers(
      holder.odsCode === successor.odsCode && {
        code: 'novated-to-itself',
        message: `${holder.name} holds this agreement already.`,
        pointer: '/successor',
      },
      holder.odsCode !== successor.odsCode &&
        tookOverOn === null && {
          code: 'no-succession',
          message: `No definition says that ${successor.name} took over all of ${holder.name}.`,
          pointer: '/successor',
          clearedBy: 'A succession of the kind took-over-all in the definition',
        },
      tookOverOn !== null &&
        effectiveOn < tookOverOn && {
          code: 'before-succession',
          message: `${successor.name} took over on ${formatDate(tookOverOn)}; the novation takes effect on that day or later.`,
          pointer: '/effectiveOn',
        },
      effectiveOn < activatedOn && {
        code: 'before-agreement',
        message: `The agreement is in force from ${formatDate(activatedOn)}; it cannot change hands before.`,
        pointer: '/effectiveOn',
      },
      effectiveOn > today && {
        code: 'effective-in-future',
        message: `Today is ${formatDate(today)}: a novation is recorded on the day when it takes effect, or later.`,
        pointer: '/effectiveOn',
      },
    ),
    ...following.map(({ programme, follower, follows }) => ({
      code: 'would-follow-itself',
      message: `${follower} follows ${follows} in ${programme}, and the two become one: nobody follows itself.`,
      clearedBy: 'A definition in which that role has ended',
      pointer: '/successor',
    })),
  ];
}

/** What stands in one account of a line, in pence, and the line of the successor that it goes to. */
export interface NovatedBalance {
  lineId: string;
  toLineId: string;
  source: Source;
  stage: Stage;
  balancePence: Pence;
}

/**
 * Every balance, out of the lines that are left and into the successor's: what leaves a stage arrives at the same one,
 * so that nothing is counted twice and no total changes (domain.md section 9, rule 11).
 */
export function novationMovements(balances: readonly NovatedBalance[]): {
  leaving: Movement[];
  arriving: Movement[];
} {
  const held = balances.filter(({ stage, balancePence }) => stage !== 'outside' && balancePence > 0);
  return {
    leaving: held.map(({ lineId, source, stage, balancePence }) => ({
      lineId,
      source,
      from: stage,
      to: 'outside',
      amountPence: balancePence,
    })),
    arriving: held.map(({ toLineId, source, stage, balancePence }) => ({
      lineId: toLineId,
      source,
      from: 'outside',
      to: stage,
      amountPence: balancePence,
    })),
  };
}

/**
 * The terms as the successor takes them over: another recipient, and of each tranche what is not drawn yet, under its
 * number. A tranche that is drawn in full is left out.
 * @param drawn in pence, by the number of the tranche
 */
export function novatedTerms(
  terms: AgreementTerms,
  recipient: Party,
  drawn: ReadonlyMap<number, Pence>,
): AgreementTerms {
  const drawnOf = (number: number): Pence => drawn.get(number) ?? 0;
  const drawnBeforePence = sumPence([
    terms.drawnBeforePence ?? 0,
    ...terms.tranches.map(({ number }) => drawnOf(number)),
  ]);
  return {
    ...terms,
    parties: { ...terms.parties, recipient },
    tranches: terms.tranches
      .map((tranche) => ({ ...tranche, grantPence: tranche.grantPence - drawnOf(tranche.number) }))
      .filter(({ grantPence }) => grantPence > 0),
    ...(drawnBeforePence > 0 ? { drawnBeforePence } : {}),
  };
}
