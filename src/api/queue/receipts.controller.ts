import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, SignedIn } from '../../http/access.js';
import { sendEvents } from '../../http/event-stream.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ReceiptsReader } from '../../queue/receipts.reader.js';
import { INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class ReceiptProgressView {
  @Shows('Steps done.', WHOLE) done: number;
  @Shows('Steps in all.', { ...WHOLE, example: 3 }) total: number;
  @Shows('What is being done.') words: string;
}

export class ReceiptView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What was asked for.', { example: 'assess-return' }) job: string;
  @Shows('How far it is.', { enum: ['waiting', 'working', 'done', 'failed'] }) state: string;
  @Shows('When it was asked for.', INSTANT) createdAt: Date;
  @ShowsOrNull('When the latest attempt began.', String, INSTANT) startedAt: Date | null;
  @ShowsOrNull('When it was done, or had failed for good.', String, INSTANT) finishedAt: Date | null;
  @ShowsOrNull('How far a long one is.', ReceiptProgressView) progress: object | null;
  @ShowsOrNull('What came of it.', Object, { example: { findings: 2, blocking: 0, state: 'submitted' } })
  result: object | null;
  @ShowsOrNull('Why the latest attempt failed.', String) error: string | null;
}

@ApiTags('receipts')
@SignedIn()
@Controller('v1/receipts')
export class ReceiptsController {
  constructor(private readonly reader: ReceiptsReader) {}

  @Get(':id')
  @ApiOperation({ summary: 'What became of something that the queue was asked to do' })
  @ApiResponse({ status: 200, type: ReceiptView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get(':id/events')
  @ApiOperation({
    summary: 'The same, as server-sent events: one at each change, the last when it is done or has failed',
  })
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  async events(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reader.one(actor, id);
    await sendEvents(request, reply, 'receipt', (signal) => this.reader.follow(actor, id, signal));
  }
}
