import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ReceiptStream } from '../../queue/receipt-stream.js';
import { type Receipt, receipt } from '../../queue/receipts.queries.js';
import { By, SignedIn } from '../access.js';
import { INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { IdPipe } from '../id.pipe.js';

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

/** The trust that a receipt is for is what the reader's key already says. */
function shown({ trustId: _, ...rest }: Receipt): Omit<Receipt, 'trustId'> {
  return rest;
}

const HEARTBEAT_MS = 15_000;

@ApiTags('receipts')
@SignedIn()
@Controller('v1/receipts')
export class ReceiptsController {
  constructor(
    private readonly scope: ReadScope,
    private readonly stream: ReceiptStream,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'What became of something that the queue was asked to do' })
  @ApiResponse({ status: 200, type: ReceiptView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.read(actor, id);
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
    await this.read(actor, id);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...reply.getHeaders(),
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    } as never);
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      await this.tell(actor, id, gone.signal, (event) => raw.write(event));
    } finally {
      clearInterval(heartbeat);
      raw.end();
    }
  }

  private async read(actor: Actor, id: string): Promise<Omit<Receipt, 'trustId'>> {
    const found = await this.scope.run(actor, (sql) => receipt(sql, id));
    if (!found) throw notFound('receipt');
    return shown(found);
  }

  private async tell(
    actor: Actor,
    id: string,
    signal: AbortSignal,
    write: (event: string) => void,
  ): Promise<void> {
    let last = '';
    for await (const _ of this.stream.follow(id, signal)) {
      const now = await this.read(actor, id);
      const data = JSON.stringify(now);
      if (data !== last) write(`event: receipt\ndata: ${data}\n\n`);
      last = data;
      if (now.state === 'done' || now.state === 'failed') return;
    }
  }
}
