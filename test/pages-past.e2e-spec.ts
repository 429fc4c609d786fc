import type { TestApp } from './support/app.js';
import { record } from './support/findings.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { startPlayedMoney } from './support/play-money.js';
import { castFor, eventually, openReturns, reportId, SLUG, throughAcceptance } from './support/returns.js';

/**
 * What is about how Exemplar works, or only a form, has no past; and the log goes on while an auditor looks, who is recorded
 * in it.
 */
const WITHOUT_PAST =
  /^\/(history|audit|receipts|exports|administration|sign-|oidc|assets|v1|docs|open-data)|\/(new|edit|steps|withdrawal|content|events|data\.json|close|certification|correction|submission|review|check|description|lines|evidence|answer|publication)(\/|$)/;

interface Noted {
  visitor: Visitor;
  path: string;
  /** The files of its tables, by id. */
  tables: Map<string, string>;
}

let app: TestApp;
let visitors: Visitor[];

beforeAll(async () => {
  app = await startPlayedMoney({ tampered: false });
  await openReturns(app);
  const cast = await castFor(app, 'RX4');
  await throughAcceptance(app, cast, await reportId(app, cast.lead, 'RX4', '2017/18 Q1'), 40);
  const keys = [
    await app.as('programme-manager'),
    await app.as('trust-lead', 'RW4'),
    await app.as('auditor'),
  ];
  visitors = await Promise.all(keys.map((key) => signedIn(app, key)));
}, 180_000);
afterAll(() => app.stop());

const kindOf = (path: string): string =>
  path
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replace(/\/entries\/\d+/, '/entries/:number')
    .replace(/\/trusts\/\w+/, '/trusts/:ods')
    .replace(/\/(projects|targets|history|surveys|turnaround)\/[^/?]+/, '/$1/:which')
    .replace(/\?.*/, '');

const linksOn = (page: OpenPage): string[] =>
  [...page.document.querySelectorAll('a[href^="/"]')]
    .map((link) => (link.getAttribute('href') ?? '').split('#')[0] as string)
    .filter((path) => !/[?&](sort|download|asAt|after)=/.test(path) && !WITHOUT_PAST.test(path));

const address = (path: string, name: string, value: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;

async function filesOf(visitor: Visitor, page: OpenPage, path: string): Promise<Map<string, string>> {
  const ids = [...page.document.querySelectorAll('.app-table')].map(({ id }) => id);
  const files = new Map<string, string>();
  for (const id of ids) files.set(id, (await visitor.get(address(path, 'download', id))).text);
  return files;
}

/** One page of each kind that links lead somebody to and that is not noted yet, with the files of its tables. */
async function noteAll(visitor: Visitor, kinds: Set<string>): Promise<Noted[]> {
  const noted: Noted[] = [];
  const waiting = ['/tasks', `/programmes/${SLUG}`, `/programmes/${SLUG}/audit`];
  const seen = new Set<string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(kindOf(path))) continue;
    seen.add(kindOf(path));
    const page = await visitor.get(path);
    if (page.status !== 200) continue;
    if (!kinds.has(kindOf(path))) noted.push({ visitor, path, tables: await filesOf(visitor, page, path) });
    kinds.add(kindOf(path));
    waiting.push(...linksOn(page));
  }
  return noted;
}

test('whatever happens afterwards, each table of each page can be had as it was, and nothing be done there', async () => {
  await eventually(async () => {
    const [row] = await app.database.sql<{ waiting: boolean }>(
      'select exists (select from outbox_message where finished_at is null and failed_at is null) as waiting',
    );
    return row?.waiting === false || undefined;
  });
  const [now] = await app.database.sql<{ at: string }>(
    'select to_json(clock_timestamp()) #>> array[]::text[] as at',
  );
  const at = (now as { at: string }).at;
  const [manager, lead, auditor] = visitors as [Visitor, Visitor, Visitor];
  const kinds = new Set<string>();
  const ofAll = [...(await noteAll(manager, kinds)), ...(await noteAll(auditor, kinds))];
  const noted = [...ofAll, ...(await noteAll(lead, new Set()))];
  expect(noted.length).toBeGreaterThan(100);

  await record(app, await app.as('assessor')).expect(201);
  await app.database.sql(`
    update organisation set name = name || ' (later)'; update programme set name = 'Another name';
    update project set name = name || ' (later)'; update milestone set forecast_on = forecast_on + 100, name = name || ' (later)';
    update agreement set reference = reference || '-LATER'; update person set name = 'Somebody else';
    update measurement set validation_note = 'Later' where state = 'self-reported'; update reported_spend set superseded = true;
    update audit_finding set owner = 'Later' where state = 'open'; update measure set name = name || ' (later)'`);

  const wrong: unknown[] = [];
  let files = 0;
  for (const { visitor, path, tables } of noted) {
    const page = await visitor.get(address(path, 'asAt', at));
    const forms = page.document.querySelectorAll('main form[method="post"]').length;
    if (page.status !== 200 || forms > 0) wrong.push({ path, status: page.status, forms });
    for (const [id, file] of tables) {
      const found = (await visitor.get(address(address(path, 'asAt', at), 'download', id))).text;
      files += 1;
      const lines = found.split('\n');
      const odd = file.split('\n').findIndex((line, index) => line !== lines[index]);
      if (found !== file) wrong.push({ path, id, was: file.split('\n')[odd], found: lines[odd] });
    }
  }
  expect(wrong).toEqual([]);
  expect(files).toBeGreaterThan(200);
}, 240_000);
