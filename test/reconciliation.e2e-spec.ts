import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { Agreement } from '../src/funding/agreements/agreement.entity.js';
import { termsInForce } from '../src/funding/agreements/agreement.queries.js';
import type { AgreementTerms } from '../src/funding/agreements/agreement-terms.js';
import { AgreementVersions } from '../src/funding/agreements/agreement-versions.js';
import { RECONCILE_LEDGER } from '../src/funding/funding.jobs.js';
import type { CheckOutcome } from '../src/funding/reconciliation.service.js';
import { Outbox } from '../src/queue/outbox.js';
import { SCHEDULE } from '../src/queue/schedule.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type InForce, putInForce } from './support/money.js';
import { type Causes, causesOf, move, post, reverse } from './support/postings.js';
import { ledgerFaults } from './support/reconciled.js';
import { eventually, SLUG } from './support/returns.js';

const PROGRAMME = `/v1/programmes/${SLUG}`;
const pounds = (amount: number): number => amount * 100;

interface Found {
  id: string;
  kind: string;
  trust: { odsCode: string } | null;
  subject: string;
  expectedPence: number;
  foundPence: number;
  whatToDo: string;
  raisedAt: string;
  clearedAt: string | null;
}

let app: TestApp;
let officer: string;
let auditor: string;
let mersey: string;
let berkshire: string;
let rw4: InForce;
let rwx: InForce;
let cause: Causes;
const alerts: string[] = [];

beforeAll(async () => {
  jest.spyOn(Logger.prototype, 'error').mockImplementation((words: unknown) => {
    alerts.push(String(words));
  });
  app = await startTestApp({
    work: true,
    definitions: ['mental-health-exemplars.yaml', 'rural-broadband.yaml'],
  });
  [officer, auditor, mersey, berkshire] = await Promise.all([
    app.as('finance-officer'),
    app.as('auditor'),
    app.as('trust-lead', 'RW4'),
    app.as('trust-finance-director', 'RWX'),
  ]);
  rw4 = await putInForce(app, 'RW4');
  rwx = await putInForce(app, 'RWX');
  cause = await causesOf(app, rw4);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await app?.stop();
});
beforeEach(() => {
  alerts.length = 0;
});

/** Asks for a check, waits for it, and gives what came of it. */
async function check(): Promise<CheckOutcome> {
  const answer = await app.request('post', `${PROGRAMME}/ledger-checks`, officer).expect(202);
  expect(answer.headers.location).toBe(`/v1/receipts/${answer.body.receipt}`);
  const receipt = await eventually(async () => {
    const { body } = await app.request('get', answer.headers.location as string, officer).expect(200);
    return body.state === 'done' || body.state === 'failed' ? body : undefined;
  });
  expect(receipt).toMatchObject({ job: 'reconcile-ledger', state: 'done' });
  return receipt.result;
}

async function differences(query = 'state=standing', key = auditor): Promise<Found[]> {
  return (await app.request('get', `${PROGRAMME}/ledger-differences?limit=200&${query}`, key).expect(200))
    .body.items;
}

const inShort = (found: Found[]) =>
  found
    .map(
      ({ kind, subject, expectedPence, foundPence }) => `${kind}: ${subject}: ${expectedPence} ${foundPence}`,
    )
    .sort();

/** Carries out statements as somebody who may do anything, with the triggers off. */
const past = (statements: string) =>
  app.database.sql(`begin; set local session_replication_role = replica; ${statements}; commit`);

const RW4 = 'TEST-RW4 (Mersey Care NHS Foundation Trust)';
const REVENUE = `${RW4}, 2017/18 revenue`;
const GRANT_CONTROL =
  "control: The grant of all agreements, and of awards without one, is not the programme's control total";
const MATCH_CONTROL =
  "control: The match of all agreements, and of awards without one, is not the programme's control total";
const BILLION = pounds(35_000_000);

/** £1,000 of Mersey Care's, from claim to payment. @returns the journal of the payment */
async function paid(): Promise<string> {
  const line = rw4.lines['2017/18 revenue'];
  const trancheId = rw4.tranches[2] as string;
  const draw = { incurredOn: '2017-10-01', trancheId };
  const amount = pounds(1_000);
  await post(app, rw4, {
    kind: 'claim',
    movements: [move(line, 'grant', 'awarded', 'claimed', amount, draw)],
    cause,
  });
  await post(app, rw4, {
    kind: 'approve',
    movements: [move(line, 'grant', 'claimed', 'approved', amount, { trancheId })],
    cause,
  });
  return post(app, rw4, { kind: 'pay', movements: [move(line, 'grant', 'approved', 'paid', amount)], cause });
}

test('a ledger that agrees with itself reconciles, and says when it was checked', async () => {
  expect((await app.request('get', `${PROGRAMME}/money`, auditor)).body.ledger).toEqual({
    checkedAt: null,
    reconciles: null,
    differences: 0,
  });
  await paid();
  expect(await check()).toEqual({ accounts: 51, postings: 27, differences: 0, raised: 0, cleared: 0 });
  expect(await differences('')).toEqual([]);
  const { body } = await app.request('get', `${PROGRAMME}/ledger-checks`, auditor).expect(200);
  expect(body).toMatchObject({ items: [{ accounts: 51, postings: 27, differences: 0 }], next: null });
  expect((await app.request('get', `${PROGRAMME}/money`, mersey)).body.ledger).toEqual({
    checkedAt: body.items[0].checkedAt,
    reconciles: true,
    differences: 0,
  });
  expect(alerts).toEqual([]);
});

test('who may ask for a check, and who reads what came of it', async () => {
  for (const key of [auditor, mersey])
    await app.request('post', `${PROGRAMME}/ledger-checks`, key).expect(403);
  await app.request('post', '/v1/programmes/no-such/ledger-checks', officer).expect(404);
  await app.request('get', `${PROGRAMME}/ledger-checks`, mersey).expect(403);
  for (const list of ['ledger-checks', 'ledger-differences']) {
    await app.request('get', `/v1/programmes/no-such/${list}`, auditor).expect(404);
    await app.request('get', `${PROGRAMME}/${list}?after=x`, auditor).expect(400);
  }
  for (const wrong of ['state=gone', 'kind=rumour', 'colour=red'])
    await app.request('get', `${PROGRAMME}/ledger-differences?${wrong}`, auditor).expect(400);
});

test('it is checked every night in London, each programme by itself', async () => {
  expect(SCHEDULE.find(({ job }) => job === RECONCILE_LEDGER.name)).toMatchObject({
    cron: expect.stringMatching(/^\d+ [0-5] \* \* \*$/),
    timeZone: 'Europe/London',
  });
  const before = await app.database.sql('select from ledger_check');
  const outbox = app.app.get(Outbox, { strict: false });
  const order = { actor: systemActor('schedule', 'test'), action: 'schedule.post' };
  await app.app.get(UnitOfWork, { strict: false }).run(order, (tx) => outbox.add(tx, RECONCILE_LEDGER, {}));
  const checks = await eventually(async () => {
    const rows = await app.database.sql<{ slug: string; differences: number }>(
      'select p.slug, c.differences from ledger_check c join programme p on p.id = c.programme_id order by c.id',
    );
    return rows.length === before.length + 2 ? rows.slice(before.length) : undefined;
  });
  expect(checks.map(({ slug }) => slug).sort()).toEqual([SLUG, 'rural-broadband'].sort());
  expect(checks.map((each) => each.differences)).toEqual([0, 0]);
});

test('reversals, money moved by a change, and match beyond what was agreed are no differences', async () => {
  const [from, to] = [rw4.lines['2018/19 revenue'], rw4.lines['2019/20 capital']];
  const claim = move(from, 'grant', 'awarded', 'claimed', pounds(10), {
    incurredOn: '2018-06-01',
    trancheId: rw4.tranches[2] as string,
  });
  await reverse(app, rw4, await post(app, rw4, { kind: 'claim', movements: [claim], cause }));
  const beyond = move(from, 'match', 'outside', 'pledged', pounds(3_000));
  await post(app, rw4, { kind: 'pledge', movements: [beyond], cause });
  const withdrawn = await post(app, rw4, { kind: 'pledge', movements: [beyond], cause });
  // An undoing that is undone counts again, and one that is not does not.
  await reverse(app, rw4, await reverse(app, rw4, withdrawn));
  await reverse(app, rw4, await post(app, rw4, { kind: 'pledge', movements: [beyond], cause }));
  expect(await check()).toMatchObject({ differences: 0 });

  const moved = pounds(20_000);
  const reallocation = {
    kind: 'reallocate' as const,
    cause,
    movements: [
      move(from, 'grant', 'awarded', 'outside', moved),
      move(to, 'grant', 'outside', 'awarded', moved),
    ],
  };
  await post(app, rw4, reallocation);
  // The ledger without the version is a difference, and so is the version without the ledger.
  expect(await check()).toMatchObject({ differences: 2, raised: 2 });
  const [one, other] = await app.database.sql<{ id: string }>('select id from person limit 2');
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'test.vary' }, async (tx) => {
      const agreement = await tx.lock(Agreement, rw4.id, 'agreement');
      const terms = await termsInForce(tx, rw4.id);
      const by = (line: AgreementTerms['lines'][number]): number =>
        line.financialYear === '2018/19' && line.kind === 'revenue'
          ? -moved
          : line.financialYear === '2019/20' && line.kind === 'capital'
            ? moved
            : 0;
      const lines = terms.lines.map((line) => ({ ...line, grantPence: line.grantPence + by(line) }));
      return app.app.get(AgreementVersions, { strict: false }).apply(
        tx,
        agreement,
        { ...terms, lines },
        {
          preparedBy: one?.id as string,
          approvedBy: other?.id as string,
          changeRequestId: cause.changeRequestId,
          effectiveOn: '2018-04-01',
        },
      );
    });
  expect(await check()).toMatchObject({ differences: 0, cleared: 2 });
});

describe('damage past the ledger is named by the next check, and cleared by the check after its repair', () => {
  /** What is done, what the check then finds, and what puts it right. */
  type Damage = [what: string, harm: () => Promise<() => Promise<unknown>>, found: () => string[]];

  const account = (stage: string) =>
    `(select id from account where line_id = '${rw4.lines['2017/18 revenue']}' and source = 'grant' and stage = '${stage}')`;
  /** Takes rows out, to be put back as they were. */
  async function takeOut(table: string, where: string): Promise<() => Promise<unknown>> {
    const [kept] = await app.database.sql<{ rows: object[] }>(
      `select json_agg(t) as rows from ${table} t where ${where}`,
    );
    expect(kept?.rows.length).toBeGreaterThan(0);
    await past(`delete from ${table} where ${where}`);
    const columns = (
      await app.database.sql<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'exemplar' and table_name = $1
           and is_generated = 'NEVER' order by ordinal_position`,
        [table],
      )
    ).map(({ name }) => name);
    const text = JSON.stringify(kept?.rows).replaceAll("'", "''");
    return () =>
      past(
        `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, '${text}')`,
      );
  }
  let payment: string;
  beforeAll(async () => {
    payment = await paid();
  });

  const DAMAGES: Damage[] = [
    [
      'a balance that was changed',
      async () => {
        const set = (sign: string) =>
          app.database.sql(
            `update account set balance_pence = balance_pence ${sign} 12345 where id = ${account('paid')}`,
          );
        await set('+');
        return () => set('-');
      },
      () => [
        `balance: ${REVENUE}: the balance of the grant paid is not the sum of its postings: 200000 212345`,
        `${GRANT_CONTROL}: ${BILLION} ${BILLION + 12345}`,
      ],
    ],
    [
      'a posting that was removed',
      () => takeOut('posting', `journal_id = '${payment}'`),
      () => [
        `balance: ${REVENUE}: the balance of the grant approved is not the sum of its postings: 100000 0`,
        `balance: ${REVENUE}: the balance of the grant paid is not the sum of its postings: 100000 200000`,
        `journal: ${RW4}: the journal ${payment} (pay, 31 March 2018) does not have the postings that it says: 100000 0`,
      ],
    ],
    [
      'a journal that was removed, and its postings left',
      () => takeOut('journal', `id = '${payment}'`),
      () => [`journal: ${RW4}: there are postings of the journal ${payment}, which is not there: 0 100000`],
    ],
    [
      'a posting whose amount was changed',
      async () => {
        const set = (amount: number) =>
          past(`update posting set amount_pence = ${amount} where journal_id = '${payment}'`);
        await set(99_999);
        return () => set(100_000);
      },
      () => [
        `balance: ${REVENUE}: the balance of the grant approved is not the sum of its postings: 1 0`,
        `balance: ${REVENUE}: the balance of the grant paid is not the sum of its postings: 199999 200000`,
        `journal: ${RW4}: the journal ${payment} (pay, 31 March 2018) does not have the postings that it says: 100000 99999`,
      ],
    ],
    [
      'an account that was removed',
      () => takeOut('account', `id = ${account('paid')}`),
      () => [
        `balance: ${REVENUE}: the account of the grant paid is missing, although postings were made to it: 200000 0`,
        `${GRANT_CONTROL}: ${BILLION} ${BILLION - 200_000}`,
      ],
    ],
    [
      'an account that was added',
      async () => {
        await past(
          `insert into account (trust_id, line_id, source, stage, balance_pence)
             values ('${rw4.trustId}', '${rw4.lines['2017/18 revenue']}', 'grant', 'written-off', 0)`,
        );
        return () => past(`delete from account where id = ${account('written-off')}`);
      },
      () => [
        `balance: ${REVENUE}: there is an account of the grant written off, although no posting was made to it: 0 0`,
      ],
    ],
    [
      'what is drawn on a tranche that was changed',
      async () => {
        const set = (sign: string) =>
          app.database.sql(`update tranche set drawn_pence = drawn_pence ${sign} 500 where id = $1`, [
            rw4.tranches[2],
          ]);
        await set('+');
        return () => set('-');
      },
      () => [
        `tranche: ${RW4}, tranche 2, On delivery: what is drawn is not what its postings drew: 200000 200500`,
      ],
    ],
    [
      'terms that were changed',
      async () => {
        const set = (pence: number) =>
          past(
            `update agreement_version set terms = jsonb_set(terms, '{lines,1,matchPence}', '${pence}')
             where agreement_id = '${rw4.id}' and number = 2`,
          );
        await set(40_000_000);
        return () => set(50_000_000);
      },
      () => [
        `agreement: ${REVENUE}: the match in the ledger is not what the version in force says: 40000000 50000000`,
      ],
    ],
    [
      'an award that was changed before it was agreed',
      async () => {
        const set = (sign: string) =>
          app.database.sql(
            `update award_line set match_pence = match_pence ${sign} 700, grant_pence = grant_pence ${sign} 300
             where financial_year = '2017/18' and kind = 'capital'
               and trust_id = (select id from organisation where ods_code = 'RNU')`,
          );
        await set('-');
        return () => set('+');
      },
      () => [
        `${GRANT_CONTROL}: ${BILLION} ${BILLION - 300}`,
        `${MATCH_CONTROL}: ${BILLION} ${BILLION - 700}`,
      ],
    ],
    [
      'an agreement that was withdrawn while its money stood in the ledger',
      async () => {
        const set = (state: string) => past(`update agreement set state = '${state}' where id = '${rwx.id}'`);
        await set('withdrawn');
        return () => set('active');
      },
      () => [
        `${GRANT_CONTROL}: ${BILLION} ${BILLION + pounds(5_000_000)}`,
        `${MATCH_CONTROL}: ${BILLION} ${BILLION + pounds(5_000_000)}`,
      ],
    ],
  ];

  test.each(DAMAGES)('%s', async (_, harm, expected) => {
    const repair = await harm();
    const found = expected().sort();
    expect(await check()).toMatchObject({ differences: found.length, raised: found.length, cleared: 0 });
    const standing = await differences();
    expect(inShort(standing)).toEqual(found);
    expect(alerts).toHaveLength(found.length);
    for (const { kind, subject, clearedAt, whatToDo } of standing) {
      expect(clearedAt).toBeNull();
      expect(whatToDo.length).toBeGreaterThan(20);
      expect(
        alerts.filter((words) => words.startsWith(`ledger-difference (${kind}): ${subject}: £`)),
      ).toHaveLength(1);
    }
    expect((await app.request('get', `${PROGRAMME}/money`, auditor)).body.ledger).toMatchObject({
      reconciles: false,
      differences: found.length,
    });

    await repair();
    expect(await check()).toMatchObject({ differences: 0, raised: 0, cleared: found.length });
    expect(await differences()).toEqual([]);
    const gone = await differences('state=cleared');
    for (const { id } of standing)
      expect(gone.find((each) => each.id === id)?.clearedAt).toEqual(expect.any(String));
    expect((await app.request('get', `${PROGRAMME}/money`, auditor)).body.ledger).toMatchObject({
      reconciles: true,
      differences: 0,
    });
  });

  test('a difference is raised once while it stands, follows its figures, and shows to its own trust alone', async () => {
    const set = (pence: number) =>
      app.database.sql(
        `update account set balance_pence = balance_pence + ${pence} where id = ${account('lapsed')}`,
      );
    await post(app, rw4, {
      kind: 'lapse',
      movements: [move(rw4.lines['2017/18 revenue'], 'grant', 'awarded', 'lapsed', 100)],
    });
    await set(5);
    await check();
    const first = await differences('state=standing&kind=balance');
    expect(first).toMatchObject([{ trust: { odsCode: 'RW4' }, expectedPence: 100, foundPence: 105 }]);
    expect(alerts).toHaveLength(2);
    expect(await check()).toMatchObject({ differences: 2, raised: 0, cleared: 0 });
    expect(await differences('state=standing&kind=balance')).toEqual(first);
    expect(alerts).toHaveLength(2);
    await set(2);
    expect(await check()).toMatchObject({ differences: 2, raised: 0, cleared: 0 });
    expect(await differences('state=standing&kind=balance')).toEqual([{ ...first[0], foundPence: 107 }]);
    expect(alerts).toHaveLength(4);

    expect(await differences('', mersey)).toMatchObject((await differences('trust=RW4')) as object[]);
    expect((await differences('', mersey)).length).toBeGreaterThan(1);
    expect(await differences('', berkshire)).toEqual([]);
    const ledger = async (key: string) => (await app.request('get', `${PROGRAMME}/money`, key)).body.ledger;
    expect(await ledger(mersey)).toMatchObject({ reconciles: false, differences: 1 });
    expect(await ledger(berkshire)).toMatchObject({ reconciles: true, differences: 0 });

    await set(-7);
    await check();
    expect(await differences()).toEqual([]);
    // What comes back is raised anew: the first one is history. Checks at once find it once.
    await set(5);
    const faults = await Promise.all([ledgerFaults(app), ledgerFaults(app), ledgerFaults(app)]);
    expect(faults.map((each) => each.length)).toEqual([2, 2, 2]);
    await check();
    const again = await differences('state=standing&kind=balance');
    expect(again.map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
    await set(-5);
    await check();

    const whole = await differences('');
    const paged: Found[] = [];
    for (let at: string | undefined = `${PROGRAMME}/ledger-differences?limit=5`; at; ) {
      const page: Awaited<ReturnType<TestApp['request']>> = await app.request('get', at, auditor).expect(200);
      paged.push(...page.body.items);
      at = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }
    expect(paged).toEqual(whole);
  });
});

test('what is posted while it is checked is no difference', async () => {
  const line = rw4.lines['2018/19 revenue'];
  const draw = { incurredOn: '2018-06-01', trancheId: rw4.tranches[2] as string };
  let busy = true;
  const writing = (async () => {
    while (busy)
      await post(app, rw4, {
        kind: 'claim',
        movements: [move(line, 'grant', 'awarded', 'claimed', 1, draw)],
        cause,
      });
  })();
  for (let i = 0; i < 5; i += 1) expect(await check()).toMatchObject({ differences: 0 });
  busy = false;
  await writing;
});

test('under a novation the ledger goes on reconciling, with what was pledged beyond', async () => {
  const before = await check();
  expect(before.differences).toBe(0);
  const held = await app.database.sql<{
    id: string;
    financial_year: string;
    kind: string;
    source: 'grant';
    stage: 'awarded';
    pence: number;
  }>(
    `select l.id, l.financial_year, l.kind, a.source, a.stage, a.balance_pence::float8 as pence
     from funding_line l join account a on a.line_id = l.id
     where l.agreement_id = $1 and a.stage <> 'outside' and a.balance_pence > 0`,
    [rw4.id],
  );
  const successor: InForce = { ...rwx, id: crypto.randomUUID() };
  // What Mersey Care held goes to Berkshire; the terms are the same, less what the tranches have paid.
  await past(`update agreement set state = 'novated' where id = '${rw4.id}';
    insert into agreement (id, programme_id, trust_id, award_id, reference, state, version, window_starts_on, window_ends_on,
        match_pence, per_grant_pence, predecessor_id)
      select '${successor.id}', programme_id, '${rwx.trustId}', award_id, 'NOVATED', 'active', 1, window_starts_on,
        window_ends_on, 1, 1, id from agreement where id = '${rw4.id}';
    insert into agreement_version (trust_id, agreement_id, number, terms, prepared_by)
      select '${rwx.trustId}', '${successor.id}', 1, terms, prepared_by from agreement_version
      where agreement_id = '${rw4.id}' and number = 2;
    insert into funding_line (trust_id, agreement_id, financial_year, kind)
      select '${rwx.trustId}', '${successor.id}', financial_year, kind from funding_line where agreement_id = '${rw4.id}'`);
  const made = await app.database.sql<{ id: string; name: string }>(
    `select id, financial_year || ' ' || kind as name from funding_line where agreement_id = $1`,
    [successor.id],
  );
  const to = (row: { financial_year: string; kind: string }) =>
    made.find(({ name }) => name === `${row.financial_year} ${row.kind}`)?.id;
  const left = await post(app, rw4, {
    kind: 'novate',
    movements: held.map(({ id, source, stage, pence }) => move(id, source, stage, 'outside', pence)),
  });
  // Half way there, everything is missing.
  expect(await check()).toMatchObject({ differences: 14 });
  await post(app, successor, {
    kind: 'novate',
    movements: held.map((row) => move(to(row), row.source, 'outside', row.stage, row.pence)),
    novatesId: left,
  });
  expect(await check()).toMatchObject({ differences: 0, cleared: 14 });
});
