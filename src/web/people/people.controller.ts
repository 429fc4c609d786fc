import { Get, Param, Post, Query } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ErasureService } from '../../identity/erasure.service.js';
import { PeopleReader } from '../../identity/people.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepPage } from '../page/step.js';
import { ERASURE, erasureAt, peoplePage, personPage } from './people.page.js';

/** Rows of a page of the list. */
const LIMIT = 200;

/** People, for whoever may erase them. */
@Needs('person:erase')
@Pages('administration/people')
export class PeoplePagesController {
  constructor(
    private readonly people: PeopleReader,
    private readonly erasure: ErasureService,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@By() actor: Actor, @Query('after') after?: string): Promise<Page> {
    return peoplePage(
      await this.people.list(actor, { limit: LIMIT, after }),
      this.config.personRetentionYears,
    );
  }

  @Get(':id')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const mayErase = may(actor, 'person:erase') && id !== actor.id;
    return personPage(await this.people.one(actor, id), { mayErase });
  }

  @Get(':id/steps/erasure')
  async erasing(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return stepPage(ERASURE, erasureAt(await this.people.one(actor, id)));
  }

  @Post(':id/steps/erasure')
  async erase(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { reason } = stepAnswers(ERASURE, form);
    await this.erasure.erase(actor, id, form.revision, String(reason));
    return onward(`/administration/people/${id}`, ERASURE.notice);
  }
}
