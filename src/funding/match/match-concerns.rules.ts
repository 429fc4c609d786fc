import type { Blocker } from '../../core/blockers.js';
import { formatPounds, type Pence } from '../../core/money.js';
import { fitsType, VALUED_BY, type Valuation } from './contribution.rules.js';
import type { MatchPosition } from './match.rules.js';

/** What an auditor may want to look at: an amount of match, and why (domain.md section 11, auditor 5). */
export interface MatchConcern {
  code: (typeof MATCH_CONCERNS)[number];
  message: string;
  amountPence: Pence;
  /** What else it is about; no more than `MOST_NAMED`. */
  about: Array<NonNullable<Blocker['about']>>;
}

export const MATCH_CONCERNS = [
  'match-missing',
  'match-in-kind',
  'match-estimated',
  'valuation-not-of-type',
  'match-duplicated',
  'evidence-reused',
] as const;

/** Another cost that may be the same one. */
export interface OtherCost {
  kind: 'claim' | 'contribution';
  id: string;
  reference: string;
  /** By the supplier's reference; else by supplier, day and amount. */
  sameReference: boolean;
}

/** Evidence of another cost that came to nothing, and that this one uses again. */
export interface FormerUse {
  kind: 'claim' | 'contribution';
  id: string;
  reference: string;
}

/** A contribution that counts or is about to, as an auditor looks at it. */
export interface ScrutinisedMatch {
  type: string;
  typeLabel: string | null;
  valuation: Valuation;
  /** Whole pence. */
  amountPence: Pence;
  alike: readonly OtherCost[];
  formerly: readonly FormerUse[];
}

const named = ({ kind, id, reference }: FormerUse): NonNullable<Blocker['about']> => ({
  kind,
  id,
  name: reference,
});

/** As many others as a concern names; beyond that it says that there are more. */
export const MOST_NAMED = 10;

const list = (others: readonly FormerUse[]): string => {
  const names = others.slice(0, MOST_NAMED).map(({ kind, reference }) => `the ${kind} ${reference}`);
  return [...names, ...(others.length > MOST_NAMED ? ['and others'] : [])].join(', ');
};

const about = (others: readonly FormerUse[]): MatchConcern['about'] => others.slice(0, MOST_NAMED).map(named);

/** What an auditor may want to look at of one contribution; none where nothing is. */
export function contributionConcerns(match: ScrutinisedMatch): MatchConcern[] {
  const { type, valuation, amountPence, alike, formerly } = match;
  const [label, amount] = [match.typeLabel ?? type, formatPounds(amountPence)];
  const concerns: Array<false | Omit<MatchConcern, 'amountPence'>> = [
    type !== 'cash' && {
      code: 'match-in-kind',
      message: `${amount} is not in cash: ${label}, valued by ${VALUED_BY[valuation]}.`,
      about: [],
    },
    valuation === 'estimate' && {
      code: 'match-estimated',
      message: `${amount} rests on an estimate, the weakest valuation that there is.`,
      about: [],
    },
    !fitsType(valuation, type) && {
      code: 'valuation-not-of-type',
      message: `${amount} is valued by ${VALUED_BY[valuation]}, which does not fit its type: ${label}.`,
      about: [],
    },
    alike.length > 0 && {
      code: 'match-duplicated',
      message: `${amount} may count twice: ${
        alike.some(({ sameReference }) => sameReference)
          ? 'supplier and reference are'
          : 'supplier, day and amount are'
      } the same as of ${list(alike)}.`,
      about: about(alike),
    },
    formerly.length > 0 && {
      code: 'evidence-reused',
      message: `Its evidence was sent before, for ${list(formerly)}, and counts for that no more.`,
      about: about(formerly),
    },
  ];
  return concerns.flatMap((concern) => (concern ? [{ ...concern, amountPence }] : []));
}

/** Match that is missing beside what was paid; undefined where none is. */
export function missingMatch({
  paid,
  acceptedPence,
  now,
}: Pick<MatchPosition, 'paid' | 'acceptedPence' | 'now'>): MatchConcern | undefined {
  if (paid.shortfallPence === 0) return undefined;
  const { shortfallPence, grantPence, requiredPence } = paid;
  const advanced =
    now.explainedByAdvancePence > 0
      ? ` ${formatPounds(Math.min(shortfallPence, now.explainedByAdvancePence))} of that goes with an explicit advance, paid before match arises.`
      : '';
  return {
    code: 'match-missing',
    message: `${formatPounds(grantPence)} is paid, which needs ${formatPounds(requiredPence)} of match; ${formatPounds(acceptedPence)} is accepted, so ${formatPounds(shortfallPence)} is missing.${advanced}`,
    amountPence: shortfallPence,
    about: [],
  };
}
