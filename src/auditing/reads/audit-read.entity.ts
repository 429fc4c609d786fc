import { Column, Entity } from 'typeorm';
import { BigInteger, Id, Instant, Integer, Ref, Text } from '../../database/columns.js';

/** That an auditor looked at something: added, and never changed. */
@Entity('audit_read')
export class AuditRead {
  @Id() id: string;
  @Ref() person_id: string;
  /** Given by the database. */
  @Column({ type: 'timestamptz', insert: false, update: false }) read_at: Date;
  @Text() method: string;
  @Text() path: string;
  @Text({ nullable: true }) route: string | null;
  @Instant({ nullable: true }) as_at: Date | string | null;
  @BigInteger({ nullable: true }) as_at_number: number | null;
  @Integer() status: number;
  @Text({ nullable: true }) subject_table: string | null;
  @Ref({ nullable: true }) subject_id: string | null;
  @Text() request_id: string;
}
