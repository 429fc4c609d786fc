import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { sumPence } from '../../core/money.js';
import { refuseIfBlocked, unprocessable } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Tranche } from '../agreements/agreement.entity.js';
import { Ledger } from '../ledger.js';
import { letGo } from '../match/cost-evidence.queries.js';
import { Claim, ClaimLine } from './claim.entity.js';
import { type ClaimView, claim, claimFacts, claimNames } from './claim.queries.js';
import {
  CLAIM,
  dutyBlockers,
  HOLDS_CLAIMED,
  newClaimBlockers,
  peopleOf,
  unansweredBlockers,
} from './claim.rules.js';
import { draftBlockers } from './claim-draft.rules.js';
import { type ClaimKind, lineFaults, lineName, type WantedLine } from './claim-lines.rules.js';
import { claimBesideOthers, currentLines, moved, sharedAgreement } from './claim-locks.js';
import { claimMovements, releaseMovements } from './claim-movements.rules.js';

/** What a new claim is to be. */
export interface NewClaim {
  trancheNumber: number;
  kind: ClaimKind;
  description: string;
}

/** The trust's side of a claim, from the draft to its submission and its withdrawal. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Begins a claim on a tranche. @throws Problem 403, 404; 409 where nothing can be claimed so; 422 for an unknown tranche */
  create(actor: Actor, agreementId: string, wanted: NewClaim): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.prepare' }, async (tx) => {
      requirePermission(actor, 'claim:prepare');
      const agreement = await sharedAgreement(tx, agreementId);
      const { trancheNumber: number, kind, description } = wanted;
      const tranche = await tx.manager.findOneBy(Tranche, { agreement_id: agreement.id, number });
      if (!tranche) throw unknownTranche(agreement.reference, number);
      refuseIfBlocked('This claim cannot be begun.', newClaimBlockers({ kind, tranche, agreement }));
      const { id } = await tx.insert(Claim, {
        programme_id: agreement.programme_id,
        trust_id: agreement.trust_id,
        agreement_id: agreement.id,
        tranche_id: tranche.id,
        kind,
        state: CLAIM.initial,
        description,
        prepared_by: [actor.id],
        illustrative: agreement.illustrative,
      });
      return view(tx, id);
    });
  }

  /**
   * Saves the description and the lines of a draft; what is not given stays as it is. Saving drops a certificate.
   * @throws Problem 403, 404, 409, 412, 428; 422 with every fault of the lines
   */
  save(
    actor: Actor,
    id: string,
    revision: number | null,
    { description, lines }: { description?: string | undefined; lines?: readonly WantedLine[] | undefined },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.save' }, async (tx) => {
      requirePermission(actor, 'claim:prepare');
      const row = await tx.lockRevision(Claim, id, revision, 'claim');
      refuseIfBlocked('This claim cannot be changed now.', CLAIM.blockers('save', row.state));
      const state = CLAIM.next('save', row.state);
      await tx.change(Claim, row, {
        ...(state === row.state ? {} : moved(tx, 'save', row)),
        ...(description === undefined ? {} : { description }),
        ...(lines === undefined ? {} : { claimed_pence: sumPence(lines.map((line) => line.claimedPence)) }),
        prepared_by: [...new Set([...row.prepared_by, actor.id])],
        certified_by: null,
        certified_at: null,
      });
      if (lines !== undefined) await replaceLines(tx, row, lines);
      return view(tx, id);
    });
  }

  /** Certifies a draft, by another person than whoever prepared it. @throws Problem 403, 404, 409, 412, 428 */
  certify(actor: Actor, id: string, revision: number | null): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.certify' }, async (tx) => {
      requirePermission(actor, 'claim:certify');
      const row = await tx.lockRevision(Claim, id, revision, 'claim');
      const refused = 'This claim cannot be certified yet.';
      refuseIfBlocked(refused, CLAIM.blockers('certify', row.state));
      const facts = await claimFacts(tx, id);
      refuseIfBlocked(refused, [
        ...dutyBlockers('certify', actor.id, peopleOf(row)),
        ...draftBlockers({ ...facts, today: this.clock.today() }),
      ]);
      await tx.change(Claim, row, {
        ...moved(tx, 'certify', row),
        certified_by: actor.id,
        certified_at: tx.at,
      });
      return view(tx, id);
    });
  }

  /**
   * Submits a certified claim: its money is claimed, and its lines never change again. Claims of one agreement are
   * submitted beside each other; whether enough is left, the ledger's balances decide.
   * @throws Problem 403, 404, 412, 428; 409 where it is not certified, or there is not that much left
   */
  submit(actor: Actor, id: string, revision: number | null): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.submit' }, async (tx) => {
      requirePermission(actor, 'claim:submit');
      const { agreement, row } = await claimBesideOthers(tx, id, revision);
      const refused = 'This claim cannot be submitted yet.';
      refuseIfBlocked(refused, CLAIM.blockers('submit', row.state));
      const facts = await claimFacts(tx, id);
      refuseIfBlocked(refused, [
        ...draftBlockers({ ...facts, today: this.clock.today() }),
        ...unansweredBlockers(facts.unanswered),
      ]);
      await tx.change(Claim, row, {
        ...moved(tx, 'submit', row),
        submitted_by: actor.id,
        submitted_at: tx.at,
      });
      // Last of all: it holds the balances of its lines, for which other claims wait.
      await this.ledger.post(tx, agreement, {
        kind: row.kind === 'costs' ? 'claim' : 'advance',
        datedOn: this.clock.today(),
        narrative: `${row.reference} submitted, tranche ${facts.claimable.tranche.number}`,
        movements: claimMovements(row.kind, facts.lines, row.tranche_id),
        cause: { claimId: id },
      });
      return view(tx, id);
    });
  }

  /** Takes a claim back: what it claimed goes back to the award, and its evidence is let go. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.withdraw', reason }, async (tx) => {
      requirePermission(actor, 'claim:submit');
      const { agreement, row } = await claimBesideOthers(tx, id, revision);
      refuseIfBlocked('This claim cannot be withdrawn now.', CLAIM.blockers('withdraw', row.state));
      if (HOLDS_CLAIMED.includes(row.state))
        await this.ledger.post(tx, agreement, {
          kind: 'release',
          datedOn: this.clock.today(),
          narrative: `${row.reference} withdrawn`,
          movements: releaseMovements((await currentLines(tx, row)).map(amounts), 'claimed', row.tranche_id),
          cause: { claimId: id },
        });
      await letGo(tx, { claimId: id });
      await tx.change(Claim, row, {
        ...moved(tx, 'withdraw', row),
        decision_reason: reason,
        ended_by: actor.id,
      });
      return view(tx, id);
    });
  }
}

const view = async (tx: Tx, id: string): Promise<ClaimView> => (await claim(tx, id)) as ClaimView;

const amounts = (line: ClaimLine) => ({ lineId: line.line_id, amountPence: line.claimed_pence });

function unknownTranche(reference: string, number: number) {
  const message = `The agreement ${reference} has no tranche ${number}.`;
  return unprocessable('unknown-tranche', message, [
    { code: 'unknown-tranche', message, pointer: '/trancheNumber' },
  ]);
}

/** Puts lines in the place of those of the current version of a draft. @throws Problem 422 with every fault */
async function replaceLines(tx: Tx, row: Claim, lines: readonly WantedLine[]): Promise<void> {
  const names = await claimNames(tx, row.agreement_id);
  const faults = lineFaults(row.kind, lines, names);
  if (faults.length > 0)
    throw unprocessable(
      'invalid-lines',
      'These lines cannot be claimed as they are; nothing was stored.',
      faults,
    );
  await tx.manager.delete(ClaimLine, { claim_id: row.id, version: row.version });
  await tx.insertAll(
    ClaimLine,
    lines.map((line, index) => ({
      trust_id: row.trust_id,
      agreement_id: row.agreement_id,
      claim_id: row.id,
      version: row.version,
      position: index + 1,
      line_id: names.lineIds[lineName(line)] as string,
      project_id: line.project === null ? null : (names.projectIds[line.project] as string),
      category: line.category,
      description: line.description,
      supplier: line.supplier,
      invoice_reference: line.invoiceReference,
      incurred_on: line.incurredOn,
      invoiced_on: line.invoicedOn,
      defrayed_on: line.defrayedOn,
      net_pence: line.netPence,
      vat_pence: line.vatPence,
      recoverable_vat_pence: line.recoverableVatPence,
      claimed_pence: line.claimedPence,
    })),
  );
}
