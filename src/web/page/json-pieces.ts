import type { InPages } from '../../core/paging.js';

const isInPages = (member: unknown): member is InPages<unknown> =>
  typeof member === 'object' && member !== null && Symbol.asyncIterator in member;

/** An object as JSON, in pieces, as `JSON.stringify` writes it: a member in pages is the list that they make. */
export async function* jsonPieces(object: object): AsyncGenerator<string> {
  let before = '{';
  for (const [name, member] of Object.entries(object)) {
    const written = isInPages(member) ? '[' : JSON.stringify(member);
    if (written === undefined) continue;
    yield `${before}${JSON.stringify(name)}:${written}`;
    before = ',';
    if (!isInPages(member)) continue;
    yield* itemsOf(member);
    yield ']';
  }
  yield before === ',' ? '}' : '{}';
}

async function* itemsOf(pages: InPages<unknown>): AsyncGenerator<string> {
  let before = '';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield before + JSON.stringify(page).slice(1, -1);
    before = ',';
  }
}
