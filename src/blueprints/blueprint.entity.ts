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
} from '../database/columns.js';
import type {
  Capability,
  CareSetting,
  MaturitySection,
  ProjectType,
  UserGroup,
} from './blueprint.categories.js';
import type { BlueprintState } from './blueprint.rules.js';
import type { BlueprintSnapshot } from './snapshot.rules.js';

const Texts = (): PropertyDecorator => Column({ type: 'text', array: true, default: () => `'{}'` });

/** What a trust learned from a project, in all its versions, and who is asked about it. */
@Entity('blueprint')
export class Blueprint {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() project_id: string;
  /** Given by the database. */
  @Column({ type: 'text', insert: false, update: false }) reference: string;
  @Text({ nullable: true }) contact_role: string | null;
  @Text({ nullable: true }) contact_address: string | null;
  @Ref({ nullable: true }) contact_id: string | null;
  @Instant({ nullable: true }) first_published_at: Date | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** One version of a blueprint: whole, and fixed once it is submitted. */
@Entity('blueprint_version')
export class BlueprintVersion {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() blueprint_id: string;
  @Integer() number: number;
  @Text() state: BlueprintState;
  @Text() what: string;
  @Text() for_whom: string;
  @Text() where_used: string;
  @Texts() user_groups: UserGroup[];
  @Texts() care_settings: CareSetting[];
  @Text({ nullable: true }) project_type: ProjectType | null;
  @Texts() capabilities: Capability[];
  @Texts() maturity_sections: MaturitySection[];
  @Text() problem: string;
  @Text() scope: string;
  @Text() solution: string;
  @Text() product: string;
  @Text() supplier: string;
  @Text() team: string;
  @Text() lessons: string;
  @Text() advice: string;
  @BigInteger({ nullable: true }) cost_pence: number | null;
  @Text({ nullable: true }) cost_basis: string | null;
  @Json({ nullable: true }) snapshot: BlueprintSnapshot | null;
  @Column({ type: 'uuid', array: true }) prepared_by: string[];
  @Ref({ nullable: true }) submitted_by: string | null;
  @Instant({ nullable: true }) submitted_at: Date | null;
  @Ref({ nullable: true }) reviewed_by: string | null;
  @Text({ nullable: true }) question: string | null;
  @Text({ nullable: true }) answer: string | null;
  @Ref({ nullable: true }) published_by: string | null;
  @Instant({ nullable: true }) published_at: Date | null;
  @Text({ nullable: true }) ended_because: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** A product of the register that a version is about. */
@Entity('blueprint_product')
export class BlueprintProduct {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() version_id: string;
  @Ref() product_id: string;
  /** Null where it is not said which. */
  @Ref({ nullable: true }) product_version_id: string | null;
}

/** A file that comes with a version. */
@Entity('blueprint_attachment')
export class BlueprintAttachment {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() version_id: string;
  @Text() file_name: string;
  @Text() media_type: string;
  @BigInteger() size_bytes: number;
  @Text() sha256: string;
  @Text() storage_key: string;
  @Text() description: string;
  @Ref() uploaded_by: string;
  @Flag() removed: boolean;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** A question about a blueprint with its answer, or a visit. */
@Entity('blueprint_contact')
export class BlueprintContact {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() blueprint_id: string;
  @Ref() version_id: string;
  @Text() kind: 'question' | 'visit';
  @Ref() organisation_id: string;
  @Ref() owner_id: string;
  @Text() words: string;
  @DayOn({ nullable: true }) visited_on: string | null;
  @Ref() made_by: string;
  @Instant() made_at: Date;
  @Text({ nullable: true }) answer: string | null;
  @Ref({ nullable: true }) answered_by: string | null;
  @Instant({ nullable: true }) answered_at: Date | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
