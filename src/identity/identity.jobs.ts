import { defineJob } from '../queue/job.js';

export const CLEAR_SIGN_INS = defineJob<Record<string, never>>('clear-sign-ins');
