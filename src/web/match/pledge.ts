import type { AgreementTerms } from '../../funding/agreements/agreement-terms.js';
import { type Pledge, VALUATIONS } from '../../funding/match/contribution.rules.js';
import type { Form } from '../page/form.js';

/** Longest description of a contribution, as the API takes it. */
export const MAX_PLEDGE_DESCRIPTION = 1_000;

/** A line as the form names it: `2017/18 capital`. */
export const lineCode = ({ financialYear, kind }: { financialYear: string; kind: string }): string =>
  `${financialYear} ${kind}`;

/** Reads a pledge under terms from its form. @throws Problem 400 with everything that is wrong */
export function typedPledge(form: Form, terms: AgreementTerms): Pledge {
  const codes = (list: ReadonlyArray<{ code: string }>): string[] => list.map(({ code }) => code);
  const { categories } = terms.eligibility;
  const line = form.choice('financialYear', {
    label: 'Financial year and kind',
    of: terms.lines.map(lineCode),
  });
  const [financialYear = '', kind] = line.split(' ');
  const pledge = {
    type: form.choice('type', { label: 'What it is', of: codes(terms.matchRules.types) }),
    category:
      categories.length > 0 ? form.choice('category', { label: 'Category', of: codes(categories) }) : null,
    description: form.text('description', { label: 'Description', max: MAX_PLEDGE_DESCRIPTION }),
    valuation: form.choice('valuation', { label: 'How it is valued', of: VALUATIONS }),
    financialYear,
    kind: kind as Pledge['kind'],
    amountPence: form.pounds('amountPence', { label: 'Amount', min: 1 }),
    expectedOn: form.day('expectedOn', { label: 'Date it is expected to be evidenced' }) ?? '',
  };
  form.check();
  return pledge;
}
