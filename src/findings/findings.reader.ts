import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type FindingFilter,
  type FindingView,
  finding,
  findings,
  programmeOfFinding,
} from './finding.queries.js';

/** What reviews and audits found, as it is shown. */
@Injectable()
export class FindingsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's findings, the first due first. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: FindingFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<FindingView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      findings(sql, id, this.clock.today(), filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ dueOn, id }) => [dueOn, id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<FindingView> {
    const found = await this.scope.run(actor, (sql) => finding(sql, id, this.clock.today()));
    if (!found) throw notFound('finding');
    return found;
  }

  /** The slug of the programme that a finding is of. @throws Problem 404 */
  async programmeOf(actor: Actor, id: string): Promise<string> {
    const slug = await this.scope.run(actor, (sql) => programmeOfFinding(sql, id));
    if (!slug) throw notFound('finding');
    return slug;
  }
}
