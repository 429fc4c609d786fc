import pg from 'pg';
import { appPoolSettings } from '../src/database/connection.js';
import type { TestApp } from './support/app.js';
import { addressOf } from './support/browser.js';
import { startDemonstration } from './support/demonstration.js';
import { signedIn } from './support/pages.js';
import { costsOf, listened, type Statement } from './support/plans.js';

/** What the benchmarks make a national programme of the demonstration with, and walk through it. */
const BENCH = '../bench/support';
interface Copies {
  copyTrusts(url: string, size: { trusts: number; periods: number; entries: number }): Promise<void>;
}
interface Walk {
  apiPaths(origin: string, database: { superuserUrl: string }, ods: string): Promise<Array<{ path: string }>>;
  pagePaths(origin: string, cookie: string, first: readonly string[]): Promise<unknown>;
}

/** Statements that read most of a table by their nature, and why. */
const READS_ALL: ReadonlyArray<[statement: RegExp, why: string]> = [
  [
    /^with held as \(select l\.financial_year, l\.kind, b\.source/,
    'adds up the balances of a programme, which nobody has kept yet: 34 small rows a trust',
  ],
  [
    /^select p\.slug, p\.name, coalesce\(sum\(b\.balance_pence\)/,
    'adds up the balances of a programme, as above',
  ],
  [
    /^with agreed as materialized \(select g\.id, g\.trust_id, g\.illustrative from agreement g where g\.programme_id = \$1 and g\.state in \([^)]*\)\), held as/,
    'what all agreements cost, beside what all benefits bring: the balances of a programme, as above',
  ],
  [
    /^with placed as \( select programme_id, region, financial_year, g_whole/,
    'adds up the balances of all programmes, side by side, as above',
  ],
  [
    /^select n\.financial_year as year, \(n\.g_awarded \+ n\.g_drawn\)::bigint as "allocatedPence"/,
    'adds up the balances of a programme by year, as above',
  ],
  [
    /^select state, count\(\*\)::int as count from measurement/,
    'counts measurements by state, in an index alone',
  ],
  [
    /^select \(select count\(\*\) from progress_report r where r\.programme_id = \$1\)::int as all/,
    'counts returns, in an index alone, where nobody has kept it yet',
  ],
];

/** Tables with fewer rows are read as a whole whenever that is quicker. */
const LARGE = 1_000;
/** The part of a large table that one statement may read: pages of 50 are half of the trusts here. */
const PART = 0.75;

let app: TestApp;
let client: pg.Client;
let statements: Statement[];

beforeAll(async () => {
  app = await startDemonstration();
  const { copyTrusts } = (await import(`${BENCH}/copies.js`)) as Copies;
  const { apiPaths, pagePaths } = (await import(`${BENCH}/walk.js`)) as Walk;
  await copyTrusts(app.database.superuserUrl, { trusts: 100, periods: 12, entries: 30_000 });
  const roles = [['programme-manager'], ['auditor'], ['trust-lead', 'RW4']] as const;
  statements = await listened(async () => {
    for (const [role, trust] of roles) {
      const key = await app.as(role, trust);
      for (const { path } of await apiPaths(addressOf(app), app.database, trust ?? 'X00010'))
        await app.request('get', path, key);
      await pagePaths(addressOf(app), (await signedIn(app, key)).cookie, ['/tasks', '/', '/progress']);
    }
  });
  client = new pg.Client(appPoolSettings(app.database.url, 1));
  await client.connect();
}, 400_000);
afterAll(async () => {
  await client?.end();
  await app?.stop();
});

test('every statement of every reading has an index that serves it, and reads no more than its page is of', async () => {
  expect(statements.length).toBeGreaterThan(150);
  const faults: string[] = [];
  for (const statement of statements)
    for (const { table, part, scan } of await costsOf(client, statement, LARGE))
      if (
        (scan === 'Seq Scan' || part > PART) &&
        !READS_ALL.some(([pattern]) => pattern.test(statement.text.replaceAll(/\s+/g, ' ')))
      )
        faults.push(
          `${table}: ${scan} of ${Math.round(part * 100)} per cent by ${statement.text.replaceAll(/\s+/g, ' ').slice(0, 300)}`,
        );
  expect(faults).toEqual([]);
}, 300_000);
