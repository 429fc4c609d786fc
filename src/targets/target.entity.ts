import { Entity } from 'typeorm';
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
import type { Sourced } from '../organisations/sourced.js';
import type { MeasurementState } from './measurement.rules.js';
import type { Direction, Parts } from './progress.rules.js';

@Entity('target_set')
export class TargetSet {
  @Id() id: string;
  @Ref() programme_id: string;
  @Text() code: string;
  @Integer() version: number;
  @Text() name: string;
  @Text() description: string;
  @Integer({ nullable: true }) supersedes_version: number | null;
  @DayOn() target_on: string;
  @BigInteger() target_numerator: number;
  @BigInteger() target_denominator: number;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

@Entity('measure')
export class Measure {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() target_set_id: string;
  @Text() code: string;
  @Integer() position: number;
  @Text() name: string;
  @Text() question: string;
  @Text() numerator_label: string;
  @Text() denominator_label: string;
  @Text() unit: 'share' | 'score' | 'count';
  @Text() direction: Direction;
  @Integer() weight: number;
  @Text() level: 'trust' | 'project';
  @BigInteger() target_numerator: number;
  @BigInteger() target_denominator: number;
  @Json({ nullable: true }) baseline: (Parts & { sourced: Sourced }) | null;
  /** By the day on which the value is planned. */
  @Json() trajectory: Array<Parts & { on: string; period: string }>;
  @Json({ nullable: true }) trajectory_provenance: Sourced | null;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

@Entity('measurement')
export class Measurement {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() measure_id: string;
  @Ref({ nullable: true }) project_id: string | null;
  @Ref() period_id: string;
  @Ref() report_version_id: string;
  @BigInteger() numerator: number;
  @BigInteger() denominator: number;
  @Text({ nullable: true }) note: string | null;
  @Ref() reported_by: string;
  @Instant() reported_at: Date;
  @Text() state: MeasurementState;
  @BigInteger({ nullable: true }) validated_numerator: number | null;
  @BigInteger({ nullable: true }) validated_denominator: number | null;
  @Ref({ nullable: true }) validated_by: string | null;
  @Instant({ nullable: true }) validated_at: Date | null;
  @Text({ nullable: true }) validation_note: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
