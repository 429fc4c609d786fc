import { type Actor, may } from '../../core/actor.js';
import type { Permission } from '../../core/permissions.js';
import type { AgreementState } from '../../funding/agreements/agreement-states.js';
import type { ContributionView } from '../../funding/match/contribution.queries.js';
import {
  CONTRIBUTION,
  type ContributionVerb,
  decisionBlockers,
  matchUnderBlockers,
} from '../../funding/match/contribution.rules.js';
import type { OpenStep } from '../agreements/agreement-steps.js';
import { pounds } from '../page/format.js';
import type { Step, StepField } from '../page/step.js';

/** The steps of a contribution's life, by the nouns of their addresses. */
export type ContributionStepName =
  | 'evidencing'
  | 'acceptance'
  | 'rejection'
  | 'withdrawal'
  | 'acceptance-reversal';

/** What a step carries out, and who may. */
export const CONTRIBUTION_STEPS: Record<
  ContributionStepName,
  { verb: ContributionVerb; permission: Permission; title: string; onward: boolean }
> = {
  evidencing: {
    verb: 'evidence',
    permission: 'match:record',
    title: 'Evidence the contribution',
    onward: true,
  },
  acceptance: { verb: 'accept', permission: 'match:accept', title: 'Accept the contribution', onward: true },
  rejection: {
    verb: 'reject',
    permission: 'match:accept',
    title: 'Reject the contribution',
    onward: false,
  },
  withdrawal: {
    verb: 'withdraw',
    permission: 'match:record',
    title: 'Withdraw the contribution',
    onward: false,
  },
  'acceptance-reversal': {
    verb: 'take-back',
    permission: 'match:accept',
    title: 'Take the acceptance back',
    onward: false,
  },
};

const REASON: StepField = {
  kind: 'textarea',
  name: 'reason',
  label: 'Reason',
  hint: 'The log keeps it. No patient data.',
  max: 2_000,
};

function proofFields({
  netPence,
  vatPence,
  recoverableVatPence,
  amountPence,
  incurredOn,
  invoicedOn,
  defrayedOn,
}: ContributionView): StepField[] {
  return [
    { kind: 'pounds', name: 'netPence', label: 'Net cost', value: netPence },
    { kind: 'pounds', name: 'vatPence', label: 'VAT', hint: '0 where there is none.', value: vatPence },
    {
      kind: 'pounds',
      name: 'recoverableVatPence',
      label: 'VAT that is got back',
      hint: 'It is no contribution.',
      value: recoverableVatPence,
    },
    {
      kind: 'pounds',
      name: 'amountPence',
      label: 'What counts',
      hint: 'At most the net cost and the VAT that is not got back. It may be more than was pledged.',
      value: netPence === null ? null : amountPence,
      min: 1,
    },
    { kind: 'day', name: 'incurredOn', label: 'Date the cost arose', value: incurredOn },
    {
      kind: 'day',
      name: 'invoicedOn',
      label: 'Date it was invoiced',
      hint: 'Needed where it is valued by an invoice.',
      optional: true,
      value: invoicedOn,
    },
    {
      kind: 'day',
      name: 'defrayedOn',
      label: 'Date it was paid out',
      hint: 'Needed for cash.',
      optional: true,
      value: defrayedOn,
    },
  ];
}

/** A step of a contribution's life, with what is known of it filled in. */
export function contributionStep(name: ContributionStepName, view: ContributionView): Step {
  const { title } = CONTRIBUTION_STEPS[name];
  const amount = pounds(view.amountPence);
  const steps: Record<ContributionStepName, Omit<Step, 'title'>> = {
    evidencing: {
      explains: [
        `${amount} was pledged. Say what the contribution was when it arose, as its evidence shows.`,
        'Somebody at the funder then accepts or rejects it.',
      ],
      fields: proofFields(view),
      button: 'Put it in as evidenced',
      notice: 'The contribution is evidenced, and waits to be accepted.',
    },
    acceptance: {
      explains: [
        `${amount} counts toward the match ratio from now on.`,
        'Nobody accepts what they recorded, changed or evidenced.',
      ],
      fields: [
        { ...REASON, label: 'Grounds', hint: 'Why it is accepted; the log keeps it.', optional: true },
      ],
      button: 'Accept',
      notice: `The contribution was accepted: ${amount} counts.`,
    },
    rejection: {
      explains: ['Its evidence counts no more. The trust can put it right and evidence it anew.'],
      fields: [REASON],
      button: 'Reject',
      warning: true,
      notice: 'The contribution was rejected.',
    },
    withdrawal: {
      explains: ['The pledge is taken back for good. Its evidence may count for something else.'],
      fields: [REASON],
      button: 'Withdraw',
      warning: true,
      notice: 'The contribution was withdrawn.',
    },
    'acceptance-reversal': {
      explains: [
        `${amount} counts no more, whatever was paid on it. What is then missing shows as a shortfall.`,
        'The contribution is evidenced again, and can be accepted or rejected.',
      ],
      fields: [REASON],
      button: 'Take the acceptance back',
      warning: true,
      notice: 'The acceptance was taken back.',
    },
  };
  return { title, ...steps[name] };
}

/** The steps that somebody may take with a contribution, under an agreement in a state. */
export function openContributionSteps(
  actor: Actor,
  view: ContributionView,
  agreement: { state: AgreementState; reference: string },
): OpenStep[] {
  const open = CONTRIBUTION.open(view.state);
  return Object.entries(CONTRIBUTION_STEPS)
    .filter(
      ([, { verb, permission }]) =>
        open.includes(verb) &&
        may(actor, permission) &&
        matchUnderBlockers(verb, agreement).length === 0 &&
        // Nothing is evidenced by nothing: its page asks for the evidence first.
        (verb !== 'evidence' || view.countingEvidence > 0) &&
        !keptFrom(actor, verb, view),
    )
    .map(([name, { title, onward }]) => ({
      href: `/contributions/${view.id}/steps/${name}`,
      text: title,
      onward,
    }));
}

/** Whether somebody's own part in a contribution keeps them from deciding on it. */
function keptFrom(actor: Actor, verb: ContributionVerb, view: ContributionView): boolean {
  if (verb !== 'accept' && verb !== 'reject' && verb !== 'take-back') return false;
  const { state, recordedBy, evidencedBy } = view;
  const decision = { verb, state, deciderId: actor.id, evidencedById: evidencedBy?.id ?? null };
  return decisionBlockers({ ...decision, recorderIds: recordedBy.map(({ id }) => id) }).length > 0;
}
