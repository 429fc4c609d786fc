import { type DateOn, daysBetween } from '../core/calendar.js';
import { type Pence, sumPence } from '../core/money.js';

/** An amount by kind. */
export interface ByKind {
  capitalPence: Pence;
  revenuePence: Pence;
}

export interface SnapshotMilestone {
  code: string;
  name: string;
  kind: string;
  state: string;
  baselineOn: DateOn;
  actualOn: DateOn | null;
  /** Days from the baseline to the actual day; null until then. */
  slipDays: number | null;
}

/** A value with its parts; never a bare percentage (domain.md section 9, rule 9). */
export interface Value {
  numerator: number;
  denominator: number;
}

export interface SnapshotMeasure {
  /** `code/v1`: values are compared within one version alone. */
  targetSet: string;
  code: string;
  name: string;
  unit: 'share' | 'score' | 'count';
  direction: 'up' | 'down';
  /** The baseline of the definition (period null), or else the first that was validated. */
  before: (Value & { period: string | null }) | null;
  /** The latest that was validated, with its period. */
  after: (Value & { period: string | null }) | null;
}

export interface SnapshotEvidence {
  milestone: string;
  fileName: string;
  description: string;
  sha256: string;
}

/** What the record says of a project on a day. */
export interface SnapshotFacts {
  takenOn: DateOn;
  project: { code: string; name: string };
  /** When the agreement came into force; null where there is none, and the programme's first day counts. */
  activatedOn: DateOn | null;
  programmeStartsOn: DateOn;
  /** The agreement whose money it is; null where there is none. */
  agreement: string | null;
  grantPaid: ByKind;
  matchAccepted: ByKind;
  milestones: SnapshotMilestone[];
  measures: SnapshotMeasure[];
  evidence: SnapshotEvidence[];
  illustrative: boolean;
}

/** What the record said of a project when its blueprint was submitted, with what follows from it. */
export interface BlueprintSnapshot extends SnapshotFacts {
  /** From when the agreement came into force (or the programme began) to the first go-live. */
  time: { startedOn: DateOn; from: 'agreement' | 'programme'; liveOn: DateOn | null; days: number | null };
  /** Of the whole award: grant that was paid and not recovered, and match that was accepted. */
  totalPence: Pence;
}

/** The day on which something of a project first went live; null until then. An adopter's own go-live is held against it. */
export function wentLiveOn(milestones: readonly SnapshotMilestone[]): DateOn | null {
  const days = milestones
    .filter(({ kind, actualOn }) => kind === 'go-live' && actualOn !== null)
    .map(({ actualOn }) => actualOn as DateOn);
  return days.sort()[0] ?? null;
}

/** A snapshot out of what the record says. */
export function snapshotOf(facts: SnapshotFacts): BlueprintSnapshot {
  const { activatedOn, programmeStartsOn, grantPaid, matchAccepted, milestones } = facts;
  const startedOn = activatedOn ?? programmeStartsOn;
  const liveOn = wentLiveOn(milestones);
  return {
    ...facts,
    time: {
      startedOn,
      from: activatedOn === null ? 'programme' : 'agreement',
      liveOn,
      days: liveOn === null ? null : Math.max(0, daysBetween(startedOn, liveOn)),
    },
    totalPence: sumPence([
      grantPaid.capitalPence,
      grantPaid.revenuePence,
      matchAccepted.capitalPence,
      matchAccepted.revenuePence,
    ]),
  };
}
