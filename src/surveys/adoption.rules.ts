import type { Parts } from '../targets/progress.rules.js';
import type { AdoptionStatus, Answer } from './survey.rules.js';

/** What is known of the wave that a result is held against. */
export interface EarlierWave {
  name: string;
  kind: 'programme' | 'historical';
  /** The references of its questions. */
  questions: readonly string[];
}

/**
 * Why two results must not be compared (domain.md section 9, rule 9: no trend across definition versions).
 * @param question `code/v1`
 * @returns null where they may: both are answers to the same version of the question
 */
export function incomparableBecause(question: string, before: EarlierWave): string | null {
  const code = question.split('/')[0];
  const other = before.questions.find((ref) => ref.split('/')[0] === code);
  if (other === undefined) return `Not compared: ${before.name} did not ask it.`;
  if (other !== question)
    return `Not compared: the question changed. ${before.name} asked another version of it (${other}).`;
  return before.kind === 'historical'
    ? `Not compared: ${before.name} was held by somebody else, and its answers are not in the record.`
    : null;
}

/**
 * The adoption index: of the capabilities that a trust was asked about, how many are live. What is planned, piloted or
 * retired is none of them, however far it is.
 */
export function adoptionIndex(answers: ReadonlyArray<Pick<Answer, 'status'>>): Parts {
  const asked = answers.filter(({ status }) => status !== null);
  return { numerator: asked.filter(({ status }) => status === 'live').length, denominator: asked.length };
}

export const AGREEMENTS = ['agrees', 'answered-more', 'answered-less', 'not-measured', 'no-measure'] as const;
/**
 * Whether what was answered agrees with what was measured: it does; live or in a pilot was answered and less is
 * measured; none, planned, retired or a pilot was answered and more is measured; the trust measured nothing of it by
 * then; or no measure says the same.
 */
export type Agreement = (typeof AGREEMENTS)[number];

/** What coverage an answer is held against, in hundredths of the measure's denominator: from the first to below the second. */
export const EXPECTED_COVERAGE: Record<AdoptionStatus, readonly [from: number, below: number]> = {
  none: [0, 10],
  planned: [0, 10],
  pilot: [1, 90],
  live: [50, Number.POSITIVE_INFINITY],
  retired: [0, 10],
};

/** The rule of `agreementOf`, as readers are told it. Chosen for this programme: no source gives thresholds. */
export const AGREEMENT_RULE =
  'Live agrees with a measure of 50% or more; a pilot with 1% or more and less than 90%; none, planned and retired with less than 10%. The measure is the latest of a period that ended by the last day of the wave, validated where somebody validated it. The thresholds were chosen for this programme: no source gives any.';

/** Holds an answer against what was measured of the same thing. @param measured null where nothing stands */
export function agreementOf(status: AdoptionStatus, hasMeasure: boolean, measured: Parts | null): Agreement {
  if (!hasMeasure) return 'no-measure';
  if (measured === null || measured.denominator === 0) return 'not-measured';
  const [from, below] = EXPECTED_COVERAGE[status];
  const hundredths = measured.numerator * 100;
  if (hundredths < from * measured.denominator) return 'answered-more';
  return hundredths >= below * measured.denominator ? 'answered-less' : 'agrees';
}

export const FIGURE_CHECKS = ['fits', 'does-not-fit', 'cannot-be-checked'] as const;
/** Whether a published percentage can be of its base at all. */
export type FigureCheck = (typeof FIGURE_CHECKS)[number];

/**
 * Whether any whole number of a base rounds to a published percentage, or the published number does; shown, and never
 * used to reckon a number that nobody published (domain.md section 1, S1).
 * @param claimed a whole percentage
 */
export function figureCheck(
  claimed: number | null,
  { numerator, denominator }: { numerator: number | null; denominator: number | null },
): FigureCheck {
  if (claimed === null || denominator === null) return 'cannot-be-checked';
  // Where no number was published, the nearest is the one that fits, if any does.
  const count = numerator ?? Math.round((claimed * denominator) / 100);
  return count <= denominator && Math.round((count * 100) / denominator) === claimed
    ? 'fits'
    : 'does-not-fit';
}
