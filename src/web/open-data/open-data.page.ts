import type { OpenDataConfig } from '../../config/open-data-config.js';
import { formatPounds } from '../../core/money.js';
import type { Page as ListPage } from '../../core/paging.js';
import { penceOf } from '../../open-data/grant.rules.js';
import type { Grant } from '../../open-data/grant.types.js';
import type { OpenDataOverview } from '../../open-data/open-data.reader.js';
import type { ReconciledTotal } from '../../open-data/reconciliation.rules.js';
import { nextAddress } from '../page/address.js';
import type { Page } from '../page/page.js';
import { date, money, state, type Table, table, text } from '../page/table.js';

const FIGURES: Record<ReconciledTotal['figure'], string> = {
  awarded: 'Awarded',
  paid: 'Paid',
  recovered: 'Recovered',
  'match-accepted': 'Match accepted',
};

/** What is open: the files, how fresh they are, and whether they agree with the ledger. */
export function openDataPage(
  found: OpenDataOverview | undefined,
  { prefix, placeholder, licence }: OpenDataConfig,
): Page {
  const reconciliation = found?.reconciliation ?? [];
  return {
    view: 'open-data/open-data.njk',
    title: 'Open data',
    tables: [
      filesTable(found),
      reconciliationTable(reconciliation),
      grantsTable(found?.grants ?? { items: [], next: null }),
    ],
    model: {
      published: found !== undefined,
      setUp: prefix !== undefined,
      prefix,
      placeholder,
      licence: { href: licence, text: licenceName(licence) },
      publisher: found?.funders.length === 1 ? found.funders[0]?.name : null,
      modified: found?.changedAt ?? null,
      illustrative: found !== undefined && found.madeUp > 0,
      verdict: verdictOf(reconciliation),
    },
  };
}

/** "Open Government Licence v3.0", or the address of another. */
export const licenceName = (licence: string): string =>
  licence.includes('nationalarchives.gov.uk/doc/open-government-licence/version/3')
    ? 'Open Government Licence v3.0'
    : licence;

/** Whether what is published agrees with the ledger, in words; by how much not, where it does not. */
export function verdictOf(totals: readonly ReconciledTotal[]): { agrees: boolean; words: string } {
  const off = totals.filter(({ differencePence }) => differencePence !== 0);
  const named = off.map(
    ({ programme, figure, differencePence }) =>
      `${FIGURES[figure].toLowerCase()} of ${programme.name} is published ${formatPounds(Math.abs(differencePence))} ${differencePence > 0 ? 'above' : 'below'} the ledger`,
  );
  return off.length === 0
    ? { agrees: true, words: 'Every published total agrees with the ledger to the penny.' }
    : { agrees: false, words: `Not every published total agrees with the ledger: ${named.join('; ')}.` };
}

function filesTable(found: OpenDataOverview | undefined): Table {
  const sets = [
    { path: '/open-data', of: 'All programmes' },
    ...(found?.programmes ?? []).map(({ slug, name }) => ({ path: `/open-data/${slug}`, of: name })),
  ];
  const files = sets.flatMap(({ path, of }) => [
    { path: `${path}/360giving.json`, of, what: 'Grants with their payments: 360Giving 1.4, JSON' },
    { path: `${path}/360giving.csv`, of, what: 'Grants, one a row: 360Giving’s titles, CSV' },
    { path: `${path}/match.csv`, of, what: 'Match that recipients put beside the grants: CSV' },
  ]);
  return table<{ path: string; of: string; what: string }>({
    id: 'files',
    caption: 'Files',
    rows: found ? files : [],
    columns: [
      text('Of', ({ of }) => of),
      text('What', ({ what }) => what),
      text('Address', ({ path }) => path, { href: ({ path }) => path }),
    ],
    empty: 'There is no file until the first agreement is in force.',
  });
}

const reconciliationTable = (totals: readonly ReconciledTotal[]): Table =>
  table<ReconciledTotal>({
    id: 'reconciliation',
    caption: 'Published totals beside the ledger',
    rows: totals,
    columns: [
      text('Programme', ({ programme }) => programme.name),
      text('Figure', ({ figure }) => FIGURES[figure]),
      money('Published', ({ publishedPence }) => publishedPence),
      money('Ledger', ({ ledgerPence }) => ledgerPence),
      money('Difference', ({ differencePence }) => differencePence),
      state('Result', ({ differencePence }) =>
        differencePence === 0
          ? { words: 'Agrees', colour: 'green' }
          : { words: 'Does not agree', colour: 'red' },
      ),
    ],
    empty: 'Nothing is published yet, so there is nothing to compare.',
  });

const grantsTable = ({ items, next }: ListPage<Grant>): Table =>
  table<Grant>({
    id: 'grants',
    caption: 'Grants',
    rows: items,
    next: nextAddress('/open-data', {}, next),
    columns: [
      text('Recipient', ({ recipientOrganization: [recipient] }) => recipient?.name ?? null, {
        note: ({ id }) => id,
      }),
      date('Awarded on', ({ awardDate }) => awardDate),
      money('Awarded', ({ amountAwarded }) => penceOf(amountAwarded)),
      money('Paid, less recovered', ({ amountDisbursed }) => penceOf(amountDisbursed)),
    ],
    empty: 'No grant is published yet. Come back when the first agreement is in force.',
  });
