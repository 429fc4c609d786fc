import pg from 'pg';
import { appPoolSettings } from '../src/database/connection.js';
import { of } from './support/again.js';
import type { TestApp } from './support/app.js';
import { wholeWorld } from './support/whole-world.js';

/** What the role that the application works as may do at all, and what a trust may do to rows that are no trust's. */
let app: TestApp;
let client: pg.Client;

beforeAll(async () => {
  app = (await wholeWorld()).app;
  client = new pg.Client(appPoolSettings(app.database.url, 1));
  await client.connect();
}, 400_000);
afterAll(async () => {
  await client?.end();
  await app?.stop();
});

/** The tables that the application holds a right to; without those that the log does not record, where that is asked. */
async function held(right: string, recorded = false): Promise<string[]> {
  const tables = await app.database.sql<{ name: string }>(
    `select relname as name from pg_class c where relnamespace = 'exemplar'::regnamespace and relkind = 'r'
       and has_table_privilege('exemplar_app', oid, $1)
       and (not $2 or exists (select from pg_trigger where tgrelid = c.oid and tgname = 'record_change')) order by 1`,
    [right, recorded],
  );
  return tables.map(({ name }) => name);
}

test('what is added and never changed, the application may not even try to change', async () => {
  const [all, added, changed] = await Promise.all(
    ['select', 'insert', 'update'].map((right) => held(right, true)),
  );
  expect(all?.filter((table) => !added?.includes(table))).toEqual(['account']);
  expect(all?.filter((table) => !changed?.includes(table))).toEqual([
    'account',
    'assurance_notice',
    'audit_finding_step',
    'audit_read',
    'audit_sample',
    'benefit_plan',
    'blueprint_product',
    'claim_version',
    'extract',
    'extract_item',
    'gate_decision',
    'journal',
    'posting',
    'product_version',
  ]);
});

test('the application takes rows out of drafts and definitions, and out of nothing else that the log records', async () => {
  expect(await held('delete', true)).toEqual([
    'award_tranche',
    'benefit_year',
    'blueprint_product',
    'claim_line',
    'goal',
    'organisation_name',
    'organisation_succession',
    'programme_goal',
    'programme_role',
    'survey_answer',
    'survey_barrier',
    'tranche',
    'tranche_milestone',
  ]);
  expect(await held('truncate')).toEqual([]);
});

describe('a trust', () => {
  /** The machinery's own, where whoever is there works. */
  const MACHINERY = ['held_form', 'idempotency_key', 'kept_sum', 'sign_in_attempt', 'web_session'];
  /** Whose row it is, where rows are of organisations beside the trusts. */
  const OWNER: Record<string, string> = { adoption: 'organisation_id', blueprint_contact: 'owner_id' };

  const ofNoTrust = async (): Promise<string[]> =>
    (
      await app.database.sql<{ name: string }>(
        `select relname as name from pg_class c where relnamespace = 'exemplar'::regnamespace and relkind = 'r'
           and has_table_privilege('exemplar_app', oid, 'insert') and relname <> all ($1)
           and not exists (select from pg_attribute where attrelid = c.oid and attname = 'trust_id') order by 1`,
        [MACHINERY],
      )
    ).map(({ name }) => name);

  /** As somebody of a trust, in a transaction that is undone. */
  async function as<T>(ods: string, work: () => Promise<T>): Promise<T> {
    await client.query('begin');
    try {
      await client.query(`select set_config('exemplar.reach', 'trust', true),
        set_config('exemplar.trust_id', (select id::text from organisation where ods_code = '${ods}'), true)`);
      return await work();
    } finally {
      await client.query('rollback');
    }
  }

  test.each(['RW4', 'RXT'])('%s changes and takes out nothing of them but its own', async (ods) => {
    const [changeable, removable] = await Promise.all([held('update'), held('delete')]);
    const done: string[] = [];
    for (const table of await ofNoTrust()) {
      const others = OWNER[table] ? `where ${OWNER[table]} <> ${of(ods)}` : '';
      for (const text of [
        ...(changeable.includes(table) ? [`update ${table} set id = id ${others}`] : []),
        ...(removable.includes(table) ? [`delete from ${table} ${others}`] : []),
      ])
        if ((await as(ods, () => client.query(text))).rowCount !== 0) done.push(text);
    }
    expect(done).toEqual([]);
  });

  test('adds nothing to them in the name of another', async () => {
    for (const table of await ofNoTrust()) {
      const [row] = await app.database.sql<{ row: object; columns: string }>(
        `select to_jsonb(x) || jsonb_build_object('id', uuidv7()) as row, (select string_agg(quote_ident(attname), ', ')
           from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns
         from ${table} x limit 1`,
        [table],
      );
      expect([table, typeof row]).toEqual([table, 'object']);
      const insert = `insert into ${table} (${row?.columns})
        select ${row?.columns} from jsonb_populate_record(null::${table}, $1)`;
      const added = as('RV5', () => client.query(insert, [JSON.stringify(row?.row)]));
      expect([table, await added.then(String, (error) => error.message)]).toEqual([
        table,
        expect.stringContaining('row-level security'),
      ]);
    }
  });
});
