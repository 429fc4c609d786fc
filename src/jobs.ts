import { SEND_BLUEPRINT_NOTICE } from './blueprints/blueprint.jobs.js';
import { MAKE_EXPORT, REMOVE_EXPORTS } from './exports/export.jobs.js';
import { RECONCILE_LEDGER } from './funding/funding.jobs.js';
import { CLEAR_SIGN_INS, ERASE_UNSEEN_PEOPLE } from './identity/identity.jobs.js';
import { NOTICE_ENDING_ASSURANCE, SEND_ASSURANCE_NOTICES } from './milestones/milestones.jobs.js';
import { MAIL_CHECKPOINTS, SEND_CHECKPOINT } from './notifications/notifications.jobs.js';
import { KEEP_SUMS } from './programmes/programme.jobs.js';
import {
  ASSESS_RETURN,
  LOCK_ACCEPTED_RETURNS,
  OPEN_REPORTING_PERIODS,
} from './progress-reports/progress-report.jobs.js';
import { RECOMPUTE_PROGRESS, ROLL_UP_PROGRESS } from './targets/progress.jobs.js';

/** Every job of the program; the queue refuses to start where one has no handler, or two. */
export const JOBS = [
  ASSESS_RETURN,
  CLEAR_SIGN_INS,
  ERASE_UNSEEN_PEOPLE,
  KEEP_SUMS,
  LOCK_ACCEPTED_RETURNS,
  MAIL_CHECKPOINTS,
  MAKE_EXPORT,
  NOTICE_ENDING_ASSURANCE,
  OPEN_REPORTING_PERIODS,
  RECOMPUTE_PROGRESS,
  RECONCILE_LEDGER,
  REMOVE_EXPORTS,
  ROLL_UP_PROGRESS,
  SEND_ASSURANCE_NOTICES,
  SEND_BLUEPRINT_NOTICE,
  SEND_CHECKPOINT,
];
