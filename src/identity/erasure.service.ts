import { Injectable } from '@nestjs/common';
import { ERASED } from '../audit/personal.queries.js';
import { forgetContacts } from '../blueprints/blueprint.queries.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ApiKey } from './api-key.entity.js';
import { erasureBlockers, unseenBefore } from './erasure.rules.js';
import { Person } from './person.entity.js';
import { eraseAnswers, erasePersonalData, type PersonView, person, unseenSince } from './person.queries.js';
import { Sessions } from './sessions.js';

/** How many people one night erases at most: the others are erased in the nights after. */
const MOST_A_NIGHT = 200;

/**
 * Erases people: their name, what the identity provider calls them and what their keys are called go, and with them
 * what the log's references stood for. What they did stays, done by an erased person, and so does every proof.
 */
@Injectable()
export class ErasureService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  /**
   * Erases one person for good. Their keys are revoked, and their sessions end.
   * @param reason kept in the log; without the name
   * @throws Problem 403, 404, 409 for oneself, for somebody who was erased before or for a reason that names them, 412, 428
   */
  erase(actor: Actor, id: string, revision: number | null, reason: string): Promise<PersonView> {
    return this.work.run({ actor, action: 'person.erase', reason }, async (tx) => {
      requirePermission(actor, 'person:erase');
      const row = await tx.lockRevision(Person, id, revision, 'person');
      refuseIfBlocked(
        'This person cannot be erased.',
        erasureBlockers(
          { id, name: row.name, erased: row.erased_at !== null },
          { actorId: actor.id, reason },
        ),
      );
      await this.eraseRow(tx, row);
      return (await person(tx, id, tx.now)) as PersonView;
    });
  }

  /** Erases whoever nothing was seen of for PERSON_RETENTION_YEARS. @returns how many */
  eraseUnseen(tx: Tx): Promise<number> {
    return this.eraseUnseenSince(tx, unseenBefore(tx.now, this.config.personRetentionYears));
  }

  /** Erases whoever nothing was seen of since an instant. @returns how many */
  async eraseUnseenSince(tx: Tx, since: Date): Promise<number> {
    const rows = await tx.lockAll(Person, await unseenSince(tx, since, MOST_A_NIGHT), 'person');
    for (const row of rows.values()) await this.eraseRow(tx, row);
    return rows.size;
  }

  private async eraseRow(tx: Tx, row: Person): Promise<void> {
    const { id, name } = row;
    const at = tx.now;
    const keys = await tx.manager.find(ApiKey, { where: { person_id: id }, order: { id: 'asc' } });
    const labels = keys.map(({ label }) => label);
    for (const key of keys) await tx.change(ApiKey, key, { label: ERASED, revoked_at: key.revoked_at ?? at });
    await this.sessions.eraseOf(tx, id);
    await forgetContacts(tx, id);
    await eraseAnswers(tx, { id, name, labels });
    await tx.change(Person, row, { name: ERASED, issuer: null, subject: null, erased_at: at });
    await erasePersonalData(tx, id);
  }
}
