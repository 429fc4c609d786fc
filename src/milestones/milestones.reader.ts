import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type MilestoneFilter,
  type MilestoneSort,
  type MilestoneView,
  milestone,
  milestones,
  programmeOfMilestone,
} from './milestone.queries.js';

/** Milestones as they are shown. */
@Injectable()
export class MilestonesReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** A page of a programme's milestones. @throws Problem 404; 400 where the cursor is not one of this sort */
  async list(
    actor: Actor,
    slug: string,
    filter: MilestoneFilter,
    sort: MilestoneSort,
    { limit, after }: PageRequest,
  ): Promise<Page<MilestoneView>> {
    // The cursor names its sort: a day of one sort says nothing in the other.
    const from = cursorValues(after, [(value) => value === sort, isDateOn, isId])?.slice(1) ?? null;
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      milestones(sql, id, filter, sort, limit + 1, from),
    );
    return pageOf(rows, limit, (row) => [sort, row[sort], row.id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<MilestoneView> {
    const found = await this.scope.run(actor, (sql) => milestone(sql, id));
    if (!found) throw notFound('milestone');
    return found;
  }

  /** The slug of the programme that a milestone is of. @throws Problem 404 */
  async programmeOf(actor: Actor, id: string): Promise<string> {
    const slug = await this.scope.run(actor, (sql) => programmeOfMilestone(sql, id));
    if (!slug) throw notFound('milestone');
    return slug;
  }
}
