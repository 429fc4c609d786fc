import { randomUUID } from 'node:crypto';
import type supertest from 'supertest';
import type { Blocker } from '../../src/core/blockers.js';
import type { ExtractItemView, ExtractSummary } from '../../src/funding/payments/extract.queries.js';
import type { PaymentView } from '../../src/funding/payments/payment.queries.js';
import type { RecoveryView } from '../../src/funding/payments/recovery.queries.js';
import type { TestApp } from './app.js';
import {
  type ClaimBody,
  type ClaimCast,
  claimCast,
  costLine,
  provedDraft,
  readClaim,
  takeTo,
} from './claims.js';
import { multipart } from './evidence.js';
import { type InForce, putInForce } from './money.js';
import { SLUG } from './returns.js';

/** An answer about a payment or a recovery, whether it did what was asked or not. */
export interface PaymentAnswer<Body = PaymentView> {
  status: number;
  body: Body & { next: string[]; code: string; detail: string; blockers?: Blocker[] };
  /** The codes of its blockers or faults. */
  codes: string[];
}

const answerOf = <Body>({ status, body }: { status: number; body: PaymentAnswer<Body>['body'] }) => {
  const reasons = (body as { errors?: Blocker[] }).errors ?? body.blockers ?? [];
  return { status, body, codes: reasons.map(({ code }) => code) } as PaymentAnswer<Body>;
};

/** An agreement in force with one instalment of £4m on delivery, that neither milestones nor match hold up. */
export function openAgreement(app: TestApp, trust: string): Promise<InForce> {
  const delivery = { number: 2, name: 'On delivery', basis: 'delivery', plannedOn: '2018-03-31' } as const;
  return putInForce(app, trust, {
    ratio: { matchPence: 0, perGrantPence: 1 },
    tranches: () => [{ ...delivery, grantPence: 400_000_000, milestones: [] }],
  });
}

/** The people that a claim and its payment go through. */
export interface PaymentCast extends ClaimCast {
  /** Who approves nothing. */
  payer: string;
}

export async function paymentCast(app: TestApp, trust: string): Promise<PaymentCast> {
  const [cast, payer] = await Promise.all([claimCast(app, trust), app.as('finance-officer')]);
  return { ...cast, payer };
}

/** A project of a trust. */
export async function projectOf(app: TestApp, trust: string): Promise<string> {
  const [row] = await app.database.sql<{ code: string }>(
    `select p.code from project p join organisation o on o.id = p.trust_id where o.ods_code = $1 order by 1 limit 1`,
    [trust],
  );
  return row?.code as string;
}

/** An approved claim with a line of each amount, over the financial lines in turn. */
export async function approvedClaim(
  app: TestApp,
  cast: PaymentCast,
  agreed: InForce,
  trust: string,
  ...amounts: number[]
): Promise<ClaimBody> {
  const project = await projectOf(app, trust);
  const lines = amounts.map((pence, index) =>
    costLine(project, pence, { kind: index % 2 === 0 ? 'revenue' : 'capital' }),
  );
  return takeTo(app, cast, await provedDraft(app, cast, agreed, lines), 'approval');
}

/** Schedules a claim for today, under the ETag that it has now unless another (or null: none) is given. */
export async function schedule(
  app: TestApp,
  key: string,
  claim: string,
  { scheduledFor = '2018-05-15', revision }: { scheduledFor?: string; revision?: number | null } = {},
): Promise<PaymentAnswer> {
  const match = revision === undefined ? (await readClaim(app, key, claim)).revision : revision;
  const request = app.request('post', `/v1/claims/${claim}/payment-schedule`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  return answerOf(await request.send({ scheduledFor }));
}

export async function readPayment(app: TestApp, key: string, id: string): Promise<PaymentAnswer['body']> {
  const { headers, body } = await app.request('get', `/v1/payments/${id}`, key).expect(200);
  expect(headers.etag).toBe(`"${body.revision}"`);
  return body;
}

const BODIES: Record<string, () => object> = {
  'payment-record': () => ({ paidOn: '2018-05-15', bankReference: `FPS ${randomUUID().slice(0, 8)}` }),
  cancellation: () => ({ reason: 'The bank details are being checked.' }),
  reversal: () => ({ reason: 'The bank sent it back.' }),
  receipt: () => ({ receivedOn: '2018-05-15', reference: 'BACS 1' }),
  'write-off': () => ({ authority: 'Director of finance, letter of 2 May', reason: 'Insolvent.' }),
  withdrawal: () => ({ reason: 'It is eligible after all.' }),
};

/** A step of a payment's life, under the ETag that it has now unless another (or null: none) is given. */
export async function paymentStep(
  app: TestApp,
  key: string,
  id: string,
  noun: 'payment-record' | 'cancellation' | 'reversal',
  body: object = {},
  revision?: number | null,
): Promise<PaymentAnswer> {
  const match = revision === undefined ? (await readPayment(app, key, id)).revision : revision;
  const request = app.request('post', `/v1/payments/${id}/${noun}`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  return answerOf(await request.send({ ...BODIES[noun]?.(), ...body }));
}

/** A claim that is paid, with its payment. */
export async function paidClaim(
  app: TestApp,
  cast: PaymentCast,
  agreed: InForce,
  trust: string,
  ...amounts: number[]
): Promise<{ claim: ClaimBody; payment: PaymentAnswer['body'] }> {
  const { id } = await approvedClaim(app, cast, agreed, trust, ...amounts);
  const scheduled = await schedule(app, cast.payer, id);
  expect([scheduled.status, scheduled.codes]).toEqual([201, []]);
  const paid = await paymentStep(app, cast.payer, scheduled.body.id, 'payment-record');
  expect([paid.status, paid.codes]).toEqual([200, []]);
  return { claim: await readClaim(app, cast.payer, id), payment: paid.body };
}

/** Asks money of a claim back, under the ETag that it has now unless another (or null: none) is given. */
export async function raise(
  app: TestApp,
  key: string,
  claim: string,
  body: object = {},
  revision?: number | null,
): Promise<PaymentAnswer<RecoveryView>> {
  const match = revision === undefined ? (await readClaim(app, key, claim)).revision : revision;
  const request = app.request('post', `/v1/claims/${claim}/recoveries`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  const wanted = { cause: 'ineligible', amountPence: 100, reason: 'It was training.', dueOn: '2018-06-30' };
  return answerOf(await request.send({ ...wanted, ...body }));
}

export async function readRecovery(app: TestApp, key: string, id: string): Promise<RecoveryView> {
  return (await app.request('get', `/v1/recoveries/${id}`, key).expect(200)).body;
}

/** A step of a recovery's life, under the ETag that it has now unless another (or null: none) is given. */
export async function recoveryStep(
  app: TestApp,
  key: string,
  id: string,
  noun: 'agreement' | 'receipt' | 'write-off' | 'withdrawal',
  body: object = {},
  revision?: number | null,
): Promise<PaymentAnswer<RecoveryView>> {
  const match = revision === undefined ? (await readRecovery(app, key, id)).revision : revision;
  const request = app.request('post', `/v1/recoveries/${id}/${noun}`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  return answerOf(await (noun === 'agreement' ? request : request.send({ ...BODIES[noun]?.(), ...body })));
}

/** What the API says of an extract. */
export type ExtractBody = ExtractSummary & { daysApart: number; items: ExtractItemView[] };

export const EXTRACT_HEAD = 'Date,Reference,Payee,Amount';

/** Sends an extract: its lines below the header, or a whole file. */
export function sendExtract(
  app: TestApp,
  key: string,
  content: readonly string[] | Buffer,
  { origin = 'bank', name = 'extract.csv', once = randomUUID() as string, slug = SLUG } = {},
): supertest.Test {
  const bytes = content instanceof Buffer ? content : Buffer.from([EXTRACT_HEAD, ...content].join('\r\n'));
  const fields: Record<string, string> = origin === '' ? {} : { origin };
  return app
    .request('post', `/v1/programmes/${slug}/extracts`, key)
    .set('Idempotency-Key', once)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart({ name, type: 'text/csv', bytes }, fields));
}
