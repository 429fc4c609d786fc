import { cleanUp } from './support/commands.js';
import { balance } from './support/faults-balancer.js';
import { Load } from './support/faults-load.js';
import { countEffects, lostOf, NOTHING_LOST, untilDone } from './support/faults-proof.js';
import { type Kept, pause, type Site, say, standSite, untilReady } from './support/faults-site.js';

import.meta.jest.setTimeout(600_000);

/** In `npm test` there are fewer: each takes a start of the program. */
const RESTARTS = process.env.FAULT_SECONDS ? 20 : 6;

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
  const load = new Load([balancer.address], site.ground).start(6);
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
  expect([load.faults, load.broken, load.unavailable, balancer.refused()]).toEqual([[], 0, 0, 0]);
  expect(lost).toEqual(NOTHING_LOST);
  expect(load.acknowledged.length).toBeGreaterThan(50);
});

test('while it drains, a process answers, is not ready, and asks for its connections to be closed', async () => {
  const one = await site.keep(['serve', '--no-workers'], { DRAIN_SECONDS: '3' });
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
