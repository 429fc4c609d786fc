// What each process of several costs while it is idle, what a trust's quarter leaves in the database, and what the queue
// carries on either backend with one worker and with three.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findRedis, startRedis } from '../scripts/redis-server.js';
import { startTopology } from '../scripts/topology.js';
import { run, TODAY } from './support/database.js';
import { ask, end, start } from './support/processes.js';
import { alternate, line, median, ratioOf, title } from './support/rounds.js';

const MESSAGES = 1_000;
const ROUNDS = 2;
const CONCURRENCY = 4;
const NO_OPS = `insert into outbox_message (job, payload, actor_id, request_id)
  select 'do-nothing', '{}', 'bench', 'bench' from generate_series(1, $1::int)`;
const STATE = `select count(*)::int as sent, count(finished_at)::int as done,
    extract(epoch from max(finished_at) - min(created_at))::float8 as seconds
  from outbox_message where created_at >= $1`;

export async function scale({ create, large }) {
  await sizes(await large());
  await processes();
  await queues(create);
}

/** What a thousand trusts with ten years of returns take, without the log, which generated rows are not in. */
async function sizes({ superuserUrl }) {
  title('1,000 trusts, 40 periods: what their rows take, with their indexes');
  const [{ returns }] = await run(superuserUrl, 'select count(*)::int as returns from progress_report');
  for (const { name, rows: count, bytes } of await run(superuserUrl, TABLES))
    line(`${name}, ${count.toLocaleString('en')} rows`, `${Math.round(bytes / returns)} bytes a return`);
  const [{ bytes }] = await run(superuserUrl, 'select pg_database_size(current_database())::float8 as bytes');
  line('all of the database', `${Math.round(bytes / 1e6)} MB, ${Math.round(bytes / returns)} bytes a return`);
}

const TABLES = `select relname as name, greatest(reltuples, 0)::int as rows, pg_total_relation_size(c.oid)::float8 as bytes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'exemplar'
  where relkind = 'r' order by bytes desc limit 5`;

/** The topology with the demonstration, at rest. */
async function processes() {
  title('Two processes that answer and three that work, with the demonstration, at rest');
  const topology = await startTopology();
  const database = new pg.Client({ connectionString: topology.database.superuserUrl });
  try {
    await database.connect();
    await database.query('set search_path = exemplar');
    await delay(5_000);
    for (const [what, all] of [
      ['answers', topology.apis],
      ['works', topology.workers],
    ])
      line(`memory of one that ${what}`, `${Math.round(median(all.map(({ pid }) => megabytes(pid))))} MB`);
    for (const { kind, n } of await rows(database, CONNECTIONS)) line(`connections, ${kind}`, String(n));
    const [counted] = await rows(database, LEFT);
    for (const [what, value] of Object.entries(counted)) line(what, String(value));
  } finally {
    await database.end();
    await topology.stop();
  }
}

const CONNECTIONS = `select application_name as kind, count(*)::int as n from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() group by 1 order by 1`;
/** Journals and tables of the definition are there too: it is what all of the demonstration left, by its returns. */
const LEFT = `with size as (
    select n.nspname as schema, sum(pg_total_relation_size(c.oid)) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('exemplar', 'past', 'bullmq') and c.relkind = 'r' group by 1),
  log as (select count(*) as entries, pg_total_relation_size('log_entry') as bytes from log_entry),
  returns as (select count(*) as n from report_version where accepted_at is not null)
  select (select n from returns)::int as "accepted versions of returns",
    (select entries from log)::int as "entries of the log",
    (select round(bytes / entries) from log)::int as "bytes an entry, with its indexes",
    (select count(*) from log_entry where table_name in ('progress_report', 'report_version', 'report_finding',
       'report_query', 'measurement', 'progress', 'programme_progress', 'reported_spend', 'delivery_confidence'))::int
      as "entries of returns and progress",
    (select pg_size_pretty(sum(bytes)) from size) as "all of it",
    (select pg_size_pretty(bytes) from size where schema = 'past') as "of that, the past"`;

const rows = async (client, text) => (await client.query(text)).rows;
const megabytes = (pid) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;

/** Messages of a job that does nothing, on either backend, with one worker process and with three. */
async function queues(create) {
  title(
    `${MESSAGES.toLocaleString('en')} messages of a job that does nothing, ${CONCURRENCY} at once in each process`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'exemplar-bench-redis-'));
  const redis = findRedis() ? await startRedis(folder) : undefined;
  try {
    const kinds = { 'PostgreSQL, 1 process': [1, {}], 'PostgreSQL, 3 processes': [3, {}] };
    if (redis)
      Object.assign(kinds, {
        'Redis, 1 process': [1, { REDIS_URL: redis.url, REDIS_PREFIX: 'one' }],
        'Redis, 3 processes': [3, { REDIS_URL: redis.url, REDIS_PREFIX: 'three' }],
      });
    const rounds = {};
    const started = [];
    for (const [name, [count, settings]] of Object.entries(kinds)) {
      const database = await create(`scale_${name.replaceAll(/\W+/g, '_').toLowerCase()}`);
      const children = await workersOf(database, count, settings);
      started.push(...children);
      rounds[name] = () => carried(database);
    }
    const rates = await alternate(rounds, ROUNDS);
    await Promise.all(started.map(end));
    for (const name of Object.keys(kinds)) {
      const perSecond = Math.round(median(rates[name].map((rate) => rate.perSecond)));
      line(
        name,
        `${ratioOf(rates[name], rates['PostgreSQL, 1 process'], ({ perSecond: rate }) => rate)}, ${perSecond} a second`,
      );
    }
  } finally {
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function workersOf(database, count, redis) {
  const children = Array.from({ length: count }, () => start('./worker-process.js'));
  await Promise.all(
    children.map((child) => ask(child, { ...database, concurrency: CONCURRENCY, today: TODAY, redis })),
  );
  return children;
}

/** Writes messages and waits until all are done. @returns how many a second */
async function carried(database) {
  const [{ now }] = await run(database.superuserUrl, 'select clock_timestamp()::text as now');
  await run(database.superuserUrl, NO_OPS, [MESSAGES]);
  // The trigger that wakes the relay is off here, with all others.
  await run(database.superuserUrl, `notify exemplar_outbox, ''`);
  for (;;) {
    await delay(100);
    const [state] = await run(database.superuserUrl, STATE, [now]);
    if (state.done < MESSAGES) continue;
    return { perSecond: state.sent / state.seconds };
  }
}
