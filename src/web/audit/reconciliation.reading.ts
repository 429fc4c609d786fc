import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { AwardsReader } from '../../funding/awards/awards.reader.js';
import { LedgerReader } from '../../funding/ledger.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import { ExtractsReader } from '../../funding/payments/extracts.reader.js';
import { PaymentsReader } from '../../funding/payments/payments.reader.js';
import type { Reconciled } from './reconciliation.page.js';

/** More agreements, trusts, differences or extracts than a programme has. */
const ALL = { limit: 500 };
const EVERYTHING = { trust: null, financialYear: null, kind: null };

/** Reads all that question 9 holds against each other. */
@Injectable()
export class ReconciliationReading {
  constructor(
    private readonly money: MoneyReader,
    private readonly awards: AwardsReader,
    private readonly agreements: AgreementsReader,
    private readonly payments: PaymentsReader,
    private readonly ledger: LedgerReader,
    private readonly extracts: ExtractsReader,
  ) {}

  /** @throws Problem 404 */
  async of(actor: Actor, slug: string): Promise<Reconciled> {
    const standing = { state: 'standing' as const, kind: null, trust: null };
    const [money, awards, agreements, payments, checks, differences, extracts] = await Promise.all([
      this.money.programme(actor, slug, EVERYTHING, ALL),
      this.awards.ofProgramme(actor, slug),
      this.agreements.list(actor, slug, { trust: null, state: null }, ALL),
      this.payments.totals(actor, slug),
      this.ledger.checks(actor, slug, { limit: 20 }),
      this.ledger.differences(actor, slug, standing, ALL),
      this.extracts.list(actor, slug, ALL),
    ]);
    return {
      money: JSON.parse(money.json) as ProgrammeMoneyView,
      awards,
      agreements: agreements.items,
      payments,
      checks: checks.items,
      differences: differences.items,
      extracts: extracts.items,
    };
  }
}
