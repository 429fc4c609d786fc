import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { FinancialYear } from '../core/financial-period.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Benefit, BenefitActual, BenefitEvidence } from './benefit.entity.js';
import { actual, type BenefitActualView } from './benefit.queries.js';
import { BENEFIT } from './benefit.rules.js';
import {
  ACTUAL,
  type ActualFacts,
  rejectionBlockers,
  reportBlockers,
  validationBlockers,
} from './benefit-actual.rules.js';
import { lockBenefit } from './benefit-facts.js';

/** What a benefit brought in a year, as its trust says. */
export interface ReportedBenefit {
  financialYear: FinancialYear;
  /** A whole number of the benefit's unit. */
  value: number;
  /** How it was measured. */
  method: string;
}

/** What benefits brought: reported by the trust, validated by somebody else, both kept. */
@Injectable()
export class BenefitActualService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Reports a year. It takes the place of what was reported of that year before, with its validation.
   * @param revision of the benefit
   * @throws Problem 403, 404, 409, 412, 428
   */
  report(
    actor: Actor,
    benefitId: string,
    revision: number | null,
    { financialYear, value, method }: ReportedBenefit,
  ): Promise<BenefitActualView> {
    return this.work.run({ actor, action: 'benefit.report' }, async (tx) => {
      const today = this.clock.today();
      const { row, facts } = await lockBenefit(tx, benefitId, revision, today);
      requirePermission(actor, 'benefit:record');
      refuseIfBlocked('This year cannot be reported now.', reportBlockers(facts, financialYear, today));
      const standing = await tx.manager.findOneBy(BenefitActual, {
        benefit_id: benefitId,
        financial_year: financialYear,
        state: In(['reported', 'validated']),
      });
      if (standing)
        await tx.change(BenefitActual, standing, { state: ACTUAL.next('supersede', standing.state) });
      const { programme_id, trust_id } = row;
      const { id } = await tx.insert(BenefitActual, {
        ...{ programme_id, trust_id, benefit_id: benefitId, financial_year: financialYear, value, method },
        state: ACTUAL.initial,
        prepared_by: [actor.id],
        illustrative: this.config.demonstration,
      });
      await tx.change(Benefit, row, { state: BENEFIT.next('report', row.state) });
      return (await actual(tx, id)) as BenefitActualView;
    });
  }

  /** Keeps the value that was found beside the reported one. @throws Problem 403, 404, 409, 412, 428 */
  validate(
    actor: Actor,
    id: string,
    revision: number | null,
    { value, note }: { value: number; note: string | null },
  ): Promise<BenefitActualView> {
    return this.work.run({ actor, action: 'benefit.validate' }, async (tx) => {
      const row = await tx.lockRevision(BenefitActual, id, revision, 'report of a benefit');
      requirePermission(actor, 'benefit:validate');
      refuseIfBlocked('This cannot be validated.', validationBlockers(await factsOf(tx, row), actor.id));
      return this.decide(tx, row, { state: 'validated', validated_value: value, decision_note: note });
    });
  }

  /** Sends it back: it counts no more, and the year is reported anew. @throws Problem 403, 404, 409, 412, 428 */
  reject(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<BenefitActualView> {
    return this.work.run({ actor, action: 'benefit.reject', reason }, async (tx) => {
      const row = await tx.lockRevision(BenefitActual, id, revision, 'report of a benefit');
      requirePermission(actor, 'benefit:validate');
      refuseIfBlocked('This cannot be rejected.', rejectionBlockers(await factsOf(tx, row), actor.id));
      return this.decide(tx, row, { state: 'rejected', decision_note: reason });
    });
  }

  private async decide(
    tx: Tx,
    row: BenefitActual,
    decision: Pick<BenefitActual, 'state' | 'decision_note'> & { validated_value?: number },
  ): Promise<BenefitActualView> {
    await tx.change(BenefitActual, row, { ...decision, decided_by: tx.actor.id, decided_at: tx.at });
    return (await actual(tx, row.id)) as BenefitActualView;
  }
}

async function factsOf(tx: Tx, { id, state, prepared_by: preparedBy }: BenefitActual): Promise<ActualFacts> {
  return { state, preparedBy, evidence: await tx.manager.countBy(BenefitEvidence, { actual_id: id }) };
}
