import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppModule } from '../src/app.module.js';
import { verifiedCheckpoint, verifierKey } from '../src/audit/checkpoint.rules.js';
import { leafHash, provesConsistency, provesInclusion } from '../src/audit/merkle-tree.rules.js';
import { Config } from '../src/config/config.js';
import { createHttpServer } from '../src/http-server.js';
import { startTestApp, type TestApp } from './support/app.js';
import { Conformance } from './support/conformance.js';
import { newKey, notaryOf, ORIGIN, tamper } from './support/notary.js';
import { until } from './support/queue-application.js';

import.meta.jest.setTimeout(60_000);

const key = newKey();
let app: TestApp;
let auditor: string;
let sign: (now?: boolean) => Promise<number>;
let end: () => Promise<void>;

beforeAll(async () => {
  app = await startTestApp();
  auditor = await app.as('auditor');
  const made = notaryOf(app.database);
  end = made.end;
  sign = async () => {
    const turn = await made.notary.turn(key, { now: true });
    if (typeof turn !== 'object' || !('signed' in turn)) throw new Error(JSON.stringify(turn));
    return turn.signed.size;
  };
});
afterAll(async () => {
  await end?.();
  await app?.stop();
});

const get = (path: string, by?: string) => app.request('get', path, by);
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
const leafOf = async (number: number): Promise<string> => {
  const [row] = await app.database.sql<{ leaf: string }>('select leaf from log_entry where number = $1', [
    number,
  ]);
  return row?.leaf ?? '';
};

test('before the first checkpoint there is none, and no entry is provable yet', async () => {
  expect((await get('/v1/audit/checkpoints')).body).toEqual({ items: [], next: null });
  expect((await get('/v1/audit/checkpoints/latest')).status).toBe(404);
  const { status, body } = await get('/v1/audit/inclusion-proofs?entry=1', auditor);
  expect([status, body.code]).toEqual([409, 'not-yet-provable']);
  expect(body.detail).toContain('within about a minute');
  const { body: log } = await get('/v1/log-entries?limit=1', auditor);
  expect(log.items[0]).toMatchObject({ provable: false, checkpointSize: null });
  expect((await get('/v1/audit/standing', auditor)).body).toMatchObject({
    state: 'none yet',
    checkpoint: null,
    fault: null,
    publication: null,
  });
});

test('an entry is proved against the newest checkpoint and any other that covers it', async () => {
  const first = await sign();
  await app.as('assessor');
  const second = await sign();
  expect(second).toBeGreaterThan(first);
  for (const [entry, size] of [
    [1, undefined],
    [first, undefined],
    [second, undefined],
    [1, first],
    [first, first],
  ] as const) {
    const { body } = await get(
      `/v1/audit/inclusion-proofs?entry=${entry}${size === undefined ? '' : `&size=${size}`}`,
      auditor,
    ).expect(200);
    const signed = verifiedCheckpoint(body.checkpoint.note, verifierKey(key.vkey));
    expect(signed.size).toBe(size ?? second);
    const hash = leafHash(await leafOf(entry));
    expect(body.leafHash).toBe(hash.toString('base64'));
    const claim = { leafHash: hash, leaf: entry - 1, size: signed.size, root: signed.root };
    expect(provesInclusion(body.hashes.map(bytes), claim)).toBe(true);
  }
});

test('the log is proved to have only grown between two checkpoints', async () => {
  const { body: list } = await get('/v1/audit/checkpoints').expect(200);
  const [newer, older] = list.items;
  for (const [from, to] of [
    [older, newer],
    [newer, newer],
  ]) {
    const { body } = await get(
      `/v1/audit/consistency-proofs?from=${from.size}&to=${to.size}`,
      auditor,
    ).expect(200);
    const [a, b] = [body.from.note, body.to.note].map((note) =>
      verifiedCheckpoint(note, verifierKey(key.vkey)),
    );
    expect(provesConsistency(body.hashes.map(bytes), { from: a as never, to: b as never })).toBe(true);
  }
  const { body } = await get(`/v1/audit/consistency-proofs?from=${older.size}`, auditor).expect(200);
  expect(body.to.size).toBe(newer.size);
});

test('what is newer than the last checkpoint is said to be not yet provable, everywhere', async () => {
  const { body: newest } = await get('/v1/audit/checkpoints/latest').expect(200);
  await app.as('assessor');
  const entry = newest.size + 1;
  const { status, body } = await get(`/v1/audit/inclusion-proofs?entry=${entry}`, auditor);
  expect([status, body.code]).toEqual([409, 'not-yet-provable']);
  expect(body.detail).toContain(
    `Entry ${entry} is newer than the last checkpoint, which covers ${newest.size}`,
  );
  const { body: log } = await get('/v1/log-entries?limit=200', auditor);
  expect(log.items.filter(({ provable }: { provable: boolean }) => !provable).length).toBeGreaterThan(0);
  for (const { number, provable, checkpointSize } of log.items) {
    expect(provable).toBe(number <= newest.size);
    expect(checkpointSize === null).toBe(!provable);
    if (provable) expect(checkpointSize).toBeGreaterThanOrEqual(number);
  }
  const { body: standing } = await get('/v1/audit/standing', auditor);
  expect(standing).toMatchObject({ state: 'signing', newer: standing.last - newest.size });
  expect(standing.newer).toBeGreaterThan(0);
});

test('checkpoints and keys are open to all, and the note is the signed bytes', async () => {
  const { body } = await get('/v1/audit/checkpoints/latest').expect(200);
  const note = await get('/v1/audit/checkpoints/latest/note').expect(200);
  expect(note.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(note.text).toBe(body.note);
  expect((await get(`/v1/audit/checkpoints/${body.size}/note`)).text).toBe(body.note);
  expect((await get('/v1/audit/keys')).body.items).toMatchObject([
    { id: key.id, vkey: key.vkey, lastSize: body.size },
  ]);
  const { body: page, headers } = await get('/v1/audit/checkpoints?limit=1').expect(200);
  const { body: rest } = await get(`/v1/audit/checkpoints?after=${page.next}`).expect(200);
  expect(headers.link).toContain('rel="next"');
  expect(rest.items.length).toBeGreaterThan(0);
  expect(rest.items[0].size).toBeLessThan(page.items[0].size);
});

test.each([
  ['/v1/audit/inclusion-proofs', 400],
  ['/v1/audit/inclusion-proofs?entry=0', 400],
  ['/v1/audit/inclusion-proofs?entry=-1', 400],
  ['/v1/audit/inclusion-proofs?entry=1.5', 400],
  ['/v1/audit/inclusion-proofs?entry=x', 400],
  ['/v1/audit/inclusion-proofs?entry=1&entry=2', 400],
  ['/v1/audit/inclusion-proofs?entry=99999999999999999999', 400],
  ['/v1/audit/inclusion-proofs?entry=999999999999999', 404],
  ['/v1/audit/inclusion-proofs?entry=1&size=2', 404],
  ['/v1/audit/consistency-proofs', 400],
  ['/v1/audit/consistency-proofs?from=x', 400],
  ['/v1/audit/consistency-proofs?from=2', 404],
  ['/v1/audit/checkpoints/2', 404],
  ['/v1/audit/checkpoints/x', 400],
  ['/v1/audit/checkpoints/0', 400],
  ['/v1/audit/checkpoints/999999999999999', 404],
  ['/v1/audit/checkpoints/99999999999999999999/note', 400],
  ['/v1/audit/checkpoints?after=x', 400],
  ['/v1/audit/checkpoints?limit=0', 400],
])('%s answers %i', async (path, status) => {
  const answer = await get(path, auditor);
  expect([answer.status, typeof answer.body.detail]).toEqual([status, 'string']);
});

test('an entry and a size, or two sizes, that do not go together are refused in words', async () => {
  const { body: list } = await get('/v1/audit/checkpoints');
  const [newer, older] = list.items;
  const late = await get(`/v1/audit/inclusion-proofs?entry=${newer.size}&size=${older.size}`, auditor);
  expect([late.status, late.body.code]).toEqual([422, 'entry-newer-than-checkpoint']);
  const turned = await get(`/v1/audit/consistency-proofs?from=${newer.size}&to=${older.size}`, auditor);
  expect([turned.status, turned.body.code]).toEqual([422, 'checkpoints-reversed']);
});

test('what the API answers is what it says it answers', async () => {
  const { body: description } = await get('/openapi.json').expect(200);
  const conformance = new Conformance(description);
  const { body: newest } = await get('/v1/audit/checkpoints/latest');
  for (const [template, path] of [
    ['/v1/audit/checkpoints', '/v1/audit/checkpoints'],
    ['/v1/audit/checkpoints/{size}', '/v1/audit/checkpoints/latest'],
    ['/v1/audit/keys', '/v1/audit/keys'],
    ['/v1/audit/standing', '/v1/audit/standing'],
    ['/v1/audit/inclusion-proofs', '/v1/audit/inclusion-proofs?entry=1'],
    ['/v1/audit/consistency-proofs', `/v1/audit/consistency-proofs?from=${newest.size}`],
    ['/v1/log-entries', '/v1/log-entries'],
  ] as const) {
    const { status, body } = await get(path, auditor).expect(200);
    expect([path, conformance.faults('get', template, status, 'application/json', body)]).toEqual([path, []]);
  }
});

test('what stopped the notary is told, and why an entry is not provable', async () => {
  const leaf = await leafOf(3);
  await tamper(app.database, 'update log_entry set leaf = $1 where number = 3', ['{}']);
  await expect(sign()).rejects.toThrow('entry-altered');
  const { body } = await get('/v1/audit/standing', auditor).expect(200);
  expect(body).toMatchObject({ state: 'stopped', fault: { code: 'entry-altered', number: 3 } });
  const refused = await get(`/v1/audit/inclusion-proofs?entry=${body.last}`, auditor);
  expect(refused.body.detail).toContain('Nothing is signed at the moment: Entry 3 is not what was hashed');
  await tamper(app.database, 'update log_entry set leaf = $1 where number = 3', [leaf]);
  await sign();
  expect((await get('/v1/audit/standing', auditor)).body).toMatchObject({ state: 'signing', fault: null });
});

describe('a process that works', () => {
  let folder: string;
  let own: TestApp;
  let published: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-proof-'));
    published = join(folder, 'blocked', 'checkpoints');
    // What is no folder yet cannot be written to, whoever tries.
    await writeFile(join(folder, 'blocked'), '');
    own = await startTestApp({
      env: { CHECKPOINT_FOLDER: published, CHECKPOINT_ORIGIN: ORIGIN },
      work: true,
      notary: true,
    });
  });
  afterAll(async () => {
    await own?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const standing = async () => (await own.request('get', '/v1/audit/standing', await own.as('auditor'))).body;

  test('makes a key that only its user may read, and checkpoints by itself', async () => {
    const latest = await until(
      () => own.request('get', '/v1/audit/checkpoints/latest').then(({ status, body }) => ({ status, body })),
      ({ status }) => status === 200,
    );
    const file = join(own.config.dataFolder, 'checkpoint-key.pem');
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(verifiedCheckpoint(latest.body.note, verifierKey(latest.body.key.vkey)).origin).toBe(ORIGIN);
    const secret = await readFile(file, 'utf8');
    const body = secret.split('\n')[1] as string;
    const [{ found } = { found: 1 }] = await own.database.sql<{ found: number }>(
      `select count(*)::int as found from checkpoint_key where vkey like '%' || $1 || '%'`,
      [body.slice(-20)],
    );
    expect(found).toBe(0);
  });

  test('publishes what it could not publish once it can, and each once', async () => {
    const before = await standing();
    expect(before.publication).toMatchObject({ size: null });
    expect(before.publication.waiting).toBeGreaterThan(0);
    expect(before.publication.waitingSince).not.toBeNull();
    await rm(join(folder, 'blocked'));
    const after = await until(standing, ({ publication }) => publication.waiting === 0, 20_000);
    const files = await readdir(published);
    const { body } = await own.request('get', '/v1/audit/checkpoints');
    const names = body.items.map(({ size }: { size: number }) => `${String(size).padStart(16, '0')}.txt`);
    expect(files.sort()).toEqual([...names, 'latest.txt'].sort());
    expect(await readFile(join(published, 'latest.txt'), 'utf8')).toBe(body.items[0].note);
    for (const { size, note, publishedAt } of body.items) {
      expect(publishedAt).not.toBeNull();
      expect(await readFile(join(published, `${String(size).padStart(16, '0')}.txt`), 'utf8')).toBe(note);
    }
    expect(after.publication).toMatchObject({ size: body.items[0].size, waitingSince: null });
  });

  test('does not start with a key that is not there, that others may read, or that is none', async () => {
    const [missing, open, text] = ['missing', 'open', 'text'].map((name) => join(folder, `${name}.pem`)) as [
      string,
      string,
      string,
    ];
    await writeFile(open, await readFile(join(own.config.dataFolder, 'checkpoint-key.pem')), { mode: 0o644 });
    await writeFile(text, 'no key', { mode: 0o600 });
    for (const [file, words] of [
      [missing, 'cannot be read (ENOENT)'],
      [open, 'chmod 600'],
      [text, 'holds no private key'],
    ] as const) {
      const config = new Config({ LOG_LEVEL: 'silent', CHECKPOINT_KEY_FILE: file, DATA_DIR: folder });
      const { url, notaryUrl } = own.database;
      const module = AppModule.with({ config, databaseUrl: url, notaryUrl, work: true });
      const starting = await createHttpServer(module, config);
      await expect(starting.init()).rejects.toThrow(words);
      await starting.close();
    }
  });
});

test('production names what a working process needs to sign, and a serving one needs nothing of it', () => {
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://h/d',
    OIDC_ISSUER: 'https://id.example.org',
    OIDC_CLIENT_ID: 'exemplar',
    PUBLIC_URL: 'https://exemplar.example.org',
  };
  const assemble = (more: Record<string, string>, work = true) =>
    AppModule.with({ config: new Config({ ...env, ...more }), databaseUrl: 'postgres://h/d', work });
  expect(() => assemble({})).toThrow(/DATABASE_NOTARY_URL must be set[\s\S]*CHECKPOINT_KEY_FILE must be set/);
  expect(() =>
    assemble({ CHECKPOINT_KEY_FILE: '/k', DATABASE_NOTARY_URL: 'postgres://n@h/d' }),
  ).not.toThrow();
  expect(() => assemble({ CHECKPOINTS: 'off' })).not.toThrow();
  expect(() => assemble({}, false)).not.toThrow();
});
