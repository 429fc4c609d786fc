import { ASSURANCE_STATES, type AssuranceState } from '../../assurance/assurance-item.rules.js';
import { ASSURANCE_KINDS, type AssuranceKind } from '../../assurance/assurance-kinds.js';
import { ChoiceField, CodeField, DayField, IdField, TextField } from '../fields.js';
import { PageQuery } from '../paging.js';

export class ProductsQuery extends PageQuery {
  @TextField({ is: 'Only those with this in their name or supplier.', max: 200, optional: true })
  named?: string;
}

export class ProductDto {
  @TextField({ is: 'Its name.', max: 200, example: 'Ward observations' }) name: string;
  @TextField({ is: 'Who supplies it.', max: 200, example: 'Northern Health Software Ltd' }) supplier: string;
  @TextField({ is: 'What it is for.', max: 2_000, example: 'Records observations at the bedside.' })
  summary: string;
}

export class ProductVersionDto {
  @TextField({ is: 'The version, as the supplier numbers it.', max: 100, example: '5.2' }) version: string;
  @DayField({ is: 'The day on which it was released.', example: '2017-09-01' }) releasedOn: string;
}

export class DeploymentsQuery extends PageQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RV5', optional: true }) trust?: string;
  @CodeField({
    is: 'Only those of this project, by code.',
    example: 'slam-ward-observations',
    optional: true,
  })
  project?: string;
}

export class DeploymentDto {
  @CodeField({ is: 'The project that uses it, by code.', example: 'slam-ward-observations' }) project: string;
  @IdField({ is: 'The id of the version.' }) version: string;
  @DayField({ is: 'The first day of its use; it may be to come.', example: '2018-06-25' }) fromOn: string;
}

export class DeploymentEndDto {
  @DayField({ is: 'The last day of its use.', example: '2019-01-31' }) toOn: string;
}

export class AssuranceItemsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those of this kind.', of: ASSURANCE_KINDS, optional: true }) kind?: AssuranceKind;
  @ChoiceField({ is: 'Only those in this state.', of: ASSURANCE_STATES, optional: true })
  state?: AssuranceState;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RV5', optional: true }) trust?: string;
  @IdField({ is: 'Only those of this product and its versions, by id.', optional: true }) product?: string;
  @DayField({ is: 'Only those that expire on this day or before.', optional: true }) expiresTo?: string;
}

export class AssuranceContentDto {
  @TextField({ is: 'Its version, as its authors number it.', max: 100, example: '1.2' }) version: string;
  @TextField({ is: 'Who signed it, in the role that the kind asks for.', max: 200, example: 'Dr R. Osei' })
  signedBy: string;
  @DayField({ is: 'When it was signed.', example: '2018-05-14' }) signedOn: string;
  @DayField({ is: 'The last day on which it holds; none: until something changes.', nullable: true })
  expiresOn: string | null = null;
  @CodeField({
    is: 'What it came to: one of the outcomes of its kind; none where it has none.',
    example: 'pass',
    nullable: true,
  })
  outcome: string | null = null;
  @TextField({ is: 'Where the document is.', max: 500, example: 'Clinical safety folder, CSCR-014' })
  document: string;
}

export class AssuranceItemDto extends AssuranceContentDto {
  @ChoiceField({ is: 'What kind of evidence it is.', of: ASSURANCE_KINDS, example: 'dcb0160' })
  kind: AssuranceKind;
  @TextField({
    is: 'What it is of: the id of the product, version, deployment or project, or the ODS code of the organisation.',
    max: 100,
    example: 'RV5',
  })
  subject: string;
}

export class AssuranceReasonDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'The hazard log does not cover the second ward.' })
  reason: string;
}

export class AssuranceAcceptanceDto {
  @TextField({ is: 'A remark for the log.', max: 2_000, nullable: true }) reason: string | null = null;
}

export class GoLivesQuery extends PageQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RV5', optional: true }) trust?: string;
  @CodeField({
    is: 'Only those of this project, by code.',
    example: 'slam-ward-observations',
    optional: true,
  })
  project?: string;
  @ChoiceField({
    is: 'Only services that are live, or only those that are not.',
    of: ['true', 'false'],
    optional: true,
  })
  live?: string;
  @DayField({ is: 'Only those forecast for this day or before.', optional: true }) until?: string;
}
