import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ReceiptStream } from './receipt-stream.js';
import { type Receipt, receipt } from './receipts.queries.js';

/** A receipt as it is shown: the trust that it is for is what its reader knows already. */
export type ShownReceipt = Omit<Receipt, 'trustId'>;

/** Receipts as they are shown, and followed. */
@Injectable()
export class ReceiptsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly stream: ReceiptStream,
  ) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownReceipt> {
    const found = await this.scope.run(actor, (sql) => receipt(sql, id));
    if (!found) throw notFound('receipt');
    const { trustId: _, ...shown } = found;
    return shown;
  }

  /**
   * A receipt as it is now, then at each change; ends when it is done or has failed, with the signal, and when the
   * program stops. Ask `one` first whether there is such a receipt.
   * @throws Problem 404 where it is gone
   */
  async *follow(actor: Actor, id: string, signal: AbortSignal): AsyncGenerator<ShownReceipt, void> {
    let last = '';
    for await (const _ of this.stream.follow(id, signal)) {
      const now = await this.one(actor, id);
      const text = JSON.stringify(now);
      if (text !== last) yield now;
      last = text;
      if (now.state === 'done' || now.state === 'failed') return;
    }
  }
}
