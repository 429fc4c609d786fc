import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Revised, Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseDefinition } from './definition.parser.js';
import type { ProgrammeDefinition } from './definition.types.js';
import {
  changeBlockers,
  type DefinitionChange,
  DefinitionIds,
  type DefinitionSection,
  DefinitionSections,
  differences,
} from './definition-section.js';
import { AppliedDefinition } from './programme.entity.js';
import { holdDefinitions, lastDefinition } from './programme.queries.js';

/** What a definition changes: nothing, where it is in force already. */
export interface DefinitionOutcome {
  programme: string;
  /** Which of the programme's definitions this is, from 1; null for a comparison. */
  number: number | null;
  sha256: string;
  changes: DefinitionChange[];
}

/** Applies definition files, and says what they would change. */
@Injectable()
export class DefinitionService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sections: DefinitionSections,
  ) {}

  /**
   * Brings what stands to what the file says, all of it or nothing; a file that is in force already changes nothing.
   * @throws Problem 422 with file, line and column of every fault; 409 where something that is fixed would change
   */
  async apply(actor: Actor, text: string, fileName: string): Promise<DefinitionOutcome> {
    const definition = parseDefinition(text, fileName);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return this.work.run({ actor, action: 'programme.apply' }, async (tx) => {
      requirePermission(actor, 'programme:define');
      await holdDefinitions(tx);
      const ids = new DefinitionIds(definition);
      const changes = await this.compare(tx, definition, ids, true);
      for (const section of this.sections.inOrder()) await section.check?.(tx, ids);
      const number = await this.keep(tx, ids.programmeId, sha256, text);
      return { programme: definition.programme.slug, number, sha256, changes };
    });
  }

  /** What applying the file would change; nothing is changed. @throws as `apply` */
  async diff(actor: Actor, text: string, fileName: string): Promise<DefinitionOutcome> {
    const definition = parseDefinition(text, fileName);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return this.work.run({ actor, action: 'programme.diff' }, async (tx) => {
      requirePermission(actor, 'programme:define');
      const changes = await this.compare(tx, definition, new DefinitionIds(definition), false);
      return { programme: definition.programme.slug, number: null, sha256, changes };
    });
  }

  private async compare(
    tx: Tx,
    definition: ProgrammeDefinition,
    ids: DefinitionIds,
    apply: boolean,
  ): Promise<DefinitionChange[]> {
    const changes: DefinitionChange[] = [];
    const reasons: Blocker[] = [];
    for (const section of this.sections.inOrder()) {
      const steps = await this.steps(tx, section, definition, ids);
      const forbids = await section.forbids?.(tx, ids);
      for (const step of steps) {
        const blockers = [...changeBlockers(section, step.change), ...(forbids?.(step.change) ?? [])];
        reasons.push(...blockers);
        // What comes after a refusal is compared alone: it may rest on what was not carried out.
        if (apply && reasons.length === 0) await carryOut(tx, section, step);
        changes.push(step.change);
      }
    }
    refuseIfBlocked('This definition would change what is fixed; nothing was applied.', reasons);
    return changes;
  }

  private async steps(
    tx: Tx,
    section: DefinitionSection,
    definition: ProgrammeDefinition,
    ids: DefinitionIds,
  ): Promise<Step[]> {
    const standing = new Map<string, Revised>();
    for (const row of await tx.manager.find(section.entity, { where: section.filter(ids) })) {
      const key = section.keyOf(row, ids);
      standing.set(key, row);
      ids.set(section.name, key, row.id);
    }
    const steps: Step[] = [];
    for (const wanted of section.wanted(definition, ids)) {
      const row = standing.get(wanted.key);
      standing.delete(wanted.key);
      const columns = withoutKept(section, row, wanted.columns);
      const fields = differences(row ?? {}, { key: wanted.key, columns });
      const id = row?.id ?? randomUUID();
      if (!row) ids.set(section.name, wanted.key, id);
      if (row && fields.length === 0) continue;
      const change = {
        section: section.name,
        key: wanted.key,
        change: row ? 'change' : 'add',
        fields,
      } as const;
      steps.push({ change, row, id, columns });
    }
    if (section.absent !== 'keep')
      for (const [key, row] of standing)
        steps.push({
          change: { section: section.name, key, change: 'remove', fields: [] },
          row,
          id: row.id,
          columns: {},
        });
    return steps;
  }

  private async keep(tx: Tx, programmeId: string, sha256: string, content: string): Promise<number> {
    const last = await lastDefinition(tx, programmeId);
    if (last?.sha256 === sha256) return last.number;
    const number = (last?.number ?? 0) + 1;
    await tx.insert(AppliedDefinition, { programme_id: programmeId, number, sha256, content });
    return number;
  }
}

interface Step {
  change: DefinitionChange;
  row: Revised | undefined;
  id: string;
  columns: Record<string, unknown>;
}

async function carryOut(
  tx: Tx,
  section: DefinitionSection,
  { change, row, id, columns }: Step,
): Promise<void> {
  if (change.change === 'remove') await tx.manager.delete(section.entity, { id });
  else if (row) await tx.change(section.entity, row, columns as never);
  else await tx.insert(section.entity, { id, ...(section.onAdd?.(columns) ?? columns) } as never);
}

/** The columns of a wanted row that the file still decides. */
function withoutKept(
  section: DefinitionSection,
  row: Revised | undefined,
  columns: Record<string, unknown>,
): Record<string, unknown> {
  const kept = (row && section.keeps?.(row)) ?? [];
  return kept.length === 0
    ? columns
    : Object.fromEntries(Object.entries(columns).filter(([name]) => !kept.includes(name)));
}
