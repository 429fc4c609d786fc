import { type Blocker, blockers } from '../core/blockers.js';
import type { FinancialYear } from '../core/financial-period.js';
import type { BenefitState } from './benefit.rules.js';

/** What a benefit is to bring in a financial year, beside its baseline: a whole number of its unit. */
export interface PlannedYear {
  financialYear: FinancialYear;
  planned: number;
}

/** The plan that a benefit is to have instead, all of it. */
export interface AskedPlan {
  /** `project/benefit`. */
  benefit: string;
  years: PlannedYear[];
}

/** The plan of a benefit as it stands. */
export interface StandingPlan {
  id: string;
  /** `project/benefit`. */
  code: string;
  name: string;
  unit: string;
  state: BenefitState;
  /** By year; `reported`: something was reported of it, whatever became of that. */
  years: Array<PlannedYear & { reported: boolean }>;
}

/** The states in which a plan can be changed by request: what is a draft is changed as one, and what ended is over. */
const REPLANNED: readonly BenefitState[] = ['agreed', 'realising'];

/**
 * Why a benefit cannot have another plan now. A year that was reported keeps what was planned for it: what came of it
 * was held against that. Pointers are into the plan.
 */
export function planBlockers(standing: StandingPlan, { years }: AskedPlan): Blocker[] {
  const { state } = standing;
  const named = years.map(({ financialYear }) => financialYear);
  const asked = new Map(years.map(({ financialYear, planned }) => [financialYear, planned]));
  const same =
    standing.years.length === years.length &&
    standing.years.every(({ financialYear, planned }) => asked.get(financialYear) === planned);
  return [
    ...blockers(
      !REPLANNED.includes(state) && {
        code: 'plan-not-open',
        message: `This benefit is ${state}. The plan of a benefit that is agreed, and not over, is changed by request.`,
      },
      same && { code: 'nothing-changes', message: 'The plan is to stay as it is. Leave the benefit out.' },
      !years.some(({ planned }) => planned > 0) && {
        code: 'profile-missing',
        message: 'Plan what it is to bring in one financial year at least; or have the benefit withdrawn.',
        pointer: '/years',
      },
    ),
    ...named.flatMap((year, index) =>
      named.indexOf(year) < index
        ? [
            {
              code: 'year-twice',
              message: `${year} is planned twice. Give each year once.`,
              pointer: `/years/${index}/financialYear`,
            },
          ]
        : [],
    ),
    ...standing.years.flatMap(({ financialYear, planned, reported }) => {
      const index = named.indexOf(financialYear);
      if (!reported || asked.get(financialYear) === planned) return [];
      return [
        {
          code: 'year-reported',
          message: `What ${financialYear} brought is reported against its plan already. Leave that year as it is.`,
          pointer: index < 0 ? '/years' : `/years/${index}/planned`,
        },
      ];
    }),
  ];
}

/** What has to be written so that the one plan becomes the other. */
export function planChanges(standing: readonly PlannedYear[], asked: readonly PlannedYear[]) {
  const before = new Map(standing.map(({ financialYear, planned }) => [financialYear, planned]));
  const after = new Set(asked.map(({ financialYear }) => financialYear));
  return {
    removed: standing.filter(({ financialYear }) => !after.has(financialYear)),
    added: asked.filter(({ financialYear }) => !before.has(financialYear)),
    changed: asked.filter(
      ({ financialYear, planned }) => before.has(financialYear) && before.get(financialYear) !== planned,
    ),
  };
}
