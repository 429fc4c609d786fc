import { firstRow, given, type Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import type { Terms } from './programme.entity.js';

/**
 * Holds all definitions until the transaction ends: one is applied at a time, of whichever programme, because
 * programmes share their organisations.
 */
export async function holdDefinitions(sql: Sql): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('programme-definitions', 0))`);
}

/** The ids of all programmes. */
export async function programmeIds(sql: Sql): Promise<string[]> {
  return (await sql.query<{ id: string }>('select id from programme order by id')).map(({ id }) => id);
}

/** The definition that was applied last. */
export function lastDefinition(
  sql: Sql,
  programmeId: string,
): Promise<{ number: number; sha256: string; content: string } | undefined> {
  return firstRow(
    sql,
    'select number, sha256, content from programme_definition where programme_id = $1 order by number desc limit 1',
    [programmeId],
  );
}

export interface ProgrammeView {
  id: string;
  slug: string;
  name: string;
  description: string;
  funder: { odsCode: string; name: string };
  startsOn: string;
  endsOn: string;
  illustrative: boolean;
  matchRatio: { matchPence: number; perGrantPence: number };
  controlTotals: { grantPence: number; matchPence: number; totalPence: number };
  terms: Terms;
  awardeeCount: number;
  /** The first `MOST_AWARDEES` by name. */
  awardees: Array<{ odsCode: string; name: string; status: string }>;
  revision: number;
}

/** As many awardees as a programme names itself: all are among its roles. */
export const MOST_AWARDEES = 100;

/** The terms whole: a definition that was applied before it could say these has left them out. */
const TERMS = `'{"payments": null, "followers": null, "assurance": null, "turnaround": null, "agreementConditions": null}'::jsonb || p.terms
    || jsonb_build_object('eligibility', '{"categories": []}'::jsonb || (p.terms -> 'eligibility'))`;

const VIEW = `select p.id, p.slug, p.name, p.description, json_build_object('odsCode', f.ods_code, 'name', f.name) as funder,
    p.starts_on as "startsOn", p.ends_on as "endsOn", p.illustrative,
    json_build_object('matchPence', p.match_pence, 'perGrantPence', p.per_grant_pence) as "matchRatio",
    json_build_object('grantPence', p.control_grant_pence, 'matchPence', p.control_match_pence,
      'totalPence', p.control_total_pence) as "controlTotals", ${TERMS} as terms, p.revision,
    (select count(*)::int from programme_role r where r.programme_id = p.id and r.role = 'awardee') as "awardeeCount",
    coalesce((select json_agg(json_build_object('odsCode', a.ods_code, 'name', a.name, 'status', a.status) order by a.name)
      from (select o.ods_code, o.name, r.status from programme_role r join organisation o on o.id = r.organisation_id
        where r.programme_id = p.id and r.role = 'awardee' order by o.name limit ${MOST_AWARDEES}) a), '[]') as awardees
  from programme p join organisation f on f.id = p.funder_id`;

/** One programme by its slug. */
export function programme(sql: Sql, slug: string): Promise<ProgrammeView | undefined> {
  return firstRow<ProgrammeView>(sql, `${VIEW} where p.slug = $1`, [slug]);
}

/** Programmes by slug, `limit` at most, those after `after` where it is given. */
export function programmes(sql: Sql, limit: number, after: string | null): Promise<ProgrammeView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, { 'p.slug > ?': after });
  return sql.query<ProgrammeView>(`${VIEW} where true${wanted} order by p.slug limit $1`, values);
}

/** A programme's id by its slug. */
export async function programmeId(sql: Sql, slug: string): Promise<string | undefined> {
  return (await firstRow<{ id: string }>(sql, 'select id from programme where slug = $1', [slug]))?.id;
}

export interface PeriodView {
  id: string;
  label: string;
  financialYear: string;
  startsOn: string;
  endsOn: string;
  opensOn: string;
  dueOn: string;
}

/** A programme's reporting periods in order of time. */
export function reportingPeriods(sql: Sql, programme: string): Promise<PeriodView[]> {
  return sql.query<PeriodView>(
    `select id, label, financial_year as "financialYear", starts_on as "startsOn", ends_on as "endsOn",
       opens_on as "opensOn", due_on as "dueOn"
     from reporting_period where programme_id = $1 order by ends_on`,
    [programme],
  );
}

export interface RoleView {
  organisation: { odsCode: string; name: string };
  role: string;
  status: string;
  follows: { odsCode: string; name: string } | null;
  from: string | null;
  to: string | null;
  sourced: Sourced;
}

/**
 * Who has which part in a programme: funder, awardees, followers; `limit` at most, those after the values of `after`.
 * @param follows whether they follow somebody; null: either way
 */
export function programmeRoles(
  sql: Sql,
  programmeId: string,
  follows: boolean | null,
  limit: number,
  after: unknown[] | null,
): Promise<Array<RoleView & { id: string }>> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    '(r.follows_id is not null) = ?': follows,
    '(r.role, o.name, r.id) > (?, ?, ?)': after,
  });
  return sql.query(
    `select r.id, json_build_object('odsCode', o.ods_code, 'name', o.name) as organisation, r.role, r.status,
       case when f.id is not null then json_build_object('odsCode', f.ods_code, 'name', f.name) end as follows,
       r.valid_from as from, r.valid_to as to, r.provenance as sourced
     from programme_role r join organisation o on o.id = r.organisation_id left join organisation f on f.id = r.follows_id
     where r.programme_id = $1${wanted} order by r.role, o.name, r.id limit $2`,
    values,
  );
}

/** The ids of a programme's pairings that were decided on or awarded. */
export async function usedPairings(sql: Sql, programmeId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from programme_role where programme_id = $1 and (decided_at is not null or award_pence is not null) order by id`,
    [programmeId],
  );
  return rows.map(({ id }) => id);
}
