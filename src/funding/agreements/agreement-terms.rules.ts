import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { formatPounds, sumPence } from '../../core/money.js';
import type { AgreedTranche, AgreementTerms } from './agreement-terms.js';

/** The first of some keys that is there before. */
const repeated = (keys: readonly (string | number)[]): string | number | undefined =>
  keys.find((key, index) => keys.indexOf(key) !== index);

/**
 * What keeps terms from being agreed: the lines and the tranches are each there once, the tranches come to the grant
 * (domain.md section 9, rule 12), and the window has a first and a last day.
 */
export function termsBlockers({
  lines,
  tranches,
  eligibility,
  drawnBeforePence = 0,
}: AgreementTerms): Blocker[] {
  const line = repeated(lines.map(({ financialYear, kind }) => `${financialYear} ${kind}`));
  const number = repeated(tranches.map((tranche) => tranche.number));
  const granted = sumPence(lines.map(({ grantPence }) => grantPence)) - drawnBeforePence;
  const planned = sumPence(tranches.map(({ grantPence }) => grantPence));
  return blockers(
    lines.length === 0 && {
      code: 'lines-missing',
      message: 'The agreement has no lines.',
      pointer: '/lines',
    },
    line !== undefined && {
      code: 'line-twice',
      message: `The line ${line} is there twice.`,
      pointer: '/lines',
    },
    number !== undefined && {
      code: 'tranche-twice',
      message: `There are two tranches with the number ${number}.`,
      pointer: '/tranches',
    },
    tranches.some(({ grantPence }) => grantPence <= 0) && {
      code: 'tranche-empty',
      message: 'A tranche is of one penny or more.',
      pointer: '/tranches',
    },
    planned !== granted && {
      code: 'tranches-do-not-add-up',
      message: `The tranches come to ${formatPounds(planned)}, and ${formatPounds(granted)} of grant is to be paid. Make them the same.`,
      pointer: '/tranches',
    },
    eligibility.startsOn > eligibility.endsOn && {
      code: 'window-ends-before-it-starts',
      message: 'The eligibility window ends before it starts.',
      pointer: '/eligibility',
    },
  );
}

/** What stands of an agreement that new terms must leave as it is. */
export interface Standing {
  tranches: ReadonlyArray<{
    number: number;
    drawnPence: number;
    /** Whether a claim or a waiver names it. */
    named: boolean;
  }>;
  /** The first and the last day of a cost that was claimed or counts as match; null where there is none. */
  costs: { firstOn: DateOn; lastOn: DateOn } | null;
}

/** What new terms of an agreement in force would undo: money that was drawn, and costs that count. */
export function variationBlockers(terms: AgreementTerms, { tranches, costs }: Standing): Blocker[] {
  const { startsOn, endsOn } = terms.eligibility;
  return [
    ...tranches.flatMap((standing) => drawnBlockers(standing, terms.tranches)),
    ...blockers(
      costs !== null &&
        (costs.firstOn < startsOn || costs.lastOn > endsOn) && {
          code: 'cost-outside-window',
          message: `Costs from ${formatDate(costs.firstOn)} to ${formatDate(costs.lastOn)} count already; the window must include them.`,
          pointer: '/eligibility',
        },
    ),
  ];
}

function drawnBlockers(
  { number, drawnPence, named }: Standing['tranches'][number],
  wanted: readonly AgreedTranche[],
): Blocker[] {
  const tranche = wanted.find((each) => each.number === number);
  return blockers(
    !tranche &&
      named && {
        code: 'tranche-named',
        message: `Tranche ${number} cannot be left out: claims or waivers name it. Keep it, with what was drawn of it or more.`,
        pointer: '/tranches',
      },
    tranche &&
      tranche.grantPence < drawnPence && {
        code: 'tranche-below-drawn',
        message: `Of tranche ${number} ${formatPounds(drawnPence)} was drawn; it cannot be less than that.`,
        pointer: '/tranches',
      },
  );
}
