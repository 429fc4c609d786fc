import { BLUEPRINT_STATES, type BlueprintState } from '../../blueprints/blueprint.rules.js';
import type { ListedBlueprint } from '../../blueprints/blueprints.reader.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import type { ProjectView } from '../../projects/project.queries.js';
import { addressOf, nextAddress } from '../page/address.js';
import { choicesOf, filterField, trustFields } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { blueprintTag } from './blueprint.words.js';
import { usesWords } from './library.page.js';

/** What the list is narrowed to. */
export interface BlueprintsFilter {
  state: BlueprintState | null;
  trust: string | null;
  project: string | null;
}

/** The blueprints of a programme, in every state: what is to be reviewed, and what is under way. */
export function blueprintsPage(
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'awardees'>,
  { items, next }: ListPage<ListedBlueprint>,
  filter: BlueprintsFilter,
  reader: { allTrusts: boolean; mayBegin: boolean },
): Page {
  const path = `/programmes/${programme.slug}/blueprints`;
  return {
    view: 'blueprints/blueprints.njk',
    title: 'Blueprints of this programme',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<ListedBlueprint>({
        id: 'blueprints',
        caption: 'Blueprints, the latest first',
        rows: items,
        columns: [
          text('Reference', (row) => row.reference, {
            href: (row) => `/blueprints/${row.id}`,
            note: (row) => `version ${row.number}`,
          }),
          text('Blueprint', (row) => row.title),
          text('Trust', (row) => row.trust.name, { note: (row) => row.project.name }),
          state('State', (row) => blueprintTag(row.state)),
          text('Used', (row) => usesWords(row.uses)),
        ],
        empty: reader.mayBegin
          ? 'There is none yet. Begin one of a project: most of it is filled in already.'
          : 'There is none that matches. Trusts begin them, from their projects.',
        next: nextAddress(path, { ...filter }, next),
        whole: addressOf(`/v1${path}`, { ...filter }),
      }),
    ],
    model: {
      programme,
      path,
      mayBegin: reader.mayBegin,
      filters: [
        filterField('state', 'State', filter.state, choicesOf(BLUEPRINT_STATES)),
        ...trustFields(programme.awardees, filter.trust, reader.allTrusts),
      ],
    },
  };
}

/** The form that begins one. @param chosen the code of the project that was come from */
export function newBlueprintPage(
  programme: Pick<ProgrammeView, 'slug' | 'name'>,
  projects: readonly ProjectView[],
  chosen: string | null,
): Page {
  const path = `/programmes/${programme.slug}/blueprints`;
  return {
    view: 'blueprints/new.njk',
    title: 'Begin a blueprint',
    caption: programme.name,
    trail: programmeTrail(programme, { text: 'Blueprints', href: path }),
    model: {
      action: `${path}/new`,
      back: path,
      chosen: chosen ?? '',
      projects: [
        { value: '', text: 'Choose a project' },
        ...projects.map(({ code, name }) => ({ value: code, text: name })),
      ],
    },
  };
}
