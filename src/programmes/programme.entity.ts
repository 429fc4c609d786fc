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
import type {
  AssuranceTerms,
  CalendarTerms,
  CodedLabel,
  ConfidenceScale,
  NarrativeSection,
  TurnaroundTerms,
} from './definition.types.js';
import type {
  AgreementConditions,
  EligibilityWindow,
  FollowerTerms,
  MatchRules,
  PaymentTerms,
} from './definition-money.types.js';

/** Where a term comes from, resolved to its source. */
type WithSource<T> = Omit<T, 'provenance'> & { sourced: Sourced };

/** What a programme is configured with, as its definition says. */
export interface Terms {
  sourced: Sourced;
  matchRatio: { sourced: Sourced };
  matchRules: WithSource<MatchRules>;
  eligibility: WithSource<EligibilityWindow>;
  /** Null: no second approver is asked for. */
  payments: WithSource<PaymentTerms> | null;
  assurance: WithSource<AssuranceTerms> | null;
  turnaround: WithSource<TurnaroundTerms> | null;
  agreementConditions: WithSource<AgreementConditions> | null;
  followers: WithSource<FollowerTerms> | null;
  confidenceScale: WithSource<ConfidenceScale>;
  controlTotals: { sourced: Sourced };
  calendar: WithSource<CalendarTerms>;
  delayReasons: readonly CodedLabel[];
  narrativeSections: readonly NarrativeSection[];
  awardeeTerm: { readonly singular: string; readonly plural: string };
}

@Entity('programme')
export class Programme {
  @Id() id: string;
  @Text() slug: string;
  @Text() name: string;
  @Text() description: string;
  @Ref() funder_id: string;
  @DayOn() starts_on: string;
  @DayOn() ends_on: string;
  @Flag() illustrative: boolean;
  @Integer() match_pence: number;
  @Integer() per_grant_pence: number;
  @BigInteger() control_grant_pence: number;
  @BigInteger() control_match_pence: number;
  @BigInteger() control_total_pence: number;
  @Json() terms: Terms;
  @Revision() revision: number;
}

@Entity('programme_role')
export class ProgrammeRole {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() organisation_id: string;
  @Text() role: string;
  @Text() status: string;
  @Ref({ nullable: true }) follows_id: string | null;
  @DayOn({ nullable: true }) valid_from: string | null;
  @DayOn({ nullable: true }) valid_to: string | null;
  @Json() provenance: Sourced;
  /** Why a pairing was confirmed or ended, by whom, when; null where it stands as the definition names it. */
  @Text({ nullable: true }) decided_because: string | null;
  @Ref({ nullable: true }) decided_by: string | null;
  @Instant({ nullable: true }) decided_at: Date | null;
  /** What a follower was awarded and matched, as a source says: in no ledger. */
  @BigInteger({ nullable: true }) award_pence: number | null;
  @BigInteger({ nullable: true }) award_match_pence: number | null;
  @Text({ nullable: true }) award_source: string | null;
  @Revision() revision: number;
}

@Entity('programme_definition')
export class AppliedDefinition {
  @Id() id: string;
  @Ref() programme_id: string;
  @Integer() number: number;
  @Text() sha256: string;
  @Text() content: string;
}
