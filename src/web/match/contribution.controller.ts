import { Get, Param, Post, Req } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { ContributionService } from '../../funding/match/contribution.service.js';
import { ContributionsReader } from '../../funding/match/contributions.reader.js';
import { MAX_COST_LABEL } from '../../funding/match/cost-evidence.rules.js';
import { CostEvidenceService } from '../../funding/match/cost-evidence.service.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { MAX_DESCRIPTION } from '../../storage/evidence.rules.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Upload, withPageUpload } from '../page/upload.js';
import { contributionPage } from './contribution.page.js';
import { typedPledge } from './pledge.js';
import { pledgePage } from './pledge.page.js';

const FIELDS = ['supplier', 'reference', 'description'] as const;

/** What is said of a piece of evidence of a cost. @throws Problem 400 with everything that is wrong */
function costLabelOf({ form }: Upload<(typeof FIELDS)[number]>) {
  const label = {
    supplier: form.text('supplier', { label: 'Supplier', max: MAX_COST_LABEL }),
    reference: form.text('reference', { label: 'Supplier’s reference', max: MAX_COST_LABEL }),
    description: form.text('description', { label: 'What the file shows', max: MAX_DESCRIPTION }),
  };
  form.check();
  return label;
}

/** One contribution: what it is, its evidence, and changing it. */
@Pages('contributions/:id')
export class ContributionPagesController {
  constructor(
    private readonly agreements: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly reader: ContributionsReader,
    private readonly service: ContributionService,
    private readonly evidence: CostEvidenceService,
  ) {}

  @Get()
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const { contribution, agreement, programme } = await this.found(actor, id);
    return contributionPage(programme, agreement, contribution, actor);
  }

  @Get('edit')
  @Needs('match:record')
  async edit(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const { contribution, agreement, programme } = await this.found(actor, id);
    return pledgePage(programme, agreement, contribution);
  }

  @Post()
  @Needs('match:record')
  async change(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { agreement } = await this.found(actor, id);
    await this.service.change(actor, id, form.revision, typedPledge(form, agreement.current.terms));
    return onward(`/contributions/${id}`, 'The contribution was saved.');
  }

  @Post('evidence')
  @Needs('match:record')
  async upload(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const { fileName } = await withPageUpload(request, FIELDS, (upload) =>
      this.evidence.add(upload.actor, { contributionId: id }, { ...upload.sent, ...costLabelOf(upload) }),
    );
    return onward(`/contributions/${id}`, `${fileName} was added as evidence.`);
  }

  private async found(actor: Actor, id: string) {
    const contribution = await this.reader.one(actor, id);
    const agreement = await this.agreements.one(actor, contribution.agreement.id);
    const programme = await this.programmes.one(actor, agreement.programme);
    return { contribution, agreement, programme };
  }
}
