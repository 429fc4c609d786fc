import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { malformed } from '../core/problems.js';
import { WholeField } from './fields.js';

/** How a list is read a page at a time. */
export class PageQuery {
  @Transform(({ value }) => (/^\d{1,9}$/.test(value) ? Number(value) : value))
  @WholeField({ is: 'How many to give at most.', example: 50, optional: true, min: 1, max: 200 })
  limit: number = 50;

  @ApiPropertyOptional({
    description: 'Where to go on: the `next` of the page before. The Link header holds the whole address.',
  })
  @IsOptional()
  @IsString({ message: 'must be the cursor of the page before' })
  @MaxLength(500, { message: 'must be the cursor of the page before' })
  after?: string;
}

/** A page of a list, and the cursor of the next one; null on the last. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** The sort values of the last row of a page, as a cursor. */
export function cursorOf(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The sort values in a cursor, each checked; null without one. @throws Problem 400 where it is no cursor of ours */
export function cursorValues(
  after: string | undefined,
  checks: ReadonlyArray<(value: unknown) => boolean>,
): unknown[] | null {
  if (after === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === checks.length &&
      checks.every((check, i) => check(values[i]))
    )
      return values;
  } catch {
    // Falls through to the same answer: not ours.
  }
  throw malformed('cursor-unreadable', 'after must be the cursor of the page before, unchanged.', [
    { code: 'cursor-unreadable', message: 'Not a cursor that this API gave.', pointer: 'after' },
  ]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isId = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);

/**
 * Makes a page of one row more than was asked for: the row beyond says that there is another page.
 * @param sortValues of a row, in the order of the sort
 */
export function pageOf<T>(rows: T[], limit: number, sortValues: (row: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(sortValues(last)) : null };
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
