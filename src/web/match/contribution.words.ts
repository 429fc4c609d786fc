import {
  type ContributionState,
  TYPE_RULES,
  VALUATIONS,
  VALUED_BY,
} from '../../funding/match/contribution.rules.js';
import { words } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';

const COLOURS: Record<ContributionState, TagColour> = {
  pledged: 'grey',
  evidenced: 'yellow',
  accepted: 'green',
  rejected: 'red',
  withdrawn: 'white',
};

/** The tag of a contribution's state. */
export function contributionTag(state: ContributionState): Tag {
  return { words: words(state), colour: COLOURS[state] };
}

const firstLarge = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How a contribution can be valued, from what proves most to what proves least. */
export const VALUATION_CHOICES = VALUATIONS.map((valuation) => ({
  value: valuation,
  text: firstLarge(VALUED_BY[valuation]),
}));

/** How each type of an agreement is valued once it is evidenced: "Cash: an invoice or the payroll, and paid out." */
export function fittingWords(types: ReadonlyArray<{ code: string; label: string }>): string[] {
  return types.map(({ code, label }) => {
    const rule = Object.hasOwn(TYPE_RULES, code) ? TYPE_RULES[code] : undefined;
    if (!rule) return `${label}: valued as the programme sees fit.`;
    const by = rule.valuations.map((each) => VALUED_BY[each]);
    const list = by.length > 1 ? `${by.slice(0, -1).join(', ')} or ${by.at(-1)}` : by.join('');
    return `${label}: ${list}${rule.paidOut ? ', once it is paid out' : ''}.`;
  });
}
