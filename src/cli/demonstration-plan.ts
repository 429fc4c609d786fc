import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { BenefitDraft } from '../benefits/benefit.service.js';
import { PACKAGE_FOLDER } from '../config/places.js';
import type { DateOn } from '../core/calendar.js';
import type { Stance } from '../findings/finding.rules.js';
import type { RecordedFinding } from '../findings/finding.service.js';
import type { Valuation } from '../funding/match/contribution.rules.js';
import type { RecoveryCause } from '../funding/payments/recovery.rules.js';
import type { RiskLine } from '../progress-reports/return-content.js';
import type { DemonstratedBlueprint, DemonstratedPairing } from './demonstration-blueprints.plan.js';
import type { DemonstratedSheet } from './demonstration-surveys.js';

/** How one trust's illustrative returns are made. */
export interface DemonstratedTrust {
  ods: string;
  /** How many times as long its own steps of a return take. */
  pace: number;
  /** Percentage covered at the start, and percentage points gained in a quarter. */
  coverage: { start: number; gain: number };
  /** Percentage points by which validation finds less. */
  overstated: number;
  /** Percentage of what was planned to be spent. */
  spend: { grant: number; match: number };
  /** Days by which milestones that are not met move. */
  slip: number;
  /** One rating for each period. */
  confidence: string[];
  /** How far the last period's return gets. */
  last: 'open' | 'draft' | 'trust-certified' | 'submitted' | 'queried' | 'accepted';
}

/** The illustrative returns of a programme, as a file gives them. */
export interface DemonstrationPlan {
  programme: string;
  /** The day at which the demonstration stands. */
  today: string;
  periods: string[];
  /** The periods whose validated values are published. */
  published: string[];
  /**
   * Days on which steps are played: of a return after its period's end, of a claim after the day it begins, of assurance
   * after it was signed, of a bank's list after the last payment on it; of match before it is accepted, of a year of a
   * benefit and a blueprint before the day at which the demonstration stands.
   */
  days: {
    return: Record<'draft' | 'certify' | 'submit' | 'review' | 'take' | 'validate', number>;
    claim: Record<'certify' | 'submit' | 'check' | 'recommend' | 'approve' | 'second', number>;
    match: Record<'evidence', number>;
    extract: Record<'read', number>;
    assurance: Record<'submit' | 'decide', number>;
    benefit: Record<'report' | 'validate', number>;
    blueprint: Record<'submit' | 'review' | 'publish', number>;
  };
  trusts: DemonstratedTrust[];
  narrative: Record<string, string>;
  risks: RiskLine[];
  evidence: { fileName: string; text: string; description: string };
  money: DemonstratedMoney;
  benefits: DemonstratedBenefit[];
  assurance: DemonstratedAssurance;
  blueprints: DemonstratedBlueprint[];
  pairings: DemonstratedPairing[];
  surveys: DemonstratedSheet[];
  /** What-ifs: a part of a year's money in basis points. */
  scenarios: Array<{ title: string; year: string; basisPoints: number }>;
}

/** The illustrative products of a programme, and the evidence for its go-lives. */
export interface DemonstratedAssurance {
  signedBy: string;
  signedOn: DateOn;
  document: string;
  products: Array<{
    name: string;
    supplier: string;
    summary: string;
    version: string | number;
    releasedOn: DateOn;
    device: string;
    library?: string;
  }>;
  deployments: Array<{
    trust: string;
    project: string;
    product: string;
    fromOn: DateOn;
    safety: 'draft' | 'submitted' | 'accepted';
    dpia: boolean;
  }>;
  organisations: Array<{ trust: string; caldicott: boolean; dspt: string; dsptUntil: DateOn }>;
}

/** Where a claim for costs stops. */
export type ClaimEnd = 'queried' | 'recommended' | 'approved' | 'paid' | 'reconciled';

interface DemonstratedMatch {
  year: string;
  kind: 'capital' | 'revenue';
  pounds: number;
  type: string;
  category: string;
  valuation: Valuation;
  description: string;
}

/** The illustrative money of a programme; amounts in pounds. */
export interface DemonstratedMoney {
  agreedOn: DateOn;
  match: Array<DemonstratedMatch & { supplier: string; incurredOn: DateOn; acceptedOn: DateOn }>;
  pledge: DemonstratedMatch & { expectedOn: DateOn };
  advance: { on: DateOn; paidOn: DateOn; capital: number; revenue: number; description: string };
  costs: DemonstratedMoney['advance'] & { incurredOn: DateOn; supplier: string };
  question: string;
  /** By ODS code. */
  until: Record<string, ClaimEnd>;
  waiver: { trust: string; codes: string[]; authority: string; reason: string };
  recovery: { trust: string; pounds: number; cause: RecoveryCause; dueOn: DateOn; reason: string };
  /** A payment that the bank's list leaves out, and one that it has with another amount. */
  extract: {
    missing: { trust: string; tranche: number };
    differs: { trust: string; tranche: number; lessPounds: number };
  };
  /** Days before the demonstration's own. */
  changes: Record<'ask' | 'assess' | 'decide' | 'apply', number>;
  reprofile: { trust: string; days: number; title: string; justification: string };
  move: { trust: string; pounds: number; title: string; justification: string };
  finding: Omit<RecordedFinding, 'kind'> & {
    trust: string;
    recordedOn: DateOn;
    answeredOn: DateOn;
    response: { stance: Stance; response: string; plannedOn: DateOn };
  };
}

/** What a project is to bring. Values in pounds of what is worth money, else a number of the unit. */
export interface DemonstratedBenefit
  extends Pick<BenefitDraft, 'code' | 'name' | 'type' | 'description' | 'owner'> {
  trust: string;
  project: string;
  unit?: string;
  baseline?: { value: number; on: DateOn; source: string };
  ownerAfterClosure?: string;
  /** By financial year. */
  profile: Record<string, number>;
  actuals?: Array<{ year: string; value: number; method: string; validated?: number; note?: string }>;
  /** Another plan that a change request brings. */
  replanned?: { title: string; justification: string; profile: Record<string, number> };
  /** Another benefit, as project/code, that this one is counted in. */
  countedIn?: string;
  until: 'draft' | 'agreed' | 'realising';
}

const FILE = new URL('programmes/demonstration/mental-health-exemplars.yaml', PACKAGE_FOLDER);

let plan: DemonstrationPlan | undefined;

/** The illustrative returns that the demonstration plays. Nobody changes them, so the file is read once. */
export function demonstrationPlan(): DemonstrationPlan {
  plan ??= parse(readFileSync(FILE, 'utf8')) as DemonstrationPlan;
  return plan;
}

/** The environment with the demonstration's day in it, unless it names another day or wants no demonstration. */
export function withDemonstrationDay(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.NODE_ENV === 'production' || env.DEMONSTRATION === 'false' || env.EXEMPLAR_TODAY) return env;
  return { ...env, EXEMPLAR_TODAY: demonstrationPlan().today };
}

/** Whole pence of an amount in pounds of the plan. */
export function pence(pounds: number): number {
  return Math.round(pounds * 100);
}
