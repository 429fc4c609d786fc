import { createHash } from 'node:crypto';
import type { Letter } from '../notifications/mailer.js';
import { blueprintTitle } from './blueprint.rules.js';
import type { LetterFacts } from './blueprint-notice.queries.js';

/** What somebody is told of a blueprint: what waits for them, and what became of what they did. */
export type BlueprintEvent = 'asked' | 'answered' | 'submitted' | 'queried' | 'published';

/** What a letter says: in its subject, and in its text. */
const SAID: Record<BlueprintEvent, (facts: LetterFacts) => { subject: string; text: string }> = {
  asked: ({ question, asker }) => ({
    subject: 'a question waits for your answer',
    text: `${asker} asks:\n\n${question}`,
  }),
  answered: ({ question, answer, trust }) => ({
    subject: 'your question is answered',
    text: `You asked:\n\n${question}\n\n${trust} answers:\n\n${answer}`,
  }),
  submitted: ({ trust }) => ({
    subject: 'a blueprint waits for its review',
    text: `${trust} has submitted it. Whoever wrote nothing of it may review it.`,
  }),
  queried: ({ reviewQuestion }) => ({
    subject: 'the review asks about your blueprint',
    text: `The review asks:\n\n${reviewQuestion}\n\nAnswer it, or correct the blueprint in a new version.`,
  }),
  published: () => ({
    subject: 'your blueprint is published',
    text: 'Its review is done, and everybody can read it. Questions about it come to your trust.',
  }),
};

/** Whether what a letter would tell of still stands: a question that is answered by now does not wait any more. */
export const stillStands = (event: BlueprintEvent, { state, answer }: LetterFacts): boolean =>
  ({
    asked: answer === null,
    answered: true,
    submitted: state === 'submitted',
    queried: state === 'queried',
    published: state === 'published',
  })[event];

/**
 * A letter about a blueprint. The same event is the same letter to an address, so that it is seen once where a mail
 * server takes it twice.
 * @param address where this server is reached; undefined where the settings do not say
 */
export function blueprintLetter(
  event: BlueprintEvent,
  facts: LetterFacts,
  { to, address = 'this server' }: { to: string; address: string | undefined },
): Letter {
  const { subject, text } = SAID[event](facts);
  const { id, reference, versionId, contactId } = facts;
  const hash = createHash('sha256')
    .update(
      JSON.stringify([event, contactId ?? versionId, to, event === 'queried' ? facts.reviewQuestion : null]),
    )
    .digest('hex')
    .slice(0, 32);
  return {
    to,
    subject: `${reference}: ${subject}`,
    id: `<${hash}@notices.exemplar.invalid>`,
    text: `${blueprintTitle(facts)}\n\n${text}\n\n${address}/blueprints/${id}\n`,
  };
}
