import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { type FinancialYear, financialYear } from '../../core/financial-period.js';
import { sumPence } from '../../core/money.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Agreement } from '../agreements/agreement.entity.js';
import { Ledger } from '../ledger.js';
import { balancesOf } from '../ledger.queries.js';
import { YearEnd } from './year-end.entity.js';
import { isYearClosed, type YearEndView, yearEndFrame, yearEnds } from './year-end.queries.js';
import { lapseMovements, yearEndBlockers } from './year-end.rules.js';

/** The end of a financial year: grant that nobody claimed lapses. */
@Injectable()
export class YearEndService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Closes a financial year of a programme, once, after its last day: what is awarded and not claimed of its lines
   * lapses. Claims on their way keep their money; out of lapsed money, an approved change request carries forward.
   * @throws Problem 403, 404, 409 where the year is not over, or is closed already
   */
  async close(
    actor: Actor,
    slug: string,
    { financialYear: year, reason }: { financialYear: FinancialYear; reason: string },
  ): Promise<YearEndView> {
    return this.work.run({ actor, action: 'year-end.close', reason }, async (tx) => {
      requirePermission(actor, 'year-end:close');
      const programme = await yearEndFrame(tx, slug);
      if (!programme) throw notFound('programme');
      const agreements = await tx.lockAll(Agreement, programme.agreements, 'agreement');
      const closed = await isYearClosed(tx, programme.id, year);
      refuseIfBlocked(
        'This financial year cannot be closed.',
        yearEndBlockers({ financialYear: year, programme, closed, today: this.clock.today() }),
      );
      const lapsed: number[] = [];
      for (const agreement of agreements.values()) lapsed.push(await this.lapse(tx, agreement, year));
      await tx.insert(YearEnd, {
        programme_id: programme.id,
        financial_year: year,
        lapsed_pence: sumPence(lapsed),
        closed_by: actor.id,
        reason,
      });
      const ends = await yearEnds(tx, programme.id);
      return ends.find((end) => end.financialYear === year) as YearEndView;
    });
  }

  /** @returns how much lapsed of the agreement, in pence */
  private async lapse(tx: Tx, agreement: Agreement, year: FinancialYear): Promise<number> {
    const movements = lapseMovements(await balancesOf(tx, agreement.id), year);
    if (movements.length === 0) return 0;
    await this.ledger.post(tx, agreement, {
      kind: 'lapse',
      datedOn: financialYear(year).endsOn,
      narrative: `${year} ended: grant that was not claimed`,
      movements,
    });
    return sumPence(movements.map(({ amountPence }) => amountPence));
  }
}
