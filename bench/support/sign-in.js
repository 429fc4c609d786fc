// A session of somebody who is there.
import { createHash, randomBytes } from 'node:crypto';
import { run } from './database.js';

/** The cookie of a role's person. */
export async function signIn(superuserUrl, role, trust) {
  const token = randomBytes(32).toString('base64url');
  await run(
    superuserUrl,
    `with p as (select id from person where role = $2 and trust_id is not distinct from (select id from organisation where ods_code = $3) limit 1),
       s as (insert into sign_in (person_id, trust_id, issuer, signed_in_at)
         select id, (select id from organisation where ods_code = $3), 'bench', now() from p returning id, person_id)
     insert into web_session (sign_in_id, person_id, token_hash, csrf_secret, rotated_at, seen_at, created_at, expires_at)
     select id, person_id, $1, 'bench', now(), now(), now(), now() + interval '1 day' from s`,
    [createHash('sha256').update(token).digest('hex'), role, trust],
  );
  return `__Host-exemplar=${token}`;
}
