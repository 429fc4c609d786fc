import { Injectable } from '@nestjs/common';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import { ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import { SheetsReader } from '../../surveys/sheets.reader.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import { changeTasks, measurementTasks, milestoneTasks, REVIEWED_STATES } from './delivery-rows.js';
import { awaitedReturns, returnTasks } from './return-tasks.js';
import { surveyTasks } from './survey-tasks.js';
import { LISTED, type Task } from './task.js';

type Of = { slug: string; name: string };

/** What waits for somebody of a programme's delivery: returns, milestones, measurements, changes, the survey. */
@Injectable()
export class DeliveryTasks {
  constructor(
    private readonly returns: ProgressReportsReader,
    private readonly milestones: MilestonesReader,
    private readonly measurements: MeasurementsReader,
    private readonly changes: ChangeRequestsReader,
    private readonly sheets: SheetsReader,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor, programme: Of): Promise<Task[]> {
    const tasks = [
      await this.ofReturns(actor, programme),
      await this.ofMilestones(actor, programme),
      await this.ofMeasurements(actor, programme),
      await this.ofChanges(actor, programme),
      await this.ofSurveys(actor, programme),
    ];
    return tasks.flat();
  }

  private async ofReturns(actor: Actor, { slug }: Of): Promise<Task[]> {
    const rows: ProgressReportRow[] = [];
    for (const state of Object.keys(awaitedReturns(actor))) {
      const filter = { state, trust: null, period: null, overdue: null };
      const { items } = await this.returns.list(actor, slug, filter, { limit: LISTED });
      rows.push(...(JSON.parse(items) as ProgressReportRow[]));
    }
    return returnTasks(actor, rows);
  }

  private async ofMilestones(actor: Actor, { slug }: Of): Promise<Task[]> {
    if (!may(actor, 'milestone:evidence') && !may(actor, 'milestone:review')) return [];
    // A trust has few milestones; of a whole programme's, only those are read that wait to be reviewed.
    const tasks: Task[] = [];
    for (const state of may(actor, 'milestone:evidence') ? [null] : REVIEWED_STATES) {
      const filter = { state, trust: actor.trustOds, forecastTo: null };
      const { items } = await this.milestones.list(actor, slug, filter, 'forecastOn', { limit: LISTED });
      tasks.push(...milestoneTasks(actor, items, this.clock.today()));
    }
    return tasks.sort((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''));
  }

  private async ofMeasurements(actor: Actor, programme: Of): Promise<Task[]> {
    const state = may(actor, 'measurement:validate')
      ? 'self-reported'
      : may(actor, 'progress-report:prepare')
        ? 'challenged'
        : null;
    if (state === null) return [];
    const filter = { period: null, trust: actor.trustOds, state, targetSet: null };
    const { items, next } = await this.measurements.list(actor, programme.slug, filter, { limit: LISTED });
    return measurementTasks(programme, state, items.length, next !== null);
  }

  private async ofSurveys(actor: Actor, { slug }: Of): Promise<Task[]> {
    return may(actor, 'survey:answer') ? surveyTasks(slug, await this.sheets.waiting(actor, slug)) : [];
  }

  private async ofChanges(actor: Actor, { slug }: Of): Promise<Task[]> {
    const tasks: Task[] = [];
    for (const state of [
      ...(may(actor, 'change-request:decide') ? ['pending'] : []),
      ...(may(actor, 'change-request:prepare') ? ['draft'] : []),
    ]) {
      const { items } = await this.changes.ofProgramme(actor, slug, { state, limit: LISTED });
      tasks.push(...changeTasks(actor, items, this.clock.today()));
    }
    return tasks;
  }
}
