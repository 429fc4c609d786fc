import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from '../src/database/embedded-server.js';
import { migrate } from '../src/database/migrations.js';
import { createDatabase, prepareRoles } from '../src/database/server.js';
import { leavesIn, Signer } from './support/audited-log.js';
import { cleanUp, temporaryFolder } from './support/commands.js';
import { restore } from './support/restored.js';
import { pastTriggers, type StandingEntry, type StandingLog, standLog } from './support/standing-log.js';

let log: StandingLog;
beforeAll(async () => {
  log = await standLog();
});
afterAll(async () => {
  await log?.end();
  await cleanUp();
});

const untouched = async (): Promise<void> => undefined;

test('an untouched log: each check with its figure', async () => {
  const { code, said } = await log.after(untouched);
  const size = log.leaves.length;
  const proved = log.sizes.at(-1) as number;
  const [counts] = await log.app.database.sql<{ postings: string; figures: string }>(
    'select (select count(*) from posting) as postings, (select count(*) from account) + (select count(*) from tranche) as figures',
  );
  const tables = new Set(log.entries.map(({ table }) => table)).size;
  const rows = new Set(log.entries.map(({ subject }) => subject)).size;
  expect(said.trim().split('\n')).toEqual([
    `ok  ${size} entries, numbered without a gap, until ${log.entries.at(-1)?.recordedAt}`,
    'ok  5 checkpoints, signed by exemplar.test/log, have the roots that this log has',
    `ok  ${proved} entries are proved by them; ${size - proved} newer ones are not yet provable`,
    `ok  ${counts?.figures} accounts and tranches agree with ${counts?.postings} postings`,
    `ok  ${rows} rows of ${tables} tables, as at entry ${size}, are what the log says`,
  ]);
  expect(code).toBe(0);
});

test('checkpoints of two keys, in a folder of notes', async () => {
  const later = new Signer();
  await log.desk.export(log.app.database);
  await mkdir(log.desk.path('folder'));
  const notes = [...log.notes, later.checkpoint(log.leaves)];
  await Promise.all(notes.map((note, index) => writeFile(log.desk.path(`folder/${index}.txt`), note)));
  await writeFile(log.desk.path('folder/README'), 'Not a checkpoint.');
  const args = ['verify-log.mjs', 'export.ndjson', '--checkpoints', 'folder', '--key', log.signer.vkey];
  expect(await log.desk.run([...args, '--key', later.vkey])).toMatchObject({
    code: 0,
    said: expect.stringContaining(`ok  ${log.leaves.length} entries are proved by them; 0 newer ones`),
  });
  expect(await log.desk.run(args)).toMatchObject({ code: 1, said: expect.stringContaining('folder/5.txt') });
});

test('a column that came to a table later is said, and is no fault', async () => {
  const { code, said } = await log.after(async ({ sql }) => {
    await sql("alter table person add column seat text not null default 'none'");
    await sql("update person set seat = 'here' where role = 'auditor'");
  });
  expect(said).toContain('    person.seat is newer than what was recorded of some rows');
  expect(code).toBe(0);
});

describe('the rows of a past moment', () => {
  const asAtEntry = async (number: number, statements = 'select') => {
    const { database } = log.app;
    await pastTriggers(database, statements);
    await log.desk.export(database, (of) => of.momentAfter({ trustId: null } as never, number));
    return log.desk.verify(log.notes, [log.signer.vkey]);
  };
  const last = () => log.last(({ table, number }) => table === 'claim' && number < log.leaves.length - 10);

  test('are those that the log leads to, and the whole log is verified with them', async () => {
    // Somebody was erased since: what the log refers to is nowhere any more, and the references agree all the same.
    const erasing = log.last(({ table, new: row }) => table === 'person' && row?.name === 'Erased person');
    const before = log.entries.find(
      ({ transaction }) => transaction === erasing.transaction,
    ) as StandingEntry;
    for (const number of [log.backupSize, before.number - 1, last().number]) {
      const { code, said } = await asAtEntry(number);
      expect(said).toContain(`ok  ${log.leaves.length} entries, numbered`);
      expect(said).toContain(`, as at entry ${number}, are what the log says`);
      expect(code).toBe(0);
    }
  });

  test('are not: the row', async () => {
    const { subject, number } = last();
    const past = `past.claim set revision = revision + delta where id = '${subject}'`;
    try {
      const { code, said } = await asAtEntry(number, `update ${past.replace('delta', '7')}`);
      expect(said).toMatch(
        new RegExp(`rows: claim ${subject} is in its table not as entry ${number} left it: revision`),
      );
      expect(code).toBe(1);
    } finally {
      await pastTriggers(log.app.database, `update ${past.replace('delta', '-7')}`);
    }
  });

  test('cannot be asked for in the midst of a transaction', async () => {
    await expect(asAtEntry(1)).rejects.toThrow(/Entry 1 is within a transaction that ends with entry \d+/);
    await expect(asAtEntry(999_999)).rejects.toThrow('The log has no entry 999999.');
  });
});

describe('restored into a new server, and continued', () => {
  let folder: string;
  const servers: EmbeddedServer[] = [];
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  /** A new server, or one on data that are there. */
  async function serverOn(path: string): Promise<{ server: EmbeddedServer; superuser: string; url: string }> {
    const server = await startEmbeddedServer({ folder: path, durable: false });
    servers.push(server);
    const passwords = await prepareRoles(server.url('postgres'));
    await createDatabase(server.url('postgres'), 'exemplar');
    const as = (user: string, password: string) =>
      Object.assign(new URL(server.url('exemplar')), { username: user, password }).href;
    await migrate(as('exemplar_owner', passwords.owner));
    return { server, superuser: server.url('exemplar'), url: as('exemplar_login', passwords.login) };
  }

  /** Changes three rows, with the log looking on, and verifies. */
  async function continued({ superuser, url }: { superuser: string; url: string }, entries: number) {
    const client = new pg.Client({ connectionString: superuser, options: '-c search_path=exemplar' });
    await client.connect();
    await client.query(
      "insert into person (name, role) select 'Somebody', 'auditor' from generate_series(1, 3)",
    );
    await client.end();
    const leaves = leavesIn(await log.desk.export({ url }));
    expect(leaves.length).toBe(entries);
    return log.desk.verify([...log.notes, log.signer.checkpoint(leaves)], [log.signer.vkey]);
  }

  test('table by table', async () => {
    folder = await temporaryFolder();
    const fresh = await serverOn(join(folder, 'restored'));
    await restore(log.app.database.superuserUrl, fresh.superuser);
    const { code, said } = await continued(fresh, log.leaves.length + 3);
    expect(said).toContain(`ok  ${log.leaves.length + 3} entries are proved`);
    expect(code).toBe(0);
  });

  test('as a copy of the files of a server that was stopped', async () => {
    await servers[0]?.stop();
    // Whose the files are goes along.
    expect(spawnSync('cp', ['-a', join(folder, 'restored'), join(folder, 'copied')]).status).toBe(0);
    const copied = await serverOn(join(folder, 'copied'));
    const { code, said } = await continued(copied, log.leaves.length + 6);
    expect(said).toContain(`ok  ${log.leaves.length + 6} entries are proved`);
    expect(code).toBe(0);
  });
});

describe('what cannot be checked: 2', () => {
  const export_ = () => log.desk.path('export.ndjson');

  test('an export that was cut off, at a line or within one', async () => {
    const whole = (await log.desk.export(log.app.database)).trimEnd().split('\n');
    for (const text of [
      `${whole.slice(0, -1).join('\n')}\n`,
      `${whole.slice(0, log.leaves.length + 1).join('\n')}\n`,
      whole.join('\n').slice(0, -1),
      `${whole[0]}\n${whole[1]?.slice(0, 70)}`,
    ]) {
      await writeFile(export_(), text);
      const { code, said } = await log.desk.verify(log.notes, [log.signer.vkey]);
      expect(said).toMatch(/^It could not be checked: \S+ is cut off after entry \d+/);
      expect(code).toBe(2);
    }
  });

  test.each([
    ['no arguments', () => [], 'Say <export.ndjson> --checkpoints'],
    ['an unknown option', () => ['--what'], "Unknown option '--what'"],
    [
      'a key that was mistyped',
      () => ['export.ndjson', '--checkpoints', 'notes', '--key', log.signer.vkey.replace('+', '+0')],
      'This is no key of the form',
    ],
    ['no such export', () => ['none.ndjson', '--checkpoints', 'notes', '--key', log.signer.vkey], 'ENOENT'],
    [
      'something else than an export',
      () => ['verify-log.mjs', '--checkpoints', 'notes', '--key', log.signer.vkey],
      'It could not be checked',
    ],
    [
      'something else than checkpoints',
      () => ['export.ndjson', '--checkpoints', 'verify-log.mjs', '--key', log.signer.vkey],
      'verify-log.mjs holds something that is no checkpoint',
    ],
    [
      'a folder without checkpoints',
      () => ['export.ndjson', '--checkpoints', 'empty', '--key', log.signer.vkey],
      'There is no checkpoint in empty',
    ],
  ])('%s', async (_, args, words) => {
    await log.desk.export(log.app.database);
    await log.desk.verify(log.notes, [log.signer.vkey]);
    await mkdir(log.desk.path('empty'), { recursive: true });
    const { code, said } = await log.desk.run(['verify-log.mjs', ...args()]);
    expect(said).toContain(words);
    expect(code).toBe(2);
  });

  test('checkpoints of two logs', async () => {
    await log.desk.export(log.app.database);
    const other = new Signer('other.test/log');
    const { code, said } = await log.desk.verify(
      [...log.notes, other.checkpoint(log.leaves)],
      [log.signer.vkey, other.vkey],
    );
    expect(said).toContain('are checkpoints of two logs');
    expect(code).toBe(2);
  });
});

test('the verifier is one file of at most 300 lines that imports from Node alone', async () => {
  const text = await readFile(log.desk.path('verify-log.mjs'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(300);
  const imported = [...text.matchAll(/(?:from|import\(|require\()\s*['"]([^'"]+)/g)].map(([, name]) => name);
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  expect(text).not.toMatch(/node:(http|https|net|tls|dgram|dns|child_process)/);
});
