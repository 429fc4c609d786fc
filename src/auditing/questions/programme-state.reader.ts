import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import { cursorValues, isText, type PageRequest, pageOf } from '../../core/paging.js';
import type { ReadSql, Sql } from '../../database/sql.js';
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
import {
  type ClaimTotal,
  claimTotals,
  type LastEntry,
  lastEntry,
  recordedTrusts,
} from './programme-state.queries.js';

/** Of a page of trusts, lists are given whole: more than any of them has. */
const WHOLE = 1_000_000_000;
/** As many returns as the database makes the text of at once. */
const RETURNS_AT_ONCE = 200;

/** The exact state of a programme, of one moment: totals of all of it, and lists of a page of trusts, by name. */
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
  /** On the first page also those of the programme itself. */
  openFindings: FindingView[];
  /** The cursor of the next trusts; null on the last page. */
  next: string | null;
}

/** The exact state, now or on the date that is asked for (domain.md section 11, auditor 1). */
@Injectable()
export class ProgrammeStateReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** All in one transaction, so that its parts agree with each other. @throws Problem 404; 400 where the cursor is not one */
  of(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<ProgrammeState> {
    const from = cursorValues(after, [isText, isText]);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const asOn = this.clock.today();
      const found = await recordedTrusts(sql, id, limit + 1, from);
      const { items, next } = pageOf(found, limit, ({ name, odsCode }) => [name, odsCode]);
      const trusts = items.map(({ odsCode }) => odsCode);
      const isShown = (odsCode: string) => trusts.includes(odsCode);
      const all = { state: null, trust: null, forecastTo: null, trusts };
      const open = { ...OPEN, trusts: { codes: trusts, programme: from === null } };
      const agreed = await agreements(sql, id, all, WHOLE, null);
      const ids = agreed.map((agreement) => agreement.id);
      const matches = await agreementMatches(sql, id, { ids }, null);
      return {
        asOn,
        logEntry: await lastEntry(sql),
        money: await moneyOf(sql, slug, isShown, limit, from),
        agreements: agreed,
        milestones: await milestones(sql, id, all, 'forecastOn', WHOLE, null),
        returns: await allReturns(sql, slug, asOn, actor, trusts),
        progress: await progressOf(sql, slug, isShown, limit, from),
        claims: await claimTotals(sql, id),
        payments: await paymentTotals(sql, id),
        match: matches.map((match) => matchStanding(match, asOn)),
        openFindings: await findings(sql, id, asOn, open, WHOLE, null),
        next,
      };
    });
  }
}

/** The money of trusts of a page: none is beyond as many as the page has. */
async function moneyOf(
  sql: ReadSql,
  slug: string,
  isShown: (odsCode: string) => boolean,
  limit: number,
  from: unknown[] | null,
): Promise<ProgrammeMoneyView> {
  const everything = { trust: null, financialYear: null, kind: null };
  const found = await programmeMoney(sql, slug, everything, limit, from);
  const money = JSON.parse(found?.json ?? '') as ProgrammeMoneyView;
  return { ...money, trusts: money.trusts.filter(({ trust }) => isShown(trust.odsCode)) };
}

/** The progress of trusts of a page; null where no period was reported. */
async function progressOf(
  sql: Sql,
  slug: string,
  isShown: (odsCode: string) => boolean,
  limit: number,
  from: unknown[] | null,
): Promise<ProgrammeProgressView | null> {
  const after = (from?.[0] ?? null) as string | null;
  const found = await programmeProgress(sql, slug, null, limit, after);
  if (!found) return null;
  const progress = JSON.parse(found.json) as ProgrammeProgressView;
  return { ...progress, trusts: progress.trusts.filter(({ odsCode }) => isShown(odsCode)) };
}

const OPEN = {
  states: FINDING_STATES.filter((state) => state !== 'closed'),
  kind: null,
  trust: null,
  overdue: null,
};

/** The returns of some trusts, the latest due first: each trust's are found by its own index. */
async function allReturns(
  sql: Sql,
  slug: string,
  asOn: DateOn,
  { trustId }: Actor,
  trusts: readonly string[],
): Promise<ProgressReportRow[]> {
  const rows: ProgressReportRow[] = [];
  for (const trust of trusts) {
    const filter = { state: null, trust, period: null, overdue: null, readerTrustId: trustId };
    for (let after: unknown[] | null = null; ; ) {
      const page = await progressReports(sql, slug, asOn, filter, RETURNS_AT_ONCE, after);
      rows.push(...(JSON.parse(page?.items ?? '[]') as ProgressReportRow[]));
      if (!page?.next) break;
      after = page.next;
    }
  }
  const place = ({ dueOn, id }: ProgressReportRow): string => `${dueOn} ${id}`;
  return rows.sort((a, b) => (place(a) < place(b) ? 1 : -1));
}
