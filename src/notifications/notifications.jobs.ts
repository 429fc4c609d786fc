import type { DateOn } from '../core/calendar.js';
import { defineJob } from '../queue/job.js';

/** Writes a message for each auditor, so that one whose mail is refused does not hold up the others. */
export const MAIL_CHECKPOINTS = defineJob<Record<string, never>>('mail-checkpoints');

/** Which checkpoint goes to whom, and the day that it is for. */
export interface CheckpointOrder {
  size: number;
  to: string;
  day: DateOn;
}

/** Sends an auditor a checkpoint. Tried for about two hours: mail servers refuse for a while. */
export const SEND_CHECKPOINT = defineJob<CheckpointOrder>('send-checkpoint', {
  attempts: 8,
  backoffMs: 60_000,
});
