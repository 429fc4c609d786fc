import { Entity } from 'typeorm';
import { BigInteger, DayOn, Flag, Id, Instant, Json, Ref, Revision, Text } from '../database/columns.js';
import type { Sourced } from '../organisations/sourced.js';
import type { MilestoneState, ReviewEnd } from './milestone.rules.js';

@Entity('milestone')
export class Milestone {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() project_id: string;
  @Text() code: string;
  @Text() name: string;
  @Text() kind: string;
  @Text() state: MilestoneState;
  @DayOn() baseline_on: string;
  /** Where an approved change request moved the day; null while the baseline is what is agreed. */
  @DayOn({ nullable: true }) agreed_on: string | null;
  @DayOn() forecast_on: string;
  @DayOn({ nullable: true }) actual_on: string | null;
  @Text({ nullable: true }) delay_reason: string | null;
  @Flag() illustrative: boolean;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

/** A claim that a milestone is met, and its review. */
@Entity('milestone_review')
export class MilestoneReview {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() milestone_id: string;
  @Instant() claimed_at: Date;
  @Instant({ nullable: true }) began_at: Date | null;
  @Instant({ nullable: true }) ended_at: Date | null;
  @Text({ nullable: true }) outcome: ReviewEnd | null;
  @Revision() revision: number;
}

@Entity('evidence')
export class Evidence {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() milestone_id: string;
  @Text() file_name: string;
  @Text() media_type: string;
  @BigInteger() size_bytes: number;
  @Text() sha256: string;
  @Text() storage_key: string;
  @Text() description: string;
  @Ref() uploaded_by: string;
  @Instant() uploaded_at: Date;
  @Flag() illustrative: boolean;
}
