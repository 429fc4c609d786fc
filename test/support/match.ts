import { randomUUID } from 'node:crypto';
import type supertest from 'supertest';
import type { Blocker } from '../../src/core/blockers.js';
import type { ContributionView } from '../../src/funding/match/contribution.queries.js';
import type { TestApp } from './app.js';
import { multipart, pdf, type SentFile } from './evidence.js';
import type { InForce } from './money.js';
import { post } from './postings.js';

/** What the API answers about a contribution, whether it did what was asked or not. */
export interface MatchAnswer {
  status: number;
  body: ContributionView & { code: string; detail: string; blockers?: Blocker[] };
  /** The codes of its blockers or faults. */
  codes: string[];
}

const answerOf = ({ status, body }: { status: number; body: MatchAnswer['body'] }): MatchAnswer => {
  const reasons = (body as { errors?: Blocker[] }).errors ?? body.blockers ?? [];
  return { status, body, codes: reasons.map(({ code }) => code) };
};

export const PLEDGE = {
  type: 'cash',
  description: 'Ward tablets',
  valuation: 'invoice',
  financialYear: '2017/18',
  kind: 'capital',
  amountPence: 10_000,
  expectedOn: '2018-03-31',
};

/** Pledges £100 in cash, or whatever else is asked for. */
export async function pledge(
  app: TestApp,
  key: string,
  agreed: Pick<InForce, 'id'>,
  body: object = {},
): Promise<MatchAnswer> {
  return answerOf(
    await app.request('post', `/v1/agreements/${agreed.id}/contributions`, key).send({ ...PLEDGE, ...body }),
  );
}

/** Sends a file as evidence of a cost. */
export function sendProof(
  app: TestApp,
  key: string,
  contribution: string,
  file: SentFile = pdf({ name: 'invoice.pdf' }),
  fields: object = {},
): supertest.Test {
  const label = { supplier: 'Northern Networks Ltd', reference: randomUUID(), description: 'The invoice' };
  return app
    .request('post', `/v1/contributions/${contribution}/evidence`, key)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(file, { ...label, ...fields }));
}

export async function readMatch(app: TestApp, key: string, id: string): Promise<ContributionView> {
  return (await app.request('get', `/v1/contributions/${id}`, key).expect(200)).body;
}

/** A step of a contribution's life, under the ETag that it has now unless another (or null: none) is given. */
export async function matchStep(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body: object = { reason: 'Because.' },
  revision?: number | null,
): Promise<MatchAnswer> {
  const match = revision === undefined ? (await readMatch(app, key, id)).revision : revision;
  const request = app.request('post', `/v1/contributions/${id}/${noun}`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  return answerOf(await request.send(body));
}

/** Changes a pledge. */
export async function changePledge(
  app: TestApp,
  key: string,
  id: string,
  body: object,
): Promise<MatchAnswer> {
  const { revision } = await readMatch(app, key, id);
  return answerOf(
    await app.request('patch', `/v1/contributions/${id}`, key).set('If-Match', `"${revision}"`).send(body),
  );
}

/** What a contribution of so much was: net, paid in October 2017. */
export const proofOf = (amountPence: number, more: object = {}) => ({
  amountPence,
  netPence: amountPence,
  vatPence: 0,
  recoverableVatPence: 0,
  incurredOn: '2017-10-02',
  invoicedOn: '2017-10-09',
  defrayedOn: '2017-10-31',
  ...more,
});

/** A contribution with evidence of its own, evidenced. */
export async function evidenced(
  app: TestApp,
  key: string,
  agreed: Pick<InForce, 'id'>,
  body: object = {},
  { proof = {}, label = {} }: { proof?: object; label?: object } = {},
): Promise<MatchAnswer['body']> {
  const pledged = await pledge(app, key, agreed, body);
  expect([pledged.status, pledged.codes]).toEqual([201, []]);
  const { id, amountPence } = pledged.body;
  await sendProof(app, key, id, undefined, label).expect(201);
  const answer = await matchStep(app, key, id, 'evidencing', proofOf(amountPence, proof));
  expect([answer.status, answer.codes]).toEqual([200, []]);
  return answer.body;
}

/** Puts grant through an instalment of an agreement, past the people who would: approved, and paid where wanted. */
export async function passGrant(
  app: TestApp,
  agreed: InForce,
  number: number,
  pence: number,
  { paid = true, line = '2017/18 capital' } = {},
): Promise<void> {
  const [claim, payment, somebody] = Array.from({ length: 3 }, () => randomUUID());
  const of = `'${agreed.programmeId}', '${agreed.trustId}', '${agreed.id}'`;
  const advance = number === 1;
  await app.database.sql(`begin;
    set local session_replication_role = replica;
    insert into person (id, name, role) values ('${somebody}', 'Somebody', 'programme-manager');
    insert into claim (id, programme_id, trust_id, agreement_id, tranche_id, kind, state, claimed_pence, approved_pence)
      values ('${claim}', ${of}, '${agreed.tranches[number]}', '${advance ? 'advance' : 'costs'}',
        '${paid ? 'paid' : 'approved'}', ${pence}, ${pence});
    insert into payment (id, programme_id, trust_id, agreement_id, claim_id, tranche_id, gate_decision_id, amount_pence,
        state, scheduled_for, scheduled_by)
      values ('${payment}', ${of}, '${claim}', '${agreed.tranches[number]}', '${claim}', ${pence},
        'scheduled', '2018-03-31', '${somebody}');
    commit`);
  const trancheId = agreed.tranches[number] as string;
  const along = { lineId: agreed.lines[line] as string, source: 'grant' as const, amountPence: pence };
  const cause = { claimId: claim as string, paymentId: payment as string };
  await post(app, agreed, {
    kind: advance ? 'advance' : 'claim',
    cause,
    movements: [
      {
        ...along,
        from: 'awarded',
        to: 'claimed',
        trancheId,
        ...(advance ? {} : { incurredOn: '2017-10-02' }),
      },
    ],
  });
  await post(app, agreed, {
    kind: 'approve',
    cause,
    movements: [{ ...along, from: 'claimed', to: 'approved', trancheId }],
  });
  if (paid)
    await post(app, agreed, { kind: 'pay', cause, movements: [{ ...along, from: 'approved', to: 'paid' }] });
}

/** Recovers or writes off what was paid in advance, past the people who would. */
export async function takeBackGrant(
  app: TestApp,
  agreed: InForce,
  kind: 'recover' | 'write-off',
  amountPence: number,
): Promise<void> {
  const recoveryId = randomUUID();
  await app.database.sql(`begin;
    set local session_replication_role = replica;
    insert into recovery (id, programme_id, trust_id, agreement_id, claim_id, payment_id, cause, reason, amount_pence, state,
        due_on, raised_by)
      select '${recoveryId}', y.programme_id, y.trust_id, y.agreement_id, y.claim_id, y.id, 'misused', 'Not of this programme',
        ${amountPence}, 'withdrawn', '2018-03-31', y.scheduled_by
      from payment y where y.agreement_id = '${agreed.id}' limit 1;
    commit`);
  await post(app, agreed, {
    kind,
    cause: { recoveryId },
    movements: [
      {
        lineId: agreed.lines['2017/18 capital'] as string,
        source: 'grant',
        from: 'paid',
        to: kind === 'recover' ? 'recovered' : 'written-off',
        amountPence,
      },
    ],
  });
}
