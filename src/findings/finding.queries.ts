import { firstRow, given, type Sql } from '../database/sql.js';
import type { FindingKind, FindingState, NamedFinding } from './finding.rules.js';

export interface FindingView {
  id: string;
  reference: string;
  kind: FindingKind;
  state: FindingState;
  /** The review or audit that it comes from. */
  review: string;
  statement: string;
  owner: string;
  trust: { odsCode: string; name: string } | null;
  dueOn: string;
  overdue: boolean;
  daysLate: number;
  raisedBy: { id: string; name: string };
  raisedAt: string;
  response: string | null;
  closedBy: { id: string; name: string } | null;
  closedAt: string | null;
  illustrative: boolean;
  revision: number;
}

const OVERDUE = `(f.state = 'open' and f.due_on < $2::date)`;

const VIEW = `select f.id, f.reference, f.kind, f.state, f.review, f.statement, f.owner,
    case when o.id is not null then json_build_object('odsCode', o.ods_code, 'name', o.name) end as trust,
    f.due_on as "dueOn", ${OVERDUE} as overdue, case when ${OVERDUE} then $2::date - f.due_on else 0 end as "daysLate",
    json_build_object('id', r.id, 'name', r.name) as "raisedBy", to_json(f.raised_at) as "raisedAt", f.response,
    case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as "closedBy",
    to_json(f.closed_at) as "closedAt", f.illustrative, f.revision
  from audit_finding f join person r on r.id = f.raised_by left join person c on c.id = f.closed_by
    left join organisation o on o.id = f.trust_id`;

/** One finding by its id, late or not as on a day. */
export function finding(sql: Sql, id: string, today: string): Promise<FindingView | undefined> {
  return firstRow<FindingView>(sql, `${VIEW} where f.id = $1`, [id, today]);
}

export interface FindingFilter {
  state: FindingState | null;
  kind: FindingKind | null;
  trust: string | null;
  overdue: boolean | null;
}

/** A programme's findings, the first due first, `limit` at most, those after a due day and id where given. */
export function findings(
  sql: Sql,
  programmeId: string,
  today: string,
  filter: FindingFilter,
  limit: number,
  after: unknown[] | null,
): Promise<FindingView[]> {
  const values: unknown[] = [programmeId, today, limit];
  const wanted = given(values, {
    'f.state = ?': filter.state,
    'f.kind = ?': filter.kind,
    'f.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    [`${OVERDUE} = ?`]: filter.overdue,
    '(f.due_on, f.id) > (?::date, ?::uuid)': after,
  });
  return sql.query<FindingView>(
    `${VIEW} where f.programme_id = $1${wanted} order by f.due_on, f.id limit $3`,
    values,
  );
}

/** A programme's finding by its reference, which stays as it is until the transaction ends. */
export function findingNamed(
  sql: Sql,
  programmeId: string,
  reference: string,
): Promise<NamedFinding | undefined> {
  return firstRow<NamedFinding>(
    sql,
    `select id, state, trust_id as "trustId" from audit_finding where programme_id = $1 and reference = $2 for share`,
    [programmeId, reference],
  );
}

/** The id of a body that has a part in a programme beside its funder's. */
export async function participant(
  sql: Sql,
  programmeId: string,
  odsCode: string,
): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    sql,
    `select o.id from organisation o where o.ods_code = $2 and exists (select from programme_role r
       where r.programme_id = $1 and r.organisation_id = o.id and r.role <> 'funder')`,
    [programmeId, odsCode],
  );
  return row?.id;
}

/** The slug of the programme that a finding is of. */
export async function programmeOfFinding(sql: Sql, id: string): Promise<string | undefined> {
  const row = await firstRow<{ slug: string }>(
    sql,
    'select p.slug from audit_finding f join programme p on p.id = f.programme_id where f.id = $1',
    [id],
  );
  return row?.slug;
}
