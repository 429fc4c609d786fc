import type { ProgrammeDefinition, TargetSetDefinition } from '../programmes/definition.types.js';
import type { DefinitionIds, DefinitionSection } from '../programmes/definition-section.js';
import { Measure, TargetSet } from './target.entity.js';

/** How returns and answers name a target set: its code and version, so that no two versions are ever compared. */
export function targetSetRef(set: { code: string; version: number }): string {
  return `${set.code}/v${set.version}`;
}

const FIXED = {
  code: 'measure-is-fixed',
  message:
    'What a measure asks never changes under the figures that rest on it. Make a new version of the target set.',
};

const targetSets: DefinitionSection<TargetSet> = {
  name: 'target-set',
  order: 60,
  entity: TargetSet,
  absent: 'refuse',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: targetSetRef,
  wanted: (definition, ids) =>
    definition.targetSets.map((set) => ({
      key: targetSetRef(set),
      columns: {
        programme_id: ids.programmeId,
        code: set.code,
        version: set.version,
        name: set.name,
        description: set.description,
        supersedes_version: set.supersedesVersion,
        target_on: set.targetOn,
        target_numerator: set.targetNumerator,
        target_denominator: set.targetDenominator,
        provenance: ids.sourced(set.provenance),
      },
    })),
};

const measures: DefinitionSection<Measure> = {
  name: 'measure',
  order: 61,
  entity: Measure,
  absent: 'refuse',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row, ids) => `${ids.key('target-set', row.target_set_id)} ${row.code}`,
  fixed: {
    ...FIXED,
    columns: ['unit', 'direction', 'level', 'question', 'numerator_label', 'denominator_label'],
  },
  wanted: (definition, ids) =>
    definition.targetSets.flatMap((set) =>
      set.measures.map((measure, index) => ({
        key: `${targetSetRef(set)} ${measure.code}`,
        columns: columnsOf(definition, ids, set, measure, index),
      })),
    ),
};

function columnsOf(
  definition: ProgrammeDefinition,
  ids: DefinitionIds,
  set: TargetSetDefinition,
  measure: TargetSetDefinition['measures'][number],
  index: number,
): Record<string, unknown> {
  const endOf = (label: string): string =>
    definition.periods.find((period) => period.label === label)?.endsOn as string;
  return {
    programme_id: ids.programmeId,
    target_set_id: ids.id('target-set', targetSetRef(set)),
    code: measure.code,
    position: index + 1,
    name: measure.name,
    question: measure.question,
    numerator_label: measure.numeratorLabel,
    denominator_label: measure.denominatorLabel,
    unit: measure.unit,
    direction: measure.direction,
    weight: measure.weight,
    level: measure.level,
    target_numerator: measure.target.numerator,
    target_denominator: measure.target.denominator,
    baseline: measure.baseline && {
      numerator: measure.baseline.numerator,
      denominator: measure.baseline.denominator,
      sourced: ids.sourced(measure.baseline.provenance),
    },
    trajectory: measure.trajectory.map(({ period, numerator, denominator }) => ({
      period,
      on: endOf(period),
      numerator,
      denominator,
    })),
    trajectory_provenance: measure.trajectoryProvenance && ids.sourced(measure.trajectoryProvenance),
    provenance: ids.sourced(measure.provenance),
  };
}

/** Target sets, by version, and their measures. */
export const TARGET_SECTIONS: DefinitionSection[] = [targetSets, measures];
