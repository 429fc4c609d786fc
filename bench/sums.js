// The pages that add up all trusts of a programme: with seven trusts; with many, added up whole; with many, out of what is
// kept; and so where something of one trust in a hundred changed since. It is run by name; SUMS_TRUSTS says how many.
import pg from 'pg';
import { copyTrusts, takeIntoPast } from './support/copies.js';
import { run, SLUG } from './support/database.js';
import { openDemonstration } from './support/demonstration.js';
import { keepSums } from './support/keep-sums.js';
import { ask, end, start } from './support/processes.js';
import { line, title } from './support/rounds.js';
import { signIn } from './support/sign-in.js';
import { timeOf } from './support/walk.js';

const TRUSTS = Number(process.env.SUMS_TRUSTS ?? 1_000);
const PERIODS = TRUSTS > 2_000 ? 3 : 40;
const PAGES = ['', '/money', '/match', '/gates', '/year-end', '/confidence'];

async function times({ url, superuserUrl }, today) {
  const child = start('./app-server.js');
  const { port } = await ask(child, { url, poolSize: 10, today });
  const headers = { Cookie: await signIn(superuserUrl, 'programme-manager', null) };
  const found = [];
  for (const page of PAGES)
    found.push((await timeOf(`http://127.0.0.1:${port}`, headers, `/programmes/${SLUG}${page}`)).ms);
  await end(child);
  return found;
}

/** Changes the agreement and the returns of one trust in a hundred, as the program would: the log has it. */
async function change({ superuserUrl }) {
  const client = new pg.Client({ connectionString: superuserUrl, options: '-c search_path=exemplar' });
  await client.connect();
  const some = `trust_id in (select id from organisation where ods_code ~ '^X[0-9]{3}00$')`;
  try {
    await client.query(`begin; set local exemplar.reach = 'all'; update agreement set revision = revision + 1 where ${some};
    update progress_report set revision = revision + 1 where ${some}; commit`);
  } finally {
    await client.end();
  }
}

export async function sums() {
  title(
    `Pages that add up: 7 trusts, ${TRUSTS.toLocaleString('en')} trusts and ${PERIODS} periods; ms of one request, alone`,
  );
  const demonstration = await openDemonstration();
  const { today } = demonstration;
  try {
    const large = await demonstration.copy('large');
    const postings = TRUSTS * 100;
    await copyTrusts(large.superuserUrl, {
      trusts: TRUSTS,
      periods: PERIODS,
      postings,
      entries: TRUSTS * 10,
    });
    await takeIntoPast(large.superuserUrl);
    await run(large.superuserUrl, 'delete from kept_sum');
    const few = await times(demonstration.played, today);
    const whole = await times(large, today);
    line('keeping all sums takes', `${Math.round(await keepSums(large, today))} ms`);
    const kept = await times(large, today);
    await change(large);
    const changed = await times(large, today);
    line('page', '7 trusts, all added up, kept, kept and one trust in a hundred changed since');
    for (const [at, page] of PAGES.entries())
      line(page || 'overview', [few, whole, kept, changed].map((all) => Math.round(all[at])).join('  '));
  } finally {
    await demonstration.stop();
  }
}
