import type { ProgrammeWorth, TrustWorth, Worth } from '../../funding/benefit-to-cost.reader.js';
import type { BenefitToCost } from '../../funding/benefit-to-cost.rules.js';
import { pounds, shortPounds } from '../page/format.js';
import { money, state, type Table, table, text } from '../page/table.js';
import { worthTag } from './benefit.words.js';

/** "£6.2m for £10.0m": what is gained for what is spent, both always. */
export const bothWords = ({ benefitPence, costPence }: BenefitToCost): string =>
  `${shortPounds(benefitPence)} for ${shortPounds(costPence)}`;

/** Benefit to cost of all, in two sentences. */
export function worthWords({ planned, realised, cashReleasingPence, vatPence }: Worth): string[] {
  const missing =
    planned.shortfallPence > 0 ? ` ${pounds(planned.shortfallPence)} of benefit is missing.` : '';
  return [
    `Planned: ${pounds(planned.benefitPence)} of benefit, of which ${pounds(cashReleasingPence)} releases cash, for ${pounds(planned.costPence)} of grant and match as agreed. ${worthTag(planned.outcome).words}.${missing}`,
    `So far: ${pounds(realised.benefitPence)} validated for ${pounds(realised.costPence)} of grant paid and match accepted, without ${pounds(vatPence)} of VAT.`,
  ];
}

/** Benefit to cost by trust. */
export function worthTable(
  slug: string,
  { items }: Pick<ProgrammeWorth, 'items'>,
  next: string | null,
): Table {
  return table<TrustWorth>({
    id: 'benefit-to-cost',
    caption: 'Benefit to cost',
    rows: items,
    columns: [
      text('Trust', (row) => row.trust.name, {
        href: (row) => `/programmes/${slug}/benefits?trust=${row.trust.odsCode}`,
        note: (row) => (row.illustrative ? 'illustrative' : null),
      }),
      money('Benefit planned', (row) => row.planned.benefitPence),
      money('Cost agreed', (row) => row.planned.costPence),
      state('Planned, against 1.5 to 1', (row) => worthTag(row.planned.outcome)),
      money('Benefit validated', (row) => row.realised.benefitPence),
      money('Cost so far', (row) => row.realised.costPence, { note: () => 'without VAT' }),
    ],
    empty: 'The programme has no confirmed awardee yet.',
    next,
  });
}
