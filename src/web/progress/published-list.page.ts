import type { PublishedProgramme } from '../../targets/publication.queries.js';
import { day, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { number, table, text } from '../page/table.js';

/** The programmes of which something is published. */
export function publishedListPage(programmes: readonly PublishedProgramme[]): Page {
  return {
    view: 'progress/published-list.njk',
    title: 'Published progress',
    tables: [
      table<PublishedProgramme>({
        id: 'programmes',
        caption: 'Programmes',
        rows: programmes,
        columns: [
          text('Programme', (row) => row.name, {
            href: (row) => `/progress/${row.slug}`,
            note: (row) => `${day(row.startsOn)} to ${day(row.endsOn)}`,
          }),
          text('Funder', (row) => row.funder.name),
          text('Latest period', (row) => row.latestPeriod, {
            note: (row) => `of ${plural(row.trusts, 'trust')}`,
          }),
          number('Published values', (row) => row.figures),
        ],
        empty: 'Nothing is published yet. Come back after the first returns were validated.',
      }),
    ],
  };
}
