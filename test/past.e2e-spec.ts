import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { appPoolSettings, ownerClientSettings } from '../src/database/connection.js';
import type { TestApp } from './support/app.js';
import { startPlayedMoney } from './support/play-money.js';
import { SLUG } from './support/returns.js';

let app: TestApp;
let tables: string[];

beforeAll(async () => {
  app = await startPlayedMoney({ tampered: false });
  const rows = await app.database.sql<{ name: string }>(
    `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where tgname = 'record_change' order by 1`,
  );
  tables = rows.map(({ name }) => name);
}, 240_000);
afterAll(() => app.stop());

/** What statements find as at the newest entry. */
async function present<Row extends object>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: app.database.superuserUrl });
  await client.connect();
  try {
    await client.query(`set search_path = exemplar; select past_at(null);
      select set_config('exemplar.as_at', (select max(number) from log_entry)::text, false)`);
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('the past of every recorded table has its columns, and is read by whom the table is read', async () => {
  expect(tables.length).toBeGreaterThan(40);
  const columns = (schema: string) =>
    app.database.sql(
      `select relname, attname, format_type(atttypid, atttypmod) as type from pg_attribute a join pg_class c on c.oid = attrelid
       where relnamespace = $1::regnamespace and relname = any ($2) and attnum > 0 and not attisdropped
         and attname not in ('from_number', 'to_number') order by relname, attname`,
      [schema, tables],
    );
  const own = await columns('exemplar');
  expect(await columns('past')).toEqual(own);
  expect(await columns('as_at')).toEqual(own);
  const policies = (schema: string) =>
    app.database.sql(
      `select tablename, policyname, qual from pg_policies where schemaname = $1 and tablename = any ($2)
         and cmd in ('ALL', 'SELECT') and policyname <> 'by_log' order by 1, 2`,
      [schema, tables],
    );
  expect(await policies('past')).toEqual(await policies('exemplar'));
  const open = await app.database.sql(
    `select relname from pg_class where relnamespace = 'past'::regnamespace and relkind = 'r'
       and not (relrowsecurity and relforcerowsecurity)
     union all select relname from pg_class where relnamespace = 'as_at'::regnamespace and relkind = 'v'
       and not 'security_invoker=true' = any (reloptions)`,
  );
  expect(open).toEqual([]);
});

test('as at now, every table is what it is', async () => {
  const differing = tables.map(
    (table) => `select '${table}' as name where exists (
      (select to_jsonb(t) from ${table} t except select to_jsonb(p) from as_at.${table} p)
      union all (select to_jsonb(p) from as_at.${table} p except select to_jsonb(t) from ${table} t))`,
  );
  expect(await present(differing.join(' union all '))).toEqual([]);
});

test('the past made anew of the log is the same past', async () => {
  const whole = async () =>
    Object.fromEntries(
      await Promise.all(
        tables.map(async (table) => [
          table,
          (
            await app.database.sql<{ hash: string }>(
              `select md5(string_agg(p::text, '|' order by id, from_number)) as hash from past.${table} p`,
            )
          )[0]?.hash,
        ]),
      ),
    );
  const before = await whole();
  // As a migration does: as whoever owns the tables.
  const owner = new pg.Client({ ...ownerClientSettings(app.database.ownerUrl) });
  await owner.connect();
  for (const table of tables) await owner.query(`call keep_past_of('${table}')`);
  await owner.end();
  expect(await whole()).toEqual(before);
});

test.each([
  'insert into past.project select * from past.project limit 1',
  'update past.project set name = name',
  'delete from past.project',
  'update past_head set number = 0',
  "call keep_past_of('project')",
  'insert into personal_datum select * from personal_datum',
  "update personal_datum set value = 'Somebody else'",
])('the application may not: %s', async (statement) => {
  const pool = new pg.Pool(appPoolSettings(app.database.url, 1));
  try {
    await pool.query(`select set_config('exemplar.reach', 'all', false)`);
    await expect(pool.query(statement)).rejects.toThrow(/permission denied/);
  } finally {
    await pool.end();
  }
});

test('who asks while somebody commits waits for them, and gets the same answer for ever', async () => {
  const auditor = await app.as('auditor');
  const client = new pg.Client({ connectionString: app.database.superuserUrl });
  await client.connect();
  await client.query(`set search_path = exemplar; begin;
    update programme set name = 'Under way' where slug = '${SLUG}'; set constraints all immediate`);
  const at = new Date(Date.now() + 5).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const asked = app
    .request('get', `/v1/programmes/${SLUG}?asAt=${at}`, auditor)
    .then(({ body }) => body.name ?? body);
  try {
    const early = await Promise.race([
      asked,
      new Promise((resolve) => setTimeout(() => resolve('waits'), 300)),
    ]);
    expect(early).toBe('waits');
    await client.query('commit');
  } finally {
    await client.end();
  }
  expect(await asked).toBe('Under way');
  const again = await app.request('get', `/v1/programmes/${SLUG}?asAt=${at}`, auditor);
  expect(again.body.name).toBe('Under way');
});

describe('people', () => {
  const moment = async () =>
    (await app.database.sql<{ at: string }>('select to_json(clock_timestamp()) #>> array[]::text[] as at'))[0]
      ?.at as string;

  test('are named in no entry, and by their name of that day in every reading', async () => {
    const [before, id] = [`Ada ${randomUUID()}`, randomUUID()];
    const insert = `insert into person (id, name, role) values ('${id}', '${before}', 'assessor')`;
    await app.database.sql(insert);
    const first = await moment();
    await app.database.sql(`update person set name = 'Ada Married' where id = '${id}'`);
    const named = async (number: number) =>
      (
        await app.database.sql<{ name: string }>(
          `select (select name from as_at.person where id = '${id}') as name from set_config('exemplar.as_at', '${number}', true)`,
        )
      )[0]?.name;
    const [{ number } = { number: 0 }] = await app.database.sql<{ number: number }>(
      `select number::int from past_at('${first}')`,
    );
    await app.database.sql('select past_at(null)');
    expect([await named(number), await named(number + 1)]).toEqual([before, 'Ada Married']);
    const leaves = await app.database.sql<{ leaf: string }>(
      `select leaf from log_entry where leaf like '%${before}%' or leaf like '%Ada Married%'`,
    );
    expect(leaves).toEqual([]);
    const auditor = await app.as('auditor');
    const history = `/v1/log-entries?table=person&subject=${id}`;
    const { body } = await app.request('get', history, auditor).expect(200);
    expect(body.items.map((each: { new: { name: string } }) => each.new.name)).toEqual([
      'Ada Married',
      before,
    ]);

    await app.database.sql(`delete from personal_datum where value = '${before}'`);
    expect(await named(number)).toBe('Erased person');
    const after = await app.request('get', history, auditor).expect(200);
    expect(after.body.items.map((each: { new: { name: string } }) => each.new.name)).toEqual([
      'Ada Married',
      'Erased person',
    ]);
  });

  test('two of one name have references that nobody can match', async () => {
    const name = `Grace ${randomUUID()}`;
    await app.database.sql(
      `insert into person (name, role) values ('${name}', 'assessor'), ('${name}', 'auditor')`,
    );
    const rows = await app.database.sql<{ reference: string; hash: string }>(
      `select reference, 'personal:' || encode(sha256(convert_to(value, 'UTF8')), 'hex') as hash from personal_datum where value = '${name}'`,
    );
    expect(new Set(rows.map(({ reference }) => reference)).size).toBe(2);
    for (const { reference, hash } of rows) expect(reference).not.toBe(hash);
  });
});
