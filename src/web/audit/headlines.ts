import { Injectable } from '@nestjs/common';
import { AmendmentsReader } from '../../auditing/questions/amendments.reader.js';
import { MeasureGapsReader } from '../../auditing/questions/measure-gaps.reader.js';
import { ReconciliationReader } from '../../auditing/questions/reconciliation.reader.js';
import { MoneyMovementsReader } from '../../change-requests/money-movements.reader.js';
import type { Actor } from '../../core/actor.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import { PaymentAuditReader } from '../../funding/payments/payment-audit.reader.js';
import type { Headline } from './audit.page.js';
import { gapsLead } from './gaps.page.js';
import { concernsLead, movementsLead, overdueLead } from './money.page.js';
import { dutiesLead, exceptionsLead } from './payments.page.js';
import { reconciliationLead } from './reconciliation.page.js';
import { amendmentsLead, anyAmended } from './records.page.js';

/** As many as a headline counts before it says "more than". */
const COUNTED = 200;

/** Headlines of the questions about money: 3, 4, 5, 6, 9 and 10. */
@Injectable()
export class MoneyHeadlines {
  constructor(
    private readonly payments: PaymentAuditReader,
    private readonly match: MatchReader,
    private readonly movements: MoneyMovementsReader,
    private readonly money: MoneyReader,
    private readonly reconciliation: ReconciliationReader,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string): Promise<Headline[]> {
    const page = { limit: COUNTED };
    const [exceptions, duties, concerns, moved, overdue, reconciled] = await Promise.all([
      this.payments.exceptionCounts(actor, slug),
      this.payments.dutyCounts(actor, slug),
      this.match.concernCounts(actor, slug, COUNTED),
      this.movements.list(actor, slug, page),
      this.money.overdueActions(actor, slug, { limit: 1 }),
      this.reconciliation.totals(actor, slug),
    ]);
    const { openedByWaiver, beforeDecision, withoutDecision } = exceptions;
    return [
      {
        question: 3,
        lead: exceptionsLead(exceptions),
        found: openedByWaiver.count + beforeDecision.count + withoutDecision.count > 0,
      },
      {
        question: 4,
        lead: dutiesLead(duties),
        found: duties.breaches.count + duties.overrides.count > 0,
      },
      {
        question: 5,
        lead: concernsLead(concerns),
        found: concerns.missing.count + concerns.contributions > 0,
      },
      { question: 6, lead: movementsLead(moved), found: moved.exceeded.length + moved.items.length > 0 },
      {
        question: 9,
        lead: reconciliationLead(reconciled),
        found: !reconciled.agrees,
      },
      { question: 10, lead: overdueLead(overdue), found: overdue.sums.some(({ count }) => count > 0) },
    ];
  }
}

/** Headlines of the questions about returns, claims and measures: 7 and 8. */
@Injectable()
export class RecordHeadlines {
  constructor(
    private readonly amended: AmendmentsReader,
    private readonly gaps: MeasureGapsReader,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string): Promise<Headline[]> {
    const page = { limit: COUNTED };
    const [amendments, gaps] = await Promise.all([
      this.amended.of(actor, slug, page),
      this.gaps.of(actor, slug, { limit: 1 }, {}),
    ]);
    const open = gaps.states.some(({ state }) => ['self-reported', 'challenged', 'rejected'].includes(state));
    return [
      { question: 7, lead: amendmentsLead(amendments), found: anyAmended(amendments) },
      {
        question: 8,
        lead: gapsLead(gaps),
        found:
          open ||
          gaps.late.items.length > 0 ||
          gaps.undefined.length > 0 ||
          gaps.benefitGaps.unvalidated + gaps.benefitGaps.late > 0,
      },
    ];
  }
}
