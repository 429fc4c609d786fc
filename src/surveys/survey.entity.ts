import { Column, Entity } from 'typeorm';
import { DayOn, Flag, Id, Instant, Integer, Json, Ref, Revision, Text } from '../database/columns.js';
import type { Sourced } from '../organisations/sourced.js';
import type { AdoptionStatus, SheetState } from './survey.rules.js';

/** One version of a question. */
@Entity('survey_question')
export class SurveyQuestion {
  @Id() id: string;
  @Ref() programme_id: string;
  @Text() code: string;
  @Integer() version: number;
  @Text() kind: 'adoption' | 'barriers';
  @Text() wording: string;
  @Text() base: string;
  @Json({ nullable: true }) options: Array<{ code: string; label: string }> | null;
  /** The measure that says the same. */
  @Ref({ nullable: true }) measure_id: string | null;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

/** A time that questions are asked. */
@Entity('survey_wave')
export class SurveyWave {
  @Id() id: string;
  @Ref() programme_id: string;
  @Text() code: string;
  @Text() name: string;
  @Text() kind: 'programme' | 'historical';
  @DayOn({ nullable: true }) opens_on: string | null;
  @DayOn({ nullable: true }) closes_on: string | null;
  @Text({ nullable: true }) held: string | null;
  @Text({ nullable: true }) note: string | null;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

/** A question that a wave asks. */
@Entity('survey_wave_question')
export class SurveyWaveQuestion {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() wave_id: string;
  @Ref() question_id: string;
  @Integer() position: number;
  @Revision() revision: number;
}

/** A figure of a historical wave, as it was published. */
@Entity('survey_figure')
export class SurveyFigure {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() wave_id: string;
  @Ref() question_id: string;
  @Integer() position: number;
  @Text() statement: string;
  /** As its source claims it. */
  @Integer({ nullable: true }) claimed_percent: number | null;
  @Integer({ nullable: true }) numerator: number | null;
  @Integer({ nullable: true }) denominator: number | null;
  @Text() base: string;
  @Json() provenance: Sourced;
  @Revision() revision: number;
}

/** What a trust answers in a wave; a correction is another version. */
@Entity('survey_sheet')
export class SurveySheet {
  @Id() id: string;
  @Ref() programme_id: string;
  @Ref() trust_id: string;
  @Ref() wave_id: string;
  @Integer() version: number;
  @Text() state: SheetState;
  @Ref({ nullable: true }) prefilled_from: string | null;
  @Column({ type: 'uuid', array: true }) answered_by: string[];
  @Ref({ nullable: true }) submitted_by: string | null;
  @Instant({ nullable: true }) submitted_at: Date | null;
  @Flag() illustrative: boolean;
  @Revision() revision: number;
}

/** How far a trust says that it is. */
@Entity('survey_answer')
export class SurveyAnswer {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() sheet_id: string;
  @Ref() question_id: string;
  @Text() status: AdoptionStatus;
  @Text({ nullable: true }) evidence: string | null;
  @Ref({ nullable: true }) product_id: string | null;
  @Ref({ nullable: true }) milestone_id: string | null;
  @Ref({ nullable: true }) measure_id: string | null;
}

/** What stands in a trust's way, and how much: 1 is the worst. */
@Entity('survey_barrier')
export class SurveyBarrier {
  @Id() id: string;
  @Ref() trust_id: string;
  @Ref() sheet_id: string;
  @Ref() question_id: string;
  @Text() barrier: string;
  @Integer() rank: number;
}
