import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { malformed } from '../core/problems.js';
import { acceptedFormat, FORMAT_NAMES, type Format, isFormat } from '../exports/format.rules.js';

/** A list that is wanted as a file. */
export interface WantedFile {
  format: Format;
  /** Rows, from the first, that whoever asks has already. */
  skip: number;
  /** Whether it is of one page, because the address has a limit; the Link header leads to the next. */
  onePage: boolean;
  /** Whether the address says so; a header asks for what it would like best, and takes what there is. */
  insists: boolean;
}

interface AskedRequest extends FastifyRequest {
  asked?: { format: unknown; skip: unknown; onePage: boolean };
}

/**
 * Takes `format` and `skip` out of the queries of the API before a handler is asked: every list can be had as a file,
 * and none has to know of it.
 */
export function readWantedFiles(server: FastifyInstance): void {
  server.addHook('onRequest', async (request: AskedRequest) => {
    if (!request.url.startsWith('/v1/')) return;
    const { format, skip, ...rest } = request.query as Record<string, unknown>;
    request.asked = { format, skip, onePage: 'limit' in rest };
    request.query = rest;
  });
}

/** The file that a request wants; null where it wants JSON. @throws Problem 400 where its address asks for no such file */
export function wantedFile(request: AskedRequest): WantedFile | null {
  const { format, skip, onePage = false } = request.asked ?? {};
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (format === undefined && skip === undefined) return null;
    throw refusal(format === undefined ? 'skip' : 'format', 'is for lists, which are read by GET');
  }
  if (format === undefined) {
    if (skip !== undefined) throw refusal('skip', 'goes with a format');
    const accepted = acceptedFormat(request.headers.accept);
    return accepted && { format: accepted, skip: 0, onePage, insists: false };
  }
  if (!isFormat(format)) throw refusal('format', `must be one of: ${FORMAT_NAMES.join(', ')}`);
  if (skip === undefined) return { format, skip: 0, onePage, insists: true };
  if (typeof skip !== 'string' || !/^\d{1,12}$/.test(skip))
    throw refusal('skip', 'must be how many rows you have already');
  return { format, skip: Number(skip), onePage, insists: true };
}

/** @throws Problem 400 naming a parameter and what is wrong with it */
export function refusal(name: string, what: string): Error {
  const message = `${name} ${what}.`;
  return malformed('invalid', message, [{ code: 'invalid', message, pointer: name }]);
}

/** The text file that is wanted of the whole list, for one that the database can write by itself; null otherwise. */
export const Wanted = createParamDecorator((_: unknown, context: ExecutionContext): WantedFile | null => {
  const wanted = wantedFile(context.switchToHttp().getRequest<FastifyRequest>());
  return wanted === null || wanted.onePage || wanted.format === 'xlsx' ? null : wanted;
});
