import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { OpenDataReader } from '../src/open-data/open-data.reader.js';
import { PublicationReader } from '../src/progress-reports/publication.reader.js';
import { grantsFile, matchFile } from '../src/web/open-data/open-data.files.js';
import { jsonPieces } from '../src/web/page/json-pieces.js';
import { measurementsFile } from '../src/web/progress/published.tables.js';
import { publishedData } from '../src/web/progress/published-data.js';
import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';
import { textOf } from './support/in-pages.js';
import { until } from './support/queue-application.js';
import { SLUG } from './support/returns.js';

const DATA = `/progress/${SLUG}/data.json`;
const MEASUREMENTS = `/progress/${SLUG}/measurements.csv`;
/** More than fits between a server and a client who does not read. */
const MANY = 100_000;

let app: TestApp;
beforeAll(async () => {
  app = await startDemonstration();
}, 240_000);
afterAll(() => app?.stop());

/** Asks for a file, and takes nothing of the answer before it is read. */
async function asked(path: string, method = 'GET') {
  const { port } = app.app.getHttpServer().address() as AddressInfo;
  const sent = httpRequest({ port, path, method, agent: false });
  const answer = new Promise<IncomingMessage>((resolve, reject) =>
    sent.once('response', resolve).once('error', reject),
  );
  sent.end();
  return { answer: await answer, leave: () => sent.destroy() };
}
async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
const fileAt = async (path: string): Promise<string> =>
  (await bytesOf((await asked(path)).answer)).toString('utf8');
const tagOf = (bytes: Buffer): string =>
  `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;

describe('a file is the same however few rows are read at once', () => {
  const published = () => app.app.get(PublicationReader, { strict: false });
  const open = () => app.app.get(OpenDataReader, { strict: false });
  const few = { values: 7, trusts: 2 };

  test('what is published', async () => {
    const data = await published().of(SLUG, (all) => textOf(jsonPieces(publishedData(all))), few);
    const whole = JSON.parse(data);
    expect(data).toBe(JSON.stringify(whole));
    expect(data).toBe(await fileAt(DATA));
    expect(whole.measurements.length).toBeGreaterThan(200);
    const csv = await published().of(SLUG, (all) => textOf(measurementsFile(all.measurements)), few);
    expect(csv).toBe(await fileAt(MEASUREMENTS));
    expect(csv.trim().split('\r\n')).toHaveLength(whole.measurements.length + 1);
  });

  test.each([null, SLUG])('open data of %p', async (slug) => {
    const at = slug === null ? '/open-data' : `/open-data/${slug}`;
    const from = new URL(JSON.parse(await fileAt(`${at}/360giving.json`)).accessURL).origin;
    for (const [name, made] of [
      ['360giving.json', (all) => textOf(jsonPieces({ ...all.package, grants: all.grants }))],
      ['360giving.csv', ({ grants }) => textOf(grantsFile(grants))],
      ['match.csv', ({ match }) => textOf(matchFile(match))],
    ] satisfies Array<[string, Parameters<OpenDataReader['of']>[2]]>)
      expect([name, await open().of(from, slug, made, 2)]).toEqual([name, await fileAt(`${at}/${name}`)]);
  });

  test('of one moment, though what follows is changed in between', async () => {
    const before = await fileAt(MEASUREMENTS);
    const [{ at }] = (await app.database.sql(`select to_json(now()) #>> '{}' as at`)) as [{ at: string }];
    const taken = await published().of(
      SLUG,
      async ({ measurements }) => {
        const pieces: string[] = [];
        for await (const piece of measurementsFile(measurements)) {
          if (pieces.length === 0)
            await app.database.sql(`update organisation set name = 'Another name' where ods_code = 'RW4'`);
          pieces.push(piece);
        }
        return pieces;
      },
      few,
    );
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.join('')).toBe(before);
    expect(await fileAt(MEASUREMENTS)).toContain('Another name,RW4');
    expect(await fileAt(`${MEASUREMENTS}?asAt=${encodeURIComponent(at)}`)).toBe(before);
  });
});

test('a HEAD is answered as a GET is, without its bytes', async () => {
  const [{ answer: head }, { answer: get }] = [await asked(DATA, 'HEAD'), await asked(DATA)];
  const { date: _, 'x-request-id': __, ...headers } = get.headers;
  const bytes = await bytesOf(get);
  expect(head.headers).toMatchObject({
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-ratelimit'))),
    'content-length': String(bytes.length),
    etag: tagOf(bytes),
  });
  expect(await bytesOf(head)).toHaveLength(0);
});

describe('a file of many megabytes', () => {
  beforeAll(async () => {
    await app.database.sql(`begin; set local session_replication_role = replica;
      insert into measurement (programme_id, trust_id, measure_id, project_id, period_id, report_version_id, numerator,
        denominator, reported_by, reported_at, state, validated_numerator, validated_denominator, illustrative)
      select v.programme_id, v.trust_id, v.measure_id, uuidv7(), v.period_id, v.report_version_id, v.numerator,
        v.denominator, v.reported_by, v.reported_at, 'published', v.validated_numerator, v.validated_denominator, true
      from (select * from measurement where state = 'published' order by id limit 10) v, generate_series(1, ${MANY / 10});
      commit`);
    await app.database.sql('analyze measurement');
    before = await folders();
  });

  /** Statements and transactions under way, but for this one. */
  const underWay = () =>
    app.database.sql(`select state, query from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and backend_type = 'client backend' and (state like 'idle in%' or state = 'active')`);
  const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('exemplar-file-'));
  /** What others may have left there. */
  let before: string[];
  /** Files of answers that are open, and folders of theirs. */
  const left = async (): Promise<string[]> => [
    ...readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).match(/exemplar-file-.*/)?.[0] ?? [];
      } catch {
        return [];
      }
    }),
    ...(await folders()).filter((name) => !before.includes(name)),
  ];
  const none = (found: unknown[]): boolean => found.length === 0;
  const one = (found: unknown[]): boolean => found.length === 1;
  const onLinux = process.platform === 'linux' ? test : test.skip;

  onLinux('is read slowly by a client, and no connection is held for it', async () => {
    const { answer } = await asked(DATA);
    answer.pause();
    expect(await until(underWay, none)).toEqual([]);
    expect(await until(left, one)).toEqual([expect.stringMatching(/\/file \(deleted\)$/)]);
    const bytes = await bytesOf(answer);
    expect(bytes.length).toBeGreaterThan(20_000_000);
    expect(answer.headers).toMatchObject({ 'content-length': String(bytes.length), etag: tagOf(bytes) });
    expect(JSON.parse(bytes.toString('utf8')).measurements.length).toBeGreaterThan(MANY);
    expect(await until(left, none)).toEqual([]);
  });

  onLinux('is let go of when the client goes away in its midst', async () => {
    const { answer, leave } = await asked(MEASUREMENTS);
    answer.once('error', () => undefined).pause();
    expect(await until(left, one)).toHaveLength(1);
    leave();
    expect(await until(left, none)).toEqual([]);
    expect(await until(underWay, none)).toEqual([]);
  });

  onLinux('is made no further when the client goes away before it begins', async () => {
    const { port } = app.app.getHttpServer().address() as AddressInfo;
    const sent = httpRequest({ port, path: DATA, agent: false }).once('error', () => undefined);
    const begun = Date.now();
    sent.end();
    await until(left, (found) => found.length > 0);
    sent.destroy();
    expect(await until(left, none)).toEqual([]);
    expect(await until(underWay, none)).toEqual([]);
    const gone = Date.now();
    await fileAt(DATA);
    expect(gone - begun).toBeLessThan(Date.now() - gone);
  });
});
