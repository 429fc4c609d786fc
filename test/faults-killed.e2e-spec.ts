import { cleanUp } from './support/commands.js';
import { Load } from './support/faults-load.js';
import { countEffects, lostOf, NOTHING_LOST, untilDone, verified } from './support/faults-proof.js';
import { FAULT_MS, type Kept, pause, type Site, say, standSite, untilReady } from './support/faults-site.js';

import.meta.jest.setTimeout(240_000 + 2 * FAULT_MS);

const LEAST_KILLS = 4;

let site: Site;
let processes: Kept[];
const addresses = () => processes.slice(0, 2).map(({ address }) => address);

beforeAll(async () => {
  site = await standSite();
  await countEffects(site);
  processes = await Promise.all([
    site.keep(['serve', '--no-workers']),
    site.keep(['serve', '--no-workers']),
    site.keep(['work']),
    site.keep(['work']),
  ]);
});
afterAll(async () => {
  await site?.end();
  await cleanUp();
});

test('API and workers are killed at random: what was acknowledged is there once, and each message had one effect', async () => {
  const load = new Load(addresses(), site.ground).start(8);
  const end = performance.now() + FAULT_MS;
  let kills = 0;
  while (performance.now() < end || kills < LEAST_KILLS) {
    const victim = processes[Math.floor(Math.random() * processes.length)] as Kept;
    // One in four is killed wherever it is, also in the midst of its start; the others at work.
    if (kills % 4 > 0) await victim.ready();
    await pause(Math.random() * 1_500);
    await victim.again('SIGKILL');
    kills += 1;
  }
  await Promise.all(processes.map((one) => one.ready()));
  await load.stop();
  await untilDone(site);
  const lost = await lostOf(site, load);
  say('killed', { ...load.figures(), kills, lost });
  expect(load.faults).toEqual([]);
  expect(lost).toEqual(NOTHING_LOST);
  expect(load.acknowledged.length).toBeGreaterThan(20);
});

test('PostgreSQL is stopped in immediate mode: processes live, say to come back, and are healthy soon', async () => {
  const load = new Load(addresses(), site.ground).start(8);
  await pause(FAULT_MS / 4);
  const [api] = addresses() as [string, string];
  const pids = processes.map(({ pid }) => pid);
  await site.crash();
  const answers = await Promise.all(
    [
      ...['/v1/me', '/health/ready'].map((path) => ({ path, accept: 'application/json' })),
      ...['/progress', '/open-data'].map((path) => ({ path, accept: 'text/html' })),
    ].map(async ({ path, accept }) => {
      const headers = { accept, authorization: `Bearer ${site.ground.administrator}` };
      const answer = await fetch(`${api}${path}`, { headers });
      return `${path} ${answer.status} ${answer.headers.get('retry-after')} ${answer.headers.get('content-type')}`;
    }),
  );
  const live = (await fetch(`${api}/health/live`)).status;
  await pause(Math.max(1_000, FAULT_MS / 6));
  await site.recover();
  const healthyMs = Math.max(...(await Promise.all(addresses().map((address) => untilReady(address)))));
  await pause(FAULT_MS / 4);
  await load.stop();
  await untilDone(site);
  const lost = await lostOf(site, load);
  say('postgres stopped in immediate mode', { ...load.figures(), healthyMs, lost });
  expect(live).toBe(200);
  expect(answers).toEqual([
    '/v1/me 503 5 application/problem+json; charset=utf-8',
    '/health/ready 503 5 application/problem+json; charset=utf-8',
    '/progress 503 5 text/html; charset=utf-8',
    '/open-data 503 5 text/html; charset=utf-8',
  ]);
  expect(processes.map(({ pid, alive }) => alive && pid)).toEqual(pids);
  expect(load.faults).toEqual([]);
  expect(lost).toEqual(NOTHING_LOST);
  expect(load.unavailable).toBeGreaterThan(0);
});

test('after all of it, the log has no gap, the tree its roots, and the ledger its balances', async () => {
  const { code, said } = await verified(site);
  expect([code, said]).toEqual([0, expect.stringContaining('accounts and tranches agree with')]);
});
