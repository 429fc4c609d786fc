import type { DateOn } from '../core/calendar.js';
import type { Pence } from '../core/money.js';

/** What a change would do, as it was computed before the decision. */
export interface ChangeImpact {
  /** Lines whose money changes, before and after. */
  money: Array<{
    financialYear: string;
    kind: 'capital' | 'revenue';
    grantBeforePence: Pence;
    grantAfterPence: Pence;
    matchBeforePence: Pence;
    matchAfterPence: Pence;
  }>;
  /** The agreement as a whole: a change moves money and makes none. */
  totals: {
    grantBeforePence: Pence;
    grantAfterPence: Pence;
    matchBeforePence: Pence;
    matchAfterPence: Pence;
  };
  /** Milestones whose agreed day changes. */
  dates: Array<{
    milestone: string;
    name: string;
    baselineOn: DateOn;
    beforeOn: DateOn;
    afterOn: DateOn;
    slipDays: number;
  }>;
  /** Tranches that open on another day, or whose money or milestones change. */
  gates: Array<{
    number: number;
    name: string;
    beforeOn: DateOn;
    afterOn: DateOn;
    grantBeforePence: Pence;
    grantAfterPence: Pence;
    what: string[];
  }>;
  /** Target sets that the changed projects are measured for, and whether the last of their dates is still in time. */
  targets: Array<{
    targetSet: string;
    name: string;
    targetOn: DateOn;
    latestOn: DateOn;
    late: boolean;
    measures: string[];
  }>;
}
