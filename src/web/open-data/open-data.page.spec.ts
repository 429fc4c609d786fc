import type { OpenDataOverview } from '../../open-data/open-data.reader.js';
import { openDataPage } from './open-data.page.js';

const grant = {
  ...{ id: '360G-p-RW4', recipientOrganization: [{ name: 'Mersey Care' }], awardDate: '2017-04-01' },
  ...{ amountAwarded: 100, amountDisbursed: 50 },
};
const england = { odsCode: 'X24', name: 'NHS England' };
const found = {
  programmes: [
    { slug: 'a', name: 'A programme' },
    { slug: 'b', name: 'Another' },
  ],
  funders: [england],
  ...{ inAll: 1, madeUp: 0, changedAt: '2018-05-15T12:00:00Z', reconciliation: [] },
  grants: { items: [grant], next: 'more' },
} as unknown as OpenDataOverview;
const config = { prefix: 'p', placeholder: false, licence: 'https://example.org/licence' } as never;
const tableOf = (id: string, of = found) => openDataPage(of, config).tables?.find((each) => each.id === id);

test('the grants lead to the next page of them', () => {
  expect(tableOf('grants')?.next).toBe('/open-data?after=more');
  expect(tableOf('grants')?.rows.map(([cell]) => cell?.note)).toEqual(['360G-p-RW4']);
});

test('there are files of all programmes and of each', () =>
  expect(tableOf('files')?.rows.map(([, , address]) => address?.value)).toEqual(
    ['', '/a', '/b'].flatMap((of) =>
      ['360giving.json', '360giving.csv', 'match.csv'].map((name) => `/open-data${of}/${name}`),
    ),
  ));

test.each([
  [[england], 'NHS England'],
  [[england, { odsCode: 'X26', name: 'NHS Digital' }], null],
])('%j: who publishes is %p', (funders, publisher) =>
  expect(openDataPage({ ...found, funders }, config).model).toMatchObject({ publisher }),
);
