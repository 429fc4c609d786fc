import type { Fault } from '../../core/problems.js';
import type { AgreedTranche, AgreementTerms } from './agreement-terms.js';

/** What may be said of a draft; what is left out stays as it is. */
export interface DraftEdit {
  /** The names of the parties as the agreement writes them. */
  parties?: { funder?: string | undefined; recipient?: string | undefined };
  conditions?: string[];
  /** Codes of the programme's types of match: those that count under this agreement. */
  matchTypes?: string[];
  /** Codes of the programme's categories of cost. */
  categories?: string[];
  tranches?: AgreedTranche[];
}

interface Coded {
  code: string;
}

const chosen = <T extends Coded>(all: readonly T[], codes: readonly string[]): T[] =>
  all.filter(({ code }) => codes.includes(code));

function unknown(all: readonly Coded[], codes: readonly string[] | undefined, pointer: string): Fault[] {
  return (codes ?? []).flatMap((code, index) =>
    all.some((each) => each.code === code)
      ? []
      : [
          {
            code: 'unknown-code',
            message: `${code} is not one of the programme's: ${all.map((each) => each.code).join(', ')}.`,
            pointer: `${pointer}/${index}`,
          },
        ],
  );
}

/** Codes that the programme does not have. @param award what the programme says: `termsOfAward` */
export function draftFaults(award: AgreementTerms, edit: DraftEdit): Fault[] {
  return [
    ...unknown(award.matchRules.types, edit.matchTypes, '/matchTypes'),
    ...unknown(award.eligibility.categories, edit.categories, '/categories'),
  ];
}

/**
 * The terms of a draft. Lines, ratio and window are always the award's as they are now; the rest is what the draft
 * said before, where it was begun, and what is said now.
 * @param award what the programme says: `termsOfAward`
 * @param standing what the draft says; null for a new one
 */
export function draftedTerms(
  award: AgreementTerms,
  standing: AgreementTerms | null,
  edit: DraftEdit,
): AgreementTerms {
  const from = standing ?? award;
  const codes = (list: readonly Coded[]): string[] => list.map(({ code }) => code);
  const { funder, recipient } = from.parties;
  return {
    ...award,
    parties: {
      funder: { ...award.parties.funder, name: edit.parties?.funder ?? funder.name },
      recipient: { ...award.parties.recipient, name: edit.parties?.recipient ?? recipient.name },
    },
    tranches: edit.tranches ? edit.tranches.toSorted((a, b) => a.number - b.number) : from.tranches,
    matchRules: {
      ...award.matchRules,
      types: chosen(award.matchRules.types, edit.matchTypes ?? codes(from.matchRules.types)),
    },
    eligibility: {
      ...award.eligibility,
      categories: chosen(award.eligibility.categories, edit.categories ?? codes(from.eligibility.categories)),
    },
    conditions: edit.conditions ?? from.conditions,
  };
}
