import { type Actor, systemActor } from '../../src/core/actor.js';
import type { Blocker } from '../../src/core/blockers.js';
import type { Problem } from '../../src/core/problems.js';
import type { Tx } from '../../src/database/tx.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Agreement, Tranche } from '../../src/funding/agreements/agreement.entity.js';
import type { AgreedTranche } from '../../src/funding/agreements/agreement-terms.js';
import { Claim } from '../../src/funding/claims/claim.entity.js';
import { GateService, type GateView } from '../../src/funding/gates/gate.service.js';
import type { GateStep } from '../../src/funding/gates/gate-match.rules.js';
import { Ledger } from '../../src/funding/ledger.js';
import type { JournalEntry } from '../../src/funding/ledger.rules.js';
import { Contribution } from '../../src/funding/match/contribution.entity.js';
import { Payment } from '../../src/funding/payments/payment.entity.js';
import type { TestApp } from './app.js';
import type { InForce } from './money.js';

/** The day on which everything is posted. */
const DAY = '2018-02-15';

/** An application, and who has a part in claims that come to its gates. */
export interface AtGates {
  app: TestApp;
  people: Record<'preparer' | 'certifier' | 'approver' | 'payer', Actor>;
}

export async function atGates(app: TestApp): Promise<AtGates> {
  const [preparer, certifier, approver, payer] = (await Promise.all(
    [
      app.as('trust-lead', 'RW4'),
      app.as('trust-finance-director', 'RW4'),
      app.as('programme-manager'),
      app.as('finance-officer'),
    ].map(async (key) => app.actorOf(await key)),
  )) as [Actor, Actor, Actor, Actor];
  return { app, people: { preparer, certifier, approver, payer } };
}

/** Moves the day that the application takes it to be. */
export const setToday = (app: TestApp, today: string): void => void Object.assign(app.config, { today });

const doing = <T>(app: TestApp, actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> =>
  app.app.get(UnitOfWork, { strict: false }).run({ actor, action: 'test.act' }, act);

/** Two tranches, one in advance and one on delivery, which rests on a milestone where one is given. */
export const smallTranches =
  (advance: number, delivery: number, milestones: (first: string) => string[] = () => []) =>
  (first: string): AgreedTranche[] =>
    [advance, delivery].map((grantPence, index) => ({
      number: index + 1,
      name: index === 0 ? 'In advance' : 'On delivery',
      basis: index === 0 ? 'advance' : 'delivery',
      plannedOn: index === 0 ? '2017-06-30' : '2018-03-31',
      grantPence,
      milestones: index === 0 ? [] : milestones(first),
    }));

/** A claim on a tranche that is ready to be decided on. */
export function claimOn(
  { app, people }: AtGates,
  agreed: InForce,
  number: number,
  pence: number,
  over: Partial<Claim> = {},
): Promise<string> {
  return doing(app, systemActor('test', 'test'), async (tx) => {
    const claim = await tx.insert(Claim, {
      programme_id: agreed.programmeId,
      trust_id: agreed.trustId,
      agreement_id: agreed.id,
      tranche_id: agreed.tranches[number] as string,
      kind: number === 1 ? 'advance' : 'costs',
      state: 'recommended',
      state_since: new Date(),
      claimed_pence: pence,
      prepared_by: [people.preparer.id],
      certified_by: people.certifier.id,
      ...over,
    });
    return claim.id;
  });
}

/** Takes a claim through its gate, and what follows from it in the ledger and in the claim. */
export function pass(
  { app, people }: AtGates,
  claimId: string,
  step: GateStep,
  proposedPence: number,
  by?: Actor,
): Promise<string> {
  return doing(app, by ?? (step === 'approve' ? people.approver : people.payer), async (tx) => {
    const { agreement_id, tranche_id } = await tx.manager.findOneByOrFail(Claim, { id: claimId });
    const agreement = await tx.lock(Agreement, agreement_id, 'agreement');
    const claim = await tx.lock(Claim, claimId, 'claim');
    const tranche = await tx.manager.findOneByOrFail(Tranche, { id: tranche_id });
    const gates = app.app.get(GateService, { strict: false });
    const decision = await gates.pass(tx, { agreement, tranche, claim, step, proposedPence });
    await AFTER[step](tx, { app, agreement, claim, proposedPence, decision });
    return decision;
  });
}

interface Passed {
  app: TestApp;
  agreement: Agreement;
  claim: Claim;
  proposedPence: number;
  decision: string;
}

async function post(
  tx: Tx,
  { app, agreement, claim }: Passed,
  entry: Omit<JournalEntry, 'datedOn' | 'narrative'>,
) {
  const cause = { claimId: claim.id, ...entry.cause };
  await app.app
    .get(Ledger, { strict: false })
    .post(tx, agreement, { ...entry, cause, datedOn: DAY, narrative: 'Test' });
}

const lineOf = async (tx: Tx, agreementId: string): Promise<string> =>
  (
    await tx.query<{ id: string }>(
      'select id from funding_line where agreement_id = $1 order by id limit 1',
      [agreementId],
    )
  )[0]?.id as string;

const AFTER: Record<GateStep, (tx: Tx, passed: Passed) => Promise<void>> = {
  async approve(tx, passed) {
    const { agreement, claim, proposedPence } = passed;
    const drawn = {
      lineId: await lineOf(tx, agreement.id),
      source: 'grant' as const,
      amountPence: proposedPence,
      trancheId: claim.tranche_id,
    };
    await post(tx, passed, { kind: 'advance', movements: [{ ...drawn, from: 'awarded', to: 'claimed' }] });
    await post(tx, passed, { kind: 'approve', movements: [{ ...drawn, from: 'claimed', to: 'approved' }] });
    await tx.change(Claim, claim, {
      state: 'approved',
      claimed_pence: proposedPence,
      approved_pence: proposedPence,
      approved_by: tx.actor.id,
    });
  },
  async schedule(tx, { agreement, claim, proposedPence, decision }) {
    await tx.insert(Payment, {
      programme_id: agreement.programme_id,
      trust_id: agreement.trust_id,
      agreement_id: agreement.id,
      claim_id: claim.id,
      tranche_id: claim.tranche_id,
      gate_decision_id: decision,
      amount_pence: proposedPence,
      state: 'scheduled',
      scheduled_for: DAY,
      scheduled_on: DAY,
      scheduled_by: tx.actor.id,
    });
    await tx.change(Claim, claim, { state: 'scheduled' });
  },
  async pay(tx, passed) {
    const { agreement, claim, proposedPence, decision } = passed;
    const { id } = await tx.manager.findOneByOrFail(Payment, { claim_id: claim.id });
    const payment = await tx.lock(Payment, id, 'payment');
    await tx.change(Payment, payment, {
      state: 'paid',
      gate_decision_id: decision,
      paid_on: DAY,
      bank_reference: `TEST ${payment.reference}`,
      paid_by: tx.actor.id,
    });
    const lineId = await lineOf(tx, agreement.id);
    await post(tx, passed, {
      kind: 'pay',
      cause: { paymentId: id },
      movements: [{ lineId, source: 'grant', from: 'approved', to: 'paid', amountPence: proposedPence }],
    });
    await tx.change(Claim, claim, { state: 'paid' });
  },
};

/** What keeps a gate from being passed; nothing where it is passed. */
export async function refusal(passing: Promise<string>): Promise<Blocker[]> {
  try {
    await passing;
    return [];
  } catch (error) {
    const { details } = error as Problem;
    expect(details).toMatchObject({ status: 409, code: 'blocked' });
    return details.blockers ?? [];
  }
}

/** Match of a trust that is evidenced and accepted. */
export function acceptMatch({ app, people }: AtGates, agreed: InForce, pence: number): Promise<void> {
  return doing(app, systemActor('test', 'test'), async (tx) => {
    const agreement = await tx.lock(Agreement, agreed.id, 'agreement');
    const lineId = agreed.lines['2017/18 capital'] as string;
    const { id } = await tx.insert(Contribution, {
      programme_id: agreed.programmeId,
      trust_id: agreed.trustId,
      agreement_id: agreed.id,
      line_id: lineId,
      type: 'cash',
      description: 'Match',
      valuation: 'invoice',
      state: 'accepted',
      amount_pence: pence,
      net_pence: pence,
      vat_pence: 0,
      recoverable_vat_pence: 0,
      incurred_on: '2017-06-15',
      recorded_by: [people.preparer.id],
      evidenced_by: people.preparer.id,
      decided_by: people.approver.id,
    });
    const entry = { cause: { contributionId: id }, datedOn: DAY, narrative: 'Match' };
    const move = { lineId, source: 'match' as const, amountPence: pence };
    const ledger = app.app.get(Ledger, { strict: false });
    await ledger.post(tx, agreement, {
      ...entry,
      kind: 'evidence',
      movements: [{ ...move, from: 'pledged', to: 'evidenced', incurredOn: '2017-06-15' }],
    });
    await ledger.post(tx, agreement, {
      ...entry,
      kind: 'accept',
      movements: [{ ...move, from: 'evidenced', to: 'accepted' }],
    });
  });
}

/** What the API says of a tranche's gate. */
export async function gateOf(
  { app }: AtGates,
  key: string,
  agreed: InForce,
  number: number,
): Promise<GateView> {
  return (await app.request('get', `/v1/tranches/${agreed.tranches[number]}`, key).expect(200)).body;
}

export const codesOf = (list: ReadonlyArray<{ code: string }>): string[] => list.map(({ code }) => code);

/** Sets the state of a milestone, and its forecast where one is given, past the returns that would. */
export const setMilestone = ({ app }: AtGates, id: string, state: string, forecastOn?: string) =>
  app.database.sql('update milestone set state = $2, forecast_on = coalesce($3, forecast_on) where id = $1', [
    id,
    state,
    forecastOn,
  ]);

/** A return that is open, for the first period that the trust has none for. */
export async function openReturn({ app }: AtGates, agreed: InForce, dueOn: string): Promise<string> {
  const [row] = await app.database.sql<{ id: string }>(
    `insert into progress_report (programme_id, trust_id, period_id, state, due_on)
     select programme_id, $2, id, 'open', $3 from reporting_period
     where programme_id = $1 and id not in (select period_id from progress_report where trust_id = $2)
     order by ends_on limit 1 returning id`,
    [agreed.programmeId, agreed.trustId, dueOn],
  );
  return row?.id as string;
}
