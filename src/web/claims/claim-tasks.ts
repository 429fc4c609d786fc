import { type Actor, may } from '../../core/actor.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import { plural, pounds } from '../page/format.js';
import type { TagColour } from '../page/table.js';

/** One task of a draft: what is to be done, and how far it is. */
export interface ClaimTask {
  text: string;
  hint: string;
  href: string | null;
  /** A word where it is done; a tag where somebody has to do something. */
  status: { text: string; colour: TagColour | null };
}

const done = (text = 'Completed') => ({ text, colour: null });
const toDo = (text: string) => ({ text, colour: 'blue' as const });
const later = (text: string) => ({ text, colour: 'grey' as const });

const EVIDENCE = ['evidence-missing'];
const QUERIES = ['query-unanswered'];

/** What of a claim's blockers is mended on its lines: all that is neither its evidence nor its queries. */
const ofLines = ({ blockers }: ShownClaim): number =>
  blockers.filter(({ code }) => ![...EVIDENCE, ...QUERIES, 'claim-empty'].includes(code)).length;

function linesTask(claim: ShownClaim, href: string | null): ClaimTask {
  const { lines, claimedPence } = claim;
  const wrong = ofLines(claim);
  return {
    text: 'What is claimed',
    hint: lines.length === 0 ? 'No lines yet' : `${plural(lines.length, 'line')}, ${pounds(claimedPence)}`,
    href,
    status:
      lines.length === 0
        ? toDo('Not started')
        : wrong > 0
          ? { text: `${plural(wrong, 'thing')} to mend`, colour: 'red' }
          : done(),
  };
}

function evidenceTask({ lines, kind }: ShownClaim, href: string): ClaimTask[] {
  if (kind === 'advance') return [];
  const proved = lines.filter(({ evidence }) => evidence !== null).length;
  return [
    {
      text: 'Evidence of each cost',
      hint:
        lines.length === 0 ? 'Add the lines first' : `${proved} of ${plural(lines.length, 'line')} proved`,
      href,
      status:
        lines.length === 0 ? later('Cannot start yet') : proved === lines.length ? done() : toDo('To do'),
    },
  ];
}

function certificateTask(claim: ShownClaim, href: string): ClaimTask {
  const { people, blockers, next } = claim;
  const certified = people.certifiedBy;
  return {
    text: 'The finance director’s certificate',
    hint: certified ? `By ${certified.name}` : 'By somebody who did not prepare the claim',
    href: next.includes('certify') && blockers.length === 0 ? href : null,
    status: certified
      ? done()
      : blockers.length > 0
        ? later('Cannot start yet')
        : toDo(next.includes('certify') ? 'For you' : 'Waiting for the finance director'),
  };
}

function submissionTask({ state, next, id }: ShownClaim): ClaimTask {
  const ready = state === 'fd-certified';
  return {
    text: 'Submit it',
    hint: 'Its money is claimed from the award',
    href: ready && next.includes('submit') ? `/claims/${id}/steps/submit` : null,
    status: ready ? toDo('Ready to submit') : later('Cannot start yet'),
  };
}

/** The tasks of a draft, in their order, for people of its trust; none for anybody else, who only looks on. */
export function tasksOf(claim: ShownClaim, actor: Actor): ClaimTask[] {
  if (!may(actor, 'claim:submit')) return [];
  const own = `/claims/${claim.id}`;
  const open = claim.queries.filter(({ answer }) => answer === null).length;
  const mayChange = claim.next.includes('save');
  return [
    {
      text: 'What it is for',
      hint: claim.description.length > 100 ? `${claim.description.slice(0, 99)}…` : claim.description,
      href: mayChange ? `${own}/description` : null,
      status: done(),
    },
    linesTask(claim, `${own}/lines`),
    ...evidenceTask(claim, `${own}/evidence`),
    ...(claim.queries.length > 0
      ? [
          {
            text: 'Answers to the queries',
            hint: `${claim.queries.length - open} of ${plural(claim.queries.length, 'query', 'queries')} answered`,
            href: `${own}#queries`,
            status: open === 0 ? done() : toDo('To do'),
          },
        ]
      : []),
    {
      text: 'Check your answers',
      hint: 'All of the claim on one page',
      href: `${own}/check`,
      status: done(''),
    },
    certificateTask(claim, `${own}/steps/certify`),
    submissionTask(claim),
  ];
}
