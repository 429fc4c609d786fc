import { eachPage } from '../../core/paging.js';
import type { Publication } from '../../progress-reports/publication.reader.js';

/**
 * What is published of a programme, as programs read it: `/progress/:slug/data.json`. Whole pence; never a percentage.
 * What grows with the programme comes in pages.
 */
export function publishedData({ programme, sourced, awards, targetSets, measurements, shares }: Publication) {
  const { controlTotals, ...facts } = programme;
  return {
    programme: { ...facts, sourced: sourced.sourced },
    awarded: { ...controlTotals, sourced: sourced.controlTotals.sourced },
    awards: eachPage(awards, (page) =>
      page.map(({ trust, grantPence, matchPence, lines, sourced: from }) => ({
        ...{ trust, grantPence, matchPence, sourced: from, lines },
      })),
    ),
    targetSets: targetSets.map(
      ({ ref, name, description, current, targetOn, target, sourced: from, measures }) => ({
        ...{ ref, name, description, current, targetOn, target, sourced: from },
        measures: measures.map(({ id: _, ...measure }) => measure),
      }),
    ),
    measurements,
    published: shares,
  };
}
