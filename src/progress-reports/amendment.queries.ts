import { given, type Sql } from '../database/sql.js';
import type { ReturnContent } from './return-content.js';

/** A version of a return that took the place of one that was submitted. */
export interface AmendedReturn {
  /** Of the version. */
  id: string;
  report: string;
  trust: { odsCode: string; name: string };
  /** The label. */
  period: string;
  number: number;
  /** Who began it, and when, as the log says. */
  begunBy: string;
  begunAt: string;
  /** Why it was corrected; null where a query led to it. */
  reason: string | null;
  /** What was asked about the version before. */
  questions: string[];
  submittedAt: string | null;
  illustrative: boolean;
  before: ReturnContent;
  after: ReturnContent;
}

/** A programme's returns that were amended after submission, a row for each version, the latest begun first. */
export function amendedReturns(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<AmendedReturn[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'v.id < ?': before });
  return sql.query<AmendedReturn>(
    `select v.id, r.id as report, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period,
       v.number, personal_value(e.actor_name) as "begunBy", to_json(e.recorded_at) as "begunAt", v.reason,
       (select coalesce(json_agg(q.question order by q.id), '[]') from report_query q
         where q.report_id = r.id and q.version = v.number - 1) as questions,
       to_json(v.submitted_at) as "submittedAt", r.illustrative, b.content as before, v.content as after
     from progress_report r join report_version v on v.report_id = r.id and v.number > 1
       join report_version b on b.report_id = r.id and b.number = v.number - 1
       join organisation o on o.id = r.trust_id join reporting_period t on t.id = r.period_id
       cross join lateral (select x.actor_name, x.recorded_at from log_entry x
         where x.table_name = 'report_version' and x.subject_id = v.id order by x.number limit 1) e
     where r.programme_id = $1${wanted} order by v.id desc limit $2`,
    values,
  );
}
