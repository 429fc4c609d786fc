import { agreementBlockers } from '../../change-requests/change-content.rules.js';
import { type Actor, may } from '../../core/actor.js';
import type {
  AgreementLineView,
  AgreementTrancheView,
  AgreementVersionView,
} from '../../funding/agreements/agreement.queries.js';
import { AGREEMENT_PERMISSIONS, preparerBlockers } from '../../funding/agreements/agreement.rules.js';
import type { AgreementState } from '../../funding/agreements/agreement-states.js';
import type { ShownAgreement } from '../../funding/agreements/agreements.reader.js';
import { day, instant, plural } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import { type Cell, date, money, type Table, table, text } from '../page/table.js';
import {
  agreementLinks,
  agreementTag,
  agreementTrail,
  lineWords,
  type ProgrammeRef,
  ratioWords,
  STATE_MEANS,
  windowWords,
} from './agreement.words.js';
import { openStepsOf } from './agreement-steps.js';

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number): Cell => ({
  value: rows.reduce((sum, row) => sum + of(row), 0),
});

type Amount = readonly [heading: string, of: (line: AgreementLineView) => number];

const GRANT: readonly Amount[] = [
  ['Agreed', ({ agreedGrantPence }) => agreedGrantPence],
  ['Remaining', ({ grant }) => grant.remainingPence],
  ['Claimed or approved', ({ grant }) => grant.claimedPence + grant.approvedPence],
  ['Paid', ({ grant }) => grant.paidPence],
  ['Recovered or written off', ({ grant }) => grant.recoveredPence + grant.writtenOffPence],
  ['Lapsed or withdrawn', ({ grant }) => grant.lapsedPence + grant.withdrawnPence],
];
const MATCH: readonly Amount[] = [
  ['Agreed', ({ agreedMatchPence }) => agreedMatchPence],
  ['Pledged', ({ match }) => match.pledgedPence],
  ['Evidenced', ({ match }) => match.evidencedPence],
  ['Accepted', ({ match }) => match.acceptedPence],
  ['Withdrawn', ({ match }) => match.withdrawnPence],
];

function linesTable(
  id: string,
  caption: string,
  lines: readonly AgreementLineView[],
  amounts: readonly Amount[],
): Table {
  return table<AgreementLineView>({
    id,
    caption,
    rows: lines,
    columns: [text('Line', lineWords), ...amounts.map(([heading, of]) => money(heading, of))],
    foot: [{ value: 'Total' }, ...amounts.map(([, of]) => sumOf(lines, of))],
    empty:
      'The agreement has no lines, so nothing can be agreed. Save the draft again: it takes its lines from the award.',
  });
}

function tranchesTable(tranches: readonly AgreementTrancheView[]): Table {
  return table<AgreementTrancheView>({
    id: 'tranches',
    caption: 'Tranches',
    rows: tranches,
    columns: [
      text('Tranche', ({ number, name }) => `${number}: ${name}`, {
        href: ({ id }) => id && `/tranches/${id}`,
        note: ({ milestones }) =>
          milestones.length > 0
            ? `Opens on ${plural(milestones.length, 'milestone')}`
            : 'Rests on no milestone',
      }),
      text('Paid', ({ basis }) => (basis === 'advance' ? 'In advance' : 'On delivery')),
      date('Planned for', ({ plannedOn }) => plannedOn),
      money('Grant', ({ grantPence }) => grantPence),
      money('Drawn', ({ drawnPence }) => drawnPence),
      money('Left', ({ remainingPence }) => remainingPence),
    ],
    empty: 'The agreement has no tranches yet, so nothing can be paid. Add them to the draft.',
  });
}

/** "Amina Hussain, 3 May 2017 at 9:00am"; who else had a part in it follows. */
export function doneBy(person: { name: string } | null, at: string | null): string {
  return at === null ? 'Not yet' : `${person?.name ?? 'A person of another trust'}, ${instant(at)}`;
}

/** Who prepared, approved and signed a version. */
export function versionFacts(version: AgreementVersionView): Fact[] {
  const { editedBy, changeRequest } = version;
  return [
    { label: 'Takes effect', value: version.effectiveOn ? day(version.effectiveOn) : 'Not in force yet' },
    { label: 'Prepared by', value: doneBy(version.preparedBy, version.preparedAt) },
    ...(editedBy.length > 0
      ? [{ label: 'Changed as a draft by', value: editedBy.map(({ name }) => name).join(', ') }]
      : []),
    { label: 'Approved by', value: doneBy(version.approvedBy, version.approvedAt) },
    ...(changeRequest
      ? [
          {
            label: 'Carries out',
            value: `${changeRequest.reference}: ${changeRequest.title}`,
            href: `/changes/${changeRequest.id}`,
          },
        ]
      : [{ label: 'Signed by', value: doneBy(version.signedBy, version.signedAt) }]),
  ];
}

function factsOf(agreement: ShownAgreement): Fact[] {
  const { current, predecessor, successor, activatedOn } = agreement;
  const { parties, matchRatio, eligibility, matchRules } = current.terms;
  const other = (label: string, to: typeof predecessor): Fact[] =>
    to ? [{ label, value: `${to.reference}, ${to.trust.name}`, href: `/agreements/${to.id}` }] : [];
  return [
    { label: 'Funder', value: `${parties.funder.name} (${parties.funder.odsCode})` },
    { label: 'Recipient', value: `${parties.recipient.name} (${parties.recipient.odsCode})` },
    { label: 'In force from', value: activatedOn ? day(activatedOn) : 'Not in force yet' },
    { label: 'Match ratio', value: ratioWords(matchRatio) },
    { label: 'Costs arise', value: windowWords(eligibility) },
    { label: 'Match arises', value: windowWords(matchRules) },
    ...versionFacts(current).filter(({ label }) => label !== 'Takes effect'),
    ...other('Took over', predecessor),
    ...other('Taken over by', successor),
  ];
}

const WAITS: Partial<Record<AgreementState, string>> = {
  draft: 'Next, whoever prepares agreements at the funder sends it to due diligence.',
  'in-due-diligence': 'Next, somebody at the funder who did not prepare it approves it.',
  approved: 'Next, whoever prepares agreements at the funder offers it to the trust.',
  offered: 'Next, the trust’s finance director signs it.',
  signed: 'Next, somebody at the funder puts it in force.',
};

/** What is next, and why it is not the reader's to do where only their own part in it is in the way. */
export function nextWords({ state, current, next }: ShownAgreement, actor: Actor): string[] {
  const preparers = [current.preparedBy, ...current.editedBy].flatMap((person) => person?.id ?? []);
  const kept =
    state === 'in-due-diligence' && may(actor, AGREEMENT_PERMISSIONS.approve) && !next.includes('approve')
      ? preparerBlockers(actor.id, preparers).map(({ message }) => message)
      : [];
  return [WAITS[state], ...kept].filter((sentence) => sentence !== undefined);
}

/** The page of an agreement: its parties, terms and state, where its money stands, and what may be done. */
export function agreementPage(programme: ProgrammeRef, agreement: ShownAgreement, actor: Actor): Page {
  const { id, reference, trust, state, lines, tranches, current, next } = agreement;
  return {
    view: 'agreements/agreement.njk',
    title: `Agreement ${reference}`,
    caption: trust.name,
    trail: agreementTrail(programme, null),
    tables: [
      linesTable('grant-lines', 'Grant by year and kind', lines, GRANT),
      linesTable('match-lines', 'Match by year and kind', lines, MATCH),
      tranchesTable(tranches),
    ],
    model: {
      programme,
      agreement,
      tag: agreementTag(state),
      means: STATE_MEANS[state],
      waits: nextWords(agreement, actor),
      steps: openStepsOf(id, next),
      mayEdit: next.includes('save'),
      mayAskForChange: may(actor, 'change-request:prepare') && agreementBlockers(state).length === 0,
      facts: factsOf(agreement),
      terms: current.terms,
      links: agreementLinks(programme, agreement),
    },
  };
}
