import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { type Page, type PageRequest, pageOf, textIn } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { type ProjectView, projectByCode, projects } from './project.queries.js';

/** Projects as they are shown. */
@Injectable()
export class ProjectsReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** A page of a programme's projects, by code, or of a trust's, by its ODS code. @throws Problem 404; 400 where the cursor is not one */
  async ofProgramme(
    actor: Actor,
    slug: string,
    { limit, after }: PageRequest,
    trust: string | null = null,
  ): Promise<Page<ProjectView>> {
    const from = textIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      projects(sql, id, trust, limit + 1, from),
    );
    return pageOf(rows, limit, ({ code }) => [code]);
  }

  /** A programme's project by its code. @throws Problem 404 */
  async one(actor: Actor, slug: string, code: string): Promise<ProjectView> {
    const found = await this.programmes.within(actor, slug, (sql, id) => projectByCode(sql, id, code));
    if (!found) throw notFound('project');
    return found;
  }
}
