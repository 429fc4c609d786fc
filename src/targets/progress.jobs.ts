import { defineJob } from '../queue/job.js';

export const RECOMPUTE_PROGRESS = defineJob<{ programmeId: string; trustId: string; periodId: string }>(
  'recompute-progress',
);
export const ROLL_UP_PROGRESS = defineJob<{ programmeId: string; periodId: string }>('roll-up-progress');
