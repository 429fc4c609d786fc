import type { Pence } from '../core/money.js';
import type { LedgerTotals } from './grant.rules.js';

/** A published total beside what the ledger holds, in pence. They agree where the difference is 0. */
export interface ReconciledTotal {
  programme: { slug: string; name: string };
  figure: 'awarded' | 'paid' | 'recovered' | 'match-accepted';
  publishedPence: Pence;
  ledgerPence: Pence;
  /** Published less ledger. */
  differencePence: Pence;
}

/**
 * Published totals, added up of agreements, payments, recoveries and contributions, beside the ledger's, of the balances
 * of accounts, programme by programme (domain.md section 9, rule 12). One that only the ledger has is published as nothing.
 */
export function beside(
  published: readonly LedgerTotals[],
  ledger: readonly LedgerTotals[],
): ReconciledTotal[] {
  const slugs = new Map([...published, ...ledger].map(({ slug, name }) => [slug, name] as const));
  return [...slugs].flatMap(([slug, name]) => {
    const said = published.find((each) => each.slug === slug);
    const held = ledger.find((each) => each.slug === slug);
    const line = (figure: ReconciledTotal['figure'], publishedPence: Pence = 0, ledgerPence: Pence = 0) => ({
      programme: { slug, name },
      figure,
      publishedPence,
      ledgerPence,
      differencePence: publishedPence - ledgerPence,
    });
    return [
      line('awarded', said?.awardedPence, held?.awardedPence),
      line('paid', said?.paidPence, held?.paidPence),
      line('recovered', said?.recoveredPence, held?.recoveredPence),
      line('match-accepted', said?.matchPence, held?.matchPence),
    ];
  });
}
