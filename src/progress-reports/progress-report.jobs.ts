import { defineJob } from '../queue/job.js';

export const ASSESS_RETURN = defineJob<{ reportId: string; version: number }>('assess-return');
export const OPEN_REPORTING_PERIODS = defineJob('open-reporting-periods');
export const LOCK_ACCEPTED_RETURNS = defineJob('lock-accepted-returns');
