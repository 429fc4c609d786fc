import { Get, Param, Query } from '@nestjs/common';
import { ReconciliationReader } from '../../auditing/questions/reconciliation.reader.js';
import { MoneyMovementsReader } from '../../change-requests/money-movements.reader.js';
import type { Actor } from '../../core/actor.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import { PaymentAuditReader } from '../../funding/payments/payment-audit.reader.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { concernsPage, movementsPage, overduePage } from './money.page.js';
import { dutiesPage, exceptionsPage } from './payments.page.js';
import { reconciliationPage } from './reconciliation.page.js';

const LISTED = 50;

/** What the address of a page may say: where its lists go on. */
type Cursors = Record<string, unknown>;

/** What an auditor asks of a programme's money: questions 3 to 6, 9 and 10. */
@Pages('programmes/:slug')
export class MoneyAuditController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly payments: PaymentAuditReader,
    private readonly match: MatchReader,
    private readonly movements: MoneyMovementsReader,
    private readonly money: MoneyReader,
    private readonly reconciliation: ReconciliationReader,
  ) {}

  @Get('payment-exceptions')
  @Needs('log:read')
  async exceptions(@By() actor: Actor, @Param('slug') slug: string, @Query() query: Cursors): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = listed(query, 'openedByWaiver', 'beforeDecision', 'withoutDecision', 'advances');
    return exceptionsPage(programme, await this.payments.exceptions(actor, slug, page));
  }

  @Get('separation-of-duties')
  @Needs('log:read')
  async duties(@By() actor: Actor, @Param('slug') slug: string, @Query() query: Cursors): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = listed(query, 'after', 'breaches', 'overrides');
    return dutiesPage(programme, await this.payments.duties(actor, slug, page));
  }

  @Get('match-concerns')
  @Needs('log:read')
  async concerns(@By() actor: Actor, @Param('slug') slug: string, @Query() query: Cursors): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = listed(query, 'after', 'missing');
    return concernsPage(programme, await this.match.concerns(actor, slug, page));
  }

  @Get('money-movements')
  @Needs('log:read')
  async moved(@By() actor: Actor, @Param('slug') slug: string, @Query() query: Cursors): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return movementsPage(programme, await this.movements.list(actor, slug, listed(query, 'after')));
  }

  @Get('reconciliation')
  @Needs('log:read')
  async reconciled(@By() actor: Actor, @Param('slug') slug: string, @Query() query: Cursors): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = listed(query, 'trusts', 'differences');
    return reconciliationPage(programme, await this.reconciliation.of(actor, slug, page));
  }

  @Get('overdue-actions')
  @Needs('log:read')
  async overdue(@By() actor: Actor, @Param('slug') slug: string, @Query() query: Cursors): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return overduePage(programme, await this.money.overdueActions(actor, slug, listed(query, 'after')));
  }
}

/** A page of each list, after the cursors that the address says. */
function listed<List extends string>(
  query: Cursors,
  ...lists: List[]
): { limit: number } & { [Each in List]?: string | undefined } {
  const cursors = lists.map((list) => [list, asked(query[list]) ?? undefined]);
  return { limit: LISTED, ...(Object.fromEntries(cursors) as { [Each in List]?: string | undefined }) };
}
