import type { Sql } from '../../database/sql.js';
import type { ClaimState } from '../claims/claim-states.js';
import type { WaivedBlocker } from '../gates/gate-waiver.rules.js';
import { type PersonRef, peopleIn, personOf } from '../people.queries.js';
import type { PaymentState } from './payment.rules.js';
import type { PeopleByDuty, RecoveryDuties } from './payment-duties.rules.js';
import type { DecisionFacts, PaymentGateFacts } from './payment-exceptions.rules.js';

/** A payment as lists of an auditor name it. */
export interface AuditedPayment {
  id: string;
  reference: string;
  state: PaymentState;
  amountPence: number;
  scheduledOn: string;
  paidOn: string | null;
  trust: { odsCode: string; name: string };
  claim: { id: string; reference: string; kind: 'costs' | 'advance'; state: ClaimState };
  tranche: { id: string; number: number; name: string };
  illustrative: boolean;
}

/** A decision about a payment's claim: who made it, when, and what was waived by whom. */
export interface AuditedDecision extends DecisionFacts {
  decidedBy: PersonRef | null;
  decidedAt: string;
  waived: WaivedBlocker[];
}

const AUDITED = `json_build_object('id', y.id, 'reference', y.reference, 'state', y.state, 'amountPence', y.amount_pence,
    'scheduledOn', y.scheduled_on, 'paidOn', y.paid_on,
    'trust', json_build_object('odsCode', o.ods_code, 'name', o.name),
    'claim', json_build_object('id', c.id, 'reference', c.reference, 'kind', c.kind, 'state', c.state),
    'tranche', json_build_object('id', t.id, 'number', t.number, 'name', t.name), 'illustrative', y.illustrative)`;

/** The gate decisions about the claim of a payment `y`, oldest first, as they stand to that payment. */
export const DECISIONS = `(select coalesce(json_agg(json_build_object('id', d.id, 'step', d.step, 'openedBy', d.opened_by,
      'byScheduling', d.decided_at <= y.scheduled_at, 'withScheduling', d.decided_at = y.scheduled_at,
      'byRecording', coalesce(d.decided_at <= y.recorded_at, false),
      'waiverWithdrawn', exists (select from gate_waiver w
         where (w.id = d.waiver_id or w.id::text in (select e -> 'waiver' ->> 'id' from jsonb_array_elements(d.waived) e))
           and w.withdrawn_at <= d.decided_at),
      'decidedBy', ${personOf('d.decided_by')}, 'decidedAt', d.decided_at, 'waived', d.waived)
      order by d.decided_at, d.id), '[]')
    from gate_decision d where d.claim_id = y.claim_id)`;

const FROM = `from payment y join organisation o on o.id = y.trust_id join claim c on c.id = y.claim_id
    join tranche t on t.id = y.tranche_id`;

/** Payments by their ids, each with the gate decisions about its claim, oldest first. */
export function paymentsWithDecisions(
  sql: Sql,
  ids: readonly string[],
): Promise<Array<{ payment: AuditedPayment; gateDecisionId: string; decisions: AuditedDecision[] }>> {
  return sql.query(
    `select ${AUDITED} as payment, y.gate_decision_id as "gateDecisionId", ${DECISIONS} as decisions
     ${FROM} where y.id = any ($1) order by y.id`,
    [ids],
  );
}

/** What the rules of exceptions look at. */
export const gateFactsOf = (row: {
  payment: AuditedPayment;
  gateDecisionId: string;
  decisions: AuditedDecision[];
}): PaymentGateFacts & { decisions: AuditedDecision[] } => ({
  state: row.payment.state,
  scheduledOn: row.payment.scheduledOn,
  paidOn: row.payment.paidOn,
  gateDecisionId: row.gateDecisionId,
  decisions: row.decisions,
});

/** A paid claim with all who had a hand in it. */
export interface PaidClaim {
  payment: AuditedPayment;
  people: PeopleByDuty;
  approvedPence: number;
  secondApprovalAbovePence: number | null;
  recoveries: RecoveryDuties[];
  /** What was waived in any decision about it. */
  waived: WaivedBlocker[];
}

/** Of what stood at moments, by number: what stood last until one; where nothing did, as of a played day, what stood first. */
export const stoodAt = (since: string, number: string, moment: string): string =>
  `order by ${since} <= ${moment} desc, case when ${since} <= ${moment} then -${number} else ${number} end limit 1`;

/** The threshold for a second approval as the programme had it when a claim was approved, by the log. */
const THRESHOLD_THEN = `(select (e.new_image -> 'terms' -> 'payments' ->> 'secondApproverAbovePence')::bigint from log_entry e
    where e.table_name = 'programme' and e.subject_id = c.programme_id
    ${stoodAt('e.recorded_at', 'e.number', 'c.approved_at')})`;

const one = (column: string): string => peopleIn(`array[${column}]`);

/** Paid claims, by the ids of their payments, with who did what. */
export function paidClaims(sql: Sql, ids: readonly string[]): Promise<PaidClaim[]> {
  return sql.query<PaidClaim>(
    `select ${AUDITED} as payment,
       json_build_object('preparer', ${peopleIn('c.prepared_by')}, 'certifier', ${one('c.certified_by')},
         'checker', ${one('c.checked_by')}, 'recommender', ${one('c.recommended_by')},
         'approver', ${one('c.approved_by')}, 'second-approver', ${one('c.second_approved_by')},
         'scheduler', ${one('y.scheduled_by')}, 'payer', ${one('y.paid_by')}) as people,
       c.approved_pence as "approvedPence", ${THRESHOLD_THEN} as "secondApprovalAbovePence",
       (select coalesce(json_agg(json_build_object('reference', r.reference, 'writtenOff', r.state = 'written-off',
            'raisedBy', ${personOf('r.raised_by')}, 'closedBy', ${personOf('r.closed_by')}) order by r.id), '[]')
         from recovery r where r.payment_id = y.id) as recoveries,
       (select coalesce(jsonb_agg(e order by d.decided_at, d.id), '[]')
         from gate_decision d, jsonb_array_elements(d.waived) e where d.claim_id = c.id) as waived
     ${FROM} where y.id = any ($1) order by y.id`,
    [ids],
  );
}

/** How many of a programme's payments are in each state, and what they come to in pence. */
export function paymentTotals(
  sql: Sql,
  programmeId: string,
): Promise<Array<{ state: PaymentState; count: number; amountPence: number }>> {
  return sql.query(
    `select state, count(*)::int as count, sum(amount_pence)::bigint as "amountPence" from payment
     where programme_id = $1 group by state order by state`,
    [programmeId],
  );
}
