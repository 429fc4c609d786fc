import {
  FINDING_KINDS,
  FOLLOW_UP_OUTCOMES,
  OWNER_ROLES,
  PRIORITIES,
  STANCES,
} from '../../findings/finding.rules.js';
import type { RecordedFinding } from '../../findings/finding.service.js';
import type { FindingStep } from '../../findings/finding-steps.rules.js';
import type { ShownFinding } from '../../findings/findings.reader.js';
import { choicesOf } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { day } from '../page/format.js';
import type { Step } from '../page/step.js';

/** What was typed of a new finding. @throws Problem 400 with every fault */
export function findingIn(form: Form): RecordedFinding {
  const found = {
    kind: form.choice('kind', { label: 'Whether it is a finding or a recommendation', of: FINDING_KINDS }),
    review: form.text('review', { label: 'The review or audit', max: 300 }),
    statement: form.text('statement', { label: 'What was found', max: 4_000 }),
    priority: form.choice('priority', { label: 'How soon it matters', of: PRIORITIES }),
    ownerRole: form.choice('ownerRole', { label: 'Who is to act', of: OWNER_ROLES }),
    owner: form.textOrNull('owner', { label: 'Who that is', max: 300 }) ?? '',
    trust: form.textOrNull('trust', { label: 'What it is about', max: 160 }),
    dueOn: form.day('dueOn', { label: 'The day by which it is to be done' }) ?? '',
  };
  form.check();
  return found;
}

const about = ({ reference, statement }: ShownFinding): string => `${reference}: ${statement}`;

const response = (finding: ShownFinding): Step => ({
  title: 'Answer this finding',
  explains: [
    about(finding),
    'Say whether you agree, what will be done, and by when. Somebody else looks later whether it was done.',
  ],
  fields: [
    { kind: 'radios', name: 'stance', label: 'Do you agree?', items: choicesOf(STANCES) },
    { kind: 'textarea', name: 'response', label: 'What will be done, or why nothing will', max: 4_000 },
    {
      kind: 'day',
      name: 'plannedOn',
      label: 'By when it will be done',
      hint: 'Needed unless you do not agree. For example, 31 7 2018.',
      optional: true,
    },
  ],
  button: 'Send the answer',
  notice: 'The finding was answered.',
});

const followUp = (finding: ShownFinding): Step => ({
  title: 'Follow up this finding',
  explains: [
    about(finding),
    finding.state === 'responded'
      ? 'Say what a look at it showed. What is implemented is then closed.'
      : 'It was thought done. If a look at it shows that it is not, it is opened again and waits for a new answer.',
  ],
  fields: [
    {
      kind: 'radios',
      name: 'outcome',
      label: 'What did you see?',
      items: choicesOf(
        finding.state === 'responded'
          ? FOLLOW_UP_OUTCOMES
          : FOLLOW_UP_OUTCOMES.filter((outcome) => outcome !== 'implemented'),
      ),
    },
    { kind: 'textarea', name: 'found', label: 'What was looked at, and what was seen', max: 4_000 },
    {
      kind: 'textarea',
      name: 'evidence',
      label: 'What shows that it is implemented',
      hint: 'Needed where it is implemented.',
      max: 4_000,
      optional: true,
    },
  ],
  button: 'Record the follow-up',
  notice: 'The follow-up was recorded.',
});

const closure = (finding: ShownFinding): Step => ({
  title: 'Close this finding',
  explains: [
    about(finding),
    'Nothing is left to do about it. Only a follow-up that finds it wanting opens it again.',
  ],
  fields: [{ kind: 'textarea', name: 'conclusion', label: 'What is concluded', max: 4_000 }],
  button: 'Close the finding',
  warning: true,
  notice: 'The finding was closed.',
});

const dueDate = (finding: ShownFinding): Step => ({
  title: 'Move the due date',
  explains: [about(finding), `It is due on ${day(finding.dueOn)}. That day is kept, with the reason.`],
  fields: [
    { kind: 'day', name: 'dueOn', label: 'The new due date', hint: 'For example, 30 9 2018.' },
    { kind: 'textarea', name: 'reason', label: 'Why it is moved', max: 2_000 },
  ],
  button: 'Move the due date',
  notice: 'The due date was moved.',
});

/** What may be done with a finding, each on a page of its own. */
export const STEPS: Record<FindingStep, (finding: ShownFinding) => Step> = {
  response,
  'follow-up': followUp,
  closure,
  'due-date': dueDate,
};

/** What each step is called on the page of the finding. */
export const STEP_LINKS: Record<FindingStep, string> = {
  response: 'Answer this finding',
  'follow-up': 'Follow it up',
  closure: 'Close this finding',
  'due-date': 'Move the due date',
};
