import {
  BENEFIT_STATES,
  BENEFIT_TYPES,
  type BenefitState,
  type BenefitType,
} from '../../benefits/benefit.rules.js';
import { MAX_PENCE } from '../../core/money.js';
import {
  ChoiceField,
  CodeField,
  DayField,
  FinancialYearField,
  IdField,
  ListField,
  PartField,
  TextField,
  WholeField,
} from '../fields.js';
import { PageQuery } from '../paging.js';

export class BenefitsQuery extends PageQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @CodeField({ is: 'Only those of this project, by its code.', example: 'shared-record', optional: true })
  project?: string;
  @ChoiceField({ is: 'Only those of this type.', of: BENEFIT_TYPES, optional: true }) type?: BenefitType;
  @ChoiceField({ is: 'Only those in this state.', of: BENEFIT_STATES, optional: true }) state?: BenefitState;
}

export class BenefitTotalsQuery {
  @CodeField({ is: 'Only of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @CodeField({ is: 'Only of this project, by its code.', example: 'shared-record', optional: true })
  project?: string;
}

export class WorthQuery extends PageQuery {
  @CodeField({ is: 'Only of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
}

const VALUE = { min: 0, max: MAX_PENCE };

class BaselineDto {
  @WholeField({ is: 'How it was in a year, a whole number of the unit.', example: 1_240, ...VALUE })
  value: number;
  @DayField({ is: 'When that was found out.', example: '2017-03-31' }) on: string;
  @TextField({
    is: 'Where that is written.',
    max: 1_000,
    example: 'Incident system, extract of 3 April 2017',
  })
  source: string;
}

class PlannedYearDto {
  @FinancialYearField({ is: 'The financial year.' }) financialYear: string;
  @WholeField({
    is: 'What it is to bring in that year, beside the baseline: a whole number of the unit.',
    example: 120,
    ...VALUE,
  })
  planned: number;
}

export class BenefitDto {
  @CodeField({ is: 'A code, one of its kind in the project.', example: 'fewer-paper-forms' }) code: string;
  @TextField({ is: 'What is gained, in a few words.', max: 200, example: 'Fewer paper forms' }) name: string;
  @TextField({
    is: 'How the project brings it about, and how it is measured. No patient data.',
    max: 4_000,
    example: 'Wards fill in observations on tablets. Counted by the stationery ordered in a year.',
  })
  description: string;
  @ChoiceField({ is: 'What it is of; the first two are worth money.', of: BENEFIT_TYPES })
  type: BenefitType;
  @TextField({
    is: 'What its values are counted in, in words. Leave it out of what is worth money: that is in pence.',
    max: 60,
    nullable: true,
    example: 'incidents',
  })
  unit: string | null = null;
  @PartField(() => BaselineDto, { is: 'How it was before; needed before it is agreed.', nullable: true })
  baseline: BaselineDto | null = null;
  @TextField({ is: 'Who sees to it now, by job title.', max: 200, example: 'Director of nursing' })
  owner: string;
  @TextField({
    is: 'Who sees to it after the project is closed, by job title; needed before it is agreed.',
    max: 200,
    nullable: true,
    example: 'Head of clinical systems',
  })
  ownerAfterClosure: string | null = null;
  @ListField(() => PlannedYearDto, { is: 'What is planned, by financial year.', max: 20 })
  profile: PlannedYearDto[];
}

export class NewBenefitDto extends BenefitDto {
  @CodeField({ is: 'The code of the project that brings it.', example: 'shared-record' }) project: string;
}

export class OwnersDto {
  @TextField({ is: 'Who sees to it now, by job title.', max: 200, example: 'Director of nursing' })
  owner: string;
  @TextField({
    is: 'Who sees to it after the project is closed, by job title.',
    max: 200,
    example: 'Head of clinical systems',
  })
  ownerAfterClosure: string;
}

export class CountingDto {
  @IdField({ is: 'The benefit that this very gain is counted in; null: in itself.', nullable: true })
  countedIn: string | null = null;
  @TextField({ is: 'Why.', max: 2_000, example: 'Both projects release the same ward clerks.' })
  reason: string;
}

export class BenefitReasonDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'The ward was closed.' }) reason: string;
}

export class ReportBenefitDto {
  @FinancialYearField({ is: 'The financial year, one that is planned.' }) financialYear: string;
  @WholeField({
    is: 'What it brought beside the baseline: a whole number of the unit.',
    example: 118,
    ...VALUE,
  })
  value: number;
  @TextField({
    is: 'How it was measured. No patient data.',
    max: 4_000,
    example: 'Orders of the year, less those of wards that were closed.',
  })
  method: string;
}

export class ValidateBenefitDto {
  @WholeField({ is: 'What was found: a whole number of the unit.', example: 112, ...VALUE }) value: number;
  @TextField({
    is: 'What was looked at, and why the value differs.',
    max: 2_000,
    nullable: true,
    example: 'Two months were counted twice.',
  })
  note: string | null = null;
}
