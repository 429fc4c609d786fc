import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { ReadScope } from '../database/read-scope.js';
import { placedMoney } from '../funding/placed-money.queries.js';
import { placedMilestones } from '../milestones/placed-milestones.queries.js';
import { placedConfidence } from '../progress-reports/placed-confidence.queries.js';
import { placedScores } from '../targets/placed-scores.queries.js';
import {
  type GoalView,
  type PortfolioProgramme,
  portfolioProgrammes,
  servedGoals,
} from './portfolio.queries.js';
import {
  type Layout,
  type PortfolioFilter,
  type PortfolioGroup,
  type PortfolioLayout,
  portfolioOf,
  regionsOf,
  yearsOf,
} from './portfolio.rules.js';

/** All programmes side by side on a day, with what they can be narrowed to. */
export interface PortfolioView extends Omit<PortfolioLayout, 'groups'> {
  asOn: DateOn;
  by: Layout;
  /** How goals, regions and years add up, in words. */
  counting: string;
  groups: Array<PortfolioGroup & { name: string }>;
  /** All that programmes serve, by strategy. */
  goals: GoalView[];
  regions: string[];
  years: string[];
}

/** How what is laid out adds up to the totals. */
export const COUNTING: Readonly<Record<Layout, string>> = {
  goal: 'The totals count each programme once. A programme that serves several goals is whole under each of them, so goals overlap and do not add up to the totals.',
  region:
    'The totals count each programme once. Each trust is in one region, so regions add up to the totals.',
  year: 'The totals count each programme once. Each funding line and each milestone is in one financial year, so years add up to the totals, but for confidence and scores: those are the latest of each year.',
};

const NAMELESS: Readonly<Record<Layout, string>> = {
  goal: 'No goal named',
  region: 'No region known',
  year: 'No year',
};

/** Programmes side by side, from what the rooms above say of each of them. */
@Injectable()
export class PortfolioReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** All programmes, by name. */
  programmes(actor: Actor): Promise<PortfolioProgramme[]> {
    return this.scope.run(actor, portfolioProgrammes);
  }

  /** All programmes that the reader may see, laid out by goal, region or year. */
  async portfolio(actor: Actor, by: Layout, filter: PortfolioFilter): Promise<PortfolioView> {
    const asOn = this.clock.today();
    const facts = await this.scope.runLong(actor, async (sql) => {
      const money = await placedMoney(sql);
      const milestones = await placedMilestones(sql, asOn);
      const years = by === 'year' ? yearsOf({ money, milestones }) : [];
      const wanted = [null, ...new Set([...years, ...(filter.year === null ? [] : [filter.year])])];
      return {
        ...{ money, milestones },
        programmes: await portfolioProgrammes(sql),
        goals: await servedGoals(sql),
        scores: await placedScores(sql, wanted),
        confidence: await placedConfidence(sql, wanted),
      };
    });
    const { groups, ...layout } = portfolioOf(by, filter, facts);
    const names = new Map(by === 'goal' ? facts.goals.map(({ code, title }) => [code, title]) : []);
    return {
      ...{ asOn, by, counting: COUNTING[by] },
      ...layout,
      groups: groups.map((group) => ({
        ...group,
        name: group.key === null ? NAMELESS[by] : (names.get(group.key) ?? group.key),
      })),
      ...{ goals: facts.goals, regions: regionsOf(facts), years: yearsOf(facts) },
    };
  }
}
