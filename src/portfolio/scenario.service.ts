import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked, unprocessable } from '../core/problems.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Scenario } from './scenario.entity.js';
import { assumptionFaults, SCENARIO, scenarioOf } from './scenario.rules.js';
import type { ScenarioAssumption } from './scenario.types.js';
import { ScenariosReader } from './scenarios.reader.js';

/** What somebody wants to know: what would become of a programme if less were paid in a year. */
export interface ScenarioDraft extends ScenarioAssumption {
  title: string;
}

/** Scenarios are computed from the record and kept beside it: nothing of a programme changes (docs/portfolio.md). */
@Injectable()
export class ScenarioService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: ScenariosReader,
    private readonly config: Config,
  ) {}

  /**
   * Computes a scenario from the record as it stands, and keeps it under a name.
   * @throws Problem 403, 404; 409 where the programme has one of this name; 422 where there is nothing to cut
   */
  async make(actor: Actor, slug: string, { title, ...assumption }: ScenarioDraft): Promise<{ id: string }> {
    requirePermission(actor, 'scenario:make');
    const { programmeId, past, facts, sha256 } = await this.reader.facts(actor, slug);
    const faults = assumptionFaults(assumption, facts);
    if (faults.length > 0) throw unprocessable('scenario-wrong', 'This cannot be computed.', faults);
    const { totals, ...result } = scenarioOf(assumption, facts);
    return this.work.run({ actor, action: 'scenario.make' }, async (tx) => {
      const { id } = await tx.insert(Scenario, {
        ...{ programme_id: programmeId, title, state: SCENARIO.initial, result },
        financial_year: assumption.financialYear,
        cut_basis_points: assumption.cut.basisPoints,
        cut_pence: totals.cutPence,
        as_on: facts.asOn,
        as_at_number: past.number,
        as_at: past.at,
        facts_sha256: sha256,
        asked_pence: totals.askedPence,
        kept_pence: totals.keptPence,
        moved_pence: totals.movedPence,
        unfunded_pence: totals.unfundedPence,
        spare_pence: totals.sparePence,
        beyond_pence: totals.beyondPence,
        made_by: actor.id,
        illustrative: this.config.demonstration,
      });
      return { id };
    });
  }

  /** Withdraws a scenario; it stays, marked so, with the reason. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<{ id: string }> {
    return this.work.run({ actor, action: 'scenario.withdraw', reason }, async (tx) => {
      const row = await tx.lockRevision(Scenario, id, revision, 'scenario');
      requirePermission(actor, 'scenario:make');
      refuseIfBlocked('This scenario cannot be withdrawn.', SCENARIO.blockers('withdraw', row.state));
      await tx.change(Scenario, row, {
        state: SCENARIO.next('withdraw', row.state),
        withdrawn_by: actor.id,
        withdrawn_at: tx.at,
        withdrawn_because: reason,
      });
      return { id };
    });
  }
}
