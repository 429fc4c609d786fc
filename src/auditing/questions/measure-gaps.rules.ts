/** A measure that is not wholly defined, and what is missing. */
export interface UndefinedMeasure {
  /** The target set, as `code/v1`. */
  targetSet: string;
  code: string;
  name: string;
  /** In words. */
  missing: string;
}

/** What is looked at of a target set. */
interface LookedAt {
  ref: string;
  current: boolean;
  measures: readonly object[];
}

interface DefinedMeasure {
  code: string;
  name: string;
  baseline: object | null;
  trajectory: readonly object[];
  sourced: { source: object | null; assumed: string | null };
}

/** The measures of current target sets that lack something without which they cannot be judged. */
export function undefinedMeasures(targetSets: readonly LookedAt[]): UndefinedMeasure[] {
  return targetSets
    .filter(({ current }) => current)
    .flatMap(({ ref, measures }) =>
      (measures as DefinedMeasure[]).flatMap((measure) => {
        const missing = [
          measure.baseline === null && 'baseline',
          measure.trajectory.length === 0 && 'trajectory',
          measure.sourced.source === null && 'source',
        ].filter((part) => part !== false);
        if (missing.length === 0) return [];
        const { code, name } = measure;
        return [{ targetSet: ref, code, name, missing: `It has no ${missing.join(' and no ')}.` }];
      }),
    );
}
