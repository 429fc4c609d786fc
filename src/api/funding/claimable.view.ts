import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { TrustView } from '../common.view.js';
import { PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { BlockerView } from '../problem.view.js';
import { LineLeftView } from './claims.view.js';

class ClaimableTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('From 1.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On delivery' }) name: string;
  @Shows('Paid in advance, or on what was delivered.', {
    enum: ['advance', 'delivery'],
    example: 'delivery',
  })
  basis: string;
  @Shows('What is left of it: what is claimed and not decided on is not.', PENCE) leftPence: number;
  @ShowsOrNull(
    'How much the accepted match carries at the next approval, beside what is granted and claimed already; null where the match sets no limit.',
    Number,
    PENCE,
  )
  matchRoomPence: number | null;
  @Shows('Whether anything can pass its gate now.') gateOpen: boolean;
  @Shows('What keeps the gate from letting all that is left pass.', { type: [BlockerView] })
  blockers: BlockerView[];
  @Shows('How much of it can be claimed now and approved next: the smallest of the limits.', PENCE)
  claimableNowPence: number;
  @Shows('Which limit that is.', { enum: ['gate', 'match', 'lines', 'tranche'], example: 'match' })
  limitedBy: string;
}

class ClaimableAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...AGREEMENT_STATES], example: 'active' }) state: string;
  @Shows('What is left of the award, by line.', { type: [LineLeftView] }) lines: LineLeftView[];
  @Shows('What is claimed and not decided on.', PENCE) claimedPence: number;
  @Shows('Its tranches.', { type: [ClaimableTrancheView] }) tranches: ClaimableTrancheView[];
  @Shows('How much can be claimed now of all tranches together: they share the lines and the match.', PENCE)
  claimableNowPence: number;
}

/** How much a trust can claim now. */
export class ClaimableView {
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('How much can be claimed now, in all.', PENCE) claimableNowPence: number;
  @Shows('By agreement in force; none where there is none.', { type: [ClaimableAgreementView] })
  agreements: ClaimableAgreementView[];
}
