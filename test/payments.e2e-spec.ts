import { GateConditions } from '../src/funding/gates/gate-conditions.js';
import { startTestApp, type TestApp } from './support/app.js';
import { claimStep, costLine, provedDraft, readClaim, takeTo, unbalanced } from './support/claims.js';
import { rowCounts } from './support/counts.js';
import { balances, type InForce } from './support/money.js';
import { tamper } from './support/notary.js';
import {
  approvedClaim,
  openAgreement,
  type PaymentAnswer,
  type PaymentCast,
  paidClaim,
  paymentCast,
  paymentStep,
  projectOf,
  readPayment,
  schedule,
} from './support/payments.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-05-15';
const SHUT = {
  code: 'test-shut',
  message: 'Shut for a test.',
  about: { kind: 'milestone', id: '00000000-0000-7000-8000-000000000000', name: 'Go-live' },
  clearedBy: 'The test.',
  dueOn: '2018-06-30',
};

let app: TestApp;
let agreed: InForce;
let cast: PaymentCast;
let shut = false;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  app.app.get(GateConditions, { strict: false }).give({
    name: 'nothing is tested',
    codes: ['test-shut'],
    blockers: async () =>
      shut ? [{ trustId: agreed.trustId, trancheId: agreed.tranches[2] as string, blocker: SHUT }] : [],
  });
  agreed = await openAgreement(app, 'RW4');
  cast = await paymentCast(app, 'RW4');
}, 180_000);
afterEach(async () => {
  shut = false;
  expect(await unbalanced(app)).toEqual([]);
});
afterAll(() => app?.stop());

const claimOf = (...amounts: number[]) => approvedClaim(app, cast, agreed, 'RW4', ...amounts);

/** How the balances of the grant changed while something was done, in pence; what did not change is left out. */
async function moved<T>(act: () => Promise<T>): Promise<[T, Record<string, number>]> {
  const before = await balances(app, agreed.id);
  const result = await act();
  const after = await balances(app, agreed.id);
  const names = Object.keys({ ...before, ...after });
  const changes = names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const);
  return [result, Object.fromEntries(changes.filter(([, change]) => change !== 0))];
}

const idOf = async (key: string): Promise<string> => (await app.actorOf(key)).id;
/** What a payment and its claim say of themselves, by the API. */
async function states(id: string): Promise<[string, string]> {
  const { state, claim } = await readPayment(app, cast.payer, id);
  return [state, claim.state];
}

async function scheduled(...amounts: number[]): Promise<{ claim: string; payment: PaymentAnswer['body'] }> {
  const { id } = await claimOf(...amounts);
  const { status, codes, body } = await schedule(app, cast.payer, id);
  expect([status, codes]).toEqual([201, []]);
  return { claim: id, payment: body };
}

test('what was approved is scheduled, paid, and moves from approved to paid to the penny', async () => {
  const { id } = await claimOf(12_345, 67_890, 1);
  const [booked, nothing] = await moved(() => schedule(app, cast.payer, id, { scheduledFor: '2018-05-20' }));
  expect(nothing).toEqual({});
  expect(booked).toMatchObject({
    status: 201,
    body: {
      reference: expect.stringMatching(/^PAY-\d{6}$/),
      programme: SLUG,
      trust: { odsCode: 'RW4' },
      claim: { id, kind: 'costs', state: 'scheduled' },
      tranche: { number: 2 },
      state: 'scheduled',
      amountPence: 80_236,
      lines: [
        { financialYear: '2017/18', kind: 'capital', amountPence: 67_890 },
        { financialYear: '2017/18', kind: 'revenue', amountPence: 12_346 },
      ],
      scheduledFor: '2018-05-20',
      scheduledOn: TODAY,
      scheduledBy: { id: await idOf(cast.payer) },
      paidOn: null,
      paidBy: null,
      gate: { step: 'schedule', openedBy: 'conditions' },
      recoveries: [],
      next: ['pay', 'cancel'],
    },
  });
  const record = { paidOn: TODAY, bankReference: ' FPS 4471/0093 ' };
  const [paid, change] = await moved(() =>
    paymentStep(app, cast.payer, booked.body.id, 'payment-record', record),
  );
  expect(change).toEqual({ 'grant approved': -80_236, 'grant paid': 80_236 });
  expect(paid).toMatchObject({
    status: 200,
    body: {
      state: 'paid',
      claim: { state: 'paid' },
      paidOn: TODAY,
      bankReference: 'FPS 4471/0093',
      paidBy: { id: await idOf(cast.payer) },
      gate: { step: 'pay' },
      next: ['reconcile', 'reverse'],
    },
  });
  expect(paid.body.gate.id).not.toBe(booked.body.gate.id);
  const journals = await app.database.sql(
    `select kind, dated_on::text as "datedOn", narrative, claim_id = $2 as "ofClaim", total_pence::float8 as pence
     from journal where payment_id = $1`,
    [booked.body.id, id],
  );
  expect(journals).toEqual([
    {
      kind: 'pay',
      datedOn: TODAY,
      narrative: expect.stringMatching(/^PAY-\d{6} pays £802.36 of CLM-\d{6}$/),
      ofClaim: true,
      pence: 80_236,
    },
  ]);
  const logged = await app.database.sql<{ action: string }>(
    'select action from log_entry where table_name = $1 and subject_id = $2 order by number',
    ['payment', booked.body.id],
  );
  expect(logged.map(({ action }) => action)).toEqual(['payment.schedule', 'payment.pay']);
});

test('a claim that is approved in part is paid in part, and cancelled it is approved in part again', async () => {
  const project = await projectOf(app, 'RW4');
  const lines = [costLine(project, 10_000), costLine(project, 20_000, { kind: 'capital' })];
  const id = await provedDraft(app, cast, agreed, lines);
  await takeTo(app, cast, id, 'recommendation');
  const cut = { position: 1, approvedPence: 4_000, because: 'The rest is training.' };
  expect(await claimStep(app, cast.officer, id, 'approval', { lines: [cut] })).toMatchObject({
    status: 200,
    body: { state: 'part-approved' },
  });
  const booked = await schedule(app, cast.payer, id);
  expect(booked.body).toMatchObject({ amountPence: 24_000 });
  expect((await paymentStep(app, cast.payer, booked.body.id, 'cancellation')).body).toMatchObject({
    state: 'cancelled',
    closedBecause: 'The bank details are being checked.',
    claim: { state: 'part-approved' },
    next: [],
  });
  const again = await schedule(app, cast.payer, id);
  const [, change] = await moved(() => paymentStep(app, cast.payer, again.body.id, 'payment-record'));
  expect(change).toEqual({ 'grant approved': -24_000, 'grant paid': 24_000 });
  expect((await paymentStep(app, cast.payer, again.body.id, 'reversal')).body.claim.state).toBe(
    'part-approved',
  );
});

describe('scheduling', () => {
  test('asks for the claim as it was read, and for what is approved', async () => {
    const { id, revision } = await claimOf(100);
    const before = await rowCounts(app.database);
    expect(await schedule(app, cast.payer, id, { revision: null })).toMatchObject({ status: 428 });
    expect(await schedule(app, cast.payer, id, { revision: revision - 1 })).toMatchObject({ status: 412 });
    expect(await schedule(app, cast.payer, id, { scheduledFor: '2018-05-14' })).toMatchObject({
      status: 409,
      codes: ['scheduled-in-past'],
    });
    expect(await schedule(app, cast.manager, id)).toMatchObject({ status: 403 });
    expect(await schedule(app, cast.payer, id, { scheduledFor: 'soon' })).toMatchObject({
      status: 400,
      codes: ['invalid'],
    });
    const nobodys = app.request(
      'post',
      '/v1/claims/00000000-0000-7000-8000-000000000000/payment-schedule',
      cast.payer,
    );
    expect((await nobodys.set('If-Match', '"1"').send({ scheduledFor: TODAY })).status).toBe(404);
    expect(await rowCounts(app.database)).toEqual(before);
    expect(await schedule(app, cast.payer, id, { scheduledFor: TODAY })).toMatchObject({ status: 201 });
    expect(await schedule(app, cast.payer, id)).toMatchObject({ status: 409, codes: ['wrong-state'] });
  });

  test('twice with the same key is once', async () => {
    const { id, revision } = await claimOf(100);
    const send = () =>
      app
        .request('post', `/v1/claims/${id}/payment-schedule`, cast.payer)
        .set('Idempotency-Key', `schedule-${id}`)
        .set('If-Match', `"${revision}"`)
        .send({ scheduledFor: TODAY });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(first.headers.location).toBe(`/v1/payments/${first.body.id}`);
  });

  test('20 payers at once schedule once', async () => {
    const { id, revision } = await claimOf(100);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => schedule(app, cast.payer, id, { revision })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(412)]);
    expect(await app.database.sql('select from payment where claim_id = $1', [id])).toHaveLength(1);
  });
});

describe('recording', () => {
  test('asks for a day that has come, not before it was scheduled', async () => {
    const { payment } = await scheduled(100);
    const { id } = payment;
    const tried = (body: object) => paymentStep(app, cast.payer, id, 'payment-record', body);
    expect(await tried({ paidOn: '2018-05-16' })).toMatchObject({ status: 409, codes: ['paid-in-future'] });
    expect(await tried({ paidOn: '2018-05-14' })).toMatchObject({
      status: 409,
      codes: ['paid-before-scheduled'],
    });
    expect(await tried({ bankReference: '--' })).toMatchObject({
      status: 409,
      codes: ['bank-reference-empty'],
    });
    expect(await tried({ bankReference: ' ' })).toMatchObject({ status: 400 });
    expect(await paymentStep(app, cast.payer, id, 'payment-record', {}, null)).toMatchObject({ status: 428 });
    expect(await paymentStep(app, cast.payer, id, 'payment-record', {}, 9)).toMatchObject({ status: 412 });
    expect(await paymentStep(app, cast.lead, id, 'payment-record')).toMatchObject({ status: 403 });
    expect(await states(id)).toEqual(['scheduled', 'scheduled']);
  });

  test('each payment has a bank reference of its own, by its letters and digits', async () => {
    const [first, second] = [await scheduled(100), await scheduled(100)];
    const pay = (id: string, bankReference: string) =>
      paymentStep(app, cast.payer, id, 'payment-record', { bankReference });
    expect(await pay(first.payment.id, 'CHAPS 77-01')).toMatchObject({ status: 200 });
    const taken = await pay(second.payment.id, 'chaps/7701');
    expect(taken).toMatchObject({
      status: 409,
      codes: ['bank-reference-taken'],
      body: { code: 'blocked' },
    });
    expect(taken.body.blockers?.[0]?.about).toEqual({
      kind: 'payment',
      id: first.payment.id,
      name: first.payment.reference,
    });
    // Reversed, it frees its reference: the bank may book the second attempt under the same one.
    await paymentStep(app, cast.payer, first.payment.id, 'reversal');
    expect(await pay(second.payment.id, 'chaps/7701')).toMatchObject({ status: 200 });
  });

  test('two payers at once pay once', async () => {
    const { payment } = await scheduled(5_000);
    const payers = await Promise.all(Array.from({ length: 10 }, () => app.as('finance-officer')));
    const [outcomes, change] = await moved(() =>
      Promise.all(
        payers.map((key) => paymentStep(app, key, payment.id, 'payment-record', {}, payment.revision)),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
    expect(change).toEqual({ 'grant approved': -5_000, 'grant paid': 5_000 });
    expect(await app.database.sql('select from journal where payment_id = $1', [payment.id])).toHaveLength(1);
  });
});

describe('whoever prepared, certified or approved a claim', () => {
  /** Puts somebody in the place of another, past the steps that would not let them. */
  const PLACES: Array<[string, string]> = [
    ['prepared', 'prepared_by = array[$2::uuid]'],
    ['prepared it among others', 'prepared_by = prepared_by || $2::uuid'],
    ['certified', 'certified_by = $2'],
    ['approved', 'approved_by = $2'],
    ['gave the second approval', 'second_approved_by = $2'],
  ];
  const KEPT_OUT = ['payer-is-preparer-certifier-or-approver'];

  test.each(PLACES)(
    'schedules nothing, pays nothing and takes nothing back by rule: %s',
    async (_, place) => {
      const put = (claim: string, person: string) =>
        tamper(app.database, `update claim set ${place} where id = $1`, [claim, person]);
      // By the rule: the database's refusal would be a problem of that code.
      const byRule = { status: 409, codes: KEPT_OUT, body: { code: 'blocked' } };
      const payer = await app.as('finance-officer');
      const { id } = await claimOf(100);
      await put(id, await idOf(payer));
      expect(await schedule(app, payer, id)).toMatchObject(byRule);
      const { claim, payment } = await scheduled(100);
      await put(claim, await idOf(payer));
      for (const noun of ['payment-record', 'cancellation'] as const)
        expect(await paymentStep(app, payer, payment.id, noun)).toMatchObject(byRule);
      expect(await paymentStep(app, cast.payer, payment.id, 'payment-record')).toMatchObject({ status: 200 });
      expect(await paymentStep(app, payer, payment.id, 'reversal')).toMatchObject(byRule);
    },
  );

  test.each(PLACES)('is refused by the database, whoever asks: %s', async (_, place) => {
    const person = await idOf(await app.as('finance-officer'));
    const { claim, payment } = await scheduled(100);
    await tamper(app.database, `update claim set ${place} where id = $1`, [claim, person]);
    const pay = `update payment set paid_by = $2 where id = $1`;
    await expect(app.database.sql(pay, [payment.id, person])).rejects.toMatchObject({
      constraint: 'payer_is_none_of_them',
    });
    const insert = `insert into payment (programme_id, trust_id, agreement_id, claim_id, tranche_id, gate_decision_id,
        amount_pence, state, scheduled_for, scheduled_by)
      select programme_id, trust_id, agreement_id, claim_id, tranche_id, gate_decision_id, amount_pence, state,
        scheduled_for, $2 from payment where id = $1`;
    await expect(app.database.sql(insert, [payment.id, person])).rejects.toMatchObject({
      constraint: 'payer_is_none_of_them',
    });
  });

  test('the approver of a claim, who may pay others, does not pay this one', async () => {
    const { id } = await claimOf(100);
    expect(await schedule(app, cast.officer, id)).toMatchObject({ status: 409, codes: KEPT_OUT });
    expect(await schedule(app, cast.payer, id)).toMatchObject({ status: 201 });
  });
});

describe('a gate that shuts', () => {
  test('between approval and scheduling lets nothing be scheduled, and says why', async () => {
    const { id } = await claimOf(100);
    shut = true;
    const refused = await schedule(app, cast.payer, id);
    expect(refused).toMatchObject({ status: 409, codes: ['test-shut'], body: { blockers: [SHUT] } });
    expect((await readClaim(app, cast.payer, id)).state).toBe('approved');
    shut = false;
    expect(await schedule(app, cast.payer, id)).toMatchObject({ status: 201 });
  });

  test('between scheduling and payment lets nothing be paid, and says why', async () => {
    const { payment } = await scheduled(100);
    shut = true;
    const [refused, change] = await moved(() => paymentStep(app, cast.payer, payment.id, 'payment-record'));
    expect(refused).toMatchObject({ status: 409, codes: ['test-shut'], body: { blockers: [SHUT] } });
    expect(change).toEqual({});
    expect(await states(payment.id)).toEqual(['scheduled', 'scheduled']);
    expect(
      await app.database.sql(`select from gate_decision where claim_id = $1 and step = 'pay'`, [
        payment.claim.id,
      ]),
    ).toEqual([]);
    // What cannot be paid can still be taken back.
    expect(await paymentStep(app, cast.payer, payment.id, 'cancellation')).toMatchObject({ status: 200 });
  });

  test('with a suspended agreement nothing is scheduled or paid', async () => {
    const { id } = await claimOf(100);
    const { payment } = await scheduled(100);
    await app.database.sql(`update agreement set state = 'suspended' where id = $1`, [agreed.id]);
    try {
      expect(await schedule(app, cast.payer, id)).toMatchObject({ codes: ['agreement-not-active'] });
      expect(await paymentStep(app, cast.payer, payment.id, 'payment-record')).toMatchObject({
        codes: ['agreement-not-active'],
      });
    } finally {
      await app.database.sql(`update agreement set state = 'active' where id = $1`, [agreed.id]);
    }
  });
});

test('a cancelled payment leaves its claim approved, and another can be scheduled', async () => {
  const { claim, payment } = await scheduled(700);
  const [cancelled, change] = await moved(() => paymentStep(app, cast.payer, payment.id, 'cancellation'));
  expect(cancelled).toMatchObject({
    status: 200,
    body: { state: 'cancelled', claim: { state: 'approved' } },
  });
  expect(change).toEqual({});
  for (const noun of ['cancellation', 'payment-record', 'reversal'] as const)
    expect(await paymentStep(app, cast.payer, payment.id, noun)).toMatchObject({ codes: ['wrong-state'] });
  const again = await schedule(app, cast.payer, claim);
  expect(again).toMatchObject({ status: 201 });
  expect(again.body.reference).not.toBe(payment.reference);
  expect(await paymentStep(app, cast.payer, again.body.id, 'payment-record')).toMatchObject({ status: 200 });
  const { payments } = await readClaim(app, cast.payer, claim);
  expect(payments.map(({ state }) => state)).toEqual(['cancelled', 'paid']);
});

test('a payment that did not arrive is reversed once, and its claim is paid anew', async () => {
  const { claim, payment } = await paidClaim(app, cast, agreed, 'RW4', 333, 667);
  const [reversed, change] = await moved(() => paymentStep(app, cast.payer, payment.id, 'reversal'));
  expect(reversed).toMatchObject({
    status: 200,
    body: {
      state: 'reversed',
      closedBecause: 'The bank sent it back.',
      claim: { state: 'approved' },
      next: [],
    },
  });
  expect(change).toEqual({ 'grant approved': 1_000, 'grant paid': -1_000 });
  expect(await paymentStep(app, cast.payer, payment.id, 'reversal')).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  const journals = await app.database.sql(
    'select kind, reverses_id is not null as reverses, total_pence::float8 as pence from journal where payment_id = $1 order by id',
    [payment.id],
  );
  expect(journals).toEqual([
    { kind: 'pay', reverses: false, pence: 1_000 },
    { kind: 'reverse', reverses: true, pence: 1_000 },
  ]);
  const again = await schedule(app, cast.payer, claim.id);
  const [, anew] = await moved(() => paymentStep(app, cast.payer, again.body.id, 'payment-record'));
  expect(anew).toEqual({ 'grant approved': -1_000, 'grant paid': 1_000 });
});

test('10 reversals at once are one', async () => {
  const { payment } = await paidClaim(app, cast, agreed, 'RW4', 1_000);
  const [outcomes, change] = await moved(() =>
    Promise.all(
      Array.from({ length: 10 }, () =>
        paymentStep(app, cast.payer, payment.id, 'reversal', {}, payment.revision),
      ),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
  expect(change).toEqual({ 'grant approved': 1_000, 'grant paid': -1_000 });
});

describe('the database refuses, whoever asks', () => {
  let paid: PaymentAnswer['body'];
  let planned: PaymentAnswer['body'];
  beforeAll(async () => {
    paid = (await paidClaim(app, cast, agreed, 'RW4', 900)).payment;
    planned = (await scheduled(900)).payment;
  });
  const copy = (
    change: string,
  ) => `insert into payment (programme_id, trust_id, agreement_id, claim_id, tranche_id,
      gate_decision_id, amount_pence, state, scheduled_for, scheduled_by, paid_on, bank_reference, paid_by)
    select programme_id, trust_id, agreement_id, claim_id, tranche_id, gate_decision_id, ${change}
    from payment where id = $1`;

  test.each<[string, () => [string, string]]>([
    [
      'payment_standing',
      () => [copy(`amount_pence, state, scheduled_for, scheduled_by, null, null, null`), planned.id],
    ],
    [
      'payment_is_what_was_approved',
      () => [
        copy(`amount_pence + 1, 'cancelled', scheduled_for, scheduled_by, null, null, null`),
        planned.id,
      ],
    ],
    [
      'no_payment_without_gate',
      () => [
        copy(`amount_pence, 'paid', scheduled_for, scheduled_by, scheduled_for, 'X 1', scheduled_by`),
        planned.id,
      ],
    ],
    [
      'no_payment_without_gate',
      () => [
        `update payment set state = 'paid', paid_on = scheduled_for, bank_reference = 'X 2', paid_by = scheduled_by where id = $1`,
        planned.id,
      ],
    ],
    [
      'payment_is_fixed',
      () => ['update payment set amount_pence = amount_pence + 1 where id = $1', planned.id],
    ],
    [
      'payment_is_fixed',
      () => ['update payment set scheduled_on = scheduled_on - 9 where id = $1', planned.id],
    ],
    ['payment_is_fixed', () => ['update payment set paid_on = paid_on - 1 where id = $1', paid.id]],
    ['payment_is_fixed', () => [`update payment set bank_reference = 'X 3' where id = $1`, paid.id]],
    ['payment_is_fixed', () => ['update payment set gate_decision_id = uuidv7() where id = $1', paid.id]],
    [
      'payment_recorded',
      () => [copy(`amount_pence, 'paid', scheduled_for, scheduled_by, scheduled_for, 'X 4', null`), paid.id],
    ],
  ])('%s', async (constraint, make) => {
    const [text, id] = make();
    await expect(app.database.sql(text, [id])).rejects.toMatchObject({ constraint });
  });

  test('a second payment with the bank reference of another', async () => {
    await paymentStep(app, cast.payer, planned.id, 'payment-record', { bankReference: 'ONCE 1' });
    const past = `do $$ begin perform set_config('session_replication_role', 'replica', true);
      update payment set bank_reference = 'once-1' where id = '${paid.id}'; end $$`;
    await expect(app.database.sql(past)).rejects.toMatchObject({ constraint: 'payment_bank_reference_once' });
  });
});

describe('the list', () => {
  const list = async (query: string, key = cast.manager) =>
    (await app.request('get', `/v1/programmes/${SLUG}/payments?${query}`, key).expect(200)).body as {
      items: Array<{ id: string; state: string; paidOn: string | null; scheduledFor: string }>;
      next: string | null;
    };

  test('is by day, the latest first, in pages, and by state, trust and days', async () => {
    const { id } = await claimOf(100);
    const late = await schedule(app, cast.payer, id, { scheduledFor: '2018-07-01' });
    const all = (await list('limit=200')).items;
    expect(all[0]?.id).toBe(late.body.id);
    const days = all.map(({ paidOn, scheduledFor }) => paidOn ?? scheduledFor);
    expect(days).toEqual([...days].sort().reverse());
    const paged: string[] = [];
    for (let after = ''; ; ) {
      const { items, next } = await list(`limit=3${after}`);
      paged.push(...items.map((item) => item.id));
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect(paged).toEqual(all.map((item) => item.id));
    expect((await list('state=reversed')).items.map(({ state }) => state)).toEqual(
      all.filter(({ state }) => state === 'reversed').map(({ state }) => state),
    );
    expect((await list('state=reversed')).items.length).toBeGreaterThan(0);
    expect((await list('from=2018-06-01')).items.map((item) => item.id)).toEqual([late.body.id]);
    expect((await list('to=2018-06-01&limit=200')).items).toHaveLength(all.length - 1);
    expect((await list('trust=RXT')).items).toEqual([]);
    expect((await list('trust=RW4&limit=200')).items).toHaveLength(all.length);
  });

  test('is the trust’s own, and so is a payment', async () => {
    const { payment } = await scheduled(100);
    const stranger = await app.as('trust-lead', 'RXT');
    expect((await list('', stranger)).items).toEqual([]);
    for (const path of ['', '/chain'])
      await app.request('get', `/v1/payments/${payment.id}${path}`, stranger).expect(404);
    expect((await list('limit=200', cast.lead)).items.map(({ id }) => id)).toContain(payment.id);
    await app.request('get', `/v1/payments/${payment.id}`, cast.lead).expect(200);
    await app.request('get', '/v1/programmes/none/payments', cast.manager).expect(404);
    await app.request('get', `/v1/programmes/${SLUG}/payments?after=x`, cast.manager).expect(400);
  });
});
