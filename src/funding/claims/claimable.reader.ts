import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { type Pence, sumPence } from '../../core/money.js';
import { notFound } from '../../core/problems.js';
import type { Sql } from '../../database/sql.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { GateService, type GateView } from '../gates/gate.service.js';
import { balancesOf, type FundingLineRow, fundingLines } from '../ledger.queries.js';
import { closedYears, fundedTrust } from './claim-lists.queries.js';
import { type AgreementClaimable, claimableNow, type TrancheAtGate } from './claimable.rules.js';

/** More tranches than any trust has. */
const ALL = 1_000;

/** A line of an agreement with what is left of its grant. Whole pence. */
export type ClaimableLine = FundingLineRow & { leftPence: Pence; yearClosed: boolean };

/** How much a trust can claim now, by agreement, and what limits it. */
export interface Claimable {
  /** The slug. */
  programme: string;
  trust: { odsCode: string; name: string };
  claimableNowPence: Pence;
  agreements: Array<GateView['agreement'] & AgreementClaimable<ClaimableLine>>;
}

/** How much a trust can claim now (domain.md section 11, project lead, question 4). */
@Injectable()
export class ClaimableReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly gates: GateService,
  ) {}

  /** @throws Problem 404 */
  of(actor: Actor, slug: string, odsCode: string): Promise<Claimable> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const trust = await fundedTrust(sql, id, odsCode);
      if (!trust) throw notFound('trust');
      const wanted = { programmeId: id, trust: odsCode, until: null, after: null };
      const gates = await this.gates.gates(sql, wanted, ALL);
      const closed = await closedYears(sql, id);
      const agreements: Claimable['agreements'] = [];
      for (const agreement of new Map(gates.map((gate) => [gate.agreement.id, gate.agreement])).values()) {
        const own = gates.filter((gate) => gate.agreement.id === agreement.id);
        agreements.push({ ...agreement, ...(await claimableUnder(sql, agreement.id, own, closed)) });
      }
      const claimableNowPence = sumPence(agreements.map((each) => each.claimableNowPence));
      return { programme: slug, trust, claimableNowPence, agreements };
    });
  }
}

async function claimableUnder(
  sql: Sql,
  agreementId: string,
  gates: readonly GateView[],
  closed: readonly string[],
): Promise<AgreementClaimable<ClaimableLine>> {
  const balances = await balancesOf(sql, agreementId);
  const at = (stage: string) =>
    balances.filter((account) => account.source === 'grant' && account.stage === stage);
  const lines = (await fundingLines(sql, agreementId)).map((line) => ({
    ...line,
    leftPence: at('awarded').find(({ lineId }) => lineId === line.id)?.balancePence ?? 0,
    yearClosed: closed.includes(line.financialYear),
  }));
  const claimedPence = sumPence(at('claimed').map(({ balancePence }) => balancePence));
  const tranches = gates.map(atGate).sort((a, b) => a.number - b.number);
  return claimableNow({ lines, claimedPence, tranches });
}

const atGate = ({
  id,
  number,
  name,
  basis,
  remainingPence,
  blockers,
  waived,
  match,
}: GateView): TrancheAtGate => ({
  id,
  number,
  name,
  basis,
  leftPence: remainingPence,
  blockers,
  waivedCodes: waived.map(({ code }) => code),
  matchRoomPence: match.roomPence,
});
