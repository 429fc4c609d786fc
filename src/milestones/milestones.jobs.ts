import { defineJob } from '../queue/job.js';

/** Writes down which assurance ends, and a message for each trust and address that is to know. */
export const NOTICE_ENDING_ASSURANCE = defineJob<Record<string, never>>('notice-ending-assurance');

/** Which notices go to whom. */
export interface AssuranceLetterOrder {
  noticeIds: string[];
  to: string;
}

/** Sends a trust its notices. Tried for about two hours: mail servers refuse for a while. */
export const SEND_ASSURANCE_NOTICES = defineJob<AssuranceLetterOrder>('send-assurance-notices', {
  attempts: 8,
  backoffMs: 60_000,
});
