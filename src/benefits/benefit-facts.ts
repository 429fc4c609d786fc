import type { Tx } from '../database/tx.js';
import { Benefit } from './benefit.entity.js';
import { type BenefitView, benefit, sharersOf } from './benefit.queries.js';
import type { BenefitFacts } from './benefit.rules.js';

/** What the next step of a benefit depends on, as it is shown. */
export function benefitFactsOf(view: BenefitView, sharedBy: number): BenefitFacts {
  const { id, state, unit, baseline, ownerAfterClosure, recordedBy, years } = view;
  return {
    ...{ id, state, unit, ownerAfterClosure, sharedBy },
    hasBaseline: baseline !== null,
    recordedBy: recordedBy.map((each) => each.id),
    countedInId: view.counts ? null : (view.countedIn?.id ?? HIDDEN),
    years: years.map(({ year, planned, reported, validated }) => ({
      ...{ year, planned },
      reported: reported !== null,
      validated: validated !== null,
    })),
  };
}

/** Stands for a benefit that is not the reader's to see. */
const HIDDEN = 'hidden';

/** A benefit, locked, with what its next step depends on. @throws Problem 404, 412, 428 */
export async function lockBenefit(
  tx: Tx,
  id: string,
  revision: number | null,
  today: string,
): Promise<{ row: Benefit; facts: BenefitFacts }> {
  const row = await tx.lockRevision(Benefit, id, revision, 'benefit');
  return { row, facts: await factsIn(tx, row, today) };
}

/** What the next step of a locked benefit depends on. */
export async function factsIn(tx: Tx, row: Benefit, today: string): Promise<BenefitFacts> {
  const view = (await benefit(tx, row.id, today)) as BenefitView;
  // An erased person is still one, by id.
  return { ...benefitFactsOf(view, await sharersOf(tx, row.id)), recordedBy: row.recorded_by };
}
