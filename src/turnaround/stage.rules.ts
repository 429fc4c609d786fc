import type { DateOn } from '../core/calendar.js';

/** Whose turn it is: somebody's at the trust, at the programme, or whoever pays. */
export const PARTIES = ['trust', 'programme', 'finance'] as const;
export type Party = (typeof PARTIES)[number];

/** A stage that a thing goes through, from one instant of its record to another. */
export interface Stage {
  /** What goes through it. */
  process:
    | 'Returns'
    | 'Measurements'
    | 'Milestones'
    | 'Claims'
    | 'Match'
    | 'Changes'
    | 'Benefits'
    | 'Blueprints'
    | 'Assurance';
  /** What happens in it, from what to what. */
  name: string;
  /** Who has it in hand; null where nobody has, and it waits. */
  working: Party | null;
  /** On whom it waits; null where it never does. */
  waiting: Party | null;
}

const byTrust = { working: 'trust', waiting: null } as const;
const byProgramme = { working: 'programme', waiting: null } as const;
const onTrust = { working: null, waiting: 'trust' } as const;
const onProgramme = { working: null, waiting: 'programme' } as const;
const onFinance = { working: null, waiting: 'finance' } as const;
/** The programme has it in hand, but while a query is open it waits on the trust. */
const reviewed = { working: 'programme', waiting: 'trust' } as const;

/** Every stage of assurance, review and claim, in the order in which things go through them. */
export const STAGES = {
  'return-preparation': {
    ...byTrust,
    process: 'Returns',
    name: 'Written, from the end of the period to the certificate',
  },
  'return-submission': { ...onTrust, process: 'Returns', name: 'Certified, until it is submitted' },
  'return-review': { ...reviewed, process: 'Returns', name: 'Reviewed, from submission to acceptance' },
  'return-query': { ...onTrust, process: 'Returns', name: 'Queried, until it is submitted again' },
  'measurement-validation': {
    ...onProgramme,
    process: 'Measurements',
    name: 'Reported, until it is validated',
  },
  'milestone-claim': { ...onProgramme, process: 'Milestones', name: 'Claimed, until its review begins' },
  'milestone-review': { ...byProgramme, process: 'Milestones', name: 'Reviewed, until its outcome' },
  'claim-submission': { ...onTrust, process: 'Claims', name: 'Certified, until it is submitted' },
  'claim-taking': { ...onProgramme, process: 'Claims', name: 'Submitted, until an assessor takes it up' },
  'claim-check': {
    ...reviewed,
    process: 'Claims',
    name: 'Checked, from being taken up to the recommendation',
  },
  'claim-query': { ...onTrust, process: 'Claims', name: 'Queried, until it is answered or submitted again' },
  'claim-approval': { ...onProgramme, process: 'Claims', name: 'Recommended, until it is approved by all' },
  'claim-payment': { ...onFinance, process: 'Claims', name: 'Approved, until it is paid' },
  'claim-reconciliation': { ...onFinance, process: 'Claims', name: 'Paid, until the bank’s list has it' },
  'match-decision': { ...onProgramme, process: 'Match', name: 'Evidenced, until it is accepted or rejected' },
  'change-decision': { ...onProgramme, process: 'Changes', name: 'Asked for, until it is decided' },
  'change-application': { ...onProgramme, process: 'Changes', name: 'Approved, until it is applied' },
  'benefit-validation': {
    ...onProgramme,
    process: 'Benefits',
    name: 'A year reported, until it is validated or rejected',
  },
  'blueprint-review': {
    ...byProgramme,
    process: 'Blueprints',
    name: 'Reviewed, from submission to publication',
  },
  'assurance-preparation': { ...byTrust, process: 'Assurance', name: 'Written, until it is submitted' },
  'assurance-review': {
    ...onProgramme,
    process: 'Assurance',
    name: 'Submitted, until it is accepted or rejected',
  },
} as const satisfies Record<string, Stage>;

export type StageCode = keyof typeof STAGES;
export const STAGE_CODES = Object.keys(STAGES) as StageCode[];

/** Days to a tenth, each that of a stay that there was: of all that left a stage, half and nine in ten took no longer. */
export interface Spread {
  /** By nearest rank; null where none left it. */
  medianDays: number | null;
  /** The 90th percentile, by nearest rank. */
  ninetiethDays: number | null;
}

/** How long a stage took, of those that left it. */
export interface LeftTime {
  ended: number;
  /** From coming to leaving. Of each stay, this is its working and its waiting together. */
  whole: Spread;
  /** While somebody had it in hand; null where nobody has, in this stage. */
  working: Spread | null;
  /** While it waited; null where it never does. */
  waiting: Spread | null;
  /** Of those that left it, as many as kept to the target; null where there is no target. */
  withinTarget: number | null;
}

/** What is in a stage still. */
export interface OpenTime {
  open: number;
  /** The longest that one has been in it; null where none is. */
  longestOpenDays: number | null;
  /** Of those in it, as many as are there longer than the target; null where there is no target. */
  openOverTarget: number | null;
}

/** How long a stage took, and what is in it still. */
export type StageTime = LeftTime & OpenTime;

/** Of a stage, the time that its target is held against: that of whoever works on it or, where nobody does, all of it. */
export const aimedAt = ({ working, whole }: Pick<StageTime, 'working' | 'whole'>): Spread => working ?? whole;

/** What is measured of stays: not their working and waiting, but how long they were with somebody else while queried. */
export type Measured<Time extends LeftTime> = Omit<Time, 'working' | 'waiting'> & {
  /** Without what was with somebody else. */
  own: Spread;
  away: Spread;
};

/** What was measured, as time working and time waiting in that stage. */
export function timeOf<Row extends { own: Spread; away: Spread }>(
  { working, waiting }: Stage,
  { own, away, ...time }: Row,
): Omit<Row, 'own' | 'away'> & Pick<LeftTime, 'working' | 'waiting'> {
  return { ...time, working: working && own, waiting: waiting && (working ? away : own) };
}

const NONE: Spread = { medianDays: null, ninetiethDays: null };
/** Of a stage that nothing is in. */
export const noneOpen = (targetDays: number | null): OpenTime => ({
  ...{ open: 0, longestOpenDays: null },
  openOverTarget: targetDays === null ? null : 0,
});

/** Fewer than these say nothing of a stage. */
export const FEWEST = 3;

/**
 * The slowest stage: of those that enough things left and that have a target, the one whose median is the most of its
 * target; where none has a target, the one with the longest median. Null: too few things went through any.
 */
export function slowestStage<S extends Pick<LeftTime, 'ended'> & { targetDays: number | null }>(
  stages: readonly S[],
  medianDays: (stage: S) => number | null,
): S | null {
  const known = stages.filter((stage) => stage.ended >= FEWEST && medianDays(stage) !== null);
  const aimed = known.filter(({ targetDays }) => targetDays !== null);
  const slowness = (stage: S): number =>
    (medianDays(stage) as number) / (aimed.length > 0 ? (stage.targetDays as number) : 1);
  const [slowest] = [...(aimed.length > 0 ? aimed : known)].sort((a, b) => slowness(b) - slowness(a));
  return slowest ?? null;
}

/** How many took so long, in days to a tenth. */
export type Taken = ReadonlyArray<{ days: number; count: number }>;

const countOf = (taken: Taken): number => taken.reduce((sum, { count }) => sum + count, 0);

/** The days that a part of them are not above, by nearest rank; null where there are none. */
function rankOf(taken: Taken, part: number): number | null {
  const least = countOf(taken) * part;
  let below = 0;
  const found = [...taken]
    .sort((a, b) => a.days - b.days)
    .find(({ count }) => {
      below += count;
      return count > 0 && below >= least;
    });
  return found?.days ?? null;
}

const spreadOf = (taken: Taken): Spread => ({
  medianDays: rankOf(taken, 0.5),
  ninetiethDays: rankOf(taken, 0.9),
});

/** Of what left a stage in a quarter, how many took so many days. */
export interface Leavings {
  code: StageCode;
  /** The first day of the quarter. */
  startsOn: DateOn;
  /**
   * Without what was with somebody else, that, and the two together. Where nothing is ever with somebody else, the first
   * says it all, and it alone is there.
   */
  figure: 'own' | 'away' | 'whole';
  /** To a tenth. */
  days: number;
  count: number;
}

/** Whether a stage may be with somebody else for a while: only then its time is not all its own. */
export const isShared = ({ working, waiting }: Stage): boolean => working !== null && waiting !== null;

/** How long a stage took, of how long each thing did that left it. */
export function leftTimeOf(
  stage: Stage,
  left: readonly Leavings[],
  targetDays: number | null,
): Measured<LeftTime> {
  const of = (figure: Leavings['figure']) => left.filter((each) => each.figure === figure);
  const own = of('own');
  return {
    ended: countOf(own),
    own: spreadOf(own),
    ...(isShared(stage)
      ? { away: spreadOf(of('away')), whole: spreadOf(of('whole')) }
      : { away: NONE, whole: spreadOf(own) }),
    withinTarget: targetDays === null ? null : countOf(own.filter(({ days }) => days <= targetDays)),
  };
}

/** How many there are, and the days that half of them are not above, by nearest rank. */
export const medianOf = (taken: Taken): { ended: number; medianDays: number | null } => ({
  ended: countOf(taken),
  medianDays: rankOf(taken, 0.5),
});
