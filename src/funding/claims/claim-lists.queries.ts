import { firstRow, given, type Sql } from '../../database/sql.js';
import { type PersonRef, peopleIn, personOf } from '../people.queries.js';
import {
  AGE_DAYS,
  type ClaimLineView,
  type ClaimQueryView,
  type ClaimView,
  linesOf,
} from './claim.queries.js';
import type { Awaited } from './claim-steps.rules.js';

/** A claim in a list. Whole pence. */
export type ClaimRowView = Pick<
  ClaimView,
  | 'id'
  | 'reference'
  | 'programme'
  | 'trust'
  | 'agreement'
  | 'tranche'
  | 'kind'
  | 'state'
  | 'stateSince'
  | 'ageDays'
  | 'version'
  | 'description'
  | 'claimedPence'
  | 'approvedPence'
  | 'illustrative'
  | 'revision'
> & {
  /** How many queries have no answer. */
  unansweredQueries: number;
  /** Whether the first of two approvals is given. */
  halfApproved: boolean;
};

export interface ClaimFilter {
  programme: string | null;
  state: string | null;
  /** By ODS code. */
  trust: string | null;
  /** By id. */
  agreement: string | null;
  /** The trust whose claims are all that the reader may see; row-level security says so too, but finds them slowly. */
  readerTrustId: string | null;
}

/** Who is waited for: where claims wait for the role, and the person. */
export interface AwaitedBy {
  personId: string;
  steps: readonly Awaited[];
}

const ROW = `select c.id, c.reference, r.slug as programme,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('id', g.id, 'reference', g.reference, 'state', g.state) as agreement,
    json_build_object('id', t.id, 'number', t.number, 'name', t.name, 'basis', t.basis) as tranche,
    c.kind, c.state, to_json(c.state_since) as "stateSince", ${AGE_DAYS} as "ageDays", c.version, c.description,
    c.claimed_pence as "claimedPence", c.approved_pence as "approvedPence",
    (select count(*)::int from claim_query q where q.claim_id = c.id and q.answer is null) as "unansweredQueries",
    c.state = 'recommended' and c.approved_by is not null as "halfApproved", c.illustrative, c.revision
  from claim c join programme r on r.id = c.programme_id join organisation o on o.id = c.trust_id
    join agreement g on g.id = c.agreement_id join tranche t on t.id = c.tranche_id`;

/** Whether a claim waits for somebody: `$1` is the person, the lists are the states, and whom each keeps out. */
const WAITS = `exists (select from unnest($3::text[], $4::boolean[], $5::boolean[], $6::boolean[], $7::boolean[])
      as w(state, prepared, certified, approved, filled)
    where w.state = c.state and not (w.prepared and $1::uuid = any (c.prepared_by))
      and not (w.certified and c.certified_by is not distinct from $1::uuid)
      and not (w.approved and (c.approved_by is not distinct from $1::uuid
        or c.second_approved_by is not distinct from $1::uuid))
      and not (w.filled and c.claimed_pence = 0))`;

const wanted = (values: unknown[], filter: ClaimFilter): string =>
  given(values, {
    'c.programme_id = (select id from programme where slug = ?)': filter.programme,
    'c.state = ?': filter.state,
    'c.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    'c.agreement_id = ?': filter.agreement,
    'c.trust_id = ?': filter.readerTrustId,
  });

/** Claims, the newest first, `limit` at most, those before an id where given. */
export function claims(
  sql: Sql,
  filter: ClaimFilter,
  limit: number,
  before: string | null,
): Promise<ClaimRowView[]> {
  const values: unknown[] = [limit];
  const conditions = `${wanted(values, filter)}${given(values, { 'c.id < ?': before })}`;
  return sql.query<ClaimRowView>(`${ROW} where true${conditions} order by c.id desc limit $1`, values);
}

/**
 * The claims that wait for somebody, the longest first, `limit` at most, those after an instant and id where given
 * (domain.md section 11, programme manager, question 7).
 */
export function awaitedClaims(
  sql: Sql,
  filter: ClaimFilter,
  { personId, steps }: AwaitedBy,
  limit: number,
  after: unknown[] | null,
): Promise<ClaimRowView[]> {
  const values: unknown[] = [
    personId,
    limit,
    steps.map(({ state }) => state),
    steps.map(({ keepsOut }) => keepsOut.prepared),
    steps.map(({ keepsOut }) => keepsOut.certified),
    steps.map(({ keepsOut }) => keepsOut.approved),
    steps.map(({ filled }) => filled),
  ];
  const conditions = `${wanted(values, filter)}${given(values, { '(c.state_since, c.id) > (?::timestamptz, ?::uuid)': after })}`;
  return sql.query<ClaimRowView>(
    `${ROW} where c.state = any ($3::text[]) and ${WAITS}${conditions} order by c.state_since, c.id limit $2`,
    values,
  );
}

/** One version of a claim: what it said, who stood for it, and why another took its place. Whole pence. */
export interface ClaimVersionView {
  number: number;
  description: string;
  claimedPence: number;
  preparedBy: PersonRef[];
  certifiedBy: PersonRef | null;
  certifiedAt: string | null;
  submittedBy: PersonRef | null;
  submittedAt: string | null;
  checkedBy: PersonRef | null;
  checkedAt: string | null;
  /** Null while it is the current one. */
  revisedBy: PersonRef | null;
  revisedAt: string | null;
  reason: string | null;
  lines: ClaimLineView[];
  /** On this version. */
  queries: ClaimQueryView[];
}

/** The queries of a claim that a condition picks, oldest first. */
const queriesOf = (condition: string): string =>
  `(select coalesce(json_agg(json_build_object('id', q.id, 'version', q.version, 'position', q.position,
      'question', q.question, 'raisedBy', ${personOf('q.raised_by')}, 'raisedAt', q.raised_at, 'answer', q.answer,
      'answeredBy', ${personOf('q.answered_by')}, 'answeredAt', q.answered_at) order by q.id), '[]')
    from claim_query q where ${condition})`;

const VERSION_COLUMNS =
  'description, claimed_pence, prepared_by, certified_by, certified_at, submitted_by, submitted_at, checked_by, checked_at';

/** All versions of a claim, newest first; none where there is no claim. */
export function claimVersions(sql: Sql, claimId: string): Promise<ClaimVersionView[]> {
  return sql.query<ClaimVersionView>(
    `select v.number, v.description, v.claimed_pence as "claimedPence", ${peopleIn('v.prepared_by')} as "preparedBy",
       ${personOf('v.certified_by')} as "certifiedBy", to_json(v.certified_at) as "certifiedAt",
       ${personOf('v.submitted_by')} as "submittedBy", to_json(v.submitted_at) as "submittedAt",
       ${personOf('v.checked_by')} as "checkedBy", to_json(v.checked_at) as "checkedAt",
       ${personOf('v.revised_by')} as "revisedBy",
       to_json(v.revised_at) as "revisedAt", v.reason, ${linesOf('$1', 'v.number')} as lines,
       ${queriesOf('q.claim_id = $1 and q.version = v.number')} as queries
     from (select number, ${VERSION_COLUMNS}, revised_by, revised_at, reason from claim_version where claim_id = $1
       union all select version, ${VERSION_COLUMNS}, null, null, null from claim where id = $1) v
     order by v.number desc`,
    [claimId],
  );
}

/** The financial years of a programme that are closed. */
export async function closedYears(sql: Sql, programmeId: string): Promise<string[]> {
  const rows = await sql.query<{ year: string }>(
    'select financial_year as year from year_end where programme_id = $1',
    [programmeId],
  );
  return rows.map(({ year }) => year);
}

/** A trust that a programme funds, where the reader may see that: by its award, or by an agreement. */
export function fundedTrust(
  sql: Sql,
  programmeId: string,
  odsCode: string,
): Promise<{ odsCode: string; name: string } | undefined> {
  return firstRow(
    sql,
    `select o.ods_code as "odsCode", o.name from organisation o where o.ods_code = $2
       and (exists (select from award a where a.programme_id = $1 and a.trust_id = o.id)
         or exists (select from agreement g where g.programme_id = $1 and g.trust_id = o.id))`,
    [programmeId, odsCode],
  );
}
