import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import type { Permission } from '../core/permissions.js';
import { preconditionRequired, refuseIfBlocked, stale, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  MEASUREMENT,
  type MeasurementState,
  type MeasurementVerb,
  validationBlockers,
} from './measurement.rules.js';
import { ProgressService } from './progress.service.js';
import { Measure, Measurement } from './target.entity.js';
import {
  keepPublished,
  keepValidated,
  type MeasurementView,
  measurement,
  measurementsById,
  measuresOfTrust,
} from './target.queries.js';

/** What an accepted return says of one measure. */
export interface ReportedLine {
  targetSet: string;
  measure: string;
  numerator: number;
  denominator: number;
  note: string | null;
}

export interface ReportedMeasurements {
  programmeId: string;
  trustId: string;
  periodId: string;
  versionId: string;
  reporterId: string;
  reportedAt: Date;
  illustrative: boolean;
  lines: readonly ReportedLine[];
}

/** What a validator found. */
export interface ValidatedValue {
  numerator: number;
  denominator: number;
  note: string | null;
}

/** Measurements: what trusts reported and, beside it, what somebody else validated. */
@Injectable()
export class MeasurementService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly progress: ProgressService,
  ) {}

  /**
   * Lets the figures of an accepted return stand. A figure that is the same as the one that stands leaves it, with
   * its validation; another one takes its place.
   */
  async record(tx: Tx, reported: ReportedMeasurements): Promise<void> {
    const { programmeId, trustId, periodId } = reported;
    const measures = await measuresOfTrust(tx, programmeId, trustId);
    const standing = await tx.manager.findBy(Measurement, {
      trust_id: trustId,
      period_id: periodId,
      state: Not<MeasurementState>('superseded'),
    });
    const reportedNow: Array<Partial<Measurement>> = [];
    for (const line of reported.lines) {
      const measure = measures.find(
        (each) => each.targetSet === line.targetSet && each.code === line.measure,
      );
      if (!measure)
        throw unprocessable(
          'unknown-measure',
          `There is no measure ${line.measure} in ${line.targetSet} any more.`,
        );
      const before = standing.find(
        (each) => each.measure_id === measure.id && each.project_id === measure.projectId,
      );
      if (before && before.numerator === line.numerator && before.denominator === line.denominator) continue;
      if (before)
        await tx.change(Measurement, before, { state: MEASUREMENT.next('supersede', before.state) });
      reportedNow.push({
        programme_id: programmeId,
        trust_id: trustId,
        measure_id: measure.id,
        project_id: measure.projectId,
        period_id: periodId,
        report_version_id: reported.versionId,
        numerator: line.numerator,
        denominator: line.denominator,
        note: line.note,
        reported_by: reported.reporterId,
        reported_at: reported.reportedAt,
        state: 'self-reported',
        illustrative: reported.illustrative,
      });
    }
    await tx.insertAll(Measurement, reportedNow);
  }

  /** Keeps the validated value beside the reported one. @throws Problem 403, 404, 409, 412, 428 */
  async validate(
    actor: Actor,
    id: string,
    revision: number | null,
    value: ValidatedValue,
  ): Promise<MeasurementView> {
    if (revision === null) throw preconditionRequired();
    const { items } = await this.validateAll(actor, [{ id, revision, ...value }]);
    return items[0] as MeasurementView;
  }

  /** Validates many, all of them or none: an assessor works through a return. @throws Problem 403, 404, 409, 412 */
  async validateAll(
    actor: Actor,
    values: ReadonlyArray<ValidatedValue & { id: string; revision: number }>,
  ): Promise<{ items: MeasurementView[] }> {
    return this.work.run({ actor, action: 'measurement.validate' }, async (tx) => {
      requirePermission(actor, 'measurement:validate');
      const ids = values.map(({ id }) => id);
      const rows = await tx.lockAll(Measurement, ids, 'measurement');
      const measures = await tx.manager.findBy(Measure, {
        id: In([...rows.values()].map((row) => row.measure_id)),
      });
      for (const { id, revision, ...value } of values) {
        const row = rows.get(id) as Measurement;
        if (row.revision !== revision) throw stale('measurement');
        const { unit } = measures.find((measure) => measure.id === row.measure_id) as Measure;
        refuseIfInvalid(tx.actor, row, unit, value);
      }
      await keepValidated(tx, values);
      await this.askForAll(tx, rows.values());
      return { items: await measurementsById(tx, ids) };
    });
  }

  /** Questions a reported value. @throws Problem 403, 404, 409, 412, 428 */
  challenge(actor: Actor, id: string, revision: number | null, reason: string): Promise<MeasurementView> {
    return this.move(actor, id, revision, 'challenge', 'measurement:validate', reason);
  }

  /** Stands by a value that was challenged. @throws Problem 403, 404, 409, 412, 428 */
  answer(actor: Actor, id: string, revision: number | null, reason: string): Promise<MeasurementView> {
    return this.move(actor, id, revision, 'answer', 'progress-report:prepare', reason);
  }

  /** Says that a value does not stand: it counts no more. @throws Problem 403, 404, 409, 412, 428 */
  reject(actor: Actor, id: string, revision: number | null, reason: string): Promise<MeasurementView> {
    return this.move(actor, id, revision, 'reject', 'measurement:validate', reason);
  }

  /** Makes a validated value public. @throws Problem 403, 404, 409, 412, 428 */
  publish(actor: Actor, id: string, revision: number | null): Promise<MeasurementView> {
    return this.move(actor, id, revision, 'publish', 'measurement:publish');
  }

  /** Makes many validated values public, all of them or none. @throws Problem 403, 404, 409, 412 */
  async publishAll(
    actor: Actor,
    values: ReadonlyArray<{ id: string; revision: number }>,
  ): Promise<{ published: number }> {
    return this.work.run({ actor, action: 'measurement.publish' }, async (tx) => {
      requirePermission(actor, 'measurement:publish');
      const rows = await tx.lockAll(
        Measurement,
        values.map(({ id }) => id),
        'measurement',
      );
      for (const { id, revision } of values) {
        const row = rows.get(id) as Measurement;
        if (row.revision !== revision) throw stale('measurement');
        refuseIfBlocked(
          'Not all of these can be published. Nothing was.',
          MEASUREMENT.blockers('publish', row.state),
        );
      }
      await keepPublished(tx, [...rows.keys()]);
      await this.askForAll(tx, rows.values());
      return { published: rows.size };
    });
  }

  private async askForAll(tx: Tx, rows: Iterable<Measurement>): Promise<void> {
    const touched = new Map([...rows].map((row) => [`${row.trust_id} ${row.period_id}`, row]));
    for (const row of touched.values())
      await this.progress.askFor(tx, row.programme_id, row.trust_id, row.period_id);
  }

  private async move(
    actor: Actor,
    id: string,
    revision: number | null,
    verb: MeasurementVerb,
    permission: Permission,
    reason?: string,
  ): Promise<MeasurementView> {
    return this.work.run({ actor, action: `measurement.${verb}`, reason }, async (tx) => {
      requirePermission(actor, permission);
      const row = await tx.lockRevision(Measurement, id, revision, 'measurement');
      const reasons: Blocker[] = MEASUREMENT.blockers(verb, row.state);
      refuseIfBlocked(`This measurement cannot do that now.`, reasons);
      await tx.change(Measurement, row, {
        state: MEASUREMENT.next(verb, row.state),
        ...(reason && verb !== 'answer' ? { validation_note: reason } : {}),
      });
      await this.progress.askFor(tx, row.programme_id, row.trust_id, row.period_id);
      return (await measurement(tx, id)) as MeasurementView;
    });
  }
}

/** @throws Problem 409 with what blocks the validation of this value */
function refuseIfInvalid(
  validator: Actor,
  row: Measurement,
  unit: Measure['unit'],
  { numerator, denominator }: ValidatedValue,
): void {
  refuseIfBlocked(
    'This measurement cannot be validated.',
    validationBlockers({
      state: row.state,
      unit,
      numerator,
      denominator,
      reporterId: row.reported_by,
      validatorId: validator.id,
    }),
  );
}
