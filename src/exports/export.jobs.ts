import { defineJob } from '../queue/job.js';

export const MAKE_EXPORT = defineJob<{ exportId: string }>('make-export', { attempts: 8, backoffMs: 2_000 });
export const REMOVE_EXPORTS = defineJob<Record<string, never>>('remove-exports');
