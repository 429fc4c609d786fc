import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { queueSettings } from './support/queue-backend.js';
import { castFor, completed, eventually, read, reportId, SLUG, save, step } from './support/returns.js';

const TRUSTS = ['RWX', 'RXT', 'RW4', 'RX4', 'RNU', 'RV5', 'R1A'];
const EXEMPLAR = fileURLToPath(new URL('../bin/exemplar.js', import.meta.url));
let app: TestApp;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  app = await startTestApp({ work: false, env: { EXEMPLAR_TODAY: '2017-07-15' } });
  const order = { actor: systemActor('test', 'test'), action: 'reporting-period.open' };
  await app.app
    .get(UnitOfWork, { strict: false })
    .run(order, (tx) => app.app.get(ReportingService, { strict: false }).openDue(tx));
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await app?.stop();
});

/** A process of its own that works off the queue, and nothing else. */
function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [EXEMPLAR, 'work'], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      ...queueSettings(app.database.url),
      DATABASE_URL: app.database.url,
      DATABASE_OWNER_URL: app.database.ownerUrl,
      DATABASE_POOL: '4',
      WORKER_CONCURRENCY: '2',
      LOG_LEVEL: 'silent',
    },
  });
  workers.push(worker);
  return worker;
}

test('workers killed in the midst of assessing and computing leave each return assessed once, and the sums right', async () => {
  const assessor = await app.as('assessor');
  const ids: string[] = [];
  for (const trust of TRUSTS) {
    const cast = await castFor(app, trust);
    const id = await reportId(app, cast.lead, trust, '2017/18 Q1');
    await save(app, cast.lead, id, await completed(app, cast.lead, await read(app, cast.lead, id), 30));
    await step(app, cast.director, id, 'certification');
    expect((await step(app, cast.lead, id, 'submission')).status).toBe(202);
    ids.push(id);
  }
  const killer = (async () => {
    for (let i = 0; i < 3; i += 1) {
      const worker = startWorker();
      await eventually(async () => ((await started()) > i || (await unfinished()) === 0 ? true : undefined));
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
  })();
  await killer;
  startWorker();
  await eventually(async () => ((await unfinished()) === 0 ? true : undefined));

  for (const id of ids) {
    const report = await read(app, assessor, id);
    expect(report).toMatchObject({ state: 'submitted', current: { assessment: 'finished' } });
    const entries = await app.database.sql(
      `select from log_entry where action = 'assess-return' and table_name = 'progress_report' and subject_id = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
    expect((await step(app, assessor, id, 'acceptance')).status).toBe(200);
  }
  await eventually(async () => ((await unfinished()) === 0 ? true : undefined));
  const { body } = await app.request('get', `/v1/programmes/${SLUG}/progress`, assessor).expect(200);
  expect(body.figures[0].selfReported).toMatchObject({
    score: { percent: 30 },
    trustsReported: 7,
    trustsCarriedForward: 0,
  });
});

async function unfinished(): Promise<number> {
  const rows = await app.database.sql('select from outbox_message where finished_at is null');
  return rows.length;
}

async function started(): Promise<number> {
  return (await app.database.sql('select from outbox_message where started_at is not null')).length;
}
