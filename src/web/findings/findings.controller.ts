import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { FINDING } from '../../findings/finding.rules.js';
import { FindingService } from '../../findings/finding.service.js';
import { FindingsReader } from '../../findings/findings.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepPage } from '../page/step.js';
import { CLOSURE, findingIn } from './finding-form.js';
import {
  type FindingsQuery,
  findingFacts,
  findingPage,
  findingsFilterOf,
  findingsPage,
  findingsTrail,
  newFindingPage,
} from './findings.page.js';

/** Rows of a page of the list. */
const LIMIT = 200;

/** What reviews and audits found and recommended (auditor 10). */
@Pages()
export class FindingsPagesController {
  constructor(
    private readonly findings: FindingsReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: FindingService,
  ) {}

  @Get('programmes/:slug/findings')
  @Needs('programme:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query() query: FindingsQuery): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const filter = findingsFilterOf(query);
    const found = await this.findings.list(actor, slug, filter, { limit: LIMIT, after: query.after });
    const reader = { allTrusts: actor.trustId === null, mayRecord: may(actor, 'finding:record') };
    return findingsPage(programme, found, filter, reader);
  }

  @Get('programmes/:slug/findings/new')
  @Needs('finding:record')
  async begin(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const roles = await this.programmes.roles(actor, slug);
    const bodies = roles.filter(({ role }) => role !== 'funder').map(({ organisation }) => organisation);
    return newFindingPage(programme, [...new Map(bodies.map((body) => [body.odsCode, body])).values()]);
  }

  @Post('programmes/:slug/findings/new')
  @Needs('finding:record')
  async record(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const { id, reference } = await this.service.record(actor, slug, findingIn(form));
    return onward(`/findings/${id}`, `${reference} was recorded.`);
  }

  @Get('findings/:id')
  @Needs('programme:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const finding = await this.findings.one(actor, id);
    const programme = await this.programmes.one(actor, await this.findings.programmeOf(actor, id));
    return findingPage(programme, finding, { mayClose: may(actor, 'finding:record') });
  }

  @Get('findings/:id/steps/closure')
  @Needs('finding:record')
  async closing(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const finding = await this.findings.one(actor, id);
    refuseIfBlocked('This finding cannot be closed now.', FINDING.blockers('close', finding.state));
    const programme = await this.programmes.one(actor, await this.findings.programmeOf(actor, id));
    return stepPage(CLOSURE, {
      action: `/findings/${id}/steps/closure`,
      caption: finding.reference,
      revision: finding.revision,
      trail: findingsTrail(programme, finding),
      facts: findingFacts(finding),
      back: `/findings/${id}`,
    });
  }

  @Post('findings/:id/steps/closure')
  @Needs('finding:record')
  async close(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { response } = stepAnswers(CLOSURE, form);
    await this.service.close(actor, id, form.revision, { response: String(response) });
    return onward(`/findings/${id}`, CLOSURE.notice);
  }
}
