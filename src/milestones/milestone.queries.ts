import { firstRow, given, type Sql } from '../database/sql.js';
import { FILE_VIEW, type FileView, KEPT_FILE, type KeptFile } from '../storage/file.queries.js';
import type { MilestoneState } from './milestone.rules.js';

export interface MilestoneView {
  id: string;
  /** `project/milestone`, as returns name it. */
  code: string;
  name: string;
  kind: string;
  state: MilestoneState;
  trust: { odsCode: string; name: string };
  project: { code: string; name: string };
  baselineOn: string;
  /** Where an approved change request moved the day; null while the baseline is what is agreed. */
  agreedOn: string | null;
  forecastOn: string;
  actualOn: string | null;
  /** Days from the baseline to the actual date, or to the forecast. */
  slipDays: number;
  delayReason: string | null;
  evidence: number;
  illustrative: boolean;
  sourced: object;
  revision: number;
}

const VIEW = `select m.id, p.code || '/' || m.code as code, m.name, m.kind, m.state,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('code', p.code, 'name', p.name) as project,
    m.baseline_on as "baselineOn", m.agreed_on as "agreedOn", m.forecast_on as "forecastOn", m.actual_on as "actualOn",
    coalesce(m.actual_on, m.forecast_on) - m.baseline_on as "slipDays", m.delay_reason as "delayReason",
    (select count(*)::int from evidence e where e.milestone_id = m.id) as evidence,
    m.illustrative, m.provenance as sourced, m.revision
  from milestone m join project p on p.id = m.project_id join organisation o on o.id = m.trust_id`;

/** One milestone by its id. */
export function milestone(sql: Sql, id: string): Promise<MilestoneView | undefined> {
  return firstRow<MilestoneView>(sql, `${VIEW} where m.id = $1`, [id]);
}

export interface MilestoneFilter {
  state: string | null;
  trust: string | null;
  /** Of any of these, by ODS code. */
  trusts?: readonly string[];
  /** Of this project, by code. */
  project?: string;
  /** Forecast on this day or before. */
  forecastTo: string | null;
}

/** What milestones may be sorted by. */
export const MILESTONE_SORTS = { forecastOn: 'm.forecast_on', baselineOn: 'm.baseline_on' } as const;
export type MilestoneSort = keyof typeof MILESTONE_SORTS;

/** A programme's milestones, sorted by a date and id, `limit` at most, those after a date and id where given. */
export function milestones(
  sql: Sql,
  programmeId: string,
  filter: MilestoneFilter,
  sort: MilestoneSort,
  limit: number,
  after: unknown[] | null,
): Promise<MilestoneView[]> {
  const by = MILESTONE_SORTS[sort];
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    'm.state = ?': filter.state,
    'm.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'm.trust_id in (select id from organisation where ods_code = any (?))': filter.trusts && [filter.trusts],
    'p.code = ?': filter.project,
    'm.forecast_on <= ?': filter.forecastTo,
    [`(${by}, m.id) > (?::date, ?::uuid)`]: after,
  });
  return sql.query<MilestoneView>(
    `${VIEW} where m.programme_id = $1${wanted} order by ${by}, m.id limit $2`,
    values,
  );
}

/** A trust's milestones as its returns speak of them. */
export interface TrustMilestone {
  id: string;
  projectId: string;
  code: string;
  name: string;
  kind: string;
  state: MilestoneState;
  baselineOn: string;
  agreedOn: string | null;
  forecastOn: string;
  actualOn: string | null;
  evidenceCount: number;
}

/** All milestones of a trust in a programme, in order of their forecasts. */
export function milestonesOfTrust(sql: Sql, programmeId: string, trustId: string): Promise<TrustMilestone[]> {
  return sql.query<TrustMilestone>(
    `select m.id, m.project_id as "projectId", p.code || '/' || m.code as code, m.name, m.kind, m.state,
       m.baseline_on as "baselineOn", m.agreed_on as "agreedOn", m.forecast_on as "forecastOn", m.actual_on as "actualOn",
       (select count(*)::int from evidence e where e.milestone_id = m.id) as "evidenceCount"
     from milestone m join project p on p.id = m.project_id
     where m.programme_id = $1 and m.trust_id = $2 order by m.forecast_on, m.id`,
    [programmeId, trustId],
  );
}

export interface EvidenceView extends FileView {
  id: string;
  milestone: string;
  /** Null where the reader may not know them: they are of a trust that handed the milestone over. */
  uploadedBy: string | null;
  uploadedAt: string;
  illustrative: boolean;
}

const EVIDENCE = `select f.id, f.milestone_id as milestone, ${FILE_VIEW}, p.name as "uploadedBy",
    to_json(f.uploaded_at) as "uploadedAt", f.illustrative
  from evidence f left join person p on p.id = f.uploaded_by`;

/** The evidence of a milestone, oldest first. */
export function evidenceOf(sql: Sql, milestoneId: string): Promise<EvidenceView[]> {
  return sql.query<EvidenceView>(`${EVIDENCE} where f.milestone_id = $1 order by f.uploaded_at, f.id`, [
    milestoneId,
  ]);
}

/** One piece of evidence by its id. */
export function evidence(sql: Sql, id: string): Promise<EvidenceView | undefined> {
  return firstRow<EvidenceView>(sql, `${EVIDENCE} where f.id = $1`, [id]);
}

/** The file of a piece of evidence. */
export function evidenceFile(sql: Sql, id: string): Promise<KeptFile | undefined> {
  return firstRow<KeptFile>(sql, `select ${KEPT_FILE} from evidence f where f.id = $1`, [id]);
}

/** Whose a milestone is. */
export async function trustOfMilestone(sql: Sql, id: string): Promise<string | undefined> {
  return (
    await firstRow<{ trustId: string }>(sql, 'select trust_id as "trustId" from milestone where id = $1', [
      id,
    ])
  )?.trustId;
}

/** The slug of the programme that a milestone is of. */
export async function programmeOfMilestone(sql: Sql, id: string): Promise<string | undefined> {
  const row = await firstRow<{ slug: string }>(
    sql,
    'select p.slug from milestone m join programme p on p.id = m.programme_id where m.id = $1',
    [id],
  );
  return row?.slug;
}
