import type { Blocker } from '../../core/blockers.js';
import type { DefinitionChange } from '../../programmes/definition-section.js';

/** What a definition may say anew of an award that is agreed: what it is called, and where it comes from. */
const WORDS = ['name', 'provenance'];

/**
 * Why a definition may not change an award, a line or an instalment: it is agreed, and what is agreed is varied.
 * @param change one whose key begins with the trust's code
 * @param agreed from the code of each trust whose award is agreed to its agreement's reference
 */
export function agreedBlockers(change: DefinitionChange, agreed: ReadonlyMap<string, string>): Blocker[] {
  const { section, key, fields } = change;
  const reference = agreed.get(key.split(' ')[0] as string);
  if (reference === undefined) return [];
  if (change.change === 'change' && fields.every(({ name }) => WORDS.includes(name))) return [];
  return [
    {
      code: 'award-is-agreed',
      message: `The ${section.replaceAll('-', ' ')} ${key} is agreed in ${reference}, and a definition does not change what is agreed. Put it back as it is in force, and vary the agreement by a change request.`,
      pointer: `/${section}/${key}`,
    },
  ];
}
