import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanUp, type Ended, type Running, run, start, temporaryFolder } from './support/commands.js';
import { until } from './support/queue-application.js';

import.meta.jest.setTimeout(60_000);

const SMALL = new URL('../programmes/rural-broadband.yaml', import.meta.url);

let folder: string;
let running: Running;

/** In another terminal, in the folder where the server was started. */
const exemplar = (...args: string[]): Promise<Ended> => run(args, {}, folder);

async function statusWith(key: string): Promise<number> {
  const answer = await fetch(`${running.address()}/v1/me`, { headers: { Authorization: `Bearer ${key}` } });
  return answer.status;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  // Without workers no returns are played, which these tests do not need.
  running = start(['serve', '--no-workers'], {}, folder);
  await running.says('Ready in');
});
afterAll(cleanUp);

test.each([
  [['programme', '--help'], 0],
  [['programme', 'apply'], 2],
])('%p ends with %d', async (args, code) => {
  expect(await exemplar(...args)).toMatchObject({ code });
});

test('a key made beside the running server works at once, and a revoked one not a second longer', async () => {
  const made = await exemplar('key', 'create', '--name', 'Lead', '--role', 'trust-lead', '--trust', 'RW4');
  expect(made.code).toBe(0);
  expect(made.stdout).toMatch(/^exm_\S{43}\n$/);
  expect(made.stderr).toContain('for Lead (trust-lead of RW4), until ');
  const secret = made.stdout.trim();
  expect(await statusWith(secret)).toBe(200);

  const id = /Key (\S+) for/.exec(made.stderr)?.[1] as string;
  expect((await exemplar('key', 'list')).stdout).toMatch(
    new RegExp(`^${id} +until \\S+ +trust-lead +RW4`, 'm'),
  );
  expect(await statusWith(secret)).toBe(200);
  expect((await exemplar('key', 'revoke', id)).code).toBe(0);
  await until(
    () => statusWith(secret),
    (status) => status === 401,
    1_000,
  );
  expect((await exemplar('key', 'list')).stdout).toMatch(new RegExp(`^${id} +revoked`, 'm'));
});

test.each([
  [['key', 'revoke', '0192f3a4-7c1e-7000-8000-5f0c3b1d2e4a'], 'There is no key 0192f3a4'],
  [['key', 'revoke', 'exm_secret'], 'That is not the id of a key.'],
  [['key', 'create', '--name', 'A', '--role', 'trust-lead'], 'The role trust-lead needs a trust.'],
  [['programme', 'apply', 'nowhere.yaml'], 'There is no file nowhere.yaml'],
  [['programme', 'export', 'nowhere'], 'There is no programme nowhere'],
])('%p is refused in words: 1', async (args, words) => {
  const { code, stdout, stderr } = await exemplar(...args);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('exm_secret');
  expect(stdout).toBe('');
  expect(code).toBe(1);
});

test('a definition is compared, applied, found in force, and exported as it was', async () => {
  const text = (await readFile(SMALL, 'utf8')).replace(
    'Rural Broadband Fund (invented)',
    'Rural Fund (invented)',
  );
  await writeFile(join(folder, 'rural.yaml'), text);
  const change =
    '~ programme rural-broadband\n    name: "Rural Broadband Fund (invented)" → "Rural Fund (invented)"\n';
  expect(await exemplar('programme', 'diff', 'rural.yaml')).toEqual({
    code: 0,
    stdout: `${change}rural-broadband: 1 to change\n`,
    stderr: '',
  });
  expect((await exemplar('programme', 'apply', 'rural.yaml')).stdout).toBe(
    `${change}rural-broadband: 1 changed (definition 2 is in force)\n`,
  );
  expect((await exemplar('programme', 'apply', 'rural.yaml')).stdout).toBe(
    'rural-broadband: no changes (definition 2 is in force)\n',
  );
  await exemplar('programme', 'export', 'rural-broadband', '--out', 'out.yaml');
  expect(await readFile(join(folder, 'out.yaml'), 'utf8')).toBe(text);
  expect((await exemplar('programme', 'export', 'rural-broadband')).stdout).toBe(text);
});

test('each fault of a definition is a line with its file, line and column', async () => {
  const text = (await readFile(SMALL, 'utf8')).replace('endsOn: 2024-09-30', 'endsOn: 2024-09-31');
  const line = text.slice(0, text.indexOf('2024-09-31')).split('\n').length;
  await writeFile(join(folder, 'wrong.yaml'), text);
  for (const command of ['diff', 'apply']) {
    const { code, stdout, stderr } = await exemplar('programme', command, 'wrong.yaml');
    expect(stderr).toContain(`\nwrong.yaml:${line}:11: 2024-09-31 is not a day that exists.`);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  }
});

test('a database that does not answer is said in words, and without its password', async () => {
  const env = { DATABASE_URL: 'postgres://somebody:hunter2@127.0.0.1:1/none' };
  for (const command of [['migrate'], ['key', 'list'], ['serve']]) {
    const { code, stderr } = await run(command, env, folder);
    expect(stderr).toMatch(/^The database cannot be reached \(connect ECONNREFUSED 127.0.0.1:1\)/);
    expect(stderr).not.toContain('hunter2');
    expect(code).toBe(1);
  }
});

test('migrate says what it did, on a data folder that nobody serves', async () => {
  const env = { DATA_DIR: join(await temporaryFolder(), 'data') };
  expect((await run(['migrate'], env)).stdout).toMatch(
    /^applied {2}log\d+\n[\s\S]*is of this version now\.\n$/,
  );
  expect(await run(['migrate'], env)).toEqual({
    code: 0,
    stdout: 'The database is up to date.\n',
    stderr: '',
  });
});
