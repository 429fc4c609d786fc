import type { Role } from '../core/permissions.js';
import { IdentityService } from '../identity/identity.service.js';
import { commandActor, withApplication } from './command-application.js';

export interface KeyOptions {
  name: string;
  role: Role;
  trust?: string;
  label: string;
  days: number;
}

/** `exemplar key create` */
export async function createKey({ trust, ...options }: KeyOptions): Promise<void> {
  const key = await withApplication((app) =>
    app
      .get(IdentityService, { strict: false })
      .createKey(commandActor(), { ...options, trust: trust?.toUpperCase() ?? null }),
  );
  const whom = key.trust === null ? key.person.role : `${key.person.role} of ${key.trust}`;
  process.stderr.write(
    `Key ${key.id} for ${key.person.name} (${whom}), until ${key.expiresAt.slice(0, 10)}.\n` +
      'It is shown this once. Send it as: Authorization: Bearer …\n',
  );
  process.stdout.write(`${key.secret}\n`);
}
