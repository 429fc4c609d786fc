import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { addDays, isDateOn } from '../../core/calendar.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { GateService, type GateView } from '../../funding/gates/gate.service.js';
import {
  agreementOfTranche,
  type GateWaiverView,
  gateWaiver,
  waiversOf,
} from '../../funding/gates/gate-waiver.queries.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { cursorValues, isId, type Page, type PageQuery, pageOf } from '../paging.js';

/** Gates and their waivers as the API shows them. Each reading throws Problem 404 where there is none. */
@Injectable()
export class GatesReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly gates: GateService,
    private readonly clock: Clock,
  ) {}

  async list(
    actor: Actor,
    slug: string,
    { trust, withinDays }: { trust: string | null; withinDays: number | null },
    { limit, after }: PageQuery,
  ): Promise<Page<GateView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const until = withinDays === null ? null : addDays(this.clock.today(), withinDays);
    const rows = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return this.gates.gates(sql, { programmeId: id, trust, until, after: from }, limit + 1);
    });
    return pageOf(rows, limit, ({ expectedOn, id }) => [expectedOn, id]);
  }

  async one(actor: Actor, id: string): Promise<GateView> {
    const found = await this.scope.run(actor, (sql) => this.gates.gate(sql, id));
    if (!found) throw notFound('tranche');
    return found;
  }

  async waivers(actor: Actor, trancheId: string): Promise<GateWaiverView[]> {
    return this.scope.run(actor, async (sql) => {
      if (!(await agreementOfTranche(sql, trancheId))) throw notFound('tranche');
      return waiversOf(sql, trancheId, this.clock.today());
    });
  }

  async waiver(actor: Actor, id: string): Promise<GateWaiverView> {
    const found = await this.scope.run(actor, (sql) => gateWaiver(sql, id, this.clock.today()));
    if (!found) throw notFound('waiver');
    return found;
  }
}
