import type { Blocker } from './blockers.js';

/** One fault in what was sent: a code for programs, a place, and words for people. */
export interface Fault {
  code: string;
  message: string;
  /** JSON Pointer (RFC 6901) into the request body, or the name of a header or query parameter. */
  pointer: string;
  /** For text that was uploaded as a file: its name and where in it, both counted from 1. */
  file?: string;
  line?: number;
  column?: number;
}

export interface ProblemDetails {
  status: number;
  code: string;
  title: string;
  detail: string;
  blockers?: Blocker[];
  errors?: Fault[];
}

/**
 * An answer that is not a success, as RFC 9457 describes it. Whatever throws one means the caller to read it:
 * it says what is wrong, where, and what to do.
 */
export class Problem extends Error {
  constructor(
    readonly details: ProblemDetails,
    options?: ErrorOptions,
  ) {
    super(details.detail, options);
    this.name = 'Problem';
  }

  get status(): number {
    return this.details.status;
  }

  get code(): string {
    return this.details.code;
  }
}

const TITLES: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'You may not do this',
  404: 'Not found',
  408: 'The request took too long',
  409: 'This cannot be done now',
  410: 'No longer here',
  412: 'Somebody changed this in the meantime',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Unsupported media type',
  416: 'There is no such part of it',
  422: 'The request cannot be carried out',
  428: 'Say which version you are changing',
  429: 'Too many requests',
  431: 'The headers are too large',
  500: 'Something went wrong here',
  503: 'Not available at the moment',
};

/** The title that goes with an HTTP status. */
export function titleOf(status: number): string {
  return TITLES[status] ?? 'The request failed';
}

function problem(status: number, code: string, detail: string, more: Partial<ProblemDetails> = {}): Problem {
  return new Problem({ status, code, title: titleOf(status), detail, ...more });
}

/** 400: the request itself is malformed; `errors` names each place. */
export function malformed(code: string, detail: string, errors: Fault[] = []): Problem {
  return problem(400, code, detail, errors.length > 0 ? { errors } : {});
}

/** 401: no credentials, or none that hold. */
export function unauthenticated(detail: string): Problem {
  return problem(401, 'unauthenticated', detail);
}

/** 403: the caller is known and may not do this. */
export function forbidden(detail: string, code = 'forbidden'): Problem {
  return problem(403, code, detail);
}

/** 404: there is none, or none that the caller may see; the two are not told apart. */
export function notFound(what: string): Problem {
  return problem(404, 'not-found', `There is no ${what} here, or it is not yours to see.`);
}

/** 409: the thing is not in a state for this; each blocker says why and what would clear it. */
export function blocked(detail: string, reasons: Blocker[], code = 'blocked'): Problem {
  return problem(409, code, detail, { blockers: reasons });
}

/** 409 with all blockers where there is any; nothing where there is none. */
export function refuseIfBlocked(detail: string, reasons: Blocker[]): void {
  if (reasons.length > 0) throw blocked(detail, reasons);
}

/** 410: it was here, and is not any more. */
export function gone(code: string, detail: string): Problem {
  return problem(410, code, detail);
}

/** 412: `If-Match` names a version that is no longer the current one. */
export function stale(what: string): Problem {
  return problem(
    412,
    'stale',
    `The ${what} was changed since you read it. Read it again, look at what changed, and send your change with the new ETag.`,
  );
}

/** 415: the body is of a type, or in characters, that this does not read. */
export function unsupportedMediaType(detail: string): Problem {
  return problem(415, 'unsupported-media-type', detail);
}

/** 422: well-formed, and still not possible; `errors` names each place. */
export function unprocessable(code: string, detail: string, errors: Fault[] = []): Problem {
  return problem(422, code, detail, errors.length > 0 ? { errors } : {});
}

/** 428: a change of an existing thing without `If-Match`. */
export function preconditionRequired(): Problem {
  return problem(
    428,
    'if-match-missing',
    'Send the ETag that you read in the If-Match header, so that nobody overwrites what somebody else changed.',
  );
}

/** 503: try again after `retryAfterSeconds`. */
export function unavailable(detail: string): Problem {
  return problem(503, 'unavailable', detail);
}
