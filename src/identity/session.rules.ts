import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** How long a token lasts before the session is given another, in milliseconds. */
export const ROTATE_AFTER_MS = 3_600_000;
/** How long the token before is taken, for requests that were under way when it changed, in milliseconds. */
export const FORMER_TOKEN_MS = 60_000;
/** How long a sign-in that was begun can be finished, in milliseconds. */
export const ATTEMPT_MS = 600_000;

/** The instants on which it depends whether a session holds. */
export interface SessionTimes {
  /** When it was last used, to the minute. */
  seenAt: Date;
  /** When its token was last changed. */
  rotatedAt: Date;
  /** When it is over, used or not. */
  expiresAt: Date;
}

/** How a sign-in can end. */
export type SignInEnd = 'signed-out' | 'idle' | 'expired' | 'replaced' | 'erased';

/** A new token or secret: 256 random bits in 43 characters. It is never stored, and never logged. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. A text that has not the form of a token has no hash. */
export function tokenHash(token: string | undefined): string | undefined {
  return token !== undefined && TOKEN.test(token)
    ? createHash('sha256').update(token).digest('hex')
    : undefined;
}

/**
 * When and why a session ended by itself, where it has at an instant: whichever came first, nobody using it or its
 * longest time.
 * @param idleMs how long nobody may use it, in milliseconds
 */
export function endOf(
  { seenAt, expiresAt }: Pick<SessionTimes, 'seenAt' | 'expiresAt'>,
  idleMs: number,
  at: Date,
): { because: 'idle' | 'expired'; endedAt: Date } | undefined {
  const idleAt = new Date(seenAt.getTime() + idleMs);
  const end =
    idleAt < expiresAt
      ? { because: 'idle' as const, endedAt: idleAt }
      : { because: 'expired' as const, endedAt: expiresAt };
  return end.endedAt <= at ? end : undefined;
}

/** Whether the session is due another token. */
export function mustRotate({ rotatedAt }: Pick<SessionTimes, 'rotatedAt'>, at: Date): boolean {
  return at.getTime() - rotatedAt.getTime() >= ROTATE_AFTER_MS;
}

/** Whether the token before still counts. */
export function formerTokenCounts({ rotatedAt }: Pick<SessionTimes, 'rotatedAt'>, at: Date): boolean {
  return at.getTime() - rotatedAt.getTime() < FORMER_TOKEN_MS;
}

/** Whether it must be written down that the session is in use: once a minute, or ten times in its idle time. */
export function mustTouch({ seenAt }: Pick<SessionTimes, 'seenAt'>, idleMs: number, at: Date): boolean {
  return at.getTime() - seenAt.getTime() >= Math.min(60_000, idleMs / 10);
}
