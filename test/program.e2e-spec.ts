import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestApp } from './support/app.js';
import { cleanUp, type Running, serve } from './support/commands.js';
import { CookieJar } from './support/cookie-jar.js';
import { startDemonstration } from './support/demonstration.js';
import { installedCommand } from './support/installed.js';
import { until } from './support/queue-application.js';
import { SLUG } from './support/returns.js';

import.meta.jest.setTimeout(180_000);

/** The other tests run the sources; this one what is installed: the bundle, with what it loads late, and nothing that it is built of. */
let program: Running;
let demonstration: TestApp;
let data: string;

const keyOf = async (who: string) => (await readFile(join(data, 'keys', who), 'utf8')).trim();

const LOADED = `
  import { readFileSync } from 'node:fs';
  import { pathToFileURL } from 'node:url';
  import { load } from './bin/program.js';
  const file = pathToFileURL('dist/program/main.cjs');
  const { script, program } = load(file);
  const ascii = readFileSync(file).every((byte) => byte < 128);
  console.log(JSON.stringify({ rejected: script.cachedDataRejected, ascii, exports: Object.keys(program).sort() }));
`;

async function ask(path: string, who: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, Authorization: `Bearer ${await keyOf(who)}` };
  return fetch(`${program.address()}${path}`, { ...init, headers });
}

const itemsOf = async (path: string, who: string): Promise<Array<{ id: string; code?: string }>> =>
  ((await (await ask(path, who)).json()) as { items?: [] }).items ?? [];

beforeAll(async () => {
  // It begins with a copy of a demonstration that was played to its end.
  demonstration = await startDemonstration();
  await demonstration.app.close();
  const { config, database } = demonstration;
  data = config.dataFolder;
  program = await serve(
    {
      ...{ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: data },
      RATE_LIMIT_PER_MINUTE: '100000',
    },
    data,
    await installedCommand(),
  );
});
afterAll(async () => {
  await cleanUp();
  await demonstration?.stop();
});

interface Operation {
  parameters?: Array<{ name: string; in: string }>;
}

test('every reading of the API answers, every list in pages and as a file', async () => {
  const { paths } = (await (await fetch(`${program.address()}/openapi.json`)).json()) as {
    paths: Record<string, { get?: Operation }>;
  };
  const newest = new Map<string, string>();
  const answered: string[] = [];
  const broken: string[] = [];
  const get = async (path: string) => {
    const answer = await ask(path, 'auditor');
    const text = await answer.text();
    answered.push(path);
    if (answer.status >= 400 && ![403, 404].includes(answer.status))
      broken.push(`${path}: ${answer.status} ${text.slice(0, 200)}`);
    return { status: answer.status, text };
  };
  const readings = Object.entries(paths)
    .filter(
      ([path, { get }]) => get && path.startsWith('/v1/') && !/\/(events|export|[a-z]+-proofs)$/.test(path),
    )
    .map(([path, { get }]) => ({
      path: path.replace('{slug}', SLUG).replace('{ods}', 'RV5').replace('{stage}', 'claim-check'),
      get,
    }))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  for (const { path, get: operation } of readings) {
    const before = /([\w-]+)\/\{\w+\}/.exec(path)?.[1] ?? '';
    const id = newest.get(before);
    if (path.includes('{') && id === undefined) continue;
    const named = path.replace(/\{\w+\}/, id ?? '');
    const takes = new Set(operation?.parameters?.map(({ name }) => name));
    const { status, text } = await get(takes.has('limit') ? `${named}?limit=1` : named);
    const [first] = status === 200 && text.startsWith('{"items":') ? JSON.parse(text).items : [];
    if (first?.id) newest.set(/[\w-]+$/.exec(named)?.[0] ?? '', first.id);
    if (takes.has('format')) await get(`${named}?format=xlsx`);
  }
  expect(broken).toEqual([]);
  expect(answered.length).toBeGreaterThan(120);
  expect((await ask('/v1/claims?limit=none', 'auditor')).status).toBe(400);
});

test('a person signs in, and sees each kind of page that links lead to', async () => {
  const jar = new CookieJar(program.address());
  const { url, response } = await jar.follow('/sign-in');
  const person = /value="([0-9a-f-]{36})">Programme manager</.exec(await response.text())?.[1] as string;
  const chosen = await jar.send(url.href, {
    method: 'POST',
    body: new URLSearchParams({ person }),
  });
  const { url: tasks } = await jar.follow(chosen.headers.get('location') as string);
  expect(tasks.pathname).toBe('/tasks');
  const kindOf = (path: string) =>
    path
      .replace(/\?.*$/, '')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\/[A-Z]\w{2}\b|\d+/g, ':id');
  const waiting = ['/tasks', '/progress'];
  const seen = new Set<string>();
  const broken: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(kindOf(path)) || /^\/(v1|docs|openapi|oidc|assets|sign-)|\/(content|download)$/.test(path))
      continue;
    seen.add(kindOf(path));
    const { response: answer } = await jar.follow(path);
    const html = await answer.text();
    if (answer.status !== 200) broken.push(`${path}: ${answer.status}`);
    for (const [, href = ''] of html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g))
      if (!/[?&](sort|download|asAt|after)=/.test(href)) waiting.push(href.replaceAll('&amp;', '&'));
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(70);
});

test('it takes a file, and the queue makes one', async () => {
  const lead = 'trust-lead-RV5';
  const milestones = await itemsOf(`/v1/programmes/${SLUG}/milestones?trust=RV5&state=in-progress`, lead);
  const body = new FormData();
  body.set('description', 'A note of the go-live');
  body.set('file', new Blob(['The ward went live.\n'], { type: 'text/plain' }), 'note.txt');
  const headers = { 'Idempotency-Key': randomUUID() };
  const sent = await ask(`/v1/milestones/${milestones[0]?.id}/evidence`, lead, {
    method: 'POST',
    headers,
    body,
  });
  expect([sent.status, await sent.json()]).toEqual([201, expect.objectContaining({ fileName: 'note.txt' })]);
  const made = await ask('/v1/exports', lead, {
    method: 'POST',
    headers: { 'Idempotency-Key': randomUUID(), 'Content-Type': 'application/json' },
    body: JSON.stringify({ list: `/v1/programmes/${SLUG}/milestones`, format: 'xlsx' }),
  });
  const { id } = (await made.json()) as { id: string };
  const file = await until(
    () => ask(`/v1/exports/${id}/content`, lead),
    ({ status }) => status === 200,
    30_000,
  );
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

test('a start takes what the engine made of the program at the build, and one of another engine compiles it', async () => {
  const state = async (...flags: string[]) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...flags, '--input-type=module', '--eval', LOADED],
      { cwd: fileURLToPath(new URL('..', import.meta.url)) },
    );
    return JSON.parse(stdout);
  };
  expect(await state()).toEqual({ rejected: false, ascii: true, exports: ['loadAll', 'main'] });
  // To the engine another set of its options is another engine.
  expect(await state('--no-lazy')).toMatchObject({ rejected: true, exports: ['loadAll', 'main'] });
});
