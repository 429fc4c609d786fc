import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { blocked, notFound, refuseIfBlocked } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type Agreement, FundingLine } from '../funding/agreements/agreement.entity.js';
import { AgreementVersions } from '../funding/agreements/agreement-versions.js';
import { Ledger } from '../funding/ledger.js';
import { fundingLines } from '../funding/ledger.queries.js';
import { lineKey } from '../funding/ledger-lines.rules.js';
import { contentBlockers, termsAfter } from './change-content.rules.js';
import type { ChangeFacts } from './change-facts.js';
import { changeFacts } from './change-facts.queries.js';
import type { ChangeImpact } from './change-impact.js';
import { impactOf } from './change-impact.rules.js';
import { lockChange, moveOn } from './change-lock.js';
import { movedLines, reallocation } from './change-moves.rules.js';
import type { ChangeRequest } from './change-request.entity.js';
import { type ChangeRequestView, changeRequest } from './change-request.queries.js';
import { CHANGE_REQUEST } from './change-request.rules.js';
import { ChangedPlans } from './changed-plans.js';
import { overwritten } from './impact-changes.rules.js';

/** Carries out what was approved: all of it in one unit of work, or nothing. */
@Injectable()
export class ChangeApplicationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scope: ReadScope,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly versions: AgreementVersions,
    private readonly changed: ChangedPlans,
  ) {}

  /**
   * Applies an approved change: milestones get their days, benefits their plans, money moves, the agreement gets its
   * next version. The baselines stay.
   * @throws Problem 403, 404, 409 (`impact-changed` where it would overwrite what nobody saw at the approval), 412, 428
   */
  async apply(actor: Actor, id: string, revision: number | null): Promise<ChangeRequestView> {
    const asked = await this.scope.run(actor, (sql) => changeRequest(sql, id));
    if (!asked) throw notFound('change request');
    const reason = `Change request: ${asked.reference}`;
    return this.work.run({ actor, action: 'change-request.apply', reason }, async (tx) => {
      requirePermission(actor, 'change-request:decide');
      const { agreement, request } = await lockChange(tx, id, revision);
      const refusal = 'This change cannot be applied now.';
      refuseIfBlocked(refusal, CHANGE_REQUEST.blockers('apply', request.state));
      const facts = await changeFacts(tx, agreement.id);
      refuseIfBlocked(refusal, contentBlockers(request.kind, request.content, facts));
      const changed = overwritten(request.impact as ChangeImpact, impactOf(request.content, facts));
      if (changed.length > 0)
        throw blocked(
          'This change would overwrite what was not there at its approval.',
          changed,
          'impact-changed',
        );
      return moveOn(tx, request, 'apply', {
        applied_by: actor.id,
        applied_at: tx.at,
        applied_version: await this.carryOut(tx, agreement, request, facts),
      });
    });
  }

  /** @returns the version of the agreement that it made; null where only milestones or benefits change */
  private async carryOut(
    tx: Tx,
    agreement: Agreement,
    request: ChangeRequest,
    facts: ChangeFacts,
  ): Promise<number | null> {
    if (request.kind === 'reprofile' || request.kind === 'replan-benefits') {
      await this.changed.carryOut(tx, request, facts);
      return null;
    }
    if (request.content.moves.length > 0) await this.moveMoney(tx, agreement, request, facts);
    return this.versions.apply(tx, agreement, termsAfter(request.content, facts.terms), {
      preparedBy: request.requested_by,
      approvedBy: request.decided_by as string,
      changeRequestId: request.id,
      effectiveOn: this.clock.today(),
    });
  }

  /** Moves the money by one journal; lines that are not there yet are made for it. */
  private async moveMoney(
    tx: Tx,
    agreement: Agreement,
    { id, reference, title, content: { moves } }: ChangeRequest,
    { terms, balances }: ChangeFacts,
  ): Promise<void> {
    const lines = await this.linesFor(tx, agreement, movedLines(terms.lines, moves));
    await this.ledger.post(tx, agreement, {
      kind: 'reallocate',
      datedOn: this.clock.today(),
      narrative: `${reference}: ${title}`,
      cause: { changeRequestId: id },
      movements: reallocation(moves, balances).map(({ line, ...movement }) => ({
        ...movement,
        lineId: lines.get(lineKey(line)) as string,
      })),
    });
  }

  /** The ids of lines by their names. */
  private async linesFor(
    tx: Tx,
    agreement: Agreement,
    wanted: ReturnType<typeof movedLines>,
  ): Promise<Map<string, string>> {
    const named = async () =>
      new Map((await fundingLines(tx, agreement.id)).map((line) => [lineKey(line), line.id]));
    const standing = await named();
    const missing = wanted.filter((line) => !standing.has(lineKey(line)));
    await tx.insertAll(
      FundingLine,
      missing.map(({ financialYear, kind }) => ({
        trust_id: agreement.trust_id,
        agreement_id: agreement.id,
        financial_year: financialYear,
        kind,
      })),
    );
    return missing.length > 0 ? named() : standing;
  }
}
