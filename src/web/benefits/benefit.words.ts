import type { BenefitView } from '../../benefits/benefit.queries.js';
import { type BenefitState, PENCE } from '../../benefits/benefit.rules.js';
import type { ActualState } from '../../benefits/benefit-actual.rules.js';
import type { WorthOutcome } from '../../funding/benefit-to-cost.rules.js';
import { count, pounds, words } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';

/** "£12,400" of a benefit that is worth money, "118 incidents" of another. */
export function valueWords(value: number, unit: string): string {
  return unit === PENCE ? pounds(value) : `${count(value)} ${unit}`;
}

const COLOURS: Record<BenefitState, TagColour> = {
  draft: 'grey',
  agreed: 'blue',
  realising: 'yellow',
  realised: 'aqua-green',
  closed: 'green',
  withdrawn: 'white',
};

/** Whether a benefit has a year that is late. */
export const isLate = ({ years }: Pick<BenefitView, 'years'>): boolean => years.some(({ late }) => late);

/** Where a benefit stands, as a tag. */
export function benefitTag(benefit: Pick<BenefitView, 'state' | 'years'>): Tag {
  return isLate(benefit)
    ? { words: 'Late', colour: 'red' }
    : { words: words(benefit.state), colour: COLOURS[benefit.state] };
}

const ACTUAL_COLOURS: Record<ActualState, TagColour> = {
  reported: 'blue',
  validated: 'green',
  rejected: 'red',
  superseded: 'grey',
};

/** What became of a report, as a tag. */
export const actualTag = (state: ActualState): Tag => ({
  words: words(state),
  colour: ACTUAL_COLOURS[state],
});

const WORTH: Record<WorthOutcome, Tag> = {
  meets: { words: 'Reaches 1.5 to 1', colour: 'green' },
  below: { words: 'Below 1.5 to 1', colour: 'red' },
  'no-cost': { words: 'Nothing spent', colour: 'grey' },
  'no-benefit': { words: 'No benefit yet', colour: 'yellow' },
};

/** Whether benefits reach what is asked of them, as a tag. */
export const worthTag = (outcome: WorthOutcome): Tag => WORTH[outcome];

/** Where what a benefit brings is counted, in words. */
export function countedWords({ counts, countedIn }: Pick<BenefitView, 'counts' | 'countedIn'>): string {
  if (counts) return 'Here';
  return countedIn
    ? `Once, in ${countedIn.name} (${countedIn.project})`
    : 'Once, in a benefit of another trust';
}
