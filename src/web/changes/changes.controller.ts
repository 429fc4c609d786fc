import { Get, Param, Query } from '@nestjs/common';
import { LogReader } from '../../audit/log.reader.js';
import { CHANGEABLE } from '../../change-requests/change-content.rules.js';
import { ChangeOutlookReader } from '../../change-requests/change-outlook.reader.js';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Link, Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { changePage } from './change.page.js';
import { beginLink } from './change-form.page.js';
import { type ChangesQuery, changesFilterOf, changesPage } from './changes.page.js';

/** Rows of a page of the list; more agreements than any programme has. */
const LIMIT = 200;

/** Changes that are asked for: all of a programme, and each (programme manager 9, project lead 9). */
@Pages()
export class ChangesPagesController {
  constructor(
    private readonly changes: ChangeRequestsReader,
    private readonly outlooks: ChangeOutlookReader,
    private readonly programmes: ProgrammesReader,
    private readonly agreements: AgreementsReader,
    private readonly log: LogReader,
  ) {}

  @Get('programmes/:slug/changes')
  @Needs('money:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query() query: ChangesQuery): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const { state, trust } = changesFilterOf(query);
    const wanted = {
      ...(state ? { state } : {}),
      ...(trust ? { trust } : {}),
      limit: LIMIT,
      after: query.after,
    };
    const found = await this.changes.ofProgramme(actor, slug, wanted);
    const begin = await this.begin(actor, slug);
    return changesPage(programme, found, { state, trust }, { allTrusts: actor.trustId === null, begin });
  }

  @Get('changes/:id')
  @Needs('money:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const change = await this.changes.one(actor, id);
    const programme = await this.programmes.one(actor, change.programme);
    const outlook = await this.outlooks.outlook(actor, id);
    const of = { table: 'change_request', subject: id, action: null };
    const { items } = await this.log.list(actor, of, { limit: LIMIT });
    return changePage(programme, change, outlook, items);
  }

  /** The agreements whose change the reader may ask for. */
  private async begin(actor: Actor, slug: string): Promise<Link[]> {
    if (!may(actor, 'change-request:prepare')) return [];
    const { items } = await this.agreements.list(actor, slug, { state: null, trust: null }, { limit: LIMIT });
    return items.filter(({ state }) => CHANGEABLE.includes(state)).map(beginLink);
  }
}
