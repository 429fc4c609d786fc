import { firstRow, type Sql } from '../../database/sql.js';
import type { MilestoneState } from '../../milestones/milestone.rules.js';
import { type ClaimView, claim } from '../claims/claim.queries.js';
import type { WaivedBlocker } from '../gates/gate-waiver.rules.js';
import { type JournalView, journalsOfPayment } from '../journal.queries.js';
import { type PersonRef, personOf } from '../people.queries.js';
import type { ExtractOrigin, ExtractResult } from './extract.rules.js';
import { type PaymentView, payment } from './payment.queries.js';
import { type AuditedDecision, DECISIONS } from './payment-audit.queries.js';
import { type ChainGap, gapsIn } from './payment-chain.rules.js';
import { decisionsOf } from './payment-exceptions.rules.js';
import { type RecoveryView, recoveriesOfPayment } from './recovery.queries.js';

/** A waiver that opened a gate, as it is now. */
export interface ChainWaiver {
  id: string;
  codes: string[];
  reason: string;
  authority: string;
  grantedBy: PersonRef | null;
  grantedAt: string;
  expiresOn: string | null;
  withdrawnAt: string | null;
}

/** A gate decision with what was looked at, and what was waived. */
export interface ChainDecision {
  id: string;
  step: AuditedDecision['step'];
  openedBy: AuditedDecision['openedBy'];
  decidedBy: PersonRef | null;
  decidedAt: string;
  facts: object;
  waived: WaivedBlocker[];
  waivers: ChainWaiver[];
}

/** What stands behind a payment before its claim. */
interface ChainGround {
  award: { id: string; grantPence: number; matchPence: number; sourced: object } | null;
  agreement: {
    id: string;
    reference: string;
    state: string;
    /** The agreement that it took over. */
    predecessor: { id: string; reference: string } | null;
    /** In force on the day of the payment. */
    version: {
      id: string;
      number: number;
      effectiveOn: string;
      preparedBy: PersonRef | null;
      preparedAt: string;
      approvedBy: PersonRef | null;
      approvedAt: string;
      signedBy: PersonRef | null;
      signedAt: string | null;
      changeRequest: { id: string; reference: string } | null;
    } | null;
  };
  tranche: {
    id: string;
    number: number;
    name: string;
    basis: 'advance' | 'delivery';
    plannedOn: string;
    grantPence: number;
    milestones: Array<{
      id: string;
      code: string;
      name: string;
      state: MilestoneState;
      actualOn: string | null;
      evidence: Array<{
        id: string;
        fileName: string;
        sha256: string;
        uploadedBy: PersonRef | null;
        uploadedAt: string;
      }>;
    }>;
  };
}

/** A line of an extract that names the payment, with what became of it. */
export interface ChainExtractLine {
  id: string;
  /** File and hash are null where the extract is not the reader's to see. */
  extract: {
    id: string;
    origin: ExtractOrigin | null;
    fileName: string | null;
    sha256: string | null;
    uploadedBy: PersonRef | null;
    uploadedAt: string | null;
  };
  line: number | null;
  bookedOn: string | null;
  reference: string | null;
  amountPence: number | null;
  result: ExtractResult;
  explanation: string;
}

/** A payment with all that it rests on and all that followed, each with its id and its time. */
export interface PaymentChain extends ChainGround {
  payment: PaymentView;
  decisions: ChainDecision[];
  claim: Pick<
    ClaimView,
    | 'id'
    | 'reference'
    | 'kind'
    | 'state'
    | 'version'
    | 'description'
    | 'claimedPence'
    | 'approvedPence'
    | 'people'
    | 'lines'
    | 'evidence'
  >;
  journals: JournalView[];
  extractLines: ChainExtractLine[];
  recoveries: RecoveryView[];
  /** What is missing; empty where the chain is whole. */
  gaps: ChainGap[];
}

const MILESTONES = `(select coalesce(json_agg(json_build_object('id', m.id, 'code', j.code || '/' || m.code, 'name', m.name,
      'state', m.state, 'actualOn', m.actual_on,
      'evidence', (select coalesce(json_agg(json_build_object('id', e.id, 'fileName', e.file_name, 'sha256', e.sha256,
          'uploadedBy', ${personOf('e.uploaded_by')}, 'uploadedAt', e.uploaded_at) order by e.id), '[]')
        from evidence e where e.milestone_id = m.id)) order by m.baseline_on, m.id), '[]')
    from tranche_milestone x join milestone m on m.id = x.milestone_id join project j on j.id = m.project_id
    where x.tranche_id = t.id)`;

/** On the day on which it was paid, or else is scheduled for. */
const VERSION = `(select json_build_object('id', v.id, 'number', v.number, 'effectiveOn', v.effective_on,
      'preparedBy', ${personOf('v.prepared_by')}, 'preparedAt', v.prepared_at,
      'approvedBy', ${personOf('v.approved_by')}, 'approvedAt', v.approved_at,
      'signedBy', ${personOf('v.signed_by')}, 'signedAt', v.signed_at,
      'changeRequest', (select json_build_object('id', h.id, 'reference', h.reference) from change_request h
         where h.id = v.change_request_id))
    from agreement_version v
    where v.agreement_id = g.id and v.approved_at is not null and v.effective_on <= coalesce(y.paid_on, y.scheduled_for)
    order by v.number desc limit 1)`;

function groundOf(sql: Sql, paymentId: string): Promise<ChainGround | undefined> {
  return firstRow<ChainGround>(
    sql,
    `select (select json_build_object('id', a.id, 'grantPence', a.grant_pence, 'matchPence', a.match_pence,
           'sourced', a.provenance) from award a where a.id = g.award_id) as award,
       json_build_object('id', g.id, 'reference', g.reference, 'state', g.state,
         'predecessor', (select json_build_object('id', b.id, 'reference', b.reference) from agreement b
            where b.id = g.predecessor_id), 'version', ${VERSION}) as agreement,
       json_build_object('id', t.id, 'number', t.number, 'name', t.name, 'basis', t.basis, 'plannedOn', t.planned_on,
         'grantPence', t.grant_pence, 'milestones', ${MILESTONES}) as tranche
     from payment y join agreement g on g.id = y.agreement_id join tranche t on t.id = y.tranche_id where y.id = $1`,
    [paymentId],
  );
}

const WAIVERS = `(select coalesce(json_agg(json_build_object('id', w.id, 'codes', w.codes, 'reason', w.reason,
      'authority', w.authority, 'grantedBy', ${personOf('w.granted_by')}, 'grantedAt', w.granted_at,
      'expiresOn', w.expires_on, 'withdrawnAt', w.withdrawn_at) order by w.id), '[]')
    from gate_waiver w
    where w.id = d.waiver_id or w.id::text in (select e -> 'waiver' ->> 'id' from jsonb_array_elements(d.waived) e))`;

async function decisionsFor(sql: Sql, paymentId: string): Promise<ChainDecision[]> {
  const row = await firstRow<{ decisions: AuditedDecision[] }>(
    sql,
    `select ${DECISIONS} as decisions from payment y where y.id = $1`,
    [paymentId],
  );
  const ids = decisionsOf(row?.decisions ?? []).map(({ id }) => id);
  return sql.query<ChainDecision>(
    `select d.id, d.step, d.opened_by as "openedBy", ${personOf('d.decided_by')} as "decidedBy",
       to_json(d.decided_at) as "decidedAt", d.facts, d.waived, ${WAIVERS} as waivers
     from gate_decision d where d.id = any ($1) order by d.decided_at, d.id`,
    [ids],
  );
}

function extractLinesOf(sql: Sql, paymentId: string): Promise<ChainExtractLine[]> {
  return sql.query<ChainExtractLine>(
    `select i.id, json_build_object('id', i.extract_id, 'origin', e.origin, 'fileName', e.file_name, 'sha256', e.sha256,
         'uploadedBy', ${personOf('e.uploaded_by')}, 'uploadedAt', e.uploaded_at) as extract,
       i.line, i.booked_on as "bookedOn", i.reference, i.amount_pence as "amountPence", i.result, i.explanation
     from extract_item i left join extract e on e.id = i.extract_id where i.payment_id = $1 order by i.id`,
    [paymentId],
  );
}

/**
 * The chain of a payment: award, agreement version, gate, evidence, claim, payment, postings, extract, recoveries
 * (domain.md section 11, auditor 2). @param today YYYY-MM-DD, for what is overdue
 */
export async function paymentChain(sql: Sql, id: string, today: string): Promise<PaymentChain | undefined> {
  const found = await payment(sql, id);
  const ground = found && (await groundOf(sql, id));
  const whole = found && (await claim(sql, found.claim.id));
  if (!found || !ground || !whole) return undefined;
  const {
    reference,
    kind,
    state,
    version,
    description,
    claimedPence,
    approvedPence,
    people,
    lines,
    evidence,
  } = whole;
  const chain = {
    payment: found,
    ...ground,
    decisions: await decisionsFor(sql, id),
    claim: {
      id: whole.id,
      reference,
      kind,
      state,
      version,
      description,
      claimedPence,
      approvedPence,
      people,
      lines,
      evidence,
    },
    journals: await journalsOfPayment(sql, found.claim.id, id),
    extractLines: await extractLinesOf(sql, id),
    recoveries: await recoveriesOfPayment(sql, id, today),
  };
  return { ...chain, gaps: gapsIn(chain) };
}
