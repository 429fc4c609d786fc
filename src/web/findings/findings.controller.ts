import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import type { FollowUpOutcome, Stance } from '../../findings/finding.rules.js';
import { FindingService } from '../../findings/finding.service.js';
import { type FindingStep, STEP_PERMISSION, stepBlockers } from '../../findings/finding-steps.rules.js';
import { FindingStepsService } from '../../findings/finding-steps.service.js';
import { FindingsReader, findingFactsOf } from '../../findings/findings.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepFor } from '../page/step.js';
import { findingPage, findingStepPage, newFindingPage } from './finding.page.js';
import { findingIn, STEPS } from './finding-form.js';
import { type FindingsQuery, findingsFilterOf, findingsPage } from './findings.page.js';

/** Rows of a page of the list. */
const LIMIT = 200;

/** What reviews and audits found and recommended (auditor 10). */
@Pages()
export class FindingsPagesController {
  constructor(
    private readonly findings: FindingsReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: FindingService,
    private readonly steps: FindingStepsService,
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
    const { items: roles } = await this.programmes.roles(actor, slug, null, { limit: LIMIT });
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
    return findingPage(await this.programmeOf(actor, id), finding);
  }

  @Get('findings/:id/steps/:step')
  @Needs('programme:read')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') step: string,
  ): Promise<Page> {
    const finding = await this.findings.one(actor, id);
    const name = permitted(actor, step);
    refuseIfBlocked('This cannot be done now.', stepBlockers(name, findingFactsOf(finding), actor));
    return findingStepPage(await this.programmeOf(actor, id), finding, name);
  }

  @Post('findings/:id/steps/:step')
  @Needs('programme:read')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = permitted(actor, name);
    const { fields, notice } = STEPS[step](await this.findings.one(actor, id));
    await this.takeStep(step, actor, id, form.revision, stepAnswers({ fields }, form));
    return onward(`/findings/${id}`, notice);
  }

  private takeStep(
    step: FindingStep,
    actor: Actor,
    id: string,
    revision: number | null,
    answers: Answers,
  ): Promise<unknown> {
    const said = (field: string) => String(answers[field]);
    const saidOrNull = (field: string) => (answers[field] == null ? null : said(field));
    switch (step) {
      case 'response':
        return this.steps.respond(actor, id, revision, {
          stance: said('stance') as Stance,
          response: said('response'),
          plannedOn: saidOrNull('plannedOn'),
        });
      case 'follow-up':
        return this.steps.followUp(actor, id, revision, {
          outcome: said('outcome') as FollowUpOutcome,
          found: said('found'),
          evidence: saidOrNull('evidence'),
        });
      case 'closure':
        return this.steps.close(actor, id, revision, { conclusion: said('conclusion') });
      case 'due-date':
        return this.steps.moveDueDate(actor, id, revision, { dueOn: said('dueOn'), reason: said('reason') });
    }
  }

  private async programmeOf(actor: Actor, id: string) {
    return this.programmes.one(actor, await this.findings.programmeOf(actor, id));
  }
}

const permitted = (actor: Actor, step: string): FindingStep =>
  stepFor(actor, STEPS, step, (name) => STEP_PERMISSION[name]);
