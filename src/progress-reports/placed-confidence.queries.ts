import type { FinancialYear } from '../core/financial-period.js';
import type { Sql } from '../database/sql.js';

/** How many trusts of a programme are rated so, by region: each by its latest rating that stands. */
export interface PlacedConfidence {
  /** The slug. */
  programme: string;
  /** Null where none is known. */
  region: string | null;
  /** As it was asked for: a financial year, or null for the latest rating of all. */
  year: FinancialYear | null;
  /** The code of the scale: ratings of two scales are never added up (domain.md section 9, rule 10). */
  scale: string;
  rating: string;
  trusts: number;
}

/** The latest rating of a trust `o` in a programme, in a year `y` or at all. Goes back from period to period, and seldom far. */
const LATEST = `select c.scale, c.rating from reporting_period e cross join lateral (select scale, rating
    from delivery_confidence where trust_id = o.id and period_id = e.id and not superseded offset 0) c
  where e.programme_id = r.programme_id and (y.year is null or e.financial_year = y.year)
  order by e.ends_on desc limit 1`;

/**
 * The delivery confidence of all programmes that the reader may see.
 * @param years for each of these, the latest rating of its periods; null: of all periods
 */
export function placedConfidence(
  sql: Sql,
  years: ReadonlyArray<FinancialYear | null>,
): Promise<PlacedConfidence[]> {
  return sql.query<PlacedConfidence>(
    `select p.slug as programme, o.region, y.year, c.scale, c.rating, count(*)::int as trusts
     from programme_role r join programme p on p.id = r.programme_id join organisation o on o.id = r.organisation_id
       cross join unnest($1::text[]) as y (year) cross join lateral (${LATEST}) c
     where r.role = 'awardee' and r.status = 'confirmed'
     group by p.slug, o.region, y.year, c.scale, c.rating order by p.slug, o.region, y.year, c.scale, c.rating`,
    [years],
  );
}
