import { Injectable } from '@nestjs/common';
import { systemActor } from '../core/actor.js';
import { malformed } from '../core/problems.js';
import { textFaults } from '../core/text.js';
import { ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type HeldForm, heldForm, insertHeldForm } from './held-form.queries.js';
import { localPath } from './return-to.rules.js';

/** Largest body that is held, in bytes of its JSON. */
export const MAX_HELD_BYTES = 256 * 1024;
/** How many forms are held for one person; the oldest give way. */
export const MAX_HELD = 20;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Keeps what people typed when their session had ended, until they are back. It is no part of the log. */
@Injectable()
export class HeldForms {
  constructor(
    private readonly scope: ReadScope,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * Holds a form for a person, for a week at most.
   * @param path where it was sent; one of this server's
   * @param body its fields, without files and without what protects the form
   * @returns its id; null where it is larger than 256 kB and is not held
   * @throws Problem 400 where a text in it may not be kept, such as one with an NHS number
   */
  async hold(personId: string, path: string, body: object, requestId: string): Promise<string | null> {
    const faults = textFaults(body);
    if (faults.length > 0)
      throw malformed(faults[0]?.code ?? 'text', 'A text in the form cannot be kept.', faults);
    if (Buffer.byteLength(JSON.stringify(body)) > MAX_HELD_BYTES) return null;
    const order = { actor: systemActor('held-forms', requestId), action: 'held-form.keep' };
    const form = { path: localPath(path), body };
    return this.work.run(order, (tx) => insertHeldForm(tx, personId, form, MAX_HELD));
  }

  /** What a person sent; undefined where it is not there any more, or not theirs. */
  async of(personId: string, id: string): Promise<HeldForm | undefined> {
    if (!ID.test(id)) return undefined;
    return this.scope.run({ trustId: null }, (sql) => heldForm(sql, personId, id));
  }
}
