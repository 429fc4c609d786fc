import { Injectable } from '@nestjs/common';
import { type BenefitMoney, benefitMoney } from '../benefits/benefit-totals.queries.js';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { type Pence, sumPence } from '../core/money.js';
import type { Page, PageRequest } from '../core/paging.js';
import { awardeePage } from '../programmes/awardee.queries.js';
import { sumOfTrusts, type TrustSum } from '../programmes/kept-sum.queries.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { type TrustCost, trustCosts } from './benefit-to-cost.queries.js';
import { AT_LEAST, type BenefitToCost, benefitToCost } from './benefit-to-cost.rules.js';

/** What is to be gained for what is spent, as planned and as it came. */
export interface Worth {
  /** All that agreed benefits are planned to bring, for all that was agreed to be spent; VAT is not told apart there. */
  planned: BenefitToCost;
  /** The part of the planned benefits that releases cash. */
  cashReleasingPence: Pence;
  /** What was validated by somebody else, for what was paid and accepted, without VAT. */
  realised: BenefitToCost;
  /** The VAT that is left out of the cost. */
  vatPence: Pence;
}

export type TrustWorth = Worth & { trust: { odsCode: string; name: string }; illustrative: boolean };

/** Benefit to cost of a programme on a day, a page of trusts at a time; the totals are of all. */
export type ProgrammeWorth = Page<TrustWorth> & { asOn: DateOn; atLeast: typeof AT_LEAST; totals: Worth };

/** Benefit to cost, read where both are at hand (domain.md section 3, P20). */
@Injectable()
export class BenefitToCostReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** @param trust the ODS code of the only one that is wanted. @throws Problem 404; 400 where the cursor is not one */
  programme(
    actor: Actor,
    slug: string,
    page: PageRequest,
    trust: string | null = null,
  ): Promise<ProgrammeWorth> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { items, next } = await awardeePage(sql, id, page, trust);
      const ids = items.map((each) => each.id);
      const [benefits, costs] = [await benefitMoney(sql, id, ids), await trustCosts(sql, id, ids)];
      const of = <Row extends { trustId: string }>(rows: Row[], wanted: string) =>
        rows.filter(({ trustId }) => trustId === wanted);
      const trusts = items.map(({ id: trustId, odsCode, name }) => ({
        trust: { odsCode, name },
        illustrative: of(costs, trustId).some((each) => each.illustrative),
        ...worthOf(sumsOfAll(of(benefits, trustId), of(costs, trustId))),
      }));
      const all = trust === null ? await sumOfTrusts(sql, WORTH, id, []) : await WORTH.of(sql, id, [], ids);
      return { asOn: this.clock.today(), atLeast: AT_LEAST, totals: worthOf(all), items: trusts, next };
    });
  }
}

/** What benefits and costs come to. Whole pence. */
type WorthSums = Omit<BenefitMoney, 'trustId'> & Omit<TrustCost, 'trustId' | 'illustrative'>;

function sumsOfAll(benefits: readonly BenefitMoney[], costs: readonly TrustCost[]): WorthSums {
  return {
    plannedPence: sumPence(benefits.map((each) => each.plannedPence)),
    cashReleasingPence: sumPence(benefits.map((each) => each.cashReleasingPence)),
    validatedPence: sumPence(benefits.map((each) => each.validatedPence)),
    agreedPence: sumPence(costs.map((each) => each.agreedPence)),
    spentPence: sumPence(costs.map((each) => each.spentPence)),
    vatPence: sumPence(costs.map((each) => each.vatPence)),
  };
}

/** What the benefits and the costs of trusts come to. */
export const WORTH: TrustSum<WorthSums> = {
  name: 'worth',
  tables: [
    ...['account', 'agreement', 'benefit', 'benefit_actual', 'benefit_year', 'claim', 'claim_line'],
    ...['contribution', 'funding_line'],
  ],
  asked: async () => [],
  of: async (sql, id, _asked, trusts) =>
    sumsOfAll(await benefitMoney(sql, id, trusts), await trustCosts(sql, id, trusts)),
};

function worthOf({
  plannedPence,
  agreedPence,
  cashReleasingPence,
  validatedPence,
  spentPence,
  vatPence,
}: WorthSums): Worth {
  return {
    planned: benefitToCost(plannedPence, agreedPence),
    cashReleasingPence,
    realised: benefitToCost(validatedPence, spentPence - vatPence),
    vatPence,
  };
}
