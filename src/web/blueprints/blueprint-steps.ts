import type { BlueprintStep } from '../../blueprints/blueprint.rules.js';
import { STEP_PERMISSION } from '../../blueprints/blueprint.rules.js';
import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import type { Permission } from '../../core/permissions.js';
import type { Step, StepField } from '../page/step.js';

/** What may be done with a blueprint on a page of its own. */
export type PageStep = BlueprintStep | 'new-version' | 'question' | 'visit';

/** What each is called on the page of the blueprint. */
export const STEP_LINKS: Record<PageStep, string> = {
  submission: 'Submit it',
  review: 'Take it into review',
  query: 'Ask its trust about it',
  answer: 'Answer what the review asked',
  publication: 'Publish it',
  withdrawal: 'Withdraw it',
  'new-version': 'Begin a new version',
  question: 'Ask about it',
  visit: 'Record a visit',
};

/** What each asks of whoever takes it. */
export const PAGE_STEP_PERMISSION: Record<PageStep, Permission> = {
  ...STEP_PERMISSION,
  'new-version': 'blueprint:prepare',
  question: 'blueprint:use',
  visit: 'blueprint:use',
};

const organisation = (optional: boolean): StepField => ({
  ...{ kind: 'text', name: 'organisation', label: 'Who it was, by ODS code', max: 12, optional },
  hint: optional ? 'Leave this empty where it was your own trust.' : 'For example, RTV.',
});

const step = (
  title: string,
  explains: string[],
  button: string,
  notice: string,
  fields: StepField[] = [],
): Step => ({
  ...{ title, explains, button, notice, fields },
});

const submission = (): Step =>
  step(
    'Submit this blueprint',
    [
      'What is written cannot be changed afterwards: a correction is a new version. Milestones, cost, measures and evidence of the project are added as they stand today.',
      'The funder reviews and publishes it. Once it is published, everybody can read it; who to ask, and its files, only people who are signed in.',
    ],
    'Submit it',
    'The blueprint was submitted.',
  );
const review = (): Step =>
  step(
    'Take this blueprint into review',
    [
      'Its trust is told that somebody reads it. Ask it about what is not clear; then it is published, or withdrawn.',
    ],
    'Take it into review',
    'The blueprint is in review.',
  );
const query = (): Step =>
  step(
    'Ask its trust about this blueprint',
    ['Its trust answers, or begins a corrected version.'],
    'Send the question',
    'Its trust was asked.',
    [{ kind: 'textarea', name: 'question', label: 'What has to be clearer', max: 2_000 }],
  );
const answer = ({ latest }: ShownBlueprint): Step =>
  step(
    'Answer what the review asked',
    [`Asked: ${latest.question ?? ''}`, 'To correct the blueprint itself, begin a new version instead.'],
    'Send the answer',
    'The answer was sent.',
    [{ kind: 'textarea', name: 'answer', label: 'Answer', max: 4_000 }],
  );
const publication = ({ published }: ShownBlueprint): Step =>
  step(
    'Publish this blueprint',
    [
      'Everybody can read it from now on; who to ask, and its files, only people who are signed in.',
      ...(published ? [`Version ${published.number} is superseded by it.`] : []),
    ],
    'Publish it',
    'The blueprint was published.',
  );
const withdrawal = (): Step => ({
  ...step(
    'Withdraw this blueprint',
    ['It is not found any more. Who has its address is told that it was withdrawn, and why.'],
    'Withdraw it',
    'The blueprint was withdrawn.',
    [{ kind: 'textarea', name: 'reason', label: 'Why it is withdrawn', max: 2_000 }],
  ),
  warning: true,
});
const newVersion = ({ latest }: ShownBlueprint): Step =>
  step(
    'Begin a new version',
    [
      'It begins with what is written now.',
      latest.state === 'queried'
        ? 'The version that was asked about is superseded at once.'
        : 'Until it is published, what is published stays.',
    ],
    'Begin it',
    'A new version was begun.',
  );
const question = (ownTrust: boolean) => (): Step =>
  step(
    'Ask about this blueprint',
    [
      'Everybody who is signed in can read the question and its answer, so that it is answered once. Name no patient.',
    ],
    'Ask',
    'Your question was sent.',
    [
      { kind: 'textarea', name: 'question', label: 'Question', max: 4_000 },
      ...(ownTrust ? [] : [{ ...organisation(false), label: 'For whom you ask, by ODS code' } as StepField]),
    ],
  );
const visit = (ownTrust: boolean) => (): Step =>
  step(
    'Record a visit',
    ['Everybody who is signed in can read it. Name no patient.'],
    'Record it',
    'The visit was recorded.',
    [
      { kind: 'day', name: 'visitedOn', label: 'Day of the visit', hint: 'For example, 20 4 2018.' },
      { kind: 'textarea', name: 'words', label: 'What was seen, and what came of it', max: 4_000 },
      organisation(ownTrust),
    ],
  );

/** Every step as somebody is asked it. @param ownTrust whether they act for a trust */
export const stepsFor = (ownTrust: boolean): Record<PageStep, (shown: ShownBlueprint) => Step> => ({
  ...{ submission, review, query, answer, publication, withdrawal },
  'new-version': newVersion,
  question: question(ownTrust),
  visit: visit(ownTrust),
});

/** The answer to a question about a blueprint. */
export const ANSWER: Step = step(
  'Answer a question about your blueprint',
  ['Everybody who is signed in can read the answer. It cannot be changed afterwards.'],
  'Send the answer',
  'The question was answered.',
  [{ kind: 'textarea', name: 'answer', label: 'Answer', max: 4_000 }],
);
