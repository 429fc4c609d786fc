import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { ReadScope } from '../database/read-scope.js';
import { keyBlockers } from './api-key.rules.js';
import { standingOf } from './identity.queries.js';

/** Tells what somebody may do now who asked for something before. */
@Injectable()
export class Standing {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /**
   * A person as they are now.
   * @param keyId the key that they asked with; null where it was on a page
   * @returns undefined where they are no more, or the key does not hold any more
   */
  async now(personId: string, keyId: string | null, requestId: string): Promise<Actor | undefined> {
    const found = await this.scope.run({ trustId: null }, (sql) => standingOf(sql, personId, keyId));
    if (!found) return undefined;
    const { name, role, trustId, trustOds, expiresAt, revokedAt } = found;
    if (expiresAt && keyBlockers({ expiresAt, revokedAt }, this.clock.now()).length > 0) return undefined;
    return { id: personId, name, role, trustId, trustOds, requestId };
  }
}
