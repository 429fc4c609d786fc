import type { AdoptionState, Against, OfSoMany } from '../../blueprints/adoption.rules.js';
import type { ShownAdoption } from '../../blueprints/adoptions.reader.js';
import type { PairingState } from '../../blueprints/pairing.rules.js';
import { count, plural, pounds, share, words } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';

const STAGES: Record<AdoptionState, TagColour> = {
  considering: 'grey',
  adopting: 'blue',
  live: 'green',
  abandoned: 'red',
};
const STANDINGS: Record<PairingState, TagColour> = { proposed: 'yellow', confirmed: 'green', ended: 'grey' };

/** How far an adoption is, as a tag. */
export const stageTag = (state: AdoptionState): Tag => ({ words: words(state), colour: STAGES[state] });

/** Where a pairing stands, as a tag. */
export const pairingTag = (state: PairingState): Tag => ({ words: words(state), colour: STANDINGS[state] });

function againstWords(
  { adopter, exemplar, less }: Against,
  of: (value: number) => string,
  words_: [string, string],
): string | null {
  if (adopter === null) return null;
  if (exemplar === null) return `${of(adopter)}; the exemplar’s own is not known`;
  const way = less ? words_[0] : adopter === exemplar ? 'the same' : words_[1];
  return `${of(adopter)} against ${of(exemplar)}: ${way}`;
}

/** "183 days against 739 days: faster". */
export const timeAgainst = (days: Against): string | null =>
  againstWords(days, (value) => plural(value, 'day'), ['faster', 'slower']);

/** "£600.00 against £500.00: dearer". */
export const costAgainst = (pence: Against): string | null =>
  againstWords(pence, pounds, ['cheaper', 'dearer']);

/** Whether the days and the cost of a live adoption are validated, for a note; null where it is not live. */
export const figuresWords = ({ state, figures }: Pick<ShownAdoption, 'state' | 'figures'>): string | null =>
  state !== 'live'
    ? null
    : { reported: 'not validated yet', validated: 'validated', rejected: 'sent back, not counted' }[
        figures.state
      ];

/** "2 of 3 (66.6%)"; where nothing can be compared, it says so. */
export const ofSoMany = (parts: OfSoMany): string =>
  parts.denominator === 0
    ? 'None can be compared yet'
    : `${count(parts.numerator)} of ${count(parts.denominator)} (${share(parts)})`;
