import { isDeepStrictEqual } from 'node:util';
import { type Blocker, blockers } from '../core/blockers.js';
import { formatDate } from '../core/calendar.js';
import type { AgreedTranche, AgreementTerms } from '../funding/agreements/agreement-terms.js';
import { termsBlockers, variationBlockers } from '../funding/agreements/agreement-terms.rules.js';
import type { VariedTerms } from './change-content.js';
import type { ChangeFacts } from './change-facts.js';

const AT = '/content/terms';

/** What an agreement says after a variation. Match rules, ratio, parties and lines stay. */
export function variedTerms(terms: AgreementTerms, asked: VariedTerms): AgreementTerms {
  return {
    ...terms,
    tranches: asked.tranches ? [...asked.tranches].sort((a, b) => a.number - b.number) : terms.tranches,
    conditions: asked.conditions ?? terms.conditions,
    eligibility: { ...terms.eligibility, ...asked.eligibility },
  };
}

/**
 * Why an agreement cannot be varied as asked: something changes; every tranche keeps its number, and one that is paid
 * on delivery at least one milestone that can be met; and what was drawn and claimed stays possible.
 */
export function varyBlockers(asked: VariedTerms | null, facts: ChangeFacts): Blocker[] {
  const after = asked && variedTerms(facts.terms, asked);
  if (!after || isDeepStrictEqual(after, facts.terms))
    return [
      {
        code: 'nothing-changes',
        message: 'Say which tranches, conditions or eligibility window the agreement is to have instead.',
        pointer: AT,
      },
    ];
  return [
    ...[...termsBlockers(after), ...variationBlockers(after, facts.standing)].map((blocker) => ({
      ...blocker,
      pointer: `${AT}${blocker.pointer ?? ''}`,
    })),
    ...(asked.tranches ? tranchesBlockers(asked.tranches, facts) : []),
    ...windowBlockers(asked, facts),
  ];
}

function tranchesBlockers(wanted: readonly AgreedTranche[], facts: ChangeFacts): Blocker[] {
  const missing = facts.terms.tranches.filter(
    ({ number }) => !wanted.some((tranche) => tranche.number === number),
  );
  return [
    ...missing.map(({ number, name }) => ({
      code: 'tranche-missing',
      message: `Tranche ${number}, ${name}, is left out. Every tranche keeps its number: name it again.`,
      pointer: `${AT}/tranches`,
    })),
    ...wanted.flatMap((tranche, index) => trancheBlockers(tranche, `${AT}/tranches/${index}`, facts)),
  ];
}

function trancheBlockers(tranche: AgreedTranche, pointer: string, facts: ChangeFacts): Blocker[] {
  const { number, basis, plannedOn, milestones } = tranche;
  const before = facts.terms.tranches.find((each) => each.number === number);
  const drawn = facts.standing.tranches.find((each) => each.number === number)?.drawnPence ?? 0;
  const { startsOn } = facts.programme;
  return [
    ...blockers(
      basis === 'delivery' &&
        milestones.length === 0 && {
          code: 'tranche-without-milestone',
          message: `Tranche ${number} is paid on delivery: name at least one milestone that opens it.`,
          pointer: `${pointer}/milestones`,
        },
      before !== undefined &&
        before.basis !== basis &&
        drawn > 0 && {
          code: 'tranche-basis-drawn',
          message: `Tranche ${number} was drawn on as ${before.basis === 'advance' ? 'an advance' : 'paid on delivery'}, so it stays that.`,
          pointer: `${pointer}/basis`,
        },
      plannedOn < startsOn && {
        code: 'tranche-before-programme',
        message: `Tranche ${number} is planned for ${formatDate(plannedOn)}, before the programme began on ${formatDate(startsOn)}. Check the year.`,
        pointer: `${pointer}/plannedOn`,
      },
    ),
    ...milestones.flatMap((code, index) =>
      milestoneBlockers(code, milestones.indexOf(code) !== index, `${pointer}/milestones/${index}`, facts),
    ),
  ];
}

function milestoneBlockers(code: string, repeated: boolean, pointer: string, facts: ChangeFacts): Blocker[] {
  const found = facts.milestones.find((milestone) => milestone.code === code);
  return blockers(
    repeated && {
      code: 'milestone-twice',
      message: `${code} is named twice for this tranche.`,
      pointer,
    },
    !found && {
      code: 'unknown-milestone',
      message: `The trust has no milestone ${code}.`,
      pointer,
    },
    found?.state === 'cancelled' && {
      code: 'milestone-cancelled',
      message: `${code} is cancelled, so a tranche that waits for it would never open.`,
      pointer,
      about: { kind: 'milestone', id: found.id, name: found.name },
    },
  );
}

function windowBlockers({ eligibility }: VariedTerms, { programme }: ChangeFacts): Blocker[] {
  return blockers(
    eligibility !== null &&
      (eligibility.startsOn < programme.startsOn || eligibility.endsOn > programme.endsOn) && {
        code: 'window-outside-programme',
        message: `The programme runs from ${formatDate(programme.startsOn)} to ${formatDate(programme.endsOn)}, and the window must be within that.`,
        pointer: `${AT}/eligibility`,
      },
  );
}
