import { startTestApp, type TestApp } from './support/app.js';
import { readClaim, unbalanced } from './support/claims.js';
import { rowCounts } from './support/counts.js';
import { balances, type InForce } from './support/money.js';
import {
  approvedClaim,
  openAgreement,
  type PaymentCast,
  paidClaim,
  paymentCast,
  paymentStep,
  raise,
  readPayment,
  readRecovery,
  recoveryStep,
  schedule,
} from './support/payments.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-05-15';

let app: TestApp;
let agreed: InForce;
let cast: PaymentCast;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  agreed = await openAgreement(app, 'RW4');
  cast = await paymentCast(app, 'RW4');
}, 180_000);
afterEach(async () => {
  setToday(TODAY);
  expect(await unbalanced(app)).toEqual([]);
});
afterAll(() => app?.stop());

const setToday = (today: string): void => void Object.assign(app.config, { today });
const paid = (...amounts: number[]) => paidClaim(app, cast, agreed, 'RW4', ...amounts);

/** How the balances of the grant changed while something was done, by line too, in pence. */
async function moved<T>(act: () => Promise<T>): Promise<[T, Record<string, number>]> {
  const before = await balances(app, agreed.id);
  const result = await act();
  const after = await balances(app, agreed.id);
  const names = Object.keys({ ...before, ...after });
  const changes = names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const);
  return [result, Object.fromEntries(changes.filter(([, change]) => change !== 0))];
}

/** A recovery that the trust agreed to. */
async function agreedTo(claim: string, amountPence: number) {
  const raised = await raise(app, cast.payer, claim, { amountPence });
  expect([raised.status, raised.codes]).toEqual([201, []]);
  const answer = await recoveryStep(app, cast.director, raised.body.id, 'agreement');
  expect([answer.status, answer.codes]).toEqual([200, []]);
  return answer.body;
}

test('money is asked back, agreed to and comes back, over the lines that it was paid of', async () => {
  // £100.00 of revenue, £33.33 of capital.
  const { claim, payment } = await paid(10_000, 3_333);
  const body = { cause: 'overpaid', amountPence: 1_001, reason: 'Counted twice.', dueOn: '2018-06-30' };
  const [raised, nothing] = await moved(() => raise(app, cast.payer, claim.id, body));
  expect(nothing).toEqual({});
  expect(raised).toMatchObject({
    status: 201,
    body: {
      reference: expect.stringMatching(/^REC-\d{5}$/),
      programme: SLUG,
      trust: { odsCode: 'RW4' },
      claim: { id: claim.id, state: 'recovery-raised' },
      payment: { id: payment.id, amountPence: 13_333 },
      ...body,
      state: 'raised',
      overdue: false,
      raisedBy: { id: (await app.actorOf(cast.payer)).id },
      agreedBy: null,
      lines: [],
      next: ['agree', 'write-off', 'withdraw'],
    },
  });
  const { id } = raised.body;
  expect(await recoveryStep(app, cast.director, id, 'agreement')).toMatchObject({
    status: 200,
    body: {
      state: 'agreed',
      claim: { state: 'recovery-agreed' },
      agreedBy: { id: (await app.actorOf(cast.director)).id },
    },
  });
  const [received, change] = await moved(() => recoveryStep(app, cast.payer, id, 'receipt'));
  expect(received).toMatchObject({
    status: 200,
    body: {
      state: 'recovered',
      claim: { state: 'recovered' },
      closedOn: TODAY,
      receiptReference: 'BACS 1',
      // 1,001 in proportion 10,000 : 3,333 is 750.77… and 250.22…
      lines: [
        { financialYear: '2017/18', kind: 'capital', amountPence: 250 },
        { financialYear: '2017/18', kind: 'revenue', amountPence: 751 },
      ],
      next: [],
    },
  });
  expect(change).toEqual({ 'grant paid': -1_001, 'grant recovered': 1_001 });
  const journals = await app.database.sql(
    `select kind, dated_on::text as "datedOn", payment_id = $2 as "ofPayment", total_pence::float8 as pence
     from journal where recovery_id = $1`,
    [id, payment.id],
  );
  expect(journals).toEqual([{ kind: 'recover', datedOn: TODAY, ofPayment: true, pence: 1_001 }]);
});

test('part by part all of a claim comes back, to the last penny of each line', async () => {
  const { claim } = await paid(7_001, 2_999, 5);
  const lines: Record<string, number> = {};
  const [, change] = await moved(async () => {
    for (const amountPence of [1, 3_333, 6_670, 1]) {
      const { id } = await agreedTo(claim.id, amountPence);
      const { body } = await recoveryStep(app, cast.payer, id, 'receipt');
      for (const line of body.lines) lines[line.kind] = (lines[line.kind] ?? 0) + line.amountPence;
    }
  });
  expect(change).toEqual({ 'grant paid': -10_005, 'grant recovered': 10_005 });
  expect(lines).toEqual({ revenue: 7_006, capital: 2_999 });
  expect(await raise(app, cast.payer, claim.id, { amountPence: 1 })).toMatchObject({
    status: 409,
    codes: ['more-than-paid'],
    body: { blockers: [{ message: '£0 is left of what was paid of this claim; £0.01 is more.' }] },
  });
});

describe('raising', () => {
  test('asks for no more than is left, once at a time, of a paid claim', async () => {
    const { id } = await approvedClaim(app, cast, agreed, 'RW4', 100);
    expect(await raise(app, cast.payer, id)).toMatchObject({ status: 409, codes: ['wrong-state'] });
    await schedule(app, cast.payer, id);
    expect(await raise(app, cast.payer, id)).toMatchObject({ status: 409, codes: ['wrong-state'] });
    const { claim } = await paid(5_000);
    const before = await rowCounts(app.database);
    const tried = (body: object, revision?: number | null) =>
      raise(app, cast.payer, claim.id, body, revision);
    expect(await tried({ amountPence: 5_001 })).toMatchObject({
      status: 409,
      codes: ['more-than-paid'],
      body: { code: 'blocked' },
    });
    expect(await tried({ amountPence: 0 })).toMatchObject({ status: 409, codes: ['amount-missing'] });
    expect(await tried({ amountPence: -1 })).toMatchObject({ status: 400 });
    expect(await tried({ amountPence: 1.5 })).toMatchObject({ status: 400 });
    expect(await tried({ cause: 'spite' })).toMatchObject({ status: 400 });
    expect(await tried({ dueOn: '2018-05-14' })).toMatchObject({ status: 409, codes: ['due-in-past'] });
    expect(await tried({}, null)).toMatchObject({ status: 428 });
    expect(await tried({}, claim.revision - 1)).toMatchObject({ status: 412 });
    for (const key of [cast.manager, cast.lead, cast.director])
      expect(await raise(app, key, claim.id)).toMatchObject({ status: 403 });
    expect(await rowCounts(app.database)).toEqual(before);
    expect(await tried({ amountPence: 5_000 })).toMatchObject({ status: 201 });
    expect(await tried({ amountPence: 1 })).toMatchObject({
      status: 409,
      codes: ['recovery-open'],
      body: { code: 'blocked' },
    });
  });

  test('by 10 people at once is done once', async () => {
    const { claim } = await paid(5_000);
    const people = await Promise.all(Array.from({ length: 10 }, () => app.as('finance-officer')));
    const outcomes = await Promise.all(people.map((key) => raise(app, key, claim.id, {}, claim.revision)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(412)]);
  });
});

test('the trust agrees, and no other trust, nor its lead', async () => {
  const { claim } = await paid(5_000);
  const { id } = (await raise(app, cast.payer, claim.id)).body;
  const stranger = await app.as('trust-finance-director', 'RXT');
  expect(await recoveryStep(app, stranger, id, 'agreement', {}, 1)).toMatchObject({ status: 404 });
  for (const key of [cast.lead, cast.payer, cast.manager])
    expect(await recoveryStep(app, key, id, 'agreement')).toMatchObject({ status: 403 });
  expect(await recoveryStep(app, cast.payer, id, 'receipt')).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  expect(await recoveryStep(app, cast.director, id, 'agreement', {}, null)).toMatchObject({ status: 428 });
  expect(await recoveryStep(app, cast.director, id, 'agreement', {}, 7)).toMatchObject({ status: 412 });
  expect(await recoveryStep(app, cast.director, id, 'agreement')).toMatchObject({ status: 200 });
  expect(await recoveryStep(app, cast.payer, id, 'withdrawal')).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
});

test('a receipt is of a day that has come, not before the payment, and once', async () => {
  const { claim } = await paid(5_000);
  const { id, revision } = await agreedTo(claim.id, 5_000);
  const tried = (body: object) => recoveryStep(app, cast.payer, id, 'receipt', body);
  expect(await tried({ receivedOn: '2018-05-16' })).toMatchObject({ codes: ['received-in-future'] });
  expect(await tried({ receivedOn: '2018-05-14' })).toMatchObject({ codes: ['received-before-paid'] });
  const [outcomes, change] = await moved(() =>
    Promise.all(Array.from({ length: 10 }, () => recoveryStep(app, cast.payer, id, 'receipt', {}, revision))),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
  expect(change).toEqual({ 'grant paid': -5_000, 'grant recovered': 5_000 });
});

describe('a write-off', () => {
  test('is by another person than whoever raised it, on an authority', async () => {
    const { claim } = await paid(900, 100);
    const { id } = await agreedTo(claim.id, 500);
    expect(await recoveryStep(app, cast.payer, id, 'write-off')).toMatchObject({
      status: 409,
      codes: ['write-off-by-raiser'],
      body: { code: 'blocked' },
    });
    expect(await recoveryStep(app, cast.officer, id, 'write-off', { authority: '' })).toMatchObject({
      status: 400,
    });
    const [written, change] = await moved(() => recoveryStep(app, cast.officer, id, 'write-off'));
    expect(written).toMatchObject({
      status: 200,
      body: {
        state: 'written-off',
        claim: { state: 'written-off' },
        authority: 'Director of finance, letter of 2 May',
        closedBecause: 'Insolvent.',
        closedBy: { id: (await app.actorOf(cast.officer)).id },
        lines: [
          { kind: 'capital', amountPence: 50 },
          { kind: 'revenue', amountPence: 450 },
        ],
      },
    });
    expect(change).toEqual({ 'grant paid': -500, 'grant written-off': 500 });
    const [entry] = await app.database.sql<{ action: string; reason: string }>(
      `select action, reason from log_entry where table_name = 'recovery' and subject_id = $1 order by number desc`,
      [id],
    );
    expect(entry).toEqual({
      action: 'recovery.write-off',
      reason: 'Authority: Director of finance, letter of 2 May. Insolvent.',
    });
  });

  test('needs no agreement of the trust, and what is left can still come back', async () => {
    const { claim } = await paid(1_000);
    const { id } = (await raise(app, cast.payer, claim.id, { amountPence: 400 })).body;
    expect(await recoveryStep(app, cast.officer, id, 'write-off')).toMatchObject({ status: 200 });
    expect(await raise(app, cast.payer, claim.id, { amountPence: 601 })).toMatchObject({
      codes: ['more-than-paid'],
      body: { code: 'blocked' },
    });
    const next = await agreedTo(claim.id, 600);
    const [, change] = await moved(() => recoveryStep(app, cast.payer, next.id, 'receipt'));
    expect(change).toEqual({ 'grant paid': -600, 'grant recovered': 600 });
  });
});

describe('a recovery that is withdrawn', () => {
  test('leaves the claim what it was, and another can be raised', async () => {
    const { claim } = await paid(1_000);
    const { id } = (await raise(app, cast.payer, claim.id)).body;
    const [withdrawn, change] = await moved(() => recoveryStep(app, cast.officer, id, 'withdrawal'));
    expect(withdrawn).toMatchObject({
      status: 200,
      body: {
        state: 'withdrawn',
        claim: { state: 'paid' },
        closedBecause: 'It is eligible after all.',
        next: [],
      },
    });
    expect(change).toEqual({});
    const { id: second } = await agreedTo(claim.id, 300);
    await recoveryStep(app, cast.payer, second, 'receipt');
    const { id: third } = (await raise(app, cast.payer, claim.id)).body;
    expect((await recoveryStep(app, cast.payer, third, 'withdrawal')).body.claim.state).toBe('recovered');
    const { recoveries } = await readClaim(app, cast.lead, claim.id);
    expect(recoveries.map(({ state }) => state)).toEqual(['withdrawn', 'recovered', 'withdrawn']);
  });

  test('lets the payment be reversed; while it stands, it does not', async () => {
    const { claim, payment } = await paid(1_000);
    const { id, reference } = (await raise(app, cast.payer, claim.id)).body;
    const refused = await paymentStep(app, cast.payer, payment.id, 'reversal');
    expect(refused).toMatchObject({ status: 409, codes: ['recovery-stands'] });
    expect(refused.body.blockers?.[0]?.about).toEqual({ kind: 'recovery', id, name: reference });
    await recoveryStep(app, cast.payer, id, 'withdrawal');
    expect(await paymentStep(app, cast.payer, payment.id, 'reversal')).toMatchObject({ status: 200 });
    const other = await paid(1_000);
    const { id: kept } = await agreedTo(other.claim.id, 1);
    await recoveryStep(app, cast.payer, kept, 'receipt');
    expect(await paymentStep(app, cast.payer, other.payment.id, 'reversal')).toMatchObject({
      codes: ['recovery-stands'],
    });
    expect((await readPayment(app, cast.payer, other.payment.id)).state).toBe('paid');
  });
});

test('under an agreement that ended, what was paid is still asked back; under a novated one it is not', async () => {
  const { claim, payment } = await paid(1_000);
  const state = (to: string) =>
    app.database.sql('update agreement set state = $2 where id = $1', [agreed.id, to]);
  try {
    await state('novated');
    expect(await raise(app, cast.payer, claim.id)).toMatchObject({ codes: ['agreement-novated'] });
    expect(await paymentStep(app, cast.payer, payment.id, 'reversal')).toMatchObject({
      codes: ['agreement-novated'],
    });
    await state('terminated');
    const { id } = await agreedTo(claim.id, 1_000);
    expect(await recoveryStep(app, cast.payer, id, 'receipt')).toMatchObject({ status: 200 });
  } finally {
    await state('active');
  }
});

test('auditor 10: which recoveries are overdue is computed from their day and today', async () => {
  const overdue = async (query = 'overdue=true', key = cast.manager) =>
    (await app.request('get', `/v1/programmes/${SLUG}/recoveries?limit=200&${query}`, key).expect(200)).body
      .items as Array<{ id: string; overdue: boolean; state: string; dueOn: string }>;
  const [early, late, back] = [await paid(100), await paid(100), await paid(100)];
  const raised = (await raise(app, cast.payer, early.claim.id, { dueOn: '2018-05-20' })).body;
  const later = (await raise(app, cast.payer, late.claim.id, { dueOn: '2019-05-21' })).body;
  const { id: done } = await agreedTo(back.claim.id, 100);
  await recoveryStep(app, cast.payer, done, 'receipt');
  const own = async (query?: string) =>
    (await overdue(query)).filter(({ id }) => [raised.id, later.id, done].includes(id)).map(({ id }) => id);
  expect(await own()).toEqual([]);
  setToday('2018-05-20');
  expect(await own()).toEqual([]);
  setToday('2018-05-21');
  expect(await own()).toEqual([raised.id]);
  expect(await readRecovery(app, cast.lead, raised.id)).toMatchObject({ overdue: true });
  setToday('2019-06-01');
  expect(await own()).toEqual([raised.id, later.id]);
  expect(await own('overdue=false')).toEqual([done]);
  expect(await own('overdue=true&state=agreed')).toEqual([]);
  await recoveryStep(app, cast.director, raised.id, 'agreement');
  expect(await own('overdue=true&state=agreed')).toEqual([raised.id]);
  const all = await overdue('');
  expect(all.map(({ dueOn }) => dueOn)).toEqual(all.map(({ dueOn }) => dueOn).sort());
  expect(
    all.filter(
      (each) => each.overdue !== (each.dueOn < '2019-06-01' && ['raised', 'agreed'].includes(each.state)),
    ),
  ).toEqual([]);
  expect((await overdue('trust=RXT')).length).toBe(0);
  const stranger = await app.as('trust-lead', 'RXT');
  expect(await overdue('', stranger)).toEqual([]);
  await app.request('get', `/v1/recoveries/${raised.id}`, stranger).expect(404);
  const first = await app.request('get', `/v1/programmes/${SLUG}/recoveries?limit=1`, cast.lead);
  const second = await app.request(
    'get',
    `/v1/programmes/${SLUG}/recoveries?limit=1&after=${first.body.next}`,
    cast.lead,
  );
  expect([first.body.items[0].id, second.body.items[0].id]).toEqual(all.slice(0, 2).map(({ id }) => id));
});

describe('the database refuses, whoever asks', () => {
  const insert = (
    amount: string,
    state = 'raised',
  ) => `insert into recovery (programme_id, trust_id, agreement_id,
      claim_id, payment_id, cause, reason, amount_pence, state, due_on, raised_by, closed_by)
    select programme_id, trust_id, agreement_id, claim_id, id, 'overpaid', 'x', ${amount}, '${state}', '2018-06-30',
      scheduled_by, case when '${state}' = 'written-off' then scheduled_by end from payment where id = $1`;

  test('more than was paid, a second open one, and a write-off by whoever raised it', async () => {
    const { payment } = await paid(1_000);
    const refused = (text: string, constraint: string) =>
      expect(app.database.sql(text, [payment.id])).rejects.toMatchObject({ constraint });
    await refused(insert('amount_pence + 1'), 'recovery_within_payment');
    await refused(insert('0'), 'recovery_amount');
    await refused(insert('1', 'written-off'), 'write_off_by_another');
    await app.database.sql(insert('600'), [payment.id]);
    await refused(insert('1'), 'recovery_open');
    await refused('update recovery set amount_pence = 1001 where payment_id = $1', 'recovery_is_fixed');
    await app.database.sql(`update recovery set state = 'agreed' where payment_id = $1`, [payment.id]);
    await refused(insert('401', 'recovered'), 'recovery_within_payment');
    const ended = `state = 'written-off', closed_by = (select id from person where id <> raised_by limit 1)`;
    for (const change of ['amount_pence = 1', `cause = 'misused'`, `${ended}, amount_pence = 1`])
      await refused(`update recovery set ${change} where payment_id = $1`, 'recovery_is_fixed');
  });

  test('one of a payment that was never made', async () => {
    const { id } = await approvedClaim(app, cast, agreed, 'RW4', 100);
    const { body } = await schedule(app, cast.payer, id);
    await expect(app.database.sql(insert('1'), [body.id])).rejects.toMatchObject({
      constraint: 'recovery_within_payment',
    });
  });
});
