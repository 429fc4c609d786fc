import fc from 'fast-check';
import supertest from 'supertest';
import { OpenDataReader } from '../src/open-data/open-data.reader.js';
import { beside } from '../src/open-data/reconciliation.rules.js';
import { type AgreementBody, agreementCast, draft, step } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { ownFaults } from './support/giving-schemas.js';
import { wholeOpenData } from './support/in-pages.js';
import type { InForce } from './support/money.js';
import {
  OPERATIONS,
  type Operation,
  type OperationName,
  take,
  type World,
} from './support/money-operations.js';
import {
  approvedClaim,
  openAgreement,
  type PaymentCast,
  paidClaim,
  paymentCast,
  paymentStep,
  raise,
  recoveryStep,
  schedule,
} from './support/payments.js';
import { totalsOfFiles } from './support/published-totals.js';
import { putClaim, putMatch } from './support/standing-money.js';

const TODAY = '2018-05-15';
const FILES = ['/open-data/360giving.json', '/open-data/360giving.csv', '/open-data/match.csv'];
let app: TestApp;
let agreed: InForce;
let cast: PaymentCast;

const file = (path: string) => supertest(app.app.getHttpServer()).get(path);
const texts = async (): Promise<string> =>
  (await Promise.all([...FILES, '/open-data'].map(async (path) => (await file(path)).text))).join('\n');
const reader = () => app.app.get(OpenDataReader, { strict: false });
const open = () => wholeOpenData(reader(), 'http://127.0.0.1');
/** The totals that the page shows, after it was seen that the files come to the same. */
const totals = async () => {
  const shown = (await reader().overview('http://127.0.0.1', { limit: 1 }))?.reconciliation ?? [];
  const ledger = shown.map(({ programme, figure, ledgerPence }) => [programme.slug, figure, ledgerPence]);
  const files = totalsOfFiles(await open());
  expect(shown).toEqual(
    beside(files, files).map((line, at) => ({
      ...line,
      ledgerPence: ledger[at]?.[2],
      differencePence: shown[at]?.differencePence,
    })),
  );
  return shown;
};

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
});
afterAll(() => app?.stop());

test('an agreement is published when it is in force, and not a step before', async () => {
  const people = await agreementCast(app, 'RWX');
  const { body } = await draft(app, people.manager, 'RWX', { reference: 'NOT-YET/1' });
  let now: AgreementBody = body;
  for (const [noun, key] of [
    ['due-diligence', people.manager],
    ['approval', people.finance],
    ['offer', people.manager],
    ['signature', people.director],
  ] as const) {
    for (const path of FILES) await file(path).expect(404);
    expect((await file('/open-data')).text).toContain('Nothing is published yet');
    now = (await step(app, key, now.id, noun)).body;
  }
  expect(now.state).toBe('signed');
  for (const path of FILES) await file(path).expect(404);
  await step(app, people.finance, now.id, 'activation');
  expect((await file(FILES[0] as string).expect(200)).body.grants).toMatchObject([
    {
      id: '360G-not-registered-mental-health-exemplars-RWX',
      amountAwarded: 5_000_000,
      amountDisbursed: 0,
      awardDate: TODAY,
    },
  ]);
});

test('of a grant nothing is published but what was paid, came back, and was accepted', async () => {
  agreed = await openAgreement(app, 'RW4');
  cast = await paymentCast(app, 'RW4');
  const line = { agreementId: agreed.id, line: '2017/18 revenue', incurredOn: '2017-09-01', tranche: 2 };
  const unaccepted: string[] = [];
  for (const [state, pence] of [
    ['draft', 111_11],
    ['submitted', 222_22],
    ['approved', 333_33],
  ] as const)
    unaccepted.push((await putClaim(app, { ...line, pence }, state)).reference, String(pence / 100));
  for (const [state, pence] of [
    ['pledged', 444_44],
    ['evidenced', 555_55],
  ] as const)
    unaccepted.push((await putMatch(app, { ...line, pence }, state)).reference, String(pence / 100));
  await putMatch(app, { ...line, pence: 987_65 }, 'accepted');

  const waiting = await schedule(app, cast.payer, (await approvedClaim(app, cast, agreed, 'RW4', 666_66)).id);
  const stopped = await schedule(app, cast.payer, (await approvedClaim(app, cast, agreed, 'RW4', 777_77)).id);
  await paymentStep(app, cast.payer, stopped.body.id, 'cancellation');
  const bounced = (await paidClaim(app, cast, agreed, 'RW4', 888_88)).payment;
  expect((await paymentStep(app, cast.payer, bounced.id, 'reversal')).status).toBe(200);
  unaccepted.push(...[waiting.body, stopped.body, bounced].map(({ reference }) => reference));
  unaccepted.push('666.66', '777.77', '888.88');

  for (const [amountPence, steps] of [
    [11_01, []],
    [22_02, ['agreement']],
    [33_03, ['withdrawal']],
    [44_04, ['agreement', 'write-off']],
  ] as const) {
    const { claim } = await paidClaim(app, cast, agreed, 'RW4', 100_000);
    const { body } = await raise(app, cast.payer, claim.id, { amountPence, reason: 'A secret reason' });
    for (const noun of steps)
      await recoveryStep(
        app,
        noun === 'agreement' ? cast.director : noun === 'write-off' ? cast.officer : cast.payer,
        body.id,
        noun,
      );
    unaccepted.push(body.reference, String(amountPence / 100));
  }
  const { claim, payment } = await paidClaim(app, cast, agreed, 'RW4', 123_456_78);
  const { body: back } = await raise(app, cast.payer, claim.id, {
    amountPence: 54_32,
    reason: 'A secret reason',
  });
  await recoveryStep(app, cast.director, back.id, 'agreement');
  await recoveryStep(app, cast.payer, back.id, 'receipt');

  const found = await texts();
  for (const each of [...unaccepted, 'A secret reason', 'Somebody'])
    expect([each, found.includes(each)]).toEqual([each, false]);
  const { grants } = (await file(FILES[0] as string)).body;
  const own = grants.find(({ id }: { id: string }) => id.endsWith('-RW4'));
  expect(own.disbursementTransaction).toHaveLength(6);
  expect(own.disbursementTransaction).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: payment.reference, value: 123_456.78, transactionDate: TODAY }),
      expect.objectContaining({
        id: back.reference,
        value: -54.32,
        description: `Recovery of ${payment.reference}: ineligible`,
      }),
    ]),
  );
  expect(own.amountDisbursed).toBe(127_402.46);
  expect((await file('/open-data/match.csv')).text).toContain(',987.65\r\n');
  expect((await totals()).map(({ differencePence }) => differencePence)).toEqual([0, 0, 0, 0]);
});

test('a page at a time there are the same grants, in the same order', async () => {
  const seen: unknown[] = [];
  for (let after: string | undefined; ; ) {
    const page = await reader().overview('http://127.0.0.1', { limit: 1, after });
    seen.push(...(page?.grants.items ?? []));
    if (!page?.grants.next) break;
    after = page.grants.next;
  }
  const { grants, modified } = (await open()).package;
  expect(seen.length).toBeGreaterThan(1);
  expect(seen).toEqual(grants);
  expect(await reader().overview('http://127.0.0.1', { limit: 1 })).toMatchObject({
    ...{
      changedAt: modified,
      funders: [{ odsCode: 'X24' }],
      inAll: grants.length,
    },
    programmes: [{ slug: 'mental-health-exemplars' }],
  });
});

test('as many grants are said to be made up as say it of themselves, by whatever of them is', async () => {
  const set = (what: string) =>
    app.database.sql(`begin; set local session_replication_role = replica; ${what}; commit`);
  const said = async () => {
    const { grants, description } = (await open()).package;
    const { inAll, madeUp } = (await reader().overview('http://127.0.0.1', { limit: 1 })) ?? {};
    const own = grants.filter(({ title }) => title.startsWith('Illustrative: ')).length;
    expect([madeUp, inAll]).toEqual([own, grants.length]);
    expect(description.includes(`${own} of ${grants.length} are illustrative`)).toBe(own > 0);
    return own;
  };
  const all = (await open()).package.grants.length;
  await set(
    ['programme', 'agreement', 'payment', 'recovery']
      .map((t) => `update ${t} set illustrative = false`)
      .join(';'),
  );
  expect(await said()).toBe(0);
  await set(`update recovery set illustrative = true where state <> 'recovered';
    update payment set illustrative = true where state not in ('paid', 'reconciled')`);
  expect(await said()).toBe(0);
  for (const [table, rows] of [
    ['payment', `id = (select id from payment where state in ('paid', 'reconciled') order by id limit 1)`],
    ['recovery', `state = 'recovered'`],
    ['agreement', `reference = 'NOT-YET/1'`],
  ]) {
    await set(`update ${table} set illustrative = true where ${rows}`);
    expect([table, await said()]).toEqual([table, 1]);
    await set(`update ${table} set illustrative = false`);
  }
  await set('update programme set illustrative = true');
  expect(await said()).toBe(all);
});

test('when it last changed is known though much else happened since', async () => {
  const changedAt = async () => (await reader().overview('http://127.0.0.1', { limit: 1 }))?.changedAt;
  const before = await changedAt();
  await app.database.sql(`begin; set local session_replication_role = replica; insert into log_entry
      (number, recorded_at, transaction_id, operation, table_name, subject_id, actor_id, action, leaf)
    select h.last_number + n, h.last_recorded_at, '1', 'insert', 'person', uuidv7(), 'x', 'x', '{}'
    from log_head h, generate_series(1, 30000) n;
    update log_head set last_number = (select max(number) from log_entry); commit`);
  expect(await changedAt()).toBe(before);
});

test('an agreement that ended has its last day', async () => {
  const manager = await app.as('finance-officer');
  await app.database.sql(
    `update payment set state = 'cancelled', closed_because = 'x' where state = 'scheduled'`,
  );
  await app.database.sql(`update claim set state = 'approved' where state = 'scheduled'`);
  await app.database.sql(`update claim set state = 'rejected' where state in ('submitted', 'approved')`);
  const before = (await open()).package.grants.find(({ id }) => id.endsWith('-RWX'));
  expect(before?.actualDates[0]).not.toHaveProperty('endDate');
  const { rows } = {
    rows: await app.database.sql<{ id: string }>(`select id from agreement where reference = 'NOT-YET/1'`),
  };
  const ended = await step(app, manager, rows[0]?.id as string, 'termination', {
    authority: 'Board',
    reason: 'A merger.',
  });
  expect(ended.status).toBe(200);
  const grant = (await open()).package.grants.find(({ id }) => id.endsWith('-RWX'));
  expect(grant?.actualDates[0]).toHaveProperty('endDate', expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/));
  // What was awarded stays awarded, though it was withdrawn.
  expect(grant?.amountAwarded).toBe(5_000_000);
});

test('whatever is done with money, what is published agrees with the ledger to the penny', async () => {
  const agreements = [agreed, await openAgreement(app, 'RXT'), await openAgreement(app, 'RNU')];
  const trusts = ['RW4', 'RXT', 'RNU'];
  const actor = async (...of: Parameters<typeof app.as>) => app.actorOf(await app.as(...of));
  const world: World = {
    ...{ app, agreements },
    leads: await Promise.all(trusts.map((trust) => actor('trust-lead', trust))),
    directors: await Promise.all(trusts.map((trust) => actor('trust-finance-director', trust))),
    assessors: [await actor('assessor')],
    managers: [await actor('programme-manager'), await actor('programme-manager')],
    officers: [
      await actor('finance-officer'),
      await actor('finance-officer'),
      await actor('finance-officer'),
    ],
  };
  const often: OperationName[] = [
    'claim',
    'check',
    'recommend',
    'approve',
    'schedule',
    'pay',
    'pay',
    'raise-recovery',
    'agree-recovery',
    'recover',
    'pledge',
    'evidence',
    'accept',
  ];
  const names = Object.keys(OPERATIONS).filter((name) => name !== 'terminate') as OperationName[];
  const operation: fc.Arbitrary<Operation> = fc.record({
    name: fc.oneof(fc.constantFrom(...often), fc.constantFrom(...names)),
    ...{ pick: fc.nat(1_000), who: fc.nat(1_000), pence: fc.integer({ min: 1, max: 9_999_999 }) },
    kind: fc.constantFrom('capital', 'revenue'),
  });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 40, maxLength: 40 }), async (steps) => {
      for (const each of steps)
        if ((await take(world, each)) === 'done' && /^(pay|recover|accept)$/.test(each.name)) moved += 1;
      const found = await open();
      expect(ownFaults(found.package)).toEqual([]);
      expect((await totals()).filter(({ differencePence }) => differencePence !== 0)).toEqual([]);
    }),
    { numRuns: 6, endOnFailure: true, seed: 20_170_401 },
  );
  expect(moved).toBeGreaterThan(3);
}, 240_000);
