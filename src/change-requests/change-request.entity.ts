import { Column, Entity } from 'typeorm';
import { DayOn, Flag, Id, Instant, Integer, Json, Ref, Revision, Text } from '../database/columns.js';
import type { ChangeContent, ChangeKind } from './change-content.js';
import type { ChangeImpact } from './change-impact.js';
import type { ChangeRequestState } from './change-request.rules.js';

@Entity('change_request')
export class ChangeRequest {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() kind: ChangeKind;
  @Text() title: string;
  @Text() justification: string;
  @Json() content: ChangeContent;
  @Json({ nullable: true }) impact: ChangeImpact | null;
  @Instant({ nullable: true }) impact_at: Date | null;
  @Text() state: ChangeRequestState;
  @Instant() state_since: Date;
  @Ref() requested_by: string;
  @Column({ type: 'uuid', array: true }) prepared_by: string[];
  @Instant({ nullable: true }) submitted_at: Date | null;
  @Ref({ nullable: true }) assessed_by: string | null;
  @Ref({ nullable: true }) decided_by: string | null;
  @Instant({ nullable: true }) decided_at: Date | null;
  @Text({ nullable: true }) decision_reason: string | null;
  @DayOn({ nullable: true }) deferred_until: string | null;
  @Ref({ nullable: true }) applied_by: string | null;
  @Instant({ nullable: true }) applied_at: Date | null;
  @Integer({ nullable: true }) applied_version: number | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
