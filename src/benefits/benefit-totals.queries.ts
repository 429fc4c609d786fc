import { given, type Sql } from '../database/sql.js';
import { type BenefitType, STANDING } from './benefit.rules.js';

/** What benefits of one type and unit come to, each counted once. */
export interface BenefitTotal {
  type: BenefitType;
  unit: string;
  /** How many count; those that are counted in another one are not among them. */
  benefits: number;
  /** How many are counted in one of these or elsewhere, and so with zero here. */
  shared: number;
  /** What is planned for all years. */
  planned: number;
  /** What is planned for the years that are due by now. */
  plannedByNow: number;
  reported: number;
  validated: number;
}

const STANDS = `b.state in (${STANDING.map((state) => `'${state}'`)})`;

/** What a programme's benefits that were agreed come to, or those of a trust or project, by type and unit. */
export function benefitTotals(
  sql: Sql,
  programmeId: string,
  today: string,
  { trust, project }: { trust: string | null; project: string | null },
): Promise<BenefitTotal[]> {
  const values: unknown[] = [programmeId, today];
  const wanted = given(values, {
    'b.trust_id = (select id from organisation where ods_code = ?)': trust,
    'b.project_id = (select id from project where programme_id = $1 and code = ?)': project,
  });
  return sql.query<BenefitTotal>(
    `select b.type, b.unit, count(*) filter (where b.counted_in is null)::int as benefits,
       count(*) filter (where b.counted_in is not null)::int as shared,
       coalesce(sum(v.planned) filter (where b.counted_in is null), 0)::bigint as planned,
       coalesce(sum(v.by_now) filter (where b.counted_in is null), 0)::bigint as "plannedByNow",
       coalesce(sum(v.reported) filter (where b.counted_in is null), 0)::bigint as reported,
       coalesce(sum(v.validated) filter (where b.counted_in is null), 0)::bigint as validated
     from benefit b cross join lateral (
         select sum(y.planned_value) as planned,
           sum(y.planned_value) filter (where make_date(left(y.financial_year, 4)::int + 1, 3, 31) <= $2::date) as by_now,
           sum(a.value) as reported, sum(a.validated_value) as validated
         from benefit_year y left join benefit_actual a on a.benefit_id = y.benefit_id
           and a.financial_year = y.financial_year and a.state in ('reported', 'validated')
         where y.benefit_id = b.id) v
     where b.programme_id = $1 and ${STANDS}${wanted}
     group by b.type, b.unit order by b.type, b.unit`,
    values,
  );
}

/** What a trust's benefits that are worth money come to, each counted once. Whole pence. */
export interface BenefitMoney {
  trustId: string;
  plannedPence: number;
  cashReleasingPence: number;
  validatedPence: number;
}

/** What is worth money among the agreed benefits of a programme, by trust; of some trusts, or of all. */
export function benefitMoney(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[] | null,
): Promise<BenefitMoney[]> {
  const values: unknown[] = [programmeId];
  const wanted = given(values, { 'b.trust_id = any (?::uuid[])': trustIds && [trustIds] });
  return sql.query<BenefitMoney>(
    `select b.trust_id as "trustId", coalesce(sum(v.planned), 0)::bigint as "plannedPence",
       coalesce(sum(v.planned) filter (where b.type = 'cash-releasing'), 0)::bigint as "cashReleasingPence",
       coalesce(sum(v.validated), 0)::bigint as "validatedPence"
     from benefit b cross join lateral (
         select sum(y.planned_value) as planned, sum(a.validated_value) as validated
         from benefit_year y left join benefit_actual a on a.benefit_id = y.benefit_id
           and a.financial_year = y.financial_year and a.state = 'validated'
         where y.benefit_id = b.id) v
     where b.programme_id = $1 and b.unit = 'pence' and b.counted_in is null and ${STANDS}${wanted}
     group by b.trust_id order by b.trust_id`,
    values,
  );
}
