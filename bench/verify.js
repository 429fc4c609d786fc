// A log of a million entries: how long its export takes, and its verification, by the file that an auditor runs alone,
// and how much memory, against reading the same export and hashing its leaves, which no verification can do without.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { keyId, vkeyOf } from '../dist/audit/checkpoint.rules.js';
import { LogExport } from '../dist/audit/log-export.js';
import { Notary } from '../dist/audit/notary.js';
import { Clock } from '../dist/config/clock.js';
import { Config } from '../dist/config/config.js';
import { systemActor } from '../dist/core/actor.js';
import { appPoolSettings } from '../dist/database/connection.js';
import { LongReadPool } from '../dist/database/held-reading.js';
import { NotaryPool, NotaryScope } from '../dist/database/notary-scope.js';
import { ReadPool, ReadScope } from '../dist/database/read-scope.js';
import { Replica } from '../dist/database/replica.js';
import { run, SLUG } from './support/database.js';
import { line, title } from './support/rounds.js';

const ENTRIES = 1_000_000;
const AWARDS = 1_000;
const VERIFIER = fileURLToPath(new URL('../dist/audit/verifier/verify-log.mjs', import.meta.url));
const ORIGIN = 'bench.example/log';

/** Agreements of generated trusts, each with one line, recorded as everything is. */
const AGREEMENTS = `
  create temporary table made as select n, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id
    from generate_series(1, ${AWARDS}) n;
  insert into organisation (id, ods_code, name, provenance) select id, 'L' || n, 'Generated Trust ' || n, '{}' from made;
  insert into award (id, programme_id, trust_id, grant_pence, match_pence, provenance)
    select m.id, p.id, m.id, 100000000000, 0, '{}' from made m, programme p where p.slug = '${SLUG}';
  insert into agreement (id, programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on, match_pence, per_grant_pence)
    select id, programme_id, trust_id, id, 'L' || id, 'active', '2017-04-01', '2020-03-31', 1, 1 from award where id in (select id from made);
  insert into funding_line (id, trust_id, agreement_id, financial_year, kind) select id, id, id, '2017/18', 'revenue' from made`;

/** A penny posted to one agreement after the other: for each a journal, a posting and two balances, five at once. */
const JOURNALS = `
  create temporary table turn as select j as nth_of_all, (j - 1) / ${AWARDS} + 1 as pence,
      ('00000000-0000-4000-8000-' || lpad(to_hex((j - 1) % ${AWARDS} + 1), 12, '0'))::uuid as award,
      uuidv7() as journal_id, uuidv7() as posting_id
    from generate_series(1, (${ENTRIES} - (select last_number from log_head)) / 4) j;
  insert into journal (id, trust_id, agreement_id, kind, dated_on, narrative, postings, total_pence)
    select journal_id, award, award, 'award', '2017-07-01', 'More of the award', 1, 1 from turn;
  insert into posting (id, trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, amount_pence)
    select posting_id, award, award, journal_id, 'award', award, 'grant', 'outside', 'awarded', 1 from turn;
  insert into account (trust_id, line_id, source, stage, balance_pence)
    select award, award, 'grant', stage, sign * max(pence) from turn, (values ('outside', -1), ('awarded', 1)) s (stage, sign)
    group by award, stage, sign;
  create temporary table entry as
    select 4 * t.nth_of_all + e.nth - 4 + (select last_number from log_head) as number, (t.nth_of_all - 1) / 5 as turn, e.* from turn t
      join journal on journal.id = t.journal_id join posting on posting.id = t.posting_id
      cross join lateral (
        select 1 as nth, 'journal' as table_name, journal.id, t.award, null::jsonb as old, to_jsonb(journal) as new
        union all select 2, 'posting', posting.id, t.award, null, to_jsonb(posting)
        union all select case a.stage when 'outside' then 3 else 4 end, 'account', a.id, t.award,
          case when t.pence > 1 then to_jsonb(a) || jsonb_build_object('balance_pence', sign(a.balance_pence)::int * (t.pence - 1)) end,
          to_jsonb(a) || jsonb_build_object('balance_pence', sign(a.balance_pence)::int * t.pence)
        from account a where a.line_id = t.award) e;
  insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, trust_id, actor_id, action, leaf)
    select e.number, at, xid, operation, e.table_name, e.id, e.award, 'bench', 'bench.post', json_build_object(
      'number', e.number, 'recordedAt', at, 'transaction', xid::text, 'operation', operation, 'table', e.table_name,
      'subject', e.id, 'trust', e.award, 'actor', json_build_object('id', 'bench', 'name', 'Exemplar (bench)', 'role', 'system'),
      'action', 'bench.post', 'reason', null, 'request', null, 'old', e.old, 'new', e.new)::text
    from entry e cross join lateral (select (select last_recorded_at from log_head) + (e.turn + 1) * interval '1 millisecond' as at,
      (1000000 + e.turn)::text::xid8 as xid, case when e.old is null then 'insert' else 'update' end as operation) w
    order by e.number;
  analyze`;

/** Reads an export and hashes its leaves, and nothing more. */
const HASHING = `
  const { createHash } = require('node:crypto');
  let rest = '';
  require('node:fs').createReadStream(process.argv[1], { encoding: 'utf8', highWaterMark: 1 << 20 }).on('data', (chunk) => {
    const lines = (rest + chunk).split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      const { leaf } = JSON.parse(line);
      if (leaf) createHash('sha256').update('\\0').update(leaf).digest();
    }
  });`;
/** Says on its last line how much memory a program had at the most, in megabytes. */
const MEMORY = "process.on('exit', () => console.error(Math.round(process.resourceUsage().maxRSS / 1024)));";

const seconds = async (work) => {
  const start = performance.now();
  await work();
  return ((performance.now() - start) / 1000).toFixed(0);
};

async function program(args) {
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(MEMORY)}`,
    ...args,
  ]);
  let said = '';
  let memory = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (memory += data));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`It ended with ${code}:\n${said}${memory}`);
  return { said, memory: memory.trim() };
}

export async function verify({ create }) {
  title(`An export of ${ENTRIES.toLocaleString('en')} entries, verified`);
  const { url, notaryUrl, superuserUrl } = await create('verify');
  const client = new pg.Client({
    connectionString: superuserUrl,
    options: '-c search_path=exemplar -c timezone=UTC',
  });
  await client.connect();
  await client.query(AGREEMENTS);
  await client.end();
  await run(superuserUrl, JOURNALS);
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'exemplar-verify-'));
  const [exported, note] = [join(folder, 'export.ndjson'), join(folder, 'checkpoint.txt')];
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = { origin: ORIGIN, id: keyId(ORIGIN, publicKey), vkey: vkeyOf(ORIGIN, publicKey), privateKey };
  const notaryScope = new NotaryScope(new NotaryPool(notaryUrl));
  const clock = new Clock({ today: undefined });
  const long = new LongReadPool({ ...appPoolSettings(url, 2), statement_timeout: false });
  const pool = new ReadPool(appPoolSettings(url, 1));
  const scope = new ReadScope(pool, long, clock, new Replica(pool, null));
  try {
    const turn = await new Notary(notaryScope).turn(key, { now: true });
    writeFileSync(note, turn.signed.note);
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100);
    const took = await seconds(async () => {
      const { held, pieces } = await new LogExport(scope, clock, new Config({})).begin(
        systemActor('bench', 'bench'),
      );
      await pipeline(pieces, createWriteStream(exported)).finally(() => held.close());
    });
    clearInterval(watch);
    const grown = Math.round((most - before) / 2 ** 20);
    line(
      'export, seconds; size, MB; memory at the most beyond before, MB',
      `${took}; ${Math.round(statSync(exported).size / 2 ** 20)}; ${grown}`,
    );
    for (const [words, args] of [
      ['verification', [VERIFIER, exported, '--checkpoints', note, '--key', key.vkey]],
      ['reading the same and hashing the leaves', ['-e', HASHING, exported]],
    ]) {
      let ended;
      const its = await seconds(async () => (ended = await program(args)));
      line(`${words}, seconds; memory at the most, MB`, `${its}; ${ended.memory}`);
      if (ended.said) process.stdout.write(`\n${ended.said}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([scope.onApplicationShutdown(), notaryScope.onApplicationShutdown()]);
  }
}
