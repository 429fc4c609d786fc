import type { Tx } from '../../database/tx.js';
import { Claim } from '../claims/claim.entity.js';
import { CLAIM } from '../claims/claim.rules.js';
import { Contribution } from '../match/contribution.entity.js';
import { CONTRIBUTION } from '../match/contribution.rules.js';
import { letGo } from '../match/cost-evidence.queries.js';
import { unfinished } from './under-way.queries.js';

/**
 * Withdraws what nobody relies on yet, because its agreement ends: claims that were not submitted, and contributions
 * that are pledged or were rejected. Their evidence is free to count for something else. No money moves: none of it
 * was claimed or evidenced.
 * @returns the contributions as they were
 */
export async function withdrawUnfinished(tx: Tx, agreementId: string): Promise<Contribution[]> {
  const ids = await unfinished(tx, agreementId);
  for (const claim of (await tx.lockAll(Claim, ids.claims, 'claim')).values()) {
    const ended = { state_since: tx.at, ended_by: tx.actor.id };
    await tx.change(Claim, claim, { state: CLAIM.next('withdraw', claim.state), ...ended });
    await letGo(tx, { claimId: claim.id });
  }
  const contributions = [...(await tx.lockAll(Contribution, ids.contributions, 'contribution')).values()];
  const before = contributions.map((contribution) => ({ ...contribution }));
  for (const contribution of contributions) {
    await tx.change(Contribution, contribution, { state: CONTRIBUTION.next('withdraw', contribution.state) });
    await letGo(tx, { contributionId: contribution.id });
  }
  return before;
}
