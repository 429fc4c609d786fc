import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, may } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { isFinancialYear } from '../core/financial-period.js';
import { cursorValues, idIn, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  actual,
  actualsOf,
  type BenefitActualView,
  type BenefitEvidenceView,
  type BenefitFilter,
  type BenefitView,
  benefit,
  benefitEvidence,
  benefits,
  programmeOfBenefit,
  sharersOf,
} from './benefit.queries.js';
import { type BenefitStep, openBenefitSteps, STEP_PERMISSION } from './benefit.rules.js';
import { benefitFactsOf } from './benefit-facts.js';
import {
  type BenefitGapCounts,
  benefitGapCounts,
  type LateBenefit,
  lateBenefits,
  unvalidatedActuals,
} from './benefit-gaps.queries.js';
import { type BenefitTotal, benefitTotals } from './benefit-totals.queries.js';

/** A benefit with all that was reported of it, and the steps that its reader may take. */
export type ShownBenefit = BenefitView & {
  programme: string;
  /** How many benefits that the reader may see are counted in it. */
  sharedBy: number;
  actuals: BenefitActualView[];
  next: BenefitStep[];
};

/** What benefits come to on a day, by type and unit, each counted once. */
export interface BenefitTotals {
  asOn: DateOn;
  items: BenefitTotal[];
}

/** Benefits as they are shown. */
@Injectable()
export class BenefitsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's benefits, in the order in which they were recorded. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: BenefitFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<BenefitView>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      benefits(sql, id, this.clock.today(), filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** What the agreed benefits of a programme, trust or project come to. @throws Problem 404 */
  async totals(
    actor: Actor,
    slug: string,
    filter: { trust: string | null; project: string | null },
  ): Promise<BenefitTotals> {
    const asOn = this.clock.today();
    const items = await this.programmes.within(actor, slug, (sql, id) =>
      benefitTotals(sql, id, asOn, filter),
    );
    return { asOn, items };
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownBenefit> {
    return this.scope.run(actor, async (sql) => {
      const found = await benefit(sql, id, this.clock.today());
      const programme = await programmeOfBenefit(sql, id);
      if (!found || !programme) throw notFound('benefit');
      const sharedBy = await sharersOf(sql, id);
      const next = openBenefitSteps(benefitFactsOf(found, sharedBy), actor.id).filter((step) =>
        may(actor, STEP_PERMISSION[step]),
      );
      return { ...found, programme, sharedBy, actuals: await actualsOf(sql, id), next };
    });
  }

  /** What a benefit was reported to have brought in a year. @throws Problem 404 */
  async actual(actor: Actor, id: string): Promise<BenefitActualView> {
    const found = await this.scope.run(actor, (sql) => actual(sql, id));
    if (!found) throw notFound('report of a benefit');
    return found;
  }

  /** One piece of evidence of it. @throws Problem 404 */
  async evidence(actor: Actor, id: string): Promise<BenefitEvidenceView> {
    const found = await this.scope.run(actor, (sql) => benefitEvidence(sql, id));
    if (!found) throw notFound('evidence');
    return found;
  }

  /** A page of what was reported and is not validated. @throws Problem 404; 400 where the cursor is not one */
  async unvalidated(
    actor: Actor,
    slug: string,
    { limit, after }: PageRequest,
  ): Promise<Page<BenefitActualView>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      unvalidatedActuals(sql, id, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** How much of a programme's benefits is unvalidated, and how many years are late. @throws Problem 404 */
  gapCounts(actor: Actor, slug: string): Promise<BenefitGapCounts> {
    return this.programmes.within(actor, slug, (sql, id) => benefitGapCounts(sql, id, this.clock.today()));
  }

  /** A page of the years that were to be reported by now and were not. @throws Problem 404; 400 where the cursor is not one */
  async late(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<LateBenefit>> {
    const from = cursorValues(after, [isFinancialYear, isId]);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      lateBenefits(sql, id, this.clock.today(), limit + 1, from),
    );
    return pageOf(rows, limit, ({ year, id }) => [year, id]);
  }
}
