import type { ProjectView } from '../../projects/project.queries.js';
import { trustFields } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { number, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { sourceWords } from '../progress/figures.js';

export interface ProjectsViews {
  programme: { slug: string; name: string };
  /** A page of them. */
  projects: readonly ProjectView[];
  /** Trusts that it can be narrowed to; more than are chosen from are not all here. */
  trusts: ReadonlyArray<{ odsCode: string; name: string }>;
  /** The ODS code that the list is narrowed to; null: all. */
  trust: string | null;
  /** The address of the next page; null on the last. */
  next: string | null;
}

function projectsTable({ programme, projects: rows, next }: ProjectsViews): Table {
  const root = `/programmes/${programme.slug}`;
  return table<ProjectView>({
    id: 'projects',
    caption: 'Projects',
    rows,
    columns: [
      text('Project', (row) => row.name, { href: (row) => `${root}/projects/${row.code}` }),
      text('Trust', (row) => row.trust.name, { href: (row) => `${root}/trusts/${row.trust.odsCode}` }),
      number('Goals', (row) => row.goals.length),
      text('Source', (row) => sourceWords(row.sourced).words),
    ],
    next,
    whole: `/v1${root}/projects`,
    empty: 'No project matches that you may see. Choose “Show all” to see every project.',
  });
}

/** The projects of a programme. */
export function projectsPage(views: ProjectsViews): Page {
  const { programme, trusts, trust } = views;
  return {
    view: 'projects/projects.njk',
    title: 'Projects',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [projectsTable(views)],
    model: {
      programme,
      path: `/programmes/${programme.slug}/projects`,
      filters: trustFields(trusts, trust),
    },
  };
}
