import { Get, Param, Query } from '@nestjs/common';
import { YearEndReader } from '../../change-requests/year-end.reader.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { isFinancialYear } from '../../core/financial-period.js';
import { BenefitToCostReader } from '../../funding/benefit-to-cost.reader.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { closableYears } from '../year-end/year-end.page.js';
import { type GatesQuery, gatesFilterOf, gatesPage } from './gates.page.js';
import { matchPage } from './match.page.js';
import { LISTED } from './programme.words.js';
import { yearEndPage } from './year-end.page.js';

/** Programme manager, questions 2, 3 and 6: match, gates, and what lapses at the end of the year. */
@Pages('programmes/:slug')
@Needs('money:read')
export class FundingPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly matches: MatchReader,
    private readonly gateReader: GatesReader,
    private readonly yearEnds: YearEndReader,
    private readonly worth: BenefitToCostReader,
    private readonly clock: Clock,
  ) {}

  @Get('match')
  async match(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('after') after?: unknown,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const match = await this.matches.programme(actor, slug, listed(after));
    const { totals } = await this.worth.programme(actor, slug, { limit: 1 });
    return matchPage(programme, match, totals, actor.trustOds !== null);
  }

  @Get('gates')
  async gates(@By() actor: Actor, @Param('slug') slug: string, @Query() query: GatesQuery): Promise<Page> {
    const filter = gatesFilterOf(query);
    const programme = await this.programmes.one(actor, slug);
    const gates = await this.gateReader.list(actor, slug, filter, listed(query.after));
    const totals = await this.gateReader.totals(actor, slug, filter);
    const whole = gates.next === null && asked(query.after) === null;
    return gatesPage(programme, { ...gates, totals, whole }, filter, actor.trustOds !== null);
  }

  @Get('year-end')
  async yearEnd(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('year') year?: string,
    @Query('after') after?: unknown,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const wanted = isFinancialYear(year) ? year : undefined;
    const position = await this.yearEnds.position(actor, slug, wanted, listed(after));
    const ends = await this.yearEnds.list(actor, slug);
    const closable = closableYears(programme, ends, this.clock.today());
    const mayClose = may(actor, 'year-end:close') && closable.length > 0;
    return yearEndPage(programme, position, ends, { own: actor.trustOds !== null, mayClose });
  }
}

const listed = (after: unknown) => ({ limit: LISTED, after: asked(after) ?? undefined });
