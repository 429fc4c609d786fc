import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../config/clock.js';
import { Config } from '../../config/config.js';
import { may } from '../../core/actor.js';
import { londonDay } from '../../core/calendar.js';
import { notFound } from '../../core/problems.js';
import { type ActingRequest, AS_AT, AS_AT_TIME } from '../../http/access.js';
import { formToken } from '../../http/page-access.js';
import { addressAsAt, momentInWords } from './carried-date.js';
import { fillings } from './filling.js';
import { navigationOf, viewerOf } from './navigation.js';
import { leaveNotice, takeNotice } from './notices.js';
import type { Onward, Page } from './page.js';
import { PageRenderer, type Surroundings } from './page.renderer.js';
import { sorted, sortingOf } from './table.js';
import { tableFile } from './table-file.js';

/** Frutiger, the typeface of the NHS, comes from its own server. */
const FONTS = 'https://assets.nhs.uk';

/** What a page may load and where it may send: everything else is refused and reported. */
const policy = (nonce: string, issuer: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    `font-src ${FONTS}`,
    "connect-src 'self'",
    "manifest-src 'self'",
    // A browser follows a form to where it is sent on: signing out ends at the identity provider.
    `form-action 'self' ${issuer}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    'report-uri /csp-reports',
  ].join('; ');

/** Answers requests with pages, with the files of their tables, and with the way on after a change. */
@Injectable()
export class PageAnswers {
  private readonly issuer: string;

  constructor(
    private readonly renderer: PageRenderer,
    private readonly clock: Clock,
    { signIn }: Config,
  ) {
    this.issuer = signIn.issuer ? new URL(signIn.issuer.issuer).origin : '';
  }

  /** A page as HTML or, where its address asks for one of its tables, as a CSV file. @throws Problem 404 without that table */
  page(page: Page, request: FastifyRequest, reply: FastifyReply): string {
    const { download, sort } = request.query as { download?: string; sort?: string };
    if (typeof download === 'string' && page.tables) return this.file(page, download, sort, reply);
    const nonce = randomBytes(16).toString('base64');
    reply
      .status(page.status ?? 200)
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Content-Security-Policy', policy(nonce, this.issuer));
    return this.renderer.html(page, this.surroundings(request, reply, nonce));
  }

  /** Goes on after a change, so that reloading the next page cannot do it again. */
  onward({ onward, notice }: Onward, { past }: ActingRequest, reply: FastifyReply): void {
    if (notice) leaveNotice(reply, notice);
    reply.status(303).header('Location', past ? addressAsAt(onward, past.asked) : onward);
  }

  private file(page: Page, id: string, sort: string | undefined, reply: FastifyReply): string {
    const found = page.tables?.find((table) => table.id === id);
    if (!found) throw notFound(`table ${id}`);
    const sorting = sortingOf(sort, found);
    reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${id}.csv"`);
    return tableFile(sorting ? sorted(found, sorting) : found);
  }

  private surroundings(request: ActingRequest, reply: FastifyReply, nonce: string): Surroundings {
    const { actor = null, session, past } = request;
    return {
      viewer: actor && viewerOf(actor),
      mayReadLog: actor !== null && may(actor, 'log:read'),
      navigation: navigationOf(actor, request.url),
      url: request.url,
      nonce,
      newKey: randomUUID,
      csrf: session ? formToken(session.csrfSecret) : null,
      notice: takeNotice(request, reply),
      filling: fillings.getStore() ?? null,
      asAt: past ? { asked: past.asked, words: momentInWords(past.asked), empty: past.number === 0 } : null,
      kept: keptOf(request.url),
      today: this.clock.today(),
      calendarDay: londonDay(this.clock.now()),
      demonstration: this.clock.stopped,
    };
  }
}

/** The parameters of an address that stay when another day is asked for. */
function keptOf(url: string): Array<{ name: string; value: string }> {
  return [...new URL(url, 'http://page').searchParams]
    .filter(([name]) => name !== AS_AT && name !== AS_AT_TIME)
    .map(([name, value]) => ({ name, value }));
}
