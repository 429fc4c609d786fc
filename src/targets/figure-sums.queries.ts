import { firstRow, type ReadSql, type Sql } from '../database/sql.js';
import { organisationId } from '../organisations/organisation.queries.js';
import {
  moved,
  ofTrusts,
  type Sums,
  sumOfTrusts,
  sumsOf,
  type TrustSum,
} from '../programmes/kept-sum.queries.js';
import type { Parts } from './progress.rules.js';
import { IS_PUBLISHED } from './published.queries.js';

/** As what a value counts: as the trust reported it, as somebody else validated it, as anybody may read it. */
type As = 'reported' | 'validated' | 'published';

/** A measure's values added up over trusts, part by part. */
interface Added extends Parts {
  trusts: number;
}

/** The values of each measure for a period that stand, added up. */
export const FIGURES: TrustSum = {
  name: 'figures',
  tables: ['measurement'],
  asked: async (sql, programmeId) => [await latestPeriod(sql, programmeId)],
  of(sql, programmeId, [periodId], trusts) {
    const values: unknown[] = [programmeId, periodId];
    const of = ofTrusts(values, trusts);
    return sumsOf(
      sql,
      `with w as materialized (select v.measure_id, v.trust_id, sum(v.numerator) as n, sum(v.denominator) as d,
           sum(v.validated_numerator) as vn, sum(v.validated_denominator) as vd,
           sum(v.validated_numerator) filter (where ${IS_PUBLISHED}) as pn,
           sum(v.validated_denominator) filter (where ${IS_PUBLISHED}) as pd
         from measurement v where v.programme_id = $1 and v.period_id = $2
           and v.state not in ('draft', 'rejected', 'superseded')${of('v.trust_id')} group by v.measure_id, v.trust_id),
       q as (select w.measure_id, k.kind, sum(k.numerator) as numerator, sum(k.denominator) as denominator,
           count(*) as trusts
         from w cross join lateral (values ('reported', w.n, w.d), ('validated', w.vn, w.vd), ('published', w.pn, w.pd))
           k (kind, numerator, denominator)
         where k.numerator is not null group by w.measure_id, k.kind)
       select concat_ws(' ', q.measure_id, q.kind, f.part) as name, f.value
       from q cross join lateral (values ('numerator', q.numerator), ('denominator', q.denominator), ('trusts', q.trusts))
         f (part, value)`,
      values,
    );
  },
};

/** The latest period that anything is measured of: the one that is shown where nobody asks for another. */
async function latestPeriod(sql: Sql, programmeId: string): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    sql,
    `select t.id from reporting_period t where t.programme_id = $1
     order by exists (select from measurement v where v.programme_id = $1 and v.period_id = t.id) desc, t.ends_on desc
     limit 1`,
    [programmeId],
  );
  return row?.id ?? null;
}

/** What a sum of figures has of a measure; null where no trust has a value. */
function added(sums: Sums, measureId: string, as: As): Added | null {
  const part = (name: keyof Added): number => sums[`${measureId} ${as} ${name}`] ?? 0;
  const trusts = part('trusts');
  return trusts === 0 ? null : { numerator: part('numerator'), denominator: part('denominator'), trusts };
}

/** The measures of a programme, whatever version of their target set is current. */
function measures(
  sql: ReadSql,
  programmeId: string,
): Promise<Array<{ id: string; targetSet: string; measure: string }>> {
  return sql.query(
    `select m.id, s.code || '/v' || s.version as "targetSet", m.code as measure
     from measure m join target_set s on s.id = m.target_set_id where s.programme_id = $1
     order by s.code, s.version, m.position, m.id`,
    [programmeId],
  );
}

/** What other trusts say of a measure for a period, added up; each null where nothing of it may be seen. */
export interface PeerFigure {
  targetSet: string;
  measure: string;
  selfReported: Added | null;
  validated: Added | null;
}

/** What a trust is compared with. */
export interface PeersAsked {
  /** The label. */
  period: string;
  /** Of the trust that is compared. */
  odsCode: string;
  /** `all`: what stands, for those who may see every trust; `published`: what anybody may read, and nothing else. */
  covers: 'all' | 'published';
}

/** What all other trusts say of each measure; one of which they say nothing is left out. */
export async function peerFigures(
  sql: ReadSql,
  programmeId: string,
  { period, odsCode, covers }: PeersAsked,
): Promise<PeerFigure[]> {
  const periodId = await periodOf(sql, programmeId, period);
  const trustId = await organisationId(sql, odsCode);
  if (!periodId || !trustId) return [];
  const own = await FIGURES.of(sql, programmeId, [periodId], [trustId]);
  const others = moved(await sumOfTrusts(sql, FIGURES, programmeId, [periodId]), {}, own);
  const all = covers === 'all';
  return (await measures(sql, programmeId))
    .map(({ id, ...of }) => ({
      ...of,
      selfReported: all ? added(others, id, 'reported') : null,
      validated: added(others, id, all ? 'validated' : 'published'),
    }))
    .filter(({ selfReported, validated }) => selfReported ?? validated);
}

async function periodOf(sql: Sql, programmeId: string, label: string): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    sql,
    'select id from reporting_period where programme_id = $1 and label = $2',
    [programmeId, label],
  );
  return row?.id;
}
