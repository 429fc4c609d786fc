import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { cursorValues, isId, isText, type Page, type PageRequest, pageOf, textIn } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { ReadSql } from '../database/sql.js';
import { type Awardee, awardeePage } from './awardee.queries.js';
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

  /** A page of the roles in a programme, by role and name; `follows`: of those that follow somebody, or do not. @throws Problem 400 where the cursor is not one */
  async roles(
    actor: Actor,
    slug: string,
    follows: boolean | null,
    { limit, after }: PageRequest,
  ): Promise<Page<RoleView>> {
    const from = cursorValues(after, [isText, isText, isId]);
    const rows = await this.within(actor, slug, (sql, id) =>
      programmeRoles(sql, id, follows, limit + 1, from),
    );
    const { items, next } = pageOf(rows, limit, ({ id, role, organisation }) => [
      role,
      organisation.name,
      id,
    ]);
    return { items: items.map(({ id: _, ...role }) => role), next };
  }

  /** A page of the confirmed awardees that the reader may see figures of, by name. @throws Problem 400 where the cursor is not one */
  awardees(actor: Actor, slug: string, page: PageRequest): Promise<Page<Awardee>> {
    return this.within(actor, slug, (sql, id) => awardeePage(sql, id, page));
  }

  periods(actor: Actor, slug: string): Promise<PeriodView[]> {
    return this.within(actor, slug, reportingPeriods);
  }

  /** Reads something of a programme by its slug. */
  within<T>(actor: Actor, slug: string, read: (sql: ReadSql, programmeId: string) => Promise<T>): Promise<T> {
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return read(sql, id);
    });
  }
}
