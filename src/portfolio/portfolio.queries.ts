import type { Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';

/** A goal of a strategy, and the programmes that serve it. */
export interface GoalView {
  code: string;
  strategy: string;
  title: string;
  statement: string;
  sourced: Sourced;
  /** Their slugs. */
  programmes: string[];
}

/** All goals that a programme serves, by strategy and title. */
export function servedGoals(sql: Sql): Promise<GoalView[]> {
  return sql.query<GoalView>(
    `select g.code, g.strategy, g.title, g.statement, g.provenance as sourced, s.programmes
     from strategy_goal g join (select x.goal_id, json_agg(p.slug order by p.slug) as programmes
         from programme_goal x join programme p on p.id = x.programme_id group by x.goal_id) s on s.goal_id = g.id
     order by g.strategy, g.title, g.code`,
  );
}

/** A programme of the portfolio. */
export interface PortfolioProgramme {
  slug: string;
  name: string;
  funder: string;
  startsOn: string;
  endsOn: string;
  illustrative: boolean;
  /** From best to worst. */
  scale: { code: string; name: string; points: Array<{ code: string; label: string }> };
}

/** All programmes by name. */
export function portfolioProgrammes(sql: Sql): Promise<PortfolioProgramme[]> {
  return sql.query<PortfolioProgramme>(
    `select p.slug, p.name, f.name as funder, p.starts_on as "startsOn", p.ends_on as "endsOn", p.illustrative,
       json_build_object('code', p.terms -> 'confidenceScale' -> 'code', 'name', p.terms -> 'confidenceScale' -> 'name',
         'points', p.terms -> 'confidenceScale' -> 'points') as scale
     from programme p join organisation f on f.id = p.funder_id order by p.name, p.slug`,
  );
}
