import {
  CAPABILITIES,
  CARE_SETTINGS,
  type Capability,
  type CareSetting,
  MATURITY_SECTIONS,
  type MaturitySection,
  PROJECT_TYPES,
  type ProjectType,
  USER_GROUPS,
  type UserGroup,
} from '../../blueprints/blueprint.categories.js';
import type { LibraryFilter } from '../../blueprints/blueprint.queries.js';
import { BLUEPRINT_STATES, type BlueprintState, LIMITS } from '../../blueprints/blueprint.rules.js';
import type { WrittenBlueprint } from '../../blueprints/blueprint.service.js';
import {
  ChoiceField,
  ChoicesField,
  CodeField,
  DayField,
  IdField,
  ListField,
  PenceField,
  TextField,
} from '../fields.js';
import { PageQuery } from '../paging.js';

export class LibraryQuery extends PageQuery {
  @TextField({
    is: 'Only those with these words, as you would type them into a search engine: "ward observations" -paper.',
    max: 200,
    optional: true,
    example: 'observations',
  })
  q?: string;
  @CodeField({ is: 'Only those of this programme, by its slug.', optional: true }) programme?: string;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @ChoiceField({ is: 'Only those for these people.', of: USER_GROUPS, optional: true }) userGroup?: UserGroup;
  @ChoiceField({ is: 'Only those for this care setting.', of: CARE_SETTINGS, optional: true })
  careSetting?: CareSetting;
  @ChoiceField({ is: 'Only those of this kind of project.', of: PROJECT_TYPES, optional: true })
  projectType?: ProjectType;
  @ChoiceField({ is: 'Only those that serve this capability.', of: CAPABILITIES, optional: true })
  capability?: Capability;
  @ChoiceField({ is: 'Only those of this section of maturity.', of: MATURITY_SECTIONS, optional: true })
  maturitySection?: MaturitySection;
  @IdField({ is: 'Only those about this product of the register, by its id.', optional: true })
  product?: string;
}

/** What a query of the library asks for. */
export const libraryFilter = (query: LibraryQuery): LibraryFilter => ({
  search: query.q ?? null,
  programme: query.programme ?? null,
  trust: query.trust ?? null,
  userGroup: query.userGroup ?? null,
  careSetting: query.careSetting ?? null,
  projectType: query.projectType ?? null,
  capability: query.capability ?? null,
  maturitySection: query.maturitySection ?? null,
  product: query.product ?? null,
});

export class BlueprintsQuery extends PageQuery {
  @ChoiceField({
    is: 'Only those whose newest version is in this state.',
    of: BLUEPRINT_STATES,
    optional: true,
  })
  state?: BlueprintState;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @CodeField({ is: 'Only those of this project, by its code.', optional: true }) project?: string;
}

export class BeginBlueprintDto {
  @CodeField({ is: 'The project that it is of, by its code.', example: 'self-harm-app' }) project: string;
}

const part = (is: string, example: string) =>
  TextField({ is, max: LIMITS.part, min: 0, optional: true, example });
const line = (is: string, example: string) =>
  TextField({ is, max: LIMITS.line, min: 0, optional: true, example });
const text = (is: string, example: string) =>
  TextField({ is: `${is} No patient data.`, max: LIMITS.text, min: 0, optional: true, example });

export class ChosenProductDto {
  @IdField({ is: 'The product, by its id in the register.' }) product: string;
  @IdField({ is: 'The version of it that is used, by id; null where that is not said.', nullable: true })
  version: string | null = null;
}

/** What is left out stays as it is. */
export class WriteBlueprintDto implements WrittenBlueprint {
  @part('What it is: the first part of the title.', 'Ward observations on tablets') what?: string;
  @part('For whom: the second part of the title.', 'nurses') forWhom?: string;
  @part('Where: the third part of the title.', 'acute inpatient wards') where?: string;
  @ChoicesField({
    is: 'Who uses it.',
    of: USER_GROUPS,
    max: LIMITS.choices,
    optional: true,
    example: ['nurses'],
  })
  userGroups?: UserGroup[];
  @ChoicesField({
    is: 'The care settings that it is used in.',
    of: CARE_SETTINGS,
    max: LIMITS.choices,
    optional: true,
    example: ['inpatient'],
  })
  careSettings?: CareSetting[];
  @ChoiceField({
    is: 'What kind of project it was.',
    of: PROJECT_TYPES,
    optional: true,
    example: 'observations-and-monitoring',
  })
  projectType?: ProjectType;
  @ChoicesField({
    is: 'The capabilities of the digital maturity assessment that it serves.',
    of: CAPABILITIES,
    max: LIMITS.choices,
    optional: true,
    example: ['records-assessments-and-plans'],
  })
  capabilities?: Capability[];
  @ChoicesField({
    is: 'The sections of What Good Looks Like, or of the digital maturity assessment, that it helps with.',
    of: MATURITY_SECTIONS,
    max: LIMITS.choices,
    optional: true,
    example: ['safe-practice'],
  })
  maturitySections?: MaturitySection[];
  @text('Which problem it solves.', 'Observations on paper were late and illegible.') problem?: string;
  @text('What was in scope, and what was not.', 'All adult wards; not the community teams.') scope?: string;
  @text('What was done.', 'Tablets on each ward, with an open-source form.') solution?: string;
  @ListField(() => ChosenProductDto, {
    is: 'The products of the register that it is about, in place of those that it has.',
    max: LIMITS.products,
    optional: true,
  })
  products?: ChosenProductDto[];
  @line("A product that the register does not have, in words; '' where there is none.", 'eObs')
  product?: string;
  @line("Its supplier; '' where there is none.", 'Observations Ltd') supplier?: string;
  @text('Which team it took.', 'A ward manager, two analysts, a developer.') team?: string;
  @text('What was learned; what went wrong helps most.', 'Wi-Fi first.') lessons?: string;
  @text('What you would advise whoever does it next.', 'Begin with one ward.') advice?: string;
  @PenceField({
    is: 'What this alone cost, of all that the award paid for; null where it was not worked out.',
    nullable: true,
  })
  costPence?: number | null;
  @TextField({
    is: 'How that was worked out; given with the cost.',
    max: LIMITS.line,
    nullable: true,
    example: 'Invoices and staff time of the project, net of VAT',
  })
  costBasis?: string | null;
}

export class NameContactDto {
  @TextField({
    is: 'The role of whoever is asked; never a name.',
    max: LIMITS.part,
    example: 'Chief nursing information officer',
  })
  role: string;
  @TextField({
    is: 'The address of their work: a shared mailbox, if you have one.',
    max: LIMITS.line,
    example: 'digital@merseycare.example',
  })
  address: string;
}

export class BlueprintQueryDto {
  @TextField({ is: 'What has to be clearer.', max: 2_000, example: 'Does the cost include the licences?' })
  question: string;
}

export class BlueprintAnswerDto {
  @TextField({ is: 'The answer. No patient data.', max: 4_000, example: 'It does, for the first year.' })
  answer: string;
}

export class BlueprintWithdrawalDto {
  @TextField({ is: 'Why it is withdrawn.', max: 2_000, example: 'The supplier has stopped the product.' })
  reason: string;
}

const organisation = CodeField({
  is: 'Whose this is, by ODS code; left out: of your own trust. The funder records for those who have nobody here.',
  example: 'RTV',
  nullable: true,
});

export class AskBlueprintDto {
  @TextField({
    is: 'The question. Everybody who is signed in reads it, with its answer. No patient data.',
    max: 4_000,
    example: 'How did you train the night shifts?',
  })
  question: string;
  @organisation organisation: string | null = null;
}

export class RecordVisitDto {
  @DayField({ is: 'The day of the visit.', example: '2018-04-20' }) visitedOn: string;
  @TextField({
    is: 'What was seen, and what came of it. No patient data.',
    max: 4_000,
    example: 'A morning on two wards.',
  })
  words: string;
  @organisation organisation: string | null = null;
}
