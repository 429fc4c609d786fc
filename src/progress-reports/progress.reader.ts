import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { cursorOf, cursorValues, isId, isText, type PageRequest, pageOf, textIn } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import {
  type LineageView,
  lineage,
  type ProgrammeFigureView,
  programmeFigure,
  type SummedFigure,
  summedFigures,
} from '../targets/progress.queries.js';
import { programmeProgress, trustProgress } from './programme-progress.queries.js';

/** A figure of a programme, a page of the trusts' figures that it is the sum of, and whether all of them add up to it. */
export type ProgrammeLineageView = ProgrammeFigureView & { figures: SummedFigure[]; next: string | null };

/** Progress toward targets as it is shown, and what its figures were computed from. */
@Injectable()
export class ProgressReader {
  constructor(private readonly scope: ReadScope) {}

  /**
   * A programme's progress at the end of a period, a page of trusts at a time.
   * @param period a label; null for the latest that was reported
   * @returns `json`: the text of a `ProgrammeProgressView`
   * @throws Problem 404; 400 where the cursor is not one
   */
  async programme(
    actor: Actor,
    slug: string,
    period: string | null,
    { limit, after }: PageRequest,
  ): Promise<{ json: string; next: string | null }> {
    const from = textIn(after);
    const found = await this.scope.run(actor, (sql) => programmeProgress(sql, slug, period, limit, from));
    if (!found) throw notFound(period === null ? 'programme' : 'programme with this period');
    return { json: found.json, next: found.next && cursorOf([found.next]) };
  }

  /**
   * A trust's progress at the end of a period, as the text of a `TrustProgressView`.
   * @param period a label; null for the latest that was reported
   * @throws Problem 404
   */
  async trust(actor: Actor, slug: string, odsCode: string, period: string | null): Promise<string> {
    const json = await this.scope.run(actor, (sql) => trustProgress(sql, slug, odsCode, period));
    if (!json)
      throw notFound(period === null ? 'trust in this programme' : 'trust or period in this programme');
    return json;
  }

  /** A figure of a programme with a page of the trusts' figures that it is the sum of. @throws Problem 404; 400 where the cursor is not one */
  async programmeLineage(
    actor: Actor,
    id: string,
    { limit, after }: PageRequest,
  ): Promise<ProgrammeLineageView> {
    const from = cursorValues(after, [isText, isId]);
    const { figure, rows } = await this.scope.run(actor, async (sql) => ({
      figure: await programmeFigure(sql, id),
      rows: await summedFigures(sql, id, limit + 1, from),
    }));
    if (!figure) throw notFound('figure');
    const { items, next } = pageOf(rows, limit, ({ trust, trustId }) => [trust.name, trustId]);
    return { ...figure, figures: items.map(({ trustId: _, ...summed }) => summed), next };
  }

  /** Which measurements a trust's figure was computed from. @throws Problem 404 */
  async lineage(actor: Actor, id: string): Promise<LineageView> {
    const found = await this.scope.run(actor, (sql) => lineage(sql, id));
    if (!found) throw notFound('figure');
    return found;
  }
}
