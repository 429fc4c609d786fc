import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { programmesPage } from './programmes.page.js';

const programme = {
  slug: 'p',
  name: 'P',
  funder: { odsCode: 'F', name: 'Funder' },
  startsOn: '2017-04-01',
  endsOn: '2020-03-31',
  illustrative: true,
  awardeeCount: 2,
  controlTotals: { grantPence: 100, matchPence: 200, totalPence: 300 },
} as unknown as ProgrammeView;

test('a programme with what it is in all, and the way to the next page of them', () => {
  const { tables } = programmesPage({ items: [programme], next: 'a b' });
  expect(tables?.[0]?.rows[0]?.map(({ value }) => value)).toEqual([
    'P',
    '2017-04-01',
    '2020-03-31',
    2,
    100,
    200,
    300,
  ]);
  expect(tables?.[0]?.rows[0]?.[0]).toMatchObject({
    href: '/programmes/p',
    note: 'Funder. Illustrative: it was made up to show how Exemplar works',
  });
  expect(tables?.[0]?.next).toBe('/programmes?after=a%20b');
  expect(programmesPage({ items: [], next: null }).tables?.[0]?.next).toBeNull();
});
