import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MAX_PENCE } from '../../core/money.js';
import { LAYOUTS, type Layout } from '../../portfolio/portfolio.rules.js';
import { SCENARIO_STATES, type ScenarioState } from '../../portfolio/scenario.rules.js';
import { ChoiceField, CodeField, FinancialYearField, PartField, TextField, WholeField } from '../fields.js';
import { PageQuery } from '../paging.js';

export class PortfolioQuery {
  @ChoiceField({
    is: 'What programmes are laid out by; goals, where nothing is said.',
    of: LAYOUTS,
    optional: true,
  })
  by?: Layout;
  @CodeField({
    is: 'Only programmes that serve this goal, by its code.',
    example: 'paperless',
    optional: true,
  })
  goal?: string;
  @ApiPropertyOptional({ description: 'Only of this region, by its name.', example: 'North West' })
  @IsOptional()
  @IsString({ message: 'must be the name of a region' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  region?: string;
  @FinancialYearField({ is: 'Only of this financial year.', optional: true }) year?: string;
}

export class ScenariosQuery extends PageQuery {
  @CodeField({ is: 'Only those of this programme.', example: 'mental-health-exemplars', optional: true })
  programme?: string;
  @ChoiceField({ is: 'Only those in this state.', of: SCENARIO_STATES, optional: true })
  state?: ScenarioState;
}

class CutDto {
  @WholeField({
    is: 'The part of the year’s money that is cut, in hundredths of a per cent: 3333 is a third. Without an amount.',
    nullable: true,
    ...{ min: 1, max: 10_000, example: 3_333 },
  })
  basisPoints: number | null = null;
  @WholeField({
    is: 'What is cut, in pence. Without a part.',
    nullable: true,
    ...{ min: 1, max: MAX_PENCE, example: null },
  })
  amountPence: number | null = null;
}

export class NewScenarioDto {
  @TextField({
    is: 'A name that the programme has for no other scenario.',
    max: 200,
    example: '2019/20 cut by a third',
  })
  title: string;
  @FinancialYearField({ is: 'The year of which less is paid.' }) financialYear: string;
  @PartField(() => CutDto, { is: 'How much less: a part or an amount.' }) cut: CutDto;
}

export class ScenarioReasonDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'The settlement was announced; see SCN-00002.' })
  reason: string;
}
