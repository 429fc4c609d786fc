import type { TowardPoint } from '../../progress-reports/toward-target.queries.js';
import type { Chart } from '../charts/chart.js';
import { type Target, trajectoryChart } from '../charts/trajectory.chart.js';

/** A history toward one version of a target set: planned, self-reported and validated, with the target. */
export function towardChart(given: {
  id: string;
  title: string;
  /** One at least. */
  points: ReadonlyArray<Pick<TowardPoint, 'period' | 'endsOn' | 'planned' | 'selfReported' | 'validated'>>;
  target?: Target;
}): Chart {
  const { id, title, points, target } = given;
  const line = (percentOf: (point: (typeof points)[number]) => number | null | undefined) =>
    points.map((point) => ({
      label: point.period,
      on: point.endsOn,
      percent: percentOf(point) ?? null,
    }));
  return trajectoryChart({
    id,
    title,
    series: [
      { name: 'Planned', kind: 'planned', points: line(({ planned }) => planned?.percent) },
      {
        name: 'Self-reported',
        kind: 'self-reported',
        points: line(({ selfReported }) => selfReported.percent),
      },
      { name: 'Validated', kind: 'validated', points: line(({ validated }) => validated?.percent) },
    ],
    ...(target ? { target } : {}),
  });
}
