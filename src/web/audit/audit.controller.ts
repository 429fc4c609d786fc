import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { auditPage, programmeAuditPage } from './audit.page.js';
import { MoneyHeadlines, RecordHeadlines } from './headlines.js';
import { amendmentsPage, gapsPage } from './records.page.js';

/** More programmes than are shown at once. */
const ALL = 200;
const LISTED = 50;

/** Where an auditor begins. */
@Pages()
export class AuditController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly money: MoneyHeadlines,
    private readonly records: RecordHeadlines,
  ) {}

  @Get('audit')
  @Needs('log:read')
  async all(@By() actor: Actor): Promise<Page> {
    return auditPage((await this.programmes.list(actor, { limit: ALL })).items);
  }

  @Get('programmes/:slug/audit')
  @Needs('log:read')
  async programme(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const found = await Promise.all([this.money.of(actor, slug), this.records.of(actor, slug)]);
    return programmeAuditPage(programme, found.flat());
  }
}

/** Auditor, questions 7 and 8: what was amended, and which measures are unvalidated, undefined or late. */
@Pages('programmes/:slug')
export class RecordsAuditController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly returns: ProgressReportsReader,
    private readonly claims: ClaimsReader,
    private readonly measurements: MeasurementsReader,
    private readonly targets: TargetsReader,
  ) {}

  @Get('amendments')
  @Needs('log:read')
  async amendments(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const [programme, returns, claims] = await Promise.all([
      this.programmes.one(actor, slug),
      this.returns.amendments(actor, slug, { limit: LISTED, after: asked(query.returns) ?? undefined }),
      this.claims.amendments(actor, slug, { limit: LISTED, after: asked(query.claims) ?? undefined }),
    ]);
    return amendmentsPage(programme, { returns, claims });
  }

  @Get('unvalidated')
  @Needs('log:read')
  async unvalidated(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('after') after?: unknown,
  ): Promise<Page> {
    const all = { period: null, trust: null, state: null, targetSet: null, unvalidated: true };
    const [programme, unvalidated, states, targetSets, late] = await Promise.all([
      this.programmes.one(actor, slug),
      this.measurements.list(actor, slug, all, { limit: LISTED, after: asked(after) ?? undefined }),
      this.measurements.states(actor, slug),
      this.targets.ofProgramme(actor, slug),
      this.measurements.late(actor, slug),
    ]);
    return gapsPage(programme, { unvalidated, states, targetSets, late });
  }
}
