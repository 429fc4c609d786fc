import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { LedgerReader } from '../../funding/ledger.reader.js';
import { ReconciliationService } from '../../funding/reconciliation.service.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { differencesFilterOf, type LedgerQuery, ledgerPage } from './ledger.page.js';

const CHECKS = 10;
const DIFFERENCES = 50;

/** Whether the ledger agrees with itself, and with what was agreed. */
@Pages('programmes/:slug/ledger')
export class LedgerPagesController {
  constructor(
    private readonly reader: LedgerReader,
    private readonly programmes: ProgrammesReader,
    private readonly reconciliation: ReconciliationService,
  ) {}

  @Get()
  @Needs('log:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Query() query: LedgerQuery): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const { items } = await this.reader.checks(actor, slug, { limit: 1 });
    const checks = await this.reader.checks(actor, slug, { limit: CHECKS, after: query.checksAfter });
    const wanted = { limit: DIFFERENCES, after: query.after };
    const differences = await this.reader.differences(actor, slug, differencesFilterOf(query), wanted);
    const mayCheck = may(actor, 'payment:make');
    return ledgerPage({ programme, checks, last: items[0], differences, query, mayCheck });
  }

  @Post('checks')
  @Needs('payment:make')
  async check(@By() actor: Actor, @Param('slug') slug: string): Promise<Onward> {
    const { receipt } = await this.reconciliation.request(actor, slug);
    return onward(`/receipts/${receipt}`, 'A check of the ledger was asked for.');
  }
}
