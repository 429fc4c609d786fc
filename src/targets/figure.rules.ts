import type { DateOn } from '../core/calendar.js';
import type { Basis, ComputedFrom } from './progress.entity.js';
import {
  againstTrajectory,
  type Parts,
  type PlannedMeasure,
  scoreOf,
  scorePpm,
  type WeightedMeasure,
  WHOLE_PPM,
} from './progress.rules.js';
import type { MeasuredValue } from './target.queries.js';

/** What a figure is held against: one target set, or all of them (`targetSetId` null). */
export interface FigureTarget {
  targetSetId: string | null;
  /** Of the set; of all together the sum of theirs, so that a new version of any begins a new trend. */
  version: number;
  targetPpm: number;
  targetOn: DateOn;
}

/** One figure of a trust, ready to be kept. Numerators and denominators are weighted parts per million. */
export interface TrustFigure {
  target: FigureTarget;
  target_version: number;
  numerator: number;
  denominator: number;
  comparable_numerator: number;
  planned_numerator: number;
  planned_denominator: number;
  measures_reported: number;
  measures_total: number;
  computed_from: ComputedFrom[];
  illustrative: boolean;
}

/** A target set as it is held against. */
export interface Target {
  targetSetId: string;
  version: number;
  targetNumerator: number;
  targetDenominator: number;
  targetOn: DateOn;
  /** The sum of the weights of its measures. */
  weight: number;
}

/**
 * The target of all sets together: the mean of theirs, weighted by their measures, by the day on which the last of
 * them is due.
 */
export function overallTarget(targets: readonly Target[]): FigureTarget {
  const weight = targets.reduce((sum, target) => sum + target.weight, 0);
  const weighted = targets.reduce((sum, target) => sum + target.weight * targetOfSet(target).targetPpm, 0);
  return {
    targetSetId: null,
    version: targets.reduce((sum, target) => sum + target.version, 0),
    targetPpm: weight === 0 ? WHOLE_PPM : Math.floor(weighted / weight),
    targetOn:
      targets
        .map((target) => target.targetOn)
        .sort()
        .at(-1) ?? '1900-01-01',
  };
}

/** The target of one set. */
export function targetOfSet(target: Target): FigureTarget {
  return {
    targetSetId: target.targetSetId,
    version: target.version,
    targetPpm:
      scorePpm({ numerator: target.targetNumerator, denominator: target.targetDenominator }) ?? WHOLE_PPM,
    targetOn: target.targetOn,
  };
}

/** Of each target set the version that a period was reported with; the newest where it was not reported at all. */
export function versionsInUse(values: readonly MeasuredValue[]): MeasuredValue[] {
  const chosen = new Map<string, number>();
  const better = (value: MeasuredValue): boolean => {
    const other = chosen.get(value.targetSetCode);
    if (other === undefined) return true;
    const reported = (version: number): boolean =>
      values.some(
        (each) =>
          each.targetSetCode === value.targetSetCode &&
          each.targetSetVersion === version &&
          each.measurementId !== null,
      );
    if (reported(value.targetSetVersion) !== reported(other)) return reported(value.targetSetVersion);
    return value.targetSetVersion > other;
  };
  for (const value of values) if (better(value)) chosen.set(value.targetSetCode, value.targetSetVersion);
  return values.filter((value) => chosen.get(value.targetSetCode) === value.targetSetVersion);
}

function partsOf(value: MeasuredValue, basis: Basis): Parts | null {
  if (basis === 'self-reported')
    return value.numerator === null || value.denominator === null
      ? null
      : { numerator: value.numerator, denominator: value.denominator };
  const counts = value.state === 'validated' || value.state === 'published';
  return !counts || value.validatedNumerator === null || value.validatedDenominator === null
    ? null
    : { numerator: value.validatedNumerator, denominator: value.validatedDenominator };
}

/** A count is held against its target, a share or a score against its own denominator. */
function held(value: MeasuredValue, parts: Parts): Parts {
  return value.unit === 'count'
    ? { numerator: parts.numerator, denominator: Math.max(value.targetValue, 1) }
    : parts;
}

interface Counted {
  value: MeasuredValue;
  measurement: Parts | null;
  from: ComputedFrom[];
  illustrative: boolean;
}

/** A measure of projects counts once: what its projects reported, added up. */
function countedOnce(values: readonly MeasuredValue[], basis: Basis): Counted[] {
  const byMeasure = new Map<string, Counted>();
  for (const value of values) {
    const parts = partsOf(value, basis);
    const counted = byMeasure.get(value.measureId) ?? {
      value,
      measurement: null,
      from: [],
      illustrative: false,
    };
    byMeasure.set(value.measureId, counted);
    if (value.illustrative) counted.illustrative = true;
    if (!parts) continue;
    counted.measurement = {
      numerator: (counted.measurement?.numerator ?? 0) + parts.numerator,
      denominator: (counted.measurement?.denominator ?? 0) + parts.denominator,
    };
    counted.from.push({
      measurement: value.measurementId as string,
      revision: value.revision as number,
      ...parts,
      weight: value.weight,
    });
  }
  return [...byMeasure.values()];
}

/** A measure with what was reported of it, as it counts in a score and is held against its trajectory. */
export function plannedMeasure(
  value: MeasuredValue,
  measurement: Parts | null,
): WeightedMeasure & PlannedMeasure {
  const { weight, direction, baseline, trajectory, startsOn } = value;
  return {
    weight,
    direction,
    measurement: measurement && held(value, measurement),
    trajectory: [
      ...(baseline && trajectory.length > 0 ? [{ ...baseline, on: startsOn }] : []),
      ...trajectory,
    ].map((point) => ({ on: point.on, ...held(value, point) })),
  };
}

function figureOf(counted: readonly Counted[], target: FigureTarget, endsOn: DateOn): TrustFigure {
  const measures = counted.map(({ value, measurement }) => plannedMeasure(value, measurement));
  const score = scoreOf(measures);
  const { score: comparable, planned } = againstTrajectory(measures, endsOn);
  return {
    target,
    target_version: target.version,
    numerator: score.numerator,
    denominator: score.denominator,
    comparable_numerator: comparable.numerator,
    planned_numerator: planned.numerator,
    planned_denominator: planned.denominator,
    measures_reported: score.measuresReported,
    measures_total: score.measuresTotal,
    computed_from: counted.flatMap(({ from }) => from),
    illustrative: counted.some(({ illustrative }) => illustrative),
  };
}

/**
 * A trust's figures for a period: one for each target set, and one for all of them, its paperless score: the
 * weighted coverage of its measures. What was not reported, or for the validated basis not validated, earns nothing.
 */
export function figuresOf(values: readonly MeasuredValue[], basis: Basis, endsOn: DateOn): TrustFigure[] {
  const counted = countedOnce(versionsInUse(values), basis);
  const setIds = [...new Set(counted.map(({ value }) => value.targetSetId))];
  const sets = setIds.map((id) => {
    const own = counted.filter(({ value }) => value.targetSetId === id);
    const { value } = own[0] as Counted;
    const target: Target = {
      targetSetId: id,
      version: value.targetSetVersion,
      targetNumerator: value.targetNumerator,
      targetDenominator: value.targetDenominator,
      targetOn: value.targetOn,
      weight: own.reduce((sum, each) => sum + each.value.weight, 0),
    };
    return { own, target };
  });
  return [
    ...sets.map(({ own, target }) => figureOf(own, targetOfSet(target), endsOn)),
    figureOf(counted, overallTarget(sets.map(({ target }) => target)), endsOn),
  ];
}
