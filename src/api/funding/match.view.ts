import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { CONTRIBUTION_STATES, VALUATIONS } from '../../funding/match/contribution.rules.js';
import { MATCH_CONCERNS } from '../../funding/match/match-concerns.rules.js';
import { TrustView } from '../common.view.js';
import { DAY, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { AgreementRefView, ProvedContributionView } from './contributions.view.js';

class MatchAgreementView extends AgreementRefView {
  @Shows('Where it is in its life.', { enum: [...AGREEMENT_STATES], example: 'active' }) state: string;
}

class MatchRatioView {
  @Shows('At least this much match…', { ...WHOLE, example: 1 }) matchPence: number;
  @Shows('…for every so much grant, in pence.', { ...WHOLE, example: 1 }) perGrantPence: number;
}

class ShortfallView {
  @Shows('The grant.', PENCE) grantPence: number;
  @Shows('The match that it needs at the ratio.', PENCE) requiredPence: number;
  @Shows('What is missing of it; 0 where nothing is.', { ...PENCE, example: 0 }) shortfallPence: number;
}

class MatchNowView extends ShortfallView {
  @Shows('Of the grant, what was passed as an explicit advance, before match arises.', PENCE)
  advancedPence: number;
  @Shows('Of the shortfall, what an advance explains that nothing was paid on delivery after.', {
    ...PENCE,
    example: 0,
  })
  explainedByAdvancePence: number;
}

class MatchInAllView extends ShortfallView {
  @Shows('Of the shortfall, what is neither evidenced nor pledged by a contribution.', {
    ...PENCE,
    example: 0,
  })
  notYetPledgedPence: number;
}

class GateTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number.', WHOLE) number: number;
  @Shows('Its name.', { example: 'On delivery' }) name: string;
  @Shows('What it is paid on.', { enum: ['advance', 'delivery'], example: 'delivery' }) basis: string;
}

class GateForecastView extends ShortfallView {
  @Shows('The tranche.') tranche: GateTrancheView;
  @Shows('When its gate is expected to open; today, where that day has passed.', DAY) expectedOn: string;
  @Shows('Whether all of it is approved, so that there is no gate left.', { example: false })
  passed: boolean;
  @Shows('Whether it is an advance: its gate asks for no match, and every later one counts its grant.', {
    example: false,
  })
  exempt: boolean;
  @Shows('What the tranche still brings.', PENCE) remainingPence: number;
  @Shows('What match is forecast: accepted, evidenced, and pledged for a day until then.', PENCE)
  forecastMatchPence: number;
  @Shows('What is to be accepted, beside what is accepted now, for this gate to open.', PENCE)
  stillToAcceptPence: number;
}

/** The match of one agreement, now and at each gate. */
export class MatchPositionView {
  @Shows('The agreement.') agreement: MatchAgreementView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The match ratio.') ratio: MatchRatioView;
  @Shows('Accepted match against the grant that is paid and approved.') now: MatchNowView;
  @Shows('Accepted match against the grant that is paid and not recovered.') paid: ShortfallView;
  @Shows('Match that counts.', PENCE) acceptedPence: number;
  @Shows('Match that is evidenced and waits to be accepted.', PENCE) evidencedPence: number;
  @Shows('Match that contributions pledge.', PENCE) pledgedPence: number;
  @Shows('Of that, what was expected before today.', { ...PENCE, example: 0 }) overduePence: number;
  @Shows('Accepted match against all of the grant that may still come: how much more is needed.')
  inAll: MatchInAllView;
  @Shows('Each gate, by number.', { type: [GateForecastView] }) gates: GateForecastView[];
  @ShowsOrNull('The number of the tranche whose gate is next; null where all are passed.', Number, WHOLE)
  nextGate: number | null;
  @Shows(
    'Whether match is missing beside what is paid and approved, beyond what an explicit advance explains.',
    { example: false },
  )
  belowRatio: boolean;
  @Shows('Whether match is forecast to be missing at the next gate.', { example: true })
  belowAtNextGate: boolean;
}

class MatchTotalsView {
  @Shows('How many agreements are in force.', { ...WHOLE, example: 7 }) agreements: number;
  @Shows('How many have less match than what is paid and approved needs.', WHOLE) belowRatio: number;
  @Shows('How many are forecast to have less than their next gate needs.', WHOLE) belowAtNextGate: number;
  @Shows('Grant paid and approved.', PENCE) grantPence: number;
  @Shows('Match that it needs.', PENCE) requiredPence: number;
  @Shows('Match accepted.', PENCE) acceptedPence: number;
  @Shows('Match evidenced and not accepted yet.', PENCE) evidencedPence: number;
  @Shows('Match pledged.', PENCE) pledgedPence: number;
  @Shows('What is missing, agreement by agreement: what one has too much of does not help another.', PENCE)
  shortfallPence: number;
  @Shows('What of that no advance explains.', PENCE) unexplainedPence: number;
  @Shows('What is to be accepted until the end, agreement by agreement.', PENCE) stillToAcceptPence: number;
}

export class ProgrammeMatchView {
  @Shows('The day that it is as on.', DAY) asOn: string;
  @Shows('Of all agreements that you may see, whichever page this is.') totals: MatchTotalsView;
  @Shows('The agreements, by the codes of their trusts.', { type: [MatchPositionView] })
  items: MatchPositionView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class TrustAgreementMatchView extends MatchPositionView {
  @Shows('Its contributions, each with its evidence.', { type: [ProvedContributionView] })
  contributions: ProvedContributionView[];
}

export class TrustMatchView {
  @Shows('The day that it is as on.', DAY) asOn: string;
  @Shows('The trust.') trust: TrustView;
  @Shows('Of all its agreements in force.') totals: MatchTotalsView;
  @Shows('Its agreements in force.', { type: [TrustAgreementMatchView] })
  agreements: TrustAgreementMatchView[];
}

class OtherThingView {
  @Shows('What it is.', { enum: ['claim', 'contribution'], example: 'contribution' }) kind: string;
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MAT-00012' }) name: string;
}

class ConcernView {
  @Shows('What is to be looked at.', { enum: [...MATCH_CONCERNS], example: 'match-in-kind' }) code: string;
  @Shows('In words.', {
    example: '£12,500 is not in cash: Other contributions in kind, valued by an estimate.',
  })
  message: string;
  @Shows('How much match it is about.', PENCE) amountPence: number;
  @Shows('What else it is about.', { type: [OtherThingView] }) about: OtherThingView[];
}

class MissingMatchView extends ConcernView {
  @Shows('The agreement.') agreement: MatchAgreementView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

class ScrutinisedContributionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MAT-00012' }) reference: string;
  @Shows('The agreement.') agreement: AgreementRefView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('Where it is in its life.', { enum: [...CONTRIBUTION_STATES], example: 'accepted' }) state: string;
  @Shows("A code of the agreement's types.", { example: 'in-kind' }) type: string;
  @ShowsOrNull('What the agreement calls it.', String, { example: 'Other contributions in kind' })
  typeLabel: string | null;
  @Shows('How it is valued.', { enum: [...VALUATIONS], example: 'estimate' }) valuation: string;
  @Shows('How much of it counts, or waits to.', PENCE) amountPence: number;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('What is to be looked at.', { type: [ConcernView] }) concerns: ConcernView[];
}

export class MatchConcernsView {
  @Shows('The day that it is as on.', DAY) asOn: string;
  @Shows('Where match is missing beside what was paid; on every page.', { type: [MissingMatchView] })
  missing: MissingMatchView[];
  @Shows('Contributions that count or wait to, and that there is something to look at of.', {
    type: [ScrutinisedContributionView],
  })
  items: ScrutinisedContributionView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
