import { In } from 'typeorm';
import type { DefinitionSection } from '../programmes/definition-section.js';
import { Goal, Project } from './project.entity.js';

const projects: DefinitionSection<Project> = {
  name: 'project',
  order: 40,
  entity: Project,
  absent: 'refuse',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row) => row.code,
  fixed: {
    columns: ['trust_id'],
    code: 'project-stays-with-its-trust',
    message:
      'A project stays with its trust. Where its agreement was novated, name the trust that holds it now; a definition moves none.',
  },
  wanted: (definition, ids) =>
    definition.projects.map(({ code, trustOds, name, description, provenance }) => ({
      key: code,
      columns: {
        programme_id: ids.programmeId,
        trust_id: ids.id('organisation', trustOds),
        code,
        name,
        description,
        provenance: ids.sourced(provenance),
      },
    })),
};

const goals: DefinitionSection<Goal> = {
  name: 'goal',
  order: 41,
  entity: Goal,
  absent: 'remove',
  filter: (ids) => ({ project_id: In(ids.idsOf('project')) }),
  keyOf: (row, ids) => `${ids.key('project', row.project_id)}/${row.code}`,
  wanted: (definition, ids) =>
    definition.projects.flatMap((project) =>
      project.goals.map(({ code, statement, provenance }) => ({
        key: `${project.code}/${code}`,
        columns: {
          trust_id: ids.id('organisation', project.trustOds),
          project_id: ids.id('project', project.code),
          code,
          statement,
          provenance: ids.sourced(provenance),
        },
      })),
    ),
};

/** Projects and their goals. */
export const PROJECT_SECTIONS: DefinitionSection[] = [projects, goals];
