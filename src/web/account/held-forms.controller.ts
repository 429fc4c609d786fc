import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { By, SignedIn } from '../../http/access.js';
import { HeldForms } from '../../identity/held-forms.service.js';
import type { Typed } from '../page/form.js';
import { PageAgain } from '../page/page-again.js';
import { Pages } from '../page/pages.js';

const SIGNED_OUT = {
  title: 'You were signed out before this was saved',
  detail: 'What you typed is below. Check it, and save it now.',
  faults: [],
};

/** What was typed when a session had ended: its page is shown again with all of it, and nothing of it is saved yet. */
@SignedIn()
@Pages('held-forms')
export class HeldFormsController {
  constructor(
    private readonly held: HeldForms,
    private readonly pages: PageAgain,
  ) {}

  @Get(':id')
  async show(
    @By() actor: Actor,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const form = await this.held.of(actor.id, id);
    const filling = { ...SIGNED_OUT, typed: (form?.body ?? {}) as Typed };
    const html = form && (await this.pages.html(form.path, filling, request, reply, 200));
    if (html === undefined) throw notFound('form');
    return html;
  }
}
