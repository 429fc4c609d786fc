import type { DefinitionSection } from '../programmes/definition-section.js';
import { ProgrammeGoal, StrategyGoal } from './goal.entity.js';

const goals: DefinitionSection<StrategyGoal> = {
  name: 'strategy-goal',
  order: 90,
  entity: StrategyGoal,
  absent: 'keep',
  filter: () => ({}),
  keyOf: (row) => row.code,
  wanted: (definition, ids) =>
    definition.strategyGoals.map(({ code, strategy, title, statement, provenance }) => ({
      key: code,
      columns: { code, strategy, title, statement, provenance: ids.sourced(provenance) },
    })),
};

const served: DefinitionSection<ProgrammeGoal> = {
  name: 'served-goal',
  order: 91,
  entity: ProgrammeGoal,
  absent: 'remove',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row, ids) => ids.key('strategy-goal', row.goal_id),
  wanted: (definition, ids) =>
    definition.strategyGoals.map(({ code, provenance }) => ({
      key: code,
      columns: {
        programme_id: ids.programmeId,
        goal_id: ids.id('strategy-goal', code),
        provenance: ids.sourced(provenance),
      },
    })),
};

/** The strategy goals of a definition, and that its programme serves them. */
export const GOAL_SECTIONS: DefinitionSection[] = [goals, served];
