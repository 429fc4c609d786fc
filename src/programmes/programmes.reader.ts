import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { type Page, type PageRequest, pageOf, textIn } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import {
  lastDefinition,
  type PeriodView,
  type ProgrammeView,
  programme,
  programmeId,
  programmeRoles,
  programmes,
  type RoleView,
  reportingPeriods,
} from './programme.queries.js';

/** Programmes as they are shown. Each reading throws Problem 404 where there is no such programme. */
@Injectable()
export class ProgrammesReader {
  constructor(private readonly scope: ReadScope) {}

  /** A page of programmes, by slug. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, { limit, after }: PageRequest): Promise<Page<ProgrammeView>> {
    const from = textIn(after);
    const rows = await this.scope.run(actor, (sql) => programmes(sql, limit + 1, from));
    return pageOf(rows, limit, ({ slug }) => [slug]);
  }

  async one(actor: Actor, slug: string): Promise<ProgrammeView> {
    const found = await this.scope.run(actor, (sql) => programme(sql, slug));
    if (!found) throw notFound('programme');
    return found;
  }

  /** The definition that was applied last, as YAML. */
  async definition(actor: Actor, slug: string): Promise<string> {
    const last = await this.within(actor, slug, lastDefinition);
    if (!last) throw notFound('definition');
    return last.content;
  }

  roles(actor: Actor, slug: string): Promise<RoleView[]> {
    return this.within(actor, slug, programmeRoles);
  }

  periods(actor: Actor, slug: string): Promise<PeriodView[]> {
    return this.within(actor, slug, reportingPeriods);
  }

  /** Reads something of a programme by its slug. */
  within<T>(actor: Actor, slug: string, read: (sql: Sql, programmeId: string) => Promise<T>): Promise<T> {
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return read(sql, id);
    });
  }
}
