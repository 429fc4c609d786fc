import fc from 'fast-check';
import { acceptedGrantsOf, MERSEY, packageWith } from '../../test/support/accepted-grants.js';
import { totalsOfFiles } from '../../test/support/published-totals.js';
import { sumPence } from '../core/money.js';
import type { AcceptedGrant, LedgerTotals } from './grant.rules.js';
import { matchRows } from './match.rules.js';
import { beside } from './reconciliation.rules.js';

const PREFIX = '360G-x';
const PUBLISHER = { prefix: PREFIX, licence: 'https://l.example/', origin: 'https://x.example' };
const of = (rows: readonly AcceptedGrant[], ledger: readonly LedgerTotals[]) =>
  beside(
    totalsOfFiles({ package: packageWith(rows, null, PUBLISHER), match: matchRows(rows, PREFIX) }),
    ledger,
  );
const LEDGER: LedgerTotals = {
  ...{ slug: 'exemplars', name: 'Exemplars' },
  ...{ awardedPence: 501, paidPence: 450, recoveredPence: 50, matchPence: 99 },
};
const differences = (totals: ReturnType<typeof of>) =>
  totals.map(({ figure, differencePence }) => [figure, differencePence]);

test('totals that agree', () => {
  expect(differences(of([MERSEY], [LEDGER]))).toEqual([
    ['awarded', 0],
    ['paid', 0],
    ['recovered', 0],
    ['match-accepted', 0],
  ]);
});

test.each<[string, Partial<LedgerTotals>, string, number]>([
  ['the ledger awarded a penny more', { awardedPence: 502 }, 'awarded', -1],
  ['the ledger paid less', { paidPence: 400 }, 'paid', 50],
  ['the ledger recovered more', { recoveredPence: 51 }, 'recovered', -1],
  ['the ledger accepted no match', { matchPence: 0 }, 'match-accepted', 99],
])('%s: it says by how much', (_, more, figure, difference) =>
  expect(
    of([MERSEY], [{ ...LEDGER, ...more }]).filter(({ differencePence }) => differencePence !== 0),
  ).toMatchObject([{ figure, differencePence: difference }]),
);

test('a programme that only the ledger knows is a difference, and so is one that it does not know', () => {
  const other = { ...LEDGER, slug: 'other', name: 'Other' };
  expect(of([MERSEY], [LEDGER, other]).find(({ programme }) => programme.slug === 'other')).toMatchObject({
    publishedPence: 0,
    differencePence: -501,
  });
  expect(of([MERSEY], [])[0]).toMatchObject({ publishedPence: 501, ledgerPence: 0, differencePence: 501 });
});

test('whatever the programme, pounds in the files add up to the pence of the records', () =>
  fc.assert(
    fc.property(acceptedGrantsOf, (rows) => {
      const ledger = [...new Set(rows.map(({ programme }) => programme.slug))].map((slug) => {
        const own = rows.filter(({ programme }) => programme.slug === slug);
        const sum = (list: (row: AcceptedGrant) => number[]) => sumPence(own.flatMap(list));
        return {
          ...{ slug, name: slug },
          awardedPence: sum(({ lines }) => lines.map(({ grantPence }) => grantPence)),
          paidPence: sum(({ payments }) => payments.map(({ amountPence }) => amountPence)),
          recoveredPence: sum(({ recoveries }) => recoveries.map(({ amountPence }) => amountPence)),
          matchPence: sum(({ match }) => match.map(({ acceptedPence }) => acceptedPence)),
        };
      });
      expect(of(rows, ledger).filter(({ differencePence }) => differencePence !== 0)).toEqual([]);
    }),
    { numRuns: 200 },
  ));
