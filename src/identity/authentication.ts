import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { unauthenticated } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { hashOf, keyBlockers, secretIn } from './api-key.rules.js';
import { holderOfHash, type KeyHolder } from './identity.queries.js';

/** How long a key that held is taken to hold still: revocation takes effect within this. */
export const TRUSTED_MS = 500;
const MAX_REMEMBERED = 10_000;

/** Tells who a request comes from. */
@Injectable()
export class Authentication {
  private readonly remembered = new Map<string, { holder: KeyHolder; until: number }>();

  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 401 where the header carries no key that holds */
  async actorOf(authorization: string | undefined, requestId: string): Promise<Actor> {
    const secret = secretIn(authorization);
    if (secret === undefined)
      throw unauthenticated(
        'Send an API key in the Authorization header: "Bearer exm_…". An administrator makes keys.',
      );
    const hash = hashOf(secret);
    const holder = hash && (await this.holder(hash));
    if (!holder) throw unauthenticated('This API key is not known. Check that all of it was copied.');
    const [reason] = keyBlockers(holder, this.clock.now());
    if (reason) throw unauthenticated(reason.message);
    return {
      id: holder.personId,
      name: holder.name,
      role: holder.role,
      trustId: holder.trustId,
      trustOds: holder.trustOds,
      keyId: holder.keyId,
      requestId,
    };
  }

  private async holder(hash: string): Promise<KeyHolder | undefined> {
    const now = performance.now();
    const known = this.remembered.get(hash);
    if (known && known.until > now) return known.holder;
    const holder = await this.scope.run({ trustId: null }, (sql) => holderOfHash(sql, hash));
    this.remembered.delete(hash);
    if (!holder) return undefined;
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    this.remembered.set(hash, { holder, until: now + TRUSTED_MS });
    return holder;
  }
}
