import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../src/config/clock.js';
import { Config } from '../src/config/config.js';
import { type Actor, systemActor } from '../src/core/actor.js';
import { KNOWN_CONSTRAINTS } from '../src/database/constraints.js';
import { dataSourceOptions } from '../src/database/data-source.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

const actor: Actor = systemActor('test', 'request-1');
const INSERT = `insert into organisation (ods_code, name, provenance) values ($1, $2, '{}')`;

let database: TestDatabase;
let source: DataSource;
let work: UnitOfWork;
let codes = 0;
function code(): string {
  codes += 1;
  return `T${String(codes).padStart(6, '0')}`;
}

beforeAll(async () => {
  database = await createTestDatabase();
  source = await new DataSource(dataSourceOptions(database.url, 20, [])).initialize();
  work = new UnitOfWork(source, new Clock(new Config({})));
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const entries = () =>
  database.sql<{
    number: string;
    leaf: string;
    action: string;
    old_image: object;
    new_image: { name: string };
    actor_id: string;
    reason: string;
  }>('select * from log_entry order by number');

test('every changed row leaves one entry with who, what, why, before and after', async () => {
  const ods = code();
  await work.run({ actor, action: 'organisation.add', reason: 'a test' }, (tx) =>
    tx.query(INSERT, [ods, 'Before']),
  );
  await work.run({ actor, action: 'organisation.rename' }, (tx) =>
    tx.query('update organisation set name = $2 where ods_code = $1', [ods, 'After']),
  );
  const [added, renamed] = (await entries()).slice(-2);
  expect(added).toMatchObject({
    operation: 'insert',
    table_name: 'organisation',
    action: 'organisation.add',
    actor_id: 'system:test',
    request_id: 'request-1',
    reason: 'a test',
    old_image: null,
    new_image: { name: 'Before' },
  });
  expect(renamed).toMatchObject({
    operation: 'update',
    action: 'organisation.rename',
    reason: null,
    old_image: { name: 'Before' },
    new_image: { name: 'After' },
  });
  expect(JSON.parse(added?.leaf ?? '')).toMatchObject({
    number: Number(added?.number),
    table: 'organisation',
  });
});

test('a unit of work that throws leaves neither a row nor an entry, nor a gap', async () => {
  const before = await entries();
  const ods = code();
  await expect(
    work.run({ actor, action: 'organisation.add' }, async (tx) => {
      await tx.query(INSERT, [ods, 'Never']);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  await work.run({ actor, action: 'organisation.add' }, (tx) => tx.query(INSERT, [code(), 'Next']));
  const after = await entries();
  expect(after).toHaveLength(before.length + 1);
  expect(await database.sql('select from organisation where ods_code = $1', [ods])).toHaveLength(0);
});

test('numbers are gapless in the order of commits, and times never go back, under concurrent writers and rollbacks', async () => {
  await Promise.all(
    Array.from({ length: 120 }, (_, i) =>
      work
        .run({ actor, action: 'organisation.add' }, async (tx) => {
          await tx.query(INSERT, [code(), `Concurrent ${i}`]);
          if (i % 3 === 0) await tx.query(INSERT, [code(), `Second ${i}`]);
          if (i % 5 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined),
    ),
  );
  const all = await database.sql<{ number: number; recorded_at: Date; transaction_id: string }>(
    'select number::int, recorded_at, transaction_id::text from log_entry order by number',
  );
  expect(all.map((entry) => entry.number)).toEqual(all.map((_, i) => i + 1));
  for (let i = 1; i < all.length; i += 1) {
    const [a, b] = [all[i - 1], all[i]] as [(typeof all)[0], (typeof all)[0]];
    if (a.transaction_id === b.transaction_id) expect(b.recorded_at).toEqual(a.recorded_at);
    else expect(b.recorded_at.getTime()).toBeGreaterThanOrEqual(a.recorded_at.getTime());
  }
});

test('direct SQL is recorded too, in the name of the database user', async () => {
  await database.sql(`set exemplar.reach = 'all'`);
  await database.sql(INSERT, [code(), 'By hand']);
  const last = (await entries()).at(-1);
  expect(last).toMatchObject({ actor_id: 'database:postgres', action: 'direct-sql' });
});

test.each([
  ['update log_entry set action = action'],
  ['delete from log_entry'],
  ['truncate log_entry'],
  ['insert into log_entry select * from log_entry limit 1'],
  ['update log_head set last_number = 0'],
  ['select * from log_head'],
  ['truncate organisation cascade'],
  ['alter table log_entry disable trigger all'],
  ['drop table organisation'],
  ["call guard('organisation', 'internal')"],
  ['set session authorization postgres'],
  ['set role exemplar_owner'],
])('the application may not: %s', async (text) => {
  await expect(source.query(text)).rejects.toThrow(/permission denied|must be owner|cannot/);
});

test.each([['update log_entry set action = action'], ['delete from log_entry'], ['truncate log_entry']])(
  'not even the superuser may, with triggers on: %s',
  async (text) => {
    await expect(database.sql(text)).rejects.toThrow('append-only');
  },
);

test('the application works as a role that owns nothing, is no superuser and cannot pass row-level security', async () => {
  const [role] = await source.query(
    `select current_user as name, rolsuper, rolbypassrls, rolcreaterole,
       (select count(*)::int from pg_class where relowner = r.oid) as owns
     from pg_roles r where rolname = current_user`,
  );
  expect(role).toEqual({
    name: 'exemplar_app',
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    owns: 0,
  });
});

test('every table is under forced row-level security, and every business table is recorded', async () => {
  const tables = await database.sql<{ name: string; forced: boolean; recorded: boolean }>(`
    select relname as name, relrowsecurity and relforcerowsecurity as forced,
      exists (select from pg_trigger where tgrelid = c.oid and tgname = 'record_change' and tgdeferrable) as recorded
    from pg_class c where relnamespace = 'exemplar'::regnamespace and relkind = 'r' order by 1`);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((table) => !table.forced && table.name !== 'migration')).toEqual([]);
  expect(tables.filter((table) => !table.recorded).map((table) => table.name)).toEqual([
    'blueprint_words',
    'checkpoint',
    'checkpoint_key',
    'checkpoint_publication',
    'export',
    'held_form',
    'idempotency_key',
    'kept_sum',
    'log_entry',
    'log_fault',
    'log_head',
    'log_node',
    'migration',
    'outbox_message',
    'past_head',
    'personal_column',
    'personal_datum',
    'sign_in_attempt',
    'web_session',
  ]);
});

test('a claim is carried out once, also when two come at the same time', async () => {
  const claim = { key: randomUUID(), fingerprint: 'a' };
  const once = (fingerprint: string) =>
    work.run(
      { actor: { ...actor, idempotency: { ...claim, fingerprint } }, action: 'organisation.add' },
      async (tx) => {
        await tx.query(INSERT, [code(), 'Once']);
        return { made: codes };
      },
    );
  const count = async () => (await database.sql(`select from organisation where name = 'Once'`)).length;
  const answers = await Promise.all([once('a'), once('a'), once('a')]);
  expect(new Set(answers.map((answer) => answer.made)).size).toBe(1);
  expect(await count()).toBe(1);
  await expect(once('b')).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  expect(await count()).toBe(1);
});

test('every constraint that has words is one that the database has', async () => {
  const rows = await database.sql<{ name: string }>(`
    select conname as name from pg_constraint where connamespace = 'exemplar'::regnamespace
    union select indexname from pg_indexes where schemaname = 'exemplar'
    union select (regexp_matches(prosrc, 'constraint = ''([a-z_]+)''', 'g'))[1] from pg_proc
      where pronamespace = 'exemplar'::regnamespace`);
  const known = new Set(rows.map(({ name }) => name));
  expect(KNOWN_CONSTRAINTS.filter((name) => !known.has(name))).toEqual([]);
});
