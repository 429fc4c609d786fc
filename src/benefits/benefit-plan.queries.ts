import type { Sql } from '../database/sql.js';
import type { StandingPlan } from './benefit-plan.rules.js';

/** The plans of a trust's benefits in a programme that are agreed and not over, by their codes. */
export function plansOfTrust(sql: Sql, programmeId: string, trustId: string): Promise<StandingPlan[]> {
  return sql.query<StandingPlan>(
    `select b.id, j.code || '/' || b.code as code, b.name, b.unit, b.state,
       (select coalesce(json_agg(json_build_object('financialYear', y.financial_year, 'planned', y.planned_value,
           'reported', exists (select from benefit_actual a
             where a.benefit_id = y.benefit_id and a.financial_year = y.financial_year)) order by y.financial_year), '[]')
         from benefit_year y where y.benefit_id = b.id) as years
     from benefit b join project j on j.id = b.project_id
     where b.programme_id = $1 and b.trust_id = $2 and b.state in ('agreed', 'realising') order by j.code, b.code, b.id`,
    [programmeId, trustId],
  );
}
