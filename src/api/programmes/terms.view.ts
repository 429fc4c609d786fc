import { SourcedView } from '../common.view.js';
import { DAY, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class MatchTypeTermView {
  @Shows('Its code.', { example: 'staff-release' }) code: string;
  @Shows('The words for it.', { example: 'Staff released to the programme' }) label: string;
}

class TermSourceView {
  @Shows('Where it comes from.') sourced: SourcedView;
}

class ProgrammeMatchRulesView extends TermSourceView {
  @Shows('What counts as match.', { type: [MatchTypeTermView] }) types: MatchTypeTermView[];
  @Shows('The first day on which match may be incurred.', DAY) startsOn: string;
  @Shows('The last day.', DAY) endsOn: string;
  @Shows('What never counts.', {
    type: [String],
    example: ['Follow-on costs, after the project is delivered.'],
  })
  exclusions: string[];
}

class CostCategoryTermView {
  @Shows('Its code.', { example: 'hardware' }) code: string;
  @Shows('The words for it.', { example: 'Devices, servers and networks' }) label: string;
}

class ProgrammeEligibilityView extends TermSourceView {
  @Shows('The first day on which a cost may arise.', DAY) startsOn: string;
  @Shows('The last day.', DAY) endsOn: string;
  @Shows('The kinds of cost that count; none: the kind is not asked for.', { type: [CostCategoryTermView] })
  categories: CostCategoryTermView[];
}

class ProgrammePaymentTermsView extends TermSourceView {
  @Shows('A claim of more than this needs a second approver.', { ...PENCE, example: 50_000_000 })
  secondApproverAbovePence: number;
}

class ProgrammeAssuranceView extends TermSourceView {
  @Shows('Days before it ends, each said once.', { type: [Number], example: [90, 30] }) noticeDays: number[];
}

class ProgrammeTurnaroundView extends TermSourceView {
  @Shows('In how many days each stage should be left, by its code.', {
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { 'claim-check': 10 },
  })
  targetDays: Record<string, number>;
}

class ProgrammeAgreementConditionsView extends TermSourceView {
  @Shows('The conditions, in words.', {
    type: [String],
    example: ['The grant is ring-fenced, and is spent on the projects of this agreement alone.'],
  })
  texts: string[];
}

class ProgrammeFollowerTermsView extends TermSourceView {
  @Shows('What each may be awarded at most.', { ...PENCE, example: 300_000_000 }) mostAwardPence: number;
}

class RatingTermView {
  @Shows('Its code.', { example: 'amber-green' }) code: string;
  @Shows('The words for it.', { example: 'Amber/Green' }) label: string;
}

class ProgrammeConfidenceScaleView extends TermSourceView {
  @Shows('Its code, which every rating keeps.', { example: 'delivery-confidence-5' }) code: string;
  @Shows('Its name.', { example: 'Delivery confidence, five points' }) name: string;
  @Shows('Its points, from best to worst.', { type: [RatingTermView] }) points: RatingTermView[];
}

class ProgrammeCalendarView extends TermSourceView {
  @Shows('How often returns are due.', { enum: ['monthly', 'quarterly'] }) cadence: string;
  @Shows('Days from the end of a period until its returns can be drafted.', WHOLE) opensDaysAfterEnd: number;
  @Shows('Days from the end of a period until its returns are due.', { ...WHOLE, example: 28 })
  dueDaysAfterEnd: number;
}

class DelayReasonTermView {
  @Shows('Its code.', { example: 'supplier' }) code: string;
  @Shows('The words for it.', { example: 'Supplier delivered late or not as agreed' }) label: string;
}

class NarrativeSectionTermView {
  @Shows('Its code.', { example: 'achievements' }) code: string;
  @Shows('The heading.', { example: 'What was achieved' }) title: string;
  @ShowsOrNull('What to write there.', String, {
    example: 'What people can do now that they could not before.',
  })
  hint: string | null;
  @Shows('How many characters it may have.', { ...WHOLE, example: 4_000 }) maxLength: number;
}

class ProgrammeAwardeeTermView {
  @Shows('What readers call an awardee.', { example: 'trust' }) singular: string;
  @Shows('What they call more than one.', { example: 'trusts' }) plural: string;
}

/** What a programme is configured with. */
export class ProgrammeTermsView {
  @Shows('Where its name and dates come from.') sourced: SourcedView;
  @Shows('Where the match ratio comes from.') matchRatio: TermSourceView;
  @Shows('What counts as match, and when.') matchRules: ProgrammeMatchRulesView;
  @Shows('Which costs may be claimed.') eligibility: ProgrammeEligibilityView;
  @ShowsOrNull(
    'Who else approves a large claim; null: no second approver is asked for.',
    ProgrammePaymentTermsView,
  )
  payments: ProgrammePaymentTermsView | null;
  @ShowsOrNull(
    'How long before it ends its trust is told of a piece of assurance; null: 90 days.',
    ProgrammeAssuranceView,
  )
  assurance: ProgrammeAssuranceView | null;
  @ShowsOrNull(
    'In how many days the stages of review, claim and assurance should be left; null where it says none.',
    ProgrammeTurnaroundView,
  )
  turnaround: ProgrammeTurnaroundView | null;
  @ShowsOrNull('What every agreement says beside its money and dates.', ProgrammeAgreementConditionsView)
  agreementConditions: ProgrammeAgreementConditionsView | null;
  @ShowsOrNull('What followers may be awarded; null where nothing says.', ProgrammeFollowerTermsView)
  followers: ProgrammeFollowerTermsView | null;
  @Shows('How delivery confidence is rated.') confidenceScale: ProgrammeConfidenceScaleView;
  @Shows('Where the control totals come from.') controlTotals: TermSourceView;
  @Shows('When returns are due.') calendar: ProgrammeCalendarView;
  @Shows('The reasons for a date that moves.', { type: [DelayReasonTermView] })
  delayReasons: DelayReasonTermView[];
  @Shows("The headings of a return's narrative.", { type: [NarrativeSectionTermView] })
  narrativeSections: NarrativeSectionTermView[];
  @Shows('The words for those who are awarded money.') awardeeTerm: ProgrammeAwardeeTermView;
}
