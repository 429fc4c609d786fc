import { Injectable, Logger } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { type Actor, requirePermission } from '../core/actor.js';
import { formatPounds } from '../core/money.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { KeptSums } from '../programmes/kept-sums.js';
import { programmeId, programmeIds } from '../programmes/programme.queries.js';
import { Outbox } from '../queue/outbox.js';
import { RECONCILE_LEDGER } from './funding.jobs.js';
import { LedgerCheck, LedgerDifference } from './ledger.entity.js';
import { holdChecks, ledgerFacts } from './reconciliation.queries.js';
import { type Difference, differences, settlement } from './reconciliation.rules.js';

/** What came of a check. */
export interface CheckOutcome {
  accounts: number;
  postings: number;
  /** How many stand after it. */
  differences: number;
  raised: number;
  cleared: number;
}

/**
 * Holds the ledger against its postings, the agreements, the tranches and the control totals, and what is kept for
 * totals against the record. What differs is an alert until it is gone (DESIGN.md, Money).
 */
@Injectable()
export class ReconciliationService {
  private readonly logger = new Logger('Ledger');

  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly outbox: Outbox,
    private readonly sums: KeptSums,
  ) {}

  /** Asks for a check. @returns the receipt of the message that does it @throws Problem 403, 404 */
  request(actor: Actor, slug: string): Promise<{ receipt: string }> {
    return this.work.run({ actor, action: 'ledger.check' }, async (tx) => {
      requirePermission(actor, 'payment:make');
      const id = await programmeId(tx, slug);
      if (!id) throw notFound('programme');
      return { receipt: await this.ask(tx, id) };
    });
  }

  /** Asks for a check of every programme, each in a unit of work of its own. */
  async askForAll(tx: Tx): Promise<{ programmes: number }> {
    const ids = await programmeIds(tx);
    for (const id of ids) await this.ask(tx, id);
    return { programmes: ids.length };
  }

  /**
   * Checks a programme's ledger as it stands at one moment, and keeps what became of each difference. Checks of one
   * programme are one after another.
   */
  async check(tx: Tx, programme: string): Promise<CheckOutcome> {
    await holdChecks(tx, programme);
    const facts = await this.scope.run({ trustId: null }, (sql) => ledgerFacts(sql, programme));
    const found = differences({ ...facts, kept: await this.sums.differing(programme) });
    const standing = await tx.manager.findBy(LedgerDifference, {
      programme_id: programme,
      cleared_at: IsNull(),
    });
    const { raised, moved, cleared } = settlement(standing.map(named), found);
    for (const each of raised) {
      await tx.insert(LedgerDifference, { programme_id: programme, ...columns(each) });
      this.alert(each);
    }
    for (const {
      standing: { row },
      now,
    } of moved) {
      await tx.change(LedgerDifference, row, columns(now));
      this.alert(now);
    }
    for (const { row } of cleared) await tx.change(LedgerDifference, row, { cleared_at: tx.at });
    const outcome = { ...facts.counts, differences: found.length };
    await tx.insert(LedgerCheck, { programme_id: programme, ...outcome, stages: facts.stages });
    return { ...outcome, raised: raised.length, cleared: cleared.length };
  }

  private ask(tx: Tx, programme: string): Promise<string> {
    return this.outbox.add(tx, RECONCILE_LEDGER, { programmeId: programme }, { coalesceKey: programme });
  }

  private alert({ kind, subject, expectedPence, foundPence }: Difference): void {
    const figures = `${formatPounds(expectedPence)} expected, ${formatPounds(foundPence)} found`;
    this.logger.error(`ledger-difference (${kind}): ${subject}: ${figures}.`);
  }
}

const named = (row: LedgerDifference) => ({
  row,
  kind: row.kind,
  subject: row.subject,
  expectedPence: row.expected_pence,
  foundPence: row.found_pence,
});

const columns = ({ kind, subject, trustId, expectedPence, foundPence }: Difference) => ({
  kind,
  subject,
  trust_id: trustId,
  expected_pence: expectedPence,
  found_pence: foundPence,
});
