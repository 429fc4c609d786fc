import type { Pence } from '../core/money.js';

/** Where the grant of a trust's line is at the end of a year; whole pence, by where it stands now. */
export interface YearEndLine {
  trust: { odsCode: string; name: string };
  kind: 'capital' | 'revenue';
  agreements: Array<{ id: string; reference: string }>;
  /** What is agreed for the line now; the sum of all that follow. */
  grantedPence: Pence;
  notClaimedPence: Pence;
  claimedPence: Pence;
  approvedPence: Pence;
  paidPence: Pence;
  recoveredPence: Pence;
  writtenOffPence: Pence;
  lapsedPence: Pence;
  withdrawnPence: Pence;
  /** What the trust says the line comes to, in its latest accepted return; null where none says. */
  forecast: { period: string; spentToDatePence: Pence; forecastPence: Pence } | null;
  /** Grant that change requests take to a later year. */
  carryForward: {
    /** Submitted and not decided. */
    pendingPence: Pence;
    /** Approved and not applied. */
    approvedPence: Pence;
    /** Applied: no longer part of what is granted. */
    appliedPence: Pence;
    requests: Array<{ id: string; reference: string; state: string; amountPence: Pence }>;
  };
}

/** What follows from where the grant of a line is. */
export interface YearEndOutlook {
  /** What is granted and not forecast to be spent; null without a forecast. */
  expectedUnderspendPence: Pence | null;
  /** What lapses if nothing is done: all that is not claimed. Nothing more, once the year is closed. */
  lapsesPence: Pence;
  /** What lapses once the approved carry-forwards are applied. */
  lapsesAfterApprovedPence: Pence;
}

/** The outlook of a line (domain.md section 11, programme manager 6). */
export function outlookOf(
  { grantedPence, notClaimedPence, forecast, carryForward }: YearEndLine,
  closed: boolean,
): YearEndOutlook {
  const lapses = closed ? 0 : notClaimedPence;
  return {
    expectedUnderspendPence: forecast && Math.max(0, grantedPence - forecast.forecastPence),
    lapsesPence: lapses,
    lapsesAfterApprovedPence: Math.max(0, lapses - carryForward.approvedPence),
  };
}

/** All lines of a year together. */
export interface YearEndTotals
  extends Omit<YearEndLine, 'trust' | 'kind' | 'agreements' | 'forecast' | 'carryForward'> {
  lines: number;
  /** Those of which something lapses. */
  linesThatLapse: number;
  linesWithoutForecast: number;
  lapsesPence: Pence;
  lapsesAfterApprovedPence: Pence;
  /** Of the lines that have a forecast. */
  expectedUnderspendPence: Pence;
  carryForwardPendingPence: Pence;
  carryForwardApprovedPence: Pence;
  carryForwardAppliedPence: Pence;
}
