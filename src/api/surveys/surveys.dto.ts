import {
  ADOPTION_STATUSES,
  type AdoptionStatus,
  LINK_KINDS,
  type LinkKind,
} from '../../surveys/survey.rules.js';
import { ChoiceField, CodeField, IdField, ListField, PartField, TextField, TextsField } from '../fields.js';
import { PageQuery } from '../paging.js';

export class ResultsQuery {
  @CodeField({
    is: 'The code of the wave to hold it against; the one before it where this is left out.',
    example: 'adoption-2017',
    optional: true,
  })
  with?: string;
}

export class TrustsQuery extends PageQuery {
  @CodeField({ is: 'Only this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
}

export class AnswersQuery extends TrustsQuery {
  @CodeField({ is: 'Only those to this question.', example: 'record-access/v1', optional: true })
  question?: string;
  @ChoiceField({ is: 'Only these answers.', of: ADOPTION_STATUSES, optional: true })
  status?: AdoptionStatus;
}

class SurveyLinkDto {
  @ChoiceField({ is: 'What it is.', of: LINK_KINDS }) kind: LinkKind;
  @IdField({ is: 'Its id.' }) id: string;
}

class SurveyAnswerDto {
  @CodeField({ is: 'The question and its version.', example: 'record-access/v1' }) question: string;
  @ChoiceField({
    is: 'How far you are; null where you have not said yet, and of a question about barriers.',
    of: ADOPTION_STATUSES,
    nullable: true,
  })
  status: AdoptionStatus | null = null;
  @TextField({
    is: 'What shows it, in words. No patient data.',
    max: 1_000,
    nullable: true,
    example: 'Board paper 7 of June 2018',
  })
  evidence: string | null = null;
  @PartField(() => SurveyLinkDto, { is: 'What of the record shows it.', nullable: true })
  link: SurveyLinkDto | null = null;
  @TextsField({
    is: 'Of a question about barriers: their codes, the worst first, each once.',
    max: 20,
    each: 160,
    nullable: true,
    example: ['finance', 'it-systems'],
  })
  barriers: string[] | null = [];
}

export class SurveyAnswersDto {
  @ListField(() => SurveyAnswerDto, { is: 'All answers, in place of those that are there.', max: 30 })
  answers: SurveyAnswerDto[];
}
