import { ERASED } from '../audit/personal.queries.js';
import type { Role } from '../core/permissions.js';
import { firstRow, given, type Sql } from '../database/sql.js';

/** A person, and what was last seen of them. */
export interface PersonView {
  id: string;
  name: string;
  role: Role;
  /** ODS code. */
  trust: string | null;
  /** When they last signed in; null where they never did. */
  signedInAt: string | null;
  /** Whether a session of theirs goes on. */
  signedIn: boolean;
  /** Keys that are neither revoked nor expired, and when the last of all their keys ended or ends. */
  keys: number;
  keysUntil: string | null;
  /** When they last changed anything, as the log has it. */
  actedAt: string | null;
  erasedAt: string | null;
  illustrative: boolean;
  revision: number;
}

/** When a key, aliased `k`, ended or ends. */
const KEY_ENDS = `least(k.expires_at, coalesce(k.revoked_at, 'infinity'))`;

/** What is seen of a person; $1 is the instant at which it is. */
const VIEW = `select p.id, p.name, p.role, o.ods_code as trust,
    to_json((select max(s.signed_in_at) from sign_in s where s.person_id = p.id)) as "signedInAt",
    exists (select from sign_in s where s.person_id = p.id and s.ended_at is null) as "signedIn",
    (select count(*)::int from api_key k where k.person_id = p.id and ${KEY_ENDS} > $1) as keys,
    to_json((select max(${KEY_ENDS}) from api_key k where k.person_id = p.id)) as "keysUntil",
    to_json((select e.recorded_at from log_entry e where e.actor_id = p.id::text order by e.number desc limit 1)) as "actedAt",
    to_json(p.erased_at) as "erasedAt", p.illustrative, p.revision
  from person p left join organisation o on o.id = p.trust_id`;

/** One person, as they are at an instant. */
export function person(sql: Sql, id: string, at: Date): Promise<PersonView | undefined> {
  return firstRow<PersonView>(sql, `${VIEW} where p.id = $2`, [at, id]);
}

/** People at an instant, from the newest, `limit` at most, those before `before` where it is given. */
export function people(sql: Sql, at: Date, limit: number, before: string | null): Promise<PersonView[]> {
  const values: unknown[] = [at, limit];
  const wanted = given(values, { 'p.id < ?': before });
  return sql.query<PersonView>(`${VIEW} where true${wanted} order by p.id desc limit $2`, values);
}

/**
 * People of whom nothing was seen since an instant, `limit` at most: no key of theirs worked, no session went on, they
 * changed nothing, and nobody changed what is written of them.
 */
export async function unseenSince(sql: Sql, since: Date, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select p.id from person p where p.erased_at is null
       and not exists (select from api_key k where k.person_id = p.id and ${KEY_ENDS} > $1)
       and not exists (select from sign_in s where s.person_id = p.id and coalesce(s.ended_at, now()) > $1)
       and not coalesce((select e.recorded_at > $1 from log_entry e where e.actor_id = p.id::text
         order by e.number desc limit 1), false)
       and not coalesce((select e.recorded_at > $1 from log_entry e where e.table_name = 'person' and e.subject_id = p.id
         order by e.number desc limit 1), false)
     order by p.id limit $2`,
    [since, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes a person's name, and what their keys are called, out of first answers that are kept for requests sent again,
 * with the hash of what was sent: the same key is refused from then on, and does nothing twice. What they sent
 * themselves nobody sends again.
 */
export async function eraseAnswers(
  sql: Sql,
  { id, name, labels }: { id: string; name: string; labels: readonly string[] },
): Promise<void> {
  await sql.query('delete from idempotency_key where caller = $1', [id]);
  // A value follows its key; the key of a value cannot be taken for one.
  const erase = (text: string, key: string, where: string) =>
    sql.query(
      `update idempotency_key set fingerprint = 'erased',
         answer = replace(answer::text, $1 || to_jsonb($2::text)::text, $1 || to_jsonb($3::text)::text)::jsonb
       where strpos(answer::text, $4 || case when $4 = $1 then to_jsonb($2::text)::text else '' end) > 0`,
      [key, text, ERASED, where],
    );
  for (const text of [...labels, name]) await erase(text, '": ', id);
  await erase(name, '"name": ', '"name": ');
}

/** Deletes what the log's references to an erased person stand for. @returns how many there were */
export async function erasePersonalData(sql: Sql, personId: string): Promise<number> {
  const row = await firstRow<{ erased: number }>(sql, 'select erase_personal_data($1) as erased', [personId]);
  return row?.erased ?? 0;
}
