import type { ClaimState } from '../../funding/claims/claim-states.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import { plural, words } from '../page/format.js';
import type { Tag, TagColour } from '../page/table.js';

const COLOURS: Record<ClaimState, TagColour> = {
  draft: 'grey',
  'fd-certified': 'blue',
  submitted: 'blue',
  'evidence-check': 'purple',
  queried: 'orange',
  recommended: 'purple',
  approved: 'green',
  'part-approved': 'aqua-green',
  rejected: 'red',
  scheduled: 'aqua-green',
  paid: 'green',
  reconciled: 'green',
  'recovery-raised': 'orange',
  'recovery-agreed': 'orange',
  recovered: 'grey',
  'written-off': 'grey',
  withdrawn: 'grey',
};

/** The state of a claim, as a tag. */
export const claimTag = (state: ClaimState): Tag => ({
  words: words(state),
  colour: COLOURS[state],
});

/** Who has a claim now, and what they do with it: one sentence, as its reader needs it. */
export function whoHasIt(claim: ShownClaim): string {
  const { state, queries, people } = claim;
  const open = queries.filter(({ answer }) => answer === null).length;
  const sentences: Record<ClaimState, string> = {
    draft: 'The trust is preparing it. Its finance director certifies it before it is submitted.',
    'fd-certified': 'The finance director certified it. The trust can submit it.',
    submitted: 'It is with the funder: an assessor takes it to be checked against its evidence.',
    'evidence-check': 'It is with the funder: an assessor is checking it against its evidence.',
    queried:
      open > 0
        ? `It is with the trust: ${plural(open, 'query has', 'queries have')} no answer yet.`
        : 'It is with the trust: every query has its answer, and it can go back to its check.',
    recommended:
      people.approvedBy === null
        ? 'It is with the funder: it is recommended, and waits for approval.'
        : 'It is with the funder: it has the first of two approvals, and waits for the second, by somebody else.',
    approved: 'It is with the funder: it is approved, and waits to be scheduled for payment.',
    'part-approved':
      'It is with the funder: a part of it is approved, and waits to be scheduled for payment.',
    rejected: 'It ended: what it claimed went back to the award.',
    scheduled: 'Its payment is scheduled.',
    paid: 'It is paid. A bank or ledger extract that names the payment will reconcile it.',
    reconciled: 'It is paid, and the payment was found in a bank or ledger extract.',
    'recovery-raised': 'The funder asks money of it back. The trust’s finance director has to agree.',
    'recovery-agreed': 'The trust agreed to pay money of it back.',
    recovered: 'Money of it was paid back.',
    'written-off': 'Money of it was asked back, and given up.',
    withdrawn: 'It ended: the trust took it back, and what it claimed went back to the award.',
  };
  return sentences[state];
}

/** Whether a claim is still in the trust's hands to be filled in. */
export const isDraft = ({ state }: { state: ClaimState }): boolean =>
  state === 'draft' || state === 'fd-certified';
