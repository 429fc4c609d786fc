import { Get, Param, Post, Query, Req } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { type Actor, may } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { CostEvidenceService } from '../../funding/match/cost-evidence.service.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { SendsFile } from '../../http/sent-file.js';
import type { OpenedFile } from '../../storage/evidence-files.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers } from '../page/step.js';
import { withPageUpload } from '../page/upload.js';
import {
  EVIDENCE_FIELDS,
  evidencePage,
  evidenceSaid,
  evidenceWithdrawalPage,
  WITHDRAWAL,
} from './claim-evidence.page.js';

/** What proves the costs of a claim: added, taken back, and given out as downloads and never as pages. */
@Pages()
export class ClaimEvidenceController {
  constructor(
    private readonly reader: ClaimsReader,
    private readonly evidence: CostEvidenceService,
    private readonly config: Config,
  ) {}

  @Get('claims/:id/evidence')
  @Needs('money:read')
  async list(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query('line') asked: unknown,
  ): Promise<Page> {
    const maxBytes = this.config.evidenceMaxBytes;
    return evidencePage(await this.reader.one(actor, id), {
      mayPrepare: may(actor, 'claim:prepare'),
      asked,
      maxBytes,
    });
  }

  @Post('claims/:id/evidence')
  @Needs('claim:prepare')
  async add(@Param('id', IdPipe) id: string, @Req() request: ActingRequest): Promise<Onward> {
    const { fileName } = await withPageUpload(request, EVIDENCE_FIELDS, ({ actor, form, sent }) =>
      this.evidence.add(actor, { claimId: id }, { ...sent, ...evidenceSaid(form) }),
    );
    return onward(`/claims/${id}/evidence`, `${fileName} is stored as evidence.`);
  }

  @Get('claims/:id/evidence/:evidence/withdrawal')
  @Needs('claim:prepare')
  async withdrawal(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('evidence', IdPipe) evidence: string,
  ): Promise<Page> {
    const claim = await this.reader.one(actor, id);
    const found = claim.evidence.find((each) => each.id === evidence);
    if (!found) throw notFound('evidence');
    return evidenceWithdrawalPage(claim, found);
  }

  @Post('claims/:id/evidence/:evidence/withdrawal')
  @Needs('claim:prepare')
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('evidence', IdPipe) evidence: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const { reason } = stepAnswers(WITHDRAWAL, form);
    await this.evidence.withdraw(actor, evidence, form.revision, { reason: String(reason) });
    return onward(`/claims/${id}/evidence`, WITHDRAWAL.notice);
  }

  @Get('cost-evidence/:id/content')
  @Needs('money:read')
  @SendsFile()
  content(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<OpenedFile> {
    return this.evidence.open(actor, id);
  }
}
