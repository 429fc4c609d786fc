import { randomUUID } from 'node:crypto';
import { systemActor } from '../../src/core/actor.js';
import type { Tx } from '../../src/database/tx.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Agreement } from '../../src/funding/agreements/agreement.entity.js';
import { Claim, ClaimLine } from '../../src/funding/claims/claim.entity.js';
import type { ClaimState } from '../../src/funding/claims/claim-states.js';
import { GateDecision } from '../../src/funding/gates/gate.entity.js';
import { Ledger } from '../../src/funding/ledger.js';
import type { JournalEntry, Movement } from '../../src/funding/ledger.rules.js';
import { Contribution } from '../../src/funding/match/contribution.entity.js';
import type { ContributionState } from '../../src/funding/match/contribution.rules.js';
import { Payment } from '../../src/funding/payments/payment.entity.js';
import type { TestApp } from './app.js';

/** Where some money stands: a line as `2017/18 capital`, an amount in pence, and the day of the cost. */
export interface Cost {
  agreementId: string;
  line: string;
  pence: number;
  incurredOn: string;
}

/** Runs a unit of work as the system. */
export function asSystem<T>(app: TestApp, work: (tx: Tx) => Promise<T>): Promise<T> {
  const actor = systemActor('test', randomUUID());
  return app.app.get(UnitOfWork, { strict: false }).run({ actor, action: 'test.put' }, work);
}

async function person(tx: Tx): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    `insert into person (name, role) values ('Somebody', 'programme-manager') returning id`,
  );
  return made?.id as string;
}

async function found(tx: Tx, { agreementId, line }: Cost) {
  const [year, kind] = line.split(' ');
  const agreement = await tx.manager.findOneByOrFail(Agreement, { id: agreementId });
  const [row] = await tx.query<{ id: string }>(
    'select id from funding_line where agreement_id = $1 and financial_year = $2 and kind = $3',
    [agreementId, year, kind],
  );
  const { id, programme_id, trust_id } = agreement;
  return { agreement, of: { programme_id, trust_id, agreement_id: id }, lineId: row?.id as string };
}

/** The steps that a claim's money goes through, in order. */
const GRANT: Array<[JournalEntry['kind'], Movement['from'], Movement['to']]> = [
  ['claim', 'awarded', 'claimed'],
  ['approve', 'claimed', 'approved'],
  ['pay', 'approved', 'paid'],
];

/** Puts a claim of one line where it would be in a state, past the steps that lead there. */
export function putClaim(
  app: TestApp,
  cost: Cost & { tranche: number },
  state: Extract<ClaimState, 'draft' | 'submitted' | 'approved' | 'paid'>,
): Promise<{ id: string; reference: string }> {
  return asSystem(app, async (tx) => {
    const { agreement, of, lineId } = await found(tx, cost);
    const trancheId = await trancheOf(tx, cost.agreementId, cost.tranche);
    const [preparer, certifier, approver, payer] = [
      await person(tx),
      await person(tx),
      await person(tx),
      await person(tx),
    ];
    const { pence, incurredOn } = cost;
    const claim = await tx.insert(Claim, {
      ...of,
      tranche_id: trancheId,
      kind: 'costs',
      state: 'draft',
      claimed_pence: pence,
      prepared_by: [preparer],
    });
    await tx.insert(ClaimLine, {
      trust_id: of.trust_id,
      agreement_id: of.agreement_id,
      claim_id: claim.id,
      version: 1,
      position: 1,
      line_id: lineId,
      description: 'Masts',
      incurred_on: incurredOn,
      claimed_pence: pence,
    });
    const steps = { draft: 0, submitted: 1, approved: 2, paid: 3 }[state];
    if (steps > 0)
      await tx.change(Claim, claim, {
        state,
        certified_by: certifier,
        ...(steps > 1 ? { approved_by: approver, approved_pence: pence } : {}),
      });
    const paymentId = steps > 2 ? await payment(tx, { of, claim, trancheId, approver, payer, pence }) : '';
    for (const [kind, from, to] of GRANT.slice(0, steps))
      await app.app.get(Ledger, { strict: false }).post(tx, agreement, {
        kind,
        datedOn: incurredOn,
        narrative: `To ${state}`,
        movements: [
          {
            lineId,
            source: 'grant',
            from,
            to,
            amountPence: pence,
            ...(kind === 'claim' ? { incurredOn } : {}),
            ...(kind === 'pay' ? {} : { trancheId }),
          },
        ],
        cause: { claimId: claim.id, ...(kind === 'pay' ? { paymentId } : {}) },
      });
    return { id: claim.id, reference: claim.reference };
  });
}

async function payment(
  tx: Tx,
  {
    of,
    claim,
    trancheId,
    approver,
    payer,
    pence,
  }: {
    of: { programme_id: string; trust_id: string; agreement_id: string };
    claim: Claim;
    trancheId: string;
    approver: string;
    payer: string;
    pence: number;
  },
): Promise<string> {
  const gate = await tx.insert(GateDecision, {
    trust_id: of.trust_id,
    agreement_id: of.agreement_id,
    tranche_id: trancheId,
    claim_id: claim.id,
    step: 'pay',
    opened_by: 'conditions',
    waived: [] as never,
    facts: {},
    decided_by: approver,
  });
  const { id } = await tx.insert(Payment, {
    ...of,
    claim_id: claim.id,
    tranche_id: trancheId,
    gate_decision_id: gate.id,
    amount_pence: pence,
    state: 'paid',
    scheduled_for: '2018-03-31',
    scheduled_by: payer,
    paid_on: '2018-03-31',
    bank_reference: `BACS ${claim.reference}`,
    paid_by: payer,
  });
  return id;
}

/** Puts a contribution where it would be in a state, past the steps that lead there. */
export function putMatch(
  app: TestApp,
  cost: Cost,
  state: Extract<ContributionState, 'pledged' | 'evidenced' | 'accepted'>,
): Promise<{ id: string; reference: string }> {
  return asSystem(app, async (tx) => {
    const { agreement, of, lineId } = await found(tx, cost);
    const [recorder, evidencer, decider] = [await person(tx), await person(tx), await person(tx)];
    const { pence, incurredOn } = cost;
    const proved = {
      net_pence: pence,
      vat_pence: 0,
      recoverable_vat_pence: 0,
      incurred_on: incurredOn,
      evidenced_by: evidencer,
      evidenced_at: new Date(),
    };
    const made = await tx.insert(Contribution, {
      ...of,
      line_id: lineId,
      type: 'cash',
      description: 'Staff of the project',
      valuation: 'invoice',
      state,
      expected_on: incurredOn,
      amount_pence: pence,
      recorded_by: [recorder],
      ...(state === 'pledged' ? {} : proved),
      ...(state === 'accepted' ? { decided_by: decider, decided_at: new Date() } : {}),
    });
    const steps = { pledged: 0, evidenced: 1, accepted: 2 }[state];
    for (const [kind, from, to] of [
      ['evidence', 'pledged', 'evidenced'],
      ['accept', 'evidenced', 'accepted'],
    ].slice(0, steps) as typeof GRANT)
      await app.app.get(Ledger, { strict: false }).post(tx, agreement, {
        kind,
        datedOn: incurredOn,
        narrative: `To ${state}`,
        movements: [
          {
            lineId,
            source: 'match',
            from,
            to,
            amountPence: pence,
            ...(kind === 'evidence' ? { incurredOn } : {}),
          },
        ],
        cause: { contributionId: made.id },
      });
    return { id: made.id, reference: made.reference };
  });
}

/** Gives back what was claimed or approved of a claim, or evidenced of a contribution: the ledger's side of it alone. */
export function giveBack(
  app: TestApp,
  cost: Cost,
  of: { claimId: string; tranche: number; from: 'claimed' | 'approved' } | { contributionId: string },
): Promise<string> {
  return asSystem(app, async (tx) => {
    const { agreement, lineId } = await found(tx, cost);
    const entry = { datedOn: cost.incurredOn, narrative: 'Given back' };
    const amount = { lineId, amountPence: cost.pence };
    const ledger = app.app.get(Ledger, { strict: false });
    if ('contributionId' in of)
      return ledger.post(tx, agreement, {
        ...entry,
        kind: 'unevidence',
        movements: [{ ...amount, source: 'match', from: 'evidenced', to: 'pledged' }],
        cause: of,
      });
    const trancheId = await trancheOf(tx, cost.agreementId, of.tranche);
    return ledger.post(tx, agreement, {
      ...entry,
      kind: 'release',
      movements: [{ ...amount, source: 'grant', from: of.from, to: 'awarded', trancheId }],
      cause: { claimId: of.claimId },
    });
  });
}

async function trancheOf(tx: Tx, agreementId: string, number: number): Promise<string> {
  const [tranche] = await tx.query<{ id: string }>(
    'select id from tranche where agreement_id = $1 and number = $2',
    [agreementId, number],
  );
  return tranche?.id as string;
}
