import { Injectable } from '@nestjs/common';
import type { DateOn } from '../../core/calendar.js';
import { refuseIfBlocked, unprocessable } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { milestonesOfTrust } from '../../milestones/milestone.queries.js';
import { fundingLines } from '../ledger.queries.js';
import { Agreement, AgreementVersion, FundingLine, Tranche, TrancheMilestone } from './agreement.entity.js';
import { standingOf } from './agreement.queries.js';
import type { AgreedLine, AgreedTranche, AgreementTerms } from './agreement-terms.js';
import { termsBlockers, variationBlockers } from './agreement-terms.rules.js';

/** Versions of agreements, and what stands as they say: funding lines, tranches and the milestones that open them. */
@Injectable()
export class AgreementVersions {
  /**
   * Writes the next version of an agreement in force and brings what stands to it: missing funding lines, tranches
   * and their milestones, the window and the ratio. It moves no money: post that before, because a posting holds
   * accounts first and tranches second.
   * @param agreement locked by the caller
   * @returns the number of the version
   * @throws Problem 409 where the terms do not hold, or would undo what was drawn or counts; 422 for an unknown milestone
   */
  async apply(
    tx: Tx,
    agreement: Agreement,
    terms: AgreementTerms,
    by: { preparedBy: string; approvedBy: string; changeRequestId: string | null; effectiveOn: DateOn },
  ): Promise<number> {
    refuseIfBlocked('These terms cannot be agreed.', [
      ...termsBlockers(terms),
      ...variationBlockers(terms, await standingOf(tx, agreement.id)),
    ]);
    const number = agreement.version + 1;
    await tx.insert(AgreementVersion, {
      trust_id: agreement.trust_id,
      agreement_id: agreement.id,
      number,
      terms: terms as never,
      effective_on: by.effectiveOn,
      prepared_by: by.preparedBy,
      approved_by: by.approvedBy,
      approved_at: tx.at,
      change_request_id: by.changeRequestId,
    });
    await tx.change(Agreement, agreement, {
      version: number,
      window_starts_on: terms.eligibility.startsOn,
      window_ends_on: terms.eligibility.endsOn,
      match_pence: terms.matchRatio.matchPence,
      per_grant_pence: terms.matchRatio.perGrantPence,
    });
    await this.layDown(tx, agreement, terms);
    return number;
  }

  /**
   * Brings funding lines, tranches and their milestones to what terms say. A line stays, once it was there; a tranche
   * that the terms leave out goes.
   * @throws Problem 422 for a milestone that the trust does not have
   */
  async layDown(tx: Tx, agreement: Agreement, terms: AgreementTerms): Promise<void> {
    await this.layLines(tx, agreement, terms.lines);
    const tranches = await this.layTranches(tx, agreement, terms.tranches);
    const milestones = await milestonesOfTrust(tx, agreement.programme_id, agreement.trust_id);
    const ids = new Map(milestones.map(({ code, id }) => [code, id]));
    for (const { number, milestones: codes } of terms.tranches) {
      const wanted = codes.map((code) => {
        const id = ids.get(code);
        if (id === undefined)
          throw unprocessable(
            'unknown-milestone',
            `Tranche ${number} waits for the milestone ${code}, which the trust does not have.`,
          );
        return id;
      });
      await this.layMilestones(tx, agreement, tranches.get(number) as string, wanted);
    }
  }

  /** Makes the lines that an agreement does not have yet. */
  async layLines(
    tx: Tx,
    agreement: Agreement,
    lines: ReadonlyArray<Pick<AgreedLine, 'financialYear' | 'kind'>>,
  ): Promise<void> {
    const standing = await fundingLines(tx, agreement.id);
    const missing = lines.filter(
      ({ financialYear, kind }) =>
        !standing.some((line) => line.financialYear === financialYear && line.kind === kind),
    );
    await tx.insertAll(
      FundingLine,
      missing.map(({ financialYear, kind }) => ({
        trust_id: agreement.trust_id,
        agreement_id: agreement.id,
        financial_year: financialYear,
        kind,
      })),
    );
  }

  /** @returns the ids of the tranches by number */
  private async layTranches(
    tx: Tx,
    agreement: Agreement,
    wanted: readonly AgreedTranche[],
  ): Promise<Map<number, string>> {
    const standing = await tx.manager.findBy(Tranche, { agreement_id: agreement.id });
    for (const tranche of standing)
      if (!wanted.some(({ number }) => number === tranche.number)) {
        await tx.manager.delete(TrancheMilestone, { tranche_id: tranche.id });
        await tx.manager.delete(Tranche, { id: tranche.id });
      }
    const ids = new Map<number, string>();
    for (const { number, name, basis, plannedOn, grantPence } of wanted) {
      const columns = { name, basis, planned_on: plannedOn, grant_pence: grantPence };
      const row =
        standing.find((tranche) => tranche.number === number) ??
        (await tx.insert(Tranche, {
          trust_id: agreement.trust_id,
          agreement_id: agreement.id,
          number,
          ...columns,
        }));
      const differs = Object.entries(columns).some(
        ([column, value]) => row[column as keyof Tranche] !== value,
      );
      if (differs) await tx.change(Tranche, row, columns);
      ids.set(number, row.id);
    }
    return ids;
  }

  private async layMilestones(
    tx: Tx,
    agreement: Agreement,
    trancheId: string,
    wanted: readonly string[],
  ): Promise<void> {
    const standing = await tx.manager.findBy(TrancheMilestone, { tranche_id: trancheId });
    for (const row of standing)
      if (!wanted.includes(row.milestone_id)) await tx.manager.delete(TrancheMilestone, { id: row.id });
    await tx.insertAll(
      TrancheMilestone,
      wanted
        .filter((id) => !standing.some(({ milestone_id }) => milestone_id === id))
        .map((id) => ({ trust_id: agreement.trust_id, tranche_id: trancheId, milestone_id: id })),
    );
  }
}
