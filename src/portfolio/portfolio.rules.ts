import { type FinancialYear, financialYearOf } from '../core/financial-period.js';
import { type Pence, sumPence } from '../core/money.js';
import type { PlacedMoney } from '../funding/placed-money.queries.js';
import type { PlacedMilestones } from '../milestones/placed-milestones.queries.js';
import type { PlacedConfidence } from '../progress-reports/placed-confidence.queries.js';
import type { PlacedScore } from '../targets/placed-scores.queries.js';
import type { GoalView, PortfolioProgramme } from './portfolio.queries.js';

/** What the portfolio can be laid out by. */
export const LAYOUTS = ['goal', 'region', 'year'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What the portfolio is narrowed to. */
export interface PortfolioFilter {
  goal: string | null;
  region: string | null;
  year: FinancialYear | null;
}

/** All that the rooms say of all programmes, each figure at the smallest place that it is known of. */
export interface PortfolioFacts {
  programmes: PortfolioProgramme[];
  goals: GoalView[];
  money: PlacedMoney[];
  milestones: PlacedMilestones[];
  scores: PlacedScore[];
  confidence: PlacedConfidence[];
}

/** A score with its parts, in weighted parts per million; the percentage is rounded down to one decimal. */
export interface PortfolioScore {
  /** The label of the period at whose end it is. */
  period: string;
  selfReported: Parts | null;
  validated: Parts | null;
}

interface Parts {
  numerator: number;
  denominator: number;
  percent: number | null;
}

/** How many trusts are rated so. */
export interface RatedTrusts {
  /** The scale's code and name, the point's code and label. */
  scale: string;
  scaleName: string;
  rating: string;
  label: string;
  trusts: number;
}

/** Where something stands. Whole pence. */
export interface PortfolioFigures {
  funding: {
    awardedPence: Pence;
    /** Awarded, and no agreement in force holds it: in no other figure. */
    notAgreedPence: Pence;
    drawnPence: Pence;
    remainingPence: Pence;
    paidPence: Pence;
  };
  match: { agreedPence: Pence; evidencedPence: Pence; acceptedPence: Pence };
  /** Without those that were waived or cancelled. */
  milestones: { milestones: number; due: number; metOfDue: number; met: number };
  /** From best to worst, scale by scale. */
  confidence: RatedTrusts[];
  illustrative: boolean;
}

/** Where a programme stands. */
export interface ProgrammeRow extends PortfolioFigures {
  programme: { slug: string; name: string };
  /** Toward all of its targets; null where there are no figures, or none of this place. */
  score: PortfolioScore | null;
}

/** A goal, a region or a year, with the programmes that are in it. */
export interface PortfolioGroup extends PortfolioFigures {
  /** A goal's code, a region's name, a year's label; null: without one. */
  key: string | null;
  programmes: ProgrammeRow[];
}

export interface PortfolioLayout {
  /** Of the programmes, each once. */
  totals: PortfolioFigures;
  programmes: ProgrammeRow[];
  groups: PortfolioGroup[];
  /** How much of what is awarded stands in more than one group, counted as often as it does beyond the first. Whole pence. */
  awardedAgainPence: Pence;
}

/** The financial year that begins in a calendar year. */
export const yearFrom = (beginsIn: number): FinancialYear => financialYearOf(`${beginsIn}-04-01`);

/** Every year in which something of the portfolio falls, in order. */
export function yearsOf({
  money,
  milestones,
}: Pick<PortfolioFacts, 'money' | 'milestones'>): FinancialYear[] {
  const years = [...money.map(({ year }) => year), ...milestones.map(({ beginsIn }) => yearFrom(beginsIn))];
  return [...new Set(years)].sort();
}

/** Every region in which something of the portfolio is, by name. */
export function regionsOf({ money, milestones }: Pick<PortfolioFacts, 'money' | 'milestones'>): string[] {
  return [...new Set([...money, ...milestones].flatMap(({ region }) => region ?? []))].sort();
}

type Placed = { programme: string; region: string | null };

/** Where figures are looked for; what is undefined narrows nothing. */
interface Place {
  programmes: readonly string[];
  /** Null: where no region is known. */
  region?: string | null | undefined;
  year?: FinancialYear | undefined;
}

const isIn = ({ programme, region }: Placed, place: Place): boolean =>
  place.programmes.includes(programme) && (place.region === undefined || region === place.region);

function figuresIn(place: Place, facts: PortfolioFacts): PortfolioFigures {
  const money = facts.money.filter(
    (each) => isIn(each, place) && (place.year === undefined || each.year === place.year),
  );
  const milestones = facts.milestones.filter(
    (each) => isIn(each, place) && (place.year === undefined || yearFrom(each.beginsIn) === place.year),
  );
  const pence = (of: (each: PlacedMoney) => Pence): Pence => sumPence(money.map(of));
  const count = (of: (each: PlacedMilestones) => number): number =>
    milestones.reduce((total, each) => total + of(each), 0);
  return {
    funding: {
      awardedPence: pence(({ awardedPence }) => awardedPence),
      notAgreedPence: pence(({ notAgreedPence }) => notAgreedPence),
      drawnPence: pence(({ drawnPence }) => drawnPence),
      remainingPence: pence(({ remainingPence }) => remainingPence),
      paidPence: pence(({ paidPence }) => paidPence),
    },
    match: {
      agreedPence: pence(({ matchAgreedPence }) => matchAgreedPence),
      evidencedPence: pence(({ matchEvidencedPence }) => matchEvidencedPence),
      acceptedPence: pence(({ matchAcceptedPence }) => matchAcceptedPence),
    },
    milestones: {
      milestones: count((each) => each.milestones),
      due: count(({ due }) => due),
      metOfDue: count(({ metOfDue }) => metOfDue),
      met: count(({ met }) => met),
    },
    confidence: ratedIn(place, facts),
    illustrative: money.some(({ illustrative }) => illustrative),
  };
}

/** Ratings by scale, those of one scale added up over programmes; of two scales never. */
function ratedIn(place: Place, { confidence, programmes }: PortfolioFacts): RatedTrusts[] {
  const found = confidence.filter((each) => isIn(each, place) && each.year === (place.year ?? null));
  const scales = new Map(programmes.map(({ scale }) => [scale.code, scale]));
  const codes = [...new Set(found.map(({ scale }) => scale))].sort();
  return codes.flatMap((code) => {
    const scale = scales.get(code);
    const rank = (rating: string) => scale?.points.findIndex((point) => point.code === rating) ?? -1;
    const ratings = [...new Set(found.filter((each) => each.scale === code).map(({ rating }) => rating))];
    return ratings
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map((rating) => ({
        ...{ scale: code, scaleName: scale?.name ?? code, rating },
        label: scale?.points.find((point) => point.code === rating)?.label ?? rating,
        trusts: found
          .filter((each) => each.scale === code && each.rating === rating)
          .reduce((total, { trusts }) => total + trusts, 0),
      }));
  });
}

function scoreIn(place: Place, { scores }: PortfolioFacts): PortfolioScore | null {
  const found = scores.filter((each) => isIn(each, place) && each.year === (place.year ?? null));
  const [first] = found;
  if (!first) return null;
  const of = (basis: PlacedScore['basis']): Parts | null => {
    const parts = found.filter((each) => each.basis === basis);
    const sum = (what: 'numerator' | 'denominator') => parts.reduce((total, each) => total + each[what], 0);
    return parts.length === 0 ? null : partsOf(sum('numerator'), sum('denominator'));
  };
  return { period: first.period, selfReported: of('self-reported'), validated: of('validated') };
}

const partsOf = (numerator: number, denominator: number): Parts => ({
  ...{ numerator, denominator },
  percent: denominator === 0 ? null : Math.floor((numerator * 1_000) / denominator) / 10,
});

/** Whether there is anything to say of a programme at a place. */
const says = ({ funding, match, milestones, confidence, score }: ProgrammeRow): boolean =>
  [...Object.values(funding), ...Object.values(match), milestones.milestones, confidence.length].some(
    (figure) => figure !== 0,
  ) || score !== null;

/**
 * Programmes side by side, and by goal, region or year. The totals are of the programmes, each once. A programme that
 * serves two goals is whole under both, so goals do not add up to the totals; regions and years do. Delivery confidence
 * and scores are of the latest period, or the latest of a year; scores are not added up over programmes, which measure
 * different things.
 */
export function portfolioOf(by: Layout, filter: PortfolioFilter, facts: PortfolioFacts): PortfolioLayout {
  const wanted = facts.programmes.filter(
    ({ slug }) => filter.goal === null || goalNamed(filter.goal, facts)?.programmes.includes(slug) === true,
  );
  const slugs = wanted.map(({ slug }) => slug);
  const everywhere = { region: filter.region ?? undefined, year: filter.year ?? undefined };
  const rows = (place: Omit<Place, 'programmes'>, among: readonly string[]): ProgrammeRow[] =>
    wanted
      .filter(({ slug }) => among.includes(slug))
      .map(({ slug, name }) => ({
        programme: { slug, name },
        ...figuresIn({ ...place, programmes: [slug] }, facts),
        score: scoreIn({ ...place, programmes: [slug] }, facts),
      }));
  const group = (
    key: string | null,
    place: Omit<Place, 'programmes'>,
    among: readonly string[],
  ): PortfolioGroup => ({
    key,
    ...figuresIn({ ...place, programmes: among }, facts),
    programmes: rows(place, among).filter(says),
  });
  const groups = placesOf(by, filter, facts, slugs).map(({ key, place, among }) =>
    group(key, { ...everywhere, ...place }, among),
  );
  const totals = figuresIn({ ...everywhere, programmes: slugs }, facts);
  const inGroups = sumPence(groups.map(({ funding }) => funding.awardedPence));
  return {
    totals,
    programmes: rows(everywhere, slugs),
    groups: groups.filter(({ programmes }) => programmes.length > 0),
    awardedAgainPence: inGroups - totals.funding.awardedPence,
  };
}

const goalNamed = (code: string, { goals }: PortfolioFacts): GoalView | undefined =>
  goals.find((goal) => goal.code === code);

interface GroupPlace {
  key: string | null;
  place: Omit<Place, 'programmes'>;
  among: string[];
}

function placesOf(by: Layout, filter: PortfolioFilter, facts: PortfolioFacts, slugs: string[]): GroupPlace[] {
  if (by === 'region') {
    const regions = filter.region === null ? [...regionsOf(facts), null] : [filter.region];
    return regions.map((region) => ({ key: region, place: { region }, among: slugs }));
  }
  if (by === 'year') {
    const years = filter.year === null ? yearsOf(facts) : [filter.year];
    return years.map((year) => ({ key: year, place: { year }, among: slugs }));
  }
  const goals = facts.goals.filter(({ code }) => filter.goal === null || code === filter.goal);
  const serving = new Set(goals.flatMap(({ programmes }) => programmes));
  return [
    ...goals.map(({ code, programmes }) => ({
      ...{ key: code, place: {} },
      among: programmes.filter((slug) => slugs.includes(slug)),
    })),
    { key: null, place: {}, among: slugs.filter((slug) => !serving.has(slug)) },
  ];
}
