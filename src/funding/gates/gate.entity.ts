import { Column, Entity } from 'typeorm';
import type { Blocker } from '../../core/blockers.js';
import { DayOn, Flag, Id, Instant, Json, Ref, Revision, Text } from '../../database/columns.js';
import type { GateStep } from './gate-match.rules.js';
import type { WaivedBlocker } from './gate-waiver.rules.js';

@Entity('gate_waiver')
export class GateWaiver {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() tranche_id: string;
  @Column({ type: 'text', array: true }) codes: string[];
  /** What blocked the tranche under those codes when it was granted. */
  @Json() covers: Blocker[];
  @Text() reason: string;
  @Text() authority: string;
  @Ref() granted_by: string;
  @Instant() granted_at: Date;
  @DayOn({ nullable: true }) expires_on: string | null;
  @Ref({ nullable: true }) withdrawn_by: string | null;
  @Instant({ nullable: true }) withdrawn_at: Date | null;
  @Text({ nullable: true }) withdrawal_reason: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** What a gate looked like when money was let through it; never changed. */
@Entity('gate_decision')
export class GateDecision {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() tranche_id: string;
  @Ref() claim_id: string;
  @Text() step: GateStep;
  @Text() opened_by: 'conditions' | 'waiver';
  @Ref({ nullable: true }) waiver_id: string | null;
  /** Each with the waiver that let it be; `waiver_id` is the first of them. */
  @Json() waived: WaivedBlocker[];
  @Json() facts: object;
  @Ref() decided_by: string;
  @Instant() decided_at: Date;
  @Flag() illustrative: boolean;
}
