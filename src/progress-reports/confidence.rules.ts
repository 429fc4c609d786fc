import { formatPounds, type Pence } from '../core/money.js';

/** What there is to judge delivery by. */
export interface DeliveryFigures {
  /** The lines of the award that were forecast, grant and match. */
  awardPence: Pence;
  /** What those lines are forecast to come to. */
  forecastPence: Pence;
  milestonesTotal: number;
  /** Those whose actual or forecast date is after their baseline. */
  milestonesLate: number;
  /** Score less planned score, in parts per million; null where there is no plan to hold it against. */
  variancePpm: number | null;
}

export interface ConfidenceOfFigures {
  /** 0 (best) to 1 (worst). */
  position: number;
  /** Where that falls on the scale, from 0 for its best point. */
  index: number;
  /** The scale's point there. */
  rating: string;
  /** Why it is not the best point, in words; empty where nothing speaks against it. */
  because: string[];
}

/**
 * From where a figure begins to count against delivery, and from where it counts in full. Assumed by Exemplar; no
 * source gives such thresholds. A programme's own judgement goes first: the figures only prompt a second look.
 */
export const THRESHOLDS = {
  /** Forecast away from the award, over or under, as a share of the award: yearly awards do not roll over. */
  spend: { from: 0.05, full: 0.25 },
  /** Share of milestones later than their baseline. */
  milestones: { from: 0, full: 0.75 },
  /** Score behind the planned one, in parts per million: 2 to 20 percentage points. */
  trajectory: { from: 20_000, full: 200_000 },
} as const;

function against(value: number, { from, full }: { from: number; full: number }): number {
  return Math.min(1, Math.max(0, (value - from) / (full - from)));
}

function spendAway({ awardPence, forecastPence }: DeliveryFigures): number {
  if (awardPence === 0) return forecastPence === 0 ? 0 : 1;
  return Math.abs(forecastPence - awardPence) / awardPence;
}

/**
 * What the figures say of delivery confidence, as a point of the programme's own scale: the worst of the three
 * signals counts, since being on budget does not make up for being late. The scale's points share 0 to 1 evenly.
 * @param points the scale from best to worst, at least one
 */
export function confidenceTheFiguresSay(
  figures: DeliveryFigures & { points: readonly string[] },
): ConfidenceOfFigures {
  const { awardPence, forecastPence, milestonesTotal, milestonesLate, variancePpm, points } = figures;
  if (points.length === 0) throw new RangeError('A confidence scale has at least one point');
  const away = spendAway(figures);
  const behind = Math.max(0, -(variancePpm ?? 0));
  const signals = [
    {
      position: against(away, THRESHOLDS.spend),
      words: `the forecast of ${formatPounds(forecastPence)} is ${forecastPence > awardPence ? 'over' : 'under'} the award of ${formatPounds(awardPence)}`,
    },
    {
      position: against(milestonesTotal === 0 ? 0 : milestonesLate / milestonesTotal, THRESHOLDS.milestones),
      words: `${milestonesLate} of ${milestonesTotal} milestones are later than their baseline`,
    },
    {
      position: against(behind, THRESHOLDS.trajectory),
      words: `progress is ${(behind / 10_000).toFixed(1)} percentage points behind the plan`,
    },
  ];
  const position = Math.max(...signals.map((signal) => signal.position));
  const index = Math.min(points.length - 1, Math.floor(position * points.length));
  const because = signals.filter((signal) => signal.position > 0).map((signal) => signal.words);
  return { position, index, rating: points[index] ?? '', because };
}
