import { Get, Param, Query } from '@nestjs/common';
import { ProofReader } from '../../audit/proof.reader.js';
import { AmendmentsReader } from '../../auditing/questions/amendments.reader.js';
import { MeasureGapsReader } from '../../auditing/questions/measure-gaps.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { auditPage, programmeAuditPage } from './audit.page.js';
import { gapsPage } from './gaps.page.js';
import { MoneyHeadlines, RecordHeadlines } from './headlines.js';
import { amendmentsPage } from './records.page.js';

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
    private readonly proof: ProofReader,
  ) {}

  @Get('audit')
  @Needs('log:read')
  async all(@By() actor: Actor): Promise<Page> {
    const [programmes, standing] = await Promise.all([
      this.programmes.list(actor, { limit: ALL }),
      this.proof.standing(actor),
    ]);
    return auditPage(programmes.items, standing, Date.now());
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
    private readonly amended: AmendmentsReader,
    private readonly gaps: MeasureGapsReader,
  ) {}

  @Get('amendments')
  @Needs('log:read')
  async amendments(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const after = (kind: string) => asked(query[kind]) ?? undefined;
    const [programme, found] = await Promise.all([
      this.programmes.one(actor, slug),
      this.amended.of(actor, slug, {
        limit: LISTED,
        returns: after('returns'),
        claims: after('claims'),
        agreements: after('agreements'),
        measurements: after('measurements'),
      }),
    ]);
    return amendmentsPage(programme, found);
  }

  @Get('unvalidated')
  @Needs('log:read')
  async unvalidated(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const after = (kind: string) => asked(query[kind]) ?? undefined;
    const cursors = { late: after('late'), benefits: after('benefits'), lateBenefits: after('lateBenefits') };
    const page = { limit: LISTED, after: after('after') };
    return gapsPage(programme, await this.gaps.of(actor, slug, page, cursors));
  }
}
