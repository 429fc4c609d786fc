import {
  CHANGE_KINDS,
  type ChangeContent,
  type ChangeKind,
  type LineName,
} from '../../change-requests/change-content.js';
import { MAX_PENCE } from '../../core/money.js';
import {
  ChoiceField,
  CodeField,
  DayField,
  FinancialYearField,
  ListField,
  PartField,
  PenceField,
  TextField,
  TextsField,
  WholeField,
} from '../fields.js';

const KINDS = ['capital', 'revenue'] as const;
const SOURCES = ['grant', 'match'] as const;
const BASES = ['advance', 'delivery'] as const;

class ReprofiledMilestoneDto {
  @CodeField({ is: 'The milestone, as returns name it.', example: 'shared-record/go-live' })
  milestone: string;
  @DayField({ is: 'The day that is to be agreed.', example: '2018-09-30' }) agreedOn: string;
  @CodeField({
    is: "Why it moves: a code of the programme's list; needed where it moves later.",
    example: 'supplier',
    nullable: true,
  })
  delayReason: string | null = null;
}

class LineNameDto implements LineName {
  @FinancialYearField({ is: 'The financial year of the line.', example: '2018/19' }) financialYear: string;
  @ChoiceField({ is: 'Its kind.', of: KINDS, example: 'capital' }) kind: (typeof KINDS)[number];
}

class MoneyMoveDto {
  @ChoiceField({
    is: 'Grant that is not claimed, or match that is only pledged.',
    of: SOURCES,
    example: 'grant',
  })
  source: (typeof SOURCES)[number];
  @PartField(() => LineNameDto, { is: 'The line that it leaves.' }) from: LineNameDto;
  @PartField(() => LineNameDto, { is: 'The line that it goes to; made where it is not there yet.' })
  to: LineNameDto;
  @PenceField({ is: 'How much, in pence.' }) amountPence: number;
}

class VariedTrancheDto {
  @WholeField({ is: 'Its number, which a tranche keeps.', example: 2, min: 1, max: 99 }) number: number;
  @TextField({ is: 'Its name.', max: 200, example: 'On go-live' }) name: string;
  @ChoiceField({ is: 'Paid before costs arise, or on what was delivered.', of: BASES, example: 'delivery' })
  basis: (typeof BASES)[number];
  @DayField({ is: 'The day on which it is planned to open.', example: '2018-09-30' }) plannedOn: string;
  @PenceField({ is: 'Its grant, in pence.' }) grantPence: number;
  @TextsField({
    is: 'The milestones that must be accepted before it opens, as project/milestone.',
    example: ['shared-record/go-live'],
    max: 100,
    each: 160,
  })
  milestones: string[];
}

class VariedWindowDto {
  @DayField({ is: 'The first day on which costs count.', example: '2017-04-01' }) startsOn: string;
  @DayField({ is: 'The last day.', example: '2020-03-31' }) endsOn: string;
}

class VariedTermsDto {
  @ListField(() => VariedTrancheDto, {
    is: 'All tranches, where one of them changes; null leaves them.',
    max: 99,
    nullable: true,
  })
  tranches: VariedTrancheDto[] | null = null;
  @TextsField({
    is: 'All conditions, where one of them changes; null leaves them.',
    example: ['A benefits review is held before the last tranche.'],
    max: 100,
    each: 2_000,
    nullable: true,
  })
  conditions: string[] | null = null;
  @PartField(() => VariedWindowDto, { is: 'The eligibility window; null leaves it.', nullable: true })
  eligibility: VariedWindowDto | null = null;
}

class PlannedYearDto {
  @FinancialYearField({ is: 'The financial year.', example: '2018/19' }) financialYear: string;
  @WholeField({
    is: 'What the benefit is to bring in it, beside its baseline: a whole number of its unit.',
    example: 120,
    min: 0,
    max: MAX_PENCE,
  })
  planned: number;
}

class AskedPlanDto {
  @CodeField({ is: 'The benefit, as project/benefit.', example: 'shared-record/fewer-forms' })
  benefit: string;
  @ListField(() => PlannedYearDto, {
    is: 'All years that are planned for it; what was reported of stays as it is.',
    max: 50,
  })
  years: PlannedYearDto[];
}

class ChangeContentDto implements ChangeContent {
  @ListField(() => ReprofiledMilestoneDto, {
    is: 'For `reprofile`: the milestones that get another day.',
    max: 200,
    optional: true,
  })
  milestones: ReprofiledMilestoneDto[] = [];
  @ListField(() => MoneyMoveDto, {
    is: 'For `move-money` and `carry-forward`: which money goes where.',
    max: 100,
    optional: true,
  })
  moves: MoneyMoveDto[] = [];
  @PartField(() => VariedTermsDto, {
    is: 'For `vary`: what the agreement is to say instead.',
    nullable: true,
  })
  terms: VariedTermsDto | null = null;
  @ListField(() => AskedPlanDto, {
    is: 'For `replan-benefits`: what benefits are to bring instead.',
    max: 100,
    optional: true,
  })
  plans: AskedPlanDto[] = [];
}

const TITLE = {
  is: 'What is asked for, in a line.',
  max: 200,
  example: 'Go-live in September, not in March',
};
const JUSTIFICATION = {
  is: 'Why it is needed. No patient data.',
  max: 4_000,
  example: 'The supplier delivers the interface four months late; the board agreed a new plan on 4 May 2018.',
};

export class OpenChangeRequestDto {
  @ChoiceField({ is: 'What is to be changed.', of: CHANGE_KINDS, example: 'reprofile' }) kind: ChangeKind;
  @TextField(TITLE) title: string;
  @TextField(JUSTIFICATION) justification: string;
  @PartField(() => ChangeContentDto, { is: 'What exactly; the part that belongs to the kind.' })
  content: ChangeContentDto;
}

export class SaveChangeRequestDto {
  @TextField({ ...TITLE, optional: true }) title?: string;
  @TextField({ ...JUSTIFICATION, optional: true }) justification?: string;
  @PartField(() => ChangeContentDto, {
    is: 'All of what is asked for, where any of it changes.',
    optional: true,
  })
  content?: ChangeContentDto;
}

export class ChangeDecisionDto {
  @TextField({
    is: 'On what grounds.',
    max: 2_000,
    example: 'The new plan is credible; the match is in place.',
  })
  reason: string;
}

export class ChangeDeferralDto {
  @DayField({ is: 'Until which day the decision waits.', example: '2018-07-31' }) until: string;
  @TextField({ is: 'Why it waits.', max: 2_000, example: 'The board sees the supplier in July.' })
  reason: string;
}

export class ChangeWithdrawalDto {
  @TextField({ is: 'Why it is taken back.', max: 2_000, example: 'The supplier delivers in time after all.' })
  reason: string;
}

/** What was sent, as it is kept: plain values, each part there. */
export function contentOf({ milestones, moves, terms, plans }: ChangeContentDto): ChangeContent {
  return JSON.parse(JSON.stringify({ milestones, moves, terms: terms ?? null, plans }));
}
