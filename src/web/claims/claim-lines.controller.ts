import { Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { ClaimService } from '../../funding/claims/claim.service.js';
import { ClaimsReader, type ShownClaim } from '../../funding/claims/claims.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers } from '../page/step.js';
import type { LineChoices } from './claim-line.fields.js';
import {
  choicesOf,
  describing,
  descriptionPage,
  indexOf,
  linePage,
  linesPage,
  linesTyped,
  linesWithout,
  removalPage,
} from './claim-lines.page.js';

/** More projects than any programme has. */
const ALL = 1_000;

/** What a claim claims, line by line: each is a page, so that any number of them can be filled in without JavaScript. */
@Pages('claims/:id')
export class ClaimLinesController {
  constructor(
    private readonly reader: ClaimsReader,
    private readonly projects: ProjectsReader,
    private readonly claims: ClaimService,
  ) {}

  @Get('lines')
  @Needs('money:read')
  async lines(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return linesPage(await this.reader.one(actor, id));
  }

  @Get('lines/:line')
  @Needs('claim:prepare')
  async line(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('line') line: string,
  ): Promise<Page> {
    const claim = await this.reader.one(actor, id);
    return linePage(claim, indexOf(claim, line), await this.choices(actor, claim));
  }

  @Post('lines/:line')
  @Needs('claim:prepare')
  async save(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('line') line: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const claim = await this.reader.one(actor, id);
    const lines = linesTyped(claim, form, await this.choices(actor, claim));
    await this.claims.save(actor, id, form.revision, { lines });
    return onward(`/claims/${id}/lines`, line === 'new' ? 'The line is added.' : `Line ${line} is saved.`);
  }

  @Get('lines/:line/removal')
  @Needs('claim:prepare')
  async removal(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('line') line: string,
  ): Promise<Page> {
    const claim = await this.reader.one(actor, id);
    return removalPage(claim, indexOf(claim, line));
  }

  @Post('lines/:line/removal')
  @Needs('claim:prepare')
  async remove(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('line') line: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const lines = linesWithout(await this.reader.one(actor, id), Number(line) - 1);
    await this.claims.save(actor, id, form.revision, { lines });
    return onward(`/claims/${id}/lines`, `Line ${line} is taken out.`);
  }

  @Get('description')
  @Needs('claim:prepare')
  async description(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return descriptionPage(await this.reader.one(actor, id));
  }

  @Post('description')
  @Needs('claim:prepare')
  async describe(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const step = describing(await this.reader.one(actor, id));
    const { description } = stepAnswers(step, form);
    await this.claims.save(actor, id, form.revision, { description: String(description) });
    return onward(`/claims/${id}`, step.notice);
  }

  private async choices(actor: Actor, claim: ShownClaim): Promise<LineChoices> {
    const { items } = await this.projects.ofProgramme(actor, claim.programme, { limit: ALL });
    return choicesOf(claim, items);
  }
}
