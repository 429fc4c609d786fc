import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { MoneyReader } from '../../funding/money.reader.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import { By, Needs } from '../../http/access.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { type MoneyQuery, moneyFilterOf, moneyPage } from './money.page.js';
import { LISTED } from './programme.words.js';

/** Programme manager, question 1: what is awarded, drawn and remaining, by trust, year and capital or revenue? */
@Pages('programmes/:slug/money')
export class MoneyPagesController {
  constructor(private readonly money: MoneyReader) {}

  @Get()
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Query() query: MoneyQuery): Promise<Page> {
    const filter = moneyFilterOf(query);
    const page = { limit: LISTED, after: asked(query.after) ?? undefined };
    const { json, next } = await this.money.programme(actor, slug, filter, page);
    return moneyPage(JSON.parse(json) as ProgrammeMoneyView, filter, next);
  }
}
