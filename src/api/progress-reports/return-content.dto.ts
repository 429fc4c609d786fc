import type {
  ConfidenceRating,
  MeasurementLine,
  MilestoneLine,
  NarrativeSection,
  RiskLine,
  SpendLine,
} from '../../progress-reports/return-content.js';
import { RETURN_SECTIONS } from '../../progress-reports/return-content.js';
import {
  ChoiceField,
  CodeField,
  DayField,
  FinancialYearField,
  ListField,
  PartField,
  PenceField,
  TextField,
  WholeField,
} from '../fields.js';

const NOTE = { max: 2_000, nullable: true } as const;

export class MilestoneLineDto implements MilestoneLine {
  @CodeField({
    is: 'The milestone, as project/milestone.',
    example: 'online-consultations/first-clinic-live',
  })
  milestone: string;
  @DayField({ is: 'When it is forecast to be met.', nullable: true }) forecastOn: string | null = null;
  @DayField({ is: 'When it was met.', nullable: true }) actualOn: string | null = null;
  @ChoiceField({ is: 'What you claim now.', of: ['none', 'started', 'met'], example: 'none' })
  claim: MilestoneLine['claim'];
  @CodeField({
    is: "Why a date moves: a code of the programme's list.",
    example: 'supplier',
    nullable: true,
  })
  delayReason: string | null = null;
  @TextField({ is: 'Anything that a reader should know.', ...NOTE }) note: string | null = null;
}

export class SpendLineDto implements SpendLine {
  @FinancialYearField({ is: 'The financial year of the line.' }) financialYear: string;
  @ChoiceField({ is: 'Capital never funds revenue.', of: ['capital', 'revenue'], example: 'capital' })
  kind: SpendLine['kind'];
  @ChoiceField({ is: 'Grant, or your own match.', of: ['grant', 'match'], example: 'grant' })
  source: SpendLine['source'];
  @PenceField({ is: 'Spent on this line so far, in all.' }) spentToDatePence: number;
  @PenceField({ is: 'What this line is forecast to come to, spend so far included.' }) forecastPence: number;
  @TextField({ is: 'Wanted where a cumulative figure falls.', ...NOTE }) note: string | null = null;
}

export class MeasurementLineDto implements MeasurementLine {
  @CodeField({ is: 'The target set and its version.', example: 'exemplar-aims/v1' }) targetSet: string;
  @CodeField({
    is: 'The measure; for a measure of a project, project/measure.',
    example: 'online-record-access',
  })
  measure: string;
  @WholeField({ is: 'How many of them.', example: 1200, min: 0, max: 1_000_000_000 }) numerator: number;
  @WholeField({
    is: 'Out of how many; 0 of 0 with a note where it was not measured.',
    example: 4000,
    min: 0,
    max: 1_000_000_000,
  })
  denominator: number;
  @TextField({ is: 'Wanted where a value gets worse.', ...NOTE }) note: string | null = null;
}

export class RiskLineDto implements RiskLine {
  @TextField({ is: 'What may go wrong.', max: 300, example: 'Supplier may miss the interface date' })
  title: string;
  @WholeField({
    is: '1 (rare) to 5 (almost certain); 0 while a draft does not say yet.',
    example: 3,
    min: 0,
    max: 5,
  })
  likelihood: number;
  @WholeField({
    is: '1 (negligible) to 5 (severe); 0 while a draft does not say yet.',
    example: 4,
    min: 0,
    max: 5,
  })
  impact: number;
  @TextField({ is: 'What is done about it.', max: 2_000 }) mitigation: string;
  @TextField({
    is: 'Whose it is: a role, never a patient.',
    max: 200,
    example: 'Chief clinical information officer',
  })
  owner: string;
}

export class NarrativeSectionDto implements NarrativeSection {
  @CodeField({ is: "A section of the programme's list.", example: 'progress' }) section: string;
  @TextField({ is: 'What you have to say.', min: 0, max: 20_000 }) text: string;
}

export class ConfidenceDto implements ConfidenceRating {
  @CodeField({ is: 'The scale that the rating is on.', example: 'delivery-confidence-5' }) scale: string;
  @CodeField({ is: 'A point of that scale.', example: 'amber-green' }) rating: string;
  @TextField({ is: 'Why; wanted where the rating gets worse.', ...NOTE }) reason: string | null = null;
}

/** Sections to save; a section that is left out stays as it is. */
export class SaveReturnDto {
  @ListField(() => MilestoneLineDto, { is: 'All milestones of the return.', optional: true, max: 300 })
  milestones?: MilestoneLineDto[];
  @ListField(() => SpendLineDto, { is: 'All spend lines of the return.', optional: true, max: 200 })
  spend?: SpendLineDto[];
  @ListField(() => MeasurementLineDto, { is: 'All measurements of the return.', optional: true, max: 500 })
  measurements?: MeasurementLineDto[];
  @ListField(() => RiskLineDto, { is: 'All risks of the return.', optional: true, max: 100 })
  risks?: RiskLineDto[];
  @ListField(() => NarrativeSectionDto, { is: 'The narrative, by section.', optional: true, max: 50 })
  narrative?: NarrativeSectionDto[];
  @PartField(() => ConfidenceDto, { is: 'Delivery confidence, as you see it.', optional: true })
  confidence?: ConfidenceDto;
}

class QuestionDto {
  @ChoiceField({ is: 'The section that you ask about.', of: RETURN_SECTIONS, example: 'spend' })
  section: (typeof RETURN_SECTIONS)[number];
  @TextField({ is: 'What you ask.', max: 4_000, example: 'Why did capital spend stop in June?' })
  question: string;
}

export class QueriesDto {
  @ListField(() => QuestionDto, { is: 'At least one question.', min: 1, max: 50 }) questions: QuestionDto[];
}

export class AnswerDto {
  @TextField({ is: 'Your answer.', max: 4_000, example: 'The supplier stopped for a month.' }) answer: string;
}

export class ReasonDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'The July invoice was counted twice.' }) reason: string;
}
