import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityTarget, FindOptionsWhere } from 'typeorm';
import type { Blocker } from '../core/blockers.js';
import type { Sql } from '../database/sql.js';
import type { Revised } from '../database/tx.js';
import type { Sourced } from '../organisations/sourced.js';
import type { ProgrammeDefinition, Provenance } from './definition.types.js';

/** A row as the definition wants it: its natural key, and the columns that the definition decides. */
export interface WantedRow {
  key: string;
  columns: Record<string, unknown>;
}

/**
 * How one part of a definition becomes rows. Each feature gives the section of its own tables, so that applying a
 * definition needs to know none of them.
 */
export interface DefinitionSection<E extends Revised = Revised> {
  /** What its rows are called: `milestone`. */
  readonly name: string;
  /** Sections are applied in this order; a row can refer to rows of an earlier one. */
  readonly order: number;
  readonly entity: EntityTarget<E>;
  /** Which rows stand already: those of the programme that the definition is for, or all. */
  filter(ids: DefinitionIds): FindOptionsWhere<E>;
  keyOf(row: E, ids: DefinitionIds): string;
  wanted(definition: ProgrammeDefinition, ids: DefinitionIds): WantedRow[];
  /**
   * What it means that a row is not in the file: it goes (`remove`), nothing because other programmes have rows
   * too (`keep`), or the definition is refused (`refuse`).
   */
  readonly absent: 'remove' | 'keep' | 'refuse';
  /** Columns that may be set once and never changed, and the words that say why. */
  readonly fixed?: { columns: readonly string[]; code: string; message: string };
  /** Columns that the record decides by now, whatever the file says of this row. */
  keeps?(row: E): readonly string[];
  /** What a new row has beside the columns that the definition decides. */
  onAdd?(columns: Record<string, unknown>): Record<string, unknown>;
  /** What else forbids a change, given what is stored; asked before anything of the section changes. */
  forbids?(sql: Sql, ids: DefinitionIds): Promise<(change: DefinitionChange) => Blocker[]>;
  /** Checks what was stored once all is applied, in the same transaction. @throws where it does not hold */
  check?(sql: Sql, ids: DefinitionIds): Promise<void>;
}

/** The ids of rows by section and natural key, and back; and the definition's sources. */
export class DefinitionIds {
  private readonly ids = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  constructor(private readonly definition: ProgrammeDefinition) {}

  set(section: string, key: string, id: string): void {
    this.ids.set(`${section} ${key}`, id);
    this.keys.set(`${section} ${id}`, key);
  }

  id(section: string, key: string): string {
    const id = this.ids.get(`${section} ${key}`);
    if (id === undefined) throw new Error(`No ${section} ${key} was applied before it was needed`);
    return id;
  }

  key(section: string, id: string): string {
    return this.keys.get(`${section} ${id}`) ?? '';
  }

  /** The ids of a section's rows, standing and new. */
  idsOf(section: string): string[] {
    const start = `${section} `;
    return [...this.ids].filter(([name]) => name.startsWith(start)).map(([, id]) => id);
  }

  /** The programme that the definition is for. */
  get programmeId(): string {
    return this.id('programme', this.definition.programme.slug);
  }

  sourced(provenance: Provenance): Sourced {
    if (provenance.source === null) return { source: null, assumed: provenance.assumed };
    const source = this.definition.sources.find((each) => each.key === provenance.source);
    if (!source) throw new Error(`No source ${provenance.source}`);
    return {
      source: { title: source.title, reference: source.reference, dated: source.dated },
      assumed: null,
    };
  }
}

/** One difference between a definition and what stands. */
export interface DefinitionChange {
  section: string;
  key: string;
  change: 'add' | 'change' | 'remove';
  fields: Array<{ name: string; before: unknown; after: unknown }>;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** The columns in which a wanted row differs from the standing one. */
export function differences(
  standing: Record<string, unknown>,
  wanted: WantedRow,
): DefinitionChange['fields'] {
  return Object.entries(wanted.columns)
    .map(([name, value]) => ({ name, before: plain(standing[name]), after: plain(value) }))
    .filter(({ before, after }) => !isDeepStrictEqual(before, after));
}

/** Why a difference may not be applied. */
export function changeBlockers(section: DefinitionSection, change: DefinitionChange): Blocker[] {
  const what = `${section.name.replaceAll('-', ' ')} ${change.key}`;
  if (change.change === 'remove' && section.absent === 'refuse')
    return [
      {
        code: 'cannot-be-removed',
        message: `The ${what} is no longer in the file, but it stands and returns may rest on it. Put it back.`,
        pointer: `/${section.name}/${change.key}`,
      },
    ];
  const fixed = section.fixed;
  if (change.change !== 'change' || !fixed) return [];
  return change.fields
    .filter((field) => fixed.columns.includes(field.name))
    .map((field) => ({
      code: fixed.code,
      message: `${fixed.message} (${what}: ${field.before} in force, ${field.after} in the file.)`,
      pointer: `/${section.name}/${change.key}/${field.name}`,
    }));
}

/** The sections that the features have given. */
@Injectable()
export class DefinitionSections {
  private readonly sections: DefinitionSection[] = [];

  /** @throws Error where two sections have the same name or place */
  give(...sections: DefinitionSection[]): void {
    for (const section of sections) {
      if (this.sections.some((each) => each.name === section.name || each.order === section.order))
        throw new Error(`Two definition sections ${section.name}, or two at ${section.order}`);
      this.sections.push(section);
    }
    this.sections.sort((a, b) => a.order - b.order);
  }

  inOrder(): readonly DefinitionSection[] {
    return this.sections;
  }
}
