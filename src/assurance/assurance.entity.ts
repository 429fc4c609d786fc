import { Column, Entity } from 'typeorm';
import { BigInteger, DayOn, Flag, Id, Instant, Ref, Revision, Text } from '../database/columns.js';
import type { AssuranceState } from './assurance-item.rules.js';
import type { AssuranceKind, AssuranceLevel } from './assurance-kinds.js';

/** Something that trusts deploy: reference data of all programmes. */
@Entity('product')
export class Product {
  @Id() id: string;
  @Text() name: string;
  @Text() supplier: string;
  @Text() summary: string;
  @Flag() illustrative: boolean;
  @Ref() recorded_by: string;
  @Instant() recorded_at: Date;
  @Revision() revision: number;
}

/** A version of a product: written once. */
@Entity('product_version')
export class ProductVersion {
  @Id() id: string;
  @Ref() product_id: string;
  @Text() version: string;
  @DayOn() released_on: string;
  @Flag() illustrative: boolean;
  @Ref() recorded_by: string;
  @Instant() recorded_at: Date;
}

/** The use of a version by a project. */
@Entity('deployment')
export class Deployment {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() project_id: string;
  @Ref() product_id: string;
  @Ref() product_version_id: string;
  @DayOn() from_on: string;
  /** Its last day; null: it goes on. */
  @DayOn({ nullable: true }) to_on: string | null;
  @Flag() illustrative: boolean;
  @Ref() recorded_by: string;
  @Instant() recorded_at: Date;
  @Revision() revision: number;
}

@Entity('assurance_item')
export class AssuranceItem {
  @Id() id: string;
  /** Null where it is of a product. */
  @Ref({ nullable: true }) trust_id: string | null;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text() kind: AssuranceKind;
  @Text() level: AssuranceLevel;
  @Ref({ nullable: true }) product_id: string | null;
  @Ref({ nullable: true }) product_version_id: string | null;
  @Ref({ nullable: true }) project_id: string | null;
  @Ref({ nullable: true }) deployment_id: string | null;
  @Text() version: string;
  @Text() sign_off_role: string;
  @Text() signed_by: string;
  @DayOn() signed_on: string;
  @DayOn({ nullable: true }) expires_on: string | null;
  @Text({ nullable: true }) outcome: string | null;
  @Text() document: string;
  @Text() state: AssuranceState;
  @Ref() prepared_by: string;
  @Instant() prepared_at: Date;
  @Column({ type: 'uuid', array: true }) edited_by: string[];
  @Ref({ nullable: true }) submitted_by: string | null;
  @Instant({ nullable: true }) submitted_at: Date | null;
  @Ref({ nullable: true }) decided_by: string | null;
  @Instant({ nullable: true }) decided_at: Date | null;
  @Instant({ nullable: true }) accepted_at: Date | null;
  @Ref({ nullable: true }) withdrawn_by: string | null;
  @Instant({ nullable: true }) withdrawn_at: Date | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** A file of a piece of assurance. */
@Entity('assurance_document')
export class AssuranceDocument {
  @Id() id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Ref() item_id: string;
  /** Its content is opened by its trust, by assessors and by auditors alone. */
  @Column({ type: 'boolean' }) hazard_log: boolean;
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
