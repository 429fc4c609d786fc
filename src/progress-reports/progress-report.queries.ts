import { firstRow, given, type Sql } from '../database/sql.js';
import type { Finding } from './assessment-input.js';
import type { AssessmentState, ProgressReportState } from './progress-report.rules.js';
import type { ReturnContent, ReturnSection } from './return-content.js';

export interface ReportQueryView {
  id: string;
  version: number;
  section: ReturnSection;
  question: string;
  raisedBy: string;
  raisedAt: string;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: string | null;
}

export interface VersionView {
  number: number;
  content: ReturnContent;
  preparedBy: string[];
  certifiedBy: string | null;
  certifiedAt: string | null;
  submittedBy: string | null;
  submittedAt: string | null;
  acceptedBy: string | null;
  acceptedAt: string | null;
  reason: string | null;
  receipt: string | null;
  assessment: AssessmentState | null;
  findings: Finding[];
}

export interface ProgressReportView {
  id: string;
  programme: string;
  trust: { odsCode: string; name: string };
  period: { id: string; label: string; startsOn: string; endsOn: string };
  state: ProgressReportState;
  dueOn: string;
  version: number;
  acceptedVersion: number | null;
  illustrative: boolean;
  current: VersionView;
  queries: ReportQueryView[];
  /** What the last accepted return said: of this period, or else of the one before it. */
  lastAccepted: ReturnContent | null;
  revision: number;
}

/** How far the assessment of a version is, by its columns and its message; in the past it waits until it is finished. */
const ASSESSMENT = `case when v.assessed_at is not null then 'finished' when v.receipt_id is null then null
    when m.failed_at is not null then 'failed' when m.started_at is not null then 'running' else 'waiting' end`;

const nameOf = (column: string): string => `(select name from person where id = ${column})`;

const VERSION = `json_build_object('number', v.number, 'content', v.content,
    'preparedBy', (select coalesce(json_agg(p.name order by p.name), '[]') from person p where p.id = any (v.prepared_by)),
    'certifiedBy', ${nameOf('v.certified_by')}, 'certifiedAt', v.certified_at,
    'submittedBy', ${nameOf('v.submitted_by')}, 'submittedAt', v.submitted_at,
    'acceptedBy', ${nameOf('v.accepted_by')}, 'acceptedAt', v.accepted_at, 'reason', v.reason,
    'receipt', v.receipt_id, 'assessment', ${ASSESSMENT},
    'findings', (select coalesce(json_agg(json_build_object('code', f.code, 'severity', f.severity, 'section', f.section,
        'place', f.place, 'message', f.message) order by f.position), '[]')
      from finding f where f.report_version_id = v.id))`;

const VERSION_FROM = 'report_version v left join work_on(v.receipt_id) m on true';

/** One return by its id, with its current version, its findings and queries, and what was accepted last. */
export function progressReport(sql: Sql, id: string): Promise<ProgressReportView | undefined> {
  return firstRow<ProgressReportView>(
    sql,
    `select r.id, g.slug as programme, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       json_build_object('id', t.id, 'label', t.label, 'startsOn', t.starts_on, 'endsOn', t.ends_on) as period,
       r.state, r.due_on as "dueOn", r.version, r.accepted_version as "acceptedVersion", r.illustrative, r.revision,
       (select ${VERSION} from ${VERSION_FROM} where v.report_id = r.id and v.number = r.version) as current,
       (select coalesce(json_agg(json_build_object('id', q.id, 'version', q.version, 'section', q.section,
           'question', q.question, 'raisedBy', coalesce(w.name, 'Assessment'), 'raisedAt', q.raised_at,
           'answer', q.answer, 'answeredBy', ${nameOf('q.answered_by')}, 'answeredAt', q.answered_at) order by q.id), '[]')
         from report_query q left join person w on w.id::text = q.raised_by where q.report_id = r.id) as queries,
       coalesce((select v.content from report_version v where v.report_id = r.id and v.number = r.accepted_version),
         (select v.content from progress_report b join reporting_period e on e.id = b.period_id
            join report_version v on v.report_id = b.id and v.number = b.accepted_version
          where b.trust_id = r.trust_id and b.programme_id = r.programme_id and e.ends_on < t.ends_on
          order by e.ends_on desc limit 1)) as "lastAccepted"
     from progress_report r join programme g on g.id = r.programme_id join organisation o on o.id = r.trust_id
       join reporting_period t on t.id = r.period_id
     where r.id = $1`,
    [id],
  );
}

/** All versions of a return, newest first. */
export async function versions(sql: Sql, reportId: string): Promise<VersionView[]> {
  const rows = await sql.query<{ version: VersionView }>(
    `select ${VERSION} as version from ${VERSION_FROM} where v.report_id = $1 order by v.number desc`,
    [reportId],
  );
  return rows.map((row) => row.version);
}

/** How the assessment of a version stands, and how many blocking findings it has. */
export async function assessmentOf(
  sql: Sql,
  versionId: string,
): Promise<{ assessment: AssessmentState | null; blockingFindings: number }> {
  const row = await firstRow<{ assessment: AssessmentState | null; blockingFindings: number }>(
    sql,
    `select ${ASSESSMENT} as assessment, (select count(*)::int from finding f
       where f.report_version_id = v.id and f.severity = 'blocking') as "blockingFindings"
     from ${VERSION_FROM} where v.id = $1`,
    [versionId],
  );
  return row ?? { assessment: null, blockingFindings: 0 };
}

/** The sections of a return whose queries have no answer. */
export async function unansweredSections(sql: Sql, reportId: string): Promise<ReturnSection[]> {
  const rows = await sql.query<{ section: ReturnSection }>(
    'select distinct section from report_query where report_id = $1 and answer is null order by section',
    [reportId],
  );
  return rows.map((row) => row.section);
}

export interface UnopenedReport {
  programmeId: string;
  trustId: string;
  periodId: string;
  dueOn: string;
}

/** Awardees and periods whose day has come and that have no return yet, earliest first. */
export function unopenedReports(sql: Sql, today: string): Promise<UnopenedReport[]> {
  return sql.query<UnopenedReport>(
    `select t.programme_id as "programmeId", w.organisation_id as "trustId", t.id as "periodId", t.due_on as "dueOn"
     from reporting_period t
       join programme_role w on w.programme_id = t.programme_id and w.role = 'awardee' and w.status = 'confirmed'
         and (w.valid_from is null or w.valid_from <= t.ends_on) and (w.valid_to is null or w.valid_to >= t.starts_on)
     where t.opens_on <= $1 and not exists (select from progress_report r
       where r.trust_id = w.organisation_id and r.period_id = t.id)
     group by t.id, w.organisation_id order by t.ends_on, w.organisation_id`,
    [today],
  );
}

export interface LaterReport {
  period: { id: string; label: string; financialYear: string; startsOn: string; endsOn: string };
  versionId: string;
}

/** A trust's returns for later periods that nobody has begun, and before which nothing later was accepted. */
export function laterOpenReports(sql: Sql, trustId: string, periodId: string): Promise<LaterReport[]> {
  return sql.query<LaterReport>(
    `select json_build_object('id', t.id, 'label', t.label, 'financialYear', t.financial_year, 'startsOn', t.starts_on,
         'endsOn', t.ends_on) as period, v.id as "versionId"
     from progress_report r join reporting_period t on t.id = r.period_id
       join report_version v on v.report_id = r.id and v.number = r.version
       join reporting_period this on this.id = $2 and this.programme_id = r.programme_id
     where r.trust_id = $1 and r.state = 'open' and t.ends_on > this.ends_on
       and not exists (select from progress_report b join reporting_period e on e.id = b.period_id
         where b.trust_id = r.trust_id and b.programme_id = r.programme_id and b.accepted_version is not null
           and e.ends_on > this.ends_on and e.ends_on < t.ends_on)
     order by t.ends_on for update of r`,
    [trustId, periodId],
  );
}

/** Accepted returns, with the financial years that they belong to. */
export function lockableReports(sql: Sql): Promise<Array<{ id: string; financialYear: string }>> {
  return sql.query(
    `select r.id, t.financial_year as "financialYear" from progress_report r
     join reporting_period t on t.id = r.period_id where r.state = 'accepted' order by r.id`,
  );
}

export interface ReportFilter {
  state: string | null;
  trust: string | null;
  period: string | null;
  overdue: boolean | null;
  /** The trust whose returns are all that the reader may see; row-level security says so too, but finds them slowly. */
  readerTrustId: string | null;
}

/** Whether a return `r` is overdue on the day `$2`, as `isOverdue` says. */
export const OVERDUE = `(r.state in ('open', 'draft', 'trust-certified') and r.version = 1 and r.due_on < $2)`;

/** Tells the planner that a page is short, whatever its length: it plans once for all, and takes a tenth of all returns. */
const MOST_LISTED = 200;

const SHOWN = `r.id, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period, r.state,
    r.due_on as "dueOn", ${OVERDUE} as overdue, r.version, r.accepted_version as "acceptedVersion",
    v.submitted_at as "submittedAt",
    (select json_build_object('blocking', count(*) filter (where severity = 'blocking'),
       'warning', count(*) filter (where severity = 'warning')) from finding f where f.report_version_id = v.id) as findings,
    case when jsonb_typeof(v.confidence) = 'object' then json_build_object(
      'scale', v.confidence -> 'scale', 'rating', v.confidence -> 'rating') end as confidence,
    r.illustrative, r.revision`;

/** A return in a list, as the text of `progressReports` holds it. */
export interface ProgressReportRow {
  id: string;
  trust: { odsCode: string; name: string };
  /** The label. */
  period: string;
  state: ProgressReportState;
  dueOn: string;
  overdue: boolean;
  version: number;
  acceptedVersion: number | null;
  submittedAt: string | null;
  findings: { blocking: number; warning: number };
  /** As the trust sees it; null until it says. */
  confidence: { scale: string; rating: string } | null;
  illustrative: boolean;
  revision: number;
}

/**
 * A programme's returns, the latest due first, as the text of a JSON list, made by the database: `limit` (1 to 200) at most, those
 * after a due day and id where given. `next` is the due day and id of the last where there are more.
 */
export function progressReports(
  sql: Sql,
  slug: string,
  today: string,
  filter: ReportFilter,
  limit: number,
  after: unknown[] | null,
): Promise<{ items: string; next: [string, string] | null } | undefined> {
  const values: unknown[] = [slug, today, limit];
  const wanted = given(values, {
    'r.trust_id = ?': filter.readerTrustId,
    'r.state = ?': filter.state,
    'r.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'r.period_id = (select p.id from reporting_period p where p.programme_id = r.programme_id and p.label = ?)':
      filter.period,
    [`${OVERDUE} = ?`]: filter.overdue,
    '(r.due_on, r.id) < (?::date, ?::uuid)': after,
  });
  return firstRow(
    sql,
    `with listed as materialized (select * from (
       select r.id, r.trust_id, r.period_id, r.state, r.due_on, r.version, r.accepted_version, r.illustrative, r.revision
       from progress_report r where r.programme_id = (select id from programme where slug = $1)${wanted}
       order by r.due_on desc, r.id desc limit ${MOST_LISTED + 1}) r limit $3 + 1)
     select (select coalesce(json_agg(shown order by shown."dueOn" desc, shown.id desc), '[]') from (
         select ${SHOWN} from (select * from listed order by due_on desc, id desc limit $3) r
           join organisation o on o.id = r.trust_id join reporting_period t on t.id = r.period_id
           join report_version v on v.report_id = r.id and v.number = r.version) shown)::text as items,
       (select json_build_array(due_on, id) from listed where (select count(*) from listed) > $3
         order by due_on desc, id desc offset $3 - 1 limit 1) as next
     from programme where slug = $1`,
    values,
  );
}
