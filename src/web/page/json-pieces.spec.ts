import { inPages, textOf } from '../../../test/support/in-pages.js';
import { jsonPieces } from './json-pieces.js';

const list = (...pages: unknown[][]) => ({ pages });

/** An object with the lists in pages that are meant, and the same with each as one list. */
const bothOf = (object: Record<string, unknown>) => {
  const entries = Object.entries(object);
  const made = (of: (pages: unknown[][]) => unknown) =>
    Object.fromEntries(
      entries.map(([name, value]) => {
        const pages = (value as { pages?: unknown[][] } | null | undefined)?.pages;
        return [name, pages ? of(pages) : value];
      }),
    );
  return { inPages: made((pages) => inPages(...pages)), whole: made((pages) => pages.flat()) };
};

test.each<[string, Record<string, unknown>]>([
  ['nothing', {}],
  ['no list', { a: 1, b: { c: [1, 2] }, d: null, e: [] }],
  ['a list alone', { a: list([1, 2]) }],
  ['a list of no page', { a: list() }],
  ['an empty list', { a: list([]), b: 1 }],
  ['pages that are empty', { a: list([], [1], [], [2, 3], []), b: list([], []) }],
  ['several lists, among others', { a: 'x', b: list([{ c: 1 }], [{ c: 2 }]), d: [1], e: list(['y']), f: 2 }],
  ['what JSON leaves out', { a: undefined, b: list([1]), c: undefined, d: 1 }],
  ['what JSON leaves out alone', { a: undefined }],
  ['what JSON writes otherwise', { 'a "b"': list([undefined, Number.NaN, '\ud800', '</é']) }],
])('%s: what is written is what would be of the whole', async (_, object) => {
  const { inPages: given, whole } = bothOf(object);
  expect(await textOf(jsonPieces(given))).toBe(JSON.stringify(whole));
});

test('a page is asked for when the one before was taken', async () => {
  let asked = 0;
  async function* pages() {
    for (; ; asked += 1) yield [asked];
  }
  const pieces = jsonPieces({ a: pages() });
  for (let taken = 0; taken < 3; taken += 1) await pieces.next();
  expect(asked).toBe(1);
});
