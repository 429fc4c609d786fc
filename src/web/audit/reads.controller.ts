import { Get, Query } from '@nestjs/common';
import { AuditReadsReader } from '../../auditing/reads/audit-reads.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { readsFilterOf, readsPage } from './reads.page.js';

const LISTED = 50;

/** Who of the auditors looked at what. */
@Pages('audit/reads')
export class ReadsController {
  constructor(private readonly reads: AuditReadsReader) {}

  @Get()
  @Needs('log:read')
  async list(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<Page> {
    const filter = readsFilterOf(query);
    const page = { limit: LISTED, after: asked(query.after) ?? undefined };
    return readsPage(await this.reads.list(actor, filter, page), filter, actor.role === 'auditor');
  }
}
