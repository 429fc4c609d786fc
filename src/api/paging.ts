import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Page, PageRequest } from '../core/paging.js';
import { WholeField } from './fields.js';

/** How much of a list is read at a time. */
export class LimitQuery {
  @Transform(({ value }) => (/^\d{1,9}$/.test(value) ? Number(value) : value))
  @WholeField({ is: 'How many to give at most.', example: 50, optional: true, min: 1, max: 200 })
  limit: number = 50;
}

/** The cursor of a list that comes beside others. */
export const Cursor =
  (of: string): PropertyDecorator =>
  (target, property) => {
    ApiPropertyOptional({ description: `Where to go on with ${of}: the \`next\` of their page before.` })(
      target,
      property,
    );
    IsOptional()(target, property);
    IsString({ message: 'must be the cursor of the page before' })(target, property);
    MaxLength(500, { message: 'must be the cursor of the page before' })(target, property);
  };

/** How a list is read a page at a time. */
export class PageQuery extends LimitQuery implements PageRequest {
  @ApiPropertyOptional({
    description: 'Where to go on: the `next` of the page before. The Link header holds the whole address.',
  })
  @IsOptional()
  @IsString({ message: 'must be the cursor of the page before' })
  @MaxLength(500, { message: 'must be the cursor of the page before' })
  after?: string;
}

/** Sets the Link header (RFC 8288) to the next page, and gives the page. */
export function linked<T>(page: Page<T>, request: FastifyRequest, reply: FastifyReply): Page<T> {
  link(page.next, request, reply);
  return page;
}

/** As `linked`, for a list that is JSON text already. */
export function linkedText(
  items: string,
  next: string | null,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  link(next, request, reply);
  return `{"items":${items},"next":${JSON.stringify(next)}}`;
}

/** Sets the Link header to the page of a cursor, if there is one. */
export function link(next: string | null, request: FastifyRequest, reply: FastifyReply): void {
  if (next === null) return;
  const url = new URL(request.url, 'http://host');
  url.searchParams.set('after', next);
  reply.header('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
