import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Past } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import type { Permission } from '../core/permissions.js';
import { malformed } from '../core/problems.js';

/** What a route asks of its caller. A route that declares nothing is refused, and a test fails on it. */
export const ACCESS = 'exemplar:access';
export type Access = 'public' | 'anybody' | Permission;

/** Anybody, without a key. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** Anybody with a key. */
export const SignedIn = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, 'anybody' satisfies Access);

/** Whoever's role carries this permission. */
export const Needs = (permission: Permission): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, permission);

/** Marks what answers pages to people who signed in, and not programs with keys. */
export const SERVES_PAGES = 'exemplar:serves-pages';
export const ServesPages = (): ClassDecorator => SetMetadata(SERVES_PAGES, true);

/** The parameter of an address that asks for it as at a past moment. */
export const AS_AT = 'asAt';
/** On a page: the time of the day that is asked for, as 14:05. */
export const AS_AT_TIME = 'asAtTime';

export interface ActingRequest extends FastifyRequest {
  actor?: Actor;
  /** The past moment that it is answered from, and how that was asked for. */
  past?: Past & { asked: string };
  /** Of a page: the origin (RFC 6454) that its forms are sent from. */
  ownOrigin?: string;
  /** Of a page: the session that it is shown in. */
  session?: { csrfSecret: string };
  /** Records what an auditor is about to be answered, with its status. */
  noteRead?: (status: number) => Promise<void>;
  /** Of a form that was sent after its session had ended: where it is kept. */
  heldForm?: string;
}

/** Who makes the request. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new Error('A public route has no actor');
  return actor;
});

/** The revision in `If-Match`: null where it was not sent. @throws Problem 400 where it is no ETag of ours */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | null => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) return null;
  const match = /^"(\d{1,9})"$/.exec(header);
  if (!match)
    throw malformed(
      'if-match-unreadable',
      'If-Match must be the ETag that you read, such as "3", with its quotes.',
      [{ code: 'if-match-unreadable', message: 'Not an ETag that this API gave.', pointer: 'If-Match' }],
    );
  return Number(match[1]);
});
