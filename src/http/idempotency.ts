import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { IdempotencyClaim } from '../core/actor.js';
import { malformed } from '../core/problems.js';
import { textFault } from '../core/text.js';

const KEY = /^[\x21-\x7e]{8,255}$/;

/**
 * A POST is carried out once per key: the key, and a hash of what it asks.
 * @param key as it was sent
 * @throws Problem 400 where it is missing or none
 */
export function claimOf(key: unknown, request: FastifyRequest): IdempotencyClaim {
  if (key === undefined)
    throw malformed(
      'idempotency-key-missing',
      'Send an Idempotency-Key header, a new one for each new thing that you do, so that sending it again cannot do it twice.',
      [
        {
          code: 'idempotency-key-missing',
          message: 'Any text of 8 to 255 visible characters, such as a UUID.',
          pointer: 'Idempotency-Key',
        },
      ],
    );
  if (typeof key !== 'string' || !KEY.test(key))
    throw malformed(
      'idempotency-key-unreadable',
      'An Idempotency-Key is 8 to 255 visible ASCII characters.',
      [{ code: 'idempotency-key-unreadable', message: 'Use a UUID.', pointer: 'Idempotency-Key' }],
    );
  const fault = textFault(key, 'Idempotency-Key');
  if (fault) throw malformed(fault.code, fault.message, [fault]);
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`);
  hash.update(typeof request.body === 'string' ? request.body : JSON.stringify(request.body ?? null));
  return { key, fingerprint: hash.digest('hex') };
}
