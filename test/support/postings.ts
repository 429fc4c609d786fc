import { randomUUID } from 'node:crypto';
import { type Actor, systemActor } from '../../src/core/actor.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Ledger } from '../../src/funding/ledger.js';
import type { JournalEntry, Movement } from '../../src/funding/ledger.rules.js';
import type { TestApp } from './app.js';
import type { InForce } from './money.js';

/** What journals may name as their cause. */
export type Causes = Required<NonNullable<JournalEntry['cause']>>;

/**
 * A claim, payment, recovery, contribution and approved change request of an agreement, which are there to be named by
 * journals and by nothing else: past the triggers, because no claim of £1 is paid in 20 journals.
 */
export async function causesOf(
  app: TestApp,
  { id, programmeId, trustId, tranches, lines }: InForce,
): Promise<Causes> {
  const [claim, payment, recovery, contribution, change, somebody] = Array.from({ length: 6 }, () =>
    randomUUID(),
  );
  const of = `'${programmeId}', '${trustId}', '${id}'`;
  await app.database.sql(`begin;
    set local session_replication_role = replica;
    insert into person (id, name, role) values ('${somebody}', 'Somebody', 'programme-manager');
    insert into claim (id, programme_id, trust_id, agreement_id, tranche_id, kind, state)
      values ('${claim}', ${of}, '${tranches[2]}', 'costs', 'paid');
    insert into payment (id, programme_id, trust_id, agreement_id, claim_id, tranche_id, gate_decision_id, amount_pence,
        state, scheduled_for, scheduled_by)
      values ('${payment}', ${of}, '${claim}', '${tranches[2]}', '${claim}', 1, 'scheduled', '2018-03-31', '${somebody}');
    insert into recovery (id, programme_id, trust_id, agreement_id, claim_id, payment_id, cause, reason, amount_pence, state,
        due_on, raised_by)
      values ('${recovery}', ${of}, '${claim}', '${payment}', 'ineligible', 'Not of this programme', 1, 'withdrawn',
        '2018-03-31', '${somebody}');
    insert into contribution (id, programme_id, trust_id, agreement_id, line_id, type, description, valuation, state,
        amount_pence, recorded_by)
      values ('${contribution}', ${of}, '${lines['2017/18 revenue']}', 'cash', 'Cash', 'invoice', 'pledged', 1,
        array['${somebody}'::uuid]);
    insert into change_request (id, programme_id, trust_id, agreement_id, kind, title, justification, content, state,
        requested_by)
      values ('${change}', ${of}, 'move-money', 'Move money', 'Because', '{}', 'approved', '${somebody}');
    commit`);
  return {
    claimId: claim as string,
    paymentId: payment as string,
    recoveryId: recovery as string,
    contributionId: contribution as string,
    changeRequestId: change as string,
  };
}

/** A movement of an amount in pence. */
export const move = (
  lineId: string | undefined,
  source: Movement['source'],
  from: Movement['from'],
  to: Movement['to'],
  amountPence: number,
  more: Partial<Movement> = {},
): Movement => ({ lineId: lineId as string, source, from, to, amountPence, ...more });

/** Posts a journal in a unit of work of its own, as the system does, or as somebody. */
export function post(
  app: TestApp,
  { id, trustId }: InForce,
  entry: Omit<JournalEntry, 'datedOn' | 'narrative'> & Partial<JournalEntry>,
  actor: Actor = systemActor('test', 'test'),
): Promise<string> {
  const agreement = { id, trust_id: trustId, illustrative: false };
  return app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor, action: 'test.post' }, (tx) =>
      app.app
        .get(Ledger, { strict: false })
        .post(tx, agreement, { datedOn: '2018-03-31', narrative: `A ${entry.kind}`, ...entry }),
    );
}

/** Undoes a journal. */
export function reverse(app: TestApp, { id, trustId }: InForce, journalId: string): Promise<string> {
  const agreement = { id, trust_id: trustId, illustrative: false };
  return app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'test.reverse' }, async (tx) => {
      const [journal] = await tx.query<{
        id: string;
        claim_id: string | null;
        payment_id: string | null;
        recovery_id: string | null;
        contribution_id: string | null;
      }>('select id, claim_id, payment_id, recovery_id, contribution_id from journal where id = $1', [
        journalId,
      ]);
      if (!journal) throw new Error(`There is no journal ${journalId}`);
      return app.app
        .get(Ledger, { strict: false })
        .reverse(tx, agreement, journal, { datedOn: '2018-04-01', narrative: 'Undone' });
    });
}

/** What a full page of money answers; only what tests look at. */
export interface MoneyBody {
  covers: string;
  asOf: string;
  control: Record<string, number | null>;
  ledger: { checkedAt: string | null; reconciles: boolean | null; differences: number };
  totals: Position;
  lines: Array<Position & { financialYear: string; kind: string }>;
  notAgreed: { awards: number; grantPence: number; matchPence: number };
  trusts: Array<{
    trust: { odsCode: string; name: string };
    agreements: Array<{ id: string; reference: string; state: string }>;
    totals: Position;
    lines: Array<Position & { agreement: string; financialYear: string; kind: string }>;
    notAgreed: { grantPence: number; matchPence: number; lines: Array<{ financialYear: string }> } | null;
  }>;
}
export interface Position {
  grant: Record<string, number>;
  match: Record<string, number>;
}
