import type { InPages } from '../../src/core/paging.js';
import type { GrantPackage } from '../../src/open-data/grant.types.js';
import type { MatchRow } from '../../src/open-data/match.rules.js';
import type { OpenDataReader } from '../../src/open-data/open-data.reader.js';

/** A list that comes in pages, taken page after page. */
export async function wholeOf<T>(pages: InPages<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** Lists as the pages of one. */
export async function* inPages<T>(...pages: T[][]): AsyncGenerator<T[]> {
  yield* pages;
}

/** A text that comes in pieces. */
export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** What is open, as its files have it. */
export interface WholeOpenData {
  package: GrantPackage;
  match: MatchRow[];
}

/** Everything that is open. */
export const wholeOpenData = (reader: OpenDataReader, origin: string): Promise<WholeOpenData> =>
  reader.of(origin, null, async ({ package: head, grants, match }) => ({
    package: { ...head, grants: await wholeOf(grants) },
    match: await wholeOf(match),
  }));
