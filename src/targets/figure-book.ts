import { isDeepStrictEqual } from 'node:util';
import type { EntityTarget, FindOptionsWhere } from 'typeorm';
import type { DateOn } from '../core/calendar.js';
import type { Tx } from '../database/tx.js';
import type { FigureTarget } from './figure.rules.js';
import type { Basis, Figure } from './progress.entity.js';
import { scorePpm } from './progress.rules.js';
import { expectedReach, type TrendPoint } from './trend.rules.js';

/** A figure as it was computed, without the trend that it ends. */
export type Computed<E extends Figure> = Omit<
  E,
  'id' | 'revision' | 'expected' | 'basis' | 'target_set_id' | 'ends_on'
>;

/**
 * The kept figures of a trust or a programme, read once: new ones are held against them, get their trend from those
 * before, and only what is different is written.
 */
export class FigureBook<E extends Figure> {
  private readonly added: E[] = [];
  private changed = 0;

  private constructor(
    private readonly tx: Tx,
    private readonly entity: EntityTarget<E>,
    private readonly figures: E[],
  ) {}

  /** The figures that the condition names must be held by the transaction. */
  static async open<E extends Figure>(
    tx: Tx,
    entity: EntityTarget<E>,
    whose: FindOptionsWhere<E>,
  ): Promise<FigureBook<E>> {
    return new FigureBook(tx, entity, await tx.manager.findBy(entity, whose));
  }

  /** Enters a figure; periods are entered in order of time, because the later ones' trends run through the earlier. */
  async enter(target: FigureTarget, basis: Basis, endsOn: DateOn, computed: Computed<E>): Promise<void> {
    const line = this.figures.filter(
      (each) => each.target_set_id === target.targetSetId && each.basis === basis,
    );
    const now = { ...computed, ends_on: endsOn } as E;
    const points = [...line.filter((each) => each.ends_on < endsOn), now]
      .filter((each) => each.denominator > 0)
      .map(pointOf);
    const expected = expectedReach({ points, targetPpm: target.targetPpm, targetOn: target.targetOn });
    const row = { ...now, target_set_id: target.targetSetId, basis, expected } as E;
    const standing = line.find((each) => each.ends_on === endsOn);
    if (!standing) {
      this.figures.push(row);
      this.added.push(row);
    } else if (differs(standing, row)) {
      await this.tx.change(this.entity, standing, row as never);
      this.changed += 1;
    }
  }

  /** Writes what is new. @returns how many figures were written in all */
  async close(): Promise<number> {
    await this.tx.insertAll(this.entity, this.added as never[]);
    return this.added.length + this.changed;
  }
}

function pointOf(figure: Figure): TrendPoint {
  return { on: figure.ends_on, ppm: scorePpm(figure) as number, version: figure.target_version };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

function differs(standing: Figure, row: Figure): boolean {
  return Object.entries(row).some(
    ([name, value]) => !isDeepStrictEqual(plain(standing[name as keyof Figure]), plain(value)),
  );
}
