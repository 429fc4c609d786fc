import { inPages, textOf } from '../../../test/support/in-pages.js';
import type { Publication, PublicationPage } from '../../progress-reports/publication.reader.js';
import { jsonPieces } from '../page/json-pieces.js';
import { publicationAsked, publishedPage } from './published.page.js';
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
const facts = {
  programme: {
    ...{ slug: 'p', name: 'A programme', description: 'What it is.', illustrative: false },
    ...{ funder: { odsCode: 'X24', name: 'A funder' }, startsOn: '2017-04-01', endsOn: '2020-03-31' },
    controlTotals: { grantPence: 300, matchPence: 300, totalPence: 600 },
  },
  sourced: { sourced: SOURCED, controlTotals: { sourced: SOURCED } },
  targetSets: [set],
};
const share = (trust: typeof mersey, period: string, published: number) => ({
  ...{ trust, period, endsOn: period, published, measures: 1 },
});
const publication = {
  ...facts,
  periods: ['Q1', 'Q2'],
  period: 'Q2',
  sums: [{ measureId: '1', numerator: 50, denominator: 200, trusts: 2 }],
  counts: [
    { period: 'Q1', published: 1, measures: 2 },
    { period: 'Q2', published: 2, measures: 2 },
    { period: 'Q3', published: 0, measures: 2 },
  ],
  illustrative: true,
  choices: [mersey, oxford],
  awards: [
    { trust: mersey, grantPence: 100, matchPence: 100, sourced: SOURCED },
    { trust: oxford, grantPence: 200, matchPence: 200, sourced: SOURCED },
  ],
  shares: [
    ...[share(mersey, 'Q1', 1), share(oxford, 'Q1', 0)],
    ...[share(mersey, 'Q2', 1), share(oxford, 'Q2', 1)],
    ...[share(mersey, 'Q3', 0), share(oxford, 'Q3', 0)],
  ],
  nextTrusts: 'trusts',
  values: { items: [value(mersey, 'Q2', 20, 40), value(oxford, 'Q2', 30, 160)], next: 'values' },
} as unknown as PublicationPage;

const shown = (query = {}, over = {}) => publishedPage({ ...publication, ...over }, publicationAsked(query));
const tableOf = (id: string, query = {}, over = {}) =>
  shown(query, over).tables?.find((table) => table.id === id);
const rowsOf = (id: string) => tableOf(id)?.rows.map((row) => row.map((cell) => cell.value));

test('a measure stands beside what is published of it, added up; one of which nothing is says so', () => {
  expect(addedUp(set as never, publication.sums)[0]?.value).toMatchObject({ numerator: 50, trusts: 2 });
  expect(addedUp(set as never, [])[0]?.value).toBeNull();
  expect(rowsOf('set-aims-v1')).toEqual([['Access', 10, 25, 100]]);
  expect(tableOf('set-aims-v1', {}, { sums: [] })).toBeUndefined();
});

test('trusts and values go on at addresses of their own, each keeping where the other is', () => {
  const query = { period: 'all', trust: 'RNU', after: 'a', values: 'b' };
  const trusts = '/progress/p?trust=RNU&period=all&values=b&after=trusts';
  expect(tableOf('awards', query)?.next).toBe(trusts);
  expect(tableOf('what-is-published', query)?.next).toBe(trusts);
  expect(tableOf('measurements', query)?.next).toBe('/progress/p?trust=RNU&period=all&after=a&values=values');
  const ended = { values: { items: [], next: null } };
  expect(tableOf('measurements', { after: 'a' }, ended)?.next).toBe('/progress/p?after=trusts');
  expect(tableOf('measurements', { trust: 'RNU' }, ended)?.next).toBeNull();
  expect(tableOf('awards', {}, { nextTrusts: null })?.next).toBeNull();
});

test('what is missing is said plainly', () => {
  const { model } = shown() as unknown as { model: { missing: string[] } };
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
  const charts = (over = {}) => shown({}, over).charts?.map(({ id }) => id);
  expect(charts()).toEqual(['money', 'chart-set-aims-v1']);
  expect(charts({ awards: publication.awards.slice(0, 1) })).toEqual(['chart-set-aims-v1']);
});

test('the file has what the page has, no percentage, and no id of ours', async () => {
  const { awards, values } = publication;
  const pages = { awards: inPages(awards, []), measurements: inPages([], values.items) };
  const whole = { ...facts, ...pages, shares: inPages() } as unknown as Publication;
  const text = await textOf(jsonPieces(publishedData(whole)));
  expect(JSON.parse(text)).toMatchObject({
    awarded: { totalPence: 600, sourced: SOURCED },
    awards: awards.map(({ trust }) => ({ trust })),
    measurements: values.items,
    published: [],
  });
  expect(text).not.toMatch(/percent|"id"|%/);
});
