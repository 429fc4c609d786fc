import { Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { PROGRESS_REPORT } from '../../progress-reports/progress-report.rules.js';
import { ProgressReportService } from '../../progress-reports/progress-report.service.js';
import { ReturnStandingReader } from '../../progress-reports/return-standing.reader.js';
import { ReviewService } from '../../progress-reports/review.service.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { questionsIn, reviewPage } from './review.page.js';
import { certificationPage, correctionPage, refuseUndeclared, submissionPage } from './step.pages.js';

/** The steps of a return's life, each on its page: certified, submitted, reviewed, corrected. */
@Pages('returns/:id')
export class ReturnStepsController {
  constructor(
    private readonly standings: ReturnStandingReader,
    private readonly reports: ProgressReportService,
    private readonly reviews: ReviewService,
  ) {}

  @Get('certification')
  @Needs('progress-report:certify')
  async certification(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return certificationPage(await this.standings.of(actor, id), actor);
  }

  @Post('certification')
  @Needs('progress-report:certify')
  async certify(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    refuseUndeclared(form);
    await this.reports.certify(actor, id, form.revision);
    return onward(`/returns/${id}`, 'The return was certified. It can be submitted now.');
  }

  @Get('submission')
  @Needs('progress-report:submit')
  async submission(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return submissionPage(await this.standings.of(actor, id), actor);
  }

  @Post('submission')
  @Needs('progress-report:submit')
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { current } = await this.reports.submit(actor, id, form.revision);
    return onward(`/receipts/${current.receipt}`, 'The return was submitted.');
  }

  @Get('review')
  @Needs('progress-report:read')
  async review(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return reviewPage(await this.standings.of(actor, id), actor);
  }

  @Post('queries')
  @Needs('progress-report:review')
  async query(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    await this.reviews.query(actor, id, form.revision, questionsIn(form));
    return onward(`/returns/${id}/review`, 'The return was sent back with your questions.');
  }

  @Post('acceptance')
  @Needs('progress-report:review')
  async accept(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const reason = form.textOrNull('reason', { label: 'The reason' }) ?? undefined;
    form.check();
    await this.reviews.accept(actor, id, form.revision, reason);
    return onward(`/returns/${id}`, 'The return was accepted. Its figures stand from now on.');
  }

  @Get('correction')
  @Needs('progress-report:prepare')
  async correction(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const standing = await this.standings.of(actor, id);
    return correctionPage(standing, actor, PROGRESS_REPORT.blockers('correct', standing.report.state));
  }

  @Post('correction')
  @Needs('progress-report:prepare')
  async correct(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const reason = form.text('reason', { label: 'What is wrong with the accepted return' });
    form.check();
    await this.reports.correct(actor, id, form.revision, reason);
    return onward(`/returns/${id}`, 'The correction was begun. Change what is wrong, section by section.');
  }
}
