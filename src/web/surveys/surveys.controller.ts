import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { AdoptionReader } from '../../surveys/adoption.reader.js';
import { SheetsReader } from '../../surveys/sheets.reader.js';
import { ADOPTION_STATUSES } from '../../surveys/survey.rules.js';
import { SurveySheetService } from '../../surveys/survey-sheet.service.js';
import { SurveysReader } from '../../surveys/surveys.reader.js';
import { asked } from '../page/address.js';
import { chosen } from '../page/filter.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { historicalWavePage, trustAdoptionPage, wavePage } from './wave.page.js';
import { wavesPage } from './waves.page.js';

/** How many of a list are on a page. */
const LISTED = 20;

const pageAsked = (after: unknown) => ({ limit: LISTED, after: asked(after) ?? undefined });

/** What the address of a wave's page may say. */
interface WaveQuery {
  trust?: string;
  question?: string;
  status?: string;
  with?: string;
  trusts?: string;
  answers?: string;
}

/** The survey of adoption: its waves, what was answered, and whether that agrees with what was measured. */
@Pages('programmes/:slug')
@Needs('progress-report:read')
export class SurveyPagesController {
  constructor(
    private readonly surveys: SurveysReader,
    private readonly adoption: AdoptionReader,
    private readonly sheets: SheetsReader,
    private readonly service: SurveySheetService,
    private readonly programmes: ProgrammesReader,
  ) {}

  @Get('surveys')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query('after') after: unknown): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const waiting = may(actor, 'survey:answer') ? await this.sheets.waiting(actor, slug) : [];
    return wavesPage(programme, await this.surveys.list(actor, slug, pageAsked(after)), waiting);
  }

  @Get('surveys/:code')
  async one(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('code') code: string,
    @Query() query: WaveQuery,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const wave = await this.surveys.one(actor, slug, code);
    if (wave.kind === 'historical') return historicalWavePage(programme, wave);
    const filter = {
      trust: asked(query.trust),
      question: asked(query.question),
      status: chosen(query.status, ADOPTION_STATUSES),
    };
    const other = asked(query.with);
    const readings = {
      results: await this.surveys.results(actor, slug, code, other),
      trusts: await this.adoption.trusts(actor, slug, code, null, pageAsked(query.trusts)),
      answers: await this.adoption.answers(actor, slug, code, filter, pageAsked(query.answers)),
      others: (await this.surveys.list(actor, slug, { limit: LISTED })).items,
    };
    const answersFor = may(actor, 'survey:answer') ? actor.trustId : null;
    return wavePage(programme, wave, readings, { ...filter, other }, answersFor);
  }

  @Post('surveys/:code/sheets')
  @Needs('survey:answer')
  async begin(@By() actor: Actor, @Param('slug') slug: string, @Param('code') code: string): Promise<Onward> {
    const { id } = await this.service.begin(actor, slug, code);
    return onward(`/survey-sheets/${id}/edit`);
  }

  @Get('trusts/:ods/adoption')
  async ofTrust(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const { trust, items } = await this.adoption.ofTrust(actor, slug, ods);
    const latest = items.find(({ sheet }) => sheet !== null);
    const filter = { trust: ods, question: null, status: null };
    const answers = latest
      ? (await this.adoption.answers(actor, slug, latest.wave.code, filter, { limit: LISTED })).items
      : [];
    return trustAdoptionPage(programme, trust, items, answers);
  }
}
