import { firstRow, type Sql } from '../database/sql.js';
import type { ChosenProduct } from './blueprint-product.rules.js';
import type { SnapshotFacts } from './snapshot.rules.js';

/** The agreement that pays for a trust's projects: one that is in force, or was until it closed. */
const STANDING = `select a.id, a.reference, a.activated_on, a.illustrative from agreement a
  where a.programme_id = $2 and a.trust_id = $3 and a.state in ('active', 'suspended', 'closing', 'closed')
  order by a.activated_on, a.id limit 1`;

const byKind = (source: string, stage: string): string =>
  `(select json_build_object(
      'capitalPence', coalesce(sum(c.balance_pence) filter (where l.kind = 'capital'), 0)::bigint,
      'revenuePence', coalesce(sum(c.balance_pence) filter (where l.kind = 'revenue'), 0)::bigint)
    from funding_line l join account c on c.line_id = l.id and c.source = '${source}' and c.stage = '${stage}'
    where l.agreement_id = (select id from standing))`;

const VALIDATED = `from measurement v join reporting_period t on t.id = v.period_id
  where v.measure_id = m.id and v.trust_id = $3 and v.project_id is not distinct from
    case when m.level = 'project' then $1::uuid end and v.validated_numerator is not null
    and v.state in ('validated', 'published')`;
const VALUE = `json_build_object('numerator', v.validated_numerator, 'denominator', v.validated_denominator`;

/**
 * What the record says of a project on a day: its milestones, the money of the agreement that pays for it, the measures
 * of its trust as they were before and as they were validated last, and its evidence.
 */
export async function snapshotFacts(
  sql: Sql,
  of: { projectId: string; programmeId: string; trustId: string; takenOn: string },
): Promise<SnapshotFacts> {
  const row = await firstRow<SnapshotFacts>(
    sql,
    `with standing as materialized (${STANDING})
     select $4::text as "takenOn", json_build_object('code', p.code, 'name', p.name) as project,
       (select activated_on from standing) as "activatedOn", g.starts_on as "programmeStartsOn",
       (select reference from standing) as agreement,
       ${byKind('grant', 'paid')} as "grantPaid", ${byKind('match', 'accepted')} as "matchAccepted",
       coalesce((select json_agg(json_build_object('code', m.code, 'name', m.name, 'kind', m.kind, 'state', m.state,
           'baselineOn', m.baseline_on, 'actualOn', m.actual_on, 'slipDays', m.actual_on - m.baseline_on)
           order by m.baseline_on, m.id) from milestone m where m.project_id = p.id), '[]') as milestones,
       coalesce((select json_agg(json_build_object('targetSet', s.code || '/v' || s.version, 'code', m.code, 'name', m.name,
           'unit', m.unit, 'direction', m.direction,
           'before', case when m.baseline is not null then json_build_object('numerator', m.baseline -> 'numerator',
               'denominator', m.baseline -> 'denominator', 'period', null)
             else (select ${VALUE}, 'period', t.label) ${VALIDATED} order by t.ends_on limit 1) end,
           'after', (select ${VALUE}, 'period', t.label) ${VALIDATED} order by t.ends_on desc limit 1))
           order by s.code, m.position, m.id)
         from measure m join target_set s on s.id = m.target_set_id
         where m.programme_id = $2 and not exists (select from target_set newer
           where newer.programme_id = s.programme_id and newer.code = s.code and newer.version > s.version)), '[]') as measures,
       coalesce((select json_agg(json_build_object('milestone', m.code, 'fileName', e.file_name,
           'description', e.description, 'sha256', e.sha256) order by m.baseline_on, e.uploaded_at, e.id)
         from milestone m join evidence e on e.milestone_id = m.id where m.project_id = p.id), '[]') as evidence,
       coalesce((select illustrative from standing), false) or exists (select from milestone m
         where m.project_id = p.id and m.illustrative) as illustrative
     from project p join programme g on g.id = p.programme_id where p.id = $1`,
    [of.projectId, of.programmeId, of.trustId, of.takenOn],
  );
  if (!row) throw new Error('A project that is there was read before');
  return row;
}

/** What of a project a draft begins with. */
export interface ProjectBeginning {
  id: string;
  programmeId: string;
  trustId: string;
  trustName: string;
  name: string;
  description: string;
  goals: string[];
  /** Of the lines of claims that name the project; not those of its products. */
  suppliers: string[];
  /** What it has put to use of the register, each in the version that it used last. */
  products: ChosenProduct[];
}

/** A trust's project by its programme and code, as a draft begins with it. */
export function projectBeginning(
  sql: Sql,
  programmeId: string,
  code: string,
): Promise<ProjectBeginning | undefined> {
  return firstRow(
    sql,
    `select p.id, p.programme_id as "programmeId", p.trust_id as "trustId", o.name as "trustName", p.name, p.description,
       array(select g.statement from goal g where g.project_id = p.id order by g.code) as goals,
       array(select distinct l.supplier from claim_line l join claim c on c.id = l.claim_id and c.version = l.version
         where l.project_id = p.id and c.trust_id = p.trust_id and l.supplier is not null
           and not exists (select from deployment d join product q on q.id = d.product_id
             where d.project_id = p.id and lower(q.supplier) = lower(l.supplier)) order by 1) as suppliers,
       coalesce((select json_agg(json_build_object('product', u.product_id, 'version', u.product_version_id)
           order by u.product_id) from (select distinct on (d.product_id) d.product_id, d.product_version_id
             from deployment d where d.project_id = p.id order by d.product_id, d.from_on desc, d.id desc) u), '[]') as products
     from project p join organisation o on o.id = p.trust_id where p.programme_id = $1 and p.code = $2`,
    [programmeId, code],
  );
}
