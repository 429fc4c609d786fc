import { Injectable } from '@nestjs/common';
import { refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { Benefit, BenefitPlan, BenefitYear } from './benefit.entity.js';
import { plansOfTrust } from './benefit-plan.queries.js';
import { type AskedPlan, planBlockers, planChanges } from './benefit-plan.rules.js';

/** What an applied change request says of the plans of a trust's benefits. */
export interface ReplannedBenefits {
  programmeId: string;
  trustId: string;
  plans: readonly AskedPlan[];
  /** The reference of the change request. */
  changeRequest: string;
}

/** Other plans of benefits, as change requests bring them. */
@Injectable()
export class BenefitPlanService {
  /**
   * Gives benefits the plans that an approved change request asks for, in the unit of work that applies it: each is the
   * next version, and what it was is kept.
   * @throws Problem 409 where one cannot have its plan; 422 for a benefit that the trust does not have
   */
  async replan(tx: Tx, { programmeId, trustId, plans, changeRequest }: ReplannedBenefits): Promise<void> {
    const named = await plansOfTrust(tx, programmeId, trustId);
    const idOf = ({ benefit }: AskedPlan): string => {
      const found = named.find(({ code }) => code === benefit);
      if (!found)
        throw unprocessable('unknown-benefit', `There is no benefit ${benefit} that can be replanned.`);
      return found.id;
    };
    const rows = await tx.lockAll(Benefit, plans.map(idOf), 'benefit');
    // Read again now that nothing can be reported against them.
    const standing = await plansOfTrust(tx, programmeId, trustId);
    for (const asked of plans) {
      const row = rows.get(idOf(asked)) as Benefit;
      const before = standing.find(({ id }) => id === row.id);
      if (!before) throw unprocessable('unknown-benefit', `There is no benefit ${asked.benefit} any more.`);
      refuseIfBlocked('This plan cannot be changed now.', planBlockers(before, asked));
      await tx.insert(BenefitPlan, {
        ...{
          programme_id: programmeId,
          trust_id: row.trust_id,
          benefit_id: row.id,
          number: row.plan_version,
        },
        years: before.years.map(({ financialYear, planned }) => ({ financialYear, planned })),
        change_request: changeRequest,
        replaced_at: tx.at,
      });
      const { removed, added, changed } = planChanges(before.years, asked.years);
      for (const { financialYear } of removed)
        await tx.manager.delete(BenefitYear, { benefit_id: row.id, financial_year: financialYear });
      for (const { financialYear, planned } of changed)
        await tx.manager.update(
          BenefitYear,
          { benefit_id: row.id, financial_year: financialYear },
          { planned_value: planned },
        );
      await tx.insertAll(
        BenefitYear,
        added.map(({ financialYear, planned }) => ({
          ...{ programme_id: programmeId, trust_id: row.trust_id, benefit_id: row.id },
          ...{ financial_year: financialYear, planned_value: planned },
        })),
      );
      await tx.change(Benefit, row, { plan_version: row.plan_version + 1 });
    }
  }
}
