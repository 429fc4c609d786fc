import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { appPoolSettings } from '../src/database/connection.js';
import { again, of } from './support/again.js';
import type { TestApp } from './support/app.js';
import { wholeWorld } from './support/whole-world.js';

/** What the role that the application works as may do at all, and what a trust may do to rows that are no trust's. */
const FOLDER = new URL('./', import.meta.url);

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
    'assurance_document',
    'assurance_notice',
    'audit_finding_step',
    'audit_read',
    'audit_sample',
    'benefit_evidence',
    'benefit_plan',
    'blueprint_product',
    'claim_version',
    'evidence',
    'extract',
    'extract_item',
    'gate_decision',
    'journal',
    'posting',
    'product_version',
    'programme_definition',
    'year_end',
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

test('a project goes to another trust with all that is with it, settled or not', async () => {
  const follows = await app.database.sql<{ table: string; name: string }>(
    `select k.conrelid::regclass::text as table, a.attname as name from pg_constraint k
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
     where k.contype = 'f' and k.confupdtype = 'c' and k.connamespace = 'exemplar'::regnamespace order by 1, 2`,
  );
  const stayed = async () => {
    const counts: Array<[string, number]> = [];
    for (const { table, name } of follows) {
      const text = `select from ${table} where ${name} is not null and trust_id = ${of('RW4')}`;
      counts.push([`${table}.${name}`, (await client.query(text)).rowCount ?? 0]);
    }
    return counts.filter(([, count]) => count > 0).map(([what]) => what);
  };
  await client.query(`begin; set local exemplar.reach = 'all'`);
  try {
    expect(await stayed()).toEqual(
      expect.arrayContaining(['benefit_year.benefit_id', 'evidence.milestone_id']),
    );
    // What a tranche waits for is taken from it first, as a novation does.
    await client.query('delete from tranche_milestone');
    await client.query(`update project set trust_id = ${of('RTV')} where trust_id = ${of('RW4')}`);
    expect(await stayed()).toEqual([]);
  } finally {
    await client.query('rollback');
  }
});

describe('what is held together by more than an id', () => {
  const OTHER = of('RTV');
  const another = (programme: string) => `(select p.id from programme p where p.id <> ${programme} limit 1)`;
  const ELSEWHERE = another('x.programme_id');
  const moved = (table: string) => `update ${table} set programme_id = ${another(`${table}.programme_id`)}`;
  /** A version of a blueprint of the same trust that is worked on, and a version of another product. */
  const WORKED_ON = `(select v.id from blueprint_version v where v.state = 'draft' and v.trust_id = x.trust_id limit 1)`;
  const OTHERS_VERSION = '(select v.id from product_version v where v.product_id <> x.product_id limit 1)';
  /** An organisation of which no return is asked. */
  const UNAWARDED =
    '(select o.id from organisation o where not exists (select from progress_report r where r.trust_id = o.id) limit 1)';
  const ASKED = `'00000000-0000-4000-8000-000000000001'`;
  const PRODUCT = again('product', 'true', { id: ASKED, name: `'Another'` });
  const notice = (project: string, milestone: string) =>
    `insert into assurance_notice (programme_id, trust_id, item_id, project_id, milestone_id, lead_days, ends_on, words)
     select x.programme_id, x.trust_id, i.id, ${project}, ${milestone}, case when ${milestone} is null then 90 end,
       '2018-06-01', 'It ends.' from project x join assurance_item i on i.trust_id = x.trust_id limit 1`;

  test.each([
    [
      'assurance_item_deployment',
      again('assurance_item', `level = 'deployment'`, { reference: `'X'`, trust_id: OTHER }),
    ],
    [
      'assurance_item_project',
      again('assurance_item', `level = 'deployment'`, {
        reference: `'X'`,
        level: `'project'`,
        deployment_id: 'null',
        project_id: '(select p.id from project p where p.trust_id <> x.trust_id limit 1)',
      }),
    ],
    [
      'assurance_item_version',
      again('assurance_item', `level = 'product-version'`, {
        reference: `'X'`,
        product_version_id: OTHERS_VERSION,
      }),
    ],
    [
      'assurance_notice_project',
      notice('(select p.id from project p where p.trust_id <> x.trust_id limit 1)', 'null::uuid'),
    ],
    [
      'assurance_notice_milestone',
      notice('x.id', '(select m.id from milestone m where m.trust_id <> x.trust_id limit 1)'),
    ],
    [
      'blueprint_product_blueprint',
      `${PRODUCT}; ${again('blueprint_product', 'true', { version_id: WORKED_ON, product_id: ASKED, product_version_id: 'null', trust_id: OTHER })}`,
    ],
    [
      'blueprint_product_version',
      `${PRODUCT}; ${again('blueprint_product', 'true', { version_id: WORKED_ON, product_id: ASKED, product_version_id: OTHERS_VERSION })}`,
    ],
    ['measurement_period', again('measurement', 'true', { programme_id: ELSEWHERE, state: `'superseded'` })],
    ['progress_period', moved('progress')],
    ['programme_progress_period', moved('programme_progress')],
    [
      'progress_report_period',
      again('progress_report', 'true', { programme_id: ELSEWHERE, trust_id: UNAWARDED }),
    ],
    ['survey_wave_question_wave', moved('survey_wave_question')],
    [
      'survey_wave_question_question',
      `${again('survey_question', 'true', { id: ASKED, programme_id: ELSEWHERE })};
       ${again(
         'survey_wave_question',
         'not exists (select from survey_sheet s where s.wave_id = x.wave_id)',
         {
           question_id: ASKED,
         },
       )}`,
    ],
    [
      'survey_sheet_wave',
      `set local exemplar.moment = '2018-05-15T12:00:00Z'; ${again('survey_sheet', `state = 'submitted'`, {
        programme_id: ELSEWHERE,
        state: `'superseded'`,
        version: '99',
      })}`,
    ],
    ['survey_figure_wave', moved('survey_figure')],
    [
      'survey_figure_question',
      again('survey_figure', 'true', {
        position: '99',
        question_id: `(select q.id from survey_question q where not exists (select from survey_wave_question w
          where w.wave_id = x.wave_id and w.question_id = q.id) limit 1)`,
      }),
    ],
  ])('stays together: %s', async (constraint, text) => {
    await expect(app.database.sql(text)).rejects.toMatchObject({ code: '23503', constraint });
  });

  test('each of these foreign keys is run into somewhere', async () => {
    const keys = await app.database.sql<{ name: string }>(
      `select conname as name from pg_constraint where contype = 'f' and cardinality(conkey) > 1
         and connamespace = 'exemplar'::regnamespace order by 1`,
    );
    expect(keys.length).toBeGreaterThan(70);
    const specs = readdirSync(FOLDER).filter((name) => name.endsWith('.e2e-spec.ts'));
    const text = specs.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
    expect(keys.filter(({ name }) => !text.includes(`'${name}'`))).toEqual([]);
  });
});
