import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable, of } from 'rxjs';
import { malformed } from '../../core/problems.js';
import { AS_AT, asAtOf } from './carried-date.js';
import { notYetPage, PageAnswers } from './page.answers.js';
import { isOnward, isPage } from './page.js';

/** Turns what handlers answer into what a browser shows. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly answers: PageAnswers) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const on = request.method === 'GET' ? asAtOf(request.query) : null;
    if (on === undefined)
      throw malformed('not-a-day', 'The date in the address is no day. Write it as 2018-03-31.', [
        { code: 'not-a-day', message: 'Write the date as 2018-03-31.', pointer: AS_AT },
      ]);
    if (on !== null) return of(this.answers.page(notYetPage(request), request, reply));
    return next.handle().pipe(map((answer) => this.answered(answer, request, reply)));
  }

  private answered(answer: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    if (isPage(answer)) return this.answers.page(answer, request, reply);
    if (isOnward(answer)) return this.answers.onward(answer, reply);
    return answer;
  }
}
