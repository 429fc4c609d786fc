import { Get, Param, Post } from '@nestjs/common';
import { type BenefitStep, STEP_PERMISSION } from '../../benefits/benefit.rules.js';
import { BenefitActualService } from '../../benefits/benefit-actual.service.js';
import { BenefitStepsService } from '../../benefits/benefit-steps.service.js';
import { BenefitsReader, type ShownBenefit } from '../../benefits/benefits.reader.js';
import type { Actor } from '../../core/actor.js';
import { blocked } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, type Step, stepAnswers, stepFor, stepPage } from '../page/step.js';
import { benefitFacts, benefitsTrail } from './benefit.page.js';
import { benefitSteps, ITSELF, STEP_LINKS } from './benefit.steps.js';

/** As many benefits as one may be counted in, on its page; the API takes any. */
const CHOICES = 200;
const EVERY = { trust: null, project: null, type: null, state: null };

type Take = (actor: Actor, id: string, revision: number | null, answers: Answers) => Promise<{ id: string }>;

const reasonOf = ({ reason }: Answers) => ({ reason: String(reason) });

/** The steps of a benefit's life: each is shown to whoever's role may take it. */
@Pages('benefits/:id/steps')
@Needs('programme:read')
export class BenefitStepPagesController {
  constructor(
    private readonly benefits: BenefitsReader,
    private readonly programmes: ProgrammesReader,
    private readonly steps: BenefitStepsService,
    private readonly actuals: BenefitActualService,
  ) {}

  @Get(':step')
  async show(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') named: string,
  ): Promise<Page> {
    const benefit = await this.benefits.one(actor, id);
    const name = permitted(actor, named);
    if (!benefit.next.includes(name)) throw blocked('This cannot be done now.', []);
    return stepPage(await this.stepOf(actor, name, benefit), {
      action: `/benefits/${id}/steps/${name}`,
      caption: benefit.name,
      revision: benefit.revision,
      trail: benefitsTrail(await this.programmes.one(actor, benefit.programme), benefit),
      facts: name === 'agreement' ? benefitFacts(benefit.programme, benefit) : [],
      back: `/benefits/${id}`,
    });
  }

  @Post(':step')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') named: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const name = permitted(actor, named);
    const step = await this.stepOf(actor, name, await this.benefits.one(actor, id));
    const taken = await this.takers[name](actor, id, form.revision, stepAnswers(step, form));
    return onward(name === 'actuals' ? `/benefit-actuals/${taken.id}` : `/benefits/${id}`, step.notice);
  }

  private async stepOf(actor: Actor, name: BenefitStep, benefit: ShownBenefit): Promise<Step> {
    const others =
      name === 'counting'
        ? await this.benefits.list(actor, benefit.programme, EVERY, { limit: CHOICES })
        : null;
    return benefitSteps(others?.items ?? [])[name](benefit);
  }

  private readonly takers: Record<BenefitStep, Take> = {
    actuals: (actor, id, revision, { financialYear, value, method }) =>
      this.actuals.report(actor, id, revision, {
        financialYear: String(financialYear),
        value: Number(value),
        method: String(method),
      }),
    agreement: (actor, id, revision) => this.steps.agree(actor, id, revision),
    owners: (actor, id, revision, { owner, ownerAfterClosure }) =>
      this.steps.setOwners(actor, id, revision, {
        owner: String(owner),
        ownerAfterClosure: String(ownerAfterClosure),
      }),
    counting: (actor, id, revision, answers) =>
      this.steps.countIn(actor, id, revision, {
        countedIn: answers.countedIn === ITSELF ? null : String(answers.countedIn),
        ...reasonOf(answers),
      }),
    completion: (actor, id, revision) => this.steps.complete(actor, id, revision),
    closure: (actor, id, revision, answers) => this.steps.close(actor, id, revision, reasonOf(answers)),
    withdrawal: (actor, id, revision, answers) => this.steps.withdraw(actor, id, revision, reasonOf(answers)),
  };
}

const permitted = (actor: Actor, name: string): BenefitStep =>
  stepFor(actor, STEP_LINKS, name, (step) => STEP_PERMISSION[step]);
