import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { MILESTONE_STATES } from '../../milestones/milestone.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class GateAboutView {
  @Shows('What kind of thing it is.', {
    enum: ['agreement', 'gate-waiver', 'match', 'milestone', 'progress-report', 'tranche'],
    example: 'milestone',
  })
  kind: string;
  @Shows('Its id; of match, that of its agreement.', { format: 'uuid' }) id: string;
  @Shows('Its name.', { example: 'Go-live on all wards' }) name: string;
}

class GateBlockerView {
  @Shows('Stable; a waiver names it.', { example: 'milestone-not-accepted' }) code: string;
  @Shows('What keeps the gate shut.', {
    example:
      'Go-live on all wards is in progress; this tranche opens once it is met. It is agreed for 31 March 2018.',
  })
  message: string;
  @Shows('The thing that it points at.') about: GateAboutView;
  @Shows('What would clear it.', {
    example: 'The trust delivers it, adds evidence, and claims it met in a return.',
  })
  clearedBy: string;
  @Shows('By when it is to be cleared.', DAY) dueOn: string;
}

class AppliedWaiverView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Why it was granted.', { example: 'The match is agreed and arrives in May.' }) reason: string;
  @Shows('Who gave the authority, and where that is written.', {
    example: 'Programme board, minute 7 of 4 May 2018',
  })
  authority: string;
  @Shows('Who granted it.') grantedBy: PersonView;
}

export class WaivedBlockerView extends GateBlockerView {
  @Shows('What lets it be.') waiver: AppliedWaiverView;
}

class StandingWaiverView extends AppliedWaiverView {
  @Shows('The codes of the blockers that it waives.', { type: [String], example: ['match-below-ratio'] })
  codes: string[];
  @Shows(
    'What blocked the tranche under those codes when it was granted: this it lets be, and nothing else.',
    {
      type: [GateBlockerView],
    },
  )
  covers: GateBlockerView[];
  @Shows('When it was granted.', INSTANT) grantedAt: string;
  @ShowsOrNull('The last day on which it counts; null: until it is withdrawn.', String, {
    format: 'date',
    example: '2018-06-30',
  })
  expiresOn: string | null;
}

class GateAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...AGREEMENT_STATES], example: 'active' }) state: string;
}

class GateMilestoneView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code, as returns name it.', { example: 'shared-record/go-live' }) code: string;
  @Shows('Its name.', { example: 'Go-live on all wards' }) name: string;
  @Shows('Where it is in its life; met and waived open the gate.', {
    enum: [...MILESTONE_STATES],
    example: 'in-progress',
  })
  state: string;
  @Shows('The day that is agreed now.', DAY) agreedOn: string;
  @Shows('The day that is expected now.', { ...DAY, example: '2018-06-30' }) forecastOn: string;
  @ShowsOrNull('The day on which it was met, as the trust says.', String, {
    format: 'date',
    example: '2018-06-20',
  })
  actualOn: string | null;
}

class MatchAtGateView {
  @Shows('Whether the match ratio is asked for; not of an advance.', { example: true }) applies: boolean;
  @Shows('Match accepted so far, of the whole agreement.', { ...PENCE, example: 150_000_000 })
  acceptedPence: number;
  @Shows('Grant approved or paid so far, with all that is left of this tranche.', {
    ...PENCE,
    example: 250_000_000,
  })
  grantPence: number;
  @Shows('The match that this grant needs.', { ...PENCE, example: 250_000_000 }) requiredPence: number;
  @Shows('What is missing.', { ...PENCE, example: 100_000_000 }) shortfallPence: number;
  @ShowsOrNull('How much more grant the accepted match carries now; null where it sets no limit.', Number, {
    ...PENCE,
    example: 50_000_000,
  })
  roomPence: number | null;
  @Shows('The comparison in words.', {
    example:
      '£1,500,000 of match is accepted; £2,500,000 of grant in all, this payment included, needs £2,500,000 at 1:1, so £1,000,000 is missing.',
  })
  explanation: string;
}

export class GateView {
  @Shows('The id of the tranche.', { format: 'uuid' }) id: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The agreement that it belongs to.') agreement: GateAgreementView;
  @Shows('Its number within the agreement.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live' }) name: string;
  @Shows('An advance is paid before costs arise; the others on what was delivered.', {
    enum: ['advance', 'delivery'],
    example: 'delivery',
  })
  basis: string;
  @Shows('Its grant.', { ...PENCE, example: 100_000_000 }) grantPence: number;
  @Shows('What is claimed of it, approved and paid included.', { ...PENCE, example: 0 }) drawnPence: number;
  @Shows('What can still be claimed of it.', { ...PENCE, example: 100_000_000 }) remainingPence: number;
  @Shows('What of it is paid.', { ...PENCE, example: 0 }) paidPence: number;
  @Shows('The day that it is planned for.', DAY) plannedOn: string;
  @Shows('The latest forecast of its open milestones, or the planned day.', {
    ...DAY,
    example: '2018-06-30',
  })
  expectedOn: string;
  @Shows('Days from the planned day to the expected one; negative where earlier.', { ...WHOLE, example: 91 })
  slipDays: number;
  @Shows('Whether it is late: expected after its planned day, or still shut when that day has passed.', {
    example: true,
  })
  slips: boolean;
  @Shows('Whether nothing keeps it shut that is not waived.', { example: false }) open: boolean;
  @Shows('What keeps it shut, for all that is left of it.', { type: [GateBlockerView] })
  blockers: GateBlockerView[];
  @Shows('What would keep it shut, and is waived.', { type: [WaivedBlockerView] })
  waived: WaivedBlockerView[];
  @Shows('The waivers that stand, oldest first.', { type: [StandingWaiverView] })
  waivers: StandingWaiverView[];
  @Shows('The milestones that it rests on, by their agreed days.', { type: [GateMilestoneView] })
  milestones: GateMilestoneView[];
  @Shows('The match at this gate, for all that is left of it.') match: MatchAtGateView;
  @Shows('Whether its agreement was made up to show how the system works.', { example: false })
  illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class GatePageView {
  @Shows('The gates, by the day that they are expected on.', { type: [GateView] }) items: GateView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class WaivedTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number within the agreement.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live' }) name: string;
}

class WaivedAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
}

export class GateWaiverView extends StandingWaiverView {
  @Shows('The tranche whose gate it opens.') tranche: WaivedTrancheView;
  @Shows('The agreement that the tranche belongs to.') agreement: WaivedAgreementView;
  @Shows('Whether it counts today: neither withdrawn nor expired.', { example: true }) standing: boolean;
  @ShowsOrNull('Who withdrew it.', PersonView) withdrawnBy: PersonView | null;
  @ShowsOrNull('When it was withdrawn.', String, { format: 'date-time', example: '2018-05-02T09:30:00Z' })
  withdrawnAt: string | null;
  @ShowsOrNull('Why it was withdrawn.', String, { example: 'The match was accepted on 2 May 2018.' })
  withdrawalReason: string | null;
  @Shows('Whether its agreement was made up to show how the system works.', { example: false })
  illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class GateWaiversView {
  @Shows('The waivers, oldest first.', { type: [GateWaiverView] }) items: GateWaiverView[];
}
