import { Column, Entity } from 'typeorm';
import { BigInteger, DayOn, Id, Integer, Json, Ref, Revision, Text } from '../../database/columns.js';
import type { Sourced } from '../../organisations/sourced.js';

@Entity('award')
export class Award {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @BigInteger() grant_pence: number;
  @BigInteger() match_pence: number;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

@Entity('award_line')
export class AwardLine {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() award_id: string;
  @Text() financial_year: string;
  @Text() kind: 'capital' | 'revenue';
  @BigInteger() grant_pence: number;
  @BigInteger() match_pence: number;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

/** An instalment as the definition plans it. */
@Entity('award_tranche')
export class AwardTranche {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() award_id: string;
  @Integer() number: number;
  @Text() name: string;
  @Text() basis: 'advance' | 'delivery';
  @DayOn() planned_on: string;
  @BigInteger() grant_pence: number;
  /** As returns name them: `project/milestone`. */
  @Column({ type: 'text', array: true }) milestones: string[];
  @Json() provenance: Sourced;
  @Revision() revision: number;
}
