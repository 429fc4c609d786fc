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
import type { JournalKind, Source, Stage } from './ledger.rules.js';
import type { DifferenceKind, StageTotal } from './reconciliation.rules.js';

@Entity('journal')
export class Journal {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Text() kind: JournalKind;
  @DayOn() dated_on: string;
  @Text() narrative: string;
  @Ref({ nullable: true }) claim_id: string | null;
  @Ref({ nullable: true }) payment_id: string | null;
  @Ref({ nullable: true }) recovery_id: string | null;
  @Ref({ nullable: true }) contribution_id: string | null;
  @Ref({ nullable: true }) change_request_id: string | null;
  @Ref({ nullable: true }) reverses_id: string | null;
  @Ref({ nullable: true }) novates_id: string | null;
  @Integer() postings: number;
  @BigInteger() total_pence: number;
  @Flag() illustrative: boolean;
  @Instant() recorded_at: Date;
}

@Entity('posting')
export class Posting {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() agreement_id: string;
  @Ref() journal_id: string;
  @Text() kind: JournalKind;
  @Ref() line_id: string;
  @Text() source: Source;
  @Text() from_stage: Stage;
  @Text() to_stage: Stage;
  @BigInteger() amount_pence: number;
  @DayOn({ nullable: true }) incurred_on: string | null;
  @Ref({ nullable: true }) tranche_id: string | null;
  @Ref({ nullable: true }) reverses_id: string | null;
}

@Entity('ledger_difference')
export class LedgerDifference {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref({ nullable: true }) trust_id: string | null;
  @Text() kind: DifferenceKind;
  @Text() subject: string;
  @BigInteger() expected_pence: number;
  @BigInteger() found_pence: number;
  @Instant() raised_at: Date;
  @Instant({ nullable: true }) cleared_at: Date | null;
  @Revision() revision: number;
}

@Entity('ledger_check')
export class LedgerCheck {
  @Id() id: string;
  @Ref() programme_id: string;
  @Integer() accounts: number;
  @Integer() postings: number;
  @Integer() differences: number;
  @Json({ nullable: true }) stages: StageTotal[] | null;
  @Instant() checked_at: Date;
}
