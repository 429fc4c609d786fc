import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Answers that are one thing with a revision carry it as their ETag. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        const revision = (answer as { revision?: unknown } | null | undefined)?.revision;
        if (typeof revision === 'number' && !reply.sent) reply.header('ETag', `"${revision}"`);
        return answer;
      }),
    );
  }
}
