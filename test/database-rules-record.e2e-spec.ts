import { again } from './support/again.js';
import { startTestApp, type TestApp } from './support/app.js';

/** What the database itself refuses about people, and about what keeps the record and hands out its work. */
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await app.as('trust-lead', 'RW4');
  await app.as('auditor');
  await app.database.sql(`update person set issuer = 'https://id.example', subject = 'somebody'
    where id = (select id from person order by id limit 1)`);
});
afterAll(() => app?.stop());

const PERSON = '(select id from person order by id limit 1)';
const signIn = (changes: Record<string, string> = {}): string =>
  inserted('sign_in', { person_id: PERSON, issuer: `'x'`, signed_in_at: 'now()', ...changes });
/** A session of a new sign-in, unless another is given. */
const session = (name: string, changes: Record<string, string> = {}): string =>
  inserted('web_session', {
    sign_in_id: '(select id from sign_in order by id desc limit 1)',
    person_id: PERSON,
    token_hash: `'${name}'`,
    csrf_secret: `'x'`,
    rotated_at: 'now()',
    seen_at: 'now()',
    created_at: 'now()',
    expires_at: 'now()',
    ...changes,
  });
const message = (changes: Record<string, string> = {}): string =>
  inserted('outbox_message', {
    job: `'test'`,
    payload: `'{}'`,
    coalesce_key: `'same'`,
    actor_id: `'test'`,
    request_id: `'test'`,
    ...changes,
  });
const exported = (changes: Record<string, string>): string =>
  inserted('export', {
    person_id: PERSON,
    role: `'auditor'`,
    list: `'/v1/claims'`,
    format: `'csv'`,
    message_id: 'uuidv7()',
    ...changes,
  });
const logged = (changes: Record<string, string>): string =>
  inserted('log_entry', {
    number: '(select last_number + 1 from log_head)',
    recorded_at: 'now()',
    transaction_id: 'pg_current_xact_id()',
    operation: `'insert'`,
    table_name: `'person'`,
    subject_id: 'uuidv7()',
    actor_id: `'test'`,
    action: `'test'`,
    leaf: `'{}'`,
    ...changes,
  });

function inserted(table: string, values: Record<string, string>): string {
  return `insert into ${table} (${Object.keys(values).join(', ')}) values (${Object.values(values).join(', ')})`;
}

test.each([
  ['person_role', `update person set role = 'king'`],
  ['person_issuer_with_subject', `update person set issuer = null where subject is not null`],
  [
    'person_subject_once',
    `update person set issuer = 'https://id.example', subject = 'somebody' where subject is null`,
  ],
  ['person_erased_is_nobody', 'update person set erased_at = now()'],
  [
    'person_erased_is_nobody',
    `update person set erased_at = now(), name = 'Erased person' where subject is not null`,
  ],
  ['api_key_hash_unique', again('api_key')],
  ['sign_in_end_has_a_reason', signIn({ ended_at: 'now()' })],
  ['sign_in_ended_because', signIn({ ended_at: 'now()', ended_because: `'tired'` })],
  ['web_session_of_sign_in', `${signIn()}; ${session('a')}; ${session('b')}`],
  ['web_session_token', `${signIn()}; ${session('a')}; ${signIn()}; ${session('a')}`],
  [
    'web_session_former_token',
    ['a', 'b'].map((name) => `${signIn()}; ${session(name, { former_token_hash: `'c'` })}`).join('; '),
  ],
  [
    'held_form_size',
    inserted('held_form', {
      person_id: PERSON,
      path: `'/'`,
      body: `to_jsonb(repeat('x', 524287))`,
      created_at: 'now()',
    }),
  ],
  [
    'personal_datum_once',
    `insert into personal_datum select 'personal:' || repeat('a', 64), person_id, column_name, salt, value from personal_datum limit 1`,
  ],
  ['personal_datum_reference', `update personal_datum set reference = 'Jo Bloggs'`],
  ['organisation_ods_code_unique', again('organisation')],
  ['succession_kind', again('organisation_succession', 'true', { kind: `'eaten'` })],
  ['succession_once', again('organisation_succession')],
  [
    'organisation_name_dates',
    again('organisation_name', 'true', { valid_from: `'2018-02-01'`, valid_to: `'2018-01-31'` }),
  ],
  ['log_entry_pkey', logged({ number: '1' })],
  ['log_entry_operation', logged({ operation: `'look'` })],
  ['log_head_pkey', 'insert into log_head select * from log_head'],
  ['log_head_is_one_row', `insert into log_head values (false, 0, now(), '0')`],
  ['log_is_append_only', 'delete from log_head'],
  ['log_is_append_only', 'truncate log_head'],
  ['past_head_is_one_row', 'insert into past_head values (false, 0)'],
  ['past_head_pkey', 'insert into past_head values (true, 0)'],
  ['outbox_message_coalesces', `${message()}; ${message()}`],
  [
    'idempotency_key_pkey',
    [1, 2]
      .map(() => inserted('idempotency_key', { caller: `'x'`, key: `'y'`, fingerprint: `'z'` }))
      .join('; '),
  ],
  ['export_list', exported({ list: `'/admin'` })],
  ['export_list', exported({ list: `'/v1/' || repeat('x', 2000)` })],
  ['export_format', exported({ format: `'pdf'` })],
  ['export_whole', exported({ finished_at: 'now()' })],
  ['personal_data_goes_with_its_person', `select erase_personal_data(${PERSON})`],
])('%s refuses: %s', async (constraint, text) => {
  await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
});

test('messages with the same key are two once the first has begun', async () => {
  const other = message({ coalesce_key: `'other'` });
  await app.database.sql(`${other}; update outbox_message set started_at = now(); ${other}`);
});

test('no table that the log records can be emptied past it, by anybody', async () => {
  const tables = await app.database.sql<{ name: string }>(
    `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where t.tgname = 'record_change' and c.relnamespace = 'exemplar'::regnamespace order by 1`,
  );
  expect(tables.length).toBeGreaterThan(70);
  for (const { name } of tables)
    await expect(app.database.sql(`truncate ${name} cascade`)).rejects.toMatchObject({
      constraint: 'business_tables_are_never_truncated',
      message: expect.stringContaining('cannot be truncated'),
    });
  const unguarded = await app.database.sql(
    `select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'record_change'
     and not exists (select from pg_trigger n where n.tgrelid = c.oid and n.tgname = 'never_emptied' and n.tgenabled = 'O')`,
  );
  expect(unguarded).toEqual([]);
});
