import { firstRow, given, type Sql } from '../database/sql.js';
import { type PersonRef, personOf } from '../funding/people.queries.js';
import type { ChangeContent, ChangeKind } from './change-content.js';
import type { ChangeImpact } from './change-impact.js';
import type { ChangeRequestState } from './change-request.rules.js';

/** A change request as it stands in the database. */
export interface ChangeRequestView {
  id: string;
  reference: string;
  programme: string;
  trust: { odsCode: string; name: string };
  agreement: { id: string; reference: string; version: number };
  kind: ChangeKind;
  title: string;
  justification: string;
  content: ChangeContent;
  impact: ChangeImpact | null;
  impactAt: string | null;
  state: ChangeRequestState;
  since: string;
  requestedBy: PersonRef;
  submittedAt: string | null;
  assessedBy: PersonRef | null;
  decidedBy: PersonRef | null;
  decidedAt: string | null;
  decisionReason: string | null;
  deferredUntil: string | null;
  appliedBy: PersonRef | null;
  appliedAt: string | null;
  appliedVersion: number | null;
  illustrative: boolean;
  revision: number;
}

/** What requests and impacts leave out that were written before there were plans in them. */
const WHOLE = `'{"plans": []}'::jsonb`;

const VIEW = `select r.id, r.reference, g.slug as programme,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('id', a.id, 'reference', a.reference, 'version', a.version) as agreement,
    r.kind, r.title, r.justification, ${WHOLE} || r.content as content, ${WHOLE} || r.impact as impact, to_json(r.impact_at) as "impactAt", r.state,
    to_json(r.state_since) as since, ${personOf('r.requested_by')} as "requestedBy",
    to_json(r.submitted_at) as "submittedAt", ${personOf('r.assessed_by')} as "assessedBy",
    ${personOf('r.decided_by')} as "decidedBy", to_json(r.decided_at) as "decidedAt",
    r.decision_reason as "decisionReason", r.deferred_until as "deferredUntil",
    ${personOf('r.applied_by')} as "appliedBy", to_json(r.applied_at) as "appliedAt",
    r.applied_version as "appliedVersion", r.illustrative, r.revision
  from change_request r join programme g on g.id = r.programme_id join organisation o on o.id = r.trust_id
    join agreement a on a.id = r.agreement_id`;

/** One change request by its id. */
export function changeRequest(sql: Sql, id: string): Promise<ChangeRequestView | undefined> {
  return firstRow<ChangeRequestView>(sql, `${VIEW} where r.id = $1`, [id]);
}

export interface ChangeRequestFilter {
  agreementId?: string;
  programmeId?: string;
  states: readonly string[] | null;
  /** By ODS code. */
  trust: string | null;
}

/** Change requests, the newest first, `limit` at most, those before an id where given. */
export function changeRequests(
  sql: Sql,
  filter: ChangeRequestFilter,
  limit: number,
  before: string | null,
): Promise<ChangeRequestView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, {
    'r.agreement_id = ?': filter.agreementId,
    'r.programme_id = ?': filter.programmeId,
    'r.state = any (?)': filter.states && [filter.states],
    'r.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'r.id < ?': before,
  });
  return sql.query<ChangeRequestView>(`${VIEW} where true${wanted} order by r.id desc limit $1`, values);
}

/** The agreement that a change request is of. */
export async function agreementOfChange(sql: Sql, id: string): Promise<string | undefined> {
  const row = await firstRow<{ agreementId: string }>(
    sql,
    'select agreement_id as "agreementId" from change_request where id = $1',
    [id],
  );
  return row?.agreementId;
}

/** The trust that a person acts for; null for the funder's people, and for nobody. */
export async function trustOfPerson(sql: Sql, personId: string): Promise<string | null> {
  const row = await firstRow<{ trustId: string | null }>(
    sql,
    'select trust_id as "trustId" from person where id = $1',
    [personId],
  );
  return row?.trustId ?? null;
}

/** Whether there is such an agreement that the reader may see. */
export async function agreementIsThere(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query('select id from agreement where id = $1', [id])).length > 0;
}

/** Whoever wrote a request, saved it or submitted it, and whoever asked for it, by their ids. */
export async function preparersOf(sql: Sql, id: string): Promise<string[]> {
  const row = await firstRow<{ ids: string[] }>(
    sql,
    'select prepared_by || requested_by as ids from change_request where id = $1',
    [id],
  );
  return row?.ids ?? [];
}
