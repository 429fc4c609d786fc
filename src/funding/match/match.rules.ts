import type { DateOn } from '../../core/calendar.js';
import { matchFor, type Pence, sumPence } from '../../core/money.js';

/** At least `matchPence` of match for every `perGrantPence` of grant. */
export interface MatchRatio {
  matchPence: number;
  perGrantPence: number;
}

/** What the match of one agreement is held against, as it stands. Whole pence. */
export interface MatchFacts {
  ratio: MatchRatio;
  /** By stage, of the whole agreement. */
  grant: {
    /** Not claimed yet, and claimed without being approved. */
    openPence: Pence;
    /** Approved and not paid. */
    approvedPence: Pence;
    /** Paid and not recovered; what was written off was paid and is not coming back. */
    paidPence: Pence;
  };
  evidencedPence: Pence;
  acceptedPence: Pence;
  /** Contributions that are pledged and not evidenced; one that was rejected is none. */
  pledges: ReadonlyArray<{ expectedOn: DateOn | null; amountPence: Pence }>;
  /** By number. */
  tranches: readonly MatchTranche[];
}

export interface MatchTranche {
  id: string;
  number: number;
  name: string;
  basis: 'advance' | 'delivery';
  /** The day that its gate is expected to open. */
  expectedOn: DateOn;
  grantPence: Pence;
  /** What was approved of it, paid or not. */
  passedPence: Pence;
}

/** Match that some grant needs, beside what is there. Whole pence; a shortfall is 0 where nothing is missing. */
export interface Shortfall {
  grantPence: Pence;
  requiredPence: Pence;
  shortfallPence: Pence;
}

/** What is missing of a match beside a grant (domain.md section 9, rule 3). */
export function shortfallOf(grantPence: Pence, matchPence: Pence, ratio: MatchRatio): Shortfall {
  const requiredPence = matchFor(grantPence, ratio);
  return { grantPence, requiredPence, shortfallPence: Math.max(0, requiredPence - matchPence) };
}

/** The match at one gate: cumulative grant with this tranche, and what match is forecast by then. Whole pence. */
export interface GateForecast extends Shortfall {
  tranche: Pick<MatchTranche, 'id' | 'number' | 'name' | 'basis'>;
  /** Today, where the expected day has passed and the gate is still to open. */
  expectedOn: DateOn;
  /** All of the tranche is approved: there is no gate left to pass. */
  passed: boolean;
  /** An advance: the gate does not ask for match, and every later one counts its grant. */
  exempt: boolean;
  /** What the tranche still brings. */
  remainingPence: Pence;
  /** Accepted, evidenced, and pledged for a day until then; only what is accepted, where the gate is passed. */
  forecastMatchPence: Pence;
  /** What is to be accepted beside what is accepted now, for this gate to open. */
  stillToAcceptPence: Pence;
}

/** Where the match of an agreement is. Whole pence. */
export interface MatchPosition {
  /** Against the grant that is paid and approved. */
  now: Shortfall & {
    /** Of the grant, what was passed as an explicit advance, before match arises. */
    advancedPence: Pence;
    /** Of the shortfall, what an advance explains that no delivery was paid after: a delivery needs its match too. */
    explainedByAdvancePence: Pence;
  };
  /** Against what is paid and not recovered. */
  paid: Shortfall;
  acceptedPence: Pence;
  /** Evidenced, and waiting to be accepted. */
  evidencedPence: Pence;
  /** Pledged by contributions. */
  pledgedPence: Pence;
  /** Of that, what was expected before today. */
  overduePence: Pence;
  /** Against all of the grant that may still come: what is to be accepted until the end. */
  inAll: Shortfall & {
    /** Of the shortfall, what is neither evidenced nor pledged. */
    notYetPledgedPence: Pence;
  };
  /** By number. */
  gates: GateForecast[];
  /** The number of the next gate; null where all are passed. */
  nextGate: number | null;
  /** Whether match is missing beside what is paid and approved, beyond what an advance explains. */
  belowRatio: boolean;
  /** Whether match is forecast to be missing at the next gate; never so of an advance. */
  belowAtNextGate: boolean;
}

/** Where the match of an agreement is today, and where it is forecast to be at each gate (domain.md section 9, rule 3). */
export function matchPosition(facts: MatchFacts, today: DateOn): MatchPosition {
  const { ratio, grant, acceptedPence, evidencedPence, pledges, tranches } = facts;
  const grantPence = grant.approvedPence + grant.paidPence;
  const now = shortfallOf(grantPence, acceptedPence, ratio);
  const delivered = Math.max(0, ...tranches.filter(isDelivered).map(({ number }) => number));
  const explaining = Math.min(grantPence, advancedOf(tranches.filter(({ number }) => number > delivered)));
  const explainedByAdvancePence = Math.min(now.shortfallPence, matchFor(explaining, ratio));
  const pledgedPence = sumPence(pledges.map(({ amountPence }) => amountPence));
  const overdue = pledges.filter(({ expectedOn }) => expectedOn !== null && expectedOn < today);
  const gates = gateForecasts(facts, today);
  const next = gates.find(({ passed }) => !passed);
  const inAll = shortfallOf(grantPence + comingPence(facts, tranches), acceptedPence, ratio);
  return {
    // What was recovered since is not told by tranche: an advance is no more than the grant.
    now: { ...now, advancedPence: Math.min(grantPence, advancedOf(tranches)), explainedByAdvancePence },
    paid: shortfallOf(grant.paidPence, acceptedPence, ratio),
    acceptedPence,
    evidencedPence,
    pledgedPence,
    overduePence: sumPence(overdue.map(({ amountPence }) => amountPence)),
    inAll: {
      ...inAll,
      notYetPledgedPence: Math.max(0, inAll.shortfallPence - evidencedPence - pledgedPence),
    },
    gates,
    nextGate: next?.tranche.number ?? null,
    belowRatio: now.shortfallPence > explainedByAdvancePence,
    belowAtNextGate: next !== undefined && !next.exempt && next.shortfallPence > 0,
  };
}

const isDelivered = ({ basis, passedPence }: MatchTranche): boolean =>
  basis === 'delivery' && passedPence > 0;

/** What was passed as advances. */
const advancedOf = (tranches: readonly MatchTranche[]): Pence =>
  sumPence(tranches.filter(({ basis }) => basis === 'advance').map(({ passedPence }) => passedPence));

const remainingOf = ({ grantPence, passedPence }: MatchTranche): Pence =>
  Math.max(0, grantPence - passedPence);

/** What tranches can still bring: no more than is left of the award. */
function comingPence({ grant }: MatchFacts, tranches: readonly MatchTranche[]): Pence {
  return Math.min(grant.openPence, sumPence(tranches.map(remainingOf)));
}

function gateForecasts(facts: MatchFacts, today: DateOn): GateForecast[] {
  const { grant, tranches, acceptedPence, evidencedPence, pledges, ratio } = facts;
  return tranches.map((tranche, index) => {
    const remainingPence = remainingOf(tranche);
    const passed = remainingPence === 0;
    const expectedOn = !passed && tranche.expectedOn < today ? today : tranche.expectedOn;
    const byThen = pledges.filter((pledge) => pledge.expectedOn !== null && pledge.expectedOn <= expectedOn);
    const coming = evidencedPence + sumPence(byThen.map(({ amountPence }) => amountPence));
    const forecastMatchPence = acceptedPence + (passed ? 0 : coming);
    const before = comingPence(facts, tranches.slice(0, index + 1));
    const cumulative = grant.approvedPence + grant.paidPence + before;
    const forecast = shortfallOf(cumulative, forecastMatchPence, ratio);
    const { id, number, name, basis } = tranche;
    const exempt = basis === 'advance';
    return {
      tranche: { id, number, name, basis },
      expectedOn,
      passed,
      exempt,
      remainingPence,
      ...forecast,
      forecastMatchPence,
      stillToAcceptPence: passed || exempt ? 0 : Math.max(0, forecast.requiredPence - acceptedPence),
    };
  });
}

/** Positions of several agreements, added up. Whole pence. */
export interface MatchTotals {
  agreements: number;
  /** How many have less match than what is paid and approved needs. */
  belowRatio: number;
  /** How many are forecast to have less than their next gate needs. */
  belowAtNextGate: number;
  grantPence: Pence;
  requiredPence: Pence;
  acceptedPence: Pence;
  evidencedPence: Pence;
  pledgedPence: Pence;
  /** The sum of what is missing, agreement by agreement: what one has too much of does not help another. */
  shortfallPence: Pence;
  /** Of that, what no advance explains. */
  unexplainedPence: Pence;
  /** What is to be accepted until the end, agreement by agreement. */
  stillToAcceptPence: Pence;
}

/** What positions add up to. */
export function matchTotals(positions: readonly MatchPosition[]): MatchTotals {
  const sum = (of: (position: MatchPosition) => Pence): Pence => sumPence(positions.map(of));
  return {
    agreements: positions.length,
    belowRatio: positions.filter(({ belowRatio }) => belowRatio).length,
    belowAtNextGate: positions.filter(({ belowAtNextGate }) => belowAtNextGate).length,
    grantPence: sum(({ now }) => now.grantPence),
    requiredPence: sum(({ now }) => now.requiredPence),
    acceptedPence: sum(({ acceptedPence }) => acceptedPence),
    evidencedPence: sum(({ evidencedPence }) => evidencedPence),
    pledgedPence: sum(({ pledgedPence }) => pledgedPence),
    shortfallPence: sum(({ now }) => now.shortfallPence),
    unexplainedPence: sum(({ now }) => now.shortfallPence - now.explainedByAdvancePence),
    stillToAcceptPence: sum(({ inAll }) => inAll.shortfallPence),
  };
}
