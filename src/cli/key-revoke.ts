import { malformed, notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { apiKey } from '../identity/identity.queries.js';
import { IdentityService } from '../identity/identity.service.js';
import { commandActor, withApplication } from './command-application.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `exemplar key revoke` */
export async function revokeKey(id: string): Promise<void> {
  if (!UUID.test(id))
    throw malformed(
      'not-an-id',
      'That is not the id of a key. `exemplar key list` shows them; the key itself is not one.',
    );
  const key = await withApplication(async (app) => {
    const standing = await app
      .get(ReadScope, { strict: false })
      .run({ trustId: null }, (sql) => apiKey(sql, id.toLowerCase()));
    if (!standing) throw notFound(`key ${id}`);
    return app
      .get(IdentityService, { strict: false })
      .revokeKey(commandActor(), standing.id, standing.revision);
  });
  process.stdout.write(`Key ${key.id} of ${key.person.name} is revoked.\n`);
}
