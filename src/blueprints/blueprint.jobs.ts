import { defineJob } from '../queue/job.js';
import type { BlueprintEvent } from './blueprint-letter.rules.js';

/** What happened with which blueprint, and who is told. */
export interface BlueprintLetterOrder {
  event: BlueprintEvent;
  blueprintId: string;
  /** The question, where it is about one. */
  contactId: string | null;
  /** An address of an organisation; null: where the blueprint says that it is asked about. */
  to: string | null;
}

/** Sends a notice. Tried for about two hours: mail servers refuse for a while. */
export const SEND_BLUEPRINT_NOTICE = defineJob<BlueprintLetterOrder>('send-blueprint-notice', {
  attempts: 8,
  backoffMs: 60_000,
});
