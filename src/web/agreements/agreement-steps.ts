import type { AgreementVerb } from '../../funding/agreements/agreement.rules.js';
import type { Step, StepField } from '../page/step.js';

/** The steps of an agreement's life, by the nouns of their addresses. */
export type AgreementStepName =
  | 'due-diligence'
  | 'return-to-draft'
  | 'approval'
  | 'offer'
  | 'signature'
  | 'activation'
  | 'suspension'
  | 'resumption'
  | 'closing'
  | 'closure'
  | 'withdrawal'
  | 'termination'
  | 'novation';

/** A step, and the verb of the state table that it carries out. */
export type AgreementStepPage = Step & { verb: AgreementVerb };

const REASON: StepField = {
  kind: 'textarea',
  name: 'reason',
  label: 'Reason',
  hint: 'The log keeps it. No patient data.',
  max: 2_000,
};
const REMARK: StepField = { ...REASON, label: 'Remark', optional: true };
const AUTHORITY: StepField = {
  kind: 'text',
  name: 'authority',
  label: 'Authority',
  hint: 'Who allowed it, and where that is written: Programme board, minute 7 of 4 May 2018.',
  max: 500,
};
/** What ends with an agreement, whichever way it ends. */
const LETS_GO =
  'Claims that were not submitted and match that was not evidenced are withdrawn. Claims under way, match that is evidenced and changes that are asked for must be settled before.';

const BEFORE: Record<
  'due-diligence' | 'return-to-draft' | 'approval' | 'offer' | 'signature' | 'activation' | 'withdrawal',
  AgreementStepPage
> = {
  'due-diligence': {
    verb: 'begin-due-diligence',
    title: 'Send the draft to due diligence',
    explains: ['Its terms hold as they stand now. To change them, it is returned to draft.'],
    fields: [],
    button: 'Send to due diligence',
    notice: 'The agreement is in due diligence.',
  },
  'return-to-draft': {
    verb: 'return-to-draft',
    title: 'Return the agreement to draft',
    explains: ['Its terms can then be changed, and it goes to due diligence again.'],
    fields: [REASON],
    button: 'Return to draft',
    notice: 'The agreement is a draft again.',
  },
  approval: {
    verb: 'approve',
    title: 'Approve the agreement',
    explains: [
      'This version never changes from then on.',
      'Nobody approves what they prepared: whoever wrote or changed the draft asks somebody else.',
    ],
    fields: [REMARK],
    button: 'Approve',
    warning: true,
    notice: 'The agreement was approved.',
  },
  offer: {
    verb: 'offer',
    title: 'Offer the agreement to the trust',
    explains: ['The trust’s finance director can then sign it.'],
    fields: [],
    button: 'Offer',
    notice: 'The agreement was offered to the trust.',
  },
  signature: {
    verb: 'sign',
    title: 'Sign the agreement',
    explains: [
      'You sign for the trust, and bind it to the terms and conditions of this agreement. It cannot be taken back.',
    ],
    fields: [],
    button: 'Sign',
    warning: true,
    notice: 'The agreement was signed.',
  },
  activation: {
    verb: 'activate',
    title: 'Put the agreement in force',
    explains: [
      'From today its grant is awarded and its match pledged in the ledger, line by line. Costs can be claimed.',
    ],
    fields: [],
    button: 'Put in force',
    warning: true,
    notice: 'The agreement is in force.',
  },
  withdrawal: {
    verb: 'withdraw',
    title: 'Withdraw the agreement',
    explains: ['It is given up before it is in force, for good. Another can be begun for the same award.'],
    fields: [REASON],
    button: 'Withdraw',
    warning: true,
    notice: 'The agreement was withdrawn.',
  },
};

const IN_FORCE: Record<
  'suspension' | 'resumption' | 'closing' | 'closure' | 'termination',
  AgreementStepPage
> = {
  suspension: {
    verb: 'suspend',
    title: 'Suspend the agreement',
    explains: ['Nothing is claimed or paid until it is resumed. Match can still be put in.'],
    fields: [REASON],
    button: 'Suspend',
    notice: 'The agreement is suspended.',
  },
  resumption: {
    verb: 'resume',
    title: 'Resume the agreement',
    explains: ['Costs can be claimed and paid again.'],
    fields: [REASON],
    button: 'Resume',
    notice: 'The agreement is active again.',
  },
  closing: {
    verb: 'begin-closing',
    title: 'Begin to close the agreement',
    explains: ['What was claimed before is still settled. Nothing new is claimed. It cannot be taken back.'],
    fields: [REMARK],
    button: 'Begin to close',
    warning: true,
    notice: 'The agreement is being closed.',
  },
  closure: {
    verb: 'close',
    title: 'Close the agreement',
    explains: [
      'What was never claimed goes back to the funder, and what was never evidenced is pledged no more.',
      LETS_GO,
    ],
    fields: [REMARK],
    button: 'Close',
    warning: true,
    notice: 'The agreement is closed.',
  },
  termination: {
    verb: 'terminate',
    title: 'Terminate the agreement',
    explains: [
      'It ends before its time. What was paid stands, and can be recovered; what was never claimed goes back to the funder.',
      LETS_GO,
    ],
    fields: [AUTHORITY, REASON],
    button: 'Terminate',
    warning: true,
    notice: 'The agreement was terminated.',
  },
};

const NOVATION: AgreementStepPage = {
  verb: 'novate',
  title: 'Give the agreement to a successor',
  explains: [
    'Another trust that took over all of this one gets an agreement of its own, with everything that stands in this one: grant, match, and projects. Nothing is counted twice, and no total changes.',
    'This agreement ends. Nobody does it who prepared the version that is handed over.',
  ],
  fields: [
    {
      kind: 'text',
      name: 'successor',
      label: 'Successor',
      hint: 'The ODS code of whoever took over, such as RXT.',
      max: 160,
    },
    {
      kind: 'text',
      name: 'reference',
      label: 'Reference of the successor’s agreement',
      hint: 'Such as MHGDE/2018/RXT-RW4.',
      max: 100,
    },
    {
      kind: 'day',
      name: 'effectiveOn',
      label: 'Effective date',
      hint: 'Not before the successor took over, and not after today.',
    },
    AUTHORITY,
    REASON,
  ],
  button: 'Give to the successor',
  warning: true,
  notice: 'The agreement was given to its successor. This is the successor’s agreement.',
};

/** Every step of an agreement's life, in the order of its life. */
export const AGREEMENT_STEPS: Record<AgreementStepName, AgreementStepPage> = {
  ...BEFORE,
  ...IN_FORCE,
  novation: NOVATION,
};

/** A step that is open to a reader, as its page links to it. */
export interface OpenStep {
  href: string;
  text: string;
  /** The way on, rather than a way back or out. */
  onward: boolean;
}

const ONWARD: readonly AgreementVerb[] = [
  'begin-due-diligence',
  'approve',
  'offer',
  'sign',
  'activate',
  'resume',
  'close',
];

/** The steps that a reader may take, those that lead on first. */
export function openStepsOf(id: string, next: readonly AgreementVerb[]): OpenStep[] {
  return Object.entries(AGREEMENT_STEPS)
    .filter(([, { verb }]) => next.includes(verb))
    .map(([name, { verb, title }]) => ({
      href: `/agreements/${id}/steps/${name}`,
      text: title,
      onward: ONWARD.includes(verb),
    }))
    .sort((a, b) => Number(b.onward) - Number(a.onward));
}
