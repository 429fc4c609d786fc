import fc from 'fast-check';
import { textOf } from '../../../test/support/in-pages.js';
import { money, number, shown, sorted, sortingOf, state, table, text } from './table.js';
import { tableFile, tablePieces } from './table-file.js';

interface Row {
  name: string;
  pence: number | null;
}
const ROWS: Row[] = [
  { name: 'Mersey Care', pence: 500 },
  { name: 'Berkshire', pence: null },
  { name: '=HYPERLINK("x")', pence: -1_000_000 },
  { name: '"Oxford", Health', pence: 12 },
];
const MONEY = table<Row>({
  id: 'money',
  caption: 'Money',
  rows: ROWS,
  columns: [
    text('Trust', (row) => row.name, { href: (row) => `/trusts/${row.name.length}` }),
    money('Paid so far', (row) => row.pence),
  ],
  empty: 'Nothing yet.',
});

test('cells are values with what stands around them', () => {
  expect(MONEY.rows[0]).toEqual([{ value: 'Mersey Care', href: '/trusts/11' }, { value: 500 }]);
  expect(MONEY.headings).toEqual([
    { key: 'trust', text: 'Trust', kind: 'text' },
    { key: 'paid-so-far', text: 'Paid so far', kind: 'money' },
  ]);
  expect(shown('money', -1_000_000)).toBe('-£10,000');
  expect(shown('money', null)).toBe('–');
});

test('a state is a tag in words', () =>
  expect(state<Row>('State', () => ({ words: 'Late', colour: 'red' })).cell(ROWS[0] as Row)).toEqual({
    value: 'Late',
    tag: 'red',
  }));

test('a foot has a cell for each column', () =>
  expect(() =>
    table({ ...{ id: 'a', caption: 'A', rows: [], columns: [], empty: '' }, foot: [{ value: 1 }] }),
  ).toThrow(RangeError));

test.each([
  ['money.trust', { key: 'trust', descending: false }],
  ['-money.paid-so-far', { key: 'paid-so-far', descending: true }],
  ['other.trust', null],
  ['money.nothing', null],
  ['money', null],
  [undefined, null],
])('?sort=%s asks for %p', (asked, wanted) => expect(sortingOf(asked, MONEY)).toEqual(wanted));

test('rows sort by value either way, and nothing comes last', () => {
  const names = (descending: boolean) =>
    sorted(MONEY, { key: 'paid-so-far', descending }).rows.map(([cell]) => cell?.value);
  expect(names(false)).toEqual(['=HYPERLINK("x")', '"Oxford", Health', 'Mersey Care', 'Berkshire']);
  expect(names(true)).toEqual(['Mersey Care', '"Oxford", Health', '=HYPERLINK("x")', 'Berkshire']);
});

test('sorting keeps every row', () =>
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer())), fc.boolean(), (values, descending) => {
      const rows = values.map((value) => ({ value }));
      const made = table<{ value: number | null }>({
        ...{ id: 'n', caption: 'N', empty: '', rows },
        columns: [number('Value', (row) => row.value)],
      });
      const after = sorted(made, { key: 'value', descending }).rows.map(([cell]) => cell?.value ?? null);
      const numbers = after.filter((value): value is number => value !== null);
      expect([...after].sort()).toEqual([...values].sort());
      expect(numbers).toEqual([...numbers].sort((a, b) => (descending ? b - a : a - b)));
      expect(after.slice(numbers.length).every((value) => value === null)).toBe(true);
    }),
  ));

test('a file has pounds, and no formulas', () =>
  expect(tableFile(MONEY)).toBe(
    [
      'Trust,Paid so far (£)',
      'Mersey Care,5.00',
      'Berkshire,',
      '"\'=HYPERLINK(""x"")",-10000.00',
      '"""Oxford"", Health",0.12',
      '',
    ].join('\r\n'),
  ));

test.each([
  ['one page', [4]],
  ['pages of one row', [1, 1, 1, 1]],
  ['pages that are empty', [0, 3, 0, 1, 0]],
])('%s: the file is that of the whole table, with its headings once', async (_, sizes) => {
  async function* pages() {
    let from = 0;
    for (const size of sizes) {
      yield { ...MONEY, rows: MONEY.rows.slice(from, from + size) };
      from += size;
    }
  }
  expect(await textOf(tablePieces(pages()))).toBe(tableFile(MONEY));
});

test('the file of a table without a row has its headings', async () => {
  async function* pages() {
    yield { ...MONEY, rows: [] };
  }
  expect(await textOf(tablePieces(pages()))).toBe('Trust,Paid so far (£)\r\n');
});
