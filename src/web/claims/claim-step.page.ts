import type { Actor } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import {
  CLAIM,
  type ClaimPeople,
  type ClaimVerb,
  dutyBlockers,
  firstApprovalBlockers,
  needsSecondApproval,
  reviewBlockers,
} from '../../funding/claims/claim.rules.js';
import type { LineDecision } from '../../funding/claims/claim-decision.rules.js';
import { CLAIM_STEPS } from '../../funding/claims/claim-steps.rules.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import type { PassageView } from '../../funding/gates/gate.service.js';
import type { Form } from '../page/form.js';
import { day, pounds, words } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { stepPage } from '../page/step.js';
import { claimTrail } from './claim.trail.js';
import { roomTable } from './claim-lines.page.js';
import { linesTable } from './claim-lines.table.js';
import { mendedAt, type PagedStep } from './claim-links.js';
import { ANSWERING, CLAIM_STEP_PAGES, proposedPence } from './claim-steps.js';

/** How many questions can be asked at once, and how many of them stand on the page without opening more. */
const QUESTIONS = { most: 10, open: 3 };
/** Longest reason for a line and longest question, in characters. */
const MAX = { because: 1_000, question: 4_000 };

/** Steps that pass a gate, or that somebody decides on with the gate before them. */
const AT_GATE: readonly PagedStep[] = ['approve', 'second-approve', 'schedule'];
const DECIDES_LINES: readonly PagedStep[] = ['recommend', 'approve'];

/** At which step of a gate a claim's step passes it; null where it passes none. */
export const gateStepOf = (step: PagedStep): 'approve' | 'schedule' | null =>
  AT_GATE.includes(step) ? (step === 'schedule' ? 'schedule' : 'approve') : null;

/** The people of a claim, by ids. */
export const peopleIds = ({ people }: ShownClaim): ClaimPeople => ({
  preparerIds: people.preparedBy.map(({ id }) => id),
  certifierId: people.certifiedBy?.id ?? null,
  approverId: people.approvedBy?.id ?? null,
  secondApproverId: people.secondApprovedBy?.id ?? null,
});

/** Why a step is not open to somebody, in the rules' own words: the state of the claim, and what they did with it. */
export function closedBecause(claim: ShownClaim, step: PagedStep, actor: Pick<Actor, 'id'>): Blocker[] {
  if (claim.next.includes(step)) return [];
  const [people, { state }] = [peopleIds(claim), claim];
  if (step === 'approve') return reviewBlockers({ verb: 'approve', state, people, actorId: actor.id });
  const { duty } = CLAIM_STEPS[step];
  const ofState =
    step === 'second-approve' || step === 'withdraw-approval'
      ? firstApprovalBlockers({ state, people })
      : CLAIM.blockers(step as ClaimVerb, state);
  return [...ofState, ...(duty === null ? [] : dutyBlockers(duty, actor.id, people))];
}

/** What is in the way of a step that is open, as far as that is known before it is taken. */
function inTheWay(claim: ShownClaim, step: PagedStep, passage: PassageView | null): Blocker[] {
  if (passage) return passage.blockers;
  const drafts = step === 'certify' || step === 'submit' || step === 'answer';
  const ofStep = step === 'certify' ? (code: string) => code !== 'query-unanswered' : () => true;
  return drafts ? claim.blockers.filter(({ code }) => ofStep(code)) : [];
}

function gateFacts(
  claim: ShownClaim,
  { match, milestones, waived, blockers, leftPence }: PassageView,
): Fact[] {
  const { number, name } = claim.tranche;
  return [
    {
      label: `Gate of tranche ${number}, ${name}`,
      value:
        blockers.length > 0
          ? 'Shut, for the reasons above'
          : waived.length > 0
            ? 'Open, by a waiver'
            : 'Open',
    },
    { label: 'Match', value: match.explanation },
    ...milestones.map((milestone) => ({
      label: 'Milestone',
      value: `${milestone.name}: ${words(milestone.state).toLowerCase()}, agreed for ${day(milestone.agreedOn)}`,
    })),
    ...waived.map(({ message, waiver }) => ({
      label: `Waived by ${waiver.grantedBy.name}`,
      value: `${message} Why it is let be: ${waiver.reason} (${waiver.authority})`,
    })),
    { label: 'Left of the tranche, this claim included', value: pounds(leftPence) },
  ];
}

function factsOf(claim: ShownClaim, step: PagedStep, passage: PassageView | null): Fact[] {
  const { secondApprovalAbovePence: above, recommendation, people } = claim;
  const decides = step === 'approve' || step === 'second-approve' || step === 'reject';
  return [
    { label: 'Claimed', value: pounds(claim.claimedPence) },
    ...(claim.approvedPence === null ? [] : [{ label: 'Approved', value: pounds(claim.approvedPence) }]),
    ...(decides && recommendation
      ? [{ label: `Recommended by ${people.recommendedBy?.name ?? 'an assessor'}`, value: recommendation }]
      : []),
    ...(step === 'approve' && needsSecondApproval(proposedPence(claim), above)
      ? [{ label: 'Second approval', value: `Needed: as recommended, it is more than ${pounds(above ?? 0)}` }]
      : []),
    ...(passage ? gateFacts(claim, passage) : []),
  ];
}

/** The lines as they are to be decided on: what stands there unless somebody says otherwise. */
const decisions = ({ lines }: ShownClaim) =>
  lines.map((line, index) => ({
    index,
    legend: `Line ${line.position}: ${line.description}`,
    claimed: `${pounds(line.claimedPence)} is claimed, ${line.financialYear} ${line.kind}${line.supplier ? `, ${line.supplier} ${line.invoiceReference}` : ''}`,
    valuePence: line.recommendedPence ?? line.claimedPence,
    because: line.recommendedBecause ?? '',
  }));

/** The page of a step, with what whoever takes it should have before them. */
export function claimStepPage(
  claim: ShownClaim,
  name: PagedStep,
  at: { actor: Pick<Actor, 'id'>; today: DateOn; passage: PassageView | null },
): Page {
  const closed = closedBecause(claim, name, at.actor);
  const reasons = closed.length > 0 ? closed : inTheWay(claim, name, at.passage);
  const own = `/claims/${claim.id}`;
  const page = stepPage(CLAIM_STEP_PAGES[name](claim, at.today), {
    action: `${own}/steps/${name}`,
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    revision: claim.revision,
    trail: claimTrail(claim),
    facts: factsOf(claim, name, at.passage),
    back: own,
  });
  const withLines = closed.length === 0 && name !== 'withdraw';
  return {
    ...page,
    view: 'claims/claim-step.njk',
    tables: withLines
      ? [
          linesTable({ ...claim, empty: 'It claims nothing.' }),
          ...(AT_GATE.includes(name) ? [roomTable(claim)] : []),
        ]
      : [],
    model: {
      ...page.model,
      claim,
      closed: closed.length > 0,
      blockers: reasons.map((blocker) => ({ ...blocker, href: mendedAt(claim, blocker) })),
      decisions: DECIDES_LINES.includes(name) ? decisions(claim) : [],
      questions: name === 'query' ? Array.from({ length: QUESTIONS.most }, (_, index) => index) : [],
      questionsOpen: QUESTIONS.open,
      amountLabel: name === 'recommend' ? 'Amount that you recommend' : 'Amount that you approve',
      about: [
        { value: '', text: 'The whole claim' },
        ...claim.lines.map(({ position, description }) => ({
          value: String(position),
          text: `Line ${position}: ${description.slice(0, 60)}`,
        })),
      ],
    },
  };
}

/** What was said of each line, in the order of the lines; faults go into the form. */
export function decisionsIn(form: Form, { lines }: ShownClaim): LineDecision[] {
  return lines.map(({ position }, index) => ({
    position,
    approvedPence: form.pounds(`lines/${index}/approvedPence`, { label: `Amount of line ${position}` }),
    because: form.textOrNull(`lines/${index}/because`, {
      label: `Reason for line ${position}`,
      max: MAX.because,
    }),
  }));
}

/** The questions that were typed; faults go into the form. */
export function questionsIn(form: Form): Array<{ position: number | null; question: string }> {
  const asked = Array.from({ length: QUESTIONS.most }, (_, index) => {
    const question = form.text(`questions/${index}/question`, {
      label: 'Question',
      optional: true,
      max: MAX.question,
    });
    const position = form.raw(`questions/${index}/position`);
    return { question, position: /^\d{1,3}$/.test(position) ? Number(position) : null };
  }).filter(({ question }) => question !== '');
  if (asked.length === 0) form.fault('questions/0/question', 'missing', 'Enter at least one question.');
  return asked;
}

/** The page on which one query is answered. @returns undefined where the claim has no such query */
export function answerPage(claim: ShownClaim, queryId: string): Page | undefined {
  const query = claim.queries.find(({ id }) => id === queryId);
  if (!query) return undefined;
  const back = `/claims/${claim.id}`;
  const [field] = ANSWERING.fields;
  const step = {
    ...ANSWERING,
    fields: [{ ...field, value: query.answer } as (typeof ANSWERING.fields)[number]],
  };
  return stepPage(step, {
    action: `${back}/queries/${query.id}/answer`,
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    revision: claim.revision,
    trail: claimTrail(claim),
    facts: [
      { label: 'About', value: query.position === null ? 'The whole claim' : `Line ${query.position}` },
      { label: 'Query', value: query.question },
      { label: 'Asked by', value: query.raisedBy?.name ?? 'The funder' },
    ],
    back,
  });
}
