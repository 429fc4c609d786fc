import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import { refuseIfBlocked, unprocessable } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ProjectService } from '../../projects/project.service.js';
import { Ledger } from '../ledger.js';
import { balancesOf, fundingLines } from '../ledger.queries.js';
import { lineKey } from '../ledger-lines.rules.js';
import { Contribution } from '../match/contribution.entity.js';
import { CONTRIBUTION } from '../match/contribution.rules.js';
import { Agreement, AgreementVersion, Tranche, TrancheMilestone } from './agreement.entity.js';
import { type AgreementView, agreement } from './agreement.queries.js';
import { AGREEMENT, AGREEMENT_PERMISSIONS, underWayBlockers } from './agreement.rules.js';
import { preparersOf, versionOf } from './agreement-step.js';
import type { AgreementTerms } from './agreement-terms.js';
import { AgreementVersions } from './agreement-versions.js';
import {
  type Body,
  bodyById,
  bodyByOds,
  followingBetween,
  projectsToNovate,
  tookOverAllOn,
  trancheMilestonesOf,
} from './novation.queries.js';
import { novatedTerms, novationBlockers, novationMovements } from './novation.rules.js';
import { underWay } from './under-way.queries.js';
import { withdrawUnfinished } from './unfinished.js';

/** A novation as it is asked for. */
export interface NovationOrder {
  /** Who takes the agreement over, by ODS code. */
  successor: string;
  /** What the successor's agreement is called. */
  reference: string;
  effectiveOn: DateOn;
  /** Who allowed it, and where that is written. */
  authority: string;
  reason: string;
}

/** Agreements that go to another trust, because it took over the one that held them (domain.md section 9, rule 11). */
@Injectable()
export class NovationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly versions: AgreementVersions,
    private readonly projects: ProjectService,
  ) {}

  /**
   * Gives an agreement in force to whoever took over all of its holder: every balance, what is left of each tranche,
   * the projects, and the match that is pledged. The holder's agreement ends with it.
   * @returns the successor's agreement, as far in its life as the one that it takes over
   * @throws Problem 403, 404, 409 with all that blocks it, 412, 422 for an unknown successor, 428
   */
  novate(actor: Actor, id: string, revision: number | null, order: NovationOrder): Promise<AgreementView> {
    const reason = `Authority: ${order.authority}. ${order.reason}`;
    return this.work.run({ actor, action: 'agreement.novate', reason }, async (tx) => {
      requirePermission(actor, AGREEMENT_PERMISSIONS.novate);
      const old = await tx.lockRevision(Agreement, id, revision, 'agreement');
      const version = await versionOf(tx, old);
      const successor = await this.mayTake(tx, old, version, order);

      const pledged = await withdrawUnfinished(tx, id);
      await this.handOverProjects(tx, old, successor);
      const { state } = old;
      await tx.change(Agreement, old, { state: AGREEMENT.next('novate', state) });
      const next = await this.begin(tx, old, version, successor, { state, order });
      const lines = await this.moveBalances(tx, old, next, order.effectiveOn);
      await pledgeAgain(tx, pledged, next, lines);
      return (await agreement(tx, next.id)) as AgreementView;
    });
  }

  /** @returns who takes the agreement over */
  private async mayTake(
    tx: Tx,
    old: Agreement,
    version: AgreementVersion,
    { successor: ods, effectiveOn }: NovationOrder,
  ): Promise<Body> {
    const holder = (await bodyById(tx, old.trust_id)) as Body;
    const successor = await bodyByOds(tx, ods);
    const message = `There is no organisation ${ods}. Name whoever took over, by ODS code.`;
    if (!successor)
      throw unprocessable('unknown-organisation', message, [
        { code: 'unknown-organisation', message, pointer: '/successor' },
      ]);
    const today = this.clock.today();
    refuseIfBlocked('This agreement cannot be novated now.', [
      ...AGREEMENT.blockers('novate', old.state),
      ...novationBlockers({
        holder,
        successor,
        effectiveOn,
        activatedOn: old.activated_on ?? effectiveOn,
        today,
        tookOverOn: await tookOverAllOn(tx, holder.id, successor.id),
        following: await followingBetween(tx, holder.id, successor.id, effectiveOn),
        approverId: tx.actor.id,
        preparerIds: preparersOf(version),
      }),
      ...underWayBlockers('novate', await underWay(tx, old.id)),
    ]);
    return successor;
  }

  private async handOverProjects(tx: Tx, old: Agreement, successor: Body): Promise<void> {
    const projects = await projectsToNovate(tx, {
      programmeId: old.programme_id,
      trustId: old.trust_id,
      agreementId: old.id,
    });
    // A tranche of one trust cannot wait for a milestone of another; what it waited for stands in the version.
    const ids = await trancheMilestonesOf(tx, projects);
    if (ids.length > 0) await tx.manager.delete(TrancheMilestone, { id: In(ids) });
    await this.projects.handOver(tx, projects, successor.id);
  }

  private async begin(
    tx: Tx,
    old: Agreement,
    version: AgreementVersion,
    successor: Body,
    { state, order }: { state: Agreement['state']; order: NovationOrder },
  ): Promise<Agreement> {
    const tranches = await tx.manager.findBy(Tranche, { agreement_id: old.id });
    const drawn = new Map(tranches.map(({ number, drawn_pence }) => [number, drawn_pence]));
    const recipient = { odsCode: successor.odsCode, name: successor.name };
    const terms: AgreementTerms = novatedTerms(version.terms, recipient, drawn);
    const next = await tx.insert(Agreement, {
      programme_id: old.programme_id,
      trust_id: successor.id,
      award_id: old.award_id,
      reference: order.reference,
      state,
      version: 1,
      window_starts_on: old.window_starts_on,
      window_ends_on: old.window_ends_on,
      match_pence: old.match_pence,
      per_grant_pence: old.per_grant_pence,
      predecessor_id: old.id,
      activated_on: order.effectiveOn,
      illustrative: old.illustrative,
    });
    await tx.insert(AgreementVersion, {
      trust_id: successor.id,
      agreement_id: next.id,
      number: 1,
      terms: terms as never,
      effective_on: order.effectiveOn,
      prepared_by: version.prepared_by,
      edited_by: version.edited_by,
      approved_by: tx.actor.id,
      approved_at: tx.at,
    });
    await this.versions.layDown(tx, next, terms);
    return next;
  }

  /** @returns the successor's lines by those that they take over */
  private async moveBalances(
    tx: Tx,
    old: Agreement,
    next: Agreement,
    datedOn: DateOn,
  ): Promise<Map<string, string>> {
    const held = await fundingLines(tx, old.id);
    // A line that a variation emptied is in no terms any more, and may hold what lapsed of it.
    await this.versions.layLines(tx, next, held);
    const made = new Map((await fundingLines(tx, next.id)).map((line) => [lineKey(line), line.id]));
    const lines = new Map(held.map((line) => [line.id, made.get(lineKey(line)) as string]));
    const balances = await balancesOf(tx, old.id);
    const { leaving, arriving } = novationMovements(
      balances.map((balance) => ({ ...balance, toLineId: lines.get(balance.lineId) as string })),
    );
    if (leaving.length === 0) return lines;
    const narrative = `${old.reference} novated to ${next.reference}`;
    const entry = { kind: 'novate', datedOn, narrative } as const;
    const left = await this.ledger.post(tx, old, { ...entry, movements: leaving });
    await this.ledger.post(tx, next, { ...entry, movements: arriving, novatesId: left });
    return lines;
  }
}

/** The successor pledges what the holder had pledged and not proved. */
async function pledgeAgain(
  tx: Tx,
  pledged: readonly Contribution[],
  next: Agreement,
  lines: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { id: _, reference, ...was } of pledged)
    await tx.insert(Contribution, {
      programme_id: was.programme_id,
      trust_id: next.trust_id,
      agreement_id: next.id,
      line_id: lines.get(was.line_id) as string,
      type: was.type,
      category: was.category,
      description: `${was.description} (${reference} of the agreement that was novated)`,
      valuation: was.valuation,
      state: CONTRIBUTION.initial,
      expected_on: was.expected_on,
      amount_pence: was.amount_pence,
      recorded_by: was.recorded_by,
      illustrative: was.illustrative,
    });
}
