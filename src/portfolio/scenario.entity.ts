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
import type { ScenarioState } from './scenario.rules.js';
import type { ScenarioResult } from './scenario.types.js';

/** A what-if that is kept beside the record, with all that came of it. Whole pence. */
@Entity('scenario')
export class Scenario {
  @Id() id: string;
  @Ref() programme_id: string;
  @Text() reference: string;
  @Text() title: string;
  @Text() state: ScenarioState;
  @Text() financial_year: string;
  /** In hundredths of a per cent; null where an amount was given. */
  @Integer({ nullable: true }) cut_basis_points: number | null;
  @BigInteger() cut_pence: number;
  @DayOn() as_on: string;
  /** The entry of the log that it was computed as at, and when that was recorded. */
  @BigInteger() as_at_number: number;
  @Instant() as_at: Date | string;
  /** Of all that it was computed from. */
  @Text() facts_sha256: string;
  @BigInteger() asked_pence: number;
  @BigInteger() kept_pence: number;
  @BigInteger() moved_pence: number;
  @BigInteger() unfunded_pence: number;
  @BigInteger() spare_pence: number;
  @BigInteger() beyond_pence: number;
  @Json() result: Omit<ScenarioResult, 'totals'>;
  @Ref() made_by: string;
  @Instant() made_at: Date;
  @Ref({ nullable: true }) withdrawn_by: string | null;
  @Instant({ nullable: true }) withdrawn_at: Date | null;
  @Text({ nullable: true }) withdrawn_because: string | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}
