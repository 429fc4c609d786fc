import { Injectable } from '@nestjs/common';
import { MoneyMovementsReader } from '../../change-requests/money-movements.reader.js';
import type { Actor } from '../../core/actor.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import { PaymentsReader } from '../../funding/payments/payments.reader.js';
import { ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import type { Headline } from './audit.page.js';
import { concernsLead, movementsLead, overdueLead } from './money.page.js';
import { dutiesLead, exceptionsLead } from './payments.page.js';
import { comparisons, reconciliationLead } from './reconciliation.page.js';
import { ReconciliationReading } from './reconciliation.reading.js';
import { amendmentsLead, gapsLead, undefinedMeasures } from './records.page.js';

/** As many as a headline counts before it says "more than". */
const COUNTED = 200;

/** Headlines of the questions about money: 3, 4, 5, 6, 9 and 10. */
@Injectable()
export class MoneyHeadlines {
  constructor(
    private readonly payments: PaymentsReader,
    private readonly match: MatchReader,
    private readonly movements: MoneyMovementsReader,
    private readonly money: MoneyReader,
    private readonly reconciliation: ReconciliationReading,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string): Promise<Headline[]> {
    const page = { limit: COUNTED };
    const [exceptions, duties, concerns, moved, overdue, reconciled] = await Promise.all([
      this.payments.exceptions(actor, slug),
      this.payments.duties(actor, slug, { limit: 1 }),
      this.match.concerns(actor, slug, page),
      this.movements.list(actor, slug, page),
      this.money.overdueActions(actor, slug, { limit: 1 }),
      this.reconciliation.of(actor, slug),
    ]);
    const { openedByWaiver, beforeDecision, withoutDecision } = exceptions;
    return [
      {
        question: 3,
        lead: exceptionsLead(exceptions),
        found: openedByWaiver.length + beforeDecision.length + withoutDecision.length > 0,
      },
      {
        question: 4,
        lead: dutiesLead(duties),
        found: duties.breaches.length + duties.overrides.length > 0,
      },
      {
        question: 5,
        lead: concernsLead(concerns),
        found: concerns.missing.length + concerns.items.length > 0,
      },
      { question: 6, lead: movementsLead(moved), found: moved.exceeded.length + moved.items.length > 0 },
      {
        question: 9,
        lead: reconciliationLead(reconciled),
        found:
          reconciled.differences.length > 0 ||
          comparisons(reconciled).some(({ onePence, otherPence }) => onePence !== otherPence),
      },
      { question: 10, lead: overdueLead(overdue), found: overdue.sums.some(({ count }) => count > 0) },
    ];
  }
}

/** Headlines of the questions about returns, claims and measures: 7 and 8. */
@Injectable()
export class RecordHeadlines {
  constructor(
    private readonly returns: ProgressReportsReader,
    private readonly claims: ClaimsReader,
    private readonly measurements: MeasurementsReader,
    private readonly targets: TargetsReader,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string): Promise<Headline[]> {
    const page = { limit: COUNTED };
    const [returns, claims, states, targetSets, late] = await Promise.all([
      this.returns.amendments(actor, slug, page),
      this.claims.amendments(actor, slug, page),
      this.measurements.states(actor, slug),
      this.targets.ofProgramme(actor, slug),
      this.measurements.late(actor, slug),
    ]);
    const open = states.some(({ state }) => ['self-reported', 'challenged', 'rejected'].includes(state));
    return [
      {
        question: 7,
        lead: amendmentsLead({ returns, claims }),
        found: returns.items.length + claims.items.length > 0,
      },
      {
        question: 8,
        lead: gapsLead({ states, targetSets, late }),
        found: open || late.items.length > 0 || undefinedMeasures(targetSets).length > 0,
      },
    ];
  }
}
