import type { Pence } from '../../core/money.js';
import type { Sql } from '../../database/sql.js';
import { type PersonRef, personOf } from '../people.queries.js';
import type { GateStep } from './gate-match.rules.js';
import type { WaivedBlocker } from './gate-waiver.rules.js';

/** Money of a claim that was let through a gate: when, by whom, and what was waived for it. */
export interface GateDecisionView {
  id: string;
  claim: { id: string; reference: string };
  step: GateStep;
  /** What was to pass. */
  proposedPence: Pence;
  openedBy: 'conditions' | 'waiver';
  waived: WaivedBlocker[];
  /** Null where the reader may not know. */
  decidedBy: PersonRef | null;
  decidedAt: string;
}

/** What was let through the gate of a tranche, oldest first. */
export function gateDecisions(sql: Sql, trancheId: string): Promise<GateDecisionView[]> {
  return sql.query<GateDecisionView>(
    `select d.id, json_build_object('id', c.id, 'reference', c.reference) as claim, d.step,
       (d.facts ->> 'proposedPence')::bigint as "proposedPence", d.opened_by as "openedBy", d.waived,
       ${personOf('d.decided_by')} as "decidedBy", to_json(d.decided_at) as "decidedAt"
     from gate_decision d join claim c on c.id = d.claim_id where d.tranche_id = $1 order by d.decided_at, d.id`,
    [trancheId],
  );
}
