import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type ProblemDetails, titleOf } from '../core/problems.js';
import { toProblem } from '../database/constraints.js';

/** What the framework's own refusals are called here, and how they read. */
const FRAMEWORK: Record<string, { status: number; code: string; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body-too-large',
    detail: 'The body is larger than this route takes. A JSON body may have 256 kB.',
  },
  FST_REQ_FILE_TOO_LARGE: {
    status: 413,
    code: 'file-too-large',
    detail: 'The file is larger than may be uploaded.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported-media-type',
    detail: 'Send the body as the type that /docs names for this address, with that Content-Type.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'body-missing', detail: 'This needs a JSON body.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'json-unreadable', detail: 'The body is not JSON.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'content-length',
    detail: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    status: 400,
    code: 'url-unreadable',
    detail: 'The address holds an escape that cannot be read.',
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    status: 414,
    code: 'url-too-long',
    detail: 'A part of the address is longer than any name or id here.',
  },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    status: 415,
    code: 'unsupported-media-type',
    detail: 'Send the file as multipart/form-data.',
  },
};

const BY_STATUS: Record<number, { code: string; detail: string }> = {
  400: { code: 'malformed', detail: 'The request cannot be read.' },
  404: {
    code: 'not-found',
    detail: 'There is nothing at this address. /docs lists the addresses that there are.',
  },
  405: { code: 'method-not-allowed', detail: 'This address does not take this method.' },
  413: { code: 'body-too-large', detail: 'The body is larger than this route takes.' },
  415: {
    code: 'unsupported-media-type',
    detail: 'Send the body as the type that /docs names for this address, with that Content-Type.',
  },
  429: {
    code: 'too-many-requests',
    detail: 'You have made too many requests. Wait as long as Retry-After says.',
  },
};

/** Answers every refusal and every fault as application/problem+json; a fault of ours says nothing of its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    this.answer(thrown, request, reply);
  }

  /** For what the framework refuses before there is a handler: an address that it cannot read, or that is too long. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const details = describeProblem(thrown, request);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (details.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="exemplar"');
    if (details.status === 503) reply.header('Retry-After', '5');
    const { code, blockers, errors, ...rest } = details;
    reply
      .status(details.status)
      .header('Content-Type', 'application/problem+json; charset=utf-8')
      .send(
        JSON.stringify({
          type: `urn:exemplar:problem:${code}`,
          ...rest,
          code,
          instance: `urn:request:${request.id}`,
          ...(blockers ? { blockers } : {}),
          ...(errors ? { errors } : {}),
        }),
      );
  }
}

const logger = new Logger('Http');

/** What a refusal or a fault says to whoever asked; a fault of ours is logged, and says nothing of its cause. */
export function describeProblem(thrown: unknown, request: FastifyRequest): ProblemDetails {
  const error = toProblem(thrown);
  if (error instanceof Problem) return error.details;
  const known = FRAMEWORK[(error as { code?: string }).code ?? ''];
  if (known) return { title: titleOf(known.status), ...known };
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : Number((error as { statusCode?: number }).statusCode);
  const meaning = BY_STATUS[status];
  if (meaning) return { status, title: titleOf(status), ...meaning };
  if (status >= 400 && status < 500)
    return { status, title: titleOf(status), code: 'refused', detail: 'The request was refused.' };
  logger.error(
    `${request.method} ${request.routeOptions?.url ?? 'unknown route'} failed [${request.id}]`,
    (error as Error)?.stack,
  );
  return {
    status: 500,
    code: 'internal',
    title: titleOf(500),
    detail: `Something went wrong here, and nothing was changed. Quote the request id ${request.id} when you ask about it.`,
  };
}
