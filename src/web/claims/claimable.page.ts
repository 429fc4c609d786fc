import type { Claimable, ClaimableLine } from '../../funding/claims/claimable.reader.js';
import type { TrancheClaimable } from '../../funding/claims/claimable.rules.js';
import { gateTag } from '../gates/gate.words.js';
import { pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, money, state, type Table, table, text } from '../page/table.js';
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
      state('Gate', ({ gateOpen, leftPence }) => gateTag({ open: gateOpen }, leftPence === 0)),
      money('Left of the tranche', ({ leftPence }) => leftPence),
      money('The match carries', ({ matchRoomPence }) => matchRoomPence, {
        note: ({ matchRoomPence }) => (matchRoomPence === null ? 'no limit' : null),
      }),
      money('Can be claimed now', ({ claimableNowPence }) => claimableNowPence, {
        note: ({ limitedBy, leftPence }) => (leftPence === 0 ? 'nothing is left of it' : LIMITS[limitedBy]),
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

interface InTheWay {
  tranche: string;
  blocker: TrancheClaimable['blockers'][number];
}

/** What keeps money of each tranche that has anything left from passing, and what opens its gate. */
function gatesTable(reference: string, number_: number, tranches: readonly TrancheClaimable[]): Table {
  return table<InTheWay>({
    id: `gates-${number_}`,
    caption: `What keeps money of ${reference} from passing`,
    rows: tranches
      .filter(({ leftPence }) => leftPence > 0)
      .flatMap(({ number: at, name, blockers }) =>
        blockers.map((blocker) => ({ tranche: `${at}, ${name}`, blocker })),
      ),
    columns: [
      text('Tranche', ({ tranche }) => tranche),
      text('What is in the way', ({ blocker }) => blocker.message),
      text('What opens it', ({ blocker }) => blocker.clearedBy ?? null),
      date('By', ({ blocker }) => blocker.dueOn ?? null),
    ],
    empty: 'Nothing: the gates of all tranches with money left are open.',
  });
}

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
      gatesTable(reference, index + 1, tranches),
      linesTable(reference, index + 1, lines),
    ]),
    model: {
      programme,
      trust,
      claimableNowPence,
      agreements: agreements.map((agreement, index) => ({
        ...agreement,
        number: index + 1,
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
