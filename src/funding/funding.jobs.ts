import { defineJob } from '../queue/job.js';

/** Of one programme, or of all of them where none is named, as at night. */
export const RECONCILE_LEDGER = defineJob<{ programmeId?: string }>('reconcile-ledger');
