import { Entity } from 'typeorm';
import { BigInteger, DayOn, Flag, Id, Integer, Json, Ref, Revision, Text } from '../database/columns.js';
import type { ExpectedReach } from './trend.rules.js';

/** Whether a figure counts what was reported, or only what somebody else validated. */
export type Basis = 'self-reported' | 'validated';
export const BASES: readonly Basis[] = ['self-reported', 'validated'];

/** One measurement that a figure was computed from, as it was then. */
export interface ComputedFrom {
  measurement: string;
  revision: number;
  numerator: number;
  denominator: number;
  weight: number;
}

/** What a trust's figure and the programme's have in common. */
export abstract class Figure {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() period_id: string;
  @DayOn() ends_on: string;
  @Ref({ nullable: true }) target_set_id: string | null;
  @Integer() target_version: number;
  @Text() basis: Basis;
  @BigInteger() numerator: number;
  @BigInteger() denominator: number;
  @BigInteger() comparable_numerator: number;
  @BigInteger() planned_numerator: number;
  @BigInteger() planned_denominator: number;
  @Json() expected: ExpectedReach;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

@Entity('progress')
export class Progress extends Figure {
  @Ref() trust_id: string;
  @Integer() measures_reported: number;
  @Integer() measures_total: number;
  @Json() computed_from: ComputedFrom[];
}

@Entity('programme_progress')
export class ProgrammeProgress extends Figure {
  @Integer() trusts_reported: number;
  @Integer() trusts_carried_forward: number;
  @Integer() trusts_total: number;
}
