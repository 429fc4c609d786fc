import { defineJob } from '../queue/job.js';

/** Of all programmes. */
export const KEEP_SUMS = defineJob('keep-sums');
