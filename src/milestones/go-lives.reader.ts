import { Injectable } from '@nestjs/common';
import { coverageFacts } from '../assurance/coverage.queries.js';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { type DateOn, isDateOn } from '../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { lastTold } from './assurance-notice.queries.js';
import { type GoLiveFilter, type GoLiveRow, goLive, goLives } from './go-live.queries.js';
import { goLiveRequirements, lookedAtOn, type ShownRequirement } from './go-live.rules.js';

/** A go-live with all that it needs, and how each stands on the day that it is looked at for. */
export type GoLiveView = GoLiveRow & {
  /** The actual or expected day; of a service that is live, today. */
  lookedAtOn: DateOn;
  requirements: ShownRequirement[];
  /** How many of them are not met. */
  missing: number;
  /** How many hold, and end within 90 days. */
  endingSoon: number;
};

/** What is missing or expires before go-lives (domain.md section 11, project lead 7). */
@Injectable()
export class GoLivesReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's go-lives, by their forecasts. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: GoLiveFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<GoLiveView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    return this.programmes.within(actor, slug, async (sql, programmeId) => {
      const { items, next } = pageOf(
        await goLives(sql, programmeId, filter, limit + 1, from),
        limit,
        ({ forecastOn, id }) => [forecastOn, id],
      );
      return { items: await this.looked(sql, items), next };
    });
  }

  /** What a milestone needs as a go-live; null where it is another kind of milestone, or not the reader's to see. */
  one(actor: Actor, milestoneId: string): Promise<GoLiveView | null> {
    return this.scope.run(actor, async (sql) => {
      const found = await goLive(sql, milestoneId);
      return found ? ((await this.looked(sql, [found]))[0] ?? null) : null;
    });
  }

  private async looked(sql: Sql, rows: readonly GoLiveRow[]): Promise<GoLiveView[]> {
    const facts = await coverageFacts(sql, [...new Set(rows.map(({ project }) => project.id))]);
    const told = await lastTold(sql, [...new Set(facts.flatMap(({ items }) => items.map(({ id }) => id)))]);
    const today = this.clock.today();
    return rows.flatMap((row) => {
      const of = facts.find(({ project }) => project.id === row.project.id);
      if (!of) return [];
      const on = lookedAtOn(row, today);
      const requirements = goLiveRequirements(of, on, today, told);
      return [
        {
          ...row,
          lookedAtOn: on,
          requirements,
          missing: requirements.filter(({ status }) => status !== 'valid').length,
          endingSoon: requirements.filter(({ endsSoon }) => endsSoon).length,
        },
      ];
    });
  }
}
