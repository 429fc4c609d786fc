import type { ReadSql } from '../database/sql.js';
import { ofTrusts, sumOfTrusts, sumsOf, type TrustSum } from '../programmes/kept-sum.queries.js';
import { IS_PUBLISHED } from './published.queries.js';

/**
 * How much is published of each period: values, how many of them are made up, and measures of trusts that are confirmed
 * awardees, where one of several projects counts once; and of how many trusts anything is.
 */
export const PUBLICATION: TrustSum = {
  name: 'publication',
  tables: ['measurement', 'programme_role'],
  asked: async () => [],
  of(sql, programmeId, _asked, trusts) {
    const values: unknown[] = [programmeId];
    const of = ofTrusts(values, trusts);
    return sumsOf(
      sql,
      `with w as materialized (select v.period_id, v.measure_id, v.trust_id, count(*) as values,
           count(*) filter (where v.illustrative) as illustrative
         from measurement v where v.programme_id = $1 and ${IS_PUBLISHED}${of('v.trust_id')} group by v.period_id, v.measure_id, v.trust_id),
       a as materialized (select r.organisation_id as id from programme_role r
         where r.programme_id = $1 and r.role = 'awardee' and r.status = 'confirmed'),
       p as (select w.period_id, sum(w.values) as values, sum(w.illustrative) as illustrative,
           count(*) filter (where w.trust_id in (select a.id from a)) as measures
         from w group by w.period_id)
       select 'trusts' as name, count(distinct w.trust_id) as value from w
       union all select p.period_id || ' ' || f.figure, f.value from p cross join lateral (values ('values', p.values),
         ('illustrative', p.illustrative), ('measures', p.measures)) f (figure, value)`,
      values,
    );
  },
};

async function howMuch(sql: ReadSql, programmeId: string) {
  const { trusts = 0, ...sums } = await sumOfTrusts(sql, PUBLICATION, programmeId, []);
  const figure = (periodId: string, name: string): number => sums[`${periodId} ${name}`] ?? 0;
  return {
    trusts,
    of: (periodId: string) => ({
      values: figure(periodId, 'values'),
      measures: figure(periodId, 'measures'),
      illustrative: figure(periodId, 'illustrative'),
    }),
  };
}

/** A programme of which something is published. */
export interface PublishedProgramme {
  slug: string;
  name: string;
  description: string;
  funder: { odsCode: string; name: string };
  startsOn: string;
  endsOn: string;
  illustrative: boolean;
  /** How many measurements are published, of how many trusts. */
  figures: number;
  trusts: number;
  /** The latest period that something is published of, by its label. */
  latestPeriod: string;
}

/** The programmes of which something is published, by name. */
export async function publishedProgrammes(sql: ReadSql): Promise<PublishedProgramme[]> {
  type Found = Omit<PublishedProgramme, 'figures' | 'trusts' | 'latestPeriod'>;
  const found = await sql.query<Found & { id: string; periods: Array<{ id: string; label: string }> }>(
    `select g.id, g.slug, g.name, g.description, json_build_object('odsCode', f.ods_code, 'name', f.name) as funder,
       g.starts_on as "startsOn", g.ends_on as "endsOn", g.illustrative,
       (select json_agg(json_build_object('id', t.id, 'label', t.label) order by t.ends_on desc)
         from reporting_period t where t.programme_id = g.id) as periods
     from programme g join organisation f on f.id = g.funder_id
     where exists (select from measurement v where v.programme_id = g.id and ${IS_PUBLISHED}) order by g.name`,
  );
  const listed: PublishedProgramme[] = [];
  for (const { id, periods, ...programme } of found) {
    const { trusts, of } = await howMuch(sql, id);
    const latest = periods.find((period) => of(period.id).values > 0);
    const figures = periods.reduce((sum, period) => sum + of(period.id).values, 0);
    listed.push({ ...programme, figures, trusts, latestPeriod: latest?.label ?? '' });
  }
  return listed;
}

/** How much is published of a period in all. */
export interface PublishedCount {
  /** Measures, of each trust that is a confirmed awardee; one of projects counts once. */
  published: number;
  illustrative: boolean;
}

/** How much is published of periods, by their ids; one of which nothing is, is left out. */
export async function publishedCounts(
  sql: ReadSql,
  programmeId: string,
  periodIds: readonly string[],
): Promise<Map<string, PublishedCount>> {
  const { of } = await howMuch(sql, programmeId);
  const counts = periodIds.map((id) => ({ id, ...of(id) })).filter(({ values }) => values > 0);
  return new Map(
    counts.map(({ id, measures, illustrative }) => [
      id,
      { published: measures, illustrative: illustrative > 0 },
    ]),
  );
}
