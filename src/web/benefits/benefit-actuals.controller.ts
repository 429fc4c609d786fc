import { Get, Param, Post, Req } from '@nestjs/common';
import type { BenefitActualView } from '../../benefits/benefit.queries.js';
import {
  ACTUAL_STEPS,
  type ActualFacts,
  type ActualStep,
  actualStepBlockers,
} from '../../benefits/benefit-actual.rules.js';
import { BenefitActualService } from '../../benefits/benefit-actual.service.js';
import { BenefitEvidenceService } from '../../benefits/benefit-evidence.service.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { SendsFile } from '../../http/sent-file.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { OpenedFile } from '../../storage/evidence-files.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepFor, stepPage } from '../page/step.js';
import { withDescribedUpload } from '../page/upload.js';
import { actualPage, benefitsTrail } from './benefit.page.js';
import { ACTUAL_STEP_PAGES } from './benefit.steps.js';

const LINKS: Record<ActualStep, string> = { validation: 'Validate this report', rejection: 'Reject it' };

/** What benefits brought, year by year, and the files that show it. */
@Pages()
export class BenefitActualPagesController {
  constructor(
    private readonly benefits: BenefitsReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: BenefitActualService,
    private readonly evidence: BenefitEvidenceService,
  ) {}

  @Get('benefit-actuals/:id')
  @Needs('programme:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const actual = await this.benefits.actual(actor, id);
    const open = may(actor, 'benefit:validate')
      ? ACTUAL_STEPS.filter((step) => actualStepBlockers(step, factsOf(actual), actor.id).length === 0)
      : [];
    const steps = open.map((step) => ({
      text: LINKS[step],
      href: `/benefit-actuals/${id}/steps/${step}`,
      onward: step === 'validation',
    }));
    return actualPage(await this.programmeOf(actor, actual), actual, actor, steps);
  }

  @Get('benefit-actuals/:id/steps/:step')
  @Needs('benefit:validate')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') named: string,
  ): Promise<Page> {
    const step = stepFor(actor, ACTUAL_STEP_PAGES, named, () => 'benefit:validate');
    const actual = await this.benefits.actual(actor, id);
    refuseIfBlocked('This cannot be done now.', actualStepBlockers(step, factsOf(actual), actor.id));
    return stepPage(ACTUAL_STEP_PAGES[step](actual), {
      action: `/benefit-actuals/${id}/steps/${step}`,
      caption: actual.trust.name,
      revision: actual.revision,
      trail: benefitsTrail(await this.programmeOf(actor, actual), actual.benefit),
      back: `/benefit-actuals/${id}`,
    });
  }

  @Post('benefit-actuals/:id/steps/:step')
  @Needs('benefit:validate')
  async decide(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') named: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = stepFor(actor, ACTUAL_STEP_PAGES, named, () => 'benefit:validate');
    const page = ACTUAL_STEP_PAGES[step](await this.benefits.actual(actor, id));
    const { value, note = null, reason } = stepAnswers(page, form);
    if (step === 'validation')
      await this.service.validate(actor, id, form.revision, {
        value: Number(value),
        note: note === null ? null : String(note),
      });
    else await this.service.reject(actor, id, form.revision, { reason: String(reason) });
    return onward(`/benefit-actuals/${id}`, page.notice);
  }

  @Post('benefit-actuals/:id/evidence')
  @Needs('benefit:record')
  async add(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const view = await withDescribedUpload(request, 'What it shows', (actor, sent) =>
      this.evidence.add(actor, id, sent),
    );
    return onward(`/benefit-actuals/${id}`, `${view.fileName} was uploaded.`);
  }

  @Get('benefit-evidence/:id/content')
  @Needs('programme:read')
  @SendsFile()
  content(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<OpenedFile> {
    return this.evidence.open(actor, id);
  }

  private async programmeOf(actor: Actor, { benefit }: BenefitActualView) {
    const { programme } = await this.benefits.one(actor, benefit.id);
    return this.programmes.one(actor, programme);
  }
}

const factsOf = ({ state, preparedBy, evidence }: BenefitActualView): ActualFacts => ({
  state,
  preparedBy: preparedBy.map(({ id }) => id),
  evidence: evidence.length,
});
