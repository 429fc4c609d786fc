import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import type { AwardLineView } from '../funding/awards/award.queries.js';
import type { TrustMilestone } from '../milestones/milestone.queries.js';
import type { Terms } from '../programmes/programme.entity.js';
import { plannedMeasure } from '../targets/figure.rules.js';
import { type Parts, trajectoryAt } from '../targets/progress.rules.js';
import {
  type MeasureWords,
  measuredValues,
  measureWords,
  type TrustMeasure,
} from '../targets/target.queries.js';
import type { Finding } from './assessment-input.js';
import { nothingChanged } from './changes.rules.js';
import { completenessBlockers } from './completeness.rules.js';
import { standingFindings } from './finding-places.rules.js';
import {
  type ProgressReportView,
  progressReport,
  unansweredSections,
  type VersionView,
  versions,
} from './progress-report.queries.js';
import { certificationBlockers, reviewBlockers, submissionBlockers } from './progress-report.rules.js';
import { ProgressReportsReader, type ShownReport } from './progress-reports.reader.js';
import { type ReturnContext, returnContext } from './return-context.queries.js';
import { expectationsIn } from './return-context.rules.js';
import {
  comparedReturns,
  type ReturnFrame,
  returnFrame,
  returnOfReceipt,
} from './return-standing.queries.js';

/** A measure that a return reports on, in words, with what was planned by the end of its period. */
export type ReportedMeasure = TrustMeasure & MeasureWords & { planned: Parts | null };

/** A step of a return's life that a person decides on. */
export type ReturnStep = 'certify' | 'submit' | 'query' | 'accept';

/** A return with all that it is written and read against. */
export interface ReturnStanding {
  report: ShownReport;
  programme: { slug: string; name: string };
  terms: Terms;
  milestones: TrustMilestone[];
  measures: ReportedMeasure[];
  awards: AwardLineView[];
  /** Newest first. */
  versions: VersionView[];
  /** Of the last assessment, at their places in what the return says now. */
  findings: Finding[];
  /** What it still lacks. */
  missing: Blocker[];
  /** What would keep its reader from each step, roles aside. */
  blockers: Record<ReturnStep, Blocker[]>;
}

/** Returns as they are filled in, certified and reviewed. */
@Injectable()
export class ReturnStandingReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly reports: ProgressReportsReader,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, id: string): Promise<ReturnStanding> {
    return this.scope.run(actor, async (sql) => {
      const report = await progressReport(sql, id);
      const frame = report && (await returnFrame(sql, id));
      if (!frame) throw notFound('return');
      const context = await returnContext(sql, frame.trustId, frame.periodId);
      const all = await versions(sql, id);
      const missing = completenessBlockers(report.current.content, expectationsIn(context));
      const { slug, name } = frame.programme;
      return {
        report: this.reports.shown(report),
        programme: { slug, name },
        terms: context.terms,
        milestones: context.milestones,
        measures: await measuresIn(sql, frame, context),
        awards: context.awards,
        versions: all,
        findings: standingFindings(all),
        missing,
        blockers: stepBlockers(actor, report, frame, missing, await unansweredSections(sql, id)),
      };
    });
  }

  /** The return, and its version, whose submission a receipt is of; null where it is of something else. */
  async ofReceipt(actor: Actor, receiptId: string): Promise<{ id: string; version: number } | null> {
    return (await this.scope.run(actor, (sql) => returnOfReceipt(sql, receiptId))) ?? null;
  }

  /** Those of some returns that say the same as what was accepted before them (`nothingChanged`). */
  async unchanged(actor: Actor, ids: readonly string[]): Promise<Set<string>> {
    const compared = await this.scope.run(actor, (sql) => comparedReturns(sql, ids));
    return new Set(
      compared.filter(({ previous, content }) => nothingChanged(previous, content)).map(({ id }) => id),
    );
  }
}

async function measuresIn(
  sql: Sql,
  { trustId, periodId, programme }: ReturnFrame,
  { measures, period }: ReturnContext,
): Promise<ReportedMeasure[]> {
  const words = new Map((await measureWords(sql, programme.id)).map((each) => [each.id, each]));
  const values = await measuredValues(sql, programme.id, trustId, periodId);
  return measures.map((measure) => {
    const value = values.find(({ measureId }) => measureId === measure.id);
    return {
      ...measure,
      ...(words.get(measure.id) as MeasureWords),
      planned: value ? trajectoryAt(plannedMeasure(value, null).trajectory, period.endsOn) : null,
    };
  });
}

function stepBlockers(
  actor: Actor,
  { state, version, current }: ProgressReportView,
  { preparerIds, certifierId }: ReturnFrame,
  missing: readonly Blocker[],
  unansweredQueries: Awaited<ReturnType<typeof unansweredSections>>,
): Record<ReturnStep, Blocker[]> {
  const review = (verb: 'query' | 'accept') =>
    reviewBlockers({
      verb,
      state,
      assessment: current.assessment,
      blockingFindings: current.findings.filter(({ severity }) => severity === 'blocking').length,
      reviewerId: actor.id,
      preparerIds,
      certifierId,
    });
  return {
    certify: certificationBlockers({ state, certifierId: actor.id, preparerIds, missing }),
    submit: submissionBlockers({ state, version, certifierId, preparerIds, missing, unansweredQueries }),
    query: review('query'),
    accept: review('accept'),
  };
}
