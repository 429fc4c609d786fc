import { Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgressReportService } from '../../progress-reports/progress-report.service.js';
import type { ReturnSection } from '../../progress-reports/return-content.js';
import { ReturnStandingReader } from '../../progress-reports/return-standing.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { checkPage } from './check.page.js';
import { SECTION_TITLES } from './names.js';
import { returnPage } from './return.page.js';
import { afterSaving, sectionPage } from './section.page.js';
import { SectionPipe } from './section.pipe.js';
import { buttonOf, readSection } from './sections/sections.js';
import { versionsPage } from './versions.page.js';

/** The longest answer to a query, as the API has it. */
const LONGEST_ANSWER = 4_000;

/** A return: what is to be done with it, its sections, and what it says. */
@Pages('returns/:id')
export class ReturnController {
  constructor(
    private readonly standings: ReturnStandingReader,
    private readonly reports: ProgressReportService,
  ) {}

  @Get()
  @Needs('progress-report:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return returnPage(await this.standings.of(actor, id), actor);
  }

  @Get('check')
  @Needs('progress-report:read')
  async check(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return checkPage(await this.standings.of(actor, id), actor);
  }

  @Get('versions')
  @Needs('progress-report:read')
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return versionsPage(await this.standings.of(actor, id));
  }

  @Get(':section')
  @Needs('progress-report:prepare')
  async section(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('section', SectionPipe) section: ReturnSection,
    @Query('another') another?: string,
  ): Promise<Page> {
    return sectionPage(await this.standings.of(actor, id), section, another === 'yes');
  }

  @Post(':section')
  @Needs('progress-report:prepare')
  async save(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('section', SectionPipe) section: ReturnSection,
    @Sent() form: Form,
  ): Promise<Onward> {
    const read = readSection(section, form, await this.standings.of(actor, id));
    await this.reports.save(actor, id, form.revision, read);
    const next = afterSaving(id, section, buttonOf(form), read.risks?.length ?? 0);
    return onward(next, `${SECTION_TITLES[section]} saved.`);
  }

  @Post('queries/:query/answer')
  @Needs('progress-report:prepare')
  async answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('query', IdPipe) query: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const answer = form.text(`queries/${query}/answer`, { label: 'Your answer', max: LONGEST_ANSWER });
    form.check();
    const report = await this.reports.answerQuery(actor, id, form.revision, query, answer);
    const section = report.queries.find((each) => each.id === query)?.section;
    return onward(`/returns/${id}/${section}`, 'Your answer was saved.');
  }
}
