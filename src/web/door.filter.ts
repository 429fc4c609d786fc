import { type ArgumentsHost, Catch, type ExceptionFilter, type INestApplication } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ActingRequest } from '../http/access.js';
import { PageAccess } from '../http/page-access.js';
import { describeProblem, type ProblemFilter } from '../http/problem.filter.js';
import { PageFilter } from './page/page.filter.js';

const FOR_PROGRAMS = /^\/(v1|docs|openapi\.json|health|oidc|assets|csp-reports)(\/|\?|$)/;

/** What no controller answers: a page where a browser asks for one, and a problem otherwise. */
@Catch()
export class DoorFilter implements ExceptionFilter {
  constructor(
    private readonly problems: ProblemFilter,
    private readonly app: Pick<INestApplication, 'get'>,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<ActingRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const forBrowser = request.headers.accept?.includes('text/html') && !FOR_PROGRAMS.test(request.url);
    if (!forBrowser || reply.sent || reply.raw.headersSent) {
      this.problems.catch(thrown, host);
      return;
    }
    try {
      // Who is signed in stays so in the page's header.
      await this.app.get(PageAccess, { strict: false }).admit(request, reply, true);
      this.app.get(PageFilter, { strict: false }).show(describeProblem(thrown, request), request, reply);
    } catch {
      this.problems.catch(thrown, host);
    }
  }
}
