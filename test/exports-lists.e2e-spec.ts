import { parse } from 'csv-parse/sync';
import { undefused } from '../src/exports/cell.rules.js';
import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';
import { type AskedList, everyList, rowsByPage } from './support/lists.js';
import { asBytes, sheetsOf } from './support/workbooks.js';

let app: TestApp;
let manager: string;
let administrator: string;
const lists: AskedList[] = [];
/** The rows of each list, by its pages. */
const rowsOf = new Map<string, Array<Record<string, unknown>>>();

beforeAll(async () => {
  app = await startDemonstration();
  manager = await app.as('programme-manager');
  administrator = await app.as('administrator');
  // Of the lists of one kind, such as each claim's lines, the first that has rows says it for all.
  const full = new Set<string>();
  for (const list of await everyList(app, manager)) {
    if (full.has(list.template)) continue;
    const rows = await rowsByPage(app, list.path, keyFor(list));
    if (rows.length > 0) full.add(list.template);
    lists.push(list);
    rowsOf.set(list.path, rows);
  }
}, 240_000);
afterAll(() => app?.stop());

const keyFor = ({ path }: AskedList): string =>
  /^\/v1\/(api-keys|jobs|people)/.test(path) ? administrator : manager;

const asFile = ({ path }: AskedList, format: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}format=${format}`;

/** A value as its cell shows it. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The value at `line.financialYear` of a row. */
const at = (row: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], row);

/** Every field of a row that is not a thing of fields, by its name. */
function leaves(row: object, columns: readonly string[], path: string[] = []): string[] {
  return Object.entries(row).flatMap(([key, value]) => {
    const name = [...path, key].join('.');
    const isThing = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (columns.includes(name) || !isThing) return value === null ? [] : [name];
    return leaves(value, columns, [...path, key]);
  });
}

test('there are lists, and most of them have rows', () => {
  expect(new Set(lists.map(({ template }) => template)).size).toBeGreaterThan(35);
});

test('every list is the same as NDJSON as by its pages', async () => {
  const without: string[] = [];
  for (const list of lists) {
    const rows = rowsOf.get(list.path) ?? [];
    const { status, text, headers } = await app.request('get', asFile(list, 'ndjson'), keyFor(list));
    expect([list.path, status]).toEqual([list.path, 200]);
    expect(headers['content-type']).toMatch('application/x-ndjson');
    const lines = text.split('\n').slice(0, -1);
    expect([list.path, lines.map((line) => JSON.parse(line))]).toEqual([list.path, rows]);
    if (rows.length === 0) without.push(list.path);
  }
  expect(without.length).toBeLessThan(lists.length / 3);
}, 240_000);

test('every list is the same as CSV as by its pages, and no field of a row is left out', async () => {
  for (const list of lists) {
    const rows = rowsOf.get(list.path) ?? [];
    const { status, text } = await app.request('get', asFile(list, 'csv'), keyFor(list));
    expect([list.path, status]).toEqual([list.path, 200]);
    const [columns = [], ...cells] = parse(text, { bom: true, relax_column_count: false }) as string[][];
    const read = cells.map((row) => row.map(undefused));
    expect([list.path, read]).toEqual([
      list.path,
      rows.map((row) => columns.map((name) => shown(at(row, name)))),
    ]);
    const missing = rows.flatMap((row) => leaves(row, columns)).filter((name) => !columns.includes(name));
    expect([list.path, [...new Set(missing)]]).toEqual([list.path, []]);
  }
}, 240_000);

/** What a cell of a workbook should hold: as JSON has it, with days and instants as such, and nothing for nothing. */
function celled(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // Excel takes no longer text.
  return shown(value).slice(0, 32_767) || null;
}

const read = (cell: unknown, wanted: unknown): unknown =>
  cell instanceof Date && typeof wanted === 'string'
    ? Math.abs(cell.getTime() - new Date(wanted).getTime()) < 1_000
      ? wanted
      : cell.toISOString()
    : cell;

test('every list is the same as a workbook as by its pages, with typed cells, and says what it is', async () => {
  let dates = 0;
  for (const list of lists) {
    const rows = rowsOf.get(list.path) ?? [];
    const { status, body } = await asBytes(app.request('get', asFile(list, 'xlsx'), keyFor(list)));
    expect([list.path, status]).toEqual([list.path, 200]);
    const { List = [], About = [] } = await sheetsOf(body);
    const [columns = [], ...cells] = List;
    const wanted = rows.map((row) => columns.map((name) => celled(at(row, String(name)))));
    dates += cells.flat().filter((cell) => cell instanceof Date).length;
    // A row of nothing at the end is not told from no row.
    expect([list.path, cells.map((row, y) => row.map((cell, x) => read(cell, wanted[y]?.[x])))]).toEqual([
      list.path,
      wanted,
    ]);
    const about = Object.fromEntries(About as Array<[string, string]>);
    expect(about).toMatchObject({ Rows: String(rows.length), What: expect.any(String) });
    expect(about.For).toMatch(/manager|administrator|Anybody/);
    expect(about.Address).toContain(list.path);
  }
  expect(dates).toBeGreaterThan(100);
}, 240_000);
