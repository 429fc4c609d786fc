import { type Pence, sumPence } from '../../src/core/money.js';
import { type LedgerTotals, penceOf } from '../../src/open-data/grant.rules.js';
import type { WholeOpenData } from './in-pages.js';

const total = (values: readonly number[]): Pence => sumPence(values.map(penceOf));

/** What the files come to, by programme: added up as somebody would who has nothing but them. */
export function totalsOfFiles({ package: { grants }, match }: WholeOpenData): LedgerTotals[] {
  const slugs = new Map(
    grants.flatMap(({ grantProgramme }) => grantProgramme.map(({ code, title }) => [code, title] as const)),
  );
  return [...slugs].map(([slug, name]) => {
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
}
