import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Sql } from '../../database/sql.js';
import { agreements } from '../../funding/agreements/agreement.queries.js';
import { IN_FORCE } from '../../funding/agreements/agreement.rules.js';
import { awards } from '../../funding/awards/award.queries.js';
import type { ShownDifference } from '../../funding/ledger.reader.js';
import { programmeMoney } from '../../funding/money.queries.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import { type ExtractSummary, extracts } from '../../funding/payments/extract.queries.js';
import { paymentTotals } from '../../funding/payments/payment-audit.queries.js';
import {
  type LedgerCheckView,
  ledgerChecks,
  ledgerDifferences,
} from '../../funding/reconciliation.queries.js';
import { WHAT_TO_DO } from '../../funding/reconciliation.rules.js';
import { OpenDataReader } from '../../open-data/open-data.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { agreedLines, extractTotals, stageTotals } from './reconciliation.queries.js';
import {
  type Comparison,
  comparisons,
  type ReconciledFigures,
  type TrustTotals,
  trustTotals,
} from './reconciliation.rules.js';

/** Lists are given whole: more than any of them has. */
const WHOLE = 1_000_000_000;
const CHECKS = 20;

/** What question 9 holds against each other, and what came of it. */
export interface Reconciliation {
  /** An instant. */
  asOf: string;
  /** Whether all that is compared agrees, and no difference stands in the ledger. */
  agrees: boolean;
  comparisons: Comparison[];
  trusts: TrustTotals[];
  /** Differences in the ledger that the last check left standing. */
  differences: ShownDifference[];
  /** The checks of the ledger, the newest first, as many as twenty. */
  checks: LedgerCheckView[];
  extracts: ExtractSummary[];
  controlGrantPence: number;
}

/** Do published totals reconcile to the ledger? (domain.md section 11, auditor 9.) */
@Injectable()
export class ReconciliationReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly openData: OpenDataReader,
  ) {}

  /** All of one moment. @throws Problem 404 */
  of(actor: Actor, slug: string): Promise<Reconciliation> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const published = await this.openData.totalsIn(sql, slug);
      const figures = { ...(await figuresOf(sql, slug, id)), published };
      const standing = { state: 'standing' as const, kind: null, trust: null };
      const differences = await ledgerDifferences(sql, id, standing, WHOLE, null);
      const compared = comparisons(figures);
      const { asOf, control } = figures.money;
      return {
        asOf,
        agrees: differences.length === 0 && compared.every(({ agrees }) => agrees),
        comparisons: compared,
        trusts: trustTotals(figures),
        differences: differences.map((row) => ({ ...row, whatToDo: WHAT_TO_DO[row.kind] })),
        checks: await ledgerChecks(sql, id, CHECKS, null),
        extracts: await extracts(sql, id, WHOLE, null),
        controlGrantPence: control.grantPence,
      };
    });
  }
}

async function figuresOf(sql: Sql, slug: string, id: string): Promise<Omit<ReconciledFigures, 'published'>> {
  const everything = { trust: null, financialYear: null, kind: null };
  const money = await programmeMoney(sql, slug, everything, WHOLE, null);
  return {
    money: JSON.parse(money?.json ?? '') as ProgrammeMoneyView,
    awards: await awards(sql, id),
    agreements: await agreements(sql, id, { trust: null, state: null }, WHOLE, null),
    payments: await paymentTotals(sql, id),
    agreedLines: await agreedLines(sql, id, IN_FORCE),
    stages: await stageTotals(sql, id),
    extractTotals: await extractTotals(sql, id),
  };
}
