import { Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { blocked } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { SheetsReader } from '../../surveys/sheets.reader.js';
import { SurveySheetService } from '../../surveys/survey-sheet.service.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { sheetFormPage, sheetPage } from './sheet.page.js';
import { answersIn } from './sheet-form.js';

/** A trust's answers in a wave: written, looked over, and submitted as a whole. */
@Pages('survey-sheets/:id')
export class SheetPagesController {
  constructor(
    private readonly sheets: SheetsReader,
    private readonly service: SurveySheetService,
    private readonly programmes: ProgrammesReader,
  ) {}

  @Get()
  @Needs('progress-report:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const sheet = await this.sheets.one(actor, id);
    return sheetPage(await this.programmes.one(actor, sheet.programme), sheet);
  }

  @Get('edit')
  @Needs('survey:answer')
  async edit(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const sheet = await this.sheets.one(actor, id);
    if (!sheet.next.includes('answers'))
      throw blocked('These answers cannot be changed now.', sheet.blockers);
    const programme = await this.programmes.one(actor, sheet.programme);
    return sheetFormPage(programme, sheet, await this.sheets.choices(actor, id));
  }

  @Post()
  @Needs('survey:answer')
  async save(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { questions } = await this.sheets.one(actor, id);
    await this.service.answer(actor, id, form.revision, answersIn(form, questions));
    return onward(`/survey-sheets/${id}`, 'Your answers were saved. They count once they are submitted.');
  }

  @Post('submission')
  @Needs('survey:answer')
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    await this.service.submit(actor, id, form.revision);
    return onward(`/survey-sheets/${id}`, 'Your answers were submitted.');
  }
}
