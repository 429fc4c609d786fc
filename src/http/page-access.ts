import Tokens from '@fastify/csrf';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '../config/config.js';
import { forbidden, malformed, unauthenticated } from '../core/problems.js';
import { textFaults } from '../core/text.js';
import { HeldForms } from '../identity/held-forms.service.js';
import { type SessionAnswer, Sessions } from '../identity/sessions.js';
import type { ActingRequest } from './access.js';
import { claimOf } from './idempotency.js';

/** The cookie that a session goes by. The prefix lets no other host set it, and no unsafe connection carry it. */
export const SESSION_COOKIE = '__Host-exemplar';
const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

/** Fields that protect a form, and are no part of what was typed. */
const PROTECTION = ['_csrf', '_key'];

const tokens = Tokens();

/** What a form of a session carries, so that no other site can send it. */
export function formToken(csrfSecret: string): string {
  return tokens.create(csrfSecret);
}

/** Keeps a session's token in the browser, for as long as the browser is open. */
export function keepSession(reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, COOKIE);
}

/** Forgets the session in the browser. */
export function forgetSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, COOKIE);
}

/** @throws Problem 403 where a form did not come from a page of this session */
export function refuseForeignForm(request: ActingRequest, csrfSecret: string, token: unknown): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const own = site === undefined ? [undefined, request.ownOrigin].includes(origin) : site === 'same-origin';
  if (own && typeof token === 'string' && tokens.verify(csrfSecret, token)) return;
  throw forbidden(
    'This form did not come from a page that you have open here, so nothing was done. Open the page again, and send it from there.',
    'foreign-form',
  );
}

/** Lets people through to their pages. */
@Injectable()
export class PageAccess {
  constructor(
    private readonly sessions: Sessions,
    private readonly held: HeldForms,
    private readonly config: Config,
  ) {}

  /**
   * Notes who asks, and in which session. A form that comes after its session had ended is kept until they are back.
   * @param open whether the page is public: what it takes is not looked at
   * @throws Problem 401 where the page needs somebody; 403 where the form is another site's; 400 where a text in it may
   * not be taken
   */
  async admit(request: ActingRequest, reply: FastifyReply, open: boolean): Promise<void> {
    request.ownOrigin = this.config.signIn.publicUrl ?? `http://${request.host}`;
    const answer = await this.sessions.actorOf(request.cookies[SESSION_COOKIE], String(request.id));
    if (answer.state === 'signed-in') {
      const { actor, session } = answer;
      if (session.rotatedToken) keepSession(reply, session.rotatedToken);
      request.session = session;
      request.actor = actor;
      if (request.method === 'POST' && !open) this.refuseBadForm(request, session.csrfSecret);
      return;
    }
    if (open) return;
    if (request.method === 'POST' && answer.state === 'expired') await this.hold(request, answer);
    throw unauthenticated('Sign in to see this page.');
  }

  private refuseBadForm(request: ActingRequest, csrfSecret: string): void {
    // The fields of an upload come with its file: what takes the file looks at them.
    if (request.isMultipart()) return;
    const body = (request.body ?? {}) as Record<string, unknown>;
    refuseForeignForm(request, csrfSecret, body._csrf);
    // A field's name is the pointer of what it sets, so its slashes are no part of a name.
    const faults = textFaults(body).map((fault) => ({
      ...fault,
      pointer: fault.pointer.replaceAll('~1', '/'),
    }));
    if (faults.length > 0) throw malformed(faults[0]?.code ?? 'text', 'Nothing was saved.', faults);
    if (request.actor) request.actor = { ...request.actor, idempotency: claimOf(body._key, request) };
  }

  private async hold(
    request: ActingRequest,
    { personId, csrfSecret }: Extract<SessionAnswer, { state: 'expired' }>,
  ): Promise<void> {
    if (request.isMultipart()) return;
    const body = (request.body ?? {}) as Record<string, unknown>;
    refuseForeignForm(request, csrfSecret, body._csrf);
    const typed = Object.fromEntries(Object.entries(body).filter(([name]) => !PROTECTION.includes(name)));
    const page = typeof body._page === 'string' ? body._page : '/';
    const id = await this.held.hold(personId, page, typed, String(request.id));
    if (id) request.heldForm = `/held-forms/${id}`;
  }
}
