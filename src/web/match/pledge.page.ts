import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import type { ContributionView } from '../../funding/match/contribution.queries.js';
import { agreementTrail, type ProgrammeRef } from '../agreements/agreement.words.js';
import { words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { fittingWords, VALUATION_CHOICES } from './contribution.words.js';
import { lineCode } from './pledge.js';

type Agreed = Pick<ShownAgreement, 'id' | 'reference' | 'trust' | 'current'>;

const CHOOSE = { value: '', text: 'Choose one' };

/** The page on which match is pledged or, with what is pledged already, changed. */
export function pledgePage(
  programme: ProgrammeRef,
  agreement: Agreed,
  standing: ContributionView | null,
): Page {
  const { id, reference, trust, current } = agreement;
  const { lines, matchRules, eligibility } = current.terms;
  const contributions = { text: 'Match put in', href: `/agreements/${id}/contributions` };
  const items = (all: ReadonlyArray<{ code: string; label: string }>) =>
    all.map(({ code, label }) => ({ value: code, text: label }));
  return {
    view: 'match/pledge.njk',
    title: standing ? `Edit contribution ${standing.reference}` : 'Pledge match',
    caption: `${reference}, ${trust.name}`,
    trail: agreementTrail(
      programme,
      agreement,
      contributions,
      ...(standing ? [{ text: standing.reference, href: `/contributions/${standing.id}` }] : []),
    ),
    model: {
      standing,
      action: standing ? `/contributions/${standing.id}` : `/agreements/${id}/contributions`,
      back: standing ? `/contributions/${standing.id}` : contributions.href,
      line: standing ? lineCode(standing) : '',
      lines: [
        CHOOSE,
        ...lines.map((line) => ({
          value: lineCode(line),
          text: `${line.financialYear} ${words(line.kind).toLowerCase()}`,
        })),
      ],
      types: items(matchRules.types),
      categories: [CHOOSE, ...items(eligibility.categories)],
      hasCategories: eligibility.categories.length > 0,
      valuations: [CHOOSE, ...VALUATION_CHOICES],
      fitting: fittingWords(matchRules.types),
      exclusions: matchRules.exclusions,
      window: matchRules,
    },
  };
}
