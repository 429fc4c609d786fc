import type { Role } from '../core/permissions.js';
import { firstRow, type Sql } from '../database/sql.js';
import type { SessionTimes, SignInEnd } from './session.rules.js';

/** A session with whose it is, as they are now. */
export interface SessionRow extends SessionTimes {
  id: string;
  signInId: string;
  personId: string;
  csrfSecret: string;
  /** Whether the token is the session's present one, or the one before. */
  current: boolean;
  endedBecause: SignInEnd | null;
  name: string;
  role: Role;
  trustId: string | null;
  trustOds: string | null;
}

/** The session with this token, or that had it before its present one. */
export function sessionOfToken(sql: Sql, hash: string): Promise<SessionRow | undefined> {
  return firstRow<SessionRow>(
    sql,
    `select s.id, s.sign_in_id as "signInId", s.person_id as "personId", s.csrf_secret as "csrfSecret",
       s.token_hash = $1 as current, s.seen_at as "seenAt", s.rotated_at as "rotatedAt", s.expires_at as "expiresAt",
       i.ended_because as "endedBecause", p.name, p.role, p.trust_id as "trustId", o.ods_code as "trustOds"
     from web_session s join sign_in i on i.id = s.sign_in_id join person p on p.id = s.person_id
       left join organisation o on o.id = p.trust_id
     where s.token_hash = $1 or s.former_token_hash = $1`,
    [hash],
  );
}

export interface NewSession {
  signInId: string;
  personId: string;
  hash: string;
  csrfSecret: string;
  at: Date;
  expiresAt: Date;
  idToken: string | null;
}

/** Keeps a session that begins. */
export async function insertSession(sql: Sql, made: NewSession): Promise<void> {
  await sql.query(
    `insert into web_session (sign_in_id, person_id, token_hash, csrf_secret, id_token, expires_at, created_at,
       rotated_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $7, $7)`,
    [made.signInId, made.personId, made.hash, made.csrfSecret, made.idToken, made.expiresAt, made.at],
  );
}

/** Gives a session another token where it still has the one. @returns whether it had */
export async function replaceToken(sql: Sql, hash: string, next: string, at: Date): Promise<boolean> {
  const changed = await sql.query(
    `update web_session set token_hash = $2, former_token_hash = $1, rotated_at = $3, seen_at = greatest(seen_at, $3)
     where token_hash = $1 returning id`,
    [hash, next, at],
  );
  return changed.length > 0;
}

/** Writes down that a session is in use. */
export async function touchSession(sql: Sql, id: string, at: Date): Promise<void> {
  await sql.query('update web_session set seen_at = greatest(seen_at, $2) where id = $1', [id, at]);
}

/** Takes the ID token of a session that ends: nothing else needs it. */
export async function takeIdToken(sql: Sql, id: string): Promise<string | null> {
  const taken = await sql.query<{ idToken: string | null }>(
    'update web_session set id_token = null where id = $1 returning old.id_token as "idToken"',
    [id],
  );
  return taken[0]?.idToken ?? null;
}

/** Deletes all of a person's sessions, and the forms that are kept until they are back. */
export async function deleteSessions(sql: Sql, personId: string): Promise<void> {
  await sql.query('delete from web_session where person_id = $1', [personId]);
  await sql.query('delete from held_form where person_id = $1', [personId]);
}

/** Sessions that nobody ended, though they were over at an instant. */
export function sessionsOver(
  sql: Sql,
  at: Date,
  idleBefore: Date,
): Promise<Array<Pick<SessionRow, 'id' | 'signInId' | 'seenAt' | 'expiresAt'>>> {
  return sql.query(
    `select s.id, s.sign_in_id as "signInId", s.seen_at as "seenAt", s.expires_at as "expiresAt"
     from web_session s join sign_in i on i.id = s.sign_in_id
     where i.ended_at is null and (s.expires_at <= $1 or s.seen_at <= $2) order by s.sign_in_id`,
    [at, idleBefore],
  );
}

/**
 * Deletes what has served its time: sessions that were ended by somebody, or by themselves a week ago; attempts to
 * sign in that nobody finished within a day; forms that nobody came back for within a week.
 */
export async function clearSignIns(
  sql: Sql,
): Promise<{ sessions: number; attempts: number; forms: number } | undefined> {
  return firstRow(
    sql,
    `with sessions as (delete from web_session s using sign_in i where i.id = s.sign_in_id
           and (i.ended_because in ('signed-out', 'replaced') or i.ended_at < now() - interval '7 days') returning 1),
       attempts as (delete from sign_in_attempt where expires_at < now() - interval '1 day' returning 1),
       forms as (delete from held_form where created_at < now() - interval '7 days' returning 1)
     select (select count(*)::int from sessions) as sessions, (select count(*)::int from attempts) as attempts,
       (select count(*)::int from forms) as forms`,
    [],
  );
}
