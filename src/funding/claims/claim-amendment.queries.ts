import { given, type Sql } from '../../database/sql.js';
import { type PersonRef, personOf } from '../people.queries.js';

/** A version of a claim that took the place of one that was submitted. Whole pence. */
export interface AmendedClaim {
  /** Of the version before. */
  id: string;
  claim: { id: string; reference: string };
  trust: { odsCode: string; name: string };
  number: number;
  revisedBy: PersonRef | null;
  revisedAt: string;
  reason: string;
  claimedBeforePence: number;
  claimedAfterPence: number;
  linesBefore: number;
  linesAfter: number;
  illustrative: boolean;
}

const lines = (version: string): string =>
  `(select count(*)::int from claim_line l where l.claim_id = c.id and l.version = ${version})`;

/** A programme's claims that were amended after submission, a row for each version, the latest begun first. */
export function amendedClaims(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<AmendedClaim[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'v.id < ?': before });
  return sql.query<AmendedClaim>(
    `select v.id, json_build_object('id', c.id, 'reference', c.reference) as claim,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, v.number + 1 as number,
       ${personOf('v.revised_by')} as "revisedBy", to_json(v.revised_at) as "revisedAt", v.reason,
       v.claimed_pence as "claimedBeforePence", coalesce(n.claimed_pence, c.claimed_pence) as "claimedAfterPence",
       ${lines('v.number')} as "linesBefore", ${lines('v.number + 1')} as "linesAfter", c.illustrative
     from claim c join claim_version v on v.claim_id = c.id join organisation o on o.id = c.trust_id
       left join claim_version n on n.claim_id = c.id and n.number = v.number + 1
     where c.programme_id = $1${wanted} order by v.id desc limit $2`,
    values,
  );
}
