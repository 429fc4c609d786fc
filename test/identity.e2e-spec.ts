import { startTestApp, type TestApp } from './support/app.js';
import { eventually } from './support/returns.js';
import { NOBODYS } from './support/routes.js';

let app: TestApp;
let admin: string;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.as('administrator');
});
afterAll(() => app?.stop());

interface KeyBody {
  id: string;
  secret: string | null;
  revision: number;
  expiresAt: string;
  revokedAt: string | null;
  code?: string;
}

const NEW_KEY = {
  name: 'Amina Hussain',
  role: 'trust-lead',
  trust: 'RW4',
  label: 'Finance system',
  days: 30,
};

async function create(body: object = NEW_KEY, once?: string): Promise<{ status: number; body: KeyBody }> {
  const request = app.request('post', '/v1/api-keys', admin);
  if (once !== undefined) request.set('Idempotency-Key', once);
  return request.send(body);
}

async function revoke({ id, revision }: KeyBody) {
  return app.request('post', `/v1/api-keys/${id}/revocation`, admin).set('If-Match', `"${revision}"`);
}

const me = (key: string | null) => app.request('get', '/v1/me', key as string);

/** Where in the database a text stands: every column of every table that can hold one, as text. */
async function placesOf(text: string): Promise<string[]> {
  const columns = await app.database.sql<{ schema: string; table: string; column: string }>(
    `select c.table_schema as schema, c.table_name as table, c.column_name as column
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema in ('exemplar', 'bullmq') and t.table_type = 'BASE TABLE'`,
  );
  expect(columns.length).toBeGreaterThan(150);
  const searches = columns.map(
    ({ schema, table, column }) =>
      `select '${table}.${column}' as place where exists (select from "${schema}"."${table}" where strpos("${column}"::text, $1) > 0)`,
  );
  const found = await app.database.sql<{ place: string }>(searches.join(' union all '), [text]);
  return found.map(({ place }) => place);
}

test('a new key works at once, for its person, role and trust', async () => {
  const { status, body } = await create();
  expect([status, body.secret]).toEqual([201, expect.stringMatching(/^exm_[\w-]{43}$/)]);
  const days = (Date.parse(body.expiresAt) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
  const { body: said } = await me(body.secret).expect(200);
  expect(said).toMatchObject({ name: 'Amina Hussain', role: 'trust-lead', trust: 'RW4' });
  expect(said.permissions).toContain('progress-report:prepare');
});

test('the secret is nowhere in the database: only its hash is', async () => {
  const { body } = await create();
  const secret = body.secret as string;
  await me(secret).expect(200);
  expect(await placesOf(secret)).toEqual([]);
  expect(await placesOf(secret.slice(4))).toEqual([]);
  expect(await placesOf('Finance system')).toEqual(
    expect.arrayContaining(['api_key.label', 'idempotency_key.answer', 'personal_datum.value']),
  );
});

test('no list and no reading gives a secret or a hash away', async () => {
  const { body } = await create();
  const [row] = await app.database.sql<{ hash: string }>('select hash from api_key where id = $1', [body.id]);
  for (const path of ['/v1/api-keys?limit=200', `/v1/api-keys/${body.id}`]) {
    const { text } = await app.request('get', path, admin).expect(200);
    expect(text).toContain(body.id);
    expect(text).not.toContain(body.secret);
    expect(text).not.toContain(row?.hash);
  }
});

test('the same request sent again makes no second key, and does not show the secret again', async () => {
  const first = await create(NEW_KEY, 'the-same-key-creation');
  const second = await create(NEW_KEY, 'the-same-key-creation');
  expect(second.status).toBe(201);
  expect(second.body).toEqual({ ...first.body, secret: null });
  await me(first.body.secret).expect(200);
});

test('sent twice at once, it makes one key, and one sender hears the secret', async () => {
  const before = (await app.database.sql('select from api_key')).length;
  const both = await Promise.all([create(NEW_KEY, 'two-at-once'), create(NEW_KEY, 'two-at-once')]);
  expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
  expect(both.filter(({ body }) => body.secret !== null)).toHaveLength(1);
  expect(await app.database.sql('select from api_key')).toHaveLength(before + 1);
});

test.each([
  ['a trust role without a trust', { role: 'trust-lead', trust: null }, 422, 'trust-goes-with-role'],
  ['a funder role with a trust', { role: 'auditor', trust: 'RW4' }, 422, 'trust-goes-with-role'],
  ['a trust that is not there', { role: 'trust-lead', trust: 'ZZ9' }, 404, 'not-found'],
  ['no days', { days: 0 }, 400, 'invalid'],
  ['more than a year', { days: 367 }, 400, 'invalid'],
  ['a role that is none', { role: 'system' }, 400, 'invalid'],
])('a key with %s is refused', async (_, change, status, code) => {
  const before = (await app.database.sql('select from person')).length;
  const answer = await create({ ...NEW_KEY, ...change });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(await app.database.sql('select from person')).toHaveLength(before);
});

test('a revoked key is refused within a second, and for good', async () => {
  const { body } = await create();
  await me(body.secret).expect(200);
  const revoked = await revoke(body);
  expect(revoked.status).toBe(200);
  expect(revoked.body.revokedAt).toEqual(expect.any(String));
  const at = performance.now();
  await eventually(async () => ((await me(body.secret)).status === 401 ? true : undefined));
  expect(performance.now() - at).toBeLessThan(1_000);
  const { headers, body: problem } = await me(body.secret).expect(401);
  expect(headers['www-authenticate']).toContain('Bearer');
  expect(problem).toMatchObject({
    status: 401,
    code: 'unauthenticated',
    detail: 'This key was revoked. Ask an administrator for a new one.',
  });
  const again = await revoke(revoked.body);
  expect(again.body).toEqual(revoked.body);
});

test('a key that has expired is refused, and says so', async () => {
  const { body } = await create();
  await app.database.sql(`update api_key set expires_at = now() - interval '1 second' where id = $1`, [
    body.id,
  ]);
  const { body: problem } = await me(body.secret).expect(401);
  expect(problem.detail).toBe('This key has expired. Ask an administrator for a new one.');
});

test('a key expires while it is in use', async () => {
  const { body } = await create();
  await app.database.sql(
    `update api_key set expires_at = now() + interval '400 milliseconds' where id = $1`,
    [body.id],
  );
  await me(body.secret).expect(200);
  await new Promise((resolve) => setTimeout(resolve, 450));
  await me(body.secret).expect(401);
});

test('revoking needs the ETag, and a key that is there', async () => {
  const { body } = await create();
  const path = `/v1/api-keys/${body.id}/revocation`;
  expect((await app.request('post', path, admin)).status).toBe(428);
  expect((await app.request('post', path, admin).set('If-Match', '"7"')).status).toBe(412);
  expect((await revoke({ ...body, id: NOBODYS })).status).toBe(404);
  await me(body.secret).expect(200);
});

test('nobody but an administrator makes, lists or ends keys, whatever trust they are of', async () => {
  const { body } = await create();
  for (const role of ['programme-manager', 'auditor', 'assessor', 'finance-officer'] as const) {
    const key = await app.as(role);
    await app.request('get', '/v1/api-keys', key).expect(403);
    await app.request('post', '/v1/api-keys', key).send(NEW_KEY).expect(403);
    await app.request('post', `/v1/api-keys/${body.id}/revocation`, key).set('If-Match', '"1"').expect(403);
  }
});

test.each([
  ['no scheme', (key: string) => key],
  ['another scheme', (key: string) => `Basic ${key}`],
  ['a letter less', (key: string) => `Bearer ${key.slice(0, -1)}`],
  ['another letter', (key: string) => `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`],
  ['two keys', (key: string) => `Bearer ${key} ${key}`],
  ['its hash', () => `Bearer ${'a'.repeat(64)}`],
])('a key sent with %s is not known', async (_, header) => {
  await app.request('get', '/v1/me').set('Authorization', header(admin)).expect(401);
});

test('who made a key and who ended it is in the log, without the secret', async () => {
  const { body } = await create();
  await revoke(body);
  const auditor = await app.as('auditor');
  const { body: log } = await app
    .request('get', `/v1/log-entries?table=api_key&subject=${body.id}`, auditor)
    .expect(200);
  expect(
    log.items.map(
      (entry: { action: string; actor: { role: string } }) => `${entry.action} ${entry.actor.role}`,
    ),
  ).toEqual(['api-key.revoke administrator', 'api-key.create administrator']);
});
