import { type DateOn, formatDate } from '../core/calendar.js';
import type { GivenBlocker } from '../funding/gates/gate-conditions.js';
import { isOverdue, type ProgressReportState } from './progress-report.rules.js';

/** A return that a trust may owe. */
export interface OwedReturn {
  id: string;
  trustId: string;
  /** The label of its period. */
  period: string;
  state: ProgressReportState;
  version: number;
  dueOn: DateOn;
}

/** The code of the blocker that an overdue return is at every gate of its trust. */
export const RETURN_OVERDUE = 'return-overdue';

const CLEARED_BY: Partial<Record<ProgressReportState, string>> = {
  draft: 'The trust has it certified and submits it.',
  'trust-certified': 'The trust submits it.',
};

/** What keeps every gate of a trust shut: each of its returns that is overdue (domain.md section 10). */
export function overdueReturnBlockers(owed: readonly OwedReturn[], today: DateOn): GivenBlocker[] {
  return owed
    .filter(({ state, dueOn, version }) => isOverdue(state, dueOn, today, version))
    .map(({ id, trustId, period, state, dueOn }) => ({
      trustId,
      trancheId: null,
      blocker: {
        code: RETURN_OVERDUE,
        message: `The return for ${period} was due on ${formatDate(dueOn)} and is not submitted.`,
        about: { kind: 'progress-report', id, name: period },
        clearedBy: CLEARED_BY[state] ?? 'The trust prepares it, has it certified and submits it.',
        dueOn,
      },
    }));
}
