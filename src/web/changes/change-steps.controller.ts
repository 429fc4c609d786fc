import { Get, Param, Post } from '@nestjs/common';
import { ChangeApplicationService } from '../../change-requests/change-application.service.js';
import { ChangeDecisionService } from '../../change-requests/change-decision.service.js';
import { ChangeOutlookReader } from '../../change-requests/change-outlook.reader.js';
import { ChangeRequestService } from '../../change-requests/change-request.service.js';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepNamed, stepPage } from '../page/step.js';
import { changeTrail } from './change.page.js';
import { CHANGE_STEPS, type ChangeStep, stepBlockers, stepFacts } from './change.steps.js';

/** What is done with a change request. Each step says whose it is, and the services ask again. */
@Pages('changes/:id/steps/:step')
@Needs('money:read')
export class ChangeStepsController {
  constructor(
    private readonly changes: ChangeRequestsReader,
    private readonly outlooks: ChangeOutlookReader,
    private readonly programmes: ProgrammesReader,
    private readonly requests: ChangeRequestService,
    private readonly decisions: ChangeDecisionService,
    private readonly applications: ChangeApplicationService,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    const step: ChangeStep = stepNamed(CHANGE_STEPS, name);
    requirePermission(actor, step.permission);
    const change = await this.changes.one(actor, id);
    refuseIfBlocked(`This cannot be done with ${change.reference} now.`, stepBlockers(step, change));
    const programme = await this.programmes.one(actor, change.programme);
    const back = `/changes/${id}`;
    return stepPage(step, {
      action: `${back}/steps/${name}`,
      caption: `${change.reference}, ${change.trust.name}`,
      revision: change.revision,
      trail: changeTrail(programme, change),
      facts: stepFacts(change, await this.outlooks.outlook(actor, id)),
      back,
    });
  }

  @Post()
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step: ChangeStep = stepNamed(CHANGE_STEPS, name);
    const { reason, until } = stepAnswers(step, form);
    await this.carryOut(actor, id, form.revision, {
      verb: step.verb,
      reason: String(reason),
      until: String(until),
    });
    return onward(`/changes/${id}`, step.notice);
  }

  private carryOut(
    actor: Actor,
    id: string,
    revision: number | null,
    { verb, reason, until }: { verb: ChangeStep['verb']; reason: string; until: string },
  ): Promise<unknown> {
    switch (verb) {
      case 'submit':
        return this.requests.submit(actor, id, revision);
      case 'withdraw':
        return this.requests.withdraw(actor, id, revision, reason);
      case 'assess':
        return this.decisions.assess(actor, id, revision);
      case 'approve':
        return this.decisions.approve(actor, id, revision, reason);
      case 'reject':
        return this.decisions.reject(actor, id, revision, reason);
      case 'defer':
        return this.decisions.defer(actor, id, revision, { until, reason });
      case 'apply':
        return this.applications.apply(actor, id, revision);
    }
  }
}
