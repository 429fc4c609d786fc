import { type Actor, may } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import type { Permission } from '../../core/permissions.js';
import type { EvidenceView, MilestoneView } from '../../milestones/milestone.queries.js';
import { MILESTONE, type MilestoneVerb } from '../../milestones/milestone.rules.js';
import { day, plural } from '../page/format.js';
import type { Fact, Link } from '../page/page.js';
import type { Step, StepField } from '../page/step.js';
import { milestoneTag } from './milestone.words.js';

/** A step of a milestone: which verb it is (of an outcome, any of them), and who may take it. */
export interface MilestoneStep extends Step {
  verb: MilestoneVerb;
  permission: Permission;
  /** As a link to it says it. */
  link: string;
}

const reason = (label: string, optional = false): StepField => ({
  kind: 'textarea',
  name: 'reason',
  label,
  optional,
  max: 2_000,
});
const AUTHORITY: StepField = {
  kind: 'text',
  name: 'authority',
  label: 'Who gave the authority',
  hint: 'And where that is written, such as: Programme board, minute 7 of 4 May 2018.',
  max: 500,
};
const REVIEW: Permission = 'milestone:review';

/** The steps of a milestone, by their names in addresses. */
export const MILESTONE_STEPS = {
  'claim-withdrawal': {
    verb: 'withdraw-claim',
    permission: 'progress-report:prepare',
    link: 'Withdraw the claim',
    title: 'Withdraw the claim that this milestone is met',
    explains: [
      'The milestone is in progress again, and its actual date is taken away. You can claim it again in a return.',
    ],
    fields: [reason('Why it is taken back')],
    button: 'Withdraw the claim',
    notice: 'The claim was withdrawn. The milestone is in progress.',
  },
  review: {
    verb: 'review',
    permission: REVIEW,
    link: 'Take it under review',
    title: 'Take this milestone under review',
    explains: ['The trust cannot withdraw its claim from here on. You look at the evidence, and decide.'],
    fields: [reason('Remark', true)],
    button: 'Take it under review',
    notice: 'The milestone is under review.',
  },
  outcome: {
    verb: 'meet',
    permission: REVIEW,
    link: 'Decide on it',
    title: 'Decide whether this milestone is met',
    explains: [
      'A milestone is met on a day and with evidence only. Nobody decides on evidence that they uploaded themselves.',
      'What was not fully met goes on by an approved change request only.',
    ],
    fields: [
      {
        kind: 'radios',
        name: 'outcome',
        label: 'How the review ends',
        items: [
          { value: 'met', text: 'Met' },
          { value: 'partly-met', text: 'Partly met' },
          { value: 'not-met', text: 'Not met' },
        ],
      },
      reason('Grounds'),
    ],
    button: 'Decide',
    notice: 'The review was ended, and its outcome stands.',
  },
  waiver: {
    verb: 'waive',
    permission: REVIEW,
    link: 'Waive it',
    title: 'Waive this milestone',
    explains: [
      'The programme does without it. A gate that waits for it need not wait any more. It cannot be taken back.',
    ],
    fields: [AUTHORITY, reason('Reason', true)],
    button: 'Waive',
    warning: true,
    notice: 'The milestone was waived.',
  },
  cancellation: {
    verb: 'cancel',
    permission: REVIEW,
    link: 'Cancel it',
    title: 'Cancel this milestone',
    explains: [
      'It is given up, and never met. A tranche that waits for it does not open. It cannot be taken back.',
    ],
    fields: [AUTHORITY, reason('Reason', true)],
    button: 'Cancel the milestone',
    warning: true,
    notice: 'The milestone was cancelled.',
  },
  reopening: {
    verb: 'reopen',
    permission: REVIEW,
    link: 'Reopen it',
    title: 'Reopen this milestone',
    explains: [
      'A met milestone is reopened by an open finding of a review or an audit only. It is in progress again, and its actual date is taken away.',
    ],
    fields: [
      {
        kind: 'text',
        name: 'finding',
        label: 'The finding',
        hint: 'By its reference, such as FND-00003. It is about this trust or about the programme.',
        max: 200,
      },
      reason('Reason', true),
    ],
    button: 'Reopen',
    warning: true,
    notice: 'The milestone was reopened. It is in progress.',
  },
} as const satisfies Record<string, MilestoneStep>;

export type MilestoneStepName = keyof typeof MILESTONE_STEPS;

/** The steps that a reader may take with a milestone as it stands. */
export function openSteps(actor: Actor, { id, state }: Pick<MilestoneView, 'id' | 'state'>): Link[] {
  return Object.entries<MilestoneStep>(MILESTONE_STEPS)
    .filter(([, { verb, permission }]) => may(actor, permission) && MILESTONE.open(state).includes(verb))
    .map(([name, { link }]) => ({ text: link, href: `/milestones/${id}/steps/${name}` }));
}

/** Why a step cannot be taken in the state that a milestone is in. */
export const milestoneStepBlockers = ({ verb }: MilestoneStep, { state }: MilestoneView): Blocker[] =>
  MILESTONE.blockers(verb, state);

/** What whoever takes a step should have before them. */
export function milestoneFacts(milestone: MilestoneView, evidence: readonly EvidenceView[]): Fact[] {
  const { state, baselineOn, agreedOn, forecastOn, actualOn } = milestone;
  const shows = evidence.map(
    ({ description, uploadedBy }) => `${description}${uploadedBy ? ` (${uploadedBy})` : ''}`,
  );
  return [
    { label: 'State', value: milestoneTag(state).words },
    { label: 'Baseline', value: day(baselineOn) },
    { label: 'Agreed for', value: day(agreedOn ?? baselineOn) },
    { label: 'Forecast', value: day(forecastOn) },
    { label: 'Actual date', value: actualOn ? day(actualOn) : 'None given' },
    {
      label: 'Evidence',
      value: evidence.length === 0 ? 'None' : `${plural(evidence.length, 'file')}: ${shows.join('; ')}`,
    },
  ];
}
