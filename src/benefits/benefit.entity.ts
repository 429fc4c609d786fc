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
import type { BenefitState, BenefitType } from './benefit.rules.js';
import type { ActualState } from './benefit-actual.rules.js';
import type { PlannedYear } from './benefit-plan.rules.js';

/** What a project is to bring. Its values are whole numbers of its unit: pence, or what the unit says. */
@Entity('benefit')
export class Benefit {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() project_id: string;
  @Text() code: string;
  @Text() name: string;
  @Text() description: string;
  @Text() type: BenefitType;
  @Text() unit: string;
  @Text() state: BenefitState;
  @BigInteger({ nullable: true }) baseline_value: number | null;
  @DayOn({ nullable: true }) baseline_on: string | null;
  @Text({ nullable: true }) baseline_source: string | null;
  @Text() owner: string;
  @Text({ nullable: true }) owner_after_closure: string | null;
  /** The benefit that this very gain is counted in; null where it counts itself. */
  @Ref({ nullable: true }) counted_in: string | null;
  @Column({ type: 'uuid', array: true }) recorded_by: string[];
  @Ref({ nullable: true }) agreed_by: string | null;
  @Instant({ nullable: true }) agreed_at: Date | null;
  /** How often its plan was replaced, and one. */
  @Integer() plan_version: number;
  @Text({ nullable: true }) ended_because: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** What a benefit is planned to bring in a financial year, beside its baseline. */
@Entity('benefit_year')
export class BenefitYear {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() benefit_id: string;
  @Text() financial_year: string;
  @BigInteger() planned_value: number;
}

/** What the plan of a benefit was when another took its place; never changed. */
@Entity('benefit_plan')
export class BenefitPlan {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() benefit_id: string;
  @Integer() number: number;
  @Json() years: PlannedYear[];
  /** The reference of the change request that replaced it. */
  @Text() change_request: string;
  @Instant() replaced_at: Date;
}

/** What a benefit brought in a financial year, as it was reported and as somebody else found it. */
@Entity('benefit_actual')
export class BenefitActual {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() benefit_id: string;
  @Text() financial_year: string;
  @BigInteger() value: number;
  @Text() method: string;
  @Text() state: ActualState;
  @Column({ type: 'uuid', array: true }) prepared_by: string[];
  @Instant() reported_at: Date;
  @BigInteger({ nullable: true }) validated_value: number | null;
  @Ref({ nullable: true }) decided_by: string | null;
  @Instant({ nullable: true }) decided_at: Date | null;
  @Text({ nullable: true }) decision_note: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** A file that shows what a benefit brought. */
@Entity('benefit_evidence')
export class BenefitEvidence {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() actual_id: string;
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
