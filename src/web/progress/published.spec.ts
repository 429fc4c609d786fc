import type { Publication } from '../../progress-reports/publication.reader.js';
import { publishedPage } from './published.page.js';
import { addedUp } from './published.tables.js';
import { publishedData } from './published-data.js';

const SOURCED = { source: { title: 'Announcement', reference: 'x', dated: '2017-04' }, assumed: null };
const mersey = { odsCode: 'RW4', name: 'Mersey Care' };
const oxford = { odsCode: 'RNU', name: 'Oxford Health' };

const measure = {
  ...{ id: '1', code: 'access', name: 'Access', question: 'Who can?', weight: 1, level: 'trust' },
  ...{ numeratorLabel: 'Can', denominatorLabel: 'All', unit: 'share', direction: 'up' },
  target: { numerator: 100, denominator: 100 },
  baseline: { numerator: 10, denominator: 100, sourced: { source: null, assumed: 'none given' } },
  ...{ trajectory: [], trajectorySourced: null, sourced: SOURCED },
};
const set = {
  ...{ id: '2', ref: 'aims/v1', name: 'Aims', description: 'What is aimed at.', current: true },
  targetOn: '2020-03-31',
  target: { numerator: 100, denominator: 100 },
  sourced: SOURCED,
  measures: [measure],
};
const value = (trust: typeof mersey, period: string, numerator: number, denominator: number) => ({
  ...{ trust, period, endsOn: period === 'Q1' ? '2017-06-30' : '2017-09-30', targetSet: 'aims/v1' },
  ...{ measure: 'access', name: 'Access', numerator, denominator, illustrative: true },
});
const publication = {
  programme: {
    ...{ slug: 'p', name: 'A programme', description: 'What it is.', illustrative: false },
    ...{ funder: { odsCode: 'X24', name: 'A funder' }, startsOn: '2017-04-01', endsOn: '2020-03-31' },
    controlTotals: { grantPence: 300, matchPence: 300, totalPence: 600 },
  },
  sourced: { sourced: SOURCED, controlTotals: { sourced: SOURCED } },
  awards: [
    { trust: mersey, grantPence: 100, matchPence: 100, sourced: SOURCED, lines: [], tranches: [] },
    { trust: oxford, grantPence: 200, matchPence: 200, sourced: SOURCED, lines: [], tranches: [] },
  ],
  targetSets: [set],
  measurements: [value(mersey, 'Q1', 10, 40), value(mersey, 'Q2', 20, 40), value(oxford, 'Q2', 30, 160)],
  shares: [
    { trust: mersey, period: 'Q1', endsOn: '2017-06-30', published: 1, measures: 1 },
    { trust: oxford, period: 'Q1', endsOn: '2017-06-30', published: 0, measures: 1 },
    { trust: mersey, period: 'Q2', endsOn: '2017-09-30', published: 1, measures: 1 },
    { trust: oxford, period: 'Q2', endsOn: '2017-09-30', published: 1, measures: 1 },
    { trust: mersey, period: 'Q3', endsOn: '2017-12-31', published: 0, measures: 1 },
    { trust: oxford, period: 'Q3', endsOn: '2017-12-31', published: 0, measures: 1 },
  ],
} as unknown as Publication;

const rowsOf = (id: string, query = {}) =>
  publishedPage(publication, query)
    .tables?.find((table) => table.id === id)
    ?.rows.map((row) => row.map((cell) => cell.value));

test('trusts are added up part by part, not by their percentages', () => {
  const [row] = addedUp(set as never, publication.measurements, 'Q2');
  expect(row?.value).toEqual({ numerator: 50, denominator: 200, trusts: 2 });
  expect(rowsOf('set-aims-v1')).toEqual([['Access', 10, 25, 100]]);
});

test.each([
  ['the latest period, without more', {}, 2],
  ['one period', { period: 'Q1' }, 1],
  ['all periods', { period: 'all' }, 3],
  ['one trust', { period: 'all', trust: 'RNU' }, 1],
  ['a period of which nothing is public', { period: 'Q3' }, 0],
])('%s', (_, query, rows) => {
  expect(rowsOf('measurements', query)).toHaveLength(rows);
});

test('what is missing is said plainly', () => {
  const { model } = publishedPage(publication, {}) as { model: { missing: string[] } };
  expect(model.missing).toEqual([
    'Nothing is published yet of Q3.',
    'Of Q1 and Q2, 3 values of 4 are published. The others were not reported, not validated, or are not public yet.',
  ]);
  expect(rowsOf('what-is-published')).toEqual([
    ['Mersey Care', '1 of 1', '1 of 1', '0 of 1'],
    ['Oxford Health', '0 of 1', '1 of 1', '0 of 1'],
  ]);
});

test('money is drawn where trusts differ, and only there', () => {
  const charts = (given: Publication) => publishedPage(given, {}).charts?.map(({ id }) => id);
  expect(charts(publication)).toEqual(['money', 'chart-set-aims-v1']);
  expect(charts({ ...publication, awards: publication.awards.slice(0, 1) })).toEqual(['chart-set-aims-v1']);
});

test('the file has what the page has, no percentage, and no id of ours', () => {
  const data = publishedData(publication);
  expect(data.measurements).toBe(publication.measurements);
  expect(data.awarded).toMatchObject({ totalPence: 600, sourced: SOURCED });
  expect(JSON.stringify(data)).not.toMatch(/percent|"id"|%/);
});
