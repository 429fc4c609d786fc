import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Actor, requirePermission } from '../core/actor.js';
import { asker } from '../exports/list-source.js';
import { Authentication } from '../identity/authentication.js';
import { ACCESS, type Access, type ActingRequest, SERVES_PAGES } from './access.js';
import { claimOf } from './idempotency.js';
import { PageAccess } from './page-access.js';

/** Lets a request through to its handler when it may come in, with its actor. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    private readonly pages: PageAccess,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<ActingRequest>();
    if (this.reflector.get<boolean | undefined>(SERVES_PAGES, context.getClass()))
      await this.pages.admit(request, context.switchToHttp().getResponse(), access === 'public');
    else if (access === 'public') return true;
    else request.actor = await this.byKey(request);
    if (access === 'public') return true;
    if (access === undefined) throw new Error(`${request.method} ${request.url} declares no access`);
    if (access !== 'anybody' && request.actor) requirePermission(request.actor, access);
    return true;
  }

  /** @throws Problem 401 without a key that holds; 400 where a POST has no Idempotency-Key */
  private async byKey(request: ActingRequest): Promise<Actor> {
    const inside = asker();
    if (inside) return { ...inside, requestId: String(request.id) };
    const actor = await this.authentication.actorOf(request.headers.authorization, String(request.id));
    if (request.method !== 'POST') return actor;
    return { ...actor, idempotency: claimOf(request.headers['idempotency-key'], request) };
  }
}
