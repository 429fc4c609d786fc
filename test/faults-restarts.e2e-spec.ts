import pg from 'pg';
import { migrate } from '../src/database/migrations.js';
import { cleanUp } from './support/commands.js';
import { balance } from './support/faults-balancer.js';
import { Load } from './support/faults-load.js';
import { moreMigrations } from './support/faults-migrations.js';
import { countEffects, lostOf, NOTHING_LOST, untilDone } from './support/faults-proof.js';
import { type Kept, pause, type Site, say, standSite, untilReady } from './support/faults-site.js';

import.meta.jest.setTimeout(600_000);

/** In `npm test` there are fewer: each takes a start of the program. */
const RESTARTS = process.env.FAULT_SECONDS ? 20 : 2;
const ROWS = process.env.FAULT_SECONDS ? 1_000_000 : 50_000;
/** In the long form longer than closing may take. */
const DRAIN = process.env.FAULT_SECONDS ? '27' : '3';
/** How long a reading holds the table that is migrated. */
const READING_MS = 6_000;

let site: Site;
beforeAll(async () => {
  site = await standSite({ DRAIN_SECONDS: '1' });
  await countEffects(site);
});
afterAll(async () => {
  await site?.end();
  await cleanUp();
});

test('rolling restarts under load, without a request that fails', async () => {
  const processes = await Promise.all([site.keep(['serve']), site.keep(['serve', '--no-workers'])]);
  const balancer = await balance(processes.map(({ address }) => address));
  const load = new Load([balancer.address], site.ground).start(3);
  const codes = new Set<number | null>();
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    const one = processes[restart % 2] as Kept;
    codes.add((await one.again('SIGTERM')).code);
    await one.ready();
    await untilReady(one.address);
    // The balancer looks ten times a second.
    await pause(300);
  }
  await load.stop();
  await untilDone(site);
  await balancer.end();
  const lost = await lostOf(site, load);
  say('rolling restarts', { ...load.figures(), restarts: RESTARTS, lost });
  expect(codes).toEqual(new Set([0]));
  expect([load.faults, load.broken, [...load.excuses], balancer.refused()]).toEqual([[], 0, [], 0]);
  expect(lost).toEqual(NOTHING_LOST);
  expect(load.acknowledged.length).toBeGreaterThan(20);
});

test('while it drains, a process answers, is not ready, and asks for its connections to be closed', async () => {
  const one = await site.keep(['serve', '--no-workers'], { DRAIN_SECONDS: DRAIN });
  const open = await fetch(`${one.address}/health/ready`);
  expect([open.status, open.headers.get('connection')]).toEqual([200, 'keep-alive']);
  const ended = one.end('SIGTERM');
  await pause(500);
  const answers = await Promise.all(
    ['/health/ready', '/health/live', '/v1/me'].map(async (path) => {
      const headers = { authorization: `Bearer ${site.ground.administrator}` };
      const { status, headers: given } = await fetch(`${one.address}${path}`, { headers });
      return [path, status, given.get('connection'), given.get('retry-after')];
    }),
  );
  expect(answers).toEqual([
    ['/health/ready', 503, 'close', '5'],
    ['/health/live', 200, 'close', null],
    ['/v1/me', 200, 'close', null],
  ]);
  expect((await ended).code).toBe(0);
});

describe('migrating a large table under load', () => {
  let load: Load;
  let processes: Kept[];

  beforeAll(async () => {
    await site.database.sql(
      `insert into outbox_message (job, payload, actor_id, request_id, handed_at, started_at, finished_at)
       select 'make-export', '{}', 'test', 'test', now(), now(), now() from generate_series(1, ${ROWS})`,
    );
    processes = [await site.keep(['serve'])];
    load = new Load([processes[0]?.address as string], site.ground);
  });

  test('gives way to a long reading instead of having everybody wait behind it, and gives no 5xx', async () => {
    const reader = new pg.Client(site.database.superuserUrl);
    await reader.connect();
    await reader.query('begin; set search_path = exemplar; select count(*) from outbox_message');
    load.start(3);
    await pause(1_000);
    const began = performance.now();
    const migrating = migrate(site.database.ownerUrl, await moreMigrations(site.folder));
    await pause(READING_MS);
    await reader.end();
    expect(await migrating).toEqual([expect.stringMatching(/^urgency/), expect.stringMatching(/^waves/)]);
    const migrationMs = Math.round(performance.now() - began);
    await load.stop();
    await untilDone(site);
    const slowestMs = Math.round(Math.max(...load.times));
    say('migration under load', { ...load.figures(), rows: ROWS, migrationMs, slowestMs });
    expect([load.faults, load.broken, [...load.excuses]]).toEqual([[], 0, []]);
    expect(migrationMs).toBeGreaterThan(READING_MS);
    expect(slowestMs).toBeLessThan(READING_MS);
    expect(await lostOf(site, load)).toEqual(NOTHING_LOST);
  });

  test('has filled in what was there, and holds for what comes', async () => {
    const [{ unfilled, valid }] = (await site.database.sql(
      `select (select count(*)::int from outbox_message where wave is null and payload = '{}') as unfilled,
         (select bool_and(indisvalid) from pg_index where indrelid = 'outbox_message'::regclass)
           and (select bool_and(convalidated) from pg_constraint where conrelid = 'outbox_message'::regclass) as valid`,
    )) as [{ unfilled: number; valid: boolean }];
    expect([unfilled, valid]).toEqual([0, true]);
  });
});
