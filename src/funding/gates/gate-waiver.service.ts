import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import { notFound, refuseIfBlocked, unprocessable } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Agreement } from '../agreements/agreement.entity.js';
import { GateWaiver } from './gate.entity.js';
import { GATE_CODES } from './gate.rules.js';
import { GateService } from './gate.service.js';
import { GateConditions } from './gate-conditions.js';
import { agreementOfTranche, type GateWaiverView, gateWaiver } from './gate-waiver.queries.js';
import { waiverBlockers, waiverCodeFaults, withdrawalBlockers } from './gate-waiver.rules.js';

/** What somebody waives, and on what grounds. */
export interface WaiverGrant {
  codes: readonly string[];
  reason: string;
  /** Who allowed it, and where that is written. */
  authority: string;
  /** The last day on which it counts; null: until it is withdrawn. */
  expiresOn: DateOn | null;
}

/** Waivers of gates: by a named person, for a reason, of what blocks a tranche now (domain.md section 9, rule 2). */
@Injectable()
export class GateWaiverService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly gates: GateService,
    private readonly conditions: GateConditions,
    private readonly clock: Clock,
  ) {}

  /**
   * Grants a waiver of what blocks a tranche now under the codes that it names, and of nothing that comes later.
   * @throws Problem 403, 404, 409 where nothing blocks under one of the codes, 422 for a code that there is not or
   * that nobody can waive
   */
  async grant(actor: Actor, trancheId: string, grant: WaiverGrant): Promise<GateWaiverView> {
    const { reason, authority, expiresOn } = grant;
    const codes = [...new Set(grant.codes)];
    return this.work.run({ actor, action: 'gate-waiver.grant', reason }, async (tx) => {
      requirePermission(actor, 'gate:waive');
      const agreement = await lockAgreement(tx, trancheId);
      const faults = waiverCodeFaults(codes, [...GATE_CODES, ...this.conditions.codes()]);
      if (faults.length > 0)
        throw unprocessable('codes-not-waivable', 'A waiver names blockers that can be waived.', faults);
      const found = await this.gates.found(tx, trancheId);
      refuseIfBlocked(
        'This waiver cannot be granted.',
        waiverBlockers({ codes, expiresOn }, found, this.clock.today()),
      );
      const { id } = await tx.insert(GateWaiver, {
        trust_id: agreement.trust_id,
        tranche_id: trancheId,
        codes,
        covers: found.filter(({ code }) => codes.includes(code)) as never,
        reason,
        authority,
        granted_by: actor.id,
        expires_on: expiresOn,
        illustrative: agreement.illustrative,
      });
      return this.view(tx, id);
    });
  }

  /** Ends a waiver; what was let through under it stays so. @throws Problem 403, 404, 409 where it was withdrawn, 412, 428 */
  async withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<GateWaiverView> {
    return this.work.run({ actor, action: 'gate-waiver.withdraw', reason }, async (tx) => {
      requirePermission(actor, 'gate:waive');
      const standing = await gateWaiver(tx, id, this.clock.today());
      if (!standing) throw notFound('waiver');
      await tx.lock(Agreement, standing.agreement.id, 'agreement');
      const row = await tx.lockRevision(GateWaiver, id, revision, 'waiver');
      refuseIfBlocked(
        'This waiver cannot be withdrawn.',
        withdrawalBlockers({ withdrawn: row.withdrawn_at !== null }),
      );
      await tx.change(GateWaiver, row, {
        withdrawn_by: actor.id,
        withdrawn_at: tx.at,
        withdrawal_reason: reason,
      });
      return this.view(tx, id);
    });
  }

  private async view(tx: Tx, id: string): Promise<GateWaiverView> {
    return (await gateWaiver(tx, id, this.clock.today())) as GateWaiverView;
  }
}

async function lockAgreement(tx: Tx, trancheId: string): Promise<Agreement> {
  const id = await agreementOfTranche(tx, trancheId);
  if (!id) throw notFound('tranche');
  return tx.lock(Agreement, id, 'agreement');
}
