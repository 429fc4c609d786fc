import { Column, Entity } from 'typeorm';
import {
  BigInteger,
  DayOn,
  Flag,
  Id,
  Instant,
  Integer,
  Ref,
  Revision,
  Text,
} from '../../database/columns.js';
import type { ClaimState } from './claim-states.js';

@Entity('claim')
export class Claim {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() tranche_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() kind: 'costs' | 'advance';
  @Text() state: ClaimState;
  @Instant() state_since: Date;
  @Integer() version: number;
  @Text() description: string;
  @BigInteger() claimed_pence: number;
  @BigInteger({ nullable: true }) approved_pence: number | null;
  @Column({ type: 'uuid', array: true }) prepared_by: string[];
  @Ref({ nullable: true }) certified_by: string | null;
  @Instant({ nullable: true }) certified_at: Date | null;
  @Ref({ nullable: true }) submitted_by: string | null;
  @Instant({ nullable: true }) submitted_at: Date | null;
  @Ref({ nullable: true }) checked_by: string | null;
  /** When it was taken up to be checked; null also where that was before it was kept. */
  @Instant({ nullable: true }) checked_at: Date | null;
  @Ref({ nullable: true }) recommended_by: string | null;
  @Instant({ nullable: true }) recommended_at: Date | null;
  @Text({ nullable: true }) recommendation: string | null;
  @Ref({ nullable: true }) approved_by: string | null;
  @Instant({ nullable: true }) approved_at: Date | null;
  @Ref({ nullable: true }) second_approved_by: string | null;
  @Instant({ nullable: true }) second_approved_at: Date | null;
  @Text({ nullable: true }) decision_reason: string | null;
  /** Who withdrew or rejected it, or cancelled its approval. */
  @Ref({ nullable: true }) ended_by: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** What a version was when another took its place; never changed. */
@Entity('claim_version')
export class ClaimVersion {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() claim_id: string;
  @Integer() number: number;
  @Text() description: string;
  @BigInteger() claimed_pence: number;
  @Column({ type: 'uuid', array: true }) prepared_by: string[];
  @Ref({ nullable: true }) certified_by: string | null;
  @Instant({ nullable: true }) certified_at: Date | null;
  @Ref({ nullable: true }) submitted_by: string | null;
  @Instant({ nullable: true }) submitted_at: Date | null;
  @Ref({ nullable: true }) checked_by: string | null;
  /** When it was taken up to be checked; null also where that was before it was kept. */
  @Instant({ nullable: true }) checked_at: Date | null;
  @Ref() revised_by: string;
  @Instant() revised_at: Date;
  @Text() reason: string;
}

@Entity('claim_line')
export class ClaimLine {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() claim_id: string;
  @Integer() version: number;
  @Integer() position: number;
  @Ref() line_id: string;
  @Ref({ nullable: true }) project_id: string | null;
  @Text({ nullable: true }) category: string | null;
  @Text() description: string;
  @Text({ nullable: true }) supplier: string | null;
  @Text({ nullable: true }) invoice_reference: string | null;
  @DayOn({ nullable: true }) incurred_on: string | null;
  @DayOn({ nullable: true }) invoiced_on: string | null;
  @DayOn({ nullable: true }) defrayed_on: string | null;
  @BigInteger({ nullable: true }) net_pence: number | null;
  @BigInteger({ nullable: true }) vat_pence: number | null;
  @BigInteger({ nullable: true }) recoverable_vat_pence: number | null;
  @BigInteger() claimed_pence: number;
  @BigInteger({ nullable: true }) recommended_pence: number | null;
  @Text({ nullable: true }) recommended_because: string | null;
  @BigInteger({ nullable: true }) approved_pence: number | null;
  @Text({ nullable: true }) disallowed_because: string | null;
  @Revision() revision: number;
}

@Entity('claim_query')
export class ClaimQuery {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() claim_id: string;
  @Integer() version: number;
  @Integer({ nullable: true }) position: number | null;
  @Text() question: string;
  @Ref() raised_by: string;
  @Instant() raised_at: Date;
  @Text({ nullable: true }) answer: string | null;
  @Ref({ nullable: true }) answered_by: string | null;
  @Instant({ nullable: true }) answered_at: Date | null;
  @Revision() revision: number;
}
