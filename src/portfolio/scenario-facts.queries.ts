import type { DateOn } from '../core/calendar.js';
import type { Sql } from '../database/sql.js';
import { EXPECTED_ON, NOT_ENDED } from '../funding/gates/gate.queries.js';
import { BALANCE_COLUMNS } from '../funding/money.queries.js';
import { CURRENT } from '../targets/target.queries.js';
import type {
  ScenarioFacts,
  ScenarioMilestone,
  ScenarioTargetSet,
  ScenarioTranche,
  YearFacts,
} from './scenario.types.js';

const TRUST = `json_build_object('odsCode', o.ods_code, 'name', o.name)`;
const OPEN = `m.state not in ('met', 'waived', 'cancelled')`;

/** What a programme's agreements, under which money may still come to pass, hold by financial year. */
export function yearFacts(sql: Sql, programmeId: string): Promise<YearFacts[]> {
  return sql.query<YearFacts>(
    `select n.financial_year as year, (n.g_awarded + n.g_drawn)::bigint as "allocatedPence", n.g_awarded as "undrawnPence"
     from (select l.financial_year, ${BALANCE_COLUMNS}
       from agreement g join funding_line l on l.agreement_id = g.id left join account b on b.line_id = l.id
       where g.programme_id = $1 and g.state in (${NOT_ENDED}) group by l.financial_year) n
     order by n.financial_year`,
    [programmeId],
  );
}

/** Tranches of which something is not drawn. */
function undrawnTranches(sql: Sql, programmeId: string): Promise<ScenarioTranche[]> {
  return sql.query<ScenarioTranche>(
    `select t.id, json_build_object('id', g.id, 'reference', g.reference) as agreement, ${TRUST} as trust, t.number, t.name,
       ${EXPECTED_ON} as "expectedOn", t.grant_pence - t.drawn_pence as "remainingPence",
       (select coalesce(json_agg(m.id order by m.id), '[]') from tranche_milestone x join milestone m on m.id = x.milestone_id
         where x.tranche_id = t.id and ${OPEN}) as milestones
     from tranche t join agreement g on g.id = t.agreement_id join organisation o on o.id = g.trust_id
     where g.programme_id = $1 and g.state in (${NOT_ENDED}) and t.drawn_pence < t.grant_pence order by t.id`,
    [programmeId],
  );
}

function openMilestones(sql: Sql, programmeId: string): Promise<ScenarioMilestone[]> {
  return sql.query<ScenarioMilestone>(
    `select m.id, p.code || '/' || m.code as code, m.name, m.kind, m.project_id as "projectId", ${TRUST} as trust,
       m.forecast_on as "forecastOn"
     from milestone m join project p on p.id = m.project_id join organisation o on o.id = m.trust_id
     where m.programme_id = $1 and ${OPEN} order by m.forecast_on, m.id`,
    [programmeId],
  );
}

function currentTargetSets(sql: Sql, programmeId: string): Promise<ScenarioTargetSet[]> {
  return sql.query<ScenarioTargetSet>(
    `select s.code || '/v' || s.version as ref, s.name, s.target_on as "targetOn",
       (select coalesce(json_agg(json_build_object('code', m.code, 'level', m.level) order by m.position), '[]')
         from measure m where m.target_set_id = s.id) as measures
     from target_set s where s.programme_id = $1 and ${CURRENT} order by s.code, s.version`,
    [programmeId],
  );
}

/** All that a scenario of a programme is computed from. */
export async function scenarioFacts(sql: Sql, programmeId: string, asOn: DateOn): Promise<ScenarioFacts> {
  return {
    asOn,
    years: await yearFacts(sql, programmeId),
    tranches: await undrawnTranches(sql, programmeId),
    milestones: await openMilestones(sql, programmeId),
    targetSets: await currentTargetSets(sql, programmeId),
  };
}
