import type { BlueprintState } from '../../blueprints/blueprint.rules.js';
import { percent, words } from '../page/format.js';
import type { Link } from '../page/page.js';
import type { Tag, TagColour } from '../page/table.js';

const COLOURS: Record<BlueprintState, TagColour> = {
  draft: 'grey',
  submitted: 'blue',
  'in-review': 'blue',
  queried: 'yellow',
  published: 'green',
  superseded: 'grey',
  withdrawn: 'red',
};

/** Where a version is in its life, as a tag. */
export const blueprintTag = (state: BlueprintState): Tag => ({ words: words(state), colour: COLOURS[state] });

const CALLED: Readonly<Record<string, string>> = {
  'smart-foundations': 'Ensure smart foundations',
  'assessed-readiness': 'Digital maturity assessment: readiness',
  'assessed-infrastructure': 'Digital maturity assessment: infrastructure',
  'app-or-online-therapy': 'App or online therapy',
  'crisis-and-urgent': 'Crisis and urgent care',
};

/** A category as people say it. */
export const categoryWords = (code: string): string => CALLED[code] ?? words(code);

/** Several categories in one line; null where there are none. */
export const categoriesWords = (codes: readonly string[]): string | null =>
  codes.length === 0 ? null : codes.map(categoryWords).join(', ');

/** A value of a measure with its parts: "26.8% (268 of 1,000)"; a count or score without a percentage. */
export function valueWords(
  unit: string,
  value: { numerator: number; denominator: number; period: string | null } | null,
): string | null {
  if (!value || value.denominator === 0) return null;
  const { numerator, denominator } = value;
  const number = (amount: number) => amount.toLocaleString('en-GB');
  if (unit !== 'share') return `${number(numerator)} of ${number(denominator)}`;
  return `${percent(Math.floor((numerator * 1000) / denominator) / 10)} (${number(numerator)} of ${number(denominator)})`;
}

/** The way to a blueprint. */
export const blueprintsTrail = (...further: readonly Link[]): Link[] => [
  { text: 'Blueprints', href: '/blueprints' },
  ...further,
];

/** The way on from a blueprint. */
export const blueprintTrail = ({ id, reference }: { id: string; reference: string }): Link[] =>
  blueprintsTrail({ text: reference, href: `/blueprints/${id}` });
