import { Column, Entity } from 'typeorm';
import { BigInteger, DayOn, Flag, Id, Instant, Ref, Revision, Text } from '../../database/columns.js';
import type { ContributionState, Valuation } from './contribution.rules.js';

@Entity('contribution')
export class Contribution {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() line_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() type: string;
  @Text({ nullable: true }) category: string | null;
  @Text() description: string;
  @Text() valuation: Valuation;
  @Text() state: ContributionState;
  @DayOn({ nullable: true }) expected_on: string | null;
  @BigInteger() amount_pence: number;
  @BigInteger({ nullable: true }) net_pence: number | null;
  @BigInteger({ nullable: true }) vat_pence: number | null;
  @BigInteger({ nullable: true }) recoverable_vat_pence: number | null;
  @DayOn({ nullable: true }) incurred_on: string | null;
  @DayOn({ nullable: true }) invoiced_on: string | null;
  @DayOn({ nullable: true }) defrayed_on: string | null;
  @Column({ type: 'uuid', array: true }) recorded_by: string[];
  @Ref({ nullable: true }) evidenced_by: string | null;
  @Instant({ nullable: true }) evidenced_at: Date | null;
  @Ref({ nullable: true }) decided_by: string | null;
  @Instant({ nullable: true }) decided_at: Date | null;
  @Text({ nullable: true }) decision_reason: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** What proves a cost, of a claim or of match; it counts once. */
@Entity('cost_evidence')
export class CostEvidence {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref({ nullable: true }) claim_id: string | null;
  @Ref({ nullable: true }) contribution_id: string | null;
  @Text() supplier: string;
  @Text() reference: string;
  @Text() file_name: string;
  @Text() media_type: string;
  @BigInteger() size_bytes: number;
  @Text() sha256: string;
  @Text() storage_key: string;
  @Text() description: string;
  @Ref() uploaded_by: string;
  @Instant() uploaded_at: Date;
  @Column({ type: 'boolean', default: true }) counts: boolean;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
