import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import type { Sql } from '../../database/sql.js';
import { awards } from '../../funding/awards/award.queries.js';
import {
  lastDefinition,
  type ProgrammeView,
  programme,
  programmeId,
  programmeRoles,
  programmes,
  reportingPeriods,
} from '../../programmes/programme.queries.js';
import { type ProjectView, projects } from '../../projects/project.queries.js';
import { targetSets } from '../../targets/target.queries.js';
import { cursorValues, type Page, type PageQuery, pageOf } from '../paging.js';

const isText = (value: unknown): boolean => typeof value === 'string';

/** Programmes as the API shows them. Each reading throws Problem 404 where there is no such programme. */
@Injectable()
export class ProgrammesReader {
  constructor(private readonly scope: ReadScope) {}

  async list(actor: Actor, page: PageQuery): Promise<Page<ProgrammeView>> {
    const after = cursorValues(page.after, [isText]) as [string] | null;
    const rows = await this.scope.run(actor, (sql) => programmes(sql, page.limit + 1, after?.[0] ?? null));
    return pageOf(rows, page.limit, (row) => [row.slug]);
  }

  async one(actor: Actor, slug: string): Promise<ProgrammeView> {
    const found = await this.scope.run(actor, (sql) => programme(sql, slug));
    if (!found) throw notFound('programme');
    return found;
  }

  async definition(actor: Actor, slug: string): Promise<string> {
    const last = await this.within(actor, slug, lastDefinition);
    if (!last) throw notFound('definition');
    return last.content;
  }

  async awards(actor: Actor, slug: string): Promise<object> {
    return { items: await this.within(actor, slug, awards) };
  }

  async roles(actor: Actor, slug: string): Promise<object> {
    return { items: await this.within(actor, slug, programmeRoles) };
  }

  async periods(actor: Actor, slug: string): Promise<object> {
    return { items: await this.within(actor, slug, reportingPeriods) };
  }

  async targetSets(actor: Actor, slug: string): Promise<object> {
    return { items: await this.within(actor, slug, targetSets) };
  }

  async projects(actor: Actor, slug: string, page: PageQuery): Promise<Page<ProjectView>> {
    const after = cursorValues(page.after, [isText]) as [string] | null;
    const rows = await this.within(actor, slug, (sql, id) =>
      projects(sql, id, page.limit + 1, after?.[0] ?? null),
    );
    return pageOf(rows, page.limit, (row) => [row.code]);
  }

  /** Reads something of a programme by its slug. */
  async within<T>(
    actor: Actor,
    slug: string,
    read: (sql: Sql, programmeId: string) => Promise<T>,
  ): Promise<T> {
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return read(sql, id);
    });
  }
}
