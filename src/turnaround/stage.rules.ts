/** Whose turn it is: somebody's at the trust, at the programme, or whoever pays. */
export const PARTIES = ['trust', 'programme', 'finance'] as const;
export type Party = (typeof PARTIES)[number];

/** Whether somebody works on a thing, or it waits for them to. */
export type StageKind = 'working' | 'waiting';

/** A stage that a thing goes through, from one instant of its record to another. */
export interface Stage {
  /** What goes through it. */
  process: 'Returns' | 'Claims' | 'Match' | 'Measurements' | 'Changes' | 'Assurance';
  /** What happens in it, from what to what. */
  name: string;
  kind: StageKind;
  on: Party;
}

/** Every stage of assurance, review and claim, in the order in which things go through them. */
export const STAGES = {
  'return-preparation': {
    ...{ process: 'Returns', kind: 'working', on: 'trust' },
    name: 'Written, from the end of the period to the certificate',
  },
  'return-submission': {
    ...{ process: 'Returns', kind: 'waiting', on: 'trust' },
    name: 'Certified, until it is submitted',
  },
  'return-review': {
    ...{ process: 'Returns', kind: 'working', on: 'programme' },
    name: 'Reviewed, from submission to acceptance, without its queries',
  },
  'return-query': { process: 'Returns', kind: 'waiting', on: 'trust', name: 'Queried, until it is answered' },
  'measurement-validation': {
    ...{ process: 'Measurements', kind: 'waiting', on: 'programme' },
    name: 'Reported, until it is validated or rejected',
  },
  'claim-submission': {
    ...{ process: 'Claims', kind: 'waiting', on: 'trust' },
    name: 'Certified, until it is submitted',
  },
  'claim-check': {
    ...{ process: 'Claims', kind: 'working', on: 'programme' },
    name: 'Checked, from submission to the recommendation, without its queries',
  },
  'claim-query': { process: 'Claims', kind: 'waiting', on: 'trust', name: 'Queried, until it is answered' },
  'claim-approval': {
    ...{ process: 'Claims', kind: 'waiting', on: 'programme' },
    name: 'Recommended, until all have approved it',
  },
  'claim-payment': { process: 'Claims', kind: 'waiting', on: 'finance', name: 'Approved, until it is paid' },
  'claim-reconciliation': {
    ...{ process: 'Claims', kind: 'waiting', on: 'finance' },
    name: 'Paid, until the bank’s list has it',
  },
  'match-decision': {
    ...{ process: 'Match', kind: 'waiting', on: 'programme' },
    name: 'Evidenced, until it is accepted or rejected',
  },
  'change-decision': {
    ...{ process: 'Changes', kind: 'waiting', on: 'programme' },
    name: 'Asked for, until it is decided',
  },
  'change-application': {
    ...{ process: 'Changes', kind: 'waiting', on: 'programme' },
    name: 'Approved, until it is applied',
  },
  'assurance-preparation': {
    ...{ process: 'Assurance', kind: 'working', on: 'trust' },
    name: 'Written, until it is submitted',
  },
  'assurance-review': {
    ...{ process: 'Assurance', kind: 'waiting', on: 'programme' },
    name: 'Submitted, until it is accepted or rejected',
  },
} as const satisfies Record<string, Stage>;

export type StageCode = keyof typeof STAGES;
export const STAGE_CODES = Object.keys(STAGES) as StageCode[];

/** How long a stage took, of those that left it; and what is in it still. Days, to a tenth. */
export interface StageTime {
  ended: number;
  /** Null where none has left it. */
  medianDays: number | null;
  ninetiethDays: number | null;
  /** Of those that left it, as many as kept to the target; null where there is no target. */
  withinTarget: number | null;
  open: number;
  /** The longest that one has been in it; null where none is. */
  longestOpenDays: number | null;
  /** Of those in it, as many as are there longer than the target; null where there is no target. */
  openOverTarget: number | null;
}

/** Fewer than these say nothing of a stage. */
export const FEWEST = 3;

/**
 * The slowest stage: of those that enough things left and that have a target, the one whose median is the most of its
 * target; where none has a target, the one with the longest median. Null: too few things went through any.
 */
export function slowestStage<S extends StageTime & { code: StageCode; targetDays: number | null }>(
  stages: readonly S[],
): S | null {
  const known = stages.filter(({ ended, medianDays }) => ended >= FEWEST && medianDays !== null);
  const aimed = known.filter(({ targetDays }) => targetDays !== null);
  const slowness = ({ medianDays, targetDays }: S): number =>
    (medianDays as number) / (aimed.length > 0 ? Math.max(targetDays as number, 0.1) : 1);
  const [slowest] = [...(aimed.length > 0 ? aimed : known)].sort((a, b) => slowness(b) - slowness(a));
  return slowest ?? null;
}
