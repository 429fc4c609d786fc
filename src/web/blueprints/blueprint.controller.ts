import { Get, Param, Query, Req } from '@nestjs/common';
import { AdoptionsReader } from '../../blueprints/adoptions.reader.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import { may } from '../../core/actor.js';
import { type ActingRequest, Public } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { adoptionsPart } from './adoption.tables.js';
import { blueprintPage } from './blueprint.page.js';
import { type LibraryPageQuery, libraryFilterOf, libraryPage } from './library.page.js';

/** Rows of a page of a list. */
const LISTED = 50;

/** What is published, for anybody; who is signed in is told whom to ask, and sees their own drafts (project lead 10). */
@Public()
@Pages('blueprints')
export class BlueprintPagesController {
  constructor(
    private readonly blueprints: BlueprintsReader,
    private readonly adoptions: AdoptionsReader,
  ) {}

  @Get()
  async library(@Req() request: ActingRequest, @Query() query: LibraryPageQuery): Promise<Page> {
    const { actor = null } = request;
    const filter = libraryFilterOf(query);
    const page = { limit: LISTED, after: asked(query.after) ?? undefined };
    return libraryPage(await this.blueprints.library(actor, filter, page), filter, {
      signedIn: actor !== null,
    });
  }

  @Get(':id')
  async one(
    @Req() { actor }: ActingRequest,
    @Param('id', IdPipe) id: string,
    @Query() query: { version?: unknown; after?: unknown },
  ): Promise<Page> {
    const version = /^\d{1,6}$/.test(asked(query.version) ?? '') ? Number(query.version) : null;
    if (!actor) {
      const { shown, versions } = await this.blueprints.published(id);
      const viewer = { signedIn: false, own: false, mayUse: false, mayAnswer: false };
      return blueprintPage(
        shown,
        { version, uses: { contacts: { items: [], next: null } }, viewer },
        versions,
      );
    }
    const shown = await this.blueprints.one(actor, id);
    const after = asked(query.after) ?? undefined;
    const own = actor.trustOds === shown.trust.odsCode;
    const viewer = {
      ...{ signedIn: true, own, mayUse: may(actor, 'blueprint:use') },
      mayAnswer: own && may(actor, 'blueprint:prepare'),
    };
    const contacts = await this.blueprints.contacts(actor, id, { limit: LISTED, after });
    const filter = { state: null, organisation: null, blueprint: id };
    const { items } = await this.adoptions.ofProgramme(actor, shown.programme.slug, filter, {
      limit: LISTED,
    });
    const uses = { contacts, more: adoptionsPart(shown, items, viewer) };
    return blueprintPage(shown, { version, uses, viewer }, await this.blueprints.versions(actor, id));
  }
}
