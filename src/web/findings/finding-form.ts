import { FINDING_KINDS } from '../../findings/finding.rules.js';
import type { RecordedFinding } from '../../findings/finding.service.js';
import type { Form } from '../page/form.js';
import type { Step } from '../page/step.js';

/** What was typed of a new finding. @throws Problem 400 with every fault */
export function findingIn(form: Form): RecordedFinding {
  const found = {
    kind: form.choice('kind', { label: 'Whether it is a finding or a recommendation', of: FINDING_KINDS }),
    review: form.text('review', { label: 'The review or audit', max: 300 }),
    statement: form.text('statement', { label: 'What was found', max: 4_000 }),
    owner: form.text('owner', { label: 'Who is to answer it', max: 300 }),
    trust: form.textOrNull('trust', { label: 'What it is about', max: 160 }),
    dueOn: form.day('dueOn', { label: 'The day by which it is to be answered' }) ?? '',
  };
  form.check();
  return found;
}

/** Closing a finding. */
export const CLOSURE: Step = {
  title: 'Close this finding',
  explains: [
    'It was answered: say what was done about it. It cannot be opened again; what comes up later is a finding of its own.',
  ],
  fields: [{ kind: 'textarea', name: 'response', label: 'What was done about it', max: 4_000 }],
  button: 'Close the finding',
  warning: true,
  notice: 'The finding was closed.',
};
