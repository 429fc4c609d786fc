import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, may } from '../../core/actor.js';
import { By, SignedIn } from '../../http/access.js';
import { sendEvents } from '../../http/event-stream.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ReturnStandingReader } from '../../progress-reports/return-standing.reader.js';
import { ReceiptsReader } from '../../queue/receipts.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { receiptPage } from './receipt.page.js';

/** What becomes of something that the queue was asked to do, while it does it and afterwards. */
@SignedIn()
@Pages('receipts/:id')
export class ReceiptPagesController {
  constructor(
    private readonly receipts: ReceiptsReader,
    private readonly standings: ReturnStandingReader,
  ) {}

  @Get()
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const receipt = await this.receipts.one(actor, id);
    const of = may(actor, 'progress-report:read') ? await this.standings.ofReceipt(actor, id) : null;
    if (!of) return receiptPage(receipt, null);
    const standing = await this.standings.of(actor, of.id);
    const mayPrepare = may(actor, 'progress-report:prepare');
    return receiptPage(receipt, { standing, version: of.version, mayPrepare });
  }

  @Get('events')
  async events(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.receipts.one(actor, id);
    await sendEvents(request, reply, 'receipt', (signal) => this.receipts.follow(actor, id, signal));
  }
}
