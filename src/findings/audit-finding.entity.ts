import { Column, Entity } from 'typeorm';
import { DayOn, Flag, Id, Instant, Ref, Revision, Text } from '../database/columns.js';
import type {
  FindingKind,
  FindingState,
  FollowUpOutcome,
  OwnerRole,
  Priority,
  Stance,
} from './finding.rules.js';

/** What a review or an audit found or recommended. */
@Entity('audit_finding')
export class AuditFinding {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() kind: FindingKind;
  @Text() review: string;
  @Text() statement: string;
  @Text() priority: Priority;
  @Text() owner: string;
  @Text({ nullable: true }) owner_role: OwnerRole | null;
  @DayOn() due_on: string;
  @Text() state: FindingState;
  @Ref() raised_by: string;
  @Instant() raised_at: Date;
  @Ref({ nullable: true }) responded_by: string | null;
  @Text({ nullable: true }) stance: Stance | null;
  @Ref({ nullable: true }) closed_by: string | null;
  @Instant({ nullable: true }) closed_at: Date | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** What was said or done about a finding: added, and never changed. */
@Entity('audit_finding_step')
export class AuditFindingStep {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Ref() finding_id: string;
  @Text() kind: 'response' | 'follow-up' | 'closure' | 'due-date';
  @Text() words: string;
  @Text({ nullable: true }) stance: Stance | null;
  @DayOn({ nullable: true }) planned_on: string | null;
  @Text({ nullable: true }) outcome: FollowUpOutcome | null;
  @Text({ nullable: true }) evidence: string | null;
  @Flag() reopens: boolean;
  @DayOn({ nullable: true }) former_due_on: string | null;
  @DayOn({ nullable: true }) due_on: string | null;
  @Ref() made_by: string;
  @Instant() made_at: Date;
}
