import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import type { Pence } from '../core/money.js';
import { notFound, refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Adoption } from './adoption.entity.js';
import { adoption } from './adoption.queries.js';
import {
  ADOPTION,
  type AdoptionMode,
  type AdoptionStep,
  adoptionAfter,
  adoptionStepBlockers,
} from './adoption.rules.js';
import { FIGURES } from './adoption-figures.rules.js';
import { Blueprint, BlueprintVersion } from './blueprint.entity.js';
import { contactBlockers } from './blueprint.rules.js';
import { usersId } from './blueprint-contacts.service.js';
import { odsCodes, successions } from './pairing.queries.js';
import { joinedOn } from './pairing.rules.js';

/** An adoption as it is begun. */
export interface BegunAdoption {
  /** Who adopts, by ODS code; null: the trust of whoever records it. */
  organisation: string | null;
  mode: AdoptionMode;
  localChanges: string;
}

/** What of an adoption is written as it goes on; what is undefined is left as it is. */
export interface AdoptionDetail {
  mode?: AdoptionMode | undefined;
  localChanges?: string | undefined;
  /** What it cost the adopter, and how that was worked out: both, or neither. */
  costPence?: Pence | null | undefined;
  costBasis?: string | null | undefined;
}

/** What becomes of published blueprints with others: who takes them up, how far, and with what outcome. */
@Injectable()
export class AdoptionService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Records that an organisation considers a published blueprint.
   * @throws Problem 403, 404; 409 where it is its own, or of a body that it has joined, or is adopted already; 422
   */
  begin(actor: Actor, blueprintId: string, begun: BegunAdoption): Promise<{ id: string }> {
    return this.work.run({ actor, action: 'adoption.begin' }, async (tx) => {
      requirePermission(actor, 'blueprint:use');
      const blueprint = await tx.manager.findOneBy(Blueprint, { id: blueprintId });
      if (!blueprint) throw notFound('blueprint');
      const version = await tx.manager.findOneBy(BlueprintVersion, {
        blueprint_id: blueprintId,
        state: 'published',
      });
      const organisationId = await usersId(tx, actor, begun.organisation, false);
      refuseIfBlocked('This adoption cannot be recorded.', [
        ...contactBlockers(version ?? undefined, { organisationId, ownerId: blueprint.trust_id }),
        ...(await this.joined(tx, organisationId, blueprint.trust_id)),
      ]);
      const { id } = await tx.insert(Adoption, {
        programme_id: blueprint.programme_id,
        blueprint_id: blueprintId,
        version_id: version?.id as string,
        organisation_id: organisationId,
        owner_id: blueprint.trust_id,
        mode: begun.mode,
        state: ADOPTION.initial,
        local_changes: begun.localChanges,
        recorded_by: actor.id,
        illustrative: this.config.demonstration,
      });
      return { id };
    });
  }

  /** Writes how it is taken up, what was changed locally, and what it cost. @throws Problem 403, 404, 409, 412, 422, 428 */
  write(actor: Actor, id: string, revision: number | null, detail: AdoptionDetail): Promise<{ id: string }> {
    return this.work.run({ actor, action: 'adoption.write' }, async (tx) => {
      const row = await this.locked(tx, actor, id, revision);
      if (row.state === 'abandoned')
        refuseIfBlocked(
          'What was given up is not written in any more.',
          ADOPTION.blockers('abandon', row.state),
        );
      const cost_pence = detail.costPence === undefined ? row.cost_pence : detail.costPence;
      const cost_basis = detail.costBasis === undefined ? row.cost_basis : detail.costBasis;
      refuseHalfCost(cost_pence, cost_basis);
      const costed = cost_pence !== row.cost_pence || cost_basis !== row.cost_basis;
      await tx.change(Adoption, row, {
        mode: detail.mode ?? row.mode,
        local_changes: detail.localChanges ?? row.local_changes,
        cost_pence,
        cost_basis,
        ...(costed ? writtenAnew(row, actor) : {}),
      });
      return { id };
    });
  }

  /** It was begun on a day. @throws Problem 403, 404, 409, 412, 428 */
  start(actor: Actor, id: string, revision: number | null, on: DateOn): Promise<{ id: string }> {
    return this.take(actor, id, revision, 'beginning', { on, pointer: '/startedOn' }, { started_on: on });
  }

  /** It went live on a day. @throws Problem 403, 404, 409, 412, 428 */
  goLive(actor: Actor, id: string, revision: number | null, on: DateOn): Promise<{ id: string }> {
    return this.take(actor, id, revision, 'go-live', { on, pointer: '/liveOn' }, { live_on: on });
  }

  /** It was given up on a day, for a reason. @throws Problem 403, 404, 409, 412, 428 */
  abandon(
    actor: Actor,
    id: string,
    revision: number | null,
    { on, reason }: { on: DateOn; reason: string },
  ): Promise<{ id: string }> {
    const patch = { abandoned_on: on, abandoned_because: reason };
    return this.take(actor, id, revision, 'abandonment', { on, pointer: '/abandonedOn' }, patch);
  }

  private take(
    actor: Actor,
    id: string,
    revision: number | null,
    step: AdoptionStep,
    { on, pointer }: { on: DateOn; pointer: string },
    patch: Partial<Adoption>,
  ): Promise<{ id: string }> {
    return this.work.run({ actor, action: `adoption.${step}` }, async (tx) => {
      const row = await this.locked(tx, actor, id, revision);
      const facts = { state: row.state, startedOn: row.started_on };
      const at = { on, today: this.clock.today(), pointer };
      refuseIfBlocked('This cannot be done with the adoption.', adoptionStepBlockers(step, facts, at));
      await tx.change(Adoption, row, {
        ...{ ...patch, state: adoptionAfter(step, row.state) },
        ...(step === 'abandonment' ? {} : writtenAnew(row, actor)),
      });
      return { id };
    });
  }

  /** @throws Problem 403 where it is another organisation's, 404, 412, 428 */
  private async locked(tx: Tx, actor: Actor, id: string, revision: number | null): Promise<Adoption> {
    const seen = await adoption(tx, id);
    if (!seen) throw notFound('adoption');
    requirePermission(actor, 'blueprint:use');
    if (actor.trustOds !== null && actor.trustOds !== seen.organisation.odsCode)
      refuseIfBlocked('This is the adoption of another organisation.', [
        {
          code: 'not-the-adopter',
          message: 'Only whoever adopts a blueprint says how it goes, or the funder for them.',
          pointer: '/organisation',
        },
      ]);
    return tx.lockRevision(Adoption, id, revision, 'adoption');
  }

  private async joined(tx: Tx, organisationId: string, ownerId: string) {
    const [a, b] = await odsCodes(tx, [organisationId, ownerId]);
    const joined = a === undefined || b === undefined ? null : joinedOn(a, b, await successions(tx));
    if (!joined || joined.on > this.clock.today()) return [];
    return [
      {
        code: 'follows-itself',
        message: `Services of one of the two went to the other on ${joined.on}. No trust adopts its own blueprint.`,
        pointer: '/organisation',
      },
    ];
  }
}

/** Figures that somebody writes are theirs too, and validated by nobody yet. */
const writtenAnew = ({ figures_state, figures_by }: Adoption, { id }: Actor): Partial<Adoption> => ({
  figures_state: FIGURES.next('record', figures_state),
  figures_by: [...new Set([...figures_by, id])],
  ...{ decided_by: null, decided_at: null, decision_note: null },
});

function refuseHalfCost(pence: Pence | null, basis: string | null): void {
  if ((pence === null) === (basis === null)) return;
  const message = 'Give what it cost together with how that was worked out, or neither.';
  throw unprocessable('cost-without-basis', message, [
    { code: 'cost-without-basis', message, pointer: pence === null ? '/costPence' : '/costBasis' },
  ]);
}
