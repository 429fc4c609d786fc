import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { isAddress } from '../config/mail-config.js';
import type { Tx } from '../database/tx.js';
import { Mailer } from '../notifications/mailer.js';
import { Outbox } from '../queue/outbox.js';
import { type BlueprintLetterOrder, SEND_BLUEPRINT_NOTICE } from './blueprint.jobs.js';
import { type BlueprintEvent, blueprintLetter, stillStands } from './blueprint-letter.rules.js';
import { letterFacts } from './blueprint-notice.queries.js';
import { odsCodes } from './pairing.queries.js';

/** Tells whoever has to do something with a blueprint, and whoever waits for what became of it. */
@Injectable()
export class BlueprintNotices {
  constructor(
    private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
  ) {}

  /**
   * Writes a message for each address that is to know, in the caller's unit of work: none where no mail goes out.
   * @param organisationId who is told
   */
  async write(
    tx: Tx,
    event: BlueprintEvent,
    about: { blueprintId: string; contactId?: string },
    organisationId: string,
  ): Promise<void> {
    if (!this.config.mail.server) return;
    const [ods = ''] = await odsCodes(tx, [organisationId]);
    const to: Array<string | null> = [...(this.config.mail.notices.get(ods) ?? [])];
    if (event === 'asked') to.push(null);
    const { blueprintId, contactId = null } = about;
    const { trustId } = tx.actor;
    for (const each of to)
      await this.outbox.add(
        tx,
        SEND_BLUEPRINT_NOTICE,
        { event, blueprintId, contactId, to: each },
        { trustId },
      );
  }

  /** Sends a letter; none where what it tells of does not stand any more, or the blueprint names no address. @throws Error where it cannot be sent */
  async send(
    tx: Tx,
    { event, blueprintId, contactId, to }: BlueprintLetterOrder,
  ): Promise<{ sent: boolean }> {
    const facts = await letterFacts(tx, blueprintId, contactId);
    const address = to ?? facts?.contactAddress ?? '';
    if (!facts || !stillStands(event, facts) || !isAddress(address)) return { sent: false };
    await this.mailer.send(
      blueprintLetter(event, facts, { to: address, address: this.config.signIn.publicUrl }),
    );
    return { sent: true };
  }
}
