import { cursorOf, cursorValues, eachPage, idIn, isId, isText, pageOf, pagesOf, textIn } from './paging.js';
import { Problem } from './problems.js';

const ID = '0192f3a4-7c1e-7000-8000-5f0c3b1d2e4a';

/** The code of the problem that some work throws. */
function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error.details.code;
    throw error;
  }
  return undefined;
}

describe('a page', () => {
  const rows = [1, 2, 3];
  const sortValues = (row: number) => [row];

  test.each([
    ['that the rows do not fill', 4, [1, 2, 3], null],
    ['that they fill exactly', 3, [1, 2, 3], null],
    ['with a row beyond it', 2, [1, 2], [2]],
  ])('%s', (_, limit, items, last) => {
    const page = pageOf(rows, limit, sortValues);
    expect(page).toEqual({ items, next: last && cursorOf(last) });
  });

  test('of nothing', () => expect(pageOf([], 2, sortValues)).toEqual({ items: [], next: null }));
});

describe('pages of a list', () => {
  const pagesOfAll = async (all: number[], limit: number): Promise<number[][]> => {
    const found: number[][] = [];
    const pages = pagesOf<number>(limit, async (most, after) => {
      const rows = all.filter((row) => after === null || row > after);
      return rows.slice(0, most);
    });
    for await (const page of eachPage(pages, (rows) => rows.map((row) => row * 10))) found.push(page);
    return found;
  };

  test.each([
    ['of none', [], [[]]],
    ['that fill none', [1], [[10]]],
    ['that fill one', [1, 2], [[10, 20]]],
    ['that fill two and more', [1, 2, 3, 4, 5], [[10, 20], [30, 40], [50]]],
  ])('%s', async (_, all, pages) => expect(await pagesOfAll(all, 2)).toEqual(pages));
});

describe('a cursor', () => {
  test('gives back what it was made of', () => {
    expect(cursorValues(cursorOf(['2018-06-30', ID]), [isText, isId])).toEqual(['2018-06-30', ID]);
    expect(idIn(cursorOf([ID]))).toBe(ID);
    expect(textIn(cursorOf(['Ærø']))).toBe('Ærø');
  });

  test('is ours in every value, and is said to be where it was sent', () => {
    let problem: unknown;
    try {
      cursorValues(cursorOf(['2018-06-30', 'RW4']), [isText, isId]);
    } catch (error) {
      problem = error;
    }
    expect((problem as Problem).details.errors).toEqual([
      { code: 'cursor-unreadable', message: 'Not a cursor that this API gave.', pointer: 'after' },
    ]);
  });

  test('that was not sent is the start', () => {
    expect(cursorValues(undefined, [isId])).toBeNull();
    expect(idIn(undefined)).toBeNull();
    expect(textIn(undefined)).toBeNull();
  });

  test.each([
    ['no text that was encoded', 'x%'],
    ['no list', Buffer.from('"a"').toString('base64url')],
    ['too few values', cursorOf([])],
    ['too many values', cursorOf([ID, ID])],
    ['another kind of value', cursorOf([7])],
    ['a text that is no id', cursorOf(['RW4'])],
  ])('is refused: %s', (_, cursor) => expect(codeOf(() => idIn(cursor))).toBe('cursor-unreadable'));
});
