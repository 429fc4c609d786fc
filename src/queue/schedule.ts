/** A job that gets a message at each time of a cron pattern, or a sweep that each working process makes. */
export type Recurring = {
  job: string;
  /** What it is for, in words. */
  what: string;
} & (
  | {
      /** Minute, hour, day of month, month, day of week. */
      cron: string;
      timeZone: string;
    }
  | { everySeconds: number }
);

/** The sweep that hands over again what the queue has lost. */
export const HAND_OVER_AGAIN = 'hand-over-again';
/** The sweep that keeps the past up to now, so that whoever asks for it need not wait. */
export const KEEP_PAST = 'keep-past';

const LONDON = 'Europe/London';

/** All recurring work, in one list. The program does not start with a name in it that is not a job. */
export const SCHEDULE: readonly Recurring[] = [
  {
    job: 'open-reporting-periods',
    cron: '0 6 * * *',
    timeZone: LONDON,
    what: 'Opens the reporting periods that have begun, with a draft return for each trust',
  },
  {
    job: 'lock-accepted-returns',
    cron: '30 2 * * *',
    timeZone: LONDON,
    what: 'Locks accepted returns once the time for correcting them is over',
  },
  {
    job: 'keep-sums',
    cron: '2 * * * *',
    timeZone: LONDON,
    what: 'Keeps what the trusts of each programme come to, so that totals need only what came after',
  },
  {
    job: 'reconcile-ledger',
    cron: '45 2 * * *',
    timeZone: LONDON,
    what: 'Holds the ledger against its postings, the agreements and the control totals of every programme',
  },
  {
    job: 'clear-finished',
    cron: '15 3 * * *',
    timeZone: LONDON,
    what: 'Deletes finished messages and idempotency keys older than 30 days, and what the queue is done with',
  },
  {
    job: 'clear-sign-ins',
    cron: '20 3 * * *',
    timeZone: LONDON,
    what: 'Writes down which sessions are over, and deletes those, old attempts to sign in and forms that nobody came back for',
  },
  {
    job: 'erase-unseen-people',
    cron: '25 3 * * *',
    timeZone: LONDON,
    what: 'Erases people of whom nothing was seen for as long as they are kept (PERSON_RETENTION_YEARS)',
  },
  {
    job: 'mail-checkpoints',
    cron: '0 7 * * *',
    timeZone: LONDON,
    what: 'Sends the newest checkpoint of the log to the auditors of CHECKPOINT_MAIL_TO',
  },
  {
    job: 'notice-ending-assurance',
    cron: '15 6 * * *',
    timeZone: LONDON,
    what: 'Tells trusts, once for each, of assurance that ends before a go-live or within a lead time of its programme',
  },
  {
    job: 'remove-exports',
    cron: '40 3 * * *',
    timeZone: LONDON,
    what: 'Deletes the files of lists whose week is over',
  },
  {
    job: HAND_OVER_AGAIN,
    everySeconds: 30,
    what: 'Hands messages over again that are not finished and that the queue no longer has',
  },
  {
    job: KEEP_PAST,
    everySeconds: 15,
    what: 'Takes what the log says into the past, so that whoever asks for a past moment need not wait',
  },
];
