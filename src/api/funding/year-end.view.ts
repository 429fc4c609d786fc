import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const PART = { ...PENCE, example: 12_500_000 };
const KIND = { enum: ['capital', 'revenue'], example: 'capital' };

class YearEndAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
}

class YearEndForecastView {
  @Shows('The period of the latest accepted return.', { example: '2018/19 Q3' }) period: string;
  @Shows('What was spent on the line until then.', PART) spentToDatePence: number;
  @Shows('What the line is forecast to come to.', PART) forecastPence: number;
}

class CarryForwardView {
  @Shows('The id of the change request.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CR-00012' }) reference: string;
  @Shows('Where it is in its life.', { example: 'submitted' }) state: string;
  @Shows('What it takes from this line to a later year.', PART) amountPence: number;
}

class CarryForwardsView {
  @Shows('Asked for and not decided.', PART) pendingPence: number;
  @Shows('Approved and not applied.', PART) approvedPence: number;
  @Shows('Applied: no longer part of what is granted here.', PART) appliedPence: number;
  @Shows('The change requests.', { type: [CarryForwardView] }) requests: CarryForwardView[];
}

class YearEndSumsView {
  @Shows(
    'What is agreed now; the sum of what is not claimed, claimed, approved, paid, recovered, written off, lapsed and withdrawn.',
    PENCE,
  )
  grantedPence: number;
  @Shows('What nobody claimed.', PART) notClaimedPence: number;
  @Shows('Claimed and not approved yet.', PART) claimedPence: number;
  @Shows('Approved and not paid yet.', PART) approvedPence: number;
  @Shows('Paid.', PART) paidPence: number;
  @Shows('Paid and recovered.', PART) recoveredPence: number;
  @Shows('Paid and written off.', PART) writtenOffPence: number;
  @Shows('Lapsed.', PART) lapsedPence: number;
  @Shows('Withdrawn.', PART) withdrawnPence: number;
  @Shows('What lapses if nothing is done; 0 once the year is closed.', PART) lapsesPence: number;
  @Shows('What lapses once the approved carry-forwards are applied.', PART) lapsesAfterApprovedPence: number;
}

class YearEndLineView extends YearEndSumsView {
  @Shows('Whose line it is.') trust: TrustView;
  @Shows('Its kind.', KIND) kind: string;
  @Shows('The agreements that it is of.', { type: [YearEndAgreementView] })
  agreements: YearEndAgreementView[];
  @ShowsOrNull('What the trust forecasts; null where no accepted return says.', YearEndForecastView)
  forecast: YearEndForecastView | null;
  @ShowsOrNull('What is granted and not forecast to be spent.', Number, { ...PART, type: 'integer' })
  expectedUnderspendPence: number | null;
  @Shows('What change requests take to a later year.') carryForward: CarryForwardsView;
}

class YearEndTotalsView extends YearEndSumsView {
  @Shows('What is not forecast to be spent, of the lines that have a forecast.', PART)
  expectedUnderspendPence: number;
  @Shows('How many lines there are.', { ...WHOLE, example: 14 }) lines: number;
  @Shows('Lines of which something lapses.', { ...WHOLE, example: 3 }) linesThatLapse: number;
  @Shows('Lines without a forecast.', { ...WHOLE, example: 0 }) linesWithoutForecast: number;
  @Shows('Carry-forwards asked for and not decided.', PART) carryForwardPendingPence: number;
  @Shows('Approved and not applied.', PART) carryForwardApprovedPence: number;
  @Shows('Applied.', PART) carryForwardAppliedPence: number;
}

class LapsedLineView {
  @Shows('Whose line it was.') trust: TrustView;
  @Shows('Its kind.', KIND) kind: string;
  @Shows('What lapsed.', PART) lapsedPence: number;
}

/** A financial year that is closed. */
export class YearEndView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The financial year.', { example: '2018/19' }) financialYear: string;
  @Shows('What lapsed, over all trusts.', PART) lapsedPence: number;
  @Shows('Who closed it.') closedBy: PersonView;
  @Shows('When.', { ...INSTANT, example: '2019-04-08T09:30:00Z' }) closedAt: string;
  @Shows('On what grounds.', { example: 'Year-end 2018/19, finance board of 8 April 2019' }) reason: string;
  @Shows('What lapsed of each line that the reader may see.', { type: [LapsedLineView] })
  lines: LapsedLineView[];
}

export class YearEndListView {
  @Shows('The years, the latest first.', { type: [YearEndView] }) items: YearEndView[];
}

/** How a financial year is about to end. */
export class YearEndPositionView {
  @Shows('The financial year.', { example: '2018/19' }) financialYear: string;
  @Shows('Its last day.', { ...DAY, example: '2019-03-31' }) endsOn: string;
  @Shows('Days until then; 0 on the last day and after it.', { ...WHOLE, example: 42 }) daysLeft: number;
  @ShowsOrNull(
    'How it was closed, with the lines of the trusts of the page; null while it is not.',
    YearEndView,
  )
  closed: YearEndView | null;
  @Shows('The lines of a page of trusts, by name.', { type: [YearEndLineView] }) lines: YearEndLineView[];
  @ShowsOrNull('The cursor of the next page of trusts.', String) next: string | null;
  @Shows('All lines together, whichever page this is.') totals: YearEndTotalsView;
}
