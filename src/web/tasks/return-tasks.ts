import { type Actor, may } from '../../core/actor.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import type { ProgressReportState } from '../../progress-reports/progress-report.rules.js';
import type { TagColour } from '../page/table.js';
import type { Task } from './task.js';

type Wording = readonly [verb: string, path: string, words: string, colour: TagColour];

const PREPARING: Partial<Record<ProgressReportState, Wording>> = {
  open: ['Fill in', '', 'To begin', 'white'],
  draft: ['Finish', '', 'In draft', 'yellow'],
  queried: ['Answer the queries on', '', 'Queried', 'orange'],
};
const CERTIFYING: Partial<Record<ProgressReportState, Wording>> = {
  draft: ['Certify', '/certification', 'In draft', 'yellow'],
};
const SUBMITTING: Partial<Record<ProgressReportState, Wording>> = {
  'trust-certified': ['Submit', '/submission', 'Certified', 'aqua-green'],
};
const REVIEWING: Partial<Record<ProgressReportState, Wording>> = {
  submitted: ['Review', '/review', 'Submitted', 'blue'],
  resubmitted: ['Review', '/review', 'Submitted again', 'blue'],
};

/** The states of returns that wait for an actor. */
export function awaitedReturns(actor: Actor): Partial<Record<ProgressReportState, Wording>> {
  return {
    ...(may(actor, 'progress-report:certify') ? CERTIFYING : {}),
    ...(may(actor, 'progress-report:prepare') ? PREPARING : {}),
    ...(may(actor, 'progress-report:submit') ? SUBMITTING : {}),
    ...(may(actor, 'progress-report:review') ? REVIEWING : {}),
  };
}

/** What an actor has to do with returns, the earliest due first. */
export function returnTasks(actor: Actor, rows: readonly ProgressReportRow[]): Task[] {
  const awaited = awaitedReturns(actor);
  return rows
    .flatMap((row): Task[] => {
      const wording = awaited[row.state];
      if (!wording) return [];
      const [verb, path, words, colour] = wording;
      const { blocking, warning } = row.findings;
      const found = [blocking > 0 && `${blocking} to be mended`, warning > 0 && `${warning} to look at`];
      return [
        {
          group: 'Returns',
          title: `${verb} the return for ${row.period}`,
          note: [actor.trustId === null && row.trust.name, ...found].filter(Boolean).join('; ') || null,
          href: `/returns/${row.id}${path}`,
          // When the trust owed it is no day of the reviewer's.
          dueOn: actor.trustId === null ? null : row.dueOn,
          status: row.overdue ? { words: 'Overdue', colour: 'red' } : { words, colour },
        },
      ];
    })
    .sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
}
