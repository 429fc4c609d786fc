import { Get, Param, Post } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import type { ContributionView } from '../../funding/match/contribution.queries.js';
import { ContributionService } from '../../funding/match/contribution.service.js';
import { ContributionReviewService } from '../../funding/match/contribution-review.service.js';
import { ContributionsReader } from '../../funding/match/contributions.reader.js';
import { CostEvidenceService } from '../../funding/match/cost-evidence.service.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepNamed } from '../page/step.js';
import {
  contributionStepPage,
  EVIDENCE_WITHDRAWAL,
  evidenceWithdrawalPage,
} from './contribution-step.page.js';
import { CONTRIBUTION_STEPS, type ContributionStepName, contributionStep } from './contribution-steps.js';

type Take = (actor: Actor, id: string, revision: number | null, answers: Answers) => Promise<unknown>;

const reasonOf = ({ reason }: Answers): { reason: string } => ({ reason: String(reason ?? '') });
const textOf = (value: string | number | null | undefined): string | null =>
  typeof value === 'string' ? value : null;

/** The steps of a contribution's life: each is shown to whoever's role may take it. */
@Pages('contributions/:id')
@Needs('money:read')
export class ContributionStepPagesController {
  constructor(
    private readonly agreements: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly reader: ContributionsReader,
    private readonly service: ContributionService,
    private readonly reviews: ContributionReviewService,
    private readonly evidence: CostEvidenceService,
  ) {}

  @Get('steps/:step')
  async show(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: ContributionStepName,
  ): Promise<Page> {
    const contribution = await this.reader.one(actor, id);
    requirePermission(actor, stepNamed(CONTRIBUTION_STEPS, name).permission);
    return contributionStepPage(await this.programmeOf(actor, contribution), contribution, name);
  }

  @Post('steps/:step')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: ContributionStepName,
    @Sent() form: Form,
  ): Promise<Onward> {
    stepNamed(CONTRIBUTION_STEPS, name);
    const step = contributionStep(name, await this.reader.one(actor, id));
    await this.takers[name](actor, id, form.revision, stepAnswers(step, form));
    return onward(`/contributions/${id}`, step.notice);
  }

  @Get('evidence/:evidence/withdrawal')
  @Needs('match:record')
  async showEvidence(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('evidence', IdPipe) evidenceId: string,
  ): Promise<Page> {
    const contribution = await this.reader.one(actor, id);
    const evidence = contribution.evidence.find((each) => each.id === evidenceId);
    if (!evidence) throw notFound('evidence');
    return evidenceWithdrawalPage(await this.programmeOf(actor, contribution), contribution, evidence);
  }

  @Post('evidence/:evidence/withdrawal')
  @Needs('match:record')
  async takeEvidenceBack(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('evidence', IdPipe) evidenceId: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const { evidence } = await this.reader.one(actor, id);
    if (!evidence.some((each) => each.id === evidenceId)) throw notFound('evidence');
    const answers = stepAnswers(EVIDENCE_WITHDRAWAL, form);
    await this.evidence.withdraw(actor, evidenceId, form.revision, reasonOf(answers));
    return onward(`/contributions/${id}`, EVIDENCE_WITHDRAWAL.notice);
  }

  private async programmeOf(actor: Actor, { agreement }: ContributionView) {
    return this.programmes.one(actor, (await this.agreements.one(actor, agreement.id)).programme);
  }

  private readonly takers: Record<ContributionStepName, Take> = {
    evidencing: (actor, id, revision, answers) =>
      this.service.evidence(actor, id, revision, {
        netPence: Number(answers.netPence),
        vatPence: Number(answers.vatPence),
        recoverableVatPence: Number(answers.recoverableVatPence),
        amountPence: Number(answers.amountPence),
        incurredOn: String(answers.incurredOn),
        invoicedOn: textOf(answers.invoicedOn),
        defrayedOn: textOf(answers.defrayedOn),
      }),
    acceptance: (actor, id, revision, { reason }) =>
      this.reviews.accept(actor, id, revision, { reason: textOf(reason) }),
    rejection: (actor, id, revision, answers) => this.reviews.reject(actor, id, revision, reasonOf(answers)),
    withdrawal: (actor, id, revision, answers) =>
      this.service.withdraw(actor, id, revision, reasonOf(answers)),
    'acceptance-reversal': (actor, id, revision, answers) =>
      this.reviews.takeBack(actor, id, revision, reasonOf(answers)),
  };
}
