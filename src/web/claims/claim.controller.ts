import { Get, Param, Post } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ClaimAnswerService } from '../../funding/claims/claim-answer.service.js';
import { CLAIM_STEPS } from '../../funding/claims/claim-steps.rules.js';
import { ClaimsReader, type ShownClaim } from '../../funding/claims/claims.reader.js';
import type { PassageView } from '../../funding/gates/gate.service.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepFor } from '../page/step.js';
import { claimPage, submittedPage, versionsPage } from './claim.page.js';
import { ClaimActs } from './claim-acts.js';
import { checkPage } from './claim-check.page.js';
import type { PagedStep } from './claim-links.js';
import {
  answerPage,
  claimStepPage,
  decisionsIn,
  gateStepOf,
  peopleIds,
  questionsIn,
} from './claim-step.page.js';
import { ANSWERING, CLAIM_STEP_PAGES, proposedPence } from './claim-steps.js';

const permitted = (actor: Actor, name: string): PagedStep =>
  stepFor(actor, CLAIM_STEP_PAGES, name, (step) => CLAIM_STEPS[step].permission);

/** A claim, and the steps of its life, each for whoever may take it. */
@Pages('claims/:id')
export class ClaimPagesController {
  constructor(
    private readonly reader: ClaimsReader,
    private readonly gates: GatesReader,
    private readonly answers: ClaimAnswerService,
    private readonly acts: ClaimActs,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return claimPage(await this.reader.one(actor, id), await this.reader.history(actor, id), actor);
  }

  @Get('versions')
  @Needs('money:read')
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return versionsPage(await this.reader.one(actor, id), await this.reader.versions(actor, id));
  }

  @Get('check')
  @Needs('money:read')
  async check(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return checkPage(await this.reader.one(actor, id));
  }

  @Get('submitted')
  @Needs('money:read')
  async submitted(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const claim = await this.reader.one(actor, id);
    if (!claim.people.submittedBy) throw notFound('submission');
    return submittedPage(claim);
  }

  @Get('steps/:step')
  @Needs('money:read')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') step: string,
  ): Promise<Page> {
    const claim = await this.reader.one(actor, id);
    const name = permitted(actor, step);
    const passage = await this.passage(actor, claim, name);
    return claimStepPage(claim, name, { actor, today: this.clock.today(), passage });
  }

  @Post('steps/:step')
  @Needs('money:read')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const claim = await this.reader.one(actor, id);
    const paged = permitted(actor, name);
    const step = CLAIM_STEP_PAGES[paged](claim, this.clock.today());
    const lines = paged === 'approve' || paged === 'recommend' ? decisionsIn(form, claim) : [];
    const questions = paged === 'query' ? questionsIn(form) : [];
    const said = { answers: stepAnswers(step, form), lines, questions };
    return onward(await this.acts.take(paged, { actor, id, revision: form.revision }, said), step.notice);
  }

  @Get('queries/:query/answer')
  @Needs('claim:prepare')
  async answering(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('query', IdPipe) query: string,
  ): Promise<Page> {
    const page = answerPage(await this.reader.one(actor, id), query);
    if (!page) throw notFound('query');
    return page;
  }

  @Post('queries/:query/answer')
  @Needs('claim:prepare')
  async answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('query', IdPipe) query: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const { answer } = stepAnswers(ANSWERING, form);
    await this.answers.answerQuery(actor, id, form.revision, query, String(answer));
    return onward(`/claims/${id}#queries`, ANSWERING.notice);
  }

  /** What the gate would say now; null where the step passes none, or the reader cannot take it. */
  private passage(actor: Actor, claim: ShownClaim, name: PagedStep): Promise<PassageView | null> {
    const step = gateStepOf(name);
    if (step === null || !claim.next.includes(name)) return Promise.resolve(null);
    const { preparerIds, certifierId, approverId } = peopleIds(claim);
    const others = [certifierId, approverId].filter((id) => id !== null);
    return this.gates.passage(actor, {
      trancheId: claim.tranche.id,
      claimId: claim.id,
      step,
      proposedPence: name === 'approve' ? proposedPence(claim) : (claim.approvedPence ?? 0),
      deciderIds: [...preparerIds, ...others, actor.id],
    });
  }
}
