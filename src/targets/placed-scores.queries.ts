import type { FinancialYear } from '../core/financial-period.js';
import type { Sql } from '../database/sql.js';
import type { Basis } from './progress.entity.js';

/** A part of a programme's score toward all of its targets, by region, at the end of a period. */
export interface PlacedScore {
  /** The slug. */
  programme: string;
  /** Null where none is known. */
  region: string | null;
  /** As it was asked for: a financial year, or null for the latest period of all. */
  year: FinancialYear | null;
  /** The label of the period: the latest for which there are figures. */
  period: string;
  basis: Basis;
  /** In weighted parts per million, summed over trusts. */
  numerator: number;
  denominator: number;
  trusts: number;
}

/** The last period of a programme `p` that has figures, in a year `y` or at all. */
const LATEST = `select e.id, e.label, e.ends_on from reporting_period e
  where e.programme_id = p.id and (y.year is null or e.financial_year = y.year)
    and exists (select from programme_progress f where f.programme_id = p.id and f.period_id = e.id)
  order by e.ends_on desc limit 1`;

/**
 * The scores of all programmes by region: what `programme_progress` holds for a programme, with the trusts of a region
 * alone. Each trust has its latest figure until the period's end.
 * @param years for each of these, at the end of its last period that has figures; null: of all periods
 */
export function placedScores(sql: Sql, years: ReadonlyArray<FinancialYear | null>): Promise<PlacedScore[]> {
  return sql.query<PlacedScore>(
    `select p.slug as programme, o.region, y.year, t.label as period, s.basis, sum(f.numerator)::bigint as numerator,
       sum(f.denominator)::bigint as denominator, count(*)::int as trusts
     from programme p cross join unnest($1::text[]) as y (year) cross join lateral (${LATEST}) t
       join programme_progress s on s.programme_id = p.id and s.period_id = t.id and s.target_set_id is null
       join (select distinct programme_id, organisation_id from programme_role
         where role = 'awardee' and status <> 'proposed') a on a.programme_id = p.id
       join organisation o on o.id = a.organisation_id
       cross join lateral (select g.numerator, g.denominator from progress g
         where g.programme_id = p.id and g.trust_id = o.id and g.basis = s.basis and g.target_set_id is null
           and g.ends_on <= t.ends_on order by g.ends_on desc limit 1) f
     group by p.slug, o.region, y.year, t.label, s.basis order by p.slug, o.region, y.year, s.basis`,
    [years],
  );
}
