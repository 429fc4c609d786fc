import { isDeepStrictEqual as equals } from 'node:util';
import pg from 'pg';
import { Clock } from '../src/config/clock.js';
import { appPoolSettings } from '../src/database/connection.js';
import type { Sql } from '../src/database/sql.js';
import { programmeId } from '../src/programmes/programme.queries.js';
import { SCHEDULE } from '../src/queue/schedule.js';
import type { TestApp } from './support/app.js';
import { ALL, bothSums, keepSums } from './support/kept-sums.js';
import { startPlayedMoney } from './support/play-money.js';
import { ledgerFaults } from './support/reconciled.js';
import { SLUG } from './support/returns.js';

const MONEY = `/v1/programmes/${SLUG}/money`;

let app: TestApp;
let manager: string;

beforeAll(async () => {
  app = await startPlayedMoney();
  manager = await app.as('programme-manager');
}, 120_000);
afterAll(() => app?.stop());

const money = async (query = '', key = manager) =>
  (await app.request('get', `${MONEY}${query}`, key).expect(200)).body;
const paidOf = (body: { totals: { grant: { paidPence: number } } }): number => body.totals.grant.paidPence;
/** The played money has a balance in it that was changed past the ledger, too. */
const keptFaults = async () => (await ledgerFaults(app)).filter((words) => words.startsWith('kept'));
const MORE = `jsonb_set(sums, '{held 2017/18 revenue grant paid}',
  to_jsonb(coalesce((sums ->> 'held 2017/18 revenue grant paid')::bigint, 0) + 7))`;
/** Changes what is kept of the money, past the program. */
const tamper = () =>
  app.database.sql(`update kept_sum set sums = ${MORE}, trusts = 1000 where name = 'money'`);

test('each sum names every table that it reads: after a change in another it would be stale', async () => {
  const client = new pg.Client(appPoolSettings(app.database.url, 1));
  await client.connect();
  try {
    await client.query(`begin read only; set local exemplar.reach = 'all'; set local exemplar.trust_id = ''`);
    const read = new Set<string>();
    const explaining: Sql = {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
        const { rows } = await client.query(`explain (format json) ${text}`, [...values]);
        for (const [, name] of JSON.stringify(rows).matchAll(/"Relation Name":"(\w+)"/g))
          read.add(name as string);
        return (await client.query<Row>(text, [...values])).rows;
      },
    };
    const id = (await programmeId(plain(client), SLUG)) as string;
    const today = app.app.get(Clock, { strict: false }).today();
    for (const sum of ALL) {
      const asked = await sum.asked(plain(client), id, today);
      read.clear();
      await sum.of(explaining, id, asked, null);
      // A trust by itself brings nothing: what is its part is in the tables that name it.
      read.delete('organisation');
      expect([sum.name, [...read].sort()]).toEqual([sum.name, [...sum.tables].sort()]);
    }
  } finally {
    await client.end();
  }
});

test('they are kept every hour, as at the newest entry of the log', async () => {
  expect(SCHEDULE.find(({ job }) => job === 'keep-sums')).toMatchObject({
    cron: expect.stringMatching(/^\d+ \* /),
  });
  await keepSums(app);
  await keepSums(app);
  const rows = await app.database.sql<{ name: string; behind: number }>(
    `select k.name, (h.last_number - k.number)::int as behind from kept_sum k join programme p on p.id = k.programme_id
       cross join log_head h where p.slug = $1 order by 1`,
    [SLUG],
  );
  // One for each sum and day, however often.
  expect(rows.map(({ name }) => name)).toEqual(ALL.map(({ name }) => name).sort());
  for (const { behind } of rows) expect(behind).toBeLessThan(5);
  const { total, whole } = await bothSums(app);
  expect(total).toEqual(whole);
});

test('what is kept is what is shown, to those who see all trusts alone; the reconciliation names what was changed', async () => {
  const lead = await app.as('trust-lead', 'RW4');
  await keepSums(app);
  const [before, own] = [await money(), await money('', lead)];
  expect(await keptFaults()).toEqual([]);

  await tamper();
  expect(paidOf(await money())).toBe(paidOf(before) + 7);
  expect(paidOf(await money('', lead))).toBe(paidOf(own));
  // A part of the programme is added up from what stands.
  expect(paidOf(await money('?trust=RW4'))).toBe(paidOf(own));
  expect(await keptFaults()).toEqual([
    expect.stringMatching(
      /^kept: What was kept of the sum “money” after entry \d+ .*: held 2017\/18 revenue grant paid, /,
    ),
  ]);

  await keepSums(app);
  expect(await keptFaults()).toEqual([]);
  expect(paidOf(await money())).toBe(paidOf(before));
});

test.each([
  [
    'a project, which may take along what is of others',
    'money',
    `update project set name = name || ' (later)'`,
  ],
  ['what is of no one trust', 'ratings', 'update reporting_period set due_on = due_on + 1'],
])('after a change of %s, all is added up anew', async (_, sum, change) => {
  await keepSums(app);
  await app.database.sql(
    `update kept_sum set sums = sums || '{"of nobody": 7}', trusts = 1000 where name = $1`,
    [sum],
  );
  const differing = async () => {
    const { total, whole } = await bothSums(app);
    return ALL.map(({ name }) => name).filter((name) => !equals(total[name], whole[name]));
  };
  expect(await differing()).toEqual([sum]);
  await app.database.sql(change);
  expect(await differing()).toEqual([]);
});

interface Gate {
  id: string;
  trust: { odsCode: string };
  milestones: Array<{ state: string }>;
}

test('the gates that come next are looked for among those that are kept, and among those of trusts that changed', async () => {
  const path = `/v1/programmes/${SLUG}/gates?withinDays=3650`;
  const next = async (query = ''): Promise<Gate[]> =>
    (await app.request('get', `${path}${query}`, manager).expect(200)).body.items;
  await app.database.sql('delete from kept_sum');
  const whole = await next();
  expect(whole.length).toBeGreaterThan(5);
  await keepSums(app);
  expect(await next()).toEqual(whole);

  const first = whole.find(({ milestones }) => milestones.some(({ state }) => state === 'planned')) as Gate;
  const others = whole.filter((gate) => gate !== first);
  const name = `(select trust_id || ':' || id from tranche where id = '${first.id}')`;
  await app.database.sql(
    `update kept_sum set sums = sums - ${name}, trusts = 1000 where name = 'next-gates'`,
  );
  expect(await next()).toEqual(others);
  const { odsCode } = first.trust;
  expect(await next(`&trust=${odsCode}`)).toContainEqual(first);
  expect(await keptFaults()).toEqual([
    expect.stringMatching(/^kept: .* the sum “next-gates” after entry \d+/),
  ]);

  // Its milestones are expected a year later: it comes where it belongs, and the kept ones stay as they were.
  await app.database.sql(
    `update milestone set forecast_on = forecast_on + 365 where state not in ('met', 'waived', 'cancelled')
       and id in (select milestone_id from tranche_milestone where tranche_id = '${first.id}')`,
  );
  const later = await next();
  await app.database.sql('delete from kept_sum');
  expect(later).toEqual(await next());
  expect(later.map(({ id }) => id)).not.toEqual(whole.map(({ id }) => id));
});

test('as at a moment, what was kept by then counts, and what was kept later does not', async () => {
  await app.database.sql('delete from kept_sum');
  const early = new Date().toISOString();
  const whole = await money(`?asAt=${early}`);
  await app.as('auditor');
  await keepSums(app);
  await tamper();
  const late = new Date().toISOString();
  const { asOf: _, ...unmoved } = await money(`?asAt=${early}`);
  const { asOf: __, ...before } = whole;
  expect(unmoved).toEqual(before);
  expect(paidOf(await money(`?asAt=${late}`))).toBe(paidOf(whole) + 7);
  await app.database.sql('delete from kept_sum');
  expect(paidOf(await money(`?asAt=${late}`))).toBe(paidOf(whole));
});

const plain = (client: pg.Client): Sql => ({
  query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(text, [...values])).rows,
});
