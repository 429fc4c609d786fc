import { TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const pence = (example: number) => ({ ...PENCE, example });

class MoneyGrantView {
  @Shows('The whole grant: all of the figures below from remaining on.', pence(83_333_333))
  awardedPence: number;
  @Shows('What was claimed of it or paid in advance: claimed, approved, paid, recovered and written off.', {
    ...pence(30_000_000),
  })
  drawnPence: number;
  @Shows('What can still be claimed.', pence(50_000_000)) remainingPence: number;
  @Shows('Claimed, and not decided on yet.', pence(10_000_000)) claimedPence: number;
  @Shows('Approved, and not paid yet.', pence(5_000_000)) approvedPence: number;
  @Shows('Paid, and neither recovered nor written off.', pence(14_000_000)) paidPence: number;
  @Shows('Paid, and paid back.', pence(1_000_000)) recoveredPence: number;
  @Shows('Paid wrongly, and given up.', pence(0)) writtenOffPence: number;
  @Shows('Not claimed by the end of its financial year.', pence(3_333_333)) lapsedPence: number;
  @Shows('Taken back before it was claimed.', pence(0)) withdrawnPence: number;
}

class MoneyMatchView {
  @Shows('What the version of the agreement that is in force says.', pence(83_333_333)) agreedPence: number;
  @Shows('All that was promised, agreed or beyond: the four figures below together.', pence(85_000_000))
  promisedPence: number;
  @Shows('Pledged, and not evidenced yet.', pence(60_000_000)) pledgedPence: number;
  @Shows('Evidenced, and not accepted yet.', pence(5_000_000)) evidencedPence: number;
  @Shows('Accepted by another person: what counts.', pence(20_000_000)) acceptedPence: number;
  @Shows('Pledged, and given up.', pence(0)) withdrawnPence: number;
}

class MoneyPositionView {
  @Shows('The grant.') grant: MoneyGrantView;
  @Shows('The match.') match: MoneyMatchView;
}

class MoneyLineView extends MoneyPositionView {
  @Shows('The financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Capital or revenue.', { enum: ['capital', 'revenue'] }) kind: string;
}

class MoneyAgreementLineView extends MoneyLineView {
  @Shows('The id of the agreement that the line is of.', { format: 'uuid' }) agreement: string;
}

class MoneyAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
  @Shows('Where it is in its life.', { example: 'active' }) state: string;
  @Shows('Its version.', WHOLE) version: number;
  @ShowsOrNull('Since when it is in force.', String, { ...DAY, example: '2017-06-01' }) activatedOn:
    | string
    | null;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class MoneyAwardLineView {
  @Shows('The financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Capital or revenue.', { enum: ['capital', 'revenue'] }) kind: string;
  @Shows('The grant.', PENCE) grantPence: number;
  @Shows('The match.', PENCE) matchPence: number;
}

class MoneyAwardView {
  @Shows('The grant.', PENCE) grantPence: number;
  @Shows('The match.', PENCE) matchPence: number;
  @Shows('By financial year and kind.', { type: [MoneyAwardLineView] }) lines: MoneyAwardLineView[];
}

class MoneyAwardsView {
  @Shows('How many awards.', { ...WHOLE, example: 2 }) awards: number;
  @Shows('Their grant.', PENCE) grantPence: number;
  @Shows('Their match.', PENCE) matchPence: number;
}

class MoneyTrustView {
  @Shows('Whose it is.') trust: TrustView;
  @Shows('Its agreements, in whatever state.', { type: [MoneyAgreementView] })
  agreements: MoneyAgreementView[];
  @Shows('The sums of its lines.') totals: MoneyPositionView;
  @Shows('By financial year and kind; a trust that took over an agreement has lines of both.', {
    type: [MoneyAgreementLineView],
  })
  lines: MoneyAgreementLineView[];
  @ShowsOrNull(
    'What it is awarded and no agreement in force holds; in no total of this answer.',
    MoneyAwardView,
  )
  notAgreed: MoneyAwardView | null;
}

class MoneyProgrammeView {
  @Shows('Its slug.', { example: 'mental-health-exemplars' }) slug: string;
  @Shows('Its name.') name: string;
  @Shows('Whether the programme itself was made up.') illustrative: boolean;
}

class MoneyControlView {
  @Shows('The grant of the whole programme.', pence(3_500_000_000)) grantPence: number;
  @Shows('Its match.', pence(3_500_000_000)) matchPence: number;
  @Shows('Both.', pence(7_000_000_000)) totalPence: number;
  @ShowsOrNull(
    'What is awarded here, agreed or not, less the control total; null where less than the whole is shown.',
    Number,
    pence(0),
  )
  grantDifferencePence: number | null;
  @ShowsOrNull('The same of the agreed match.', Number, pence(0)) matchDifferencePence: number | null;
}

class MoneyLedgerView {
  @ShowsOrNull('When the ledger was last checked; null where it never was.', String, INSTANT)
  checkedAt: string | null;
  @ShowsOrNull(
    'Whether it reconciled then, as far as the reader may see; null where it was never checked.',
    Boolean,
  )
  reconciles: boolean | null;
  @Shows('How many differences stand that the reader may see: …/ledger-differences names them.', {
    ...WHOLE,
    example: 0,
  })
  differences: number;
}

export class MoneyView {
  @Shows('The programme.') programme: MoneyProgrammeView;
  @Shows('Of whom the totals are: all of the programme, or the own trust of who reads.', {
    enum: ['programme', 'own-trust'],
  })
  covers: string;
  @Shows('What the figures are: what stands in the accounts of the ledger, each pound once.', {
    enum: ['ledger-balances'],
  })
  basis: string;
  @Shows('The moment of the newest entry of the log, which all figures rest on.', INSTANT) asOf: string;
  @Shows('What the programme is to come to.') control: MoneyControlView;
  @Shows('Whether the ledger agrees with its postings, the agreements and the control totals.')
  ledger: MoneyLedgerView;
  @Shows('The sums of all lines that the filter keeps, of this page and the others.')
  totals: MoneyPositionView;
  @Shows('The same by financial year and kind.', { type: [MoneyLineView] }) lines: MoneyLineView[];
  @Shows('What is awarded and no agreement in force holds; not in the totals.') notAgreed: MoneyAwardsView;
  @Shows('Whether any of it was made up to show how the system works.') illustrative: boolean;
  @Shows('By trust, in order of their names: a page of them.', { type: [MoneyTrustView] })
  trusts: MoneyTrustView[];
}
