import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import type { AgreementRowView } from '../../funding/agreements/agreement.queries.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import type { ClaimState } from '../../funding/claims/claim-states.js';
import type { ContributionRowView } from '../../funding/match/contribution.queries.js';
import type { MatchStanding } from '../../funding/match/match.reader.js';
import type { PaymentView } from '../../funding/payments/payment.queries.js';
import { day, plural, pounds, words } from '../page/format.js';
import { dueStatus, type Task } from './task.js';

const TODO: Partial<Record<ClaimState, string>> = {
  'fd-certified': 'Submit',
  submitted: 'Check the evidence of',
  'evidence-check': 'Recommend or query',
  queried: 'Answer the queries on',
  recommended: 'Approve',
  approved: 'Schedule the payment of',
  'part-approved': 'Schedule the payment of',
  scheduled: 'Pay',
  'recovery-raised': 'Agree to the recovery of',
  'recovery-agreed': 'Recover',
};

/** Claims that wait for an actor; payments that are scheduled are told of as payments. */
export function claimTasks(actor: Actor, rows: readonly ClaimRowView[]): Task[] {
  return rows
    .filter(({ state }) => state !== 'scheduled')
    .map((row) => {
      const todo =
        row.state === 'draft' ? (actor.role === 'trust-lead' ? 'Finish' : 'Certify') : TODO[row.state];
      return {
        group: 'Claims and payments',
        title: `${todo ?? 'Go on with'} claim ${row.reference}, ${pounds(row.claimedPence)}`,
        note: [
          actor.trustId === null ? row.trust.name : null,
          row.halfApproved ? 'one of two approvals is given' : null,
          row.ageDays === 0 ? 'since today' : `waits for ${plural(row.ageDays, 'day')}`,
        ]
          .filter(Boolean)
          .join('; '),
        href: `/claims/${row.id}`,
        dueOn: null,
        status: { words: words(row.state), colour: row.state === 'queried' ? 'orange' : 'blue' },
      };
    });
}

/** Payments that are scheduled, the earliest first. */
export function paymentTasks(rows: readonly PaymentView[], today: DateOn): Task[] {
  return rows
    .map(
      (row): Task => ({
        group: 'Claims and payments',
        title: `Make payment ${row.reference}, ${pounds(row.amountPence)}`,
        note: row.trust.name,
        href: `/payments/${row.id}`,
        dueOn: row.scheduledFor,
        status: dueStatus(row.scheduledFor, today, 'Scheduled', 'blue'),
      }),
    )
    .sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
}

/** Agreements that wait for one verb of an actor's. */
export function agreementTasks(verb: string, rows: readonly AgreementRowView[]): Task[] {
  return rows.map((row) => ({
    group: 'Agreements and match',
    title: `${verb} agreement ${row.reference}`,
    note: `${row.trust.name}; grant ${pounds(row.agreedGrantPence)}, match ${pounds(row.agreedMatchPence)}`,
    href: `/agreements/${row.id}`,
    dueOn: null,
    status: { words: words(row.state), colour: 'blue' },
  }));
}

/** Match that an assessor may accept. */
export function acceptanceTasks(rows: readonly ContributionRowView[]): Task[] {
  return rows.map((row) => ({
    group: 'Agreements and match',
    title: `Accept or reject match ${row.reference}, ${pounds(row.amountPence)}`,
    note: `${row.trust.name}: ${row.description}`,
    href: `/contributions/${row.id}`,
    dueOn: null,
    status: { words: 'Evidenced', colour: 'blue' },
  }));
}

/** Match that a trust still has to have accepted before its next gate. */
export function matchTasks(slug: string, standings: readonly MatchStanding[], today: DateOn): Task[] {
  return standings.flatMap(({ agreement, gates, nextGate, evidencedPence }): Task[] => {
    const gate = gates.find(({ tranche }) => tranche.number === nextGate);
    if (!gate || gate.exempt || gate.stillToAcceptPence <= 0) return [];
    const { tranche, expectedOn, stillToAcceptPence } = gate;
    const lacking = Math.max(0, stillToAcceptPence - evidencedPence);
    return [
      {
        group: 'Agreements and match',
        title:
          lacking > 0
            ? `Evidence ${pounds(lacking)} more match for tranche ${tranche.number}, ${tranche.name}`
            : `Match for tranche ${tranche.number}, ${tranche.name}, waits to be accepted`,
        note: `${agreement.reference}: ${pounds(stillToAcceptPence)} is to be accepted before the gate, expected on ${day(expectedOn)}; ${pounds(evidencedPence)} is evidenced`,
        href: `/programmes/${slug}/match`,
        dueOn: expectedOn,
        status: dueStatus(expectedOn, today, 'Match needed', 'yellow'),
      },
    ];
  });
}
