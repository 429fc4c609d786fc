import { type Permission, ROLES, type Role, roleMay, TRUST_ROLES } from '../src/core/permissions.js';
import type { Method, TestApp } from './support/app.js';
import type { Description, Operation, Schema } from './support/conformance.js';
import { startPlayedMoney } from './support/play-money.js';
import { SLUG } from './support/returns.js';
import { filled, routesOf } from './support/routes.js';

/** What no field and no parameter may break on. */
const JUNK: unknown[] = [
  null,
  {},
  [],
  [null],
  true,
  -1,
  1.5,
  1e300,
  '',
  'a\u0000b',
  'x'.repeat(5_000),
  '2018-02-30',
  '9999-12-31',
  "'; drop table claim; --",
  '__proto__',
];

/** Routes that take no JSON, or whose body is tried elsewhere. */
const ELSEWHERE = /programme-definitions|api-keys|\/jobs/;

let app: TestApp;
let description: Description;
const keys = new Map<Role, string>();

beforeAll(async () => {
  app = await startPlayedMoney();
  description = (await app.request('get', '/openapi.json').expect(200)).body;
  for (const role of ROLES)
    keys.set(role, await app.as(role, TRUST_ROLES.includes(role) ? 'RW4' : undefined));
}, 180_000);
afterAll(() => app?.stop());

interface Tried {
  method: Method;
  path: string;
  operation: Operation;
  key: string;
}

/** Every operation of the API of some methods, with the key of somebody who may ask for it. */
const operations = (...methods: Method[]): Tried[] =>
  routesOf(app)
    .filter(
      ({ method, path }) => methods.includes(method) && path.startsWith('/v1/') && !ELSEWHERE.test(path),
    )
    .map(({ method, path, access }) => ({
      method,
      path,
      operation: description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method] as Operation,
      key: keys.get(ROLES.find((role) => roleMay(role, access as Permission)) ?? 'auditor') as string,
    }));

const TABLES: Record<string, string> = {
  adoptions: 'adoption',
  agreements: 'agreement',
  'assurance-documents': 'assurance_document',
  'assurance-items': 'assurance_item',
  'audit-samples': 'audit_sample',
  'blueprint-attachments': 'blueprint_attachment',
  'blueprint-contacts': 'blueprint_contact',
  blueprints: 'blueprint',
  'change-requests': 'change_request',
  claims: 'claim',
  contributions: 'contribution',
  deployments: 'deployment',
  'cost-evidence': 'cost_evidence',
  extracts: 'extract',
  findings: 'audit_finding',
  'gate-waivers': 'gate_waiver',
  'hazard-logs': 'assurance_document',
  journals: 'journal',
  milestones: 'milestone',
  pairings: 'programme_role',
  payments: 'payment',
  products: 'product',
  recoveries: 'recovery',
  tranches: 'tranche',
};

/** States in which most can still be done. */
const BEGUN = ['draft', 'pledged', 'open', 'raised', 'scheduled'];

/** A path with the id of something that is there, of Mersey Care where it has one, and that thing's revision. */
async function at(path: string): Promise<{ url: string; revision: number }> {
  const table = TABLES[path.split('/')[2] as string];
  const [row] = table
    ? await app.database.sql<{ id: string; revision: number | null }>(
        `select id, (to_jsonb(x) ->> 'revision')::int as revision from ${table} x
         order by coalesce(to_jsonb(x) ->> 'trust_id' = (select id::text from organisation where ods_code = 'RW4'), false) desc,
           coalesce(to_jsonb(x) ->> 'state' = any ($1), false) desc, id limit 1`,
        [BEGUN],
      )
    : [];
  const values: Record<string, string> = { slug: SLUG, ods: 'RW4', ...(row ? { id: row.id } : {}) };
  return { url: filled(path, values), revision: row?.revision ?? 1 };
}

const resolved = (schema: Schema): Schema => {
  const name = /schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
  if (name) return resolved(description.components.schemas[name] as Schema);
  const [only] = (schema.allOf ?? schema.anyOf ?? []) as Schema[];
  return only ? { ...resolved(only), ...schema } : schema;
};

/** A body as the description's examples have it. */
function exampleOf(schema: Schema): unknown {
  const found = resolved(schema);
  if (found.example !== undefined) return found.example;
  if (Array.isArray(found.enum)) return found.enum[0];
  if (found.properties)
    return Object.fromEntries(
      Object.entries(found.properties).map(([name, field]) => [name, exampleOf(field as Schema)]),
    );
  const type = [found.type].flat()[0];
  if (type === 'array') return [exampleOf(found.items as Schema)];
  return type === 'integer' || type === 'number' ? 1 : type === 'boolean' ? true : 'A text.';
}

/** Fields that were spoiled: each gets a half of the junk, by turns. */
let fields = 0;

/** A body with each of its fields, however deep, replaced by junk. */
function* spoiled(body: unknown): Generator<unknown> {
  if (typeof body !== 'object' || body === null) return;
  for (const name of Object.keys(body)) {
    const put = (value: unknown): unknown =>
      Array.isArray(body)
        ? body.map((each, index) => (String(index) === name ? value : each))
        : { ...body, [name]: value };
    fields += 1;
    for (const junk of JUNK.filter((_, n) => n % 2 === fields % 2)) yield put(junk);
    for (const deeper of spoiled((body as Record<string, unknown>)[name])) yield put(deeper);
  }
}

/** Whether an answer is one that a client can act on: done, or a problem of its own. */
const sound = ({ status, headers }: { status: number; headers: Record<string, string> }): boolean =>
  status < 400 || (status < 500 && headers['content-type'] === 'application/problem+json; charset=utf-8');

test('no field of any body breaks a route: it is taken, or refused as a problem', async () => {
  const broken: unknown[] = [];
  const counts = { tried: 0, refused: 0 };
  for (const { method, path, operation, key } of operations('post', 'patch')) {
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (!schema) continue;
    let { url, revision } = await at(path);
    for (const body of [...spoiled(exampleOf(schema)), null, [], 'x', 1]) {
      const answer = await app
        .request(method, url, key)
        .set('If-Match', `"${revision}"`)
        .set('Content-Type', 'application/json')
        .send(JSON.stringify(body));
      counts.tried += 1;
      if (answer.status >= 400) counts.refused += 1;
      else ({ url, revision } = await at(path));
      if (!sound(answer)) broken.push([method, path, body, answer.status, answer.body]);
    }
  }
  expect(broken).toEqual([]);
  expect(counts.tried).toBeGreaterThan(3_000);
  expect(counts.refused).toBeGreaterThan(counts.tried * 0.8);
}, 240_000);

const SPOILED_QUERY = [
  ...JUNK.map((junk) => `=${encodeURIComponent(typeof junk === 'string' ? junk : JSON.stringify(junk))}`),
  '[]=1',
];

/** Parameters that one mechanism takes for every route, such as \`asAt\`. */
const SHARED_BY = 15;

test('no parameter of any list breaks it', async () => {
  const broken: unknown[] = [];
  let tried = 0;
  const routes = operations('get');
  const queryOf = ({ operation }: Tried) => operation.parameters.filter((each) => each.in === 'query');
  const names = routes.flatMap((route) => queryOf(route).map(({ name }) => name));
  const sharing = new Map<string, number>();
  for (const name of names) sharing.set(name, (sharing.get(name) ?? 0) + 1);
  for (const [turn, route] of routes.entries()) {
    const { path, key } = route;
    const { url } = await at(path);
    for (const { name } of queryOf(route)) {
      const shared = (sharing.get(name) ?? 0) > SHARED_BY;
      // What is shared is spoiled in another way at each route.
      const spoiled = SPOILED_QUERY.filter((_, n) => !shared || n % 4 === turn % 4);
      for (const query of [...spoiled.map((each) => `${name}${each}`), `${name}=1&${name}=2`]) {
        const answer = await app.request('get', `${url}?${query}`, key);
        tried += 1;
        if (!sound(answer)) broken.push([path, query, answer.status, answer.body]);
      }
    }
  }
  expect(broken).toEqual([]);
  expect(tried).toBeGreaterThan(1_000);
}, 240_000);

test.each(['nope', '%00', "';--", '..%2f..%2fetc%2fpasswd', '00000000-0000-7000-8000-00000000000g'])(
  'the id %s is that of nothing, wherever there is one',
  async (id) => {
    const found: unknown[] = [];
    const reads = operations('get').filter(({ path }) => path.includes(':id'));
    expect(reads.length).toBeGreaterThan(25);
    for (const { path, key } of reads) {
      const { status } = await app.request('get', filled(path, { id }), key);
      if (status !== 404) found.push([path, status]);
    }
    expect(found).toEqual([]);
  },
);
