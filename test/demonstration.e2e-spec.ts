import { demonstrationPlan } from '../src/cli/demonstration-plan.js';
import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';

/** What goes by the database's own clock wherever it runs: keys, sign-ins, checks and exports of the machine, and moments of the log. */
const BY_THE_CLOCK = [
  ...['api_key', 'sign_in', 'person', 'ledger_check', 'export', 'audit_read', 'checkpoint'],
  'scenario.as_at',
];

let app: TestApp;
const { today, days, trusts } = demonstrationPlan();

beforeAll(async () => {
  app = await startDemonstration();
}, 120_000);
afterAll(() => app?.stop());

test('whatever it wrote down is of a day that it played, or stands at', async () => {
  const columns = await app.database.sql<{ tbl: string; col: string }>(
    `select c.relname as tbl, a.attname as col from pg_trigger t
     join pg_class c on c.oid = t.tgrelid join pg_attribute a on a.attrelid = c.oid
     where t.tgname = 'record_change' and a.atttypid = 'timestamptz'::regtype and not a.attisdropped
     order by c.relname, a.attnum`,
  );
  const looked = columns.filter(
    ({ tbl, col }) => !BY_THE_CLOCK.includes(tbl) && !BY_THE_CLOCK.includes(`${tbl}.${col}`),
  );
  const later: string[] = [];
  for (const { tbl, col } of looked) {
    const [found] = await app.database.sql<{ last: string | null }>(
      `select (max(${col}) at time zone 'Europe/London')::date::text as last from ${tbl}`,
    );
    if (found?.last && found.last > today) later.push(`${tbl}.${col} ${found.last}`);
  }
  expect(looked.length).toBeGreaterThan(30);
  expect(later).toEqual([]);
});

test('a return is as old as its days say, and the queue works on the day on which it is asked to', async () => {
  const rows = await app.database.sql<
    Record<'ods' | 'submitted' | 'assessed' | 'accepted' | 'queries', number>
  >(
    `select o.ods_code as ods, ${['submitted', 'assessed', 'accepted']
      .map((step) => `((v.${step}_at at time zone 'Europe/London')::date - t.ends_on) as ${step}`)
      .join(', ')}
     from report_version v join progress_report r on r.id = v.report_id
     join reporting_period t on t.id = r.period_id join organisation o on o.id = r.trust_id
     where r.state = 'accepted'`,
  );
  expect(rows.length).toBeGreaterThan(28);
  for (const { ods, ...row } of rows) {
    const pace = trusts.find((trust) => trust.ods === String(ods))?.pace as number;
    const submitted = Math.round(pace * days.return.submit);
    const accepted = submitted + days.return.review - days.return.submit;
    expect(row).toEqual({ submitted, assessed: submitted, accepted });
  }
});

test('PM 7: claims that wait have waited since the day on which they came', async () => {
  const key = await app.as('programme-manager');
  const { body } = await app.request('get', '/v1/claims?awaiting=me', key).expect(200);
  const ages = body.items.map(({ stateSince, ageDays }: { stateSince: string; ageDays: number }) => [
    ageDays,
    (Date.parse(`${today}T12:00:00Z`) - Date.parse(`${stateSince.slice(0, 10)}T12:00:00Z`)) / 86_400_000,
  ]);
  expect(ages.length).toBeGreaterThan(0);
  for (const [said, counted] of ages) expect(said).toBe(counted);
  expect(Math.min(...ages.map(([said]: number[]) => said))).toBeGreaterThan(30);
});

test.each(['evidence', 'benefit_evidence', 'cost_evidence', 'assurance_document'])(
  'each file of %s says that it is illustrative, as what it proves is',
  async (table) => {
    const [found] = await app.database.sql<{ files: number; real: number }>(
      `select count(*)::int as files, count(*) filter (where not illustrative)::int as real from ${table}`,
    );
    expect(found).toEqual({ files: expect.any(Number), real: 0 });
    expect(found?.files).toBeGreaterThan(0);
  },
);
