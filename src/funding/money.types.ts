import type { DateOn } from '../core/calendar.js';
import type { Pence } from '../core/money.js';
import type { AgreementState } from './agreements/agreement-states.js';

/** Where grant stands; `awarded` is all of it, `drawn` what was claimed or paid in advance. Whole pence. */
export interface GrantMoney {
  awardedPence: Pence;
  drawnPence: Pence;
  remainingPence: Pence;
  claimedPence: Pence;
  approvedPence: Pence;
  paidPence: Pence;
  recoveredPence: Pence;
  writtenOffPence: Pence;
  lapsedPence: Pence;
  withdrawnPence: Pence;
}

/** Where match stands; `promised` is all of it, agreed or beyond. Whole pence. */
export interface MatchMoney {
  agreedPence: Pence;
  promisedPence: Pence;
  pledgedPence: Pence;
  evidencedPence: Pence;
  acceptedPence: Pence;
  withdrawnPence: Pence;
}

/** Where money stands. */
export interface MoneyPosition {
  grant: GrantMoney;
  match: MatchMoney;
}

/** Where the money of a financial year and kind stands. */
export interface MoneyLine extends MoneyPosition {
  financialYear: string;
  kind: 'capital' | 'revenue';
}

/** What is awarded and no agreement in force holds: it is in no total. Whole pence. */
interface NotAgreed {
  grantPence: Pence;
  matchPence: Pence;
}

/** Where a trust's money stands. */
export interface TrustMoney {
  trust: { odsCode: string; name: string };
  agreements: Array<{
    id: string;
    reference: string;
    state: AgreementState;
    version: number;
    activatedOn: DateOn | null;
    illustrative: boolean;
  }>;
  totals: MoneyPosition;
  /** `agreement`: its id. */
  lines: Array<MoneyLine & { agreement: string }>;
  notAgreed:
    | (NotAgreed & {
        lines: Array<NotAgreed & { financialYear: string; kind: 'capital' | 'revenue' }>;
      })
    | null;
}

/** What the text of `programmeMoney` holds: where a programme's money stands, of the rows that the reader may see. */
export interface ProgrammeMoneyView {
  programme: { slug: string; name: string; illustrative: boolean };
  covers: 'programme' | 'own-trust';
  basis: 'ledger-balances';
  /** An instant. */
  asOf: string;
  /** The differences are null where less than the whole programme is shown. */
  control: {
    grantPence: Pence;
    matchPence: Pence;
    totalPence: Pence;
    grantDifferencePence: Pence | null;
    matchDifferencePence: Pence | null;
  };
  /** Null, both, where the ledger was never checked. */
  ledger: { checkedAt: string | null; differences: number; reconciles: boolean | null };
  totals: MoneyPosition;
  lines: MoneyLine[];
  notAgreed: NotAgreed & { awards: number };
  illustrative: boolean;
  /** A page of them, by name. */
  trusts: TrustMoney[];
}
