import { addDays } from '../core/calendar.js';
import type {
  DatedName,
  MeasureDefinition,
  MilestoneDefinition,
  OrganisationDefinition,
  ProgrammeDefinition,
  ProgrammeTerms,
  ProjectDefinition,
  TargetSetDefinition,
} from './definition.types.js';
import type {
  AwardEntry,
  DefinitionFile,
  OrganisationEntry,
  ProjectEntry,
  Sourced,
  TargetSetEntry,
} from './definition-file.types.js';
import { penceOf, ratioOf } from './definition-money.rules.js';
import type { AwardLineDefinition, AwardTrancheDefinition } from './definition-money.types.js';
import { provenanceOf } from './definition-provenance.js';
import { surveysOf } from './definition-surveys.normaliser.js';
import { partsOf } from './definition-targets.rules.js';
import { calendarPeriods } from './reporting-calendar.rules.js';

const DEFAULT_MAX_LENGTH = 4_000;

type MoneyTerms = Pick<
  ProgrammeTerms,
  'matchRatio' | 'matchRules' | 'eligibility' | 'payments' | 'agreementConditions' | 'followers'
>;

/** A file for which the schema and every rule hold, as the flat and complete arrays that applying it reads. */
export function normalise(file: DefinitionFile): ProgrammeDefinition {
  const { controlTotals } = file;
  return {
    sources: Object.entries(file.sources).map(([key, { title, reference, dated }]) => ({
      key,
      title,
      reference,
      dated: dated === undefined ? null : String(dated),
    })),
    organisations: file.organisations.map(organisationOf),
    successions: (file.successions ?? []).map((entry) => ({
      kind: entry.kind,
      predecessorOds: entry.predecessor,
      successorOds: entry.successor,
      effectiveOn: entry.effectiveOn,
      scope: entry.scope ?? null,
      provenance: provenanceOf(entry),
    })),
    strategyGoals: (file.strategyGoals ?? []).map(({ code, strategy, title, statement, ...from }) => ({
      ...{ code, strategy, title, statement },
      provenance: provenanceOf(from),
    })),
    programme: programmeOf(file),
    controlTotals: {
      grantPence: penceOf(controlTotals.grantPounds),
      matchPence: penceOf(controlTotals.matchPounds),
      totalPence: penceOf(controlTotals.totalPounds),
      provenance: provenanceOf(controlTotals),
    },
    awardTotals: file.awards.map((award) => ({ trustOds: award.trust, ...amountsOf(award) })),
    awards: file.awards.flatMap(awardLinesOf),
    awardTranches: file.awards.flatMap(tranchesOf),
    projects: file.projects.map(projectOf),
    milestones: file.projects.flatMap(milestonesOf),
    targetSets: file.targetSets.map(targetSetOf),
    surveys: surveysOf(file.surveys),
    periods: calendarPeriods(file.calendar),
  };
}

function organisationOf(entry: OrganisationEntry): OrganisationDefinition {
  const names: DatedName[] = [];
  for (const former of entry.formerly ?? []) {
    const { name, to } = former;
    names.push({ name, from: former.from ?? dayAfter(names), to, provenance: provenanceOf(former) });
  }
  // Whoever says when the former name ended says when the present one began.
  const provenance = names.at(-1)?.provenance ?? provenanceOf(entry);
  names.push({ name: entry.name, from: dayAfter(names), to: null, provenance });
  return {
    odsCode: entry.ods,
    name: entry.name,
    names,
    roles: entry.roles.map((role) => ({
      role: role.role,
      status: role.status,
      from: role.from ?? null,
      to: role.to ?? null,
      followsOds: role.follows ?? null,
      provenance: provenanceOf(role),
    })),
    region: entry.region ?? null,
    provenance: provenanceOf(entry),
  };
}

function dayAfter(names: readonly DatedName[]): string | null {
  const to = names.at(-1)?.to;
  return to ? addDays(to, 1) : null;
}

function programmeOf(file: DefinitionFile): ProgrammeTerms {
  const { programme, calendar, confidenceScale } = file;
  return {
    slug: programme.slug,
    name: programme.name,
    description: programme.description,
    funderOds: programme.funder,
    startsOn: programme.startsOn,
    endsOn: programme.endsOn,
    illustrative: programme.illustrative,
    awardeeTerm: programme.awardee,
    provenance: provenanceOf(programme),
    ...moneyTermsOf(file),
    assurance: file.assurance
      ? { noticeDays: file.assurance.noticeDays, provenance: provenanceOf(file.assurance) }
      : null,
    turnaround: file.turnaround
      ? { targetDays: file.turnaround.targetDays, provenance: provenanceOf(file.turnaround) }
      : null,
    confidenceScale: {
      code: confidenceScale.code,
      name: confidenceScale.name,
      points: confidenceScale.points,
      provenance: provenanceOf(confidenceScale),
    },
    delayReasons: file.delayReasons,
    narrativeSections: file.narrativeSections.map(({ code, title, hint, maxLength }) => ({
      code,
      title,
      hint: hint ?? null,
      maxLength: maxLength ?? DEFAULT_MAX_LENGTH,
    })),
    calendar: {
      cadence: calendar.cadence,
      opensDaysAfterEnd: calendar.opensDaysAfterEnd,
      dueDaysAfterEnd: calendar.dueDaysAfterEnd,
      provenance: provenanceOf(calendar),
    },
  };
}

function moneyTermsOf({ match, eligibility, payments, agreement, followers }: DefinitionFile): MoneyTerms {
  return {
    matchRatio: { ...ratioOf(match.ratio), provenance: provenanceOf(match.ratio) },
    matchRules: {
      types: match.rules.types,
      startsOn: match.rules.startsOn,
      endsOn: match.rules.endsOn,
      exclusions: match.rules.exclusions ?? [],
      provenance: provenanceOf(match.rules),
    },
    eligibility: {
      startsOn: eligibility.startsOn,
      endsOn: eligibility.endsOn,
      categories: eligibility.categories ?? [],
      provenance: provenanceOf(eligibility),
    },
    payments: payments
      ? {
          secondApproverAbovePence: penceOf(payments.secondApproverAbovePounds),
          provenance: provenanceOf(payments),
        }
      : null,
    agreementConditions: agreement
      ? { texts: agreement.conditions, provenance: provenanceOf(agreement) }
      : null,
    followers: followers
      ? { mostAwardPence: penceOf(followers.mostAwardPounds), provenance: provenanceOf(followers) }
      : null,
  };
}

function amountsOf(entry: { grantPounds: number; matchPounds: number } & Sourced) {
  return {
    grantPence: penceOf(entry.grantPounds),
    matchPence: penceOf(entry.matchPounds),
    provenance: provenanceOf(entry),
  };
}

function awardLinesOf({ trust, lines }: AwardEntry): AwardLineDefinition[] {
  return lines.map((line) => ({
    trustOds: trust,
    financialYear: line.year,
    kind: line.kind,
    ...amountsOf(line),
  }));
}

function tranchesOf({ trust, tranches }: AwardEntry): AwardTrancheDefinition[] {
  return (tranches ?? []).map((tranche) => ({
    trustOds: trust,
    number: tranche.number,
    name: tranche.name,
    basis: tranche.basis,
    plannedOn: tranche.plannedOn,
    grantPence: penceOf(tranche.grantPounds),
    milestones: tranche.milestones ?? [],
    provenance: provenanceOf(tranche),
  }));
}

function projectOf(entry: ProjectEntry): ProjectDefinition {
  return {
    code: entry.code,
    trustOds: entry.trust,
    name: entry.name,
    description: entry.description,
    goals: entry.goals.map((goal) => ({
      code: goal.code,
      statement: goal.statement,
      provenance: provenanceOf(goal),
    })),
    provenance: provenanceOf(entry),
  };
}

function milestonesOf({ code: projectCode, trust, milestones }: ProjectEntry): MilestoneDefinition[] {
  return milestones.map((entry) => ({
    code: entry.code,
    projectCode,
    trustOds: trust,
    name: entry.name,
    kind: entry.kind,
    baselineOn: entry.baselineOn,
    provenance: provenanceOf(entry),
  }));
}

function targetSetOf(set: TargetSetEntry): TargetSetDefinition {
  const { numerator, denominator } = partsOf(set.target);
  return {
    code: set.code,
    version: set.version,
    name: set.name,
    description: set.description,
    supersedesVersion: set.supersedes ?? null,
    targetOn: set.targetOn,
    targetNumerator: numerator,
    targetDenominator: denominator,
    provenance: provenanceOf(set),
    measures: set.measures.map((entry) => measureOf({ ...set.defaults, ...entry })),
  };
}

/** The rules have checked that a measure and its set's defaults together leave out nothing that is needed. */
function measureOf(entry: TargetSetEntry['measures'][number]): MeasureDefinition {
  const terms = entry as Required<typeof entry>;
  const { baseline, trajectory } = entry;
  return {
    code: terms.code,
    name: terms.name,
    question: terms.question,
    numeratorLabel: terms.numeratorLabel,
    denominatorLabel: terms.denominatorLabel,
    unit: terms.unit,
    direction: terms.direction,
    weight: terms.weight,
    level: terms.level,
    target: partsOf(terms.target),
    baseline: baseline ? { ...partsOf(baseline.value), provenance: provenanceOf(baseline) } : null,
    trajectory: Object.entries(trajectory?.points ?? {})
      .map(([period, value]) => ({ period, ...partsOf(value) }))
      .sort((a, b) => (a.period < b.period ? -1 : 1)),
    trajectoryProvenance: trajectory ? provenanceOf(trajectory) : null,
    provenance: provenanceOf(entry),
  };
}
