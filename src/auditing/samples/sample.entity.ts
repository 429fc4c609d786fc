import { Column, Entity } from 'typeorm';
import { BigInteger, Flag, Id, Instant, Integer, Json, Ref, Revision, Text } from '../../database/columns.js';
import type { StratumSize } from './drawing.rules.js';
import type { Method, Narrowed, Parameters, Population, Result } from './sample.types.js';

/** What was drawn, how, and from what: added, and never changed. */
@Entity('audit_sample')
export class AuditSample {
  @Id() id: string;
  @Ref() programme_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() purpose: string;
  @Text() population: Population;
  @Json() narrowed: Narrowed;
  @Text() method: Method;
  @Json() parameters: Parameters;
  @Text() seed: string;
  @BigInteger() as_at_number: number;
  @Instant() as_at: Date | string;
  @Integer() population_size: number;
  @BigInteger() population_pence: number;
  @Text() population_sha256: string;
  @Json() strata: StratumSize[];
  @Integer() items: number;
  @Ref() drawn_by: string;
  @Instant() drawn_at: Date;
  @Flag() illustrative: boolean;
}

/** One item of a sample, and what came of looking at it. */
@Entity('audit_sample_item')
export class AuditSampleItem {
  @Id() id: string;
  @Ref() sample_id: string;
  @Integer() position: number;
  @Ref() subject_id: string;
  @Text() reference: string;
  @Text() trust_ods: string;
  @Text() about_table: string;
  @Ref() about_id: string;
  @BigInteger() amount_pence: number;
  @Text({ nullable: true }) stratum: string | null;
  @Integer() hits: number;
  @Column({ type: 'boolean' }) certain: boolean;
  @Text({ nullable: true }) result: Result | null;
  @BigInteger({ nullable: true }) exception_pence: number | null;
  @Text({ nullable: true }) words: string | null;
  @Ref({ nullable: true }) checked_by: string | null;
  @Instant({ nullable: true }) checked_at: Date | null;
  @Revision() revision: number;
}
