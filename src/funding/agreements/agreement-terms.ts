import type { DateOn } from '../../core/calendar.js';
import type { FinancialYear } from '../../core/financial-period.js';
import type { Pence } from '../../core/money.js';

/** What a version of an agreement says, whole; an approved version never changes. */
export interface AgreementTerms {
  parties: { funder: Party; recipient: Party };
  /** One for each financial year and kind. Whole pence. */
  lines: AgreedLine[];
  /** In order of their numbers; together as much as the lines' grant, less what was drawn before. */
  tranches: AgreedTranche[];
  /** What the agreement that this one took over had drawn: no tranche pays it again. Left out where there is none. */
  drawnBeforePence?: Pence;
  /** At least `matchPence` of match for every `perGrantPence` of grant. */
  matchRatio: { matchPence: number; perGrantPence: number };
  /** What counts as match, and when it must arise. */
  matchRules: {
    types: Array<{ code: string; label: string }>;
    startsOn: DateOn;
    endsOn: DateOn;
    exclusions: string[];
  };
  /** Costs arise within it, both days included. */
  eligibility: { startsOn: DateOn; endsOn: DateOn; categories: Array<{ code: string; label: string }> };
  conditions: string[];
}

export interface Party {
  odsCode: string;
  name: string;
}

export interface AgreedLine {
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
  grantPence: Pence;
  matchPence: Pence;
}

export interface AgreedTranche {
  number: number;
  name: string;
  /** An advance is paid before costs arise; the others on what was delivered. */
  basis: 'advance' | 'delivery';
  plannedOn: DateOn;
  grantPence: Pence;
  /** Milestones that must be accepted before it opens, as `project/milestone`. */
  milestones: string[];
}
