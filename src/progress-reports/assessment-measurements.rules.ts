import { measurementBlockers } from '../targets/measurement.rules.js';
import {
  type AssessedMeasure,
  type AssessmentInput,
  type AssessmentRule,
  type Finding,
  found,
} from './assessment-input.js';
import type { MeasurementLine } from './return-content.js';
import { isBlank, isNotMeasured, measureKey } from './return-lines.rules.js';

type LineRule = (
  line: MeasurementLine,
  measure: AssessedMeasure,
  index: number,
  before: MeasurementLine | undefined,
) => Finding[];

/** A rule of each line whose measure is known, with the same measure's line in the last return. */
const eachMeasurement =
  (rule: LineRule): AssessmentRule =>
  ({ content, measures, previous }) => {
    const known = byKey(measures, keyOfMeasure);
    const last = byKey(previous?.measurements ?? [], measureKey);
    return content.measurements.flatMap((line, index) => {
      const measure = known.get(measureKey(line));
      return measure ? rule(line, measure, index, last.get(measureKey(line))) : [];
    });
  };

const keyOfMeasure = ({ targetSet, code }: AssessedMeasure) => measureKey({ targetSet, measure: code });

/** Each by its key. */
const byKey = <T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T> =>
  new Map(all.map((one) => [keyOf(one), one]));

/** A line for a measure that the programme does not have, or has in another target set: blocking. */
export const unknownMeasure: AssessmentRule = ({ content, measures }) => {
  const known = new Set(measures.map(keyOfMeasure));
  return content.measurements.flatMap((line, index) =>
    known.has(measureKey(line))
      ? []
      : found(
          'blocking',
          'unknown-measure',
          'measurements',
          `/${index}/measure`,
          `There is no measure "${line.measure}" in the target set "${line.targetSet}". Check both codes, or remove the line.`,
        ),
  );
};

/**
 * Parts that do not hold, such as a numerator above its denominator or a denominator of zero: blocking. 0 of 0 with a
 * note says that it was not measured: a warning.
 */
export const measurementParts = eachMeasurement((line, { name, unit }, index) =>
  isNotMeasured(line)
    ? [
        found(
          'warning',
          'not-measured',
          'measurements',
          `/${index}`,
          `"${name}" was not measured this time. The note says why; until it is measured it earns nothing in the score.`,
        ),
      ]
    : measurementBlockers({ unit, numerator: line.numerator, denominator: line.denominator }).map(
        ({ code, message, pointer }) =>
          found('blocking', code, 'measurements', `/${index}${pointer}`, `"${name}": ${message}`),
      ),
);

/** Below 0: the first value is lower than the second. Exact, by cross-multiplying. */
function compareParts(a: MeasurementLine, b: MeasurementLine): bigint {
  return BigInt(a.numerator) * BigInt(b.denominator) - BigInt(b.numerator) * BigInt(a.denominator);
}

const usable = (line: MeasurementLine) =>
  Number.isSafeInteger(line.numerator) && Number.isSafeInteger(line.denominator) && line.denominator > 0;

const inWords = (line: MeasurementLine) => `${line.numerator} of ${line.denominator}`;

/** A value that went the wrong way for its measure, without a note: a warning, since values do fall in earnest. */
export const measurementWorsens = eachMeasurement((line, { name, direction }, index, before) => {
  if (!before || !usable(line) || !usable(before) || !isBlank(line.note)) return [];
  const change = compareParts(line, before);
  if (change === 0n || change > 0n === (direction === 'up')) return [];
  return [
    found(
      'warning',
      'measurement-worsens',
      'measurements',
      `/${index}/note`,
      `"${name}" went from ${inWords(before)} to ${inWords(line)}, which is ${direction === 'up' ? 'lower, and higher is' : 'higher, and lower is'} better. Check it, or say why in the note.`,
    ),
  ];
});

/** A denominator that changes by more than half, without a note: a warning, since something else may be counted now. */
export const denominatorChanges = eachMeasurement((line, { name }, index, before) =>
  before &&
  usable(line) &&
  usable(before) &&
  isBlank(line.note) &&
  Math.abs(line.denominator - before.denominator) * 2 > before.denominator
    ? [
        found(
          'warning',
          'denominator-changes',
          'measurements',
          `/${index}/denominator`,
          `"${name}": The denominator went from ${before.denominator} to ${line.denominator}. Check that the same is counted as last time, or say in the note what changed.`,
        ),
      ]
    : [],
);

/** All rules about measurements, in the order in which they are told. */
export function assessMeasurements(input: AssessmentInput): Finding[] {
  return [unknownMeasure, measurementParts, measurementWorsens, denominatorChanges].flatMap((rule) =>
    rule(input),
  );
}
