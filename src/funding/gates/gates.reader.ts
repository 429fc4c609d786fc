import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { addDays, isDateOn } from '../../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type GateTotals, gateTotals } from './gate.queries.js';
import { GateService, type GateView, type PassageView, type ProposedPassage } from './gate.service.js';
import { type GateDecisionView, gateDecisions } from './gate-decision.queries.js';
import { agreementOfTranche, type GateWaiverView, gateWaiver, waiversOf } from './gate-waiver.queries.js';

/** Gates and their waivers as they are shown. Each reading throws Problem 404 where there is none. */
@Injectable()
export class GatesReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly gates: GateService,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of a programme's gates, by when they are expected.
   * @param filter the trust by ODS code; within how many days a gate with money left is planned or expected
   * @throws Problem 400 where the cursor is not one
   */
  async list(
    actor: Actor,
    slug: string,
    filter: { trust: string | null; withinDays: number | null },
    { limit, after }: PageRequest,
  ): Promise<Page<GateView>> {
    const { trust, withinDays } = filter;
    const from = cursorValues(after, [isDateOn, isId]);
    const until = withinDays === null ? null : addDays(this.clock.today(), withinDays);
    const rows = await this.programmes.within(actor, slug, (sql, programmeId) =>
      this.gates.gates(sql, { programmeId, trust, until, after: from }, limit + 1),
    );
    return pageOf(rows, limit, ({ expectedOn, id }) => [expectedOn, id]);
  }

  /** What the gates with money left to pay come to, of all that a list narrowed in this way has. @throws Problem 404 */
  totals(
    actor: Actor,
    slug: string,
    { trust, withinDays }: { trust: string | null; withinDays: number | null },
  ): Promise<GateTotals> {
    const until = withinDays === null ? null : addDays(this.clock.today(), withinDays);
    return this.programmes.within(actor, slug, (sql, programmeId) =>
      gateTotals(sql, { programmeId, trust, until }),
    );
  }

  async one(actor: Actor, id: string): Promise<GateView> {
    const found = await this.scope.run(actor, (sql) => this.gates.gate(sql, id));
    if (!found) throw notFound('tranche');
    return found;
  }

  /** What a gate would say of money of a claim that is to pass. */
  passage(actor: Actor, proposed: ProposedPassage): Promise<PassageView> {
    return this.scope.run(actor, (sql) => this.gates.passage(sql, proposed));
  }

  /** All waivers that a tranche ever had, oldest first. */
  async waivers(actor: Actor, trancheId: string): Promise<GateWaiverView[]> {
    return this.scope.run(actor, async (sql) => {
      if (!(await agreementOfTranche(sql, trancheId))) throw notFound('tranche');
      return waiversOf(sql, trancheId, this.clock.today());
    });
  }

  /** What was let through the gate of a tranche so far, oldest first. */
  async decisions(actor: Actor, trancheId: string): Promise<GateDecisionView[]> {
    return this.scope.run(actor, async (sql) => {
      if (!(await agreementOfTranche(sql, trancheId))) throw notFound('tranche');
      return gateDecisions(sql, trancheId);
    });
  }

  async waiver(actor: Actor, id: string): Promise<GateWaiverView> {
    const found = await this.scope.run(actor, (sql) => gateWaiver(sql, id, this.clock.today()));
    if (!found) throw notFound('waiver');
    return found;
  }
}
