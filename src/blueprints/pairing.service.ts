import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import type { Pence } from '../core/money.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ProgrammeRole } from '../programmes/programme.entity.js';
import { type PairingRow, pairing, successions } from './pairing.queries.js';
import { awardBlockers, joinedOn, PAIRING, type PairingStep, pairingBlockers } from './pairing.rules.js';

/** What a follower was awarded, and matched, as a source says. */
export interface FollowerAward {
  awardPence: Pence;
  matchPence: Pence;
  /** The letter, list or page that says so. */
  source: string;
}

/** What the funder decides of pairings of followers with exemplars. */
@Injectable()
export class PairingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Confirms a pairing that was proposed. @throws Problem 403, 404, 409 where the two have joined, 412, 428 */
  confirm(actor: Actor, id: string, revision: number | null, reason: string): Promise<{ id: string }> {
    return this.take({ actor, id, revision, reason }, 'confirmation', 'pairing.confirm', (at) => ({
      ...{ status: PAIRING.next('confirm', 'proposed'), decided_because: reason },
      ...{ decided_by: actor.id, decided_at: at },
    }));
  }

  /** Ends a pairing, with the reason. @throws Problem 403, 404, 409, 412, 428 */
  end(actor: Actor, id: string, revision: number | null, reason: string): Promise<{ id: string }> {
    return this.take({ actor, id, revision, reason }, 'ending', 'pairing.end', (at) => ({
      ...{ status: PAIRING.next('end', 'confirmed'), decided_because: reason },
      ...{ decided_by: actor.id, decided_at: at },
    }));
  }

  /**
   * Records what a confirmed follower was awarded and matched. It is in no agreement and no ledger of this programme, so
   * it never counts with the exemplar's. @throws Problem 403, 404, 409 also beyond what the programme allows, 412, 428
   */
  recordAward(
    actor: Actor,
    id: string,
    revision: number | null,
    award: FollowerAward,
  ): Promise<{ id: string }> {
    const patch = () => ({
      award_pence: award.awardPence,
      award_match_pence: award.matchPence,
      award_source: award.source,
    });
    return this.take({ actor, id, revision }, 'award', 'pairing.record-award', patch, (standing) =>
      awardBlockers(award.awardPence, standing.mostAwardPence),
    );
  }

  private take(
    { actor, id, revision, reason }: { actor: Actor; id: string; revision: number | null; reason?: string },
    step: PairingStep,
    action: string,
    patch: (at: Date) => Partial<ProgrammeRole>,
    further: (standing: PairingRow) => Blocker[] = () => [],
  ): Promise<{ id: string }> {
    return this.work.run({ actor, action, reason }, async (tx) => {
      const row = await tx.lockRevision(ProgrammeRole, id, revision, 'pairing');
      const standing = await pairing(tx, id);
      if (!standing) throw notFound('pairing');
      requirePermission(actor, 'pairing:decide');
      const joined = joinedOn(standing.follower.odsCode, standing.exemplar.odsCode, await successions(tx));
      const facts = { state: standing.decided, joined };
      refuseIfBlocked('This cannot be done with the pairing now.', [
        ...pairingBlockers(step, facts, this.clock.today()),
        ...further(standing),
      ]);
      await tx.change(ProgrammeRole, row, patch(tx.at) as object);
      return { id };
    });
  }
}
