import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { PageAnswers } from './page.answers.js';
import { isOnward, isPage } from './page.js';

/** Turns what handlers answer into what a browser shows. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly answers: PageAnswers) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer) => this.answered(answer, request, reply)));
  }

  private answered(answer: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    if (isPage(answer)) return this.answers.page(answer, request, reply);
    if (isOnward(answer)) return this.answers.onward(answer, request, reply);
    return answer;
  }
}
