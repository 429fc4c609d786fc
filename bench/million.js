// Every list, page and progress call, on the demonstration's seven trusts and on a national programme of 10,000 trusts,
// 40 periods, a million postings and five million entries of the log. It takes half an hour and 30 GB of disk, so it is
// run by name alone; MILLION_TRUSTS makes it smaller, everything in proportion.
import { copyTrusts, takeIntoPast } from './support/copies.js';
import { run } from './support/database.js';
import { openDemonstration } from './support/demonstration.js';
import { keepSums } from './support/keep-sums.js';
import { ask, end, start } from './support/processes.js';
import { line, title } from './support/rounds.js';
import { signIn } from './support/sign-in.js';
import { apiPaths, pagePaths, timeOf } from './support/walk.js';

const TRUSTS = Number(process.env.MILLION_TRUSTS ?? 10_000);
const PERIODS = 40;
const ENTRIES_A_TRUST = 500;
const POSTINGS_A_TRUST = 100;
/** Who asks, and of which trust where it is a trust's. */
const READERS = [
  ['programme-manager', null],
  ['trust-lead', 'RW4'],
  ['auditor', null],
];
const FIRST_PAGES = ['/tasks', '/', '/progress'];

/** How long each reading takes on a database, by who asks and what it is. */
async function readings({ url, superuserUrl }, ods, { today, keys }) {
  const child = start('./app-server.js');
  const { port } = await ask(child, { url, poolSize: 10, today });
  const origin = `http://127.0.0.1:${port}`;
  const times = new Map();
  for (const [role, trust] of READERS) {
    const key = { Authorization: `Bearer ${keys(role, trust)}` };
    for (const { kind, path } of await apiPaths(origin, { superuserUrl }, trust ?? ods))
      times.set(`${role} ${kind}`, await timeOf(origin, key, path));
    const cookie = await signIn(superuserUrl, role, trust);
    for (const { kind, path } of await pagePaths(origin, cookie, FIRST_PAGES))
      times.set(`${role} page ${kind}`, await timeOf(origin, { Cookie: cookie }, path));
  }
  await end(child);
  return times;
}

export async function million() {
  title(
    `Every reading: ${TRUSTS.toLocaleString('en')} trusts and ${PERIODS} periods / 7 trusts and 5 periods`,
  );
  const demonstration = await openDemonstration();
  try {
    const large = await demonstration.copy('large');
    const size = {
      ...{ trusts: TRUSTS, periods: PERIODS },
      ...{ postings: TRUSTS * POSTINGS_A_TRUST, entries: TRUSTS * ENTRIES_A_TRUST },
    };
    await copyTrusts(large.superuserUrl, size);
    const rows = await run(
      large.superuserUrl,
      `select relname as name, reltuples::bigint as rows from pg_class
       where relnamespace = 'exemplar'::regnamespace and relkind = 'r' and reltuples >= 1000 order by 2 desc`,
    );
    for (const { name, rows: count } of rows) line(`rows of ${name}`, Number(count).toLocaleString('en'));
    await takeIntoPast(large.superuserUrl);
    line('keeping all sums takes', `${Math.round(await keepSums(large, demonstration.today))} ms`);
    const few = await readings(demonstration.played, 'RW4', demonstration);
    const many = await readings(large, 'X00010', demonstration);
    title(
      'ms of one request, alone: 7 trusts; all; ratio. The largest ratio first; 403 and 404 are left out',
    );
    const both = [...many]
      .filter(([name, { ms }]) => ms !== undefined && few.get(name)?.ms !== undefined)
      .map(([name, time]) => ({ name, ...time, before: few.get(name).ms }))
      .sort((a, b) => b.ms / b.before - a.ms / a.before);
    for (const { name, ms, fault, before } of both)
      line(
        name,
        `${before.toFixed(1)}  ${ms.toFixed(1)}  ${(ms / before).toFixed(2)}${fault ? `  ${fault}` : ''}`,
      );
  } finally {
    await demonstration.stop();
  }
}
