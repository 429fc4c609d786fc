import { createHash, randomBytes } from 'node:crypto';
import { type Blocker, blockers } from '../core/blockers.js';

const FORM = /^exm_[A-Za-z0-9_-]{43}$/;
/** A key lasts a year at most, so that a forgotten one ends. */
export const LONGEST_DAYS = 366;

/** A new secret: `exm_` and 256 random bits. It is shown once and never stored. */
export function newSecret(): string {
  return `exm_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a secret. A text that has not the form of a key has no hash. */
export function hashOf(secret: string): string | undefined {
  return FORM.test(secret) ? createHash('sha256').update(secret).digest('hex') : undefined;
}

/** The secret in an `Authorization` header: `Bearer exm_…`. */
export function secretIn(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/** Why a key would not work at an instant. */
export function keyBlockers(key: { expiresAt: Date; revokedAt: Date | null }, at: Date): Blocker[] {
  return blockers(
    key.revokedAt !== null && {
      code: 'key-revoked',
      message: 'This key was revoked. Ask an administrator for a new one.',
    },
    key.expiresAt <= at && {
      code: 'key-expired',
      message: 'This key has expired. Ask an administrator for a new one.',
    },
  );
}
