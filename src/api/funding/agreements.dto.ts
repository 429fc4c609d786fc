import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import type { AgreedTranche } from '../../funding/agreements/agreement-terms.js';
import {
  ChoiceField,
  CodeField,
  CodesField,
  DayField,
  ListField,
  PartField,
  PenceField,
  TextField,
  TextsField,
  WholeField,
} from '../fields.js';
import { PageQuery } from '../paging.js';

export class AgreementsQuery extends PageQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @ChoiceField({ is: 'Only those in this state.', of: AGREEMENT_STATES, optional: true }) state?: string;
}

class PartyNamesDto {
  @TextField({
    is: 'Whoever gives the grant, as the agreement names it.',
    example: 'NHS England',
    max: 200,
    optional: true,
  })
  funder?: string;
  @TextField({
    is: 'Whoever receives it.',
    example: 'Mersey Care NHS Foundation Trust',
    max: 200,
    optional: true,
  })
  recipient?: string;
}

class AgreementTrancheDto implements AgreedTranche {
  @WholeField({ is: 'From 1, in the order of payment.', example: 2, min: 1, max: 99 }) number: number;
  @TextField({ is: 'What it is called.', example: 'On plans and procurement', max: 200 }) name: string;
  @ChoiceField({
    is: 'An advance is paid before costs arise; the others on what was delivered.',
    of: ['advance', 'delivery'],
    example: 'delivery',
  })
  basis: AgreedTranche['basis'];
  @DayField({ is: 'When it is planned for.' }) plannedOn: string;
  @PenceField({ is: 'How much of the grant it is.', example: 150_000_000 }) grantPence: number;
  @TextsField({
    is: 'Milestones that must be accepted before it opens, as project/milestone.',
    example: ['mersey-real-time-records/records-plan'],
    each: 160,
    max: 50,
  })
  milestones: string[];
}

/** What a draft may say beside what the award and the programme say. */
class DraftTermsDto {
  @PartField(() => PartyNamesDto, { is: 'The names of the parties, where they differ.', optional: true })
  parties?: PartyNamesDto;
  @TextsField({
    is: 'What the trust undertakes; where it is left out, the conditions of the programme.',
    example: ['The grant is ring-fenced, and is spent on the projects of this agreement alone.'],
    each: 2_000,
    max: 100,
    optional: true,
  })
  conditions?: string[];
  @CodesField({
    is: "Which of the programme's types of match count under this agreement.",
    example: ['cash', 'staff-release'],
    max: 50,
    optional: true,
  })
  matchTypes?: string[];
  @CodesField({
    is: "Which of the programme's categories of cost count under this agreement.",
    example: ['hardware', 'software'],
    max: 50,
    optional: true,
  })
  categories?: string[];
  @ListField(() => AgreementTrancheDto, {
    is: 'Its tranches, where they differ from those that the award is planned in; together as much as the grant.',
    max: 99,
    optional: true,
  })
  tranches?: AgreementTrancheDto[];
}

export class SaveAgreementDto extends DraftTermsDto {
  @TextField({ is: 'What the agreement is called.', example: 'MHGDE/2017/RW4', max: 100, optional: true })
  reference?: string;
}

export class DraftAgreementDto extends DraftTermsDto {
  @CodeField({ is: 'Whose award it is, by ODS code.', example: 'RW4' }) trust: string;
  @TextField({ is: 'What the agreement is called.', example: 'MHGDE/2017/RW4', max: 100 })
  reference: string;
}

export class StepReasonDto {
  @TextField({
    is: 'Why; the log keeps it.',
    example: 'The trust asked for another tranche plan.',
    max: 2_000,
  })
  reason: string;
}

export class StepRemarkDto {
  @TextField({
    is: 'A remark for the log.',
    example: 'As the programme board agreed.',
    max: 2_000,
    nullable: true,
  })
  reason: string | null = null;
}

export class TerminationDto extends StepReasonDto {
  @TextField({
    is: 'Who gave the authority, and where that is written.',
    example: 'Programme board, minute 7 of 4 May 2018',
    max: 500,
  })
  authority: string;
}

export class NovationDto extends TerminationDto {
  @CodeField({ is: 'Who takes the agreement over, by ODS code.', example: 'RXT' }) successor: string;
  @TextField({
    is: "What the successor's agreement is called.",
    example: 'MHGDE/2018/RXT-RW4',
    max: 100,
  })
  reference: string;
  @DayField({
    is: "From which day it is the successor's: not before it took over, and not after today.",
    example: '2018-04-01',
  })
  effectiveOn: string;
}
