import { notFound } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { Agreement } from '../agreements/agreement.entity.js';
import { Claim, ClaimLine } from './claim.entity.js';
import { agreementOfClaim } from './claim.queries.js';
import { CLAIM, type ClaimVerb } from './claim.rules.js';
import { type ClaimState } from './claim-states.js';

/** A claim, locked, and its agreement. */
export interface HeldClaim {
  agreement: Agreement;
  row: Claim;
}

/**
 * The agreement, read so that its state stays while the unit of work lasts. Any number of units of work hold it this
 * way at once; whoever locks it waits for them.
 * @throws Problem 404
 */
export async function sharedAgreement(tx: Tx, id: string): Promise<Agreement> {
  const agreement = await tx.manager.findOne(Agreement, {
    where: { id },
    lock: { mode: 'pessimistic_read' },
  });
  if (!agreement) throw notFound('agreement');
  return agreement;
}

/** A claim to be changed by its trust; claims of one agreement are changed beside each other. @throws Problem 404, 412, 428 */
export async function claimBesideOthers(tx: Tx, id: string, revision: number | null): Promise<HeldClaim> {
  const agreement = await sharedAgreement(tx, await agreementOf(tx, id));
  return { agreement, row: await tx.lockRevision(Claim, id, revision, 'claim') };
}

/** A claim to be decided on: decisions about one agreement are one after another. @throws Problem 404, 412, 428 */
export async function claimAlone(tx: Tx, id: string, revision: number | null): Promise<HeldClaim> {
  const agreement = await tx.lock(Agreement, await agreementOf(tx, id), 'claim');
  return { agreement, row: await tx.lockRevision(Claim, id, revision, 'claim') };
}

/** Agreements are locked before claims, as everybody does, so the claim is looked at first and locked second. */
async function agreementOf(tx: Tx, claimId: string): Promise<string> {
  const agreementId = await agreementOfClaim(tx, claimId);
  if (!agreementId) throw notFound('claim');
  return agreementId;
}

/** The lines of the current version of a claim, in order. */
export function currentLines(tx: Tx, row: Claim): Promise<ClaimLine[]> {
  return tx.manager.find(ClaimLine, {
    where: { claim_id: row.id, version: row.version },
    order: { position: 'asc' },
  });
}

/** What a step changes of a claim's state: where it is now, and since when. */
export function moved(
  tx: Tx,
  verb: ClaimVerb,
  row: Claim,
  to: ClaimState = CLAIM.next(verb, row.state),
): Pick<Claim, 'state' | 'state_since'> {
  return { state: to, state_since: tx.at };
}
