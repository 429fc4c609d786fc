import { Column, Entity } from 'typeorm';
import {
  BigInteger,
  DayOn,
  Flag,
  Id,
  Instant,
  Integer,
  Json,
  Ref,
  Revision,
  Text,
} from '../../database/columns.js';
import type { AgreementState } from './agreement-states.js';
import type { AgreementTerms } from './agreement-terms.js';

@Entity('agreement')
export class Agreement {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() award_id: string;
  @Text() reference: string;
  @Text() state: AgreementState;
  @Integer() version: number;
  @DayOn() window_starts_on: string;
  @DayOn() window_ends_on: string;
  @Integer() match_pence: number;
  @Integer() per_grant_pence: number;
  @Ref({ nullable: true }) predecessor_id: string | null;
  @DayOn({ nullable: true }) activated_on: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

@Entity('agreement_version')
export class AgreementVersion {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Integer() number: number;
  @Json() terms: AgreementTerms;
  @DayOn({ nullable: true }) effective_on: string | null;
  @Ref() prepared_by: string;
  @Instant() prepared_at: Date;
  @Column({ type: 'uuid', array: true }) edited_by: string[];
  @Ref({ nullable: true }) approved_by: string | null;
  @Instant({ nullable: true }) approved_at: Date | null;
  @Ref({ nullable: true }) signed_by: string | null;
  @Instant({ nullable: true }) signed_at: Date | null;
  @Ref({ nullable: true }) change_request_id: string | null;
}

@Entity('funding_line')
export class FundingLine {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Text() financial_year: string;
  @Text() kind: 'capital' | 'revenue';
}

@Entity('tranche')
export class Tranche {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Integer() number: number;
  @Text() name: string;
  @Text() basis: 'advance' | 'delivery';
  @DayOn() planned_on: string;
  @BigInteger() grant_pence: number;
  /** Follows the postings, by their trigger; never written here. */
  @BigInteger() drawn_pence: number;
  @Revision() revision: number;
}

@Entity('tranche_milestone')
export class TrancheMilestone {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() tranche_id: string;
  @Ref() milestone_id: string;
}
