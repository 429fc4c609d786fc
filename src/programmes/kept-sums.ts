import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { ReadScope } from '../database/read-scope.js';
import type { Tx } from '../database/tx.js';
import { awardeeCount } from './awardee.queries.js';
import { type KeptSum, keepSum, lastKeptSums, moved, type Sums, type TrustSum } from './kept-sum.queries.js';
import { programmeIds } from './programme.queries.js';

/** A figure that was kept, and what the record comes to after the same entry of the log. */
export interface KeptDifference {
  /** Of which sum. */
  sum: string;
  figure: string;
  number: number;
  kept: number;
  found: number;
}

/** The sums of trusts that are kept, so that totals do not grow with the trusts (docs/decisions/0019-kept-sums.md). */
@Injectable()
export class KeptSums {
  private readonly sums: TrustSum<object>[] = [];

  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** @throws Error where two sums have the same name */
  give(...sums: TrustSum<object>[]): void {
    for (const sum of sums) {
      if (this.sums.some(({ name }) => name === sum.name)) throw new Error(`Two kept sums ${sum.name}`);
      this.sums.push(sum);
    }
  }

  /** Keeps every sum of every programme as it stands after the newest entry of the log. */
  async keep(tx: Tx): Promise<{ kept: number }> {
    const past = await this.scope.pastAt(null);
    const { today, programmes } = await this.clock.asAt(past, async () => {
      const today = this.clock.today();
      return { today, programmes: await this.read(past.number, today) };
    });
    for (const { id, trusts, sums } of programmes)
      for (const sum of sums) await keepSum(tx, id, sum, { today, trusts });
    return { kept: programmes.flatMap(({ sums }) => sums).length };
  }

  /** Where what was kept last of a programme is not what the record comes to: somebody changed it past the program. */
  differing(programmeId: string): Promise<KeptDifference[]> {
    return this.scope.run({ trustId: null }, async (sql) => {
      const found: KeptDifference[] = [];
      for (const kept of await lastKeptSums(sql, programmeId)) {
        const sum = this.sums.find(({ name }) => name === kept.name);
        const sums = await sum?.of(sql.asAt(kept.number), programmeId, kept.asked, null);
        if (sums) found.push(...differences(kept, sums));
      }
      return found;
    });
  }

  private read(number: number, today: string) {
    return this.scope.run({ trustId: null }, async (sql) => {
      const programmes: Array<{ id: string; trusts: number; sums: KeptSum[] }> = [];
      for (const id of await programmeIds(sql)) {
        const sums: KeptSum[] = [];
        for (const sum of this.sums) {
          const asked = await sum.asked(sql, id, today);
          sums.push({ name: sum.name, asked, number, sums: await sum.of(sql, id, asked, null) });
        }
        programmes.push({ id, trusts: await awardeeCount(sql, id), sums });
      }
      return programmes;
    });
  }
}

function differences(kept: KeptSum, sums: object): KeptDifference[] {
  return Object.entries(moved<Sums>(kept.sums as Sums, {}, sums as Sums))
    .filter(([, off]) => off !== 0)
    .map(([figure, off]) => {
      const was = (kept.sums as Sums)[figure] ?? 0;
      return { sum: kept.name, figure, number: kept.number, kept: was, found: was - off };
    });
}
