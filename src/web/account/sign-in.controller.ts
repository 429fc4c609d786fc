import { Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ActingRequest, Public } from '../../http/access.js';
import { forgetSession, keepSession, refuseForeignForm, SESSION_COOKIE } from '../../http/page-access.js';
import { BaseAddress } from '../../identity/base-address.js';
import { BuiltInProvider } from '../../identity/built-in-provider.js';
import { SignInService } from '../../identity/sign-in.service.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { peoplePage } from './people.page.js';

const ATTEMPT_COOKIE = '__Host-exemplar-sign-in';
const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;
const ATTEMPT_SECONDS = 600;

/** Signing in, as whoever the identity provider says, and signing out. */
@Public()
@Pages()
export class SignInController {
  constructor(
    private readonly service: SignInService,
    private readonly builtIn: BuiltInProvider,
    private readonly base: BaseAddress,
  ) {}

  /** Cookies belong to one address, so a sign-in begins at the one that the identity provider comes back to. */
  @Get('sign-in')
  async begin(
    @Query('returnTo') returnTo: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Onward> {
    const elsewhere = this.base.elsewhere(request.host);
    if (elsewhere) return onward(`${elsewhere}${request.url}`);
    const { address, attemptToken } = await this.service.begin(returnTo, String(request.id));
    reply.setCookie(ATTEMPT_COOKIE, attemptToken, { ...COOKIE, maxAge: ATTEMPT_SECONDS });
    return onward(address);
  }

  @Get('sign-in/callback')
  async finish(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Onward> {
    const { sessionToken, returnTo } = await this.service.finish({
      currentUrl: request.url,
      attemptToken: request.cookies[ATTEMPT_COOKIE],
      formerToken: request.cookies[SESSION_COOKIE],
      requestId: String(request.id),
    });
    reply.clearCookie(ATTEMPT_COOKIE, COOKIE);
    keepSession(reply, sessionToken);
    return onward(returnTo === '/' ? '/tasks' : returnTo);
  }

  @Get('sign-in/people/:uid')
  async people(
    @Param('uid') uid: string,
    @Req() { raw }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page> {
    return peoplePage(uid, await this.builtIn.people(raw, reply.raw));
  }

  @Post('sign-in/people/:uid')
  async choose(
    @Sent() form: Form,
    @Req() { raw }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Onward> {
    return onward(await this.builtIn.finish(raw, reply.raw, form.raw('person')));
  }

  @Post('sign-out')
  async signOut(
    @Sent() form: Form,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Onward> {
    if (request.session) refuseForeignForm(request, request.session.csrfSecret, form.raw('_csrf'));
    const address = await this.service.signOut(request.cookies[SESSION_COOKIE], String(request.id));
    forgetSession(reply);
    return onward(address, 'You have signed out.');
  }
}
