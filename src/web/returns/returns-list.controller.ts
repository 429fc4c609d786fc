import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { ProgressReportRow } from '../../progress-reports/progress-report.queries.js';
import { ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import { ReturnStandingReader } from '../../progress-reports/return-standing.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { type ReturnsQuery, returnsFilterOf, returnsListPage } from './returns-list.page.js';

/** What each return says is read too, to tell which are unchanged. */
const LISTED = 50;

/** Programme manager, question 4: whose return is late, queried or unchanged? */
@Pages('programmes/:slug/returns')
export class ReturnsListController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly returns: ProgressReportsReader,
    private readonly standings: ReturnStandingReader,
  ) {}

  @Get()
  @Needs('progress-report:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query() query: ReturnsQuery): Promise<Page> {
    const filter = returnsFilterOf(query);
    const after = asked(query.after) ?? undefined;
    const programme = await this.programmes.one(actor, slug);
    const periods = await this.programmes.periods(actor, slug);
    const { items, next } = await this.returns.list(actor, slug, filter, { limit: LISTED, after });
    const rows = JSON.parse(items) as ProgressReportRow[];
    const ids = rows.map(({ id }) => id);
    const unchanged = await this.standings.unchanged(actor, ids);
    return returnsListPage({ programme, periods, rows, unchanged, filter, next });
  }
}
