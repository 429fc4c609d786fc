import fc from 'fast-check';
import { type Permission, type Role, roleMay } from '../src/core/permissions.js';
import { Arbitraries } from './support/arbitraries.js';
import { MARK, markEverythingOf } from './support/marked.js';
import { formShots, walked } from './support/page-shots.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';
import { routesOf } from './support/routes.js';
import { fire, type Hit, Shots, withRevision } from './support/shots.js';
import { type WholeWorld, wholeWorld } from './support/whole-world.js';

/** Whose is not to be seen, and whose people look. */
const [THEIRS, OURS] = ['RW4', 'RXT'];
/** Texts of a trust that the programme publishes: what its open data is made of (docs/open-data.md). */
const PUBLISHED = ['agreement.reference', 'award.provenance', 'payment.reference', 'recovery.reference'];

const TRUST_ROLES: Role[] = ['trust-lead', 'trust-finance-director'];

let world: WholeWorld;
let theirs: Set<string>;
let marked: string[];
/** Keys of the other trust's people, and none. */
let strangers: Array<[string, string | undefined]>;
let theirPages: Awaited<ReturnType<typeof walked>>;

beforeAll(async () => {
  world = await wholeWorld();
  const { app, keys } = world;
  const leads = TRUST_ROLES.map((role) => keys.get(role)?.[0] as string);
  theirPages = await walked(app, await Promise.all(leads.map((key) => signedIn(app, key))));
  // What is published is anybody's, as its own tests say: here nothing of a blueprint is.
  await app.database.sql(`begin; set local session_replication_role = replica;
    update blueprint set first_published_at = null;
    update blueprint_version set state = 'withdrawn', published_by = null, published_at = null where published_at is not null;
    commit`);
  marked = await markEverythingOf(app.database, THEIRS);
  const tables = await app.database.sql<{ name: string }>(
    `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'exemplar' and column_name = 'trust_id' and table_type = 'BASE TABLE' and table_name <> 'log_entry'`,
  );
  const ids = tables.map(
    ({ name }) =>
      `select id::text from ${name} where trust_id = (select id from organisation where ods_code = '${THEIRS}')`,
  );
  theirs = new Set((await app.database.sql<{ id: string }>(ids.join(' union '))).map(({ id }) => id));
  strangers = [
    ...TRUST_ROLES.map((role) => [role, keys.get(role)?.[1]] as [string, string]),
    ['nobody', undefined],
  ];
}, 240_000);
afterAll(() => world?.app.stop());

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const MARKED = new RegExp(`${MARK}\\.([a-z_]+\\.[a-z_]+)`, 'g');

/** What an answer gives away of the other trust: texts and ids that did not come with the request. */
function given(asked: string, { text }: Pick<Hit, 'text'>): string[] {
  const found = [...new Set(text.match(ID) ?? [])].filter((id) => theirs.has(id) && !asked.includes(id));
  const columns = new Set([...text.matchAll(MARKED)].map(([, column]) => column as string));
  return [
    ...found,
    ...[...columns].filter((column) => !PUBLISHED.includes(column) && !asked.includes(`${MARK}.${column}`)),
  ];
}

const authorized = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { Authorization: `Bearer ${key}` };

const ask = (path: string, headers: Record<string, string>) =>
  fire(world.app, { method: 'get', path, headers, body: undefined });

/** The same reading, asked in every way that there is. */
const WAYS = [
  '',
  `?trust=${THEIRS}`,
  '?format=csv',
  `?format=ndjson&trust=${THEIRS}`,
  '?limit=200',
  '?asAt=2099-01-01',
  `?trust=${THEIRS}&period=2017/18%20Q1`,
  '?x=1',
];

test('there is something to be seen: whoever may look finds the mark', async () => {
  expect(marked.length).toBeGreaterThan(40);
  expect(theirs.size).toBeGreaterThan(200);
  const manager = authorized(world.keys.get('programme-manager')?.[0]);
  const lists = ['claims', `programmes/${SLUG}/findings`, `programmes/${SLUG}/recoveries`];
  for (const list of lists) expect((await ask(`/v1/${list}`, manager)).text).toContain(MARK);
});

test('no reading of the API gives anything of another trust away, however it is asked', async () => {
  const leaks: unknown[] = [];
  let asked = 0;
  for (const { method, path, access } of routesOf(world.app)) {
    if (method !== 'get' || !path.startsWith('/v1/')) continue;
    const all = (await world.at(path)).flatMap(({ path: at }) => [
      at,
      at.replace(`/${THEIRS}/`, `/${OURS}/`),
    ]);
    const own = all.filter((at) => (at.match(ID) ?? []).every((id) => !theirs.has(id)));
    const foreign = all.filter((at) => !own.includes(at));
    for (const [who, key] of strangers)
      for (const at of [...new Set([...own.slice(0, 2), ...foreign.slice(0, 2)])])
        for (const way of WAYS) {
          const hit = await ask(`${at}${way}`, authorized(key));
          asked += 1;
          const open = access === 'public' || (key !== undefined && !foreign.includes(at));
          if (given(at, hit).length > 0) leaks.push([who, `${at}${way}`, given(at, hit)]);
          else if (hit.status < 400 && !open) leaks.push([who, `${at}${way}`, hit.status]);
        }
  }
  expect(leaks).toEqual([]);
  expect(asked).toBeGreaterThan(1_500);
}, 240_000);

test('no page gives anything of another trust away', async () => {
  const { app, keys } = world;
  const visitors: Visitor[] = [
    ...(await Promise.all(TRUST_ROLES.map((role) => signedIn(app, keys.get(role)?.[1] as string)))),
    visitor(app, ''),
  ];
  const own = (await walked(app, visitors)).pages.map(({ path }) => path);
  const paths = [...new Set([...own, ...theirPages.pages.map(({ path }) => path)])];
  expect(paths.length).toBeGreaterThan(40);
  const leaks: unknown[] = [];
  for (const { cookie } of visitors)
    for (const path of paths)
      for (const more of ['', `trust=${THEIRS}`]) {
        const url = more === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${more}`;
        const found = given(path, await ask(url, { Cookie: cookie, Accept: 'text/html' }));
        if (found.length > 0) leaks.push([url, found]);
      }
  expect(leaks).toEqual([]);
}, 240_000);

/** What requests changed of the other trust. */
const changedBy = (requests: string[]) =>
  world.app.database.sql(
    `select table_name, action, request_id from log_entry where request_id = any ($1)
       and trust_id = (select id from organisation where ods_code = $2)`,
    [requests, THEIRS],
  );

test('nothing of another trust is changed or said by what is sent with its ids, in paths or bodies', async () => {
  const { app, description, keys, at } = world;
  const codes = await app.database.sql<{ code: string }>(
    `select p.code || '/' || m.code as code from milestone m join project p on p.id = m.project_id
     where m.trust_id = (select id from organisation where ods_code = $1) union select $1`,
    [THEIRS],
  );
  const known = { ids: [...theirs], codes: codes.map(({ code }) => code) };
  const targets = routesOf(app).filter(
    ({ method, path, access }) =>
      method !== 'get' &&
      path.startsWith('/v1/') &&
      TRUST_ROLES.some((role) => roleMay(role, access as Permission)),
  );
  const shots = new Shots(
    { ...world, keys: new Map(TRUST_ROLES.map((role) => [role, [keys.get(role)?.[1] as string]])), at },
    new Arbitraries(description.components.schemas, known),
  );
  const leaks: unknown[] = [];
  const requests: string[] = [];
  for (const route of targets) {
    const template = route.path.replace(/:(\w+)/g, '{$1}');
    const operation = description.paths[template]?.[route.method];
    if (!operation) throw new Error(`${template} is not described`);
    for (const shot of fc.sample(await shots.of({ ...route, template, operation }), {
      numRuns: 6,
      seed: 20180515,
    })) {
      const hit = await fire(app, await withRevision(app, shot));
      requests.push(String(hit.headers['x-request-id']));
      const asked = `${shot.path} ${shot.body}`;
      if (given(asked, hit).length > 0) leaks.push([route.path, asked, hit.status, given(asked, hit)]);
    }
  }
  expect(leaks).toEqual([]);
  expect(requests.length).toBeGreaterThan(150);
  expect(await changedBy(requests)).toEqual([]);
}, 240_000);

test('no form of another trust’s page is taken from somebody else', async () => {
  const { app, keys } = world;
  const requests: string[] = [];
  const taken: unknown[] = [];
  const forms = theirPages.forms.filter(({ action }) =>
    (action.match(ID) ?? []).some((id) => theirs.has(id)),
  );
  expect(forms.length).toBeGreaterThan(8);
  for (const role of TRUST_ROLES) {
    const stranger = await signedIn(app, keys.get(role)?.[1] as string);
    const own =
      (await stranger.get('/tasks')).document.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';
    expect(own).not.toBe('');
    for (const form of forms)
      for (const shot of fc.sample(
        formShots({ ...form, cookie: stranger.cookie, fields: { ...form.fields, _csrf: own } }),
        { numRuns: 3, seed: 20180515 },
      )) {
        const hit = await fire(app, shot);
        requests.push(String(hit.headers['x-request-id']));
        if (hit.status < 400 || given(form.action, hit).length > 0)
          taken.push([form.kind, hit.status, given(form.action, hit)]);
      }
  }
  expect(taken).toEqual([]);
  expect(await changedBy(requests)).toEqual([]);
}, 240_000);
