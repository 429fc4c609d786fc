import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = '__Host-exemplar-notice';
const LONGEST = 500;

/** Keeps words for the next page that is shown: what was done. */
export function leaveNotice(reply: FastifyReply, words: string): void {
  reply.setCookie(COOKIE, Buffer.from(words.slice(0, LONGEST)).toString('base64url'), {
    ...{ path: '/', secure: true, httpOnly: true, sameSite: 'lax', maxAge: 60 },
  });
}

/** The words that were kept, this once. */
export function takeNotice(request: FastifyRequest, reply: FastifyReply): string | null {
  const kept = request.cookies[COOKIE];
  if (!kept) return null;
  reply.clearCookie(COOKIE, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
  return Buffer.from(kept, 'base64url').toString('utf8').slice(0, LONGEST) || null;
}
