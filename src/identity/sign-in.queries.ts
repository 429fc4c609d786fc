import { ROLES, type Role } from '../core/permissions.js';
import { firstRow, type Sql } from '../database/sql.js';

/** A sign-in under way. */
export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

/** Keeps a sign-in under way. */
export async function insertAttempt(
  sql: Sql,
  hash: string,
  { state, nonce, verifier, returnTo }: Attempt,
  at: Date,
  expiresAt: Date,
): Promise<void> {
  await sql.query(
    `insert into sign_in_attempt (token_hash, state, nonce, verifier, return_to, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [hash, state, nonce, verifier, returnTo, at, expiresAt],
  );
}

/** Takes a sign-in under way out, where this is its state: another's answer does not use it up. */
export async function takeAttempt(
  sql: Sql,
  hash: string,
  state: string,
  at: Date,
): Promise<Attempt | undefined> {
  const taken = await firstRow<Attempt & { expiresAt: Date }>(
    sql,
    `delete from sign_in_attempt where token_hash = $1 and state = $2
     returning state, nonce, verifier, return_to as "returnTo", expires_at as "expiresAt"`,
    [hash, state],
  );
  return taken && taken.expiresAt > at ? taken : undefined;
}

/** The id of whom an identity provider knows by a name, or a new id where nobody is. */
export async function idOfSubject(sql: Sql, issuer: string, subject: string): Promise<string> {
  const row = await firstRow<{ id: string }>(
    sql,
    'select coalesce((select id from person where issuer = $1 and subject = $2), uuidv7()) as id',
    [issuer, subject],
  );
  return (row as { id: string }).id;
}

/** Somebody whom the demonstration offers to be. */
export interface IllustrativePerson {
  id: string;
  name: string;
  role: Role;
  trust: { ods: string; name: string } | null;
}

/** The illustrative people, by role and trust; of those who are the same, the latest. */
export async function illustrativePeople(sql: Sql): Promise<IllustrativePerson[]> {
  const people = await sql.query<IllustrativePerson>(
    `select distinct on (p.name, p.role, p.trust_id) p.id, p.name, p.role,
       case when o.id is not null then json_build_object('ods', o.ods_code, 'name', o.name) end as trust
     from person p left join organisation o on o.id = p.trust_id
     where p.illustrative and p.erased_at is null order by p.name, p.role, p.trust_id, p.id desc`,
  );
  const rank = (role: Role): number => ROLES.indexOf(role);
  return people.sort(
    (a, b) =>
      rank(a.role) - rank(b.role) ||
      (a.trust?.name ?? '').localeCompare(b.trust?.name ?? '') ||
      a.name.length - b.name.length ||
      a.name.localeCompare(b.name),
  );
}

/** One illustrative person by their id. */
export function illustrativePerson(sql: Sql, id: string): Promise<IllustrativePerson | undefined> {
  return firstRow<IllustrativePerson>(
    sql,
    `select p.id, p.name, p.role,
       case when o.id is not null then json_build_object('ods', o.ods_code, 'name', o.name) end as trust
     from person p left join organisation o on o.id = p.trust_id
     where p.illustrative and p.erased_at is null and p.id::text = $1`,
    [id],
  );
}
