import type { Readable } from 'node:stream';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { unprocessable } from '../../core/problems.js';
import { CopiedRows } from '../../database/copied-rows.js';
import type { HeldReading } from '../../database/held-reading.js';
import type { ReadScope } from '../../database/read-scope.js';
import type { Column } from '../../exports/column.rules.js';
import { FORMATS, fileNameOf, MOST_XLSX_ROWS } from '../../exports/format.rules.js';
import { counted, withLineEnds } from '../../exports/line-ends.js';
import { opening, piece, streamFrom, type TextFormat } from '../../exports/list-file.js';
import { type RowsHeard, rowsHeard } from '../../exports/list-source.js';
import { workbook } from '../../exports/workbook.js';
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
      const content = await contentOf(asked, held, position?.at ?? null);
      // Where the database writes the list, its handler has said that it is JSON.
      reply.header('Content-Type', FORMATS[wanted.format].sent).header('Vary', 'Accept');
      if (!wanted.onePage) reply.removeHeader('Link');
      const { pathname } = new URL(request.url, 'http://host');
      const disposition = `attachment; filename="${fileNameOf(pathname, wanted.format)}"`;
      return new StreamableFile(content as Readable, { disposition });
    } catch (error) {
      held.close();
      throw error;
    }
  }
}

async function contentOf(asked: Asked, held: HeldReading, at: string | null): Promise<Readable | Buffer> {
  if (asked.wanted.format === 'xlsx') return wholeWorkbook(asked, held, at);
  const pieces = await begin(asked, held, asked.wanted.format);
  return streamFrom(held, asked.request.method === 'HEAD' ? nothing() : pieces);
}

/** @throws Problem 422 where it would have more rows than a workbook may */
async function wholeWorkbook(asked: Asked, held: HeldReading, at: string | null): Promise<Buffer> {
  const { list, request } = asked;
  const rows: unknown[] = [];
  for await (const page of pagesOf(asked, held, await firstPage(asked, held))) {
    rows.push(...page);
    if (rows.length > MOST_XLSX_ROWS)
      throw unprocessable(
        'too-long-for-xlsx',
        `This list has more than ${MOST_XLSX_ROWS} rows, which is the most that a workbook is made of here. Narrow it, or take it as CSV, which Excel opens too.`,
      );
  }
  held.close();
  rowsHeard()?.gone(rows.length);
  return workbook(list.columns, rows, [
    ['What', list.summary],
    ['As at', at ?? 'It is no part of the record, so it has no past.'],
    ['For', request.actor ? `${request.actor.name} (${request.actor.role})` : 'Anybody'],
    ['Rows', String(rows.length)],
    ['Address', at ? addressAsAt(request.url, at, 'xlsx') : request.url],
  ]);
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
async function begin(
  asked: Asked,
  held: HeldReading,
  format: TextFormat,
): Promise<AsyncIterable<string | Buffer>> {
  const { wanted, list } = asked;
  const heard = rowsHeard();
  const answer = await firstPage(asked, held);
  const head = opening(format, list.columns, wanted.skip);
  if (answer instanceof CopiedRows) {
    if (heard) heard.expected(await held.count(answer));
    const rows = held.copy(answer.statement(format, wanted.skip));
    return copied(head, format === 'csv' ? withLineEnds(rows, heard) : counted(rows, heard));
  }
  return written(head, pagesOf(asked, held, answer), { format, columns: list.columns, heard });
}

function firstPage(asked: Asked, held: HeldReading): Promise<unknown> {
  if (asked.list.pageRows !== null) queryOf(asked.request).limit ??= String(asked.list.pageRows);
  return answered(asked, held);
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

async function* written(
  head: string,
  pages: AsyncIterable<unknown[]>,
  { format, columns, heard }: { format: TextFormat; columns: Column[]; heard: RowsHeard | undefined },
): AsyncGenerator<string> {
  yield head;
  for await (const rows of pages) {
    yield piece(format, rows, columns);
    heard?.gone(rows.length);
  }
}

/** The rows of page after page, without those that are skipped. */
async function* pagesOf(asked: Asked, held: HeldReading, first: unknown): AsyncGenerator<unknown[]> {
  const { wanted, request } = asked;
  let { skip } = wanted;
  for (let page = pageIn(first); ; ) {
    yield page.items.slice(skip);
    skip = Math.max(0, skip - page.items.length);
    if (page.next === null || wanted.onePage) return;
    queryOf(request).after = page.next;
    page = pageIn(await answered(asked, held));
  }
}
