import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { Outbox } from '../queue/outbox.js';
import { figuresOf } from './figure.rules.js';
import { FigureBook } from './figure-book.js';
import { BASES, ProgrammeProgress, Progress } from './progress.entity.js';
import { RECOMPUTE_PROGRESS, ROLL_UP_PROGRESS } from './progress.jobs.js';
import {
  holdFigures,
  measuredPeriodsFrom,
  reportedPeriodsFrom,
  rollUps,
  targetsOf,
} from './progress.queries.js';
import { measuredValues } from './target.queries.js';

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
    await holdFigures(tx, programmeId, trustId);
    const book = await FigureBook.open(tx, Progress, { programme_id: programmeId, trust_id: trustId });
    for (const period of await measuredPeriodsFrom(tx, trustId, periodId)) {
      const values = await measuredValues(tx, programmeId, trustId, period.id);
      const of = { programme_id: programmeId, trust_id: trustId, period_id: period.id };
      for (const basis of BASES)
        for (const { target, ...figure } of figuresOf(values, basis, period.endsOn))
          await book.enter(target, basis, period.endsOn, { ...of, ...figure });
    }
    const figures = await book.close();
    await this.outbox.add(
      tx,
      ROLL_UP_PROGRESS,
      { programmeId, periodId },
      { coalesceKey: `${programmeId} ${periodId}` },
    );
    return { figures };
  }

  /** Adds up the trusts' figures for a period and the later ones. Changes only what is different. */
  async rollUp(tx: Tx, programmeId: string, periodId: string): Promise<{ figures: number }> {
    await holdFigures(tx, programmeId, null);
    const book = await FigureBook.open(tx, ProgrammeProgress, { programme_id: programmeId });
    const targets = await targetsOf(tx, programmeId);
    for (const period of await reportedPeriodsFrom(tx, periodId))
      for (const { target_set_id, basis, ...figure } of await rollUps(tx, programmeId, period.endsOn)) {
        const target = targets.find((each) => each.targetSetId === target_set_id);
        const of = { programme_id: programmeId, period_id: period.id };
        if (target) await book.enter(target, basis, period.endsOn, { ...of, ...figure });
      }
    return { figures: await book.close() };
  }
}
