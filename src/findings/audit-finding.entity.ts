import { Column, Entity } from 'typeorm';
import { DayOn, Flag, Id, Instant, Ref, Revision, Text } from '../database/columns.js';

/** What a review or an audit found or recommended. */
@Entity('audit_finding')
export class AuditFinding {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() kind: 'finding' | 'recommendation';
  @Text() review: string;
  @Text() statement: string;
  @Text() owner: string;
  @DayOn() due_on: string;
  @Text() state: 'open' | 'closed';
  @Ref() raised_by: string;
  @Instant() raised_at: Date;
  @Text({ nullable: true }) response: string | null;
  @Ref({ nullable: true }) closed_by: string | null;
  @Instant({ nullable: true }) closed_at: Date | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
