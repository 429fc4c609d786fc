import { createHash } from 'node:crypto';
import type { Publication } from '../../progress-reports/publication.reader.js';

/** What is published of a programme, as programs read it: `/progress/:slug/data.json`. Whole pence; never a percentage. */
export function publishedData({ programme, sourced, awards, targetSets, measurements, shares }: Publication) {
  const { controlTotals, ...facts } = programme;
  return {
    programme: { ...facts, sourced: sourced.sourced },
    awarded: { ...controlTotals, sourced: sourced.controlTotals.sourced },
    awards: awards.map(({ trust, grantPence, matchPence, lines, sourced: from }) => ({
      ...{ trust, grantPence, matchPence, sourced: from, lines },
    })),
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

/** A file that was made for an answer, and the tag by which a copy of it is known to be still good. */
export function taggedJson(data: object): { json: string; etag: string } {
  const json = JSON.stringify(data);
  return { json, etag: `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"` };
}

/** Whether a caller's copy, by its `If-None-Match`, is the one that there is. */
export function isFresh(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
}
