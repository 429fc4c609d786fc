import { Get, Param, Query } from '@nestjs/common';
import { LogReader } from '../../audit/log.reader.js';
import { ProofReader } from '../../audit/proof.reader.js';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { OrganisationsReader } from '../../organisations/organisations.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { cursorBefore, entryPage, historyPage, logPage } from './history.page.js';
import { logFilterOf, numberBefore } from './log-filter.js';

const LISTED = 50;
/** More organisations than are ever offered to choose from. */
const ALL = 200;

/** What happened, by the log: to a thing, in an entry, and altogether. */
@Pages('history')
export class HistoryController {
  constructor(
    private readonly log: LogReader,
    private readonly proof: ProofReader,
    private readonly organisations: OrganisationsReader,
  ) {}

  @Get()
  @Needs('log:read')
  async list(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<Page> {
    const filter = logFilterOf(query);
    const [log, trusts] = await Promise.all([
      this.log.named(actor, filter, before(query)),
      this.organisations.list(actor, { limit: ALL }),
    ]);
    return logPage(log, filter, trusts.items);
  }

  @Get('entries/:number')
  @Needs('log:read')
  async entry(@By() actor: Actor, @Param('number') number: string): Promise<Page> {
    if (!/^[1-9]\d{0,14}$/.test(number)) throw notFound('entry of the log');
    const found = await this.log.entry(actor, Number(number));
    const { provable } = found.entry;
    return entryPage(found, provable ? await this.proof.inclusion(actor, found.entry.number, null) : null);
  }

  @Get(':table/:id')
  @Needs('log:read')
  async history(
    @By() actor: Actor,
    @Param('table') table: string,
    @Param('id', IdPipe) id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const subject = { table: table.replaceAll('-', '_'), id };
    return historyPage(subject, await this.log.history(actor, subject, before(query)));
  }
}

const before = (query: Record<string, unknown>) => ({
  limit: LISTED,
  after: cursorBefore(numberBefore(query.before)),
});
