import type { Claimable, ClaimableLine } from '../../funding/claims/claimable.reader.js';
import type { TrancheClaimable } from '../../funding/claims/claimable.rules.js';
import { pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { money, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

const LIMITS: Record<TrancheClaimable['limitedBy'], string> = {
  gate: 'its gate is shut',
  match: 'the accepted match carries no more',
  lines: 'no more is left of the award’s lines',
  tranche: 'no more is left of the tranche',
};

function tranchesTable(reference: string, number_: number, rows: readonly TrancheClaimable[]): Table {
  return table<TrancheClaimable>({
    id: `tranches-${number_}`,
    caption: `Tranches of ${reference}`,
    rows,
    columns: [
      text('Tranche', (row) => `${row.number}, ${row.name}`, {
        note: ({ basis }) => (basis === 'advance' ? 'paid in advance' : 'paid on delivery'),
      }),
      state('Gate', ({ gateOpen }) =>
        gateOpen ? { words: 'Open', colour: 'green' } : { words: 'Shut', colour: 'red' },
      ),
      money('Left of the tranche', ({ leftPence }) => leftPence),
      money('The match carries', ({ matchRoomPence }) => matchRoomPence, {
        note: ({ matchRoomPence }) => (matchRoomPence === null ? 'sets no limit' : null),
      }),
      money('You can claim now', ({ claimableNowPence }) => claimableNowPence, {
        note: ({ limitedBy }) => LIMITS[limitedBy],
      }),
    ],
    empty: 'The agreement has no tranche. Ask the funder.',
  });
}

function linesTable(reference: string, number_: number, rows: readonly ClaimableLine[]): Table {
  return table<ClaimableLine>({
    id: `lines-${number_}`,
    caption: `What is left of ${reference}, by line`,
    rows,
    columns: [
      text('Financial year', ({ financialYear }) => financialYear, {
        note: ({ yearClosed }) => (yearClosed ? 'closed: what was not claimed has lapsed' : null),
      }),
      text('Kind', ({ kind }) => words(kind)),
      money('Left of the award', ({ leftPence }) => leftPence),
    ],
    empty: 'The agreement has no line. Ask the funder.',
  });
}

/** What shuts a gate, and what opens it, of each tranche that has anything left. */
const shut = (tranches: readonly TrancheClaimable[]) =>
  tranches
    .filter(({ blockers, leftPence }) => blockers.length > 0 && leftPence > 0)
    .map(({ number: at, name, blockers }) => ({ number: at, name, blockers }));

/** How much a trust can claim now, by tranche and line; what shuts a gate, and what opens it. */
export function claimablePage(
  view: Claimable,
  programme: { slug: string; name: string },
  mayPrepare: boolean,
): Page {
  const { trust, agreements, claimableNowPence } = view;
  const root = `/programmes/${programme.slug}/trusts/${trust.odsCode}`;
  return {
    view: 'claims/claimable.njk',
    title: 'How much can be claimed now',
    caption: trust.name,
    trail: programmeTrail(programme, { text: trust.name, href: root }),
    tables: agreements.flatMap(({ reference, tranches, lines }, index) => [
      tranchesTable(reference, index + 1, tranches),
      linesTable(reference, index + 1, lines),
    ]),
    model: {
      programme,
      trust,
      claimableNowPence,
      agreements: agreements.map((agreement, index) => ({
        ...agreement,
        number: index + 1,
        shut: shut(agreement.tranches),
        start: mayPrepare ? `/agreements/${agreement.id}/claims/new` : null,
      })),
      claims: `/programmes/${programme.slug}/claims?trust=${trust.odsCode}`,
      summary:
        agreements.length === 0
          ? 'No agreement of this trust is in force, so nothing can be claimed. A claim is made under an agreement that is signed and active.'
          : claimableNowPence === 0
            ? 'Nothing can be claimed and approved now. What stands in the way is below, with what would clear it.'
            : `A claim of up to ${pounds(claimableNowPence)} could be approved as things stand. A claim can be begun before its gate opens; it is approved once it does.`,
    },
  };
}
