import { firstRow, given, type Sql } from '../database/sql.js';
import type { ScenarioState } from './scenario.rules.js';
import type { ScenarioResult, ScenarioTotals } from './scenario.types.js';

interface PersonRef {
  id: string;
  name: string;
}

/** A scenario as lists show it. */
export interface ScenarioRow {
  id: string;
  reference: string;
  title: string;
  programme: { slug: string; name: string };
  state: ScenarioState;
  financialYear: string;
  /** As it was asked for; `basisPoints` is null where an amount was. Whole pence. */
  cut: { basisPoints: number | null; amountPence: number };
  totals: ScenarioTotals;
  /** The day as on which it was computed. */
  asOn: string;
  /** The entry of the log as at which it was, and when that was recorded. */
  asAtNumber: number;
  asAt: string;
  /** SHA-256 of all that it was computed from. */
  factsSha256: string;
  madeBy: PersonRef;
  madeAt: string;
  withdrawn: { by: PersonRef; at: string; because: string } | null;
  illustrative: boolean;
  revision: number;
}

/** A scenario with all that came of it. */
export type ScenarioView = ScenarioRow & { result: Omit<ScenarioResult, 'totals'> };

const person = (id: string): string =>
  `(select json_build_object('id', u.id, 'name', u.name) from person u where u.id = ${id})`;

const ROW = `s.id, s.reference, s.title, json_build_object('slug', p.slug, 'name', p.name) as programme, s.state,
    s.financial_year as "financialYear",
    json_build_object('basisPoints', s.cut_basis_points, 'amountPence', s.cut_pence) as cut,
    json_build_object('cutPence', s.cut_pence, 'sparePence', s.spare_pence, 'beyondPence', s.beyond_pence,
      'askedPence', s.asked_pence, 'keptPence', s.kept_pence, 'movedPence', s.moved_pence,
      'unfundedPence', s.unfunded_pence) as totals,
    s.as_on as "asOn", s.as_at_number as "asAtNumber", to_json(s.as_at) as "asAt", s.facts_sha256 as "factsSha256",
    ${person('s.made_by')} as "madeBy", to_json(s.made_at) as "madeAt",
    case when s.withdrawn_by is not null then json_build_object('by', ${person('s.withdrawn_by')}, 'at', s.withdrawn_at,
      'because', s.withdrawn_because) end as withdrawn, s.illustrative, s.revision`;
const FROM = 'from scenario s join programme p on p.id = s.programme_id';

/** What a list of scenarios is narrowed to. */
export interface ScenarioFilter {
  /** A slug. */
  programme: string | null;
  state: ScenarioState | null;
}

/** Scenarios, the latest first; `limit` at most, those before an id where given. */
export function scenarios(
  sql: Sql,
  { programme, state }: ScenarioFilter,
  limit: number,
  before: string | null,
): Promise<ScenarioRow[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    's.programme_id = (select id from programme where slug = ?)': programme,
    's.state = ?': state,
    's.id < ?': before,
  });
  return sql.query<ScenarioRow>(
    `select ${ROW} ${FROM} where true${wanted} order by s.id desc limit $1`,
    values,
  );
}

/** One scenario by its id. */
export function scenario(sql: Sql, id: string): Promise<ScenarioView | undefined> {
  return firstRow<ScenarioView>(sql, `select ${ROW}, s.result ${FROM} where s.id = $1`, [id]);
}
