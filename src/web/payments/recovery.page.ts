import { type Actor, may } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import type { Permission } from '../../core/permissions.js';
import type { ShownRecovery } from '../../funding/payments/recoveries.reader.js';
import { RECOVERY, type RecoveryVerb } from '../../funding/payments/recovery.rules.js';
import { day, instant, pounds, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { type Step, stepPage } from '../page/step.js';
import { money, table, text } from '../page/table.js';
import { recoveryTag } from './payment.words.js';

/** Who may take each step. */
export const RECOVERY_PERMISSIONS: Record<RecoveryVerb, Permission> = {
  agree: 'recovery:agree',
  recover: 'recovery:raise',
  'write-off': 'recovery:raise',
  withdraw: 'recovery:raise',
};

/** Every step of a recovery: what it means, what it asks, and what is said when it is done. */
export const RECOVERY_STEPS: Record<RecoveryVerb, (recovery: ShownRecovery, today: DateOn) => Step> = {
  agree: ({ amountPence, dueOn }) => ({
    title: 'Agree to pay back',
    explains: [
      `The trust is to pay ${pounds(amountPence)} back by ${day(dueOn)}. Your name and the time are recorded.`,
      'Where you do not agree, do not do this: tell the funder, who can withdraw the recovery.',
    ],
    fields: [],
    button: 'Agree',
    notice: 'The trust agreed to pay back.',
  }),
  recover: ({ amountPence }, today) => ({
    title: 'Record that the money came back',
    explains: [`${pounds(amountPence)} came back, over the lines that it was paid of.`],
    fields: [
      { kind: 'day', name: 'receivedOn', label: 'Day on which it came back', value: today },
      { kind: 'text', name: 'reference', label: 'Bank reference of the receipt', max: 100 },
    ],
    button: 'Record it',
    notice: 'The receipt is recorded.',
  }),
  'write-off': ({ amountPence }) => ({
    title: 'Give the money up',
    explains: [
      `${pounds(amountPence)} is not asked back any more. It stays paid, and counts as written off.`,
    ],
    fields: [
      {
        kind: 'text',
        name: 'authority',
        label: 'Authority',
        hint: 'Who allows it, and where that is written, such as “Director of finance, letter of 2 July 2018”.',
        max: 500,
      },
      { kind: 'textarea', name: 'reason', label: 'Reason' },
    ],
    button: 'Give it up',
    warning: true,
    notice: 'The money was written off.',
  }),
  withdraw: () => ({
    title: 'Withdraw the recovery',
    explains: ['The claim is what it was before. A recovery that is withdrawn stays on record.'],
    fields: [{ kind: 'textarea', name: 'reason', label: 'Reason' }],
    button: 'Withdraw it',
    warning: true,
    notice: 'The recovery was withdrawn.',
  }),
};

const WORDS: Record<RecoveryVerb, string> = {
  agree: 'Agree to pay back',
  recover: 'Record that the money came back',
  'write-off': 'Give the money up',
  withdraw: 'Withdraw it',
};

/** What keeps somebody from a step whose state would allow it: whoever asked for money does not give it up. */
const ownBlockers = (step: RecoveryVerb, { raisedBy }: ShownRecovery, actor: Pick<Actor, 'id'>): Blocker[] =>
  step === 'write-off' && raisedBy.id === actor.id
    ? [
        {
          code: 'write-off-by-raiser',
          message: 'You raised this recovery, so somebody else must write it off.',
        },
      ]
    : [];

/** The steps that are open to somebody. */
export function openRecoverySteps(recovery: ShownRecovery, actor: Actor): RecoveryVerb[] {
  return recovery.next.filter(
    (step) => may(actor, RECOVERY_PERMISSIONS[step]) && ownBlockers(step, recovery, actor).length === 0,
  );
}

const FORWARD: readonly RecoveryVerb[] = ['agree', 'recover'];

function actionsOf(recovery: ShownRecovery, actor: Actor): { forward: Link[]; others: Link[] } {
  const open = openRecoverySteps(recovery, actor);
  const link = (step: RecoveryVerb): Link => ({
    text: WORDS[step],
    href: `/recoveries/${recovery.id}/steps/${step}`,
  });
  return {
    forward: open.filter((step) => FORWARD.includes(step)).map(link),
    others: open.filter((step) => !FORWARD.includes(step)).map(link),
  };
}

const trailOf = ({ programme, id, reference }: ShownRecovery): Link[] => [
  { text: 'Recoveries', href: `/programmes/${programme}/recoveries` },
  { text: reference, href: `/recoveries/${id}` },
];

const closedWord = (state: string): string => (state === 'recovered' ? 'Recorded by' : 'Ended by');

const factsOf = (recovery: ShownRecovery) => [
  { label: 'Why', value: `${words(recovery.cause)}. ${recovery.reason}` },
  { label: 'Due on', value: `${day(recovery.dueOn)}${recovery.overdue ? ' (overdue)' : ''}` },
  { label: 'Claim', value: recovery.claim.reference, href: `/claims/${recovery.claim.id}` },
  {
    label: 'Payment',
    value: `${recovery.payment.reference}, ${pounds(recovery.payment.amountPence)}`,
    href: `/payments/${recovery.payment.id}`,
  },
  { label: 'Raised by', value: `${recovery.raisedBy.name}, ${instant(recovery.raisedAt)}` },
  ...(recovery.agreedBy
    ? [{ label: 'Agreed by', value: `${recovery.agreedBy.name}, ${instant(recovery.agreedAt)}` }]
    : []),
  ...(recovery.closedBy
    ? [{ label: closedWord(recovery.state), value: `${recovery.closedBy.name}, ${day(recovery.closedOn)}` }]
    : []),
  ...(recovery.receiptReference
    ? [{ label: 'Bank reference of the receipt', value: recovery.receiptReference }]
    : []),
  ...(recovery.authority ? [{ label: 'Authority', value: recovery.authority }] : []),
  ...(recovery.closedBecause ? [{ label: 'Why it ended so', value: recovery.closedBecause }] : []),
];

/** The page of a recovery, with the steps that are open to its reader. */
export function recoveryPage(recovery: ShownRecovery, actor: Actor): Page {
  return {
    view: 'payments/recovery.njk',
    title: `Recovery ${recovery.reference}`,
    caption: recovery.trust.name,
    trail: trailOf(recovery).slice(0, 1),
    tables: [
      table<ShownRecovery['lines'][number]>({
        id: 'lines',
        caption: 'By line of the award',
        rows: recovery.lines,
        columns: [
          text('Financial year', ({ financialYear }) => financialYear),
          text('Kind', ({ kind }) => words(kind)),
          money('Amount', ({ amountPence }) => amountPence),
        ],
        empty: 'Nothing came back yet.',
      }),
    ],
    model: {
      recovery,
      tag: recoveryTag(recovery.state),
      facts: factsOf(recovery),
      actions: actionsOf(recovery, actor),
    },
  };
}

/** The page of a step of a recovery. */
export function recoveryStepPage(
  recovery: ShownRecovery,
  step: RecoveryVerb,
  at: { actor: Pick<Actor, 'id'>; today: DateOn },
): Page {
  const blockers = [...RECOVERY.blockers(step, recovery.state), ...ownBlockers(step, recovery, at.actor)];
  const page = stepPage(RECOVERY_STEPS[step](recovery, at.today), {
    action: `/recoveries/${recovery.id}/steps/${step}`,
    caption: `Recovery ${recovery.reference}, ${recovery.trust.name}`,
    revision: recovery.revision,
    trail: trailOf(recovery),
    facts: [
      { label: 'Amount', value: pounds(recovery.amountPence) },
      { label: 'Why it is asked back', value: `${words(recovery.cause)}. ${recovery.reason}` },
    ],
    back: `/recoveries/${recovery.id}`,
  });
  return {
    ...page,
    view: 'claims/step.njk',
    model: { ...page.model, blockers, closed: blockers.length > 0 },
  };
}
