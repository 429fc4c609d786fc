import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startTestApp, type TestApp } from './support/app.js';
import { leavesIn, VERIFIER } from './support/audited-log.js';
import { cleanUp, run, temporaryFolder } from './support/commands.js';
import { until } from './support/queue-application.js';

// Each command starts the program anew.
import.meta.jest.setTimeout(180_000);

let app: TestApp;
let auditor: string;
let folder: string;
let vkey: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  app = await startTestApp();
  auditor = await app.as('auditor');
});
afterAll(async () => {
  await cleanUp();
  await app?.stop();
});

/** What an address answers, as text whatever its type. */
const got = (path: string, key?: string) =>
  app
    .request('get', path, key)
    .buffer(true)
    .parse((answer, done) => {
      let text = '';
      answer.on('data', (data) => {
        text += data;
      });
      answer.on('end', () => done(null, text));
    });

const exemplar = (...args: string[]) =>
  run(
    args,
    {
      DATABASE_URL: app.database.url,
      DATABASE_OWNER_URL: app.database.ownerUrl,
      DATABASE_NOTARY_URL: app.database.notaryUrl,
      DATA_DIR: folder,
    },
    folder,
  );

describe('the export', () => {
  test('is the log, exact to the byte, with the rows that stand', async () => {
    const answer = await got('/v1/audit/export', auditor).expect(200);
    const text: string = answer.body;
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="export.ndjson"',
    });
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line: string) => JSON.parse(line));
    const stored = await app.database.sql<{ leaf: string }>('select leaf from log_entry order by number');
    expect(leavesIn(text)).toEqual(stored.map(({ leaf }) => leaf));
    expect(lines[0]).toEqual({
      format: 'exemplar-log/1',
      origin: 'localhost/log',
      version: expect.any(String),
      exportedAt: expect.any(String),
      entries: stored.length,
      asAt: stored.length,
    });
    const rows = lines.filter(({ table }) => table !== undefined);
    expect(lines.at(-1)).toEqual({ entries: stored.length, rows: rows.length });
    const tables = await app.database.sql<{ name: string }>(
      "select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'record_change' order by 1",
    );
    for (const { name } of tables) {
      const [{ count }] = (await app.database.sql(`select count(*)::int as count from ${name}`)) as [
        { count: number },
      ];
      expect([name, rows.filter(({ table }) => table === name).length]).toEqual([name, count]);
    }
    expect(lines.length).toBe(stored.length + rows.length + 2);
  });

  test('holds nothing that says who somebody is, and no secret of a key but its hash', async () => {
    const { body: text } = await got('/v1/audit/export', auditor);
    expect(text).not.toContain('auditor of the programme');
    expect(text).not.toContain(auditor);
    expect(text).toContain(createHash('sha256').update(auditor).digest('hex'));
  });

  test('is for those who see all trusts', async () => {
    for (const role of ['trust-lead', 'trust-finance-director'] as const)
      await app.request('get', '/v1/audit/export', await app.as(role, 'RW4')).expect(403);
    await app.request('get', '/v1/audit/export').expect(401);
    await app.request('get', '/v1/audit/export', await app.as('assessor')).expect(403);
  });

  test('as at a moment has the rows of then', async () => {
    const [{ at }] = (await app.database.sql("select to_json(now()) #>> '{}' as at")) as [{ at: string }];
    await app.as('auditor');
    const query = `asAt=${encodeURIComponent(at)}`;
    const { body: then } = await got(`/v1/audit/export?${query}`, auditor).expect(200);
    const { body: now } = await got('/v1/audit/export', auditor);
    const people = (text: string) =>
      text.split('\n').filter((line) => line.startsWith('{"table" : "person"')).length;
    expect(people(now) - people(then)).toBe(1);
    // That an auditor took the first is in the second.
    expect(leavesIn(then)).toEqual(leavesIn(now).slice(0, leavesIn(then).length));
    await app.request('get', '/v1/audit/export?asAt=yesterday', auditor).expect(400);
    await app.request('get', '/v1/audit/export?what=1', auditor).expect(400);
  });

  test('whoever goes away in the midst of it leaves its connection free', async () => {
    const reading = async () =>
      app.database.sql(
        `select from pg_stat_activity where datname = current_database() and query like 'copy (%' and state = 'active'`,
      );
    await app.database.sql(`begin; set local session_replication_role = replica;
      insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, actor_id, action, leaf)
      select 1000000 + n, now(), '9', 'insert', 'thing', uuidv7(), 'x', 'x', repeat('x', 4000) from generate_series(1, 20000) n; commit`);
    try {
      const gone = await new Promise<{ destroy(): void }>((resolve) => {
        const { port } = app.app.getHttpServer().address() as AddressInfo;
        const headers = { authorization: `Bearer ${auditor}` };
        const sent = httpRequest({ port, path: '/v1/audit/export', headers }, (answer) => {
          answer.once('data', () => {
            answer.pause();
            resolve(sent);
          });
        });
        sent.end();
      });
      // The first line may come before the log is being read, and the log is too long to be sent to who does not read.
      expect(await until(reading, (found) => found.length === 1, 10_000)).toHaveLength(1);
      gone.destroy();
      expect(await until(reading, (found) => found.length === 0, 10_000)).toEqual([]);
    } finally {
      await app.database.sql(
        `begin; set local session_replication_role = replica; delete from log_entry where number > 1000000; commit`,
      );
    }
  });
});

test('the verifier is handed out to everybody as it is written, with its digest', async () => {
  const { body, headers } = await got('/v1/audit/verifier').expect(200);
  const written = await readFile(VERIFIER, 'utf8');
  expect(body).toBe(written);
  expect(headers['content-disposition']).toContain('filename="verify-log.mjs"');
  expect(headers['repr-digest']).toBe(`sha-256=:${createHash('sha256').update(written).digest('base64')}:`);
});

describe('from the command line', () => {
  test('an auditor exports, takes the verifier along, and both say the same', async () => {
    expect(await exemplar('audit', 'export', '--out', 'export.ndjson')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const leaves = leavesIn(await readFile(join(folder, 'export.ndjson'), 'utf8'));
    const { stdout: note } = await exemplar('audit', 'checkpoint');
    await writeFile(join(folder, 'checkpoint.txt'), note);
    vkey = (await exemplar('audit', 'key', 'show')).stdout.trim();
    const how = ['export.ndjson', '--checkpoints', 'checkpoint.txt', '--key', vkey];
    const verified = await exemplar('audit', 'verify', ...how);
    expect(verified).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(`ok  ${leaves.length} entries, numbered`),
    });
    const made = await exemplar('audit', 'verifier', '--out', 'verify-log.mjs');
    const sha256 = createHash('sha256')
      .update(await readFile(VERIFIER))
      .digest('hex');
    expect(made).toMatchObject({ code: 0, stdout: `${sha256}  verify-log.mjs\n` });
    const alone = spawnSync(process.execPath, ['verify-log.mjs', ...how], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    expect({ code: alone.status, stdout: alone.stdout, stderr: alone.stderr }).toEqual(verified);
  });

  test('a fault ends with 1, and what cannot be checked with 2', async () => {
    const text = await readFile(join(folder, 'export.ndjson'), 'utf8');
    await writeFile(
      join(folder, 'altered.ndjson'),
      text.replace('\\"action\\" : \\"', '\\"action\\" : \\"x'),
    );
    const how = ['--checkpoints', 'checkpoint.txt', '--key', vkey];
    expect(await exemplar('audit', 'verify', 'altered.ndjson', ...how)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('\nentry 1: '),
    });
    expect(await exemplar('audit', 'verify', 'none.ndjson', ...how)).toMatchObject({ code: 2 });
    expect(await exemplar('audit', 'verify', 'export.ndjson')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--checkpoints'),
    });
  });

  test('as at an entry, a day or a moment; nothing else', async () => {
    const entries = leavesIn(await readFile(join(folder, 'export.ndjson'), 'utf8')).map((leaf) =>
      JSON.parse(leaf),
    );
    const first = entries.filter(({ transaction }) => transaction === entries[0].transaction).length;
    const asAt = async (moment: string) =>
      JSON.parse((await exemplar('audit', 'export', '--as-at', moment)).stdout.split('\n')[0] as string).asAt;
    expect(await asAt(String(first))).toBe(first);
    expect(await asAt(entries[first].recordedAt)).toBe(
      entries.filter(({ transaction }) => transaction === entries[first].transaction).length + first,
    );
    expect(await asAt('2018-03-31')).toBe(0);
    expect(await exemplar('audit', 'export', '--as-at', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`ends with entry ${first}`),
    });
    expect(await exemplar('audit', 'export', '--as-at', 'then')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--as-at takes a moment'),
    });
  });
});
