import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { financialYear as yearOf } from '../../core/financial-period.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Agreement, FundingLine } from '../agreements/agreement.entity.js';
import { termsInForce } from '../agreements/agreement.queries.js';
import { Ledger } from '../ledger.js';
import { balancesOf, type FundingLineRow, fundingLines } from '../ledger.queries.js';
import { Contribution } from './contribution.entity.js';
import { agreementOfContribution, type ContributionView, contribution } from './contribution.queries.js';
import {
  CONTRIBUTION,
  changeBlockers,
  matchUnderBlockers,
  type Pledge,
  pledgeBlockers,
  pledgedBeyond,
} from './contribution.rules.js';
import { type Proof, proofBlockers } from './contribution-proof.rules.js';
import { evidenceOfCost, letGo } from './cost-evidence.queries.js';

/** Match, as the trust puts it in: what it pledges, and the proof that it came (domain.md section 3). */
@Injectable()
export class ContributionService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Records a pledge under an agreement in force. @throws Problem 403, 404, 409 */
  record(actor: Actor, agreementId: string, pledge: Pledge): Promise<ContributionView> {
    return this.work.run({ actor, action: 'contribution.record' }, async (tx) => {
      requirePermission(actor, 'match:record');
      const agreement = await tx.lock(Agreement, agreementId, 'agreement');
      refuseIfBlocked('Nothing can be pledged now.', matchUnderBlockers('record', agreement));
      const { id } = await tx.insert(Contribution, {
        ...(await pledged(tx, agreement, pledge)),
        programme_id: agreement.programme_id,
        trust_id: agreement.trust_id,
        agreement_id: agreement.id,
        state: CONTRIBUTION.initial,
        recorded_by: [actor.id],
        illustrative: agreement.illustrative,
      });
      return (await contribution(tx, id)) as ContributionView;
    });
  }

  /**
   * Changes a pledge, or what was rejected; what is left out stays as it is.
   * @throws Problem 403, 404, 409, 412, 428
   */
  change(
    actor: Actor,
    id: string,
    revision: number | null,
    changed: Partial<Pledge>,
  ): Promise<ContributionView> {
    return this.work.run({ actor, action: 'contribution.change' }, async (tx) => {
      requirePermission(actor, 'match:record');
      const { agreement, row } = await held(tx, id, revision);
      refuseIfBlocked('This contribution cannot be changed now.', [
        ...changeBlockers(row.state),
        ...matchUnderBlockers('change', agreement),
      ]);
      const standing = await pledgeOf(tx, row);
      const patch = await pledged(tx, agreement, { ...standing, ...changed });
      await tx.change(Contribution, row, { ...patch, recorded_by: withActor(row, actor) });
      return (await contribution(tx, id)) as ContributionView;
    });
  }

  /** Takes a pledge back; its evidence may count for something else. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ContributionView> {
    return this.work.run({ actor, action: 'contribution.withdraw', reason }, async (tx) => {
      requirePermission(actor, 'match:record');
      const { agreement, row } = await held(tx, id, revision);
      refuseIfBlocked('This contribution cannot be withdrawn now.', [
        ...CONTRIBUTION.blockers('withdraw', row.state),
        ...matchUnderBlockers('withdraw', agreement),
      ]);
      await letGo(tx, { contributionId: id });
      await tx.change(Contribution, row, { state: CONTRIBUTION.next('withdraw', row.state) });
      return (await contribution(tx, id)) as ContributionView;
    });
  }

  /**
   * Says what a contribution was when it arose, on the strength of its evidence. The ledger moves it from pledged to
   * evidenced; what is more than was pledged in its line is pledged with it.
   * @throws Problem 403, 404, 409 with all that it lacks, 412, 428
   */
  evidence(actor: Actor, id: string, revision: number | null, proof: Proof): Promise<ContributionView> {
    return this.work.run({ actor, action: 'contribution.evidence' }, async (tx) => {
      requirePermission(actor, 'match:record');
      const { agreement, row } = await held(tx, id, revision);
      const { financialYear } = await lineOf(tx, row);
      const proofs = await evidenceOfCost(tx, { contributionId: id });
      refuseIfBlocked('This contribution cannot be evidenced like this.', [
        ...CONTRIBUTION.blockers('evidence', row.state),
        ...matchUnderBlockers('evidence', agreement),
        ...proofBlockers(proof, {
          type: row.type,
          valuation: row.valuation,
          financialYear,
          terms: await termsInForce(tx, agreement.id),
          countingEvidence: proofs.filter(({ counts }) => counts).length,
          today: this.clock.today(),
        }),
      ]);
      await tx.change(Contribution, row, {
        state: CONTRIBUTION.next('evidence', row.state),
        amount_pence: proof.amountPence,
        net_pence: proof.netPence,
        vat_pence: proof.vatPence,
        recoverable_vat_pence: proof.recoverableVatPence,
        incurred_on: proof.incurredOn,
        invoiced_on: proof.invoicedOn,
        defrayed_on: proof.defrayedOn,
        evidenced_by: actor.id,
        evidenced_at: tx.at,
        decided_by: null,
        decided_at: null,
        decision_reason: null,
      });
      await this.post(tx, agreement, row, proof);
      return (await contribution(tx, id)) as ContributionView;
    });
  }

  /** The agreement is locked, so what is pledged in the line is what it will be when this is posted. */
  private async post(tx: Tx, agreement: Agreement, row: Contribution, proof: Proof): Promise<void> {
    const balances = await balancesOf(tx, agreement.id);
    const account = balances.find(
      ({ lineId, source, stage }) => lineId === row.line_id && source === 'match' && stage === 'pledged',
    );
    const beyond = pledgedBeyond(account?.balancePence ?? 0, proof.amountPence);
    const entry = { datedOn: this.clock.today(), cause: { contributionId: row.id } };
    const movement = { lineId: row.line_id, source: 'match' } as const;
    if (beyond > 0)
      await this.ledger.post(tx, agreement, {
        ...entry,
        kind: 'pledge',
        narrative: `${row.reference}: pledged beyond the agreement`,
        movements: [{ ...movement, from: 'outside', to: 'pledged', amountPence: beyond }],
      });
    await this.ledger.post(tx, agreement, {
      ...entry,
      kind: 'evidence',
      narrative: `${row.reference}: evidenced`,
      movements: [
        {
          ...movement,
          from: 'pledged',
          to: 'evidenced',
          amountPence: proof.amountPence,
          incurredOn: proof.incurredOn,
        },
      ],
    });
  }
}

/** A contribution under If-Match, and its agreement, which is locked first. @throws Problem 404, 412, 428 */
export async function held(
  tx: Tx,
  id: string,
  revision: number | null,
): Promise<{ agreement: Agreement; row: Contribution }> {
  const agreementId = await agreementOfContribution(tx, id);
  if (!agreementId) throw notFound('contribution');
  const agreement = await tx.lock(Agreement, agreementId, 'agreement');
  return { agreement, row: await tx.lockRevision(Contribution, id, revision, 'contribution') };
}

const withActor = (row: Contribution, actor: Actor): string[] => [...new Set([...row.recorded_by, actor.id])];

async function lineOf(tx: Tx, row: Contribution): Promise<FundingLineRow> {
  const line = await tx.manager.findOneByOrFail(FundingLine, { id: row.line_id });
  return { id: line.id, financialYear: line.financial_year, kind: line.kind };
}

async function pledgeOf(tx: Tx, row: Contribution): Promise<Pledge> {
  const { financialYear, kind } = await lineOf(tx, row);
  const { type, category, description, valuation, amount_pence: amountPence } = row;
  // A pledge of a day that nobody gave is expected by the end of its line's year.
  const expectedOn = row.expected_on ?? yearOf(financialYear).endsOn;
  return { type, category, description, valuation, financialYear, kind, amountPence, expectedOn };
}

/** A pledge as its columns hold it. @throws Problem 409 where it is not one of its agreement */
async function pledged(tx: Tx, agreement: Agreement, pledge: Pledge) {
  const lines = await fundingLines(tx, agreement.id);
  const names = lines.map(({ financialYear, kind }) => `${financialYear} ${kind}`);
  refuseIfBlocked(
    'This cannot be pledged like this.',
    pledgeBlockers(pledge, await termsInForce(tx, agreement.id), names),
  );
  const { type, category, description, valuation, financialYear, kind, amountPence, expectedOn } = pledge;
  const line = lines.find((each) => each.financialYear === financialYear && each.kind === kind);
  return {
    line_id: (line as FundingLineRow).id,
    type,
    category,
    description,
    valuation,
    amount_pence: amountPence,
    expected_on: expectedOn,
  };
}
