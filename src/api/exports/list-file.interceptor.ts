import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { CopiedRows } from '../../database/copied-rows.js';
import type { HeldReading } from '../../database/held-reading.js';
import type { ReadScope } from '../../database/read-scope.js';
import { FORMATS, fileNameOf } from '../../exports/format.rules.js';
import { withLineEnds } from '../../exports/line-ends.js';
import { opening, piece, streamFrom, type TextFormat } from '../../exports/list-file.js';
import { type ActingRequest, AS_AT } from '../../http/access.js';
import { refusal, type WantedFile, wantedFile } from '../../http/wanted-file.js';
import type { ListDescription, ListDescriptions } from './list-descriptions.js';

/** A page of a list as its handler answers it; a list that is whole has no `next`. */
interface Page {
  items: unknown[];
  next: string | null;
}

/** One list under way to a file. */
interface Asked {
  wanted: WantedFile;
  list: ListDescription;
  request: ActingRequest;
  next: CallHandler;
}

/**
 * Gives every list of the API as a file: its handler is asked for page after page within one held reading, so that all
 * rows are of one moment, and no more than a page is in memory.
 */
@Injectable()
export class ListFileInterceptor implements NestInterceptor {
  constructor(
    private readonly scope: ReadScope,
    private readonly lists: ListDescriptions,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    if (!request.url.startsWith('/v1/')) return next.handle();
    const wanted = wantedFile(request);
    if (!wanted) return next.handle();
    const list = this.lists.of(context);
    if (!list) {
      if (!wanted.insists) return next.handle();
      throw refusal('format', 'is for lists, and this address gives something else');
    }
    return from(this.file({ wanted, list, request, next }, context.switchToHttp().getResponse()));
  }

  private async file(asked: Asked, reply: FastifyReply): Promise<StreamableFile> {
    const { wanted, request } = asked;
    const held = await this.scope.hold(request.actor ?? { trustId: null });
    try {
      const position = await held.position();
      if (position) reply.header('Content-Location', addressAsAt(request.url, position.at, wanted.format));
      const pieces = await begin(asked, held);
      const { pathname } = new URL(request.url, 'http://host');
      const { format } = wanted;
      // Where the database writes the list, its handler has said that it is JSON.
      reply.header('Content-Type', FORMATS[format].sent).header('Vary', 'Accept');
      if (!wanted.onePage) reply.removeHeader('Link');
      return new StreamableFile(streamFrom(held, request.method === 'HEAD' ? nothing() : pieces), {
        disposition: `attachment; filename="${fileNameOf(pathname, format)}"`,
      });
    } catch (error) {
      held.close();
      throw error;
    }
  }
}

/** The address at which the same file can be had again, and be gone on with. */
function addressAsAt(address: string, at: string, format: string): string {
  const { pathname, searchParams } = new URL(address, 'http://host');
  searchParams.set(AS_AT, at);
  searchParams.set('format', format);
  return `${pathname}?${searchParams}`;
}

const queryOf = (request: ActingRequest): Record<string, unknown> => request.query as Record<string, unknown>;

async function* nothing(): AsyncGenerator<string> {}

/** Asks for the first page, so that what is refused is refused before the file begins. */
async function begin(asked: Asked, held: HeldReading): Promise<AsyncIterable<string | Buffer>> {
  const { wanted, list, request } = asked;
  const format = wanted.format as TextFormat;
  if (list.pageRows !== null) queryOf(request).limit ??= String(list.pageRows);
  const answer = await answered(asked, held);
  const head = opening(format, list.columns, wanted.skip);
  if (answer instanceof CopiedRows) {
    const rows = held.copy(answer.statement(format, wanted.skip));
    return copied(head, format === 'csv' ? withLineEnds(rows) : rows);
  }
  return written(asked, held, head, pageIn(answer));
}

/** What the handler answers to the query as it stands. */
function answered({ next }: Asked, held: HeldReading): Promise<unknown> {
  return held.within(() => lastValueFrom(next.handle()));
}

function pageIn(answer: unknown): Page {
  // The database writes some answers, as text.
  const page = typeof answer === 'string' ? JSON.parse(answer) : answer;
  if (Array.isArray(page)) return { items: page, next: null };
  return { items: page.items, next: page.next ?? null };
}

async function* copied(head: string, rows: AsyncIterable<Buffer>): AsyncGenerator<string | Buffer> {
  yield head;
  yield* rows;
}

async function* written(asked: Asked, held: HeldReading, head: string, first: Page): AsyncGenerator<string> {
  const { wanted, list, request } = asked;
  yield head;
  let { skip } = wanted;
  for (let page = first; ; ) {
    yield piece(wanted.format as TextFormat, page.items.slice(skip), list.columns);
    skip = Math.max(0, skip - page.items.length);
    if (page.next === null || wanted.onePage) return;
    queryOf(request).after = page.next;
    page = pageIn(await answered(asked, held));
  }
}
