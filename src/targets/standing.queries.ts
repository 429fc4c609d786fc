import type { Sql } from '../database/sql.js';
import type { Basis } from './progress.entity.js';
import type { Parts } from './progress.rules.js';

/** What was measured last of a measure of trusts: validated where somebody validated it, else as it was reported. */
export interface StandingMeasure extends Parts {
  trustId: string;
  measureId: string;
  /** The day by which its period had ended. */
  by: string;
  /** The period's label. */
  period: string;
  basis: Basis;
  illustrative: boolean;
}

/**
 * The latest measurement of each measure of each trust, of a period that ended by each of some days; drafts, and what was rejected
 * or superseded, are left out.
 * @param measureIds measures of trusts
 */
export function standingMeasures(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[],
  measureIds: readonly string[],
  days: readonly string[],
): Promise<StandingMeasure[]> {
  return sql.query<StandingMeasure>(
    `select w.trust_id as "trustId", w.measure_id as "measureId", w.day as by, f.period, f.basis, f.numerator,
       f.denominator, f.illustrative
     from (select trust_id, measure_id, day from unnest($2::uuid[]) trust_id cross join unnest($3::uuid[]) measure_id
       cross join unnest($4::date[]) day) w
       cross join lateral (
         select t.label as period, case when v.validated_numerator is null then 'self-reported' else 'validated' end as basis,
           coalesce(v.validated_numerator, v.numerator) as numerator,
           coalesce(v.validated_denominator, v.denominator) as denominator, v.illustrative
         from reporting_period t join measurement v on v.period_id = t.id and v.trust_id = w.trust_id
           and v.measure_id = w.measure_id and v.project_id is null and v.state <> 'superseded'
         where t.programme_id = $1 and t.ends_on <= w.day and v.state not in ('draft', 'rejected')
         order by t.ends_on desc limit 1) f
     order by w.trust_id, w.measure_id, w.day`,
    [programmeId, trustIds, measureIds, days],
  );
}

/** A trust's score toward all target sets together, as weighted parts per million. */
export interface StandingScore extends Parts {
  trustId: string;
  basis: Basis;
  /** The day by which its period had ended. */
  by: string;
  /** The period's label. */
  period: string;
  illustrative: boolean;
}

/** The latest score of each trust and basis, of a period that ended by each of some days. */
export function standingScores(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[],
  days: readonly string[],
): Promise<StandingScore[]> {
  return sql.query<StandingScore>(
    `select w.trust_id as "trustId", b.basis, d.day as by, t.label as period, f.numerator, f.denominator, f.illustrative
     from unnest($2::uuid[]) w (trust_id) cross join (values ('self-reported'), ('validated')) b (basis)
       cross join unnest($3::date[]) d (day)
       cross join lateral (select p.period_id, p.numerator, p.denominator, p.illustrative from progress p
         where p.trust_id = w.trust_id and p.programme_id = $1 and p.basis = b.basis and p.target_set_id is null
           and p.ends_on <= d.day order by p.ends_on desc limit 1) f
       join reporting_period t on t.id = f.period_id
     order by w.trust_id, b.basis, d.day`,
    [programmeId, trustIds, days],
  );
}
