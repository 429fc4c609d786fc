import { given, type Sql } from '../../database/sql.js';

/** What an auditor looked at, once. */
export interface AuditReadView {
  id: string;
  person: { id: string; name: string };
  at: string;
  method: string;
  path: string;
  route: string | null;
  asAt: string | null;
  asAtNumber: number | null;
  status: number;
  subject: { table: string; id: string | null } | null;
  requestId: string;
}

export interface AuditReadFilter {
  /** By id. */
  person: string | null;
  /** What the path begins with. */
  path: string | null;
  /** Days in London, both included. */
  from: string | null;
  to: string | null;
}

/** What auditors looked at, the latest first, `limit` at most, those before an instant and id where given. */
export function auditReads(
  sql: Sql,
  filter: AuditReadFilter,
  limit: number,
  before: unknown[] | null,
): Promise<AuditReadView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    'r.person_id = ?': filter.person,
    'starts_with(r.path, ?)': filter.path,
    "r.read_at >= ?::date::timestamp at time zone 'Europe/London'": filter.from,
    "r.read_at < (?::date + 1)::timestamp at time zone 'Europe/London'": filter.to,
    '(r.read_at, r.id) < (?::timestamptz, ?::uuid)': before,
  });
  return sql.query<AuditReadView>(
    `select r.id, json_build_object('id', p.id, 'name', p.name) as person, to_json(r.read_at) as at, r.method, r.path,
       r.route, to_json(r.as_at) as "asAt", r.as_at_number as "asAtNumber", r.status,
       case when r.subject_table is not null
         then json_build_object('table', r.subject_table, 'id', r.subject_id) end as subject,
       r.request_id as "requestId"
     from audit_read r join person p on p.id = r.person_id
     where true${wanted} order by r.read_at desc, r.id desc limit $1`,
    values,
  );
}
