import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { RiskLine } from '../progress-reports/return-content.js';

/** How one trust's illustrative returns are made. */
export interface DemonstratedTrust {
  ods: string;
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
  trusts: DemonstratedTrust[];
  narrative: Record<string, string>;
  risks: RiskLine[];
  evidence: { fileName: string; text: string; description: string };
}

const FILE = new URL('../../programmes/demonstration/mental-health-exemplars.yaml', import.meta.url);

/** The illustrative returns that the demonstration plays. */
export function demonstrationPlan(): DemonstrationPlan {
  return parse(readFileSync(FILE, 'utf8')) as DemonstrationPlan;
}

/** The environment with the demonstration's day in it, unless it names another day or wants no demonstration. */
export function withDemonstrationDay(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.NODE_ENV === 'production' || env.DEMONSTRATION === 'false' || env.EXEMPLAR_TODAY) return env;
  return { ...env, EXEMPLAR_TODAY: demonstrationPlan().today };
}
