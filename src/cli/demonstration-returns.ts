import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, systemActor } from '../core/actor.js';
import { addDays } from '../core/calendar.js';
import { ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EvidenceService } from '../milestones/evidence.service.js';
import { MilestoneService } from '../milestones/milestone.service.js';
import { type ProgressReportView, progressReport } from '../progress-reports/progress-report.queries.js';
import { ProgressReportService } from '../progress-reports/progress-report.service.js';
import { ReportingService } from '../progress-reports/reporting.service.js';
import { type ReturnContext, returnContext } from '../progress-reports/return-context.queries.js';
import { ReviewService } from '../progress-reports/review.service.js';
import { MeasurementService } from '../targets/measurement.service.js';
import {
  claimedMilestones,
  hasBegun,
  measurementsOfReturn,
  reportOf,
  unfinishedMessages,
} from './demonstration.queries.js';
import { DemonstrationCast } from './demonstration-cast.js';
import {
  dueMilestones,
  measurementsOf,
  milestonesOf,
  narrativeOf,
  spendOf,
  validatedValue,
} from './demonstration-figures.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { type DemonstratedTrust, type DemonstrationPlan, demonstrationPlan } from './demonstration-plan.js';

/** How far a return has come: what is further on is left alone. */
const STEPS = ['open', 'draft', 'trust-certified', 'submitted', 'queried', 'accepted'];
const reaches = (until: string, step: string): boolean => STEPS.indexOf(until) >= STEPS.indexOf(step);
const QUESTION = 'Illustrative: the forecast for the year is lower than the plan. Please say what changed.';

/**
 * Plays the illustrative returns through the services and the queue, as trusts and reviewers would. Once the last
 * period has begun nothing is played again, so that what people did since stays; before that it goes on from where
 * it was stopped, because nobody could sign in yet.
 */
export async function playReturns(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
): Promise<void> {
  await new Demonstration(app, keys, demonstrationPlan()).play();
}

class Demonstration {
  private readonly system = systemActor('demonstration', randomUUID());
  private readonly cast: DemonstrationCast;

  constructor(
    private readonly app: INestApplicationContext,
    keys: readonly DemonstrationKey[],
    private readonly plan: DemonstrationPlan,
  ) {
    this.cast = new DemonstrationCast(app, keys, this.system.requestId);
  }

  async play(): Promise<void> {
    const order = { actor: this.system, action: 'reporting-period.open' };
    await this.get(UnitOfWork).run(order, (tx) => this.get(ReportingService).openDue(tx));
    const last = this.plan.periods.at(-1) as string;
    if (await this.read<boolean>((sql) => hasBegun(sql, this.plan.programme, last))) return;
    for (const [index, label] of this.plan.periods.entries()) {
      const isLast = index === this.plan.periods.length - 1;
      const played = this.plan.trusts.map((trust) => ({ trust, until: isLast ? trust.last : 'accepted' }));
      await Promise.all(played.map(({ trust, until }) => this.prepare(trust, label, index, until)));
      await this.settled();
      await Promise.all(played.map(({ trust, until }) => this.review(trust, label, until)));
      await this.settled();
    }
  }

  private get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type as never, { strict: false });
  }

  /** On the day of a step of a return: the trust's own steps at its pace, the funder's as long after as the plan says. */
  private on<T>(
    step: keyof DemonstrationPlan['days']['return'],
    { pace }: DemonstratedTrust,
    { period }: ProgressReportView,
    work: () => Promise<T>,
  ): Promise<T> {
    const { today, days } = this.plan;
    const { submit } = days.return;
    const after =
      Math.round(pace * Math.min(days.return[step], submit)) + Math.max(0, days.return[step] - submit);
    const day = addDays(period.endsOn, after);
    return this.get(Clock).playing(day < today ? day : today, work);
  }

  private read<T>(work: Parameters<ReadScope['run']>[1]): Promise<T> {
    return this.get(ReadScope).run(this.system, work) as Promise<T>;
  }

  private async report(
    { ods }: DemonstratedTrust,
    label: string,
  ): Promise<{ view: ProgressReportView; context: ReturnContext }> {
    return this.read(async (sql) => {
      const { id, trustId, periodId } = await reportOf(sql, this.plan.programme, ods, label);
      return { view: await progressReport(sql, id), context: await returnContext(sql, trustId, periodId) };
    });
  }

  /** The trust's part: evidence, the draft, the certificate, the submission. */
  private async prepare(
    trust: DemonstratedTrust,
    label: string,
    index: number,
    until: string,
  ): Promise<void> {
    if (until === 'open') return;
    const lead = await this.cast.person('trust-lead', trust.ods);
    const { view, context } = await this.report(trust, label);
    const reports = this.get(ProgressReportService);
    let { state, revision } = view;
    if (state === 'open' || state === 'draft')
      ({ state, revision } = await this.on('draft', trust, view, () =>
        this.save(lead, trust, label, index, { view, context }),
      ));
    const director = await this.cast.person('trust-finance-director', trust.ods);
    if (state === 'draft' && reaches(until, 'trust-certified'))
      ({ state, revision } = await this.on('certify', trust, view, () =>
        reports.certify(director, view.id, revision),
      ));
    if (state === 'trust-certified' && reaches(until, 'submitted'))
      await this.on('submit', trust, view, () => reports.submit(lead, view.id, revision));
  }

  private async save(
    lead: Actor,
    trust: DemonstratedTrust,
    label: string,
    index: number,
    { view, context }: { view: ProgressReportView; context: ReturnContext },
  ): Promise<ProgressReportView> {
    const due = dueMilestones(context, trust);
    for (const milestone of due)
      if (milestone.evidenceCount === 0) await this.prove(lead, milestone.id, milestone.code);
    return this.get(ProgressReportService).save(lead, view.id, view.revision, {
      milestones: milestonesOf(trust, context, new Set(due.map(({ code }) => code))),
      spend: spendOf(trust, context),
      measurements: measurementsOf(trust, context, index),
      risks: this.plan.risks,
      narrative: narrativeOf(this.plan, context.terms.narrativeSections, label),
      confidence: {
        scale: context.terms.confidenceScale.code,
        rating: trust.confidence[index] as string,
        reason: 'Illustrative: judged by the programme board.',
      },
    });
  }

  private async prove(lead: Actor, milestoneId: string, code: string): Promise<void> {
    const { fileName, text, description } = this.plan.evidence;
    await this.get(EvidenceService).add(lead, milestoneId, {
      file: Readable.from([`${text}\n${code}\n`]),
      fileName,
      declaredType: 'text/plain',
      description,
      illustrative: true,
    });
  }

  /** The funder's part: a query, or the acceptance with its milestones reviewed and its figures validated. */
  private async review(trust: DemonstratedTrust, label: string, until: string): Promise<void> {
    if (!reaches(until, 'queried')) return;
    const assessor = await this.cast.person('assessor', null);
    const { view, context } = await this.report(trust, label);
    const reviews = this.get(ReviewService);
    if (until === 'queried') {
      const asked = [{ section: 'spend', question: QUESTION } as const];
      await this.on('review', trust, view, () => reviews.query(assessor, view.id, view.revision, asked));
      return;
    }
    if (view.state === 'submitted')
      await this.on('review', trust, view, () =>
        this.get(ReviewService).accept(assessor, view.id, view.revision),
      );
    const milestones = this.get(MilestoneService);
    const taken = await this.on('take', trust, view, () =>
      this.eachClaimed(context, ({ id, revision }) =>
        milestones.review(assessor, id, revision, { reason: null }),
      ),
    );
    await this.on('validate', trust, view, async () => {
      await this.validate(trust, assessor, view.id);
      const outcome = { outcome: 'met', reason: 'Illustrative: seen at a visit.' } as const;
      for (const { id, revision } of taken) await milestones.decide(assessor, id, revision, outcome);
    });
  }

  /** Does something with each milestone that the trust has claimed to be met, one after the other. */
  private async eachClaimed<T>(
    { trustId }: ReturnContext,
    work: (claimed: { id: string; revision: number }) => Promise<T>,
  ): Promise<T[]> {
    const claimed = await this.read<Awaited<ReturnType<typeof claimedMilestones>>>((sql) =>
      claimedMilestones(sql, trustId),
    );
    const done: T[] = [];
    for (const each of claimed) done.push(await work(each));
    return done;
  }

  private async validate(trust: DemonstratedTrust, assessor: Actor, reportId: string): Promise<void> {
    const measured = await this.read<Awaited<ReturnType<typeof measurementsOfReturn>>>((sql) =>
      measurementsOfReturn(sql, reportId),
    );
    const values = measured.flatMap(({ id, revision, measure, numerator, denominator }) => {
      const value = validatedValue(trust, measure, { numerator, denominator });
      return value ? [{ id, revision, ...value, note: 'Illustrative: a sample was checked.' }] : [];
    });
    if (values.length > 0) await this.get(MeasurementService).validateAll(assessor, values);
  }

  /** Waits until the queue has nothing left to do. */
  private async settled(): Promise<void> {
    for (let tries = 0; tries < 3_000; tries += 1) {
      if ((await this.read<number>((sql) => unfinishedMessages(sql))) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(
      'The queue did not finish the demonstration within 30 seconds: see /v1/jobs for what is stuck.',
    );
  }
}
