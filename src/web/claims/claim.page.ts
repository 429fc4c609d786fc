import type { Actor } from '../../core/actor.js';
import type { ClaimQueryView } from '../../funding/claims/claim.queries.js';
import type { ClaimEventView } from '../../funding/claims/claim-history.queries.js';
import type { ClaimVersionView } from '../../funding/claims/claim-lists.queries.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import { instant, plural, pounds } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { money, state, type Table, type Tag, table, text } from '../page/table.js';
import { paymentTag, recoveryTag } from '../payments/payment.words.js';
import { claimTrail } from './claim.trail.js';
import { claimTag, isDraft, whoHasIt } from './claim.words.js';
import { historyTable } from './claim-history.table.js';
import { evidenceTable, linesTable } from './claim-lines.table.js';
import { actionsOf, mendedAt } from './claim-links.js';
import { tasksOf } from './claim-tasks.js';

/** Who did what with a claim, and when: a row for each deed that was done. */
function peopleRows({ people }: ShownClaim): Fact[] {
  const row = (label: string, person: { name: string } | null, at: string | null = null) =>
    person ? [{ label, value: at ? `${person.name}, ${instant(at)}` : person.name }] : [];
  return [
    { label: 'Prepared by', value: people.preparedBy.map(({ name }) => name).join(', ') },
    ...row('Certified by', people.certifiedBy, people.certifiedAt),
    ...row('Submitted by', people.submittedBy, people.submittedAt),
    ...row('Checked by', people.checkedBy, people.checkedAt),
    ...row('Recommended by', people.recommendedBy, people.recommendedAt),
    ...row(
      people.secondApprovedBy ? 'First approval by' : 'Approved by',
      people.approvedBy,
      people.approvedAt,
    ),
    ...row('Second approval by', people.secondApprovedBy, people.secondApprovedAt),
    ...row('Ended by', people.endedBy),
  ];
}

/** A query as the page of its claim says it. */
const queryShown = (claim: ShownClaim) => (query: ClaimQueryView) => ({
  ...query,
  about: query.position === null ? 'The whole claim' : `Line ${query.position}`,
  asked: `${query.raisedBy?.name ?? 'The funder'}, ${instant(query.raisedAt)}`,
  ofVersion: query.version === claim.version ? null : `asked of version ${query.version}`,
  answered:
    query.answer === null ? null : `${query.answeredBy?.name ?? 'The trust'}, ${instant(query.answeredAt)}`,
  answerAt:
    claim.next.includes('answer-query') || (query.answer !== null && claim.next.includes('revise'))
      ? `/claims/${claim.id}/queries/${query.id}/answer`
      : null,
});

interface Amount<State> {
  id: string;
  reference: string;
  state: State;
  amountPence: number;
}

const amountsTable = <State>(
  [id, caption]: [string, string],
  rows: readonly Amount<State>[],
  tag: (state: State) => Tag,
  empty: string,
): Table =>
  table<Amount<State>>({
    id,
    caption,
    rows,
    columns: [
      text('Reference', ({ reference }) => reference, { href: (row) => `/${id}/${row.id}` }),
      state('State', (row) => tag(row.state)),
      money('Amount', ({ amountPence }) => amountPence),
    ],
    empty,
  });

function tablesOf(claim: ShownClaim, history: readonly ClaimEventView[]): Table[] {
  const change = claim.next.includes('save')
    ? ({ position }: { position: number }) => `/claims/${claim.id}/lines/${position}`
    : undefined;
  return [
    linesTable({ ...claim, change, empty: 'It claims nothing yet. Add its lines first.' }),
    evidenceTable(
      claim.evidence,
      claim.kind === 'advance'
        ? 'An advance is claimed before costs arise, so it needs no evidence.'
        : 'There is no evidence yet. Each line of costs needs its invoice.',
    ),
    amountsTable(['payments', 'Payments'], claim.payments, paymentTag, 'Nothing of it was paid yet.'),
    amountsTable(
      ['recoveries', 'Recoveries'],
      claim.recoveries,
      recoveryTag,
      'Nothing of it was asked back.',
    ),
    historyTable(history),
  ];
}

/** What a claim is, in a few rows. */
const factsOf = (claim: ShownClaim) => [
  { label: 'What it is for', value: claim.description },
  { label: 'Agreement', value: claim.agreement.reference, href: `/agreements/${claim.agreement.id}` },
  {
    label: 'Tranche',
    value: `${claim.tranche.number}, ${claim.tranche.name}: ${claim.kind === 'advance' ? 'an advance' : 'costs'}`,
  },
  ...(claim.recommendation ? [{ label: 'Recommendation', value: claim.recommendation }] : []),
  ...(claim.decisionReason ? [{ label: 'Why it was decided so', value: claim.decisionReason }] : []),
];

/** The page of a claim: where it is and who has it, what its reader may do, what is in the way, and all of it. */
export function claimPage(claim: ShownClaim, history: readonly ClaimEventView[], actor: Actor): Page {
  const { reference, trust, version } = claim;
  const tasks = isDraft(claim) ? tasksOf(claim, actor) : [];
  return {
    view: 'claims/claim.njk',
    title: `Claim ${reference}`,
    caption: trust.name,
    trail: claimTrail(claim).slice(0, 1),
    tables: tablesOf(claim, history),
    model: {
      claim,
      tag: claimTag(claim.state),
      since: `${plural(claim.ageDays, 'day')} in this state, since ${instant(claim.stateSince)}`,
      whoHasIt: whoHasIt(claim),
      actions: tasks.length > 0 ? { ...actionsOf(claim), forward: [] } : actionsOf(claim),
      tasks,
      blockers: claim.blockers.map((blocker) => ({ ...blocker, href: mendedAt(claim, blocker) })),
      queries: claim.queries.map(queryShown(claim)),
      facts: factsOf(claim),
      people: peopleRows(claim),
      versions: version > 1 ? `/claims/${claim.id}/versions` : null,
      mayMend: claim.next.includes('save'),
    },
  };
}

/** Every version of a claim as it was submitted, the newest first. */
export function versionsPage(claim: ShownClaim, versions: readonly ClaimVersionView[]): Page {
  return {
    view: 'claims/versions.njk',
    title: 'Versions',
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    trail: claimTrail(claim),
    tables: versions.map(({ number, lines }) =>
      linesTable({
        tableId: `version-${number}`,
        caption: `Lines of version ${number}`,
        kind: claim.kind,
        lines,
        evidence: claim.evidence,
        empty: 'It claimed nothing.',
      }),
    ),
    model: {
      versions: versions.map(({ number, description, reason, claimedPence, ...version }) => ({
        number,
        rows: [
          { label: 'What it was for', value: description },
          { label: 'Claimed', value: pounds(claimedPence) },
          ...(version.submittedBy
            ? [
                {
                  label: 'Submitted by',
                  value: `${version.submittedBy.name}, ${instant(version.submittedAt)}`,
                },
              ]
            : []),
          ...(reason
            ? [
                {
                  label: 'Why the next was begun',
                  value: `${reason} (${version.revisedBy?.name ?? 'the trust'}, ${instant(version.revisedAt)})`,
                },
              ]
            : []),
          ...version.queries.map(({ position, question, answer }) => ({
            label: position === null ? 'Asked of the claim' : `Asked of line ${position}`,
            value: `${question} ${answer === null ? '(no answer yet)' : `Answer: ${answer}`}`,
          })),
        ],
      })),
    },
  };
}

/** What is said after a claim was submitted, and what happens next. */
export function submittedPage(claim: ShownClaim): Page {
  return {
    view: 'claims/submitted.njk',
    title: 'The claim is submitted',
    caption: claim.trust.name,
    trail: claimTrail(claim),
    model: {
      claim,
      submitted: `${claim.people.submittedBy?.name ?? 'Nobody'}, ${instant(claim.people.submittedAt)}`,
      second: claim.secondApprovalAbovePence !== null && claim.claimedPence > claim.secondApprovalAbovePence,
    },
  };
}
