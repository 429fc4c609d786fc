import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Observable } from 'rxjs';
import { Clock } from '../config/clock.js';
import { endOfMinute, instantAsked } from '../core/as-at.js';
import { londonDay } from '../core/calendar.js';
import { malformed } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { type ActingRequest, AS_AT, AS_AT_TIME, SERVES_PAGES } from './access.js';

/** Answers a GET that asks for a past moment, by `?asAt=`, from then. */
@Injectable()
export class AsAtInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 for what is no moment, or one still to come */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const query = request.query as Record<string, unknown>;
    if (query[AS_AT] === undefined) return next.handle();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw refusal('unknown-field', 'Nothing is done in the past: only a GET takes asAt.');
    const asked = askedIn(query);
    // Handlers do not know of it.
    delete query[AS_AT];
    delete query[AS_AT_TIME];
    if (asked === '') return next.handle();
    const past = await this.scope.pastAt(this.instantOf(asked));
    request.past = { ...past, asked: String(asked) };
    // Whoever looks at a page of the past can do nothing there.
    if (request.actor && this.reflector.get<boolean | undefined>(SERVES_PAGES, context.getClass()))
      request.actor = { ...request.actor, onlyLooks: true };
    return new Observable((subscriber) => this.clock.asAt(past, () => next.handle().subscribe(subscriber)));
  }

  private instantOf(asked: unknown): string | null {
    const instant = typeof asked === 'string' ? instantAsked(asked, londonDay(this.clock.now())) : undefined;
    if (instant !== undefined) return instant;
    throw refusal(
      'as-at-unreadable',
      'asAt must be a moment, such as 2018-03-31T00:00:00Z, or a day, such as 2018-03-31, which is taken at its end in London.',
    );
  }
}

/** What an address asks for: a moment, a day, or the day and time of the form that stands on pages. */
function askedIn(query: Record<string, unknown>): unknown {
  const { [AS_AT]: day, [AS_AT_TIME]: time } = query;
  if (typeof day !== 'string' || typeof time !== 'string' || time === '') return day;
  return endOfMinute(day, time) ?? `${day}T${time}`;
}

const refusal = (code: string, message: string): Error =>
  malformed(code, message, [{ code, message, pointer: AS_AT }]);
