import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Fault, ProblemDetails } from '../../core/problems.js';
import type { ActingRequest } from '../../http/access.js';
import { describeProblem, ProblemFilter } from '../../http/problem.filter.js';
import type { Filling } from './filling.js';
import type { Typed } from './form.js';
import { PageAnswers } from './page.answers.js';
import type { Link, Page } from './page.js';
import { PageAgain } from './page-again.js';

/** What a form can be mended for: its page is shown again, with what was typed and what is wrong. */
const MENDABLE = [400, 409, 412, 413, 415, 422, 428, 429, 503];

/** Answers refusals and faults with pages. */
@Catch()
export class PageFilter implements ExceptionFilter {
  private readonly plain = new ProblemFilter();

  constructor(
    private readonly answers: PageAnswers,
    private readonly pages: PageAgain,
  ) {}

  /** Never fails itself: nobody would catch it. */
  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    try {
      await this.answer(thrown, host);
    } catch (error) {
      this.plain.catch(error, host);
    }
  }

  private async answer(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<ActingRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const details = describeProblem(thrown, request);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (details.status === 401) {
      signIn(request, reply);
      return;
    }
    if (details.status === 503) reply.header('Retry-After', '5');
    const html = await this.again(details, request, reply);
    if (html === undefined) this.show(details, request, reply);
    else reply.send(html);
  }

  private async again(
    details: ProblemDetails,
    request: ActingRequest,
    reply: FastifyReply,
  ): Promise<string | undefined> {
    if (request.method !== 'POST' || !MENDABLE.includes(details.status)) return undefined;
    const typed = (request.body ?? {}) as Typed;
    return this.pages.html(
      typed._page,
      fillingOf(inPageWords(details), typed),
      request,
      reply,
      details.status,
    );
  }

  /** A page that says what is wrong, for what is no form's fault. */
  show(details: ProblemDetails, request: ActingRequest, reply: FastifyReply): void {
    reply.send(this.answers.page(errorPage(details, String(request.id)), request, reply));
  }
}

function fillingOf({ title, detail, errors, blockers }: ProblemDetails, typed: Typed): Filling {
  const faults: Fault[] = [
    ...(errors ?? []).map((fault) => ({ ...fault, message: placed(fault) })),
    ...(blockers ?? []).map(({ code, message, pointer = '' }) => ({ code, message, pointer })),
  ];
  return { typed, title: errors ? 'There is a problem' : title, detail, faults };
}

/** What is wrong, and where in the file it is where a file was read. */
const placed = ({ message, line, column }: Fault): string =>
  line === undefined
    ? message
    : `Line ${line}${column === undefined ? '' : `, column ${column}`}: ${message}`;

function signIn(request: ActingRequest, reply: FastifyReply): void {
  const wanted = request.method === 'GET' ? request.url : (request.heldForm ?? '/');
  reply
    .status(303)
    .header('Location', `/sign-in?returnTo=${encodeURIComponent(wanted)}`)
    .send();
}

const TITLES: Record<number, string> = {
  403: 'You cannot do this',
  404: 'Page not found',
  500: 'Sorry, there is a problem with the service',
  503: 'Sorry, the service is not available',
};

const WAYS_ON: Record<number, Link[]> = {
  403: [{ text: 'Go to your tasks', href: '/tasks' }],
  404: [{ text: 'Go to the start', href: '/' }],
};

/** What a refusal says to a person: neither the names of permissions nor the list of addresses, which are for programs. */
function paragraphsOf(status: number, detail: string): string[] {
  if (status === 404)
    return [
      detail.replace(/ \/docs lists .*$/, ''),
      'If you typed the address, check it. If you followed a link, what it led to may have moved.',
    ];
  if (status === 403 && detail.startsWith('This needs the permission '))
    return ['Your role does not allow it. Ask somebody whose role does.'];
  return [detail];
}

/** The page of a refusal or a fault. */
export function errorPage({ status, title, detail, errors, blockers }: ProblemDetails, id: string): Page {
  return {
    view: 'page/error.njk',
    title: TITLES[status] ?? title,
    status,
    model: {
      paragraphs: paragraphsOf(status, detail),
      reasons: [...(errors ?? []), ...(blockers ?? [])].map(({ message }) => message),
      links: WAYS_ON[status] ?? [],
      reference: status >= 500 ? id : null,
    },
  };
}

/** What is said otherwise to whoever has a page open than to a program that reads and sends ETags. */
function inPageWords(details: ProblemDetails): ProblemDetails {
  return details.status === 412
    ? {
        ...details,
        detail:
          'What they saved is on this page now. What you typed is still in its fields, and is not saved: look at both, then save it again.',
      }
    : details;
}
