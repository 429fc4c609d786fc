import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import type { Role } from '../core/permissions.js';
import { Authentication } from '../identity/authentication.js';
import type { DemonstrationKey } from './demonstration-key.js';

/** The people of a demonstration, as services are told of them: each signs in with the key in their file. */
export class DemonstrationCast {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly keys: readonly DemonstrationKey[],
    private readonly requestId: string,
  ) {}

  /**
   * @param trust ODS code; null for those of the funder
   * @throws Error where the demonstration has nobody like that
   */
  async person(role: Role, trust: string | null = null, deputy = false): Promise<Actor> {
    const key = this.keys.find(
      (each) => each.role === role && each.trust === trust && each.deputy === deputy,
    );
    if (!key) throw new Error(`The demonstration has no ${deputy ? 'deputy ' : ''}${role} ${trust ?? ''}`);
    const secret = (await readFile(key.file, 'utf8')).trim();
    return this.app.get(Authentication, { strict: false }).actorOf(`Bearer ${secret}`, this.requestId);
  }
}
