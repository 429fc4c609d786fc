import { type Blocker, blockers } from '../core/blockers.js';
import { addDays, type DateOn } from '../core/calendar.js';
import { type FinancialYear, financialYear } from '../core/financial-period.js';
import { defineTransitions } from '../core/transitions.js';
import type { ReturnSection } from './return-content.js';

/** The states of a return (domain.md section 10). Overdue is computed and never a state: `isOverdue`. */
export const PROGRESS_REPORT_STATES = [
  'not-due',
  'open',
  'draft',
  'trust-certified',
  'submitted',
  'queried',
  'resubmitted',
  'accepted',
  'locked',
] as const;
export type ProgressReportState = (typeof PROGRESS_REPORT_STATES)[number];

export type ProgressReportVerb =
  | 'open'
  | 'save'
  | 'certify'
  | 'submit'
  | 'resubmit'
  | 'query'
  | 'revise'
  | 'accept'
  | 'lock'
  | 'correct';

/**
 * A return's life (domain.md section 10). Saving drops the certificate: what is submitted is what was certified.
 * `revise` and `correct` begin a new version and keep the old one.
 */
export const PROGRESS_REPORT = defineTransitions<ProgressReportState, ProgressReportVerb>(
  'return',
  'not-due',
  PROGRESS_REPORT_STATES,
  {
    open: { from: ['not-due'], to: 'open' },
    save: { from: ['open', 'draft', 'trust-certified'], to: 'draft' },
    certify: { from: ['draft'], to: 'trust-certified' },
    submit: { from: ['trust-certified'], to: 'submitted' },
    resubmit: { from: ['trust-certified'], to: 'resubmitted' },
    query: { from: ['submitted', 'resubmitted'], to: 'queried' },
    revise: { from: ['queried'], to: 'draft' },
    accept: { from: ['submitted', 'resubmitted'], to: 'accepted' },
    lock: { from: ['accepted'], to: 'locked' },
    correct: { from: ['accepted', 'locked'], to: 'draft' },
  },
);

/** The verb that submits a version: the first is submitted, later ones are resubmitted. */
export function submissionVerb(version: number): 'submit' | 'resubmit' {
  return version > 1 ? 'resubmit' : 'submit';
}

/**
 * Whether the trust owes a return whose day has passed: opened and not submitted, after the due day. A later version
 * answers a query or corrects what was accepted, so it was submitted once, and is not overdue.
 */
export function isOverdue(state: ProgressReportState, dueOn: DateOn, today: DateOn, version = 1): boolean {
  const owed = state === 'open' || state === 'draft' || state === 'trust-certified';
  return owed && version === 1 && today > dueOn;
}

/**
 * What blocks the certificate: it is given by another person than anyone who prepared this version (domain.md
 * section 9, rule 5), on a return that is complete.
 * @param certification.missing of `completenessBlockers`
 */
export function certificationBlockers(certification: {
  state: ProgressReportState;
  certifierId: string;
  /** Everybody who saved this version. */
  preparerIds: readonly string[];
  missing: readonly Blocker[];
}): Blocker[] {
  const { state, certifierId, preparerIds, missing } = certification;
  return [
    ...PROGRESS_REPORT.blockers('certify', state),
    ...blockers(
      preparerIds.includes(certifierId) && {
        code: 'certifier-is-preparer',
        message: 'You prepared this return, so somebody else at your organisation must certify it.',
      },
    ),
    ...missing,
  ];
}

/**
 * What blocks the submission: the version is certified, by somebody who did not prepare it; it is still complete (the
 * programme may have gained a milestone since); and each section that was queried has its answer.
 */
export function submissionBlockers(submission: {
  state: ProgressReportState;
  version: number;
  certifierId: string | null;
  preparerIds: readonly string[];
  missing: readonly Blocker[];
  unansweredQueries?: readonly ReturnSection[];
}): Blocker[] {
  const { state, version, certifierId, preparerIds, missing, unansweredQueries = [] } = submission;
  return [
    ...PROGRESS_REPORT.blockers(submissionVerb(version), state),
    ...blockers(
      certifierId === null && {
        code: 'not-certified',
        message: 'This version has no certificate. Have it certified, then submit it.',
      },
      certifierId !== null &&
        preparerIds.includes(certifierId) && {
          code: 'certifier-is-preparer',
          message: 'This version was certified by somebody who prepared it. Somebody else must certify it.',
        },
    ),
    ...missing,
    ...unansweredQueries.map((section) => ({
      code: 'query-unanswered',
      message: `The query on ${section} has no answer yet. Answer it, even where nothing changes.`,
      pointer: `/${section}`,
    })),
  ];
}

export type AssessmentState = 'waiting' | 'running' | 'finished' | 'failed';

/**
 * What blocks a query or an acceptance: the assessment of this version has finished; the reviewer neither prepared
 * nor certified it (domain.md section 9, rule 5); and nothing with a blocking finding is accepted.
 */
export function reviewBlockers(review: {
  verb: 'query' | 'accept';
  state: ProgressReportState;
  assessment: AssessmentState | null;
  blockingFindings: number;
  reviewerId: string;
  preparerIds: readonly string[];
  certifierId: string | null;
}): Blocker[] {
  const { verb, state, assessment, blockingFindings, reviewerId } = review;
  return [
    ...PROGRESS_REPORT.blockers(verb, state),
    ...blockers(
      assessment !== 'finished' && {
        code: 'assessment-unfinished',
        message:
          assessment === 'failed'
            ? 'The assessment of this return failed. Ask an administrator to run it again.'
            : 'The assessment of this return has not finished. Try again in a moment.',
      },
      (review.preparerIds.includes(reviewerId) || review.certifierId === reviewerId) && {
        code: 'reviewer-is-preparer-or-certifier',
        message: 'You prepared or certified this return, so somebody else must review it.',
      },
      verb === 'accept' &&
        blockingFindings > 0 && {
          code: 'blocking-findings',
          message: `The assessment found ${blockingFindings === 1 ? 'one fault' : `${blockingFindings} faults`} that must be mended first. Query the return instead.`,
        },
    ),
  ];
}

/** Days after the end of a financial year in which its accepted returns can still be accepted anew; assumed. */
const OPEN_DAYS_AFTER_YEAR_END = 60;

/**
 * The day from which an accepted return of a financial year is locked: 30 May, when the year's accounts are made up.
 * The programme's sources name no day, so this one is assumed.
 */
export function locksOn(financialYearLabel: FinancialYear): DateOn {
  return addDays(financialYear(financialYearLabel).endsOn, OPEN_DAYS_AFTER_YEAR_END);
}
