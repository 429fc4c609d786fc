import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import { pounds } from '../page/format.js';
import type { Page } from '../page/page.js';
import { claimTrail } from './claim.trail.js';
import { whoHasIt } from './claim.words.js';
import { roomTable } from './claim-lines.page.js';
import { evidenceTable, linesTable } from './claim-lines.table.js';
import { actionsOf, mendedAt } from './claim-links.js';

/** All of a claim on one page before it is certified and submitted, each part to be changed where its reader may. */
export function checkPage(claim: ShownClaim): Page {
  const { id, next } = claim;
  const mayChange = next.includes('save');
  const { forward } = actionsOf(claim);
  return {
    view: 'claims/check.njk',
    title: 'Check the claim',
    caption: `Claim ${claim.reference}, ${claim.trust.name}`,
    trail: claimTrail(claim),
    tables: [
      linesTable({
        ...claim,
        change: mayChange ? ({ position }) => `/claims/${id}/lines/${position}` : undefined,
        empty: 'It claims nothing yet.',
      }),
      evidenceTable(claim.evidence, 'There is no evidence.'),
      roomTable(claim),
    ],
    model: {
      claim,
      mayChange,
      whoHasIt: whoHasIt(claim),
      facts: [
        { label: 'What it is for', value: claim.description },
        { label: 'Tranche', value: `${claim.tranche.number}, ${claim.tranche.name}` },
        { label: 'Claimed in all', value: pounds(claim.claimedPence) },
        { label: 'Prepared by', value: claim.people.preparedBy.map(({ name }) => name).join(', ') },
        ...(claim.people.certifiedBy
          ? [{ label: 'Certified by', value: claim.people.certifiedBy.name }]
          : []),
      ],
      actions: { forward: claim.blockers.length > 0 ? [] : forward, others: [] },
      blockers: claim.blockers.map((blocker) => ({ ...blocker, href: mendedAt(claim, blocker) })),
    },
  };
}
