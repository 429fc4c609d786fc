// Submitted returns taken through assessment, against jobs that do nothing through the same queue and worker, and
// against BullMQ by itself.
import { setTimeout as delay } from 'node:timers/promises';
import { run, TODAY } from './support/database.js';
import { ask, end, start } from './support/processes.js';
import { alternate, line, median, ratioOf, title, WARM_UPS } from './support/rounds.js';
import { seed } from './support/seed.js';

const TRUSTS = 250;
const ACCEPTED_PERIODS = 4;
const ROUNDS = 4;
const CONCURRENCY = 8;

/** One message for each return of a period that is submitted, with the receipt in its version. */
export const HAND_OVER = `with sent as (
    insert into outbox_message (job, payload, trust_id, actor_id, request_id)
    select 'assess-return', json_build_object('reportId', r.id, 'version', 1), r.trust_id, 'bench', 'bench'
    from progress_report r join reporting_period t on t.id = r.period_id where r.state = 'submitted'
      and t.ends_on = (select ends_on from reporting_period order by ends_on offset $1 limit 1)
    returning id, payload)
  update report_version v set receipt_id = s.id from sent s where v.report_id = (s.payload ->> 'reportId')::uuid`;
const NO_OPS = `insert into outbox_message (job, payload, actor_id, request_id)
  select 'do-nothing', '{}', 'bench', 'bench' from generate_series(1, $1::int)`;
const STATE = `select count(*)::int as sent, count(finished_at)::int as done, count(failed_at)::int as failed,
    extract(epoch from max(finished_at) - min(created_at))::float8 as seconds
  from outbox_message where created_at >= $1`;

/** Writes messages and waits until all are done. @returns how many a second, from their writing to the last one's end; and when they were written */
export async function worked(database, text, values) {
  const [{ now }] = await run(database.superuserUrl, 'select clock_timestamp()::text as now');
  await run(database.superuserUrl, text, values);
  // The trigger that wakes the relay is off here, with all others; the relay also looks once a second.
  await run(database.superuserUrl, `notify exemplar_outbox, ''`);
  for (;;) {
    await delay(100);
    const [state] = await run(database.superuserUrl, STATE, [now]);
    if (state.failed > 0) throw new Error(`${state.failed} jobs failed`);
    if (state.sent > 0 && state.done === state.sent) return { perSecond: state.sent / state.seconds, now };
  }
}

export async function assess({ create }) {
  const database = await create('assess');
  const periods = ACCEPTED_PERIODS + ROUNDS + WARM_UPS;
  await seed(database, { trusts: TRUSTS, periods, submitted: ROUNDS + WARM_UPS });
  const child = start('./worker-process.js');
  await ask(child, { ...database, concurrency: CONCURRENCY, today: TODAY });
  const rates = await alternate(
    {
      assessed: (round) => worked(database, HAND_OVER, [ACCEPTED_PERIODS + WARM_UPS - 1 + round]),
      noOp: () => worked(database, NO_OPS, [4 * TRUSTS]),
      bare: async () => ({ perSecond: (4 * TRUSTS) / (await ask(child, { bareJobs: 4 * TRUSTS })).seconds }),
    },
    ROUNDS,
  );
  await end(child);
  report(rates, await outcome(database));
}

async function outcome({ superuserUrl }) {
  const [counts] = await run(
    superuserUrl,
    `select count(*)::int as assessed, (select count(*)::int from finding f where exists (select from report_version v
        where v.id = f.report_version_id and v.receipt_id is not null)) as findings
     from report_version where receipt_id is not null and assessed_at is not null`,
  );
  if (counts.assessed !== TRUSTS * (ROUNDS + WARM_UPS))
    throw new Error(`Only ${counts.assessed} returns were assessed`);
  return counts;
}

function report({ assessed, noOp, bare }, { findings }) {
  const rate = ({ perSecond }) => perSecond;
  const perSecond = (rates) => `${Math.round(median(rates.map(rate)))} a second`;
  title(
    `Assessment by the queue on PostgreSQL, ${CONCURRENCY} at once, ${ROUNDS} rounds of ${TRUSTS} returns`,
  );
  line('returns assessed / jobs that do nothing, through outbox and relay', ratioOf(assessed, noOp, rate));
  line("returns assessed / BullMQ's own jobs that do nothing", ratioOf(assessed, bare, rate));
  line("jobs that do nothing, through outbox and relay / BullMQ's own", ratioOf(noOp, bare, rate));
  line(
    'here: returns assessed; jobs of ours; jobs of BullMQ',
    [assessed, noOp, bare].map(perSecond).join('; '),
  );
  line('findings that a return had', (findings / (TRUSTS * (ROUNDS + WARM_UPS))).toFixed(1));
}
