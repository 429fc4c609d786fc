import { defineJob } from '../queue/job.js';

export const CLEAR_SIGN_INS = defineJob<Record<string, never>>('clear-sign-ins');

export const ERASE_UNSEEN_PEOPLE = defineJob<Record<string, never>>('erase-unseen-people');
