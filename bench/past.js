// A trust's page as at a moment against the same page now, and how fast the past is made of the log: 1,000 trusts,
// 40 periods, a log of a million entries.
import { createHash, randomBytes } from 'node:crypto';
import { run, SLUG } from './support/database.js';
import { end } from './support/processes.js';
import { answerOf, serverOn, underLoad } from './support/reading.js';
import { line, median, ratioOf, title } from './support/rounds.js';

const ENTRIES = 1_000_000;
const TRUST = 'X00008';

const TABLES = `select tgrelid::regclass::text as name from pg_trigger where tgname = 'record_change' order by 1`;

/** Entries of a table's rows, each as it is: what the log would hold had they been written one by one. */
const entriesOf = (table, operation) => `
  insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, trust_id, actor_id, action, leaf)
  select e.number, e.at, '1', '${operation}', '${table}', e.id, e.trust_id, 'system:bench', 'bench.seed', json_build_object(
    'number', e.number, 'recordedAt', e.at, 'transaction', '1', 'operation', '${operation}', 'table', '${table}',
    'subject', e.id, 'trust', e.trust_id, 'actor', json_build_object('id', 'system:bench', 'name', 'Exemplar (bench)', 'role', 'system'),
    'action', 'bench.seed', 'reason', null, 'request', null, 'old', null,
    'new', ${operation === 'delete' ? 'null' : 'e.image'})::text
  from (select last.number + row_number() over () as number, clock_timestamp() as at, t.id, (to_jsonb(t) ->> 'trust_id')::uuid as trust_id,
      to_jsonb(t) as image from ${table} t, (select max(number) as number from log_entry) last) e`;

/** What was there before the rows were generated, and is not any more. */
const gone = (table) => `
  insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, trust_id, actor_id, action, leaf)
  select last.number + row_number() over (), clock_timestamp(), '1', 'delete', table_name, subject_id, trust_id, 'system:bench', 'bench.seed', '{}'
  from (select distinct table_name, subject_id, trust_id from log_entry where table_name = '${table}'
      and subject_id not in (select id from ${table})) d, (select max(number) as number from log_entry) last`;

const INSTANT =
  'select to_json(clock_timestamp()) #>> array[]::text[] as at, max(number)::int as number from log_entry';

/** Writes the log of a database that was filled past it. @returns a moment in the middle of it */
async function writeLog({ superuserUrl }) {
  const tables = (await run(superuserUrl, TABLES)).map(({ name }) => name);
  for (const table of tables) {
    await run(superuserUrl, gone(table));
    await run(superuserUrl, entriesOf(table, 'update'));
  }
  const [half] = await run(superuserUrl, INSTANT);
  for (let last = half.number; last < ENTRIES; [{ number: last }] = await run(superuserUrl, INSTANT))
    for (const table of ['progress', 'milestone', 'award_line'])
      await run(superuserUrl, entriesOf(table, 'update'));
  await run(
    superuserUrl,
    'update log_head set last_number = (select max(number) from log_entry), last_recorded_at = clock_timestamp()',
  );
  return half.at;
}

/** A programme manager's cookie. */
async function signIn({ superuserUrl }) {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await run(
    superuserUrl,
    `with p as (insert into person (name, role) values ('A manager', 'programme-manager') returning id),
       s as (insert into sign_in (person_id, issuer, signed_in_at) select id, 'bench', now() from p returning id, person_id)
     insert into web_session (sign_in_id, person_id, token_hash, csrf_secret, rotated_at, seen_at, created_at, expires_at)
     select id, person_id, $1, 'bench', now(), now(), now(), now() + interval '1 day' from s`,
    [hash],
  );
  return `__Host-exemplar=${token}`;
}

const seconds = async (work) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

export async function past({ large, key }) {
  title('The past, of a log with a million entries');
  const database = await large();
  const half = await writeLog(database);
  const [{ number }] = await run(database.superuserUrl, INSTANT);
  const took = await seconds(() => run(database.superuserUrl, 'select bring_past_to($1)', [number]));
  line(
    'entries taken into the past a second, here',
    `${Math.round(number / took)} (${number} in ${took.toFixed(0)} s)`,
  );
  await run(database.superuserUrl, 'vacuum (analyze)');
  const server = { ...(await serverOn('app', database, key)), cookie: await signIn(database) };
  const page = `/programmes/${SLUG}/trusts/${TRUST}`;
  const [{ at: now }] = await run(database.superuserUrl, INSTANT);
  const asAt = (moment) => `${page}?asAt=${encodeURIComponent(moment)}`;
  const figures = async (path) =>
    (await answerOf(server, `${path}${path.includes('?') ? '&' : '?'}download=progress-history`)).trim();
  if ((await figures(page)) !== (await figures(asAt(half)))) throw new Error('The past is not what it was');
  const rounds = await underLoad({
    present: { server, path: page },
    past: { server, path: asAt(now) },
    half: { server, path: asAt(half) },
  });
  await end(server.child);
  const rate = (round) => round.perSecond;
  line(
    "a trust's page as at a moment ago / now, time (at most 5)",
    ratioOf(rounds.present, rounds.past, rate),
  );
  line(
    '  as at half a million entries ago / now, time (at most 5)',
    ratioOf(rounds.present, rounds.half, rate),
  );
  line(
    '  processor time, as at half a million ago / now',
    ratioOf(rounds.half, rounds.present, (round) => round.processorMs),
  );
  line(
    '  here, pages a second: now; as at half a million ago',
    `${Math.round(median(rounds.present.map(rate)))}; ${Math.round(median(rounds.half.map(rate)))}`,
  );
}
