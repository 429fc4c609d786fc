import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { type Role, TRUST_ROLES } from '../core/permissions.js';
import { notFound, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { organisationId } from '../organisations/organisation.queries.js';
import { ApiKey } from './api-key.entity.js';
import { hashOf, LONGEST_DAYS, newSecret } from './api-key.rules.js';
import { type ApiKeyView, apiKey } from './identity.queries.js';
import { Person } from './person.entity.js';

export interface NewKey {
  name: string;
  role: Role;
  /** ODS code of the trust that the person acts for; for trust roles only. */
  trust: string | null;
  label: string;
  /** From now, 1 to 366. */
  days: number;
  illustrative?: boolean;
}

/** People and their API keys. */
@Injectable()
export class IdentityService {
  constructor(private readonly work: UnitOfWork) {}

  /**
   * Makes a person and a key for them.
   * @returns the key with its secret, which is shown this once: to the same request sent again it is null, because
   * it is not kept anywhere
   * @throws Problem 403; 422 where the trust does not go with the role
   */
  async createKey(actor: Actor, wanted: NewKey): Promise<ApiKeyView & { secret: string | null }> {
    const secret = newSecret();
    const hash = hashOf(secret) as string;
    const made = await this.work.run({ actor, action: 'api-key.create' }, async (tx) => {
      requirePermission(actor, 'key:manage');
      const trustId = await this.trustFor(tx, wanted);
      const person = await tx.insert(Person, {
        name: wanted.name,
        role: wanted.role,
        trust_id: trustId,
        illustrative: wanted.illustrative ?? false,
      });
      const key = await tx.insert(ApiKey, {
        person_id: person.id,
        trust_id: trustId,
        label: wanted.label,
        hash,
        expires_at: new Date(tx.now.getTime() + Math.min(wanted.days, LONGEST_DAYS) * 86_400_000),
      });
      return { hash, view: (await apiKey(tx, key.id)) as ApiKeyView };
    });
    return { ...made.view, secret: made.hash === hash ? secret : null };
  }

  /** Ends a key at once, for good. @throws Problem 403, 404, 412, 428 */
  async revokeKey(actor: Actor, id: string, revision: number | null): Promise<ApiKeyView> {
    return this.work.run({ actor, action: 'api-key.revoke' }, async (tx) => {
      requirePermission(actor, 'key:manage');
      const key = await tx.lockRevision(ApiKey, id, revision, 'key');
      if (key.revoked_at === null) await tx.change(ApiKey, key, { revoked_at: tx.now });
      return (await apiKey(tx, id)) as ApiKeyView;
    });
  }

  private async trustFor(tx: Tx, { role, trust }: NewKey): Promise<string | null> {
    if (TRUST_ROLES.includes(role) !== (trust !== null))
      throw unprocessable(
        'trust-goes-with-role',
        `The role ${role} ${trust ? 'acts for no trust' : 'needs a trust'}.`,
        [
          {
            code: 'trust-goes-with-role',
            message: 'Trust roles name a trust, and no other role does.',
            pointer: '/trust',
          },
        ],
      );
    if (trust === null) return null;
    const id = await organisationId(tx, trust);
    if (!id) throw notFound(`organisation with the code ${trust}`);
    return id;
  }
}
