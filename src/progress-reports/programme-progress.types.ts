import type { DateOn } from '../core/calendar.js';
import type { Pence } from '../core/money.js';
import type { Basis } from '../targets/progress.entity.js';
import type { ExpectedReach } from '../targets/trend.rules.js';

/** A score with its parts, in weighted parts per million; the percentage is rounded down to one decimal. */
export interface ScoreShown {
  numerator: number;
  denominator: number;
  /** Null where nothing is to be covered. */
  percent: number | null;
}

/** What was planned by now of the measures that have a plan, and how far they are from it. */
export interface PlannedShown {
  numerator: number;
  denominator: number;
  percent: number;
  comparableNumerator: number;
  /** Percentage points ahead of plan; behind, where negative. */
  variancePoints: number;
}

/** A target set as figures name it. */
export interface TargetSetRef {
  /** Its code and version. */
  ref: string;
  name: string;
  targetOn: DateOn;
  target: { numerator: number; denominator: number };
}

/** A figure toward a target set. */
interface FigureShown {
  id: string;
  score: ScoreShown;
  /** Null where no measure has a plan. */
  planned: PlannedShown | null;
  expected: ExpectedReach;
  illustrative: boolean;
  revision: number;
}

/** A figure of a programme: the sum of the latest figures of its trusts. */
export interface ProgrammeFigureShown extends FigureShown {
  trustsReported: number;
  trustsCarriedForward: number;
  trustsTotal: number;
}

/** A figure of a trust. */
export interface TrustFigureShown extends FigureShown {
  measuresReported: number;
  measuresTotal: number;
}

/** Figures toward a target set, as reported and as validated; each null where there is none for the period. */
export interface Toward<Figure> {
  /** Null: all target sets together, the paperless score. */
  targetSet: TargetSetRef | null;
  selfReported: Figure | null;
  validated: Figure | null;
}

/** The score toward all target sets together at the end of a period. */
interface HistoryShown {
  /** The label. */
  period: string;
  endsOn: DateOn;
  basis: Basis;
  score: ScoreShown;
  planned: PlannedShown | null;
  illustrative: boolean;
}

/** Delivery confidence as a trust gave it in a return. */
export interface ConfidenceShown {
  scale: string;
  rating: string;
  reason: string | null;
  /** The label. */
  period: string;
  illustrative: boolean;
}

/** A trust's latest score until the end of a period. */
export interface TrustScoreShown {
  /** The label of the period that it is of. */
  period: string;
  selfReported: Pick<
    TrustFigureShown,
    'id' | 'score' | 'planned' | 'expected' | 'measuresReported' | 'measuresTotal'
  >;
  validated: Pick<TrustFigureShown, 'id' | 'score'> | null;
  illustrative: boolean;
}

/** What the text of `programmeProgress` holds: a programme's progress at the end of a period. */
export interface ProgrammeProgressView {
  programme: { slug: string; name: string; startsOn: DateOn; endsOn: DateOn; illustrative: boolean };
  period: { label: string; endsOn: DateOn };
  awarded: { grantPence: Pence; matchPence: Pence; totalPence: Pence };
  /** All target sets together first, then each. */
  figures: Array<Toward<ProgrammeFigureShown>>;
  /** The last twelve periods, in order of time. */
  history: Array<HistoryShown & { trustsReported: number }>;
  /** A page of them, by name. */
  trusts: Array<{
    odsCode: string;
    name: string;
    /** Null where it never reported. */
    progress: TrustScoreShown | null;
    deliveryConfidence: ConfidenceShown | null;
  }>;
}

/** Spend on a line of an award, as accepted last; null where no return was accepted. Whole pence. */
export interface SpendShown {
  financialYear: string;
  kind: 'capital' | 'revenue';
  source: 'grant' | 'match';
  awardedPence: Pence;
  spentToDatePence: Pence | null;
  forecastPence: Pence | null;
  illustrative: boolean | null;
}

/** What the text of `trustProgress` holds: a trust's progress at the end of a period. */
export interface TrustProgressView {
  programme: { slug: string; name: string; illustrative: boolean };
  trust: { odsCode: string; name: string };
  period: { label: string; endsOn: DateOn };
  /** All target sets together first, then each. */
  figures: Array<Toward<TrustFigureShown>>;
  /** All periods, in order of time. */
  history: Array<HistoryShown & { id: string }>;
  /** All ratings, in order of time. */
  deliveryConfidence: ConfidenceShown[];
  spend: SpendShown[];
}
