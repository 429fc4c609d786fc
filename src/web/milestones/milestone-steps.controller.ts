import { Get, Param, Post } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { EvidenceReader } from '../../milestones/evidence.reader.js';
import type { MilestoneOutcome } from '../../milestones/milestone.rules.js';
import { MilestoneService } from '../../milestones/milestone.service.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepNamed, stepPage } from '../page/step.js';
import { milestoneTrail } from './milestone.page.js';
import {
  MILESTONE_STEPS,
  type MilestoneStep,
  milestoneFacts,
  milestoneStepBlockers,
} from './milestone.steps.js';

/** What is done with a milestone. Each step says whose it is, and the service asks again. */
@Pages('milestones/:id/steps/:step')
@Needs('programme:read')
export class MilestoneStepsController {
  constructor(
    private readonly milestones: MilestonesReader,
    private readonly evidence: EvidenceReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: MilestoneService,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    const step: MilestoneStep = stepNamed(MILESTONE_STEPS, name);
    requirePermission(actor, step.permission);
    const milestone = await this.milestones.one(actor, id);
    refuseIfBlocked('This cannot be done with this milestone now.', milestoneStepBlockers(step, milestone));
    const programme = await this.programmes.one(actor, await this.milestones.programmeOf(actor, id));
    const back = `/milestones/${id}`;
    return stepPage(step, {
      action: `${back}/steps/${name}`,
      caption: `${milestone.name}, ${milestone.trust.name}`,
      revision: milestone.revision,
      trail: milestoneTrail(programme, milestone),
      facts: milestoneFacts(milestone, await this.evidence.ofMilestone(actor, id)),
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
    const step: MilestoneStep = stepNamed(MILESTONE_STEPS, name);
    const answers = stepAnswers(step, form) as Record<string, string | null>;
    await this.carryOut(actor, id, form.revision, step, answers);
    return onward(`/milestones/${id}`, step.notice);
  }

  private carryOut(
    actor: Actor,
    id: string,
    revision: number | null,
    { verb }: MilestoneStep,
    { reason = null, authority, finding, outcome }: Record<string, string | null>,
  ): Promise<unknown> {
    switch (verb) {
      case 'withdraw-claim':
        return this.service.withdrawClaim(actor, id, revision, { reason: reason ?? '' });
      case 'review':
        return this.service.review(actor, id, revision, { reason });
      case 'waive':
        return this.service.waive(actor, id, revision, { authority: authority ?? '', reason });
      case 'cancel':
        return this.service.cancel(actor, id, revision, { authority: authority ?? '', reason });
      case 'reopen':
        return this.service.reopen(actor, id, revision, { finding: finding ?? '', reason });
      default:
        return this.service.decide(actor, id, revision, {
          outcome: outcome as MilestoneOutcome,
          reason: reason ?? '',
        });
    }
  }
}
