import { Injectable } from '@nestjs/common';
import type { DateOn } from '../core/calendar.js';
import { sumPence } from '../core/money.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import type { Agreement } from './agreements/agreement.entity.js';
import { Journal, Posting } from './ledger.entity.js';
import { postingsOf } from './ledger.queries.js';
import { entryBlockers, type JournalEntry } from './ledger.rules.js';

/** Whose ledger is written. */
export type LedgerOf = Pick<Agreement, 'id' | 'trust_id' | 'illustrative'>;

/**
 * The only writer of journals and postings. The database moves the balances, and refuses what would take one below
 * zero, what is outside the window, and what does not add up (migrations/0010-ledger.sql).
 */
@Injectable()
export class Ledger {
  /**
   * Posts an entry in the caller's unit of work.
   * @returns the journal's id
   * @throws Problem 409 where the entry cannot be; at the latest when the unit of work commits
   */
  async post(tx: Tx, agreement: LedgerOf, entry: JournalEntry): Promise<string> {
    refuseIfBlocked('This cannot be posted.', entryBlockers(entry));
    const { kind, datedOn, narrative, movements, cause = {}, novatesId = null } = entry;
    const { id: journalId } = await this.open(tx, agreement, {
      kind,
      dated_on: datedOn,
      narrative,
      claim_id: cause.claimId ?? null,
      payment_id: cause.paymentId ?? null,
      recovery_id: cause.recoveryId ?? null,
      contribution_id: cause.contributionId ?? null,
      change_request_id: cause.changeRequestId ?? null,
      novates_id: novatesId,
      postings: movements.length,
      total_pence: sumPence(movements.map(({ amountPence }) => amountPence)),
    });
    await tx.insertAll(
      Posting,
      movements.map(({ lineId, source, from, to, amountPence, incurredOn, trancheId }) => ({
        trust_id: agreement.trust_id,
        agreement_id: agreement.id,
        journal_id: journalId,
        kind,
        line_id: lineId,
        source,
        from_stage: from,
        to_stage: to,
        amount_pence: amountPence,
        incurred_on: incurredOn ?? null,
        tranche_id: trancheId ?? null,
      })),
    );
    return journalId;
  }

  /**
   * Undoes a journal, whole and once: every posting is mirrored.
   * @returns the id of the reversal
   * @throws Problem 409 where it was reversed before, or money has moved on since
   */
  async reverse(
    tx: Tx,
    agreement: LedgerOf,
    journal: Pick<Journal, 'id' | 'claim_id' | 'payment_id' | 'recovery_id' | 'contribution_id'>,
    { datedOn, narrative }: { datedOn: DateOn; narrative: string },
  ): Promise<string> {
    const mirrored = await postingsOf(tx, journal.id);
    const { id: journalId } = await this.open(tx, agreement, {
      kind: 'reverse',
      dated_on: datedOn,
      narrative,
      claim_id: journal.claim_id,
      payment_id: journal.payment_id,
      recovery_id: journal.recovery_id,
      contribution_id: journal.contribution_id,
      reverses_id: journal.id,
      postings: mirrored.length,
      total_pence: sumPence(mirrored.map(({ amount_pence }) => amount_pence)),
    });
    await tx.insertAll(
      Posting,
      mirrored.map(({ id, from_stage, to_stage, incurred_on: _, ...rest }) => ({
        ...rest,
        journal_id: journalId,
        kind: 'reverse' as const,
        from_stage: to_stage,
        to_stage: from_stage,
        reverses_id: id,
      })),
    );
    return journalId;
  }

  private open(tx: Tx, agreement: LedgerOf, values: Partial<Journal>): Promise<Journal> {
    return tx.insert(Journal, {
      trust_id: agreement.trust_id,
      agreement_id: agreement.id,
      illustrative: agreement.illustrative,
      ...values,
    });
  }
}
