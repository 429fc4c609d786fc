import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestApp, type TestApp } from './support/app.js';
import { manyPostings } from './support/many-postings.js';

const COUNT = 20_000;
const LIST = '/v1/programmes/mental-health-exemplars/postings';

let app: TestApp;
let auditor: string;

beforeAll(async () => {
  app = await startTestApp({ work: true });
  auditor = await app.as('auditor');
  await manyPostings(app, COUNT);
}, 180_000);
afterAll(() => app?.stop());

interface Export {
  id: string;
  state: string;
  rows: number;
  bytes: number;
  sha256: string;
  asAt: string;
  expiresAt: string;
  receipt: string;
}

const ask = (list: string, format = 'csv', key = auditor) =>
  app.request('post', '/v1/exports', key).send({ list, format });

/** An export when it is no longer waiting or being made. */
async function ended(id: string, key = auditor): Promise<Export> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { body } = await app.request('get', `/v1/exports/${id}`, key);
    if (!['waiting', 'working'].includes(body.state)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It does not end');
}

async function made(list: string, format = 'csv', key = auditor): Promise<Export> {
  const { status, body, headers } = await ask(list, format, key);
  expect([status, headers.location]).toEqual([202, `/v1/exports/${body.id}`]);
  const file = await ended(body.id, key);
  expect(file.state).toBe('ready');
  return file;
}

const content = ({ id }: { id: string }, key = auditor) =>
  app.request('get', `/v1/exports/${id}/content`, key);

test('the queue makes the same file as a download, and says what it is', async () => {
  const file = await made(`${LIST}?trust=RW4`);
  expect(file).toMatchObject({ rows: COUNT / 2, list: `${LIST}?trust=RW4`, format: 'csv' });
  const { status, headers, text } = await content(file).buffer(true);
  const direct = await app.request('get', `${LIST}?trust=RW4&format=csv`, auditor);
  expect([status, text === direct.text]).toEqual([200, true]);
  const hash = createHash('sha256').update(text).digest();
  expect(file.sha256).toBe(hash.toString('hex'));
  expect(headers).toMatchObject({
    'content-length': String(file.bytes),
    'repr-digest': `sha-256=:${hash.toString('base64')}:`,
    etag: `"${file.sha256}"`,
    'accept-ranges': 'bytes',
    'content-disposition': 'attachment; filename="programmes-mental-health-exemplars-postings.csv"',
  });
  const receipt = await app.request('get', `/v1/receipts/${file.receipt}`, auditor);
  expect(receipt.body).toMatchObject({
    state: 'done',
    job: 'make-export',
    progress: { total: COUNT / 2 },
    result: { rows: COUNT / 2, bytes: file.bytes },
  });
});

test('a file is downloaded in parts', async () => {
  const file = await made('/v1/organisations', 'ndjson');
  const { text } = await content(file).buffer(true);
  const part = (range: string, ifRange?: string) => {
    const request = content(file).set('Range', range).buffer(true);
    return ifRange ? request.set('If-Range', ifRange) : request;
  };
  const middle = await part('bytes=100-199');
  expect([middle.status, middle.text, middle.headers['content-range']]).toEqual([
    206,
    text.slice(100, 200),
    `bytes 100-199/${file.bytes}`,
  ]);
  const rest = await part('bytes=200-', `"${file.sha256}"`);
  expect([rest.status, rest.text]).toEqual([206, text.slice(200)]);
  const other = await part('bytes=200-', '"another"');
  expect([other.status, other.text]).toEqual([200, text]);
  const none = await part(`bytes=${file.bytes}-`);
  expect([none.status, none.body.code, none.headers['content-range']]).toEqual([
    416,
    'no-such-part',
    `bytes */${file.bytes}`,
  ]);
});

test('nobody else gets a file, and a trust has only its own rows in it', async () => {
  const lead = await app.as('trust-lead', 'RW4');
  const file = await made(LIST, 'ndjson', lead);
  expect(file.rows).toBe(COUNT / 2);
  const own = await content(file, lead).buffer(true);
  expect(
    new Set(
      own.text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).trust.odsCode),
    ),
  ).toEqual(new Set(['RW4']));
  for (const other of [auditor, await app.as('trust-lead', 'RW4'), await app.as('administrator')]) {
    expect((await content(file, other)).status).toBe(404);
    expect((await app.request('get', `/v1/exports/${file.id}`, other)).status).toBe(404);
    expect((await app.request('get', '/v1/exports', other)).body.items).not.toContainEqual(
      expect.objectContaining({ id: file.id }),
    );
  }
});

test('what has expired is gone: at once, and its file with the nightly job', async () => {
  const file = await made('/v1/organisations');
  await app.database.sql(`update export set expires_at = now() - interval '1 second' where id = $1`, [
    file.id,
  ]);
  const { status, body } = await content(file);
  expect([status, body.code]).toEqual([410, 'export-expired']);
  const folder = join(app.config.dataFolder, 'evidence', 'exports');
  expect(await readdir(folder)).toContain(file.id);
  const [message] = await app.database.sql<{ id: string }>(
    `insert into outbox_message (job, payload, actor_id, request_id) values ('remove-exports', '{}', 'system:test', 'test') returning id`,
  );
  for (let tries = 0; tries < 100 && (await readdir(folder)).includes(file.id); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await readdir(folder)).not.toContain(file.id);
  expect(message).toBeDefined();
  expect((await ended(file.id)).state).toBe('expired');
});

test('somebody whose key was revoked, or whose role changed, before it was made gets nothing', async () => {
  for (const change of [
    'update api_key set revoked_at = now() where person_id = $1',
    `update person set role = 'assessor' where id = $1`,
  ]) {
    const key = await app.as('auditor');
    const { id: person } = await app.actorOf(key);
    const admin = await app.as('administrator');
    await app.database.sql(`begin; lock table export in share mode; commit`);
    const { body } = await ask('/v1/organisations', 'csv', key);
    await app.database.sql(change, [person]);
    await app.database.sql(
      `update export set finished_at = null, expires_at = null, row_count = null, size_bytes = null, sha256 = null where id = $1`,
      [body.id],
    );
    await app.database.sql(
      `update outbox_message set finished_at = null, started_at = null, handed_at = null, attempts = 0 where id = $1`,
      [body.receipt],
    );
    for (let tries = 0; tries < 200; tries += 1) {
      const [message] = await app.database.sql<{ failed: boolean; error: string }>(
        'select failed_at is not null as failed, last_error as error from outbox_message where id = $1',
        [body.receipt],
      );
      if (message?.failed) {
        expect(message.error).toMatch(/not what they were/);
        break;
      }
      if (tries === 199) throw new Error('It does not fail');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const [row] = await app.database.sql('select finished_at from export where id = $1', [body.id]);
    expect(row).toEqual({ finished_at: null });
    expect(admin).toBeDefined();
  }
});

test.each([
  ['/v1/me', 'csv', 422, 'no-list'],
  ['/v1/nothing', 'csv', 404, 'not-found'],
  ['/v1/programmes/nothing/postings', 'csv', 404, 'not-found'],
  ['/v1/api-keys', 'csv', 403, 'forbidden'],
  ['/v1/claims?state=nonsense', 'csv', 400, 'invalid'],
  ['/v1/claims?limit=3', 'csv', 422, 'no-list'],
  ['/tasks', 'csv', 422, 'no-list'],
  ['https://elsewhere.example/v1/x', 'csv', 422, 'no-list'],
  ['/v1/claims', 'pdf', 400, 'invalid'],
])('%s as %s is refused', async (list, format, status, code) => {
  const answer = await ask(list, format);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('asked for twice with one key, it is made once', async () => {
  const send = () => ask('/v1/organisations').set('Idempotency-Key', 'the-same-key');
  const [first, second] = [await send(), await send()];
  expect(second.body).toEqual(first.body);
});
