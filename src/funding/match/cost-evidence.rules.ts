import { type Blocker, blockers } from '../../core/blockers.js';
import type { Fault } from '../../core/problems.js';
import { textFault } from '../../core/text.js';
import type { ClaimState } from '../claims/claim-states.js';
import type { ContributionState } from './contribution.rules.js';

/** Longest supplier and reference, in characters. */
export const MAX_COST_LABEL = 200;

/** What a piece of evidence of a cost says it is. */
export interface CostLabel {
  /** Who was paid, or whose valuation it is. */
  supplier: string;
  /** The supplier's own reference of it, such as an invoice number. */
  reference: string;
}

const MISSING: Record<keyof CostLabel, string> = {
  supplier: 'say who was paid, or who valued it',
  reference: "give the supplier's own reference, such as the invoice number",
};

/** What is wrong with what is said of a piece of evidence: it is told apart by its supplier and reference. */
export function costLabelFaults(label: CostLabel): Fault[] {
  return (['supplier', 'reference'] as const).flatMap((name) => {
    const [text, pointer] = [label[name], `/${name}`];
    if (!/[\p{L}\p{N}]/u.test(text))
      return [
        {
          code: 'missing',
          message: `${name} is missing: ${MISSING[name]}, in letters or digits, before the file.`,
          pointer,
        },
      ];
    if (text.length > MAX_COST_LABEL)
      return [
        { code: 'invalid', message: `${name} must have at most ${MAX_COST_LABEL} characters.`, pointer },
      ];
    return textFault(text, pointer) ?? [];
  });
}

/** What evidence of a cost proves, and the state of it. */
export type CostOwner =
  | { kind: 'claim'; state: ClaimState }
  | { kind: 'contribution'; state: ContributionState };

/**
 * Why no evidence can be added: to a claim while the trust is at work on it, so that what was certified and checked
 * stays as it was; to a contribution until it is decided on.
 */
export function costEvidenceBlockers(owner: CostOwner): Blocker[] {
  const open: readonly string[] =
    owner.kind === 'claim' ? ['draft', 'queried'] : ['pledged', 'rejected', 'evidenced'];
  return blockers(
    !open.includes(owner.state) && {
      code: `${owner.kind}-closed`,
      message: `This ${owner.kind} is ${owner.state.replaceAll('-', ' ')}: its evidence is complete as it was ${
        owner.kind === 'claim' ? 'certified' : 'decided on'
      }.`,
      pointer: '/state',
      ...(owner.state === 'fd-certified' ? { clearedBy: 'Saving the claim makes it a draft again.' } : {}),
    },
  );
}

/**
 * Why a piece of evidence cannot be taken back: it proves nothing any more, or somebody relies on it.
 * @param counts whether it counts now
 */
export function withdrawalBlockers(owner: CostOwner, counts: boolean): Blocker[] {
  const open: readonly string[] = owner.kind === 'claim' ? ['draft'] : ['pledged', 'rejected'];
  return blockers(
    !counts && {
      code: 'evidence-counts-no-more',
      message: 'This evidence does not count any more, so there is nothing to take back.',
      pointer: '/counts',
    },
    !open.includes(owner.state) && {
      code: 'evidence-relied-on',
      message: `The ${owner.kind} that this proves is ${owner.state.replaceAll('-', ' ')}, and rests on it.`,
      pointer: '/state',
    },
  );
}

/** What already counts by the same file or the same reference, where whoever asks may see it. */
export interface Counted {
  id: string;
  /** What it proves. */
  owner: { kind: 'claim' | 'contribution'; id: string; reference: string };
  /** Whether it is the very same file. */
  sameFile: boolean;
}

/**
 * Why a piece of evidence counts no second time, naming what it counts for already (domain.md section 9, rule 4).
 * @param counted what the caller may see of it; with nothing, it counts where the caller may not look
 */
export function countedBlockers(counted: readonly Counted[]): Blocker[] {
  return counted.map(({ owner, sameFile }) => ({
    code: sameFile ? 'evidence-counts-already' : 'reference-counts-already',
    message: `${sameFile ? 'This very file' : 'Evidence with this supplier and reference'} counts for the ${owner.kind} ${owner.reference} already. One piece of evidence counts once.`,
    pointer: sameFile ? '/file' : '/reference',
    about: { kind: owner.kind, id: owner.id, name: owner.reference },
    clearedBy: `Send other evidence, or take it back from ${owner.reference} first.`,
  }));
}
