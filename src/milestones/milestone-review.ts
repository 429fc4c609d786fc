import { IsNull } from 'typeorm';
import type { Tx } from '../database/tx.js';
import { type Milestone, MilestoneReview } from './milestone.entity.js';
import { type MilestoneVerb, type ReviewEnd, reviewEnd } from './milestone.rules.js';

/** Writes down when a milestone was claimed, when its review began, and when and how it ended, as its state changes. */
export async function keepReview(
  tx: Tx,
  { id, programme_id, trust_id }: Milestone,
  verb: MilestoneVerb,
): Promise<void> {
  const end: ReviewEnd | null = reviewEnd(verb);
  if (verb === 'claim')
    await tx.insert(MilestoneReview, { programme_id, trust_id, milestone_id: id, claimed_at: tx.at });
  if (verb !== 'review' && end === null) return;
  // There is none of what was claimed before this was kept.
  const open = await tx.manager.findOneBy(MilestoneReview, { milestone_id: id, ended_at: IsNull() });
  if (open)
    await tx.change(MilestoneReview, open, end ? { ended_at: tx.at, outcome: end } : { began_at: tx.at });
}
