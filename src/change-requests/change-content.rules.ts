import { type AskedPlan, planBlockers } from '../benefits/benefit-plan.rules.js';
import { type Blocker, blockers } from '../core/blockers.js';
import type { AgreementState } from '../funding/agreements/agreement-states.js';
import type { AgreementTerms } from '../funding/agreements/agreement-terms.js';
import type { TrustMilestone } from '../milestones/milestone.queries.js';
import { type ReprofiledMilestone, reprofileBlockers } from '../milestones/reprofile.rules.js';
import type { ChangeContent, ChangeKind } from './change-content.js';
import type { ChangeFacts } from './change-facts.js';
import { moveBlockers, movedLines } from './change-moves.rules.js';
import { variedTerms, varyBlockers } from './change-terms.rules.js';

/** States of an agreement in which something can be changed by request: its money stands, and it has not ended. */
export const CHANGEABLE: readonly AgreementState[] = ['active', 'suspended', 'closing'];

/** Why an agreement is not changed by request. */
export function agreementBlockers(state: AgreementState): Blocker[] {
  return blockers(
    !CHANGEABLE.includes(state) && {
      code: 'agreement-not-in-force',
      message: `This agreement is ${state.replaceAll('-', ' ')}. Changes are asked for while it is in force: active, suspended or closing.`,
    },
  );
}

const PARTS: Record<ChangeKind, keyof ChangeContent> = {
  reprofile: 'milestones',
  'move-money': 'moves',
  'carry-forward': 'moves',
  vary: 'terms',
  'replan-benefits': 'plans',
};

/** What is asked for that does not belong to the kind of the request: two things are two requests. */
export function kindBlockers(kind: ChangeKind, content: ChangeContent): Blocker[] {
  const given: Record<keyof ChangeContent, boolean> = {
    milestones: content.milestones.length > 0,
    moves: content.moves.length > 0,
    terms: content.terms !== null,
    plans: content.plans.length > 0,
  };
  return (['milestones', 'moves', 'terms', 'plans'] as const)
    .filter((part) => given[part] && part !== PARTS[kind])
    .map((part) => ({
      code: 'not-of-this-kind',
      message: `A request of kind ${kind} says ${PARTS[kind]} and not ${part}. Make a request of its own for each.`,
      pointer: `/content/${part}`,
    }));
}

/** All that keeps a request from being carried out as things stand; pointers are into the request. */
export function contentBlockers(kind: ChangeKind, content: ChangeContent, facts: ChangeFacts): Blocker[] {
  return [
    ...agreementBlockers(facts.state),
    ...kindBlockers(kind, content),
    ...partBlockers(kind, content, facts),
  ];
}

function partBlockers(kind: ChangeKind, content: ChangeContent, facts: ChangeFacts): Blocker[] {
  switch (kind) {
    case 'reprofile':
      return milestonesBlockers(content.milestones, facts);
    case 'vary':
      return varyBlockers(content.terms, facts);
    case 'replan-benefits':
      return plansBlockers(content.plans, facts);
    default:
      return moveBlockers(kind, content.moves, facts);
  }
}

function plansBlockers(plans: readonly AskedPlan[], { benefits }: ChangeFacts): Blocker[] {
  const codes = plans.map(({ benefit }) => benefit);
  return [
    ...blockers(
      plans.length === 0 && {
        code: 'nothing-changes',
        message: 'Say which benefits are to have another plan.',
        pointer: '/content/plans',
      },
    ),
    ...plans.flatMap((plan, index) => {
      const pointer = `/content/plans/${index}`;
      if (codes.indexOf(plan.benefit) !== index)
        return [{ code: 'benefit-twice', message: `${plan.benefit} is there twice.`, pointer }];
      const standing = benefits.find(({ code }) => code === plan.benefit);
      if (!standing)
        return [
          {
            code: 'unknown-benefit',
            message: `The trust has no benefit ${plan.benefit} that is agreed and not over.`,
            pointer: `${pointer}/benefit`,
          },
        ];
      return planBlockers(standing, plan).map((blocker) => ({
        ...blocker,
        pointer: `${pointer}${blocker.pointer ?? ''}`,
        about: { kind: 'benefit', id: standing.id, name: standing.name },
      }));
    }),
  ];
}

function milestonesBlockers(lines: readonly ReprofiledMilestone[], facts: ChangeFacts): Blocker[] {
  const codes = lines.map(({ milestone }) => milestone);
  return [
    ...blockers(
      lines.length === 0 && {
        code: 'nothing-changes',
        message: 'Say which milestones are to have another day.',
        pointer: '/content/milestones',
      },
    ),
    ...lines.flatMap((line, index) => {
      const pointer = `/content/milestones/${index}`;
      if (codes.indexOf(line.milestone) !== index)
        return [{ code: 'milestone-twice', message: `${line.milestone} is there twice.`, pointer }];
      const standing = facts.milestones.find(({ code }) => code === line.milestone);
      if (!standing)
        return [
          {
            code: 'unknown-milestone',
            message: `The trust has no milestone ${line.milestone}.`,
            pointer: `${pointer}/milestone`,
          },
        ];
      return milestoneBlockers(line, standing, facts).map((blocker) => ({
        ...blocker,
        pointer: `${pointer}${blocker.pointer ?? ''}`,
        about: { kind: 'milestone', id: standing.id, name: standing.name },
      }));
    }),
  ];
}

function milestoneBlockers(
  line: ReprofiledMilestone,
  { state, baselineOn, agreedOn }: TrustMilestone,
  { programme }: ChangeFacts,
): Blocker[] {
  const standing = { state, baseline_on: baselineOn, agreed_on: agreedOn, delay_reason: null };
  const { startsOn, delayReasons } = programme;
  return reprofileBlockers(standing, line, { programmeStartsOn: startsOn, delayReasons });
}

/** What the agreement says after a change; the same where only milestones change, whose days live with them. */
export function termsAfter(content: ChangeContent, terms: AgreementTerms): AgreementTerms {
  const moved = { ...terms, lines: movedLines(terms.lines, content.moves) };
  return content.terms ? variedTerms(moved, content.terms) : moved;
}
