import { Get, Param, Post } from '@nestjs/common';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { AgreementView } from '../../funding/agreements/agreement.queries.js';
import { AGREEMENT_PERMISSIONS } from '../../funding/agreements/agreement.rules.js';
import { AgreementService } from '../../funding/agreements/agreement.service.js';
import { AgreementEndingService } from '../../funding/agreements/agreement-ending.service.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { NovationService } from '../../funding/agreements/novation.service.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepNamed } from '../page/step.js';
import { agreementStepPage } from './agreement-step.page.js';
import { AGREEMENT_STEPS, type AgreementStepName } from './agreement-steps.js';

interface Taken {
  actor: Actor;
  id: string;
  revision: number | null;
  answers: Answers;
}

const said = ({ answers }: Taken, name: string): string => String(answers[name] ?? '');
const remark = ({ answers: { reason } }: Taken): string | undefined =>
  typeof reason === 'string' ? reason : undefined;

/** The steps of an agreement's life: each is shown to whoever's role may take it. */
@Pages('agreements/:id/steps/:step')
@Needs('money:read')
export class AgreementStepPagesController {
  constructor(
    private readonly reader: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly agreements: AgreementService,
    private readonly endings: AgreementEndingService,
    private readonly novations: NovationService,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: AgreementStepName,
  ): Promise<Page> {
    const agreement = await this.reader.one(actor, id);
    requirePermission(actor, AGREEMENT_PERMISSIONS[stepNamed(AGREEMENT_STEPS, name).verb]);
    return agreementStepPage(await this.programmes.one(actor, agreement.programme), agreement, name);
  }

  @Post()
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: AgreementStepName,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = stepNamed(AGREEMENT_STEPS, name);
    const taken = { actor, id, revision: form.revision, answers: stepAnswers(step, form) };
    const agreement = await this.takers[name](taken);
    return onward(`/agreements/${agreement.id}`, step.notice);
  }

  private readonly takers: Record<AgreementStepName, (taken: Taken) => Promise<AgreementView>> = {
    'due-diligence': ({ actor, id, revision }) => this.agreements.beginDueDiligence(actor, id, revision),
    'return-to-draft': (taken) =>
      this.agreements.returnToDraft(taken.actor, taken.id, taken.revision, said(taken, 'reason')),
    approval: (taken) => this.agreements.approve(taken.actor, taken.id, taken.revision, remark(taken)),
    offer: ({ actor, id, revision }) => this.agreements.offer(actor, id, revision),
    signature: ({ actor, id, revision }) => this.agreements.sign(actor, id, revision),
    activation: ({ actor, id, revision }) => this.agreements.activate(actor, id, revision),
    withdrawal: (taken) =>
      this.agreements.withdraw(taken.actor, taken.id, taken.revision, said(taken, 'reason')),
    suspension: (taken) => this.endings.suspend(taken.actor, taken.id, taken.revision, said(taken, 'reason')),
    resumption: (taken) => this.endings.resume(taken.actor, taken.id, taken.revision, said(taken, 'reason')),
    closing: (taken) => this.endings.beginClosing(taken.actor, taken.id, taken.revision, remark(taken)),
    closure: (taken) => this.endings.close(taken.actor, taken.id, taken.revision, remark(taken)),
    termination: (taken) =>
      this.endings.terminate(taken.actor, taken.id, taken.revision, {
        authority: said(taken, 'authority'),
        reason: said(taken, 'reason'),
      }),
    novation: (taken) =>
      this.novations.novate(taken.actor, taken.id, taken.revision, {
        successor: said(taken, 'successor'),
        reference: said(taken, 'reference'),
        effectiveOn: said(taken, 'effectiveOn'),
        authority: said(taken, 'authority'),
        reason: said(taken, 'reason'),
      }),
  };
}
