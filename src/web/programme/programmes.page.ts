import type { Page as List } from '../../core/paging.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import type { Page } from '../page/page.js';
import { date, money, number, table, text } from '../page/table.js';

/** The list of programmes, with what each is in all. */
export function programmesPage({ items, next }: List<ProgrammeView>): Page {
  return {
    view: 'programme/programmes.njk',
    title: 'Programmes',
    tables: [
      table<ProgrammeView>({
        id: 'programmes',
        caption: 'Programmes',
        rows: items,
        columns: [
          text('Programme', ({ name }) => name, {
            href: ({ slug }) => `/programmes/${slug}`,
            note: ({ illustrative, funder }) =>
              `${funder.name}${illustrative ? '. Illustrative: it was made up to show how Exemplar works' : ''}`,
          }),
          date('Begins', ({ startsOn }) => startsOn),
          date('Ends', ({ endsOn }) => endsOn),
          number('Trusts', ({ awardeeCount }) => awardeeCount),
          money('Grant', ({ controlTotals }) => controlTotals.grantPence),
          money('Match', ({ controlTotals }) => controlTotals.matchPence),
          money('In all', ({ controlTotals }) => controlTotals.totalPence),
        ],
        empty: 'There is no programme yet. An administrator applies a definition file to begin one.',
        next: next && `/programmes?after=${encodeURIComponent(next)}`,
      }),
    ],
  };
}
