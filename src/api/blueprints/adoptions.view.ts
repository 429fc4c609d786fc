import { ADOPTION_MODES, ADOPTION_STATES, ADOPTION_STEPS } from '../../blueprints/adoption.rules.js';
import { FIGURES_STATES, FIGURES_STEPS } from '../../blueprints/adoption-figures.rules.js';
import { PAIRING_STATES, PAIRING_STEPS } from '../../blueprints/pairing.rules.js';
import { PartsView, PersonView, SourcedView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class AdoptedView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'BLU-00001' }) reference: string;
  @Shows('The version that is adopted.', WHOLE) version: number;
  @Shows('Its title.') title: string;
}

class AgainstView {
  @ShowsOrNull('Of whoever adopts; null where it is not live, or not said.', Number, WHOLE) adopter:
    | number
    | null;
  @ShowsOrNull("The exemplar's own; null where that is not known.", Number, WHOLE) exemplar: number | null;
  @ShowsOrNull('Whether the first is less; null where the two cannot be compared.', Boolean) less:
    | boolean
    | null;
}

class OutcomeView {
  @Shows('Days to go live.') days: AgainstView;
  @Shows('What it cost, in pence.') pence: AgainstView;
}

class AdoptionFiguresView {
  @Shows('Where they stand.', { enum: [...FIGURES_STATES] }) state: string;
  @ShowsOrNull('Who decided so; null where you may not know.', PersonView) decidedBy: PersonView | null;
  @ShowsOrNull('When.', String, { format: 'date-time' }) decidedAt: string | null;
  @ShowsOrNull('What was looked at, or why they were sent back.', String) note: string | null;
}

export class AdoptionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'ADO-00001' }) reference: string;
  @Shows('The programme of the blueprint, by slug.') programme: string;
  @Shows('The blueprint.') blueprint: AdoptedView;
  @Shows('Who adopts it.') organisation: TrustView;
  @Shows('Whose blueprint it is.') exemplar: TrustView;
  @Shows('Whether who adopts it is paired with whose it is.') follows: boolean;
  @Shows('How it is taken up.', { enum: [...ADOPTION_MODES] }) mode: string;
  @Shows('How far it is.', { enum: [...ADOPTION_STATES] }) state: string;
  @Shows('What was changed locally.') localChanges: string;
  @ShowsOrNull('The day on which it was begun.', String, DAY) startedOn: string | null;
  @ShowsOrNull('The day on which it went live.', String, DAY) liveOn: string | null;
  @ShowsOrNull('The day on which it was given up.', String, DAY) abandonedOn: string | null;
  @ShowsOrNull('Why it was given up.', String) abandonedBecause: string | null;
  @ShowsOrNull('What it cost whoever adopts it, in pence.', Number, PENCE) costPence: number | null;
  @ShowsOrNull('How that was worked out.', String) costBasis: string | null;
  @Shows('Where its days and its cost stand: validated by somebody else than who recorded them, or not.')
  figures: AdoptionFiguresView;
  @Shows('Who recorded any of it, by id.', { type: [String] }) figuresBy: string[];
  @Shows("How it came out, against the exemplar's own.") outcome: OutcomeView;
  @Shows('When it was recorded.', INSTANT) recordedAt: string;
  @Shows('The steps that you may take now.', { enum: [...ADOPTION_STEPS, ...FIGURES_STEPS], isArray: true })
  next: string[];
  @Shows('Whether you may write how it goes.') mayWrite: boolean;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

class ByStateView {
  @Shows('That consider it.', WHOLE) considering: number;
  @Shows('That take it up.', WHOLE) adopting: number;
  @Shows('That are live.', WHOLE) live: number;
  @Shows('That gave it up.', WHOLE) abandoned: number;
}

class SumsView {
  @Shows('Of those who adopt.', WHOLE) adopters: number;
  @Shows('Of those whose blueprints they are.', WHOLE) exemplars: number;
}

class LearnedFromView {
  @Shows('Who learned.') follower: TrustView;
  @Shows('From whom.') exemplar: TrustView;
  @Shows('Adoptions.', WHOLE) adoptions: number;
  @Shows('Of these, live.', WHOLE) live: number;
  @Shows('Of these, given up.', WHOLE) abandoned: number;
}

class AdoptionAnswerView {
  @Shows('All adoptions of the programme.', WHOLE) adoptions: number;
  @Shows('By how far they are.') byState: ByStateView;
  @Shows('Of those that are live, how many have validated figures. Only these are compared.')
  validated: PartsView;
  @Shows('Live sooner than the exemplar was, of those that can be compared.') faster: PartsView;
  @Shows('For less than it cost the exemplar, of those that can be compared.') cheaper: PartsView;
  @Shows('Both sooner and for less, of those where both can be compared.') both: PartsView;
  @Shows('Days to go live, of those that can be compared.') days: SumsView;
  @Shows('Cost in pence, of those that can be compared.') pence: SumsView;
  @Shows('Who learned from whom.', { type: [LearnedFromView] }) learned: LearnedFromView[];
}

export class AdoptionPageView {
  @Shows('The adoptions, the newest first.', { type: [AdoptionView] }) items: AdoptionView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
  @Shows('What all adoptions of the programme come to.') answer: AdoptionAnswerView;
}

class JoinedView {
  @Shows('The day.', DAY) on: string;
  @Shows('Whose services went, by ODS code.') predecessor: string;
  @Shows('To whom, by ODS code.') successor: string;
}

class FollowerAwardView {
  @Shows('What the follower was awarded, in pence.', PENCE) awardPence: number;
  @Shows('What it matches, in pence.', PENCE) matchPence: number;
  @Shows('What says so.') source: string;
}

export class PairingView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The programme, by slug.') programme: string;
  @Shows('Who follows.') follower: TrustView;
  @Shows('Whom.') exemplar: TrustView;
  @Shows('Where it stands.', { enum: [...PAIRING_STATES] }) state: string;
  @ShowsOrNull('Why it was confirmed or ended.', String) decidedBecause: string | null;
  @ShowsOrNull('Who decided it.', PersonView) decidedBy: PersonView | null;
  @ShowsOrNull('When.', String, { format: 'date-time' }) decidedAt: string | null;
  @ShowsOrNull(
    'When services of one of the two went to the other, or will; a pairing ends on that day.',
    JoinedView,
  )
  joined: JoinedView | null;
  @Shows('Whether that ended it.') endedByJoining: boolean;
  @ShowsOrNull('An award of its own, as a source says; in no ledger.', FollowerAwardView)
  award: FollowerAwardView | null;
  @ShowsOrNull(
    'What a follower of this programme may be awarded at most; null where nothing says.',
    Number,
    PENCE,
  )
  mostAwardPence: number | null;
  @ShowsOrNull('By how much its match is below what the award asks for.', Number, PENCE) matchShortPence:
    | number
    | null;
  @Shows('Where the pairing comes from.') sourced: SourcedView;
  @Shows('The steps that you may take now.', { enum: [...PAIRING_STEPS], isArray: true }) next: string[];
  @Shows('The ETag.', WHOLE) revision: number;
}

export class PairingPageView {
  @Shows("The pairings, by the follower's name.", { type: [PairingView] }) items: PairingView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
