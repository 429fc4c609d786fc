import type { DefinitionSection } from '../programmes/definition-section.js';
import { Milestone } from './milestone.entity.js';

const milestones: DefinitionSection<Milestone> = {
  name: 'milestone',
  order: 50,
  entity: Milestone,
  absent: 'refuse',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row, ids) => `${ids.key('project', row.project_id)}/${row.code}`,
  fixed: {
    columns: ['baseline_on'],
    code: 'baseline-is-fixed',
    message: 'A baseline never changes. Report a forecast with its reason, or ask for a change request.',
  },
  /** The forecast starts at the baseline, and from then on is the returns' to move. */
  onAdd: (columns) => ({ ...columns, forecast_on: columns.baseline_on }),
  wanted: (definition, ids) =>
    definition.milestones.map(({ code, projectCode, trustOds, name, kind, baselineOn, provenance }) => ({
      key: `${projectCode}/${code}`,
      columns: {
        programme_id: ids.programmeId,
        trust_id: ids.id('organisation', trustOds),
        project_id: ids.id('project', projectCode),
        code,
        name,
        kind,
        baseline_on: baselineOn,
        provenance: ids.sourced(provenance),
      },
    })),
};

/** Milestones with their baselines. */
export const MILESTONE_SECTIONS: DefinitionSection[] = [milestones];
