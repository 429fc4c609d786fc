import type { Sql } from '../database/sql.js';
import { type FirstThings, firstThings } from './kept-list.rules.js';
import { keptOf, type TrustSum } from './kept-sum.queries.js';

/**
 * The first things of a list of all trusts, without a look at the others: undefined where they are not kept.
 * @param list the things of some trusts; of all trusts the first `KEPT_FIRST`. Each is a figure: its trust's id, a colon and
 * its own id, and its place in the list
 */
export async function firstOfTrusts(
  sql: Sql,
  list: TrustSum,
  programmeId: string,
): Promise<FirstThings | undefined> {
  const kept = await keptOf(sql, list, programmeId, []);
  if (!kept) return undefined;
  const { sums, changed } = kept;
  const now = changed.length === 0 ? {} : await list.of(sql, programmeId, [], changed);
  return firstThings(sums, now, changed);
}
