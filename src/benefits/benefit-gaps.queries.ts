import { given, type Sql } from '../database/sql.js';
import {
  ACTUAL_VIEW,
  type BenefitActualView,
  type BenefitRef,
  DUE,
  IS_REPORTED,
  ref,
  trust,
} from './benefit.queries.js';

/** What a programme's benefits were reported to have brought and nobody has validated, `limit` at most, in the order of reports. */
export function unvalidatedActuals(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: string | null,
): Promise<BenefitActualView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'a.id > ?::uuid': after });
  return sql.query<BenefitActualView>(
    `${ACTUAL_VIEW} where a.programme_id = $1 and a.state in ('reported', 'rejected')${wanted} order by a.id limit $2`,
    values,
  );
}

/** A year of a benefit that was to be reported by a day, and was not. */
export interface LateBenefit {
  /** Of the year's plan. */
  id: string;
  benefit: BenefitRef & { unit: string };
  trust: { odsCode: string; name: string };
  owner: string;
  year: string;
  planned: number;
  dueOn: string;
  daysLate: number;
}

/** Whether a year `y` of a benefit `b` was to be reported before the day $2, and was not. */
const IS_LATE = `${IS_REPORTED} and ${DUE} < $2::date and not exists (select from benefit_actual a
  where a.benefit_id = y.benefit_id and a.financial_year = y.financial_year and a.state in ('reported', 'validated'))`;

/** How much of a programme's benefits an auditor asks about. */
export interface BenefitGapCounts {
  /** Reports that nobody has validated. */
  unvalidated: number;
  /** Years that were to be reported, and were not. */
  late: number;
}

/** How much of a programme's benefits is unvalidated or late as on a day. */
export async function benefitGapCounts(
  sql: Sql,
  programmeId: string,
  today: string,
): Promise<BenefitGapCounts> {
  const [row] = await sql.query<BenefitGapCounts>(
    `select (select count(*)::int from benefit_actual a where a.programme_id = $1
         and a.state in ('reported', 'rejected')) as unvalidated,
       (select count(*)::int from benefit_year y join benefit b on b.id = y.benefit_id
         where y.programme_id = $1 and ${IS_LATE}) as late`,
    [programmeId, today],
  );
  return row as BenefitGapCounts;
}

/** A programme's years of benefits that are late as on a day, the longest due first, `limit` at most, those after a year and id. */
export function lateBenefits(
  sql: Sql,
  programmeId: string,
  today: string,
  limit: number,
  after: unknown[] | null,
): Promise<LateBenefit[]> {
  const values: unknown[] = [programmeId, today, limit];
  const wanted = given(values, { '(y.financial_year, y.id) > (?, ?::uuid)': after });
  return sql.query<LateBenefit>(
    `select y.id, ${ref('b', 'j', `, 'unit', b.unit`)} as benefit, ${trust} as trust, b.owner,
       y.financial_year as year, y.planned_value as planned, ${DUE} as "dueOn", $2::date - ${DUE} as "daysLate"
     from benefit_year y join benefit b on b.id = y.benefit_id join project j on j.id = b.project_id
       join organisation o on o.id = b.trust_id
     where y.programme_id = $1 and ${IS_LATE}${wanted}
     order by y.financial_year, y.id limit $3`,
    values,
  );
}
