// Every reading that there is: each GET of the API, and each kind of page that links lead to.
import { SUBJECTS } from '../../dist/auditing/reads/audit-read.rules.js';
import { run, SLUG } from './database.js';
import { median } from './rounds.js';

/** The table that a path's id is of, by the part of the path before it. */
const TABLES = { ...SUBJECTS, exports: 'export', jobs: 'outbox_message', receipts: 'outbox_message' };
/** What reads everything there is by its nature, streams, or is read from a file. */
const NOT_LISTS = /content$|events$|^\/v1\/audit\/(export|verifier)$|checkpoints\/|-proofs$|download/;
const NO_PAGE =
  /^\/(v1|docs|openapi\.json|health|oidc|assets)(\/|$)|\/(content|events|download|[\w-]+\.(json|csv))$|^\/sign-(in|out)|^\/held-forms/;
const TIMES = 5;
const LONG_MS = 5_000;

/** @returns every GET of the API whose things a database has, with ids of `ods` where it has any */
export async function apiPaths(origin, { superuserUrl }, ods) {
  const { paths } = await (await fetch(`${origin}/openapi.json`)).json();
  const found = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get || !path.startsWith('/v1') || NOT_LISTS.test(path)) continue;
    const named = path
      .replace('{slug}', SLUG)
      .replace('{ods}', ods)
      .replace('{stage}', 'claim-check')
      .replace('{wave}', 'adoption-2018');
    const before = /([\w-]+)\/\{\w+\}/.exec(named)?.[1];
    if (before === undefined) found.push({ kind: path, path: named });
    else {
      const [row] = await idOf(superuserUrl, TABLES[before], ods);
      if (row) found.push({ kind: path, path: named.replace(/\{\w+\}/, row.id) });
    }
  }
  return found;
}

async function idOf(url, table, ods) {
  if (!table) return [];
  const [{ has }] = await run(
    url,
    `select exists (select from information_schema.columns
    where table_schema = 'exemplar' and table_name = '${table}' and column_name = 'trust_id') as has`,
  );
  const own = has ? `where trust_id = (select id from organisation where ods_code = '${ods}')` : '';
  const rows = await run(url, `select id from ${table} ${own} order by id desc limit 1`);
  return rows.length > 0 || !has ? rows : run(url, `select id from ${table} order by id desc limit 1`);
}

/** A page's address with ids, codes and years taken out: two of one kind look alike. */
const kindOf = (path) =>
  path
    .replace(/\?.*$/, '')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replaceAll(/\/trusts\/[A-Z0-9]+/g, '/trusts/:ods')
    .replaceAll(/programmes\/[a-z-]+/g, 'programmes/:slug')
    .replaceAll(/\/\d+/g, '/:number');

/** @returns a page of each kind that links lead somebody to */
export async function pagePaths(origin, cookie, first) {
  const waiting = [...first];
  const seen = new Map();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(kindOf(path)) || NO_PAGE.test(path)) continue;
    seen.set(kindOf(path), path);
    const answer = await fetch(origin + path, { headers: { Cookie: cookie } });
    const text = await answer.text();
    if (answer.status !== 200) {
      seen.delete(kindOf(path));
      continue;
    }
    for (const [, href] of text.matchAll(/href="(\/[^"#]*)/g)) {
      const link = href.replaceAll('&amp;', '&');
      if (!/[?&](sort|download|asAt|after)=/.test(link) && !seen.has(kindOf(link))) waiting.push(link);
    }
  }
  return [...seen].map(([kind, path]) => ({ kind, path }));
}

/**
 * How long an answer takes, in ms: the median of a few, one after the other, after one that does not count. What takes
 * longer than a few seconds is asked once. @returns nothing for what is not there, or not for them
 */
export async function timeOf(origin, headers, path) {
  const times = [];
  for (let i = 0; i <= TIMES; i += 1) {
    const began = performance.now();
    const answer = await fetch(origin + path, { headers });
    await answer.arrayBuffer();
    const ms = performance.now() - began;
    if (answer.status === 403 || answer.status === 404) return {};
    if (answer.status !== 200) return { ms, fault: answer.status };
    if (ms > LONG_MS) return { ms };
    if (i > 0) times.push(ms);
  }
  return { ms: median(times) };
}
