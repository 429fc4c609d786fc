// The whole ledger, a million postings, as CSV and as NDJSON over HTTP, against psql's \copy of the same statement to a
// file; and how much memory that takes of the server, also with three downloads at once and one that is broken off.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { copiedPostings } from '../dist/funding/posting.queries.js';
import { run, SLUG } from './support/database.js';
import { ask, end, start } from './support/processes.js';
import { alternate, line, ratioOf, title } from './support/rounds.js';

const POSTINGS = 1_000_000;
const ROUNDS = 3;
/** CSV lines of the short list are longer than this, as those of the ledger are. */
const SHORTEST_LINE = 100;
const PATH = `/v1/programmes/${SLUG}/postings`;
const file = (name) => join(tmpdir(), `exemplar-bench-${process.pid}-${name}`);

/** A posting a journal, over 1,000 lines of the real awards' agreements. */
const SEED = `
  insert into agreement (id, programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on, match_pence, per_grant_pence)
    select id, programme_id, trust_id, id, 'E-' || row_number() over (), 'active', '2017-04-01', '2020-03-31', 1, 1 from award;
  insert into funding_line (id, trust_id, agreement_id, financial_year, kind)
    select uuidv7(), trust_id, id, y || '/' || right((y + 1)::text, 2), k from agreement, generate_series(2000, 2070) y, unnest(array['capital', 'revenue']) k;
  insert into tranche (trust_id, agreement_id, number, name, basis, planned_on, grant_pence)
    select trust_id, id, 1, 'On go-live of the shared record', 'delivery', '2018-03-31', 1 from agreement;
  create temporary table lines as select l.*, row_number() over () as n, t.id as tranche_id
    from funding_line l join tranche t on t.agreement_id = l.agreement_id;
  create temporary table posted as select i, uuidv7() as id, l.id as line_id, l.trust_id, l.agreement_id, l.tranche_id
    from generate_series(1, ${POSTINGS}) i join lines l on l.n = 1 + i % (select count(*) from lines);
  insert into journal (id, trust_id, agreement_id, kind, dated_on, narrative, claim_id, postings, total_pence)
    select id, trust_id, agreement_id, 'claim', '2017-07-01', 'Claim CLM-' || lpad(i::text, 7, '0') || ' was submitted', id, 1, i from posted;
  insert into posting (id, trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, amount_pence, incurred_on, tranche_id)
    select id, trust_id, agreement_id, id, 'claim', line_id, 'grant', 'awarded', 'claimed', i, '2017-05-01', tranche_id from posted`;

/** psql writes the same rows to a file, as the same role under the same policies. @returns rows a second */
async function psql(url, statement) {
  const to = file('psql');
  const began = performance.now();
  const opening = `begin isolation level repeatable read read only; set local exemplar.reach = 'all'`;
  const child = spawn('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', url], {
    env: { ...process.env, PGOPTIONS: '-c search_path=exemplar -c role=exemplar_app -c timezone=UTC' },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  // \\copy is one line.
  child.stdin.end(
    `${opening};\n${statement.replaceAll(/\s+/g, ' ').replace('to stdout', `to '${to}'`).replace(/^copy/, '\\copy')}\n`,
  );
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return measured(to, began);
}

/** @returns rows a second of the file, which is removed */
function measured(path, began, rows = POSTINGS) {
  const seconds = (performance.now() - began) / 1000;
  const bytes = statSync(path).size;
  rmSync(path);
  if (bytes < rows * SHORTEST_LINE) throw new Error(`${path} has ${bytes} bytes`);
  return { perSecond: rows / seconds, bytes };
}

function open(port, key, path) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` };
    const request = get({ port, path, headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`));
      else resolve({ request, answer });
    });
    request.once('error', reject);
  });
}

async function download(port, key, format, name = format, path = PATH, rows = POSTINGS) {
  const began = performance.now();
  const { answer } = await open(port, key, `${path}?format=${format}`);
  await pipeline(answer, createWriteStream(file(name)));
  if (!answer.complete) throw new Error('The download is not whole');
  return measured(file(name), began, rows);
}

/** Reads a while, then goes. */
async function breakOff(port, key) {
  const { request, answer } = await open(port, key, `${PATH}?format=csv`);
  let bytes = 0;
  for await (const piece of answer) {
    bytes += piece.length;
    if (bytes > 20_000_000) break;
  }
  request.destroy();
}

const residentMb = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** The most memory of a process while work is done, in MB. */
async function mostMb(pid, work) {
  let most = residentMb(pid);
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), 20);
  await work().finally(() => clearInterval(timer));
  return most;
}

async function measure({ create, key }) {
  title(`The ledger as a file: ${POSTINGS.toLocaleString('en')} postings, ${ROUNDS} rounds`);
  const database = await create('export');
  await run(database.superuserUrl, SEED);
  await run(database.superuserUrl, 'vacuum analyze');
  const [programme] = await run(database.superuserUrl, `select id from programme where slug = '${SLUG}'`);
  const rows = copiedPostings(programme.id, { readerTrustId: null }, null);
  const server = start('./app-server.js');
  const { port } = await ask(server, { url: database.url, poolSize: 20, today: '2027-12-31' });
  // A short list first: what is measured is what a long one takes, and not that the program is loaded.
  await download(port, key, 'csv', 'short', '/v1/organisations', 17);
  if (process.platform === 'linux') {
    const before = residentMb(server.pid);
    const one = await mostMb(server.pid, () => download(port, key, 'csv'));
    line('memory of the first download, MB', (one - before).toFixed(0));
    const many = await mostMb(server.pid, () =>
      Promise.all([...['a', 'b', 'c'].map((name) => download(port, key, 'csv', name)), breakOff(port, key)]),
    );
    line('memory of three at once and one that is broken off, MB', (many - before).toFixed(0));
  }
  const results = await alternate(
    {
      psqlCsv: () => psql(database.url, rows.statement('csv', 0)),
      csv: () => download(port, key, 'csv'),
      psqlNdjson: () => psql(database.url, rows.statement('ndjson', 0)),
      ndjson: () => download(port, key, 'ndjson'),
    },
    ROUNDS,
  );
  await end(server);
  const rate = ({ perSecond }) => perSecond;
  const thousands = (name) => `${Math.round(rate(results[name].at(-1)) / 1000)}k`;
  line('CSV: Exemplar / psql \\copy', ratioOf(results.csv, results.psqlCsv, rate));
  line('NDJSON: Exemplar / psql \\copy of the same', ratioOf(results.ndjson, results.psqlNdjson, rate));
  line('NDJSON: Exemplar / psql \\copy of the CSV', ratioOf(results.ndjson, results.psqlCsv, rate));
  line(
    '  here, rows a second: CSV, psql; NDJSON, psql',
    ['csv', 'psqlCsv', 'ndjson', 'psqlNdjson'].map(thousands).join('; '),
  );
}

export { measure as export };
