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
import type { ProgressReportState } from './progress-report.rules.js';
import type { ReturnContent, ReturnSection } from './return-content.js';

/** A trust's return for a period; what it says is in its versions. */
@Entity('progress_report')
export class ProgressReport {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() period_id: string;
  @Text() state: ProgressReportState;
  @Integer() version: number;
  @Integer({ nullable: true }) accepted_version: number | null;
  @DayOn() due_on: string;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** One version of a return: fixed once it is submitted. */
@Entity('report_version')
export class ReportVersion {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() report_id: string;
  @Integer() number: number;
  @Json() content: ReturnContent;
  @Column({ type: 'uuid', array: true }) prepared_by: string[];
  @Ref({ nullable: true }) certified_by: string | null;
  @Instant({ nullable: true }) certified_at: Date | null;
  @Ref({ nullable: true }) submitted_by: string | null;
  @Instant({ nullable: true }) submitted_at: Date | null;
  /** The message that asks for the assessment: its receipt is the trust's. */
  @Ref({ nullable: true }) receipt_id: string | null;
  @Instant({ nullable: true }) assessed_at: Date | null;
  @Ref({ nullable: true }) accepted_by: string | null;
  @Instant({ nullable: true }) accepted_at: Date | null;
  /** Why a correction was begun. */
  @Text({ nullable: true }) reason: string | null;
}

@Entity('finding')
export class ReportFinding {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() report_version_id: string;
  @Integer() position: number;
  @Text() code: string;
  @Text() severity: 'blocking' | 'warning';
  @Text() section: ReturnSection;
  @Text() place: string;
  @Text() message: string;
}

@Entity('report_query')
export class ReportQuery {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() report_id: string;
  @Integer() version: number;
  @Text() section: ReturnSection;
  @Text() question: string;
  /** A person's id, or the system's where the assessment sent the return back. */
  @Text() raised_by: string;
  @Instant() raised_at: Date;
  @Text({ nullable: true }) answer: string | null;
  @Ref({ nullable: true }) answered_by: string | null;
  @Instant({ nullable: true }) answered_at: Date | null;
  @Revision() revision: number;
}

@Entity('reported_spend')
export class ReportedSpend {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() period_id: string;
  @Ref() report_version_id: string;
  @Text() financial_year: string;
  @Text() kind: 'capital' | 'revenue';
  @Text() source: 'grant' | 'match';
  @BigInteger() spent_to_date_pence: number;
  @BigInteger() forecast_pence: number;
  @Flag() illustrative: boolean;
  @Flag() superseded: boolean;
  @Revision() revision: number;
}

@Entity('delivery_confidence')
export class DeliveryConfidence {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() period_id: string;
  @Ref() report_version_id: string;
  @Text() scale: string;
  @Text() rating: string;
  @Text({ nullable: true }) reason: string | null;
  @Flag() illustrative: boolean;
  @Flag() superseded: boolean;
  @Revision() revision: number;
}
