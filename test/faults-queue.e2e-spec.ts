import { Redis } from 'ioredis';
import { findRedis, startRedis } from '../scripts/redis-server.js';
import { cleanUp } from './support/commands.js';
import { ask, Load } from './support/faults-load.js';
import { countEffects, lostOf, NOTHING_LOST, untilDone } from './support/faults-proof.js';
import { FAULT_MS, type Kept, pause, type Site, say, standSite } from './support/faults-site.js';
import { until } from './support/queue-application.js';
import { SLUG } from './support/returns.js';

import.meta.jest.setTimeout(240_000 + 2 * FAULT_MS);

const found = findRedis() !== undefined;
if (!found)
  process.stderr.write('Skipped: a queue on Redis that is emptied, because there is no redis-server.\n');
const withRedis = found ? test : test.skip;

let site: Site;
beforeAll(async () => {
  site = await standSite();
  await countEffects(site);
});
afterAll(async () => {
  await site?.end();
  await cleanUp();
});

/**
 * Empties the queue again and again under load. What it had is handed over again after a minute; the messages are made
 * a minute older, so that the test need not wait for it.
 */
async function emptied(
  what: string,
  env: Record<string, string>,
  empty: () => Promise<unknown>,
): Promise<void> {
  const processes: Kept[] = [await site.keep(['serve', '--no-workers'], env), await site.keep(['work'], env)];
  const load = new Load([processes[0]?.address as string], site.ground).start(4);
  let times = 0;
  for (const end = performance.now() + FAULT_MS; performance.now() < end; times += 1) {
    await pause(1_000 + Math.random() * 1_000);
    await empty();
  }
  await load.stop();
  // A last time, with messages that are surely in it.
  await empty();
  const [{ taken }] = (await site.database.sql(
    `with older as (update outbox_message
       set handed_at = handed_at - interval '1 minute', started_at = started_at - interval '1 minute'
       where finished_at is null and handed_at is not null returning 1)
     select count(*)::int as taken from older`,
  )) as [{ taken: number }];
  await untilDone(site);
  const pids = processes.map(({ alive }) => alive);
  for (const one of processes) await one.end('SIGTERM');
  const lost = await lostOf(site, load);
  say(what, { ...load.figures(), times, unfinishedAtTheLast: taken, lost });
  expect([load.faults, load.broken]).toEqual([[], 0]);
  expect(pids).toEqual([true, true]);
  expect(lost).toEqual(NOTHING_LOST);
}

test('the queue on PostgreSQL is emptied under load: every message has its effect once', () =>
  emptied('queue on PostgreSQL emptied', {}, () =>
    site.database.sql(
      'truncate bullmq.job, bullmq.job_dependency, bullmq.job_log, bullmq.event, bullmq.dedup, bullmq.dedup_next',
    ),
  ));

withRedis(
  'the queue on Redis is emptied by FLUSHALL under load: every message has its effect once',
  async () => {
    const redis = await startRedis(site.folder);
    const client = new Redis(redis.url);
    try {
      await emptied('queue on Redis emptied', { REDIS_URL: redis.url }, () => client.flushall());
    } finally {
      client.disconnect();
      await redis.stop();
    }
  },
);

test('a job that can never succeed holds nothing else up, is seen, and is done once its cause is mended', async () => {
  const one = await site.keep(['serve']);
  const { administrator, auditor } = site.ground;
  const request = async (list: string): Promise<{ id: string; receipt: string }> => {
    const answer = await ask(one.address, {
      ...{ method: 'POST', path: '/v1/exports', key: auditor, body: { list, format: 'ndjson' } },
      headers: { 'idempotency-key': `poison ${Math.random()}`.replaceAll(' ', '-') },
    });
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    return JSON.parse(answer.text);
  };
  const stateOf = async (id: string): Promise<string> => {
    const answer = await ask(one.address, { path: `/v1/receipts/${id}`, key: auditor });
    return JSON.parse(answer.text).state;
  };
  // Whatever is done with this one breaks: its row cannot be changed.
  await site.database.sql(`create function poison() returns trigger language plpgsql as
      $$ begin raise exception 'this row cannot be changed'; end $$;
    create trigger poison before update on export for each row when (old.list like '%milestones%')
      execute function poison()`);
  const poison = await request(`/v1/programmes/${SLUG}/milestones`);
  const others = await Promise.all(
    Array.from({ length: 10 }, () => request(`/v1/programmes/${SLUG}/projects`)),
  );
  for (const { receipt } of others)
    await until(
      () => stateOf(receipt),
      (state) => state === 'done',
      30_000,
    );
  // It would be tried for four minutes: all but its last attempt are taken from it.
  await site.database.sql('update outbox_message set attempts = 7 where id = $1', [poison.receipt]);
  await until(
    () => stateOf(poison.receipt),
    (state) => state === 'failed',
    60_000,
  );
  const jobs = await ask(one.address, { path: '/v1/jobs?state=failed', key: administrator });
  expect(JSON.parse(jobs.text).items).toEqual([
    expect.objectContaining({ id: poison.receipt, attempts: 8, error: 'this row cannot be changed' }),
  ]);
  await site.database.sql('drop trigger poison on export');
  const replayed = await ask(one.address, {
    ...{ method: 'POST', path: `/v1/jobs/${poison.receipt}/replay`, key: administrator, body: {} },
    headers: { 'idempotency-key': 'replay-of-the-poison' },
  });
  expect(replayed.status).toBeLessThan(300);
  await until(
    () => stateOf(poison.receipt),
    (state) => state === 'done',
    30_000,
  );
});
