import type { DateOn } from '../../core/calendar.js';
import { sumPence } from '../../core/money.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import { RECOVERY_CAUSES } from '../../funding/payments/recovery.rules.js';
import { pounds, words } from '../page/format.js';
import type { Step, StepField } from '../page/step.js';
import type { PagedStep } from './claim-links.js';

const reason = (label = 'Reason'): StepField => ({ kind: 'textarea', name: 'reason', label });
const grounds: StepField = { kind: 'textarea', name: 'reason', label: 'Grounds', optional: true };

const BACK_TO_AWARD =
  'What it claims goes back to the award, and its evidence may be used for another claim.';

/** What the approval of a claim would come to as it is recommended, in pence. */
export const proposedPence = ({ lines }: ShownClaim): number =>
  sumPence(lines.map(({ recommendedPence, claimedPence }) => recommendedPence ?? claimedPence));

/** What is still paid of a claim: its payment, less what came back or was given up. */
export function stillPaidPence({ payments, recoveries }: ShownClaim): number {
  const paid = payments.filter(({ state }) => state === 'paid' || state === 'reconciled');
  const gone = recoveries.filter(({ state }) => state === 'recovered' || state === 'written-off');
  return sumPence(paid.map((each) => each.amountPence)) - sumPence(gone.map((each) => each.amountPence));
}

type Steps<Name extends PagedStep> = Record<Name, (claim: ShownClaim, today: DateOn) => Step>;

const OF_TRUST: Steps<'certify' | 'submit' | 'withdraw' | 'answer' | 'revise'> = {
  certify: ({ claimedPence, kind }) => ({
    title: 'Certify the claim',
    explains: [
      kind === 'advance'
        ? `You certify, as finance director, that the advance of ${pounds(claimedPence)} is for costs of the agreement that are to come, and that nobody else pays for them.`
        : `You certify, as finance director, that the ${pounds(claimedPence)} claimed are costs of the agreement that the trust incurred, that they are proved by the evidence, and that nobody else pays for them.`,
      'Your name and the time are recorded. Changing the claim afterwards drops the certificate.',
    ],
    fields: [],
    button: 'Certify it',
    notice: 'The claim is certified. It can be submitted now.',
  }),
  submit: ({ claimedPence }) => ({
    title: 'Submit the claim',
    explains: [
      `${pounds(claimedPence)} is claimed from the award, and an assessor of the funder checks it against its evidence.`,
      'What is submitted is kept as it is. It can be withdrawn until it is checked, and changed only where the funder queries it.',
    ],
    fields: [],
    button: 'Submit it',
    notice: 'The claim was submitted.',
  }),
  withdraw: () => ({
    title: 'Withdraw the claim',
    explains: [BACK_TO_AWARD, 'A claim that is withdrawn stays on record, and cannot be taken up again.'],
    fields: [reason()],
    button: 'Withdraw it',
    warning: true,
    notice: 'The claim was withdrawn.',
  }),
  answer: () => ({
    title: 'Send the claim back as it stands',
    explains: [
      'Every query has its answer, and nothing of the claim changes: the assessor goes on with the check.',
      'Where the queries are right, change the claim instead: that begins its next version.',
    ],
    fields: [],
    button: 'Send it back',
    notice: 'The claim is with the funder again.',
  }),
  revise: ({ version }) => ({
    title: 'Begin the next version',
    explains: [
      `Version ${version} is kept as it was submitted, and version ${version + 1} begins as a copy of it.`,
      'What was claimed goes back to the award until the new version is certified and submitted.',
    ],
    fields: [reason('Why it changes')],
    button: 'Begin the next version',
    notice: 'The next version is begun. Change what the queries are about.',
  }),
};

const OF_REVIEW: Steps<'check' | 'give-back' | 'query' | 'recommend' | 'reject'> = {
  check: () => ({
    title: 'Take the claim to be checked',
    explains: [
      'You check it against its evidence, and then query it or recommend it. The trust sees that the check began; it cannot withdraw the claim any more.',
    ],
    fields: [],
    button: 'Begin the check',
    notice: 'The check is begun. Query the claim, or recommend it.',
  }),
  'give-back': () => ({
    title: 'Give the claim back',
    explains: [
      'It waits to be taken up again, by you or by another assessor; the trust may withdraw it meanwhile.',
    ],
    fields: [reason()],
    button: 'Give it back',
    notice: 'The claim was given back, and waits to be taken up.',
  }),
  query: () => ({
    title: 'Query the claim',
    explains: [
      'The claim goes back to the trust with your questions. The trust answers each, and sends the claim back as it stands or as a new version.',
    ],
    fields: [],
    button: 'Send the questions',
    notice: 'The claim is with the trust, with your questions.',
  }),
  recommend: () => ({
    title: 'Recommend the claim',
    explains: [
      'Whoever approves it sees what you write here. Where less of a line should be approved, say how much and why.',
    ],
    fields: [{ kind: 'textarea', name: 'recommendation', label: 'What you recommend', max: 4_000 }],
    button: 'Recommend it',
    notice: 'The claim is recommended, and waits for approval.',
  }),
  reject: () => ({
    title: 'Reject the claim',
    explains: [
      BACK_TO_AWARD,
      'The trust sees your reason. It has to begin another claim for the same costs.',
    ],
    fields: [reason()],
    button: 'Reject it',
    warning: true,
    notice: 'The claim was rejected.',
  }),
};

const OF_APPROVAL: Steps<'approve' | 'second-approve' | 'withdraw-approval' | 'cancel-approval'> = {
  approve: ({ secondApprovalAbovePence: above }) => ({
    title: 'Approve the claim',
    explains: [
      'What you approve passes the gate of the tranche, and can be scheduled for payment. What you do not approve goes back to the award.',
      ...(above === null
        ? []
        : [
            `Above ${pounds(above)} an approval needs a second one, by somebody else: yours is then the first, and moves nothing yet.`,
          ]),
    ],
    fields: [grounds],
    button: 'Approve it',
    notice: 'The approval is recorded.',
  }),
  'second-approve': ({ approvedPence, people }) => ({
    title: 'Give the second approval',
    explains: [
      `${people.approvedBy?.name ?? 'Somebody'} approved ${pounds(approvedPence ?? 0)}, line by line as below. With your approval it passes the gate of the tranche, and can be scheduled for payment.`,
      'Where you would decide otherwise, do not give it: whoever gave the first can take it back, or the claim is rejected.',
    ],
    fields: [grounds],
    button: 'Give the second approval',
    notice: 'The claim is approved.',
  }),
  'withdraw-approval': () => ({
    title: 'Take the first approval back',
    explains: ['The claim is recommended, as before, and can be decided on anew.'],
    fields: [reason()],
    button: 'Take it back',
    notice: 'The first approval was taken back.',
  }),
  'cancel-approval': () => ({
    title: 'Cancel the approval',
    explains: ['The claim is rejected, and cannot be taken up again.', BACK_TO_AWARD],
    fields: [reason()],
    button: 'Cancel the approval',
    warning: true,
    notice: 'The approval was cancelled, and the claim is rejected.',
  }),
};

const OF_MONEY: Steps<'schedule' | 'raise-recovery'> = {
  schedule: ({ approvedPence }, today) => ({
    title: 'Schedule the payment',
    explains: [
      `${pounds(approvedPence ?? 0)} is to be paid, where the gate of the tranche is open. The gate is looked at again when the payment is recorded.`,
    ],
    fields: [
      {
        kind: 'day',
        name: 'scheduledFor',
        label: 'Day of the payment',
        hint: 'Today or a later day.',
        value: today,
      },
    ],
    button: 'Schedule it',
    notice: 'The payment is scheduled.',
  }),
  'raise-recovery': (claim) => ({
    title: 'Ask money back',
    explains: [
      'The trust’s finance director is asked to agree. The claim waits until the money is back, or is given up.',
    ],
    fields: [
      {
        kind: 'radios',
        name: 'cause',
        label: 'Why money is asked back',
        items: RECOVERY_CAUSES.map((cause) => ({ value: cause, text: words(cause) })),
      },
      {
        kind: 'pounds',
        name: 'amountPence',
        label: 'Amount',
        hint: `${pounds(stillPaidPence(claim))} is left of what was paid.`,
        min: 1,
      },
      {
        kind: 'textarea',
        name: 'reason',
        label: 'Reason',
        hint: 'In words that the trust can act on.',
      },
      { kind: 'day', name: 'dueOn', label: 'Day by which it is to be back', hint: 'Today or a later day.' },
    ],
    button: 'Ask it back',
    notice: 'The recovery is raised.',
  }),
};

/** Every step of a claim that has a page: what it means, what it asks, and what is said when it is done. */
export const CLAIM_STEP_PAGES: Steps<PagedStep> = { ...OF_TRUST, ...OF_REVIEW, ...OF_APPROVAL, ...OF_MONEY };

/** Answering one query. */
export const ANSWERING: Step = {
  title: 'Answer the query',
  explains: [],
  fields: [{ kind: 'textarea', name: 'answer', label: 'Answer', hint: 'Do not name patients.', max: 4_000 }],
  button: 'Save the answer',
  notice: 'The answer is saved. The claim goes back to the funder once you send it.',
};
