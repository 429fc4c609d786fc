import type { ChangeOutlook } from '../../change-requests/change-outlook.reader.js';
import {
  CHANGE_REQUEST,
  type ChangeRequestVerb,
  effectOf,
} from '../../change-requests/change-request.rules.js';
import type { ShownChangeRequest } from '../../change-requests/change-requests.reader.js';
import type { Permission } from '../../core/permissions.js';
import { instant } from '../page/format.js';
import type { Fact } from '../page/page.js';
import type { Step, StepField } from '../page/step.js';
import { askedWords, effectWords } from './change.words.js';

/** A step of a change request: which verb it is, and who may take it. */
export interface ChangeStep extends Step {
  verb: Exclude<ChangeRequestVerb, 'save'>;
  permission: Permission;
}

const reason = (label: string, hint: string): StepField => ({
  kind: 'textarea',
  name: 'reason',
  label,
  hint,
  max: 2_000,
});

const PREPARE: Permission = 'change-request:prepare';
const DECIDE: Permission = 'change-request:decide';

/** The steps of a change request, by their names in addresses. */
export const CHANGE_STEPS = {
  submission: {
    verb: 'submit',
    permission: PREPARE,
    title: 'Submit this change request',
    explains: [
      'The funder is asked for this change, with what it would do as things stand now.',
      'From here on what is asked for cannot be edited. You can withdraw it.',
    ],
    fields: [],
    button: 'Submit',
    notice: 'The change request was submitted. The funder has it now, and assesses its impact.',
  },
  'impact-assessment': {
    verb: 'assess',
    permission: DECIDE,
    title: 'Assess the impact of this change',
    explains: [
      'What the change would do is worked out as things stand now, and kept for the decision.',
      'It can be assessed again as long as nobody has decided.',
    ],
    fields: [],
    button: 'Assess its impact',
    notice: 'The impact was assessed. It can be decided on now.',
  },
  approval: {
    verb: 'approve',
    permission: DECIDE,
    title: 'Approve this change',
    explains: [
      'You agree to the change with the impact below. It takes effect when it is applied.',
      'Whoever wrote or asked for it cannot approve it.',
    ],
    fields: [reason('Grounds', 'Why the change is right. The trust reads this.')],
    button: 'Approve',
    notice: 'The change was approved. It can be applied now.',
  },
  rejection: {
    verb: 'reject',
    permission: DECIDE,
    title: 'Reject this change',
    explains: ['The request comes to its end. If the change is needed after all, it is asked for anew.'],
    fields: [reason('Grounds', 'Why not. The trust reads this.')],
    button: 'Reject',
    warning: true,
    notice: 'The change was rejected.',
  },
  deferral: {
    verb: 'defer',
    permission: DECIDE,
    title: 'Defer the decision',
    explains: [
      'The decision waits until a day that you name. The impact is assessed again before it is made.',
    ],
    fields: [
      {
        kind: 'day',
        name: 'until',
        label: 'The day to wait until',
        hint: 'A later day than today, such as 31 7 2018.',
      },
      reason('Why it waits', 'The trust reads this.'),
    ],
    button: 'Defer',
    notice: 'The decision was deferred.',
  },
  withdrawal: {
    verb: 'withdraw',
    permission: PREPARE,
    title: 'Withdraw this change request',
    explains: ['The request comes to its end. If the change is needed after all, it is asked for anew.'],
    fields: [reason('Why it is taken back', 'The funder reads this.')],
    button: 'Withdraw',
    warning: true,
    notice: 'The change request was withdrawn.',
  },
  application: {
    verb: 'apply',
    permission: DECIDE,
    title: 'Apply this change',
    explains: [
      'All of the change is carried out at once, or nothing of it: milestones get their days, money moves, the agreement gets its next version. The baselines stay.',
      'It cannot be undone; another change request can change it again.',
    ],
    fields: [],
    button: 'Apply',
    warning: true,
    notice: 'The change was applied.',
  },
} as const satisfies Record<string, ChangeStep>;

export type ChangeStepName = keyof typeof CHANGE_STEPS;

/**
 * What whoever takes a step should have before them: what is asked for, and what it would do. Where things changed
 * since that was worked out, what it would do now stands beside it.
 */
export function stepFacts(change: ShownChangeRequest, { now }: Pick<ChangeOutlook, 'now'>): Fact[] {
  const moved = now !== null && now.changed.length > 0;
  const kept = change.impact && effectWords(effectOf(change.impact));
  const names = new Map(
    (now?.impact ?? change.impact)?.dates.map(({ milestone, name }) => [milestone, name]),
  );
  const today = now?.impact && effectWords(effectOf(now.impact));
  const labelled = (facts: ReturnType<typeof effectWords>, more: string) =>
    facts.map(({ label, value }) => ({ label: `${label}${more}`, value }));
  return [
    { label: 'Asked for', value: `${change.title}. ${askedWords(change.content, names)}` },
    { label: 'Why', value: change.justification },
    ...(kept ? labelled(kept, '') : today ? labelled(today, '') : []),
    ...(kept ? [{ label: 'Worked out', value: instant(change.impactAt) }] : []),
    ...(kept && moved && today ? labelled(today, ' now') : []),
    ...(now?.changed ?? []).map(({ message }) => ({ label: 'Changed since', value: message })),
    ...(now?.blockers ?? []).map(({ message }) => ({ label: 'In its way', value: message })),
  ];
}

/** Why a step cannot be taken in the state that a request is in. */
export const stepBlockers = ({ verb }: ChangeStep, { state }: ShownChangeRequest) =>
  CHANGE_REQUEST.blockers(verb, state);
