import { firstRow, type Sql } from '../../database/sql.js';
import type { Party } from './agreement-terms.js';

/** A body, as agreements name their parties. */
export interface Body extends Party {
  id: string;
}

/** A body by its id, with its name now. */
export function bodyById(sql: Sql, id: string): Promise<Body | undefined> {
  return firstRow<Body>(sql, 'select id, ods_code as "odsCode", name from organisation where id = $1', [id]);
}

/** A body by its ODS code, with its name now. */
export function bodyByOds(sql: Sql, odsCode: string): Promise<Body | undefined> {
  return firstRow<Body>(sql, 'select id, ods_code as "odsCode", name from organisation where ods_code = $1', [
    odsCode,
  ]);
}

/** The first day on which one body had taken over all of another; null where no definition says so. */
export async function tookOverAllOn(
  sql: Sql,
  predecessorId: string,
  successorId: string,
): Promise<string | null> {
  const row = await firstRow<{ effectiveOn: string | null }>(
    sql,
    `select min(effective_on) as "effectiveOn" from organisation_succession
     where kind = 'took-over-all' and predecessor_id = $1 and successor_id = $2`,
    [predecessorId, successorId],
  );
  return row?.effectiveOn ?? null;
}

/** Roles that stand on a day in which one of two bodies follows the other, in whichever programme. */
export function followingBetween(
  sql: Sql,
  oneId: string,
  otherId: string,
  on: string,
): Promise<Array<{ programme: string; follower: string; follows: string }>> {
  return sql.query(
    `select p.slug as programme, o.ods_code as follower, f.ods_code as follows
     from programme_role r join programme p on p.id = r.programme_id join organisation o on o.id = r.organisation_id
       join organisation f on f.id = r.follows_id
     where (r.organisation_id, r.follows_id) in (($1::uuid, $2::uuid), ($2::uuid, $1::uuid)) and r.status <> 'ended'
       and (r.valid_to is null or r.valid_to >= $3) order by p.slug, o.ods_code`,
    [oneId, otherId, on],
  );
}

/**
 * The projects of a trust in a programme that go with an agreement: all but those whose milestones open the tranches of
 * another agreement that the trust holds and that is under way.
 */
export async function projectsToNovate(
  sql: Sql,
  { programmeId, trustId, agreementId }: { programmeId: string; trustId: string; agreementId: string },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select p.id from project p where p.programme_id = $1 and p.trust_id = $2 and not exists (
       select from agreement g join agreement_version v on v.agreement_id = g.id and v.number = g.version
         cross join lateral jsonb_array_elements(v.terms -> 'tranches') tranche
         cross join lateral jsonb_array_elements_text(tranche -> 'milestones') milestone
       where g.programme_id = $1 and g.trust_id = $2 and g.id <> $3
         and g.state not in ('closed', 'withdrawn', 'terminated', 'novated')
         and split_part(milestone, '/', 1) = p.code)
     order by p.id`,
    [programmeId, trustId, agreementId],
  );
  return rows.map(({ id }) => id);
}

/** What names the milestones of projects as opening a tranche, of whichever agreement. */
export async function trancheMilestonesOf(sql: Sql, projectIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select n.id from tranche_milestone n join milestone m on m.id = n.milestone_id where m.project_id = any ($1)`,
    [projectIds],
  );
  return rows.map(({ id }) => id);
}
