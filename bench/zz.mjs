import { openServer, run, SLUG } from './support/database.js';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { copiedPostings } from '../dist/funding/posting.queries.js';
const src = readFileSync(new URL('./export.js', import.meta.url), 'utf8');
const N = 300000;
const SEED = /const SEED = `([\s\S]*?)`;/.exec(src)[1].replaceAll('${POSTINGS}', String(N));
const s = await openServer();
try {
  const db = await s.create('zz');
  await run(db.superuserUrl, SEED);
  await run(db.superuserUrl, 'vacuum analyze');
  const [p] = await run(db.superuserUrl, `select id from programme where slug='${SLUG}'`);
  const rows = copiedPostings(p.id, {}, null);
  const c = new pg.Client({ connectionString: db.url, options: '-c search_path=exemplar -c role=exemplar_app -c timezone=UTC' });
  await c.connect();
  await c.query(`begin isolation level repeatable read read only; set local exemplar.reach='all'; set local exemplar.trust_id=''`);
  const sel = rows.statement('csv', 0).replace(/^copy \(/, '').replace(/\) to stdout.*$/, '');
  for (const [name, text] of Object.entries({
    csv: sel,
    noDefuse: sel.replaceAll(/defused\(([^)]*)\)/g, '$1'),
    noOrder: sel.replace(/order by p.id$/, ''),
    noRec: sel.replace(`to_json(j.recorded_at) #>> '{}'`, 'j.recorded_at'),
    ndjson: rows.statement('ndjson', 0).replace(/^copy \(/, '').replace(/\) to stdout.*$/, ''),
  })) {
    const t = performance.now();
    const { rows: plan } = await c.query(`explain (analyze, costs off, summary off, timing off) ${text}`);
    console.log(name, Math.round(performance.now() - t), 'ms');
    if (false) console.log(plan.map((r) => r['QUERY PLAN']).join('\n'));
  }
  await c.end();
} finally { await s.stop(); }
