import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import type { Sql } from '../../database/sql.js';
import { type FindingView, findings } from '../../findings/finding.queries.js';
import { FINDING_STATES } from '../../findings/finding.rules.js';
import { type AgreementRowView, agreements } from '../../funding/agreements/agreement.queries.js';
import { agreementMatches } from '../../funding/match/match.queries.js';
import { type MatchStanding, matchStanding } from '../../funding/match/match.reader.js';
import { programmeMoney } from '../../funding/money.queries.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import type { PaymentState } from '../../funding/payments/payment.rules.js';
import { paymentTotals } from '../../funding/payments/payment-audit.queries.js';
import { type MilestoneView, milestones } from '../../milestones/milestone.queries.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { programmeProgress } from '../../progress-reports/programme-progress.queries.js';
import type { ProgrammeProgressView } from '../../progress-reports/programme-progress.types.js';
import { type ProgressReportRow, progressReports } from '../../progress-reports/progress-report.queries.js';
import { type ClaimTotal, claimTotals, type LastEntry, lastEntry } from './programme-state.queries.js';

/** Lists are given whole: more than any of them has. */
const WHOLE = 1_000_000_000;
/** As many returns as the database makes the text of at once. */
const RETURNS_AT_ONCE = 200;

/** The exact state of a programme: all of it, of one moment. */
export interface ProgrammeState {
  /** The day by which things are late or not. */
  asOn: DateOn;
  logEntry: LastEntry | null;
  money: ProgrammeMoneyView;
  agreements: AgreementRowView[];
  milestones: MilestoneView[];
  returns: ProgressReportRow[];
  /** Null where no period was reported. */
  progress: ProgrammeProgressView | null;
  claims: ClaimTotal[];
  payments: Array<{ state: PaymentState; count: number; amountPence: number }>;
  match: MatchStanding[];
  openFindings: FindingView[];
}

/** The exact state, now or on the date that is asked for (domain.md section 11, auditor 1). */
@Injectable()
export class ProgrammeStateReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** All in one transaction, so that its parts agree with each other. @throws Problem 404 */
  of(actor: Actor, slug: string): Promise<ProgrammeState> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const asOn = this.clock.today();
      const everything = { trust: null, financialYear: null, kind: null };
      const money = await programmeMoney(sql, slug, everything, WHOLE, null);
      const progress = await programmeProgress(sql, slug, null, WHOLE, null);
      const all = { state: null, trust: null, forecastTo: null };
      return {
        asOn,
        logEntry: await lastEntry(sql),
        money: JSON.parse(money?.json ?? '') as ProgrammeMoneyView,
        agreements: await agreements(sql, id, all, WHOLE, null),
        milestones: await milestones(sql, id, all, 'forecastOn', WHOLE, null),
        returns: await allReturns(sql, slug, asOn, actor),
        progress: progress ? (JSON.parse(progress.json) as ProgrammeProgressView) : null,
        claims: await claimTotals(sql, id),
        payments: await paymentTotals(sql, id),
        match: (await agreementMatches(sql, id, {}, null)).map((match) => matchStanding(match, asOn)),
        openFindings: await findings(sql, id, asOn, OPEN, WHOLE, null),
      };
    });
  }
}

const OPEN = {
  states: FINDING_STATES.filter((state) => state !== 'closed'),
  kind: null,
  trust: null,
  overdue: null,
};

async function allReturns(
  sql: Sql,
  slug: string,
  asOn: DateOn,
  { trustId }: Actor,
): Promise<ProgressReportRow[]> {
  const filter = { state: null, trust: null, period: null, overdue: null, readerTrustId: trustId };
  const rows: ProgressReportRow[] = [];
  for (let after: unknown[] | null = null; ; ) {
    const page = await progressReports(sql, slug, asOn, filter, RETURNS_AT_ONCE, after);
    rows.push(...(JSON.parse(page?.items ?? '[]') as ProgressReportRow[]));
    if (!page?.next) return rows;
    after = page.next;
  }
}
