import type { LineDecision } from '../../funding/claims/claim-decision.rules.js';
import type { WantedLine } from '../../funding/claims/claim-lines.rules.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import {
  ChoiceField,
  CodeField,
  DayField,
  FinancialYearField,
  IdField,
  ListField,
  PenceField,
  TextField,
  WholeField,
} from '../fields.js';
import { PageQuery } from '../paging.js';

/** The most lines of one claim. */
const MOST_LINES = 300;
const LINE_NUMBER = { min: 1, max: MOST_LINES, example: 2 } as const;
const OF_COSTS = { nullable: true } as const;

export class NewClaimDto {
  @WholeField({ is: 'The tranche that it draws on, by number.', min: 1, max: 100, example: 2 })
  trancheNumber: number;
  @ChoiceField({
    is: 'Costs that arose, or an advance on those to come; a tranche is for one or the other.',
    of: ['costs', 'advance'],
    example: 'costs',
  })
  kind: 'costs' | 'advance';
  @TextField({ is: 'What it is for.', max: 2_000, example: 'Costs of the shared record, January to March' })
  description: string;
}

/** A line of a claim. An advance has only its line, description and amount. */
export class ClaimLineDto implements WantedLine {
  @FinancialYearField({ is: 'The financial year of the funding line.' }) financialYear: string;
  @ChoiceField({ is: 'Capital never funds revenue.', of: ['capital', 'revenue'], example: 'capital' })
  kind: WantedLine['kind'];
  @TextField({ is: 'What was bought or done.', max: 500, example: 'Ward network points, 40 wards' })
  description: string;
  @PenceField({ is: 'What is claimed of it: at most its net and the VAT that is not got back.' })
  claimedPence: number;
  @CodeField({ is: "The project, by its code; one of the trust's.", example: 'shared-record', ...OF_COSTS })
  project: string | null = null;
  @CodeField({ is: 'An eligible category of the agreement.', example: 'software', ...OF_COSTS })
  category: string | null = null;
  @TextField({ is: 'Who was paid.', max: 200, example: 'Northern Networks Ltd', ...OF_COSTS })
  supplier: string | null = null;
  @TextField({
    is: "The supplier's reference; evidence under the same supplier and reference proves the line.",
    max: 200,
    example: 'INV-20417',
    ...OF_COSTS,
  })
  invoiceReference: string | null = null;
  @DayField({ is: 'When the cost arose: in the window and in the year of its line.', ...OF_COSTS })
  incurredOn: string | null = null;
  @DayField({ is: 'When it was invoiced.', ...OF_COSTS }) invoicedOn: string | null = null;
  @DayField({ is: 'When it was paid.', ...OF_COSTS }) defrayedOn: string | null = null;
  @PenceField({ is: 'The net amount of the whole invoice.', ...OF_COSTS }) netPence: number | null = null;
  @PenceField({ is: 'Its VAT.', example: 2_500_000, ...OF_COSTS }) vatPence: number | null = null;
  @PenceField({ is: 'What of its VAT is got back.', example: 0, ...OF_COSTS })
  recoverableVatPence: number | null = null;
}

export class SaveClaimDto {
  @TextField({ is: 'What it is for.', max: 2_000, optional: true }) description?: string;
  @ListField(() => ClaimLineDto, {
    is: 'All lines of the claim, in the place of those that it has.',
    max: MOST_LINES,
    optional: true,
  })
  lines?: ClaimLineDto[];
}

class ClaimQuestionDto {
  @WholeField({
    is: 'The line that you ask about; null for the whole claim.',
    ...LINE_NUMBER,
    nullable: true,
  })
  position: number | null = null;
  @TextField({ is: 'What you ask.', max: 4_000, example: 'Which wards does this invoice cover?' })
  question: string;
}

export class ClaimQuestionsDto {
  @ListField(() => ClaimQuestionDto, { is: 'At least one question.', min: 1, max: 50 })
  questions: ClaimQuestionDto[];
}

export class ClaimAnswerDto {
  @TextField({ is: 'Your answer.', max: 4_000, example: 'Wards 1 to 12; the delivery note lists them.' })
  answer: string;
}

export class ClaimReasonDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'The invoice of March belongs to another project.' })
  reason: string;
}

class LineDecisionDto implements LineDecision {
  @WholeField({ is: 'The line.', ...LINE_NUMBER }) position: number;
  @PenceField({ is: 'How much of it.' }) approvedPence: number;
  @TextField({
    is: 'Why not all of it; only where it is less than claimed.',
    max: 1_000,
    example: 'Training of staff is not eligible.',
    nullable: true,
  })
  because: string | null = null;
}

export class RecommendationDto {
  @TextField({
    is: 'What you recommend.',
    max: 4_000,
    example: 'Approve; three invoices of 40 were sampled.',
  })
  recommendation: string;
  @ListField(() => LineDecisionDto, {
    is: 'Lines of which less is recommended.',
    max: MOST_LINES,
    optional: true,
  })
  lines: LineDecisionDto[] = [];
}

export class ApprovalDto {
  @TextField({ is: 'On what grounds.', max: 2_000, example: 'As recommended.', nullable: true })
  reason: string | null = null;
  @ListField(() => LineDecisionDto, {
    is: 'Lines that you decide on yourself; the others are approved as recommended, and else in full.',
    max: MOST_LINES,
    optional: true,
  })
  lines: LineDecisionDto[] = [];
}

export class SecondApprovalDto {
  @TextField({ is: 'On what grounds.', max: 2_000, nullable: true }) reason: string | null = null;
}

export class ClaimsQuery extends PageQuery {
  @CodeField({ is: 'Only those of this programme.', example: 'mental-health-exemplars', optional: true })
  programme?: string;
  @ChoiceField({ is: 'Only those in this state.', of: CLAIM_STATES, optional: true }) state?: string;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @IdField({ is: 'Only those under this agreement.', optional: true }) agreement?: string;
  @ChoiceField({
    is: 'Only those that wait for you: what your role and you may do next on them; the longest wait first.',
    of: ['me'],
    optional: true,
  })
  awaiting?: 'me';
}
