import type { Role } from '../core/permissions.js';
import { firstRow, given, type Sql } from '../database/sql.js';

export interface KeyHolder {
  keyId: string;
  personId: string;
  name: string;
  role: Role;
  trustId: string | null;
  trustOds: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** Who holds the key with this hash. */
export function holderOfHash(sql: Sql, hash: string): Promise<KeyHolder | undefined> {
  return firstRow<KeyHolder>(
    sql,
    `select k.id as "keyId", p.id as "personId", p.name, p.role, p.trust_id as "trustId", o.ods_code as "trustOds",
       k.expires_at as "expiresAt", k.revoked_at as "revokedAt"
     from api_key k join person p on p.id = k.person_id left join organisation o on o.id = p.trust_id
     where k.hash = $1`,
    [hash],
  );
}

/** What a person is now, with one of their keys where it is asked for; undefined where there is no such person or key. */
export function standingOf(
  sql: Sql,
  personId: string,
  keyId: string | null,
): Promise<(Omit<KeyHolder, 'keyId' | 'expiresAt'> & { expiresAt: Date | null }) | undefined> {
  return firstRow(
    sql,
    `select p.id as "personId", p.name, p.role, p.trust_id as "trustId", o.ods_code as "trustOds",
       k.expires_at as "expiresAt", k.revoked_at as "revokedAt"
     from person p left join organisation o on o.id = p.trust_id left join api_key k on k.id = $2 and k.person_id = p.id
     where p.id = $1 and ($2::uuid is null or k.id is not null)`,
    [personId, keyId],
  );
}

export interface ApiKeyView {
  id: string;
  label: string;
  person: { id: string; name: string; role: Role };
  trust: string | null;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  illustrative: boolean;
  revision: number;
}

const KEY_VIEW = `select k.id, k.label, json_build_object('id', p.id, 'name', p.name, 'role', p.role) as person,
    o.ods_code as trust, to_json(k.created_at) as "createdAt", to_json(k.expires_at) as "expiresAt",
    to_json(k.revoked_at) as "revokedAt", p.illustrative, k.revision
  from api_key k join person p on p.id = k.person_id left join organisation o on o.id = p.trust_id`;

/** One key, without its secret, which nobody has. */
export function apiKey(sql: Sql, id: string): Promise<ApiKeyView | undefined> {
  return firstRow<ApiKeyView>(sql, `${KEY_VIEW} where k.id = $1`, [id]);
}

/** Keys from the newest, `limit` at most, those before `before` where it is given. */
export function apiKeys(sql: Sql, limit: number, before: string | null): Promise<ApiKeyView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, { 'k.id < ?': before });
  return sql.query<ApiKeyView>(`${KEY_VIEW} where true${wanted} order by k.id desc limit $1`, values);
}
