import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { type CountedPage, cursorValues, idIn, isText, type Page, pageOf } from '../../core/paging.js';
import type { ReadSql } from '../../database/sql.js';
import { IN_FORCE } from '../../funding/agreements/agreement.rules.js';
import type { ShownDifference } from '../../funding/ledger.reader.js';
import { programmeMoney } from '../../funding/money.queries.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import { type ExtractSummary, extracts } from '../../funding/payments/extract.queries.js';
import { paymentTotals } from '../../funding/payments/payment-audit.queries.js';
import {
  type LedgerCheckView,
  lastStages,
  ledgerChecks,
  ledgerDifferences,
  standingDifferences,
} from '../../funding/reconciliation.queries.js';
import { WHAT_TO_DO } from '../../funding/reconciliation.rules.js';
import { OpenDataReader } from '../../open-data/open-data.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import {
  agreedLines,
  awardTotals,
  extractTotals,
  type TrustTotals,
  trustTotals,
} from './reconciliation.queries.js';
import { type Comparison, comparisons, type ReconciledFigures } from './reconciliation.rules.js';

/** Extracts are given whole: more than there are. */
const WHOLE = 1_000_000_000;
const CHECKS = 20;

/** What of question 9 is of the whole programme. */
export interface ReconciledWhole {
  /** An instant. */
  asOf: string;
  /** Whether all that is compared agrees, and no difference stands in the ledger. */
  agrees: boolean;
  comparisons: Comparison[];
  /** How many differences the last check of the ledger left standing. */
  differences: { count: number };
  /** The checks of the ledger, the newest first, as many as twenty. */
  checks: LedgerCheckView[];
  controlGrantPence: number;
}

/** What question 9 holds against each other, and what came of it: trusts and differences a page at a time. */
export interface Reconciliation extends ReconciledWhole {
  /** By name. */
  trusts: Page<TrustTotals>;
  differences: CountedPage<ShownDifference>;
  extracts: ExtractSummary[];
}

/** Which page of each is wanted: how many, and after which cursors. */
export interface ReconciliationRequest {
  limit: number;
  trusts?: string | undefined;
  differences?: string | undefined;
}

/** Do published totals reconcile to the ledger? (domain.md section 11, auditor 9.) */
@Injectable()
export class ReconciliationReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly openData: OpenDataReader,
  ) {}

  /** All of one moment. @throws Problem 404; 400 where a cursor is not one */
  of(actor: Actor, slug: string, { limit, ...after }: ReconciliationRequest): Promise<Reconciliation> {
    const beyond = cursorValues(after.trusts, [isText, isText]);
    const before = idIn(after.differences);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const whole = await this.whole(sql, slug, id);
      const trusts = await trustTotals(sql, id, IN_FORCE, limit + 1, beyond);
      const standing = { state: 'standing' as const, kind: null, trust: null };
      const rows = await ledgerDifferences(sql, id, standing, limit + 1, before);
      const differences = rows.map((row) => ({ ...row, whatToDo: WHAT_TO_DO[row.kind] }));
      return {
        ...whole,
        trusts: pageOf(trusts, limit, ({ trust }) => [trust.name, trust.odsCode]),
        differences: { ...whole.differences, ...pageOf(differences, limit, (row) => [row.id]) },
        extracts: await extracts(sql, id, WHOLE, null),
      };
    });
  }

  /** What is of the whole programme, of one moment. @throws Problem 404 */
  totals(actor: Actor, slug: string): Promise<ReconciledWhole> {
    return this.programmes.within(actor, slug, (sql, id) => this.whole(sql, slug, id));
  }

  private async whole(sql: ReadSql, slug: string, id: string): Promise<ReconciledWhole> {
    const everything = { trust: null, financialYear: null, kind: null };
    const found = await programmeMoney(sql, slug, everything, 1, null);
    const money = JSON.parse(found?.json ?? '') as ProgrammeMoneyView;
    const figures: ReconciledFigures = {
      money,
      awards: await awardTotals(sql, id),
      payments: await paymentTotals(sql, id),
      agreedLines: await agreedLines(sql, id, IN_FORCE),
      stages: await lastStages(sql, id),
      extractTotals: await extractTotals(sql, id),
      published: await this.openData.totalsIn(sql, slug),
    };
    const compared = comparisons(figures);
    const count = await standingDifferences(sql, id);
    return {
      asOf: money.asOf,
      agrees: count === 0 && compared.every(({ agrees }) => agrees),
      comparisons: compared,
      differences: { count },
      checks: await ledgerChecks(sql, id, CHECKS, null),
      controlGrantPence: money.control.grantPence,
    };
  }
}
