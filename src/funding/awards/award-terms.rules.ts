import type { AgreementTerms } from '../agreements/agreement-terms.js';
import type { AwardForAgreement } from './award.queries.js';

/** The terms that a new agreement of an award starts from: what the programme's definition says, word for word. */
export function termsOfAward(award: AwardForAgreement): AgreementTerms {
  const { matchRules, eligibility } = award;
  return {
    parties: { funder: award.funder, recipient: award.recipient },
    lines: award.lines,
    tranches: award.tranches,
    matchRatio: award.matchRatio,
    matchRules: {
      types: [...matchRules.types],
      startsOn: matchRules.startsOn,
      endsOn: matchRules.endsOn,
      exclusions: [...matchRules.exclusions],
    },
    eligibility: {
      startsOn: eligibility.startsOn,
      endsOn: eligibility.endsOn,
      categories: [...(eligibility.categories ?? [])],
    },
    conditions: [...(award.conditions ?? [])],
  };
}
