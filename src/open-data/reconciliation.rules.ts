import { type Pence, sumPence } from '../core/money.js';
import { type LedgerTotals, penceOf } from './grant.rules.js';
import type { Grant } from './grant.types.js';
import type { MatchRow } from './match.rules.js';

/** A published total beside what the ledger holds, in pence. They agree where the difference is 0. */
export interface ReconciledTotal {
  programme: { slug: string; name: string };
  figure: 'awarded' | 'paid' | 'recovered' | 'match-accepted';
  publishedPence: Pence;
  ledgerPence: Pence;
  /** Published less ledger. */
  differencePence: Pence;
}

const total = (values: readonly number[]): Pence => sumPence(values.map(penceOf));

/**
 * Holds what is published against the ledger (domain.md section 9, rule 12): the published side is added up from the
 * files, made of agreements, payments, recoveries and contributions; the other from the balances of accounts.
 */
export function reconciled(
  grants: readonly Grant[],
  match: readonly MatchRow[],
  ledger: readonly LedgerTotals[],
): ReconciledTotal[] {
  const slugs = new Map(
    grants.flatMap(({ grantProgramme }) => grantProgramme.map(({ code, title }) => [code, title] as const)),
  );
  const published = [...slugs].map(([slug, name]) => {
    const own = grants.filter(({ grantProgramme }) => grantProgramme.some(({ code }) => code === slug));
    const ids = new Set(own.map(({ id }) => id));
    const moved = own.flatMap(({ disbursementTransaction }) =>
      disbursementTransaction.map(({ value }) => value),
    );
    return {
      slug,
      name,
      awardedPence: total(own.map(({ amountAwarded }) => amountAwarded)),
      paidPence: total(moved.filter((value) => value > 0)),
      recoveredPence: -total(moved.filter((value) => value < 0)),
      matchPence: total(match.filter(({ grant }) => ids.has(grant)).map(({ accepted }) => accepted)),
    };
  });
  return beside(published, ledger);
}

/** Published totals beside the ledger's, programme by programme; one that only the ledger has is published as nothing. */
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
