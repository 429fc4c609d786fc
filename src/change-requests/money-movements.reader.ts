import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { type Excess, exceeded, type MoneyMovement, moneyMovements } from './money-movements.queries.js';

/** What moved, a page at a time, and what of the whole programme is more than was awarded. */
export type MoneyMovements = Page<MoneyMovement> & { exceeded: Excess[] };

/** What moved the money of awards, as it is shown. */
@Injectable()
export class MoneyMovementsReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** A page of a programme's movements, the latest first. @throws Problem 404; 400 where the cursor is not one */
  async list(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<MoneyMovements> {
    const before = idIn(after);
    return this.programmes.within(actor, slug, async (sql, programmeId) => {
      const over = await exceeded(sql, programmeId);
      const rows = await moneyMovements(sql, programmeId, limit + 1, before);
      return { exceeded: over, ...pageOf(rows, limit, ({ id }) => [id]) };
    });
  }
}
