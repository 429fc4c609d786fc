import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Fault, malformed } from '../core/problems.js';
import { AS_AT, SERVES_PAGES } from './access.js';

/** Where Nest keeps what a handler takes: by kind and place, as in `4:1`; a decorator of ours has a random name there. */
const TAKEN = '__routeArguments__';
const BODY = '3';
const QUERY = '4';

/** Refuses what no handler would read: nobody is to believe that a field or a parameter did something. */
@Injectable()
export class UnreadInputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // A page's address may say more than it needs, and its form carries what protects it.
    if (Reflect.getMetadata(SERVES_PAGES, context.getClass())) return true;
    const { method, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const takes = taken(context);
    const stray = [
      ...(takes.has(QUERY)
        ? []
        : namesOf(query)
            .filter((name) => !(name === AS_AT && (method === 'GET' || method === 'HEAD')))
            .map((name) => fault(name, name))),
      ...(takes.has(BODY) ? [] : namesOf(body).map((name) => fault(name, `/${name}`))),
    ];
    if (stray.length > 0)
      throw malformed('invalid', 'This takes no such field or parameter; nothing was stored.', stray);
    return true;
  }
}

function taken(context: ExecutionContext): Set<string | undefined> {
  const declared: object = Reflect.getMetadata(TAKEN, context.getClass(), context.getHandler().name) ?? {};
  return new Set(Object.keys(declared).map((key) => key.split(':')[0]));
}

function namesOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? Object.keys(value) : [''];
}

function fault(name: string, pointer: string): Fault {
  return { code: 'unknown-field', message: `${name || 'The body'} is not a field of this.`, pointer };
}
