import type { AssuranceItemView } from '../../assurance/assurance-item.queries.js';
import type { AssuranceState } from '../../assurance/assurance-item.rules.js';
import { type AssuranceKind, KINDS } from '../../assurance/assurance-kinds.js';
import type { CoverageStatus } from '../../assurance/coverage.rules.js';
import type { ShownRequirement } from '../../milestones/go-live.rules.js';
import { day, words } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';

const STATES: Record<AssuranceState, TagColour> = {
  draft: 'white',
  submitted: 'blue',
  accepted: 'green',
  rejected: 'red',
  superseded: 'grey',
  withdrawn: 'grey',
};

/** Where a piece of assurance is in its life, as a tag. */
export const assuranceTag = (state: AssuranceState): Tag => ({ words: words(state), colour: STATES[state] });

const STATUSES: Record<CoverageStatus, Tag> = {
  valid: { words: 'In place', colour: 'green' },
  expired: { words: 'Expires before', colour: 'red' },
  'not-passed': { words: 'Not passed', colour: 'red' },
  withdrawn: { words: 'Withdrawn', colour: 'red' },
  'in-review': { words: 'In review', colour: 'blue' },
  missing: { words: 'Missing', colour: 'red' },
};

/** How a requirement stands, as a tag. */
export function requirementTag({ status, endsSoon }: Pick<ShownRequirement, 'status' | 'endsSoon'>): Tag {
  return endsSoon ? { words: 'Ends soon', colour: 'orange' } : STATUSES[status];
}

/** "Holds until 31 March 2019", or until something changes. */
export function expiryWords(expiresOn: string | null): string {
  return expiresOn === null ? 'until something changes' : day(expiresOn);
}

/** An outcome as people say it: "Class IIa", "Standards met". */
export function outcomeWords(outcome: string | null): string | null {
  if (outcome === null) return null;
  return words(outcome).replace(
    /^Class i(i?)(i|a|b)?$/,
    (_, two: string, last = '') => `Class I${two.toUpperCase()}${last === 'i' ? 'I' : last}`,
  );
}

/** What a kind is called. */
export const kindName = (kind: AssuranceKind): string => KINDS[kind].name;

/** What a piece of assurance is of, and whose that is. */
export function subjectWords({ subject, trust }: Pick<AssuranceItemView, 'subject' | 'trust'>): string {
  return [...new Set([subject.name, trust?.name])].filter(Boolean).join(', ');
}
