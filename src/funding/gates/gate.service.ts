import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import type { Pence } from '../../core/money.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import type { Sql } from '../../database/sql.js';
import type { Tx } from '../../database/tx.js';
import type { Agreement, Tranche } from '../agreements/agreement.entity.js';
import type { Claim } from '../claims/claim.entity.js';
import { GateDecision } from './gate.entity.js';
import { type GateRow, type GateWaiverRow, gate, gates } from './gate.queries.js';
import { type GateFacts, type GateMilestone, gateBlockers, slipOf } from './gate.rules.js';
import { GateConditions, type GivenBlocker } from './gate-conditions.js';
import { type GateStep, type MatchAtGate, matchAtGate } from './gate-match.rules.js';
import { throughWaivers, type WaivedBlocker } from './gate-waiver.rules.js';

/** Money of a claim that is to pass the gate of its tranche. */
export interface Passage {
  /** Locked, so that decisions about one agreement are one after another. */
  agreement: Agreement;
  tranche: Tranche;
  claim: Claim;
  step: GateStep;
  /** Of this claim; it is in no account of the step yet. */
  proposedPence: Pence;
}

/** Money of a claim that might pass the gate of its tranche, before anybody lets it. */
export interface ProposedPassage {
  trancheId: string;
  claimId: string;
  step: GateStep;
  proposedPence: Pence;
  /** The ids of everybody with a part in the claim, and of whoever would decide: their own waivers open nothing. */
  deciderIds: readonly string[];
}

/** What a gate looks at when money of a claim is to pass, and what it says. Whole pence. */
export interface PassageView {
  /** What can still pass of the tranche, this claim included. */
  leftPence: Pence;
  match: MatchAtGate;
  milestones: readonly GateMilestone[];
  blockers: Blocker[];
  waived: WaivedBlocker[];
}

/** A tranche and its gate, as it stands for all that is left of it. Whole pence. */
export interface GateView
  extends Pick<
    GateRow,
    'id' | 'trust' | 'number' | 'name' | 'basis' | 'grantPence' | 'drawnPence' | 'plannedOn' | 'expectedOn'
  > {
  agreement: { id: string; reference: string; state: string };
  remainingPence: Pence;
  paidPence: Pence;
  slipDays: number;
  slips: boolean;
  open: boolean;
  blockers: Blocker[];
  waived: WaivedBlocker[];
  waivers: GateWaiverRow[];
  milestones: GateMilestone[];
  match: MatchAtGate;
  illustrative: boolean;
  revision: number;
}

/** Gates: whether money may pass (domain.md section 9, rules 2 and 3), and the record that it did. */
@Injectable()
export class GateService {
  constructor(
    private readonly conditions: GateConditions,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets money of a claim through the gate of its tranche, in the caller's unit of work, which has locked the agreement
   * and posts what passes afterwards.
   * @returns the id of the decision that was recorded
   * @throws Problem 409 with everything that keeps the gate shut and is not waived
   */
  async pass(tx: Tx, { agreement, tranche, claim, step, proposedPence }: Passage): Promise<string> {
    const deciders = [claim.certified_by, claim.approved_by, claim.second_approved_by, tx.actor.id];
    const { row, facts, blockers, waived } = await this.look(tx, {
      trancheId: tranche.id,
      claimId: claim.id,
      step,
      proposedPence,
      deciderIds: [...claim.prepared_by, ...deciders.filter((id) => id !== null)],
    });
    refuseIfBlocked(`The gate of tranche ${row.number}, ${row.name}, is shut.`, blockers);
    const { id } = await tx.insert(GateDecision, {
      trust_id: agreement.trust_id,
      agreement_id: agreement.id,
      tranche_id: tranche.id,
      claim_id: claim.id,
      step,
      opened_by: waived.length > 0 ? 'waiver' : 'conditions',
      waiver_id: waived[0]?.waiver.id ?? null,
      waived: waived as never,
      facts: this.recorded(facts, row, this.clock.today()) as never,
      decided_by: tx.actor.id,
      illustrative: agreement.illustrative,
    });
    return id;
  }

  /** What the gate would say of money that is to pass, so that whoever decides knows it before. @throws Problem 404 */
  async passage(sql: Sql, proposed: ProposedPassage): Promise<PassageView> {
    const { facts, blockers, waived } = await this.look(sql, proposed);
    const { leftPence, milestones } = facts;
    return { leftPence, match: matchAtGate(facts), milestones, blockers, waived };
  }

  /** A programme's gates, by the day that they are expected on, in as many statements for one as for all. */
  async gates(sql: Sql, filter: Parameters<typeof gates>[2], limit: number): Promise<GateView[]> {
    const today = this.clock.today();
    const rows = await gates(sql, today, filter, limit);
    const trustIds = [...new Set(rows.map(({ trustId }) => trustId))];
    const scope = { programmeId: filter.programmeId, trustIds, today };
    const given = rows.length > 0 ? await this.conditions.blockers(sql, scope) : [];
    return rows.map((row) => viewOf(row, givenTo(row, given), today));
  }

  /** The gate of one tranche; undefined where there is none. */
  async gate(sql: Sql, trancheId: string): Promise<GateView | undefined> {
    const today = this.clock.today();
    const row = await gate(sql, trancheId, today);
    return row && viewOf(row, await this.given(sql, row, today), today);
  }

  /** What blocks a tranche for all that is left of it, before any waiver. @throws Problem 404 */
  async found(sql: Sql, trancheId: string): Promise<Blocker[]> {
    const today = this.clock.today();
    const row = await gate(sql, trancheId, today);
    if (!row) throw notFound('tranche');
    return gateBlockers(wholeOf(row, await this.given(sql, row, today)));
  }

  private async look(sql: Sql, { trancheId, claimId, step, proposedPence, deciderIds }: ProposedPassage) {
    const today = this.clock.today();
    const row = await gate(sql, trancheId, today, claimId);
    if (!row) throw notFound('tranche');
    const given = await this.given(sql, row, today);
    const leftPence = row.grantPence - row.grantedPence;
    const facts = factsOf(row, { step, proposedPence, leftPence, given });
    return { row, facts, ...throughWaivers(gateBlockers(facts), row.waivers, deciderIds) };
  }

  private async given(sql: Sql, row: GateRow, today: DateOn): Promise<Blocker[]> {
    const { programmeId, trustId } = row;
    return givenTo(row, await this.conditions.blockers(sql, { programmeId, trustIds: [trustId], today }));
  }

  /** What a decision keeps: all that was looked at, so that an auditor can decide anew. */
  private recorded(facts: GateFacts, row: GateRow, today: DateOn): object {
    const { step, agreement, tranche, leftPence, proposedPence, grant, milestones } = facts;
    return {
      on: today,
      step,
      agreement: { ...agreement, version: row.agreement.version },
      tranche: { ...tranche, grantPence: row.grantPence, leftPence },
      proposedPence,
      grant,
      match: matchAtGate(facts),
      milestones,
      conditions: ['agreement active', 'milestones accepted', 'match ratio', ...this.conditions.names()],
    };
  }
}

const givenTo = (row: GateRow, given: readonly GivenBlocker[]): Blocker[] =>
  given
    .filter(({ trustId, trancheId }) => trustId === row.trustId && (trancheId ?? row.id) === row.id)
    .map(({ blocker }) => blocker);

function factsOf(
  row: GateRow,
  passing: Pick<GateFacts, 'step' | 'proposedPence' | 'leftPence' | 'given'>,
): GateFacts {
  const { agreement, money, milestones, id, number, name, basis, plannedOn } = row;
  const { id: agreementId, reference, state, matchPence, perGrantPence } = agreement;
  const { acceptedMatchPence, ...grant } = money;
  return {
    ...passing,
    agreement: { id: agreementId, reference, state, matchPence, perGrantPence },
    tranche: { id, number, name, basis, plannedOn },
    grant,
    acceptedMatchPence,
    milestones,
  };
}

/** All of a tranche that is not granted yet; its gate stays one until all of it is paid. */
const wholeOf = (row: GateRow, given: readonly Blocker[]): GateFacts =>
  factsOf(row, {
    step: 'approve',
    proposedPence: Math.max(0, row.grantPence - row.grantedPence),
    leftPence: row.grantPence - row.paidPence,
    given,
  });

function viewOf(row: GateRow, given: readonly Blocker[], today: DateOn): GateView {
  const facts = wholeOf(row, given);
  const { blockers, waived } = throughWaivers(gateBlockers(facts), row.waivers);
  const open = blockers.length === 0;
  const { agreement, trustId: _trust, programmeId: _programme, grantedPence: _, money: __, ...shown } = row;
  return {
    ...shown,
    agreement: { id: agreement.id, reference: agreement.reference, state: agreement.state },
    remainingPence: row.grantPence - row.drawnPence,
    ...slipOf({ ...row, leftPence: facts.leftPence, open, today }),
    open,
    blockers,
    waived,
    match: matchAtGate(facts),
  };
}
