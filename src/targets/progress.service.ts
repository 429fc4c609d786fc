import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityTarget } from 'typeorm';
import type { Tx } from '../database/tx.js';
import { Outbox } from '../queue/outbox.js';
import { type FigureTarget, figuresOf } from './figure.rules.js';
import { BASES, type Basis, type Figure, ProgrammeProgress, Progress } from './progress.entity.js';
import { RECOMPUTE_PROGRESS, ROLL_UP_PROGRESS } from './progress.jobs.js';
import {
  earlierPoints,
  holdFigures,
  periodsFrom,
  type RollUpScope,
  rollUps,
  targetsOf,
} from './progress.queries.js';
import { scorePpm } from './progress.rules.js';
import { measuredValues } from './target.queries.js';
import { expectedReach } from './trend.rules.js';

/** Computes progress from measurements, and rolls it up; each figure keeps what it was computed from. */
@Injectable()
export class ProgressService {
  constructor(private readonly outbox: Outbox) {}

  /** Asks the queue to compute a trust's figures for a period anew. */
  async askFor(tx: Tx, programmeId: string, trustId: string, periodId: string): Promise<void> {
    await this.outbox.add(
      tx,
      RECOMPUTE_PROGRESS,
      { programmeId, trustId, periodId },
      { trustId, coalesceKey: `${trustId} ${periodId}` },
    );
  }

  /**
   * Computes a trust's figures for a period, and for the later ones that it has, because their trends run through it.
   * Changes only what is different.
   */
  async recompute(
    tx: Tx,
    programmeId: string,
    trustId: string,
    periodId: string,
  ): Promise<{ figures: number }> {
    await holdFigures(tx, { programmeId, trustId });
    let changed = 0;
    for (const period of await periodsFrom(tx, programmeId, periodId)) {
      const values = await measuredValues(tx, programmeId, trustId, period.id);
      if (values.every((value) => value.measurementId === null)) continue;
      for (const basis of BASES)
        for (const figure of figuresOf(values, basis, period.endsOn)) {
          const { target, ...columns } = figure;
          const key = {
            programme_id: programmeId,
            trust_id: trustId,
            period_id: period.id,
            target_set_id: target.targetSetId,
            basis,
          };
          const expected = await this.expect(
            tx,
            { programmeId, trustId },
            basis,
            period.endsOn,
            columns,
            target,
          );
          changed += await keep(tx, Progress, key, { ...columns, ends_on: period.endsOn, expected });
        }
    }
    await this.outbox.add(
      tx,
      ROLL_UP_PROGRESS,
      { programmeId, periodId },
      { coalesceKey: `${programmeId} ${periodId}` },
    );
    return { figures: changed };
  }

  /** Adds up the trusts' figures for a period and the later ones. Changes only what is different. */
  async rollUp(tx: Tx, programmeId: string, periodId: string): Promise<{ figures: number }> {
    await holdFigures(tx, { programmeId, trustId: null });
    let changed = 0;
    const targets = await targetsOf(tx, programmeId);
    for (const period of await periodsFrom(tx, programmeId, periodId))
      for (const { target_set_id, basis, ...columns } of await rollUps(tx, programmeId, period.endsOn)) {
        const target = targets.find((each) => each.targetSetId === target_set_id);
        if (!target) continue;
        const key = { programme_id: programmeId, period_id: period.id, target_set_id, basis };
        const expected = await this.expect(
          tx,
          { programmeId, trustId: null },
          basis,
          period.endsOn,
          columns,
          target,
        );
        changed += await keep(tx, ProgrammeProgress, key, { ...columns, ends_on: period.endsOn, expected });
      }
    return { figures: changed };
  }

  private async expect(
    tx: Tx,
    scope: RollUpScope,
    basis: Basis,
    endsOn: string,
    now: { target_version: number; numerator: number; denominator: number },
    target: FigureTarget,
  ) {
    const before = await earlierPoints(tx, scope, target.targetSetId, basis, endsOn);
    const points = [...before, { ...now, version: now.target_version, on: endsOn }]
      .filter((point) => point.denominator > 0)
      .map((point) => ({ on: point.on, ppm: scorePpm(point) as number, version: point.version }));
    return expectedReach({ points, targetPpm: target.targetPpm, targetOn: target.targetOn });
  }
}

/** Writes a figure where it is new or different. @returns how many rows were written: 0 or 1 */
async function keep<E extends Figure>(
  tx: Tx,
  entity: EntityTarget<E>,
  key: Partial<Record<keyof Progress, unknown>>,
  columns: object,
): Promise<number> {
  const [standing] = (await tx.manager
    .createQueryBuilder(entity, 'figure')
    .where(
      Object.keys(key)
        .map((name) => `figure.${name} is not distinct from :${name}`)
        .join(' and '),
      key,
    )
    .getMany()) as E[];
  if (!standing) {
    await tx.insert(entity, { ...key, ...columns } as never);
    return 1;
  }
  const same = Object.entries(columns).every(([name, value]) =>
    isDeepStrictEqual(
      JSON.parse(JSON.stringify(standing[name as keyof E] ?? null)),
      JSON.parse(JSON.stringify(value ?? null)),
    ),
  );
  if (same) return 0;
  await tx.change(entity, standing, columns as never);
  return 1;
}
