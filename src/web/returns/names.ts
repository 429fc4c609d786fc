import type { ReturnSection } from '../../progress-reports/return-content.js';
import type { ReturnStanding } from '../../progress-reports/return-standing.reader.js';
import { words } from '../page/format.js';

/** What the sections of a return are called. */
export const SECTION_TITLES: Record<ReturnSection, string> = {
  milestones: 'Milestones',
  spend: 'Spend and forecast',
  measurements: 'Measurements',
  risks: 'Risks',
  narrative: 'Narrative',
  confidence: 'Delivery confidence',
};

/** What a milestone may be claimed to be. */
export const CLAIM_WORDS = {
  none: 'Nothing new',
  started: 'Work has started',
  met: 'It has been met',
} as const;

export const LIKELIHOODS = ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'] as const;
export const IMPACTS = ['Negligible', 'Minor', 'Moderate', 'Major', 'Severe'] as const;

/** "3 – Possible" of the third point of a scale from 1 to 5; null where none was chosen. */
export function pointOf(scale: readonly string[], point: number): string | null {
  const name = scale[point - 1];
  return name ? `${point} – ${name}` : null;
}

/** What readers call what returns name by its code. A code that nobody knows stays as it is. */
export interface Names {
  milestone(code: string): string;
  /** @param key `measureKey` of a line */
  measure(key: string): string;
  narrative(code: string): string;
  rating(scale: string, code: string): string;
  delayReason(code: string): string;
}

type Named = Pick<ReturnStanding, 'terms' | 'milestones' | 'measures'>;

/** The names of a return. */
export function namesOf({ terms, milestones, measures }: Named): Names {
  const by = <Each>(all: readonly Each[], code: (each: Each) => string, name: (each: Each) => string) => {
    const names = new Map(all.map((each) => [code(each), name(each)]));
    return (given: string) => names.get(given) ?? given;
  };
  const points = by(
    terms.confidenceScale.points,
    ({ code }) => code,
    ({ label }) => label,
  );
  return {
    milestone: by(
      milestones,
      ({ code }) => code,
      ({ name }) => name,
    ),
    measure: by(
      measures,
      ({ targetSet, code }) => `${targetSet} ${code}`,
      ({ name, projectId, code }) => (projectId ? `${name} (${words(code.split('/')[0] ?? '')})` : name),
    ),
    narrative: by(
      terms.narrativeSections,
      ({ code }) => code,
      ({ title }) => title,
    ),
    rating: (scale, code) =>
      scale === terms.confidenceScale.code ? points(code) : `${words(code)} (on the scale ${scale})`,
    delayReason: by(
      terms.delayReasons,
      ({ code }) => code,
      ({ label }) => label,
    ),
  };
}
