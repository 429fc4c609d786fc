// Submitted returns taken through assessment, against the very statements of it by pgbench on a copy of the database.
import { HAND_OVER, worked } from './assess.js';
import { run, TODAY } from './support/database.js';
import { ask, end, start } from './support/processes.js';
import { line, median, title, WARM_UPS } from './support/rounds.js';
import { seed } from './support/seed.js';
import { hasPgbench, replayed } from './support/transactions.js';

const TRUSTS = 250;
const ACCEPTED_PERIODS = 4;
const ROUNDS = 5;
const CONCURRENCY = 8;

/** The messages of a round as they were before anybody worked on them, with their receipts. */
const MESSAGES = `select m.id, m.job, m.payload, m.trust_id, m.actor_id, m.request_id, m.created_at, m.handed_at, m.handings
  from outbox_message m where m.created_at >= $1`;
const SAME_MESSAGES = `with sent as (
    insert into outbox_message (id, job, payload, trust_id, actor_id, request_id, created_at, handed_at, handings)
    select id, job, payload, trust_id, actor_id, request_id, created_at, handed_at, handings
    from jsonb_populate_recordset(null::outbox_message, $1::jsonb) returning id, payload)
  update report_version v set receipt_id = s.id from sent s where v.report_id = (s.payload ->> 'reportId')::uuid and v.number = 1`;
const OUTCOME = `select count(*) filter (where v.assessed_at is not null)::int as assessed,
    (select count(*)::int from finding) as findings from report_version v where v.receipt_id is not null`;

export async function replay({ create }) {
  title(
    `Assessment by the queue / its own statements by pgbench, ${CONCURRENCY} at once, ${TRUSTS} returns a round`,
  );
  if (!(await hasPgbench())) return line('skipped', 'pgbench is not installed (Debian: postgresql-contrib)');
  const database = await create('replay_worked');
  const periods = ACCEPTED_PERIODS + ROUNDS + WARM_UPS;
  await seed(database, { trusts: TRUSTS, periods, submitted: ROUNDS + WARM_UPS });
  const copy = await create('replay_copy', database.name);
  const child = start('./worker-process.js');
  await ask(child, { ...database, concurrency: CONCURRENCY, today: TODAY, record: true });
  const rounds = [];
  for (let round = 0; round < ROUNDS + WARM_UPS; round += 1) {
    const { perSecond, now } = await worked(database, HAND_OVER, [ACCEPTED_PERIODS + round]);
    const { transactions } = await ask(child, { take: true });
    const messages = await run(database.superuserUrl, MESSAGES, [now]);
    await run(copy.superuserUrl, SAME_MESSAGES, [JSON.stringify(messages)]);
    const seconds = await replayed(copy.url, transactions, CONCURRENCY);
    if (round >= WARM_UPS) rounds.push({ worked: perSecond, plain: messages.length / seconds });
  }
  await end(child);
  const [[done], [same]] = await Promise.all(
    [database, copy].map(({ superuserUrl }) => run(superuserUrl, OUTCOME)),
  );
  if (done.assessed !== TRUSTS * (ROUNDS + WARM_UPS) || JSON.stringify(done) !== JSON.stringify(same))
    throw new Error(`They did not do the same: ${JSON.stringify({ done, same })}`);
  const ratios = rounds.map((each) => each.worked / each.plain);
  line(
    'returns assessed, speed',
    `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
  line(
    'here: by the queue; by pgbench',
    ['worked', 'plain']
      .map((name) => `${Math.round(median(rounds.map((each) => each[name])))} a second`)
      .join('; '),
  );
}
