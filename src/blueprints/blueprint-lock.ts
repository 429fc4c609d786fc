import { notFound } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { Blueprint, BlueprintVersion } from './blueprint.entity.js';
import type { BlueprintContent, BlueprintFacts } from './blueprint.rules.js';

/** A blueprint that is changed, with its newest version: both stay as they are until the unit of work ends. */
export interface LockedBlueprint {
  blueprint: Blueprint;
  latest: BlueprintVersion;
}

/** @throws Problem 404, 428 without a revision, 412 where somebody else changed it since */
export async function lockBlueprint(tx: Tx, id: string, revision: number | null): Promise<LockedBlueprint> {
  const blueprint = await tx.lockRevision(Blueprint, id, revision, 'blueprint');
  const latest = await tx.manager.findOne(BlueprintVersion, {
    where: { blueprint_id: id },
    order: { number: 'desc' },
    lock: { mode: 'pessimistic_write' },
  });
  if (!latest) throw notFound('blueprint');
  return { blueprint, latest };
}

/** What a version is judged by. */
export const factsOf = ({ state, prepared_by, submitted_by }: BlueprintVersion): BlueprintFacts => ({
  state,
  authors: submitted_by === null ? prepared_by : [...prepared_by, submitted_by],
});

/** What is written in a version. */
export const contentOf = (row: BlueprintVersion): BlueprintContent => ({
  what: row.what,
  forWhom: row.for_whom,
  where: row.where_used,
  userGroups: row.user_groups,
  careSettings: row.care_settings,
  projectType: row.project_type,
  capabilities: row.capabilities,
  maturitySections: row.maturity_sections,
  problem: row.problem,
  scope: row.scope,
  solution: row.solution,
  product: row.product,
  supplier: row.supplier,
  team: row.team,
  lessons: row.lessons,
  advice: row.advice,
  costPence: row.cost_pence,
  costBasis: row.cost_basis,
});

const COLUMNS: Readonly<Record<keyof BlueprintContent, keyof BlueprintVersion>> = {
  what: 'what',
  forWhom: 'for_whom',
  where: 'where_used',
  userGroups: 'user_groups',
  careSettings: 'care_settings',
  projectType: 'project_type',
  capabilities: 'capabilities',
  maturitySections: 'maturity_sections',
  problem: 'problem',
  scope: 'scope',
  solution: 'solution',
  product: 'product',
  supplier: 'supplier',
  team: 'team',
  lessons: 'lessons',
  advice: 'advice',
  costPence: 'cost_pence',
  costBasis: 'cost_basis',
};

/** The columns of what is written; what is undefined is left as it is. */
export function columnsOf(content: Partial<BlueprintContent>): Partial<BlueprintVersion> {
  const entries = (Object.keys(COLUMNS) as Array<keyof BlueprintContent>).filter(
    (field) => content[field] !== undefined,
  );
  return Object.fromEntries(
    entries.map((field) => [COLUMNS[field], content[field]]),
  ) as Partial<BlueprintVersion>;
}
