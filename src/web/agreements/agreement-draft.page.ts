import type { AgreedLine } from '../../funding/agreements/agreement-terms.js';
import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { count, pounds } from '../page/format.js';
import type { Page } from '../page/page.js';
import { money, type Table, table, text } from '../page/table.js';
import { agreementTrail, lineWords, type ProgrammeRef, ratioWords, windowWords } from './agreement.words.js';

/** How many tranches can be added at a time. */
const MORE_TRANCHES = 2;

/** The page on which an agreement is begun. @param trusts whose awards have no agreement that stands */
export function newAgreementPage(
  programme: ProgrammeRef,
  trusts: ReadonlyArray<{ odsCode: string; name: string; grantPence: number }>,
  asked: string | null,
): Page {
  return {
    view: 'agreements/new.njk',
    title: 'Begin an agreement',
    caption: programme.name,
    trail: agreementTrail(programme, null),
    model: {
      programme,
      chosen: trusts.some(({ odsCode }) => odsCode === asked) ? asked : null,
      trusts: [
        { value: '', text: 'Choose a trust' },
        ...trusts.map(({ odsCode, name, grantPence }) => ({
          value: odsCode,
          text: `${name}, awarded ${pounds(grantPence)}`,
        })),
      ],
      none: trusts.length === 0,
    },
  };
}

function agreedLines(lines: readonly AgreedLine[]): Table {
  return table<AgreedLine>({
    id: 'lines',
    caption: 'Lines of the award',
    rows: lines,
    columns: [
      text('Line', lineWords),
      money('Grant', ({ grantPence }) => grantPence),
      money('Match', ({ matchPence }) => matchPence),
    ],
    empty: 'The award has no lines. They come from the definition of the programme.',
  });
}

const items = (all: ReadonlyArray<{ code: string; label: string }>) =>
  all.map(({ code, label }) => ({ value: code, text: label }));

/** The page on which a draft is changed. @param milestones of the trust, which tranches can rest on */
export function agreementDraftPage(
  programme: ProgrammeView,
  agreement: Pick<ShownAgreement, 'id' | 'reference' | 'trust' | 'current' | 'revision' | 'agreedGrantPence'>,
  milestones: ReadonlyArray<{ code: string; name: string }>,
): Page {
  const { terms } = agreement.current;
  const blank = {
    number: null,
    name: '',
    basis: 'delivery',
    plannedOn: null,
    grantPence: null,
    milestones: [],
  };
  return {
    view: 'agreements/draft.njk',
    title: `Edit the draft ${agreement.reference}`,
    caption: agreement.trust.name,
    trail: agreementTrail(programme, agreement),
    tables: [agreedLines(terms.lines)],
    model: {
      programme,
      agreement,
      terms,
      conditions: terms.conditions.join('\n'),
      types: items(programme.terms.matchRules.types),
      categories: items(programme.terms.eligibility.categories ?? []),
      chosenTypes: terms.matchRules.types.map(({ code }) => code),
      chosenCategories: terms.eligibility.categories.map(({ code }) => code),
      milestones: milestones.map(({ code, name }) => ({ value: code, text: name })),
      tranches: [...terms.tranches, ...Array.from({ length: MORE_TRANCHES }, () => blank)],
      together: pounds(agreement.agreedGrantPence - (terms.drawnBeforePence ?? 0)),
      standing: count(terms.tranches.length),
      fixed: [
        { label: 'Match ratio', value: ratioWords(terms.matchRatio) },
        { label: 'Costs arise', value: windowWords(terms.eligibility) },
        { label: 'Match arises', value: windowWords(terms.matchRules) },
      ],
    },
  };
}
