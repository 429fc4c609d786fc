import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type IdempotencyClaim, requirePermission } from '../core/actor.js';
import { malformed } from '../core/problems.js';
import { textFault } from '../core/text.js';
import { Authentication } from '../identity/authentication.js';
import { ACCESS, type Access, type ActingRequest } from './access.js';

const KEY = /^[\x21-\x7e]{8,255}$/;

/** Lets a request through to its handler when it may come in, with its actor. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const actor = await this.authentication.actorOf(request.headers.authorization, String(request.id));
    if (access === undefined) throw new Error(`${request.method} ${request.url} declares no access`);
    if (access !== 'anybody') requirePermission(actor, access);
    request.actor = request.method === 'POST' ? { ...actor, idempotency: claimOf(request) } : actor;
    return true;
  }
}

/** A POST is carried out once per key: the key, and a hash of what it asks. */
function claimOf(request: ActingRequest): IdempotencyClaim {
  const key = request.headers['idempotency-key'];
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
