import { notFound, unprocessable } from '../../core/problems.js';
import { CLAIM } from '../../funding/claims/claim.rules.js';
import type { WantedLine } from '../../funding/claims/claim-lines.rules.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import type { ProjectView } from '../../projects/project.queries.js';
import type { Form } from '../page/form.js';
import { plural, pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Step, stepAnswers, stepPage } from '../page/step.js';
import { money, type Table, table, text } from '../page/table.js';
import { claimTrail } from './claim.trail.js';
import {
  type LineChoices,
  lineFields,
  lineOf,
  MOST_LINES,
  wantedOf,
  withLine,
  withoutLine,
} from './claim-line.fields.js';
import { linesTable } from './claim-lines.table.js';
import { mendedAt } from './claim-links.js';
import { MAX_CLAIM_TEXT } from './new-claim.page.js';

type Room = ShownClaim['claimable']['lines'][number] & { claimedPence: number };

/** What a claim claims of each line of its agreement, beside what is left there. */
export function roomTable({ claimable, lines, state }: ShownClaim): Table {
  const held = state === 'draft' || state === 'fd-certified';
  const rows: Room[] = claimable.lines.map((room) => ({
    ...room,
    claimedPence: lines
      .filter(({ lineId }) => lineId === room.id)
      .reduce((sum, { claimedPence }) => sum + claimedPence, 0),
  }));
  return table<Room>({
    id: 'room',
    caption: 'Room of each line',
    rows,
    columns: [
      text('Financial year', ({ financialYear }) => financialYear, {
        note: ({ yearClosed }) => (yearClosed ? 'closed' : null),
      }),
      text('Kind', ({ kind }) => words(kind)),
      money('This claim', ({ claimedPence }) => claimedPence),
      money(held ? 'Left of the award' : 'Left beside this claim', ({ leftPence }) => leftPence),
    ],
    empty: 'The agreement has no line.',
  });
}

/** The lines of a claim, each to be changed or taken out, and what is left to claim. */
export function linesPage(claim: ShownClaim): Page {
  const { id, claimable, lines } = claim;
  const mayChange = claim.next.includes('save');
  return {
    view: 'claims/lines.njk',
    title: 'What is claimed',
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    trail: claimTrail(claim),
    tables: [
      linesTable({
        ...claim,
        change: mayChange ? ({ position }) => `/claims/${id}/lines/${position}` : undefined,
        empty: 'It claims nothing yet. Add its first line.',
      }),
      roomTable(claim),
    ],
    model: {
      claim,
      mayChange,
      mayAdd: mayChange && lines.length < MOST_LINES,
      certified: claim.state === 'fd-certified',
      tranche: `Tranche ${claimable.tranche.number}, ${claimable.tranche.name}: ${pounds(claimable.tranche.leftPence)} is left of it.`,
      removals: mayChange
        ? lines.map(({ position, description }) => ({
            text: `Take out line ${position}: ${description}`,
            href: `/claims/${id}/lines/${position}/removal`,
          }))
        : [],
      blockers: claim.blockers.map((blocker) => ({ ...blocker, href: mendedAt(claim, blocker) })),
    },
  };
}

/** What lines of a claim may name: projects of its own trust, years of its agreement, categories that are eligible. */
export function choicesOf({ claimable, trust }: ShownClaim, projects: readonly ProjectView[]): LineChoices {
  return {
    years: [...new Set(claimable.lines.map(({ financialYear }) => financialYear))],
    projects: projects.filter((project) => project.trust.odsCode === trust.odsCode),
    categories: claimable.categories,
  };
}

/** The index of a line by its position in the address; that of a new one for `new`. @throws Problem 404 */
export function indexOf({ lines }: ShownClaim, position: string): number {
  if (position === 'new') return lines.length;
  const index = /^\d{1,3}$/.test(position) ? Number(position) - 1 : -1;
  if (lines[index] === undefined) throw notFound('line');
  return index;
}

const DROPS =
  'Saving drops the finance director’s certificate: the claim is certified anew before it is submitted.';

function lineStep(claim: ShownClaim, index: number, choices: LineChoices): Step {
  const line = claim.lines[index];
  return {
    title: line ? `Change line ${index + 1}` : 'Add a line',
    explains: claim.state === 'fd-certified' ? [DROPS] : [],
    fields: lineFields(claim.kind, index, line ? wantedOf(line) : null, choices),
    button: 'Save the line',
    notice: line ? `Line ${index + 1} is saved.` : 'The line is added.',
  };
}

/** A page that changes a draft; where the claim is no draft any more, it says so and takes nothing. */
function changing(claim: ShownClaim, page: Page): Page {
  const closed = !claim.next.includes('save');
  const blockers = closed ? CLAIM.blockers('save', claim.state) : [];
  return { ...page, view: 'claims/step.njk', model: { facts: [], ...page.model, closed, blockers } };
}

/** The page of one line. */
export function linePage(claim: ShownClaim, index: number, choices: LineChoices): Page {
  const back = `/claims/${claim.id}/lines`;
  const place = claim.lines[index] ? String(index + 1) : 'new';
  const page = stepPage(lineStep(claim, index, choices), {
    action: `${back}/${place}`,
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    revision: claim.revision,
    trail: claimTrail(claim, { text: 'What is claimed', href: back }),
    facts: claim.claimable.lines.map(({ financialYear, kind, leftPence, yearClosed }) => ({
      label: `${financialYear} ${kind}`,
      value: yearClosed ? 'closed' : `${pounds(leftPence)} is left of the award`,
    })),
    back,
  });
  return changing(claim, page);
}

/**
 * All lines of a claim, with the one that was typed in its place.
 * @throws Problem 400 with what is wrong with it; 422 where there are as many lines as a claim may have
 */
export function linesTyped(claim: ShownClaim, form: Form, choices: LineChoices): WantedLine[] {
  // The place is the one that the page had: where lines were added since, its revision is stale, and is refused.
  const index = Math.max(0, form.lines('lines') - 1);
  if (index >= MOST_LINES)
    throw unprocessable(
      'too-many-lines',
      `A claim has at most ${plural(MOST_LINES, 'line')}. Begin another claim.`,
    );
  const fields = lineFields(claim.kind, index, null, choices);
  return withLine(claim.lines.map(wantedOf), index, lineOf(stepAnswers({ fields }, form), index));
}

/** The page on which a line is taken out. */
export function removalPage(claim: ShownClaim, index: number): Page {
  const line = claim.lines[index];
  const back = `/claims/${claim.id}/lines`;
  const step: Step = {
    title: `Take out line ${index + 1}`,
    explains: [
      `“${line?.description}”, ${pounds(line?.claimedPence ?? 0)}, is taken out of the claim. Its evidence stays with the claim.`,
      ...(claim.state === 'fd-certified' ? [DROPS] : []),
    ],
    fields: [],
    button: 'Take it out',
    warning: true,
    notice: '',
  };
  const page = stepPage(step, {
    action: `${back}/${index + 1}/removal`,
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    revision: claim.revision,
    trail: claimTrail(claim, { text: 'What is claimed', href: back }),
    back,
  });
  return changing(claim, page);
}

/** All lines of a claim but one. */
export const linesWithout = ({ lines }: ShownClaim, index: number): WantedLine[] =>
  withoutLine(lines.map(wantedOf), index);

/** Saying what a claim is for. */
export const describing = ({ description }: ShownClaim): Step => ({
  title: 'What the claim is for',
  explains: [],
  fields: [
    {
      kind: 'textarea',
      name: 'description',
      label: 'What it is for',
      hint: 'Do not name patients.',
      max: MAX_CLAIM_TEXT,
      value: description,
    },
  ],
  button: 'Save',
  notice: 'What the claim is for is saved.',
});

/** The page on which that is said. */
export function descriptionPage(claim: ShownClaim): Page {
  const back = `/claims/${claim.id}`;
  const page = stepPage(describing(claim), {
    action: `${back}/description`,
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    revision: claim.revision,
    trail: claimTrail(claim),
    back,
  });
  return changing(claim, page);
}
