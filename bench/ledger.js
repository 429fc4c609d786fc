// Journals a second, on one award that everybody draws on and over 1,000 awards, against the same statements by
// pgbench: the triggers that move the balances and write the log are in both.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, SLUG } from './support/database.js';
import { ask, end, start } from './support/processes.js';
import { alternate, line, median, ratioOf, title } from './support/rounds.js';
import { hasPgbench } from './support/transactions.js';

const AWARDS = 1_000;
const JOURNALS = 2_000;
const ROUNDS = 4;
const CONCURRENCY = 8;

/** Agreements in force of generated trusts, each with one line, one tranche and one claim, all with the same id. */
const SEED = `
  create temporary table made as select n, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id
    from generate_series(1, ${AWARDS}) n;
  insert into organisation (id, ods_code, name, provenance) select id, 'L' || n, 'Generated Trust ' || n, '{}' from made;
  insert into award (id, programme_id, trust_id, grant_pence, match_pence, provenance)
    select m.id, p.id, m.id, 100000000000, 0, '{}' from made m, programme p where p.slug = '${SLUG}';
  insert into agreement (id, programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on, match_pence, per_grant_pence)
    select id, programme_id, trust_id, id, 'L' || id, 'active', '2017-04-01', '2020-03-31', 1, 1 from award where id in (select id from made);
  insert into funding_line (id, trust_id, agreement_id, financial_year, kind) select id, id, id, '2017/18', 'revenue' from made;
  insert into tranche (id, trust_id, agreement_id, number, name, basis, planned_on, grant_pence)
    select id, id, id, 1, 'All', 'delivery', '2018-03-31', 100000000000 from made;
  insert into claim (id, programme_id, trust_id, agreement_id, tranche_id, kind, state)
    select id, programme_id, id, id, id, 'costs', 'submitted' from agreement where id in (select id from made);
  insert into account (trust_id, line_id, source, stage, balance_pence)
    select id, id, 'grant', stage, pence from made, (values ('outside', -100000000000), ('awarded', 100000000000)) s (stage, pence)`;

/** What the unit of work and the ledger send, statement by statement. */
const STATEMENTS = (awards) => `\\set n random(1, ${awards})
begin isolation level read committed;
select set_config('exemplar.reach', 'all', true), set_config('exemplar.trust_id', '', true),
  set_config('exemplar.actor_id', 'system-bench', true), set_config('exemplar.actor_name', 'Exemplar (bench)', true),
  set_config('exemplar.actor_role', 'system', true), set_config('exemplar.action', 'bench.post', true),
  set_config('exemplar.request_id', 'bench', true), set_config('exemplar.reason', '', true);
insert into journal (trust_id, agreement_id, kind, dated_on, narrative, claim_id, postings, total_pence, illustrative)
  select i.id, i.id, 'claim', '2017-07-01', 'A claim', i.id, 1, 1, false
  from (select ('00000000-0000-4000-8000-' || lpad(to_hex(:n::integer), 12, '0'))::uuid as id) i
  returning id as journal, trust_id as award \\gset
insert into posting (trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, amount_pence, incurred_on, tranche_id)
  values (:award, :award, :journal, 'claim', :award, 'grant', 'awarded', 'claimed', 1, '2017-05-01', :award);
commit;
`;

/** @returns transactions a second, as pgbench counts them */
async function pgbench(url, file) {
  const args = ['-n', '-M', 'prepared', '-c', String(CONCURRENCY), '-j', '2'];
  const child = spawn('pgbench', [...args, '-t', String(JOURNALS / CONCURRENCY), '-f', file, url], {
    env: { ...process.env, PGOPTIONS: '-c search_path=exemplar -c role=exemplar_app -c timezone=UTC' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const [code] = await once(child, 'close');
  const rate = /tps = ([\d.]+)/.exec(said);
  if (code !== 0 || !rate) throw new Error(`pgbench ended with ${code}:\n${said}`);
  return { perSecond: Number(rate[1]) };
}

export async function ledger({ create }) {
  title(
    `Journals through the ledger, ${CONCURRENCY} at once, ${ROUNDS} rounds of ${JOURNALS.toLocaleString('en')}`,
  );
  if (!(await hasPgbench())) {
    line('skipped', 'pgbench is not installed (Debian: postgresql-contrib)');
    return;
  }
  const database = await create('ledger');
  await run(database.superuserUrl, SEED);
  const child = start('./ledger-process.js');
  await ask(child, { url: database.url });
  for (const [words, awards] of [
    ['one award', 1],
    [`${AWARDS.toLocaleString('en')} awards`, AWARDS],
  ]) {
    const file = join(tmpdir(), `exemplar-bench-${process.pid}-${awards}.sql`);
    writeFileSync(file, STATEMENTS(awards));
    const rates = await alternate(
      {
        ours: () => ask(child, { journals: JOURNALS, awards, concurrency: CONCURRENCY }),
        theirs: () => pgbench(database.url, file),
      },
      ROUNDS,
    );
    rmSync(file);
    const rate = ({ perSecond }) => perSecond;
    const perSecond = (each) => Math.round(median(each.map(rate)));
    line(`${words}: Exemplar / the same statements by pgbench`, ratioOf(rates.ours, rates.theirs, rate));
    line(
      '  here, journals a second: Exemplar; pgbench',
      `${perSecond(rates.ours)}; ${perSecond(rates.theirs)}`,
    );
  }
  await end(child);
  await agrees(database);
}

/** Every penny that was posted is in the balances, and nothing else. */
async function agrees({ superuserUrl }) {
  const [{ differ, posted }] = await run(
    superuserUrl,
    `select count(*) filter (where a.balance_pence <> coalesce(p.sum, 0))::int as differ, sum(p.sum)::int as posted
     from account a left join (select line_id, sum(amount_pence) as sum from posting group by 1) p on p.line_id = a.line_id
     where a.stage = 'claimed'`,
  );
  if (differ > 0) throw new Error(`${differ} balances are not what was posted`);
  line('journals posted, each balance checked against them', posted.toLocaleString('en'));
}
