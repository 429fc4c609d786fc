import { cursorOf, textIn } from '../../core/paging.js';
import type { OpenData } from '../../open-data/open-data.reader.js';
import { openDataPage } from './open-data.page.js';

const grants = Array.from({ length: 120 }, (_, index) => ({
  ...{ id: `360G-p-${index}`, recipientOrganization: [{ name: `Trust ${index}` }], awardDate: '2017-04-01' },
  ...{ amountAwarded: 100, amountDisbursed: 50, grantProgramme: [{ code: 'p', title: 'A programme' }] },
}));
const found = { package: { grants, title: 'Grants' }, match: [], reconciliation: [] } as unknown as OpenData;
const config = { prefix: 'p', placeholder: false, licence: 'https://example.org/licence' };

test('grants are shown fifty at a time, and all of them in the end', () => {
  const seen: unknown[] = [];
  let pages = 0;
  for (let after: string | null = null; ; pages += 1) {
    const table = openDataPage(found, config as never, after).tables?.find(({ id }) => id === 'grants');
    seen.push(...(table?.rows.map(([cell]) => cell?.note) ?? []));
    if (!table?.next) break;
    after = textIn(new URLSearchParams(table.next.split('?')[1]).get('after') ?? undefined);
  }
  expect([pages, seen]).toEqual([2, grants.map(({ id }) => id)]);
});

test('after a grant that is there no more the list begins anew', () =>
  expect(
    openDataPage(found, config as never, textIn(cursorOf(['gone']))).tables?.find(({ id }) => id === 'grants')
      ?.rows,
  ).toHaveLength(50));
