import type { TrustProgressView } from '../../progress-reports/programme-progress.types.js';
import type { TowardPoint } from '../../progress-reports/toward-target.queries.js';

/** A trust's scores at the end of a period. */
export type HistoryPoint = Omit<TowardPoint, 'illustrative'>;

/** A trust's history with both bases of a period beside each other, in order of time. */
export function historyPoints({ history }: Pick<TrustProgressView, 'history'>): HistoryPoint[] {
  return history
    .filter(({ basis }) => basis === 'self-reported')
    .map(({ period, endsOn, score, planned }) => ({
      period,
      endsOn,
      selfReported: score,
      validated: history.find((each) => each.period === period && each.basis === 'validated')?.score ?? null,
      planned,
    }));
}
