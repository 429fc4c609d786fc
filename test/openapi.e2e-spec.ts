import { type Method, startTestApp, type TestApp } from './support/app.js';
import {
  Conformance,
  type Description,
  NO_JSON,
  type Operation,
  type Schema,
} from './support/conformance.js';
import { playMoney } from './support/play-money.js';
import { OF_THE_PROOF, playReturns, REFERENCE } from './support/play-returns.js';
import { type Cast, castFor } from './support/returns.js';
import { routesOf } from './support/routes.js';

/** Lists in which nothing is, as things are played. */
const ALWAYS_EMPTY = ['get /v1/jobs items'];

interface Heard {
  method: Method;
  path: string;
  status: number;
  type: string;
  body: unknown;
}

let app: TestApp;
let cast: Cast;
let description: Description;
const heard: Heard[] = [];

beforeAll(async () => {
  app = recording(await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-05-15' } }));
  cast = await castFor(app, 'RW4');
  description = (await app.request('get', '/openapi.json').expect(200)).body;
}, 30_000);
afterAll(() => app?.stop());

/** The same application, with every answer remembered. */
function recording(real: TestApp): TestApp {
  return {
    ...real,
    request(method, path, key) {
      const request = real.request(method, path, key);
      request.on('response', ({ status, headers, body, text }) => {
        const type = String(headers['content-type'] ?? '').split(';')[0] as string;
        heard.push({
          method,
          path: path.split('?')[0] as string,
          status,
          type,
          body: type === 'application/json' ? body : text,
        });
      });
      return request;
    },
  };
}

const templated = (path: string): string => path.replace(/:(\w+)/g, '{$1}');
const operations = (): Array<[string, Method, Operation]> =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [path, method as Method, operation] as [string, Method, Operation],
    ),
  );
const where = <T>(test: (operation: Operation, path: string, method: Method) => T): string[] =>
  operations().flatMap(([path, method, operation]) =>
    test(operation, path, method) ? [`${method} ${path}`] : [],
  );

test('the description is OpenAPI 3.1, and every reference in it leads somewhere', () => {
  expect(description.openapi).toBe('3.1.0');
  expect(description.info).toMatchObject({
    title: 'Exemplar',
    version: '1',
    description: expect.any(String),
  });
  expect(description.components.securitySchemes).toMatchObject({ key: { type: 'http', scheme: 'bearer' } });
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(
    (match) => match[1] as string,
  );
  expect(references.length).toBeGreaterThan(50);
  const schemas = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...new Set(references)].filter((reference) => !schemas.includes(reference))).toEqual([]);
  expect(JSON.stringify(description)).not.toContain('"nullable"');
  const ids = operations().map(([, , { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('it describes every route, and no other', () => {
  const served = routesOf(app)
    .filter(({ path }) => !REFERENCE.test(path))
    .map(({ method, path }) => `${method} ${templated(path)}`);
  expect(where(() => true).sort()).toEqual(served.sort());
});

test('every operation says what it does, what it takes and what it answers', () => {
  expect(where(({ summary }) => !summary)).toEqual([]);
  expect(where(({ tags }) => tags?.length !== 1)).toEqual([]);
  expect(where(({ responses }) => !Object.keys(responses).some((status) => status.startsWith('2')))).toEqual(
    [],
  );
  expect(where(({ responses }) => !responses.default?.content?.['application/problem+json'])).toEqual([]);
  const silent = ({ responses }: Operation): boolean =>
    Object.entries(responses).some(([status, { content }]) => status !== '204' && !content);
  expect(where(silent)).toEqual([]);
  const inPath = (path: string): string[] =>
    [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  expect(
    where(({ parameters }, path) =>
      inPath(path).some(
        (name) => !parameters.some((each) => each.in === 'path' && each.name === name && each.required),
      ),
    ),
  ).toEqual([]);
  expect(
    where(({ parameters }) => parameters.some((each) => each.in !== 'path' && !each.description)),
  ).toEqual([]);
  expect(
    where(
      ({ parameters }, _, method) =>
        method === 'post' && !parameters.some(({ name }) => name === 'Idempotency-Key'),
    ),
  ).toEqual([]);
});

test('every field of every schema says what it is, and every body has an example', () => {
  const told = (field: Schema): boolean => /"(description|example|enum)"/.test(JSON.stringify(field));
  const fields = Object.entries(description.components.schemas)
    .filter(([name]) => name !== 'FaultView' && name !== 'BlockerView')
    .flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([field, value]) => [`${name}.${field}`, value] as [string, Schema]),
    );
  expect(fields.length).toBeGreaterThan(200);
  expect(fields.filter(([, field]) => !told(field)).map(([name]) => name)).toEqual([]);
  const bodies = operations().flatMap(([, , { requestBody }]) =>
    Object.values(requestBody?.content ?? {}).flatMap(
      ({ schema }) => /schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1] ?? [],
    ),
  );
  // A reason explains itself.
  const unexplained = bodies.filter((name) => {
    const schema = description.components.schemas[name] as Schema;
    const fields = Object.keys(schema.properties ?? {});
    return fields.join() !== 'reason' && !/"example"|"\$ref"/.test(JSON.stringify(schema));
  });
  expect(unexplained).toEqual([]);
});

test('the reference page loads its scripts and styles, and its rules for content let it', async () => {
  const page = await app.request('get', '/docs').expect(200);
  expect(page.headers['content-type']).toContain('text/html');
  const policy = page.headers['content-security-policy'] as string;
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  const scripts = [...page.text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes = '', text = ''] of scripts) {
    expect(text.trim()).toBe('');
    expect(attributes).toMatch(/src="/);
  }
  const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+\.(?:js|css|png))"/g)].map(
    (match) => match[1] as string,
  );
  for (const address of loaded) {
    const url = new URL(address, 'http://host/docs');
    expect(url.host).toBe('host');
    const { status, headers } = await app.request('get', url.pathname);
    expect([address, status]).toEqual([address, 200]);
    expect(headers['content-type']).toMatch(/javascript|css|image/);
  }
});

describe('what the main job is answered', () => {
  // First: once returns are overdue, gates are shut.
  test('is played where it is about money', () => playMoney(app), 60_000);

  test('is played', () => playReturns(app, cast), 30_000);

  test('covers every route', () => {
    const played = new Set(
      heard
        .filter(({ status }) => status < 300)
        .map(({ method, path }) => `${method} ${templateOf(method, path)}`),
    );
    expect(
      where(
        (_, path, method) =>
          !played.has(`${method} ${path}`) &&
          !NO_JSON.includes(`${method} ${path}`) &&
          !OF_THE_PROOF.test(path),
      ),
    ).toEqual([]);
  });

  test('shows something in every list, so that its rows are held against their description', () => {
    const lists = heard.flatMap(({ method, path, status, body }) => {
      if (REFERENCE.test(path)) return [];
      const arrays = Object.entries(Object(body)).filter(([, value]) => Array.isArray(value));
      const name = `${method} ${templateOf(method, path)}`;
      return method === 'get' && status < 300
        ? arrays.map(([field, value]) => [`${name} ${field}`, value as unknown[]])
        : [];
    }) as Array<[string, unknown[]]>;
    const filledOnce = new Set(lists.filter(([, rows]) => rows.length > 0).map(([name]) => name));
    const empty = new Set(lists.map(([name]) => name).filter((name) => !filledOnce.has(name)));
    expect(filledOnce.size).toBeGreaterThan(50);
    expect([...empty].sort()).toEqual(ALWAYS_EMPTY);
  });

  test('is as it is described: no field too few, none too many, none of another type', () => {
    const conformance = new Conformance(description);
    const faults = new Set<string>();
    for (const { method, path, status, type, body } of heard) {
      const template = templateOf(method, path);
      if (!template || NO_JSON.includes(`${method} ${template}`)) continue;
      const found =
        status < 300
          ? conformance.faults(method, template, status, type, body)
          : conformance.faults(method, template, 'default' as never, type, JSON.parse(body as string));
      for (const fault of found) faults.add(`${method} ${template} ${fault.replaceAll(/\/\d+\//g, '/…/')}`);
    }
    expect([...faults].sort()).toEqual([]);
  });
});

function templateOf(method: Method, path: string): string | undefined {
  return operations().find(
    ([template, its]) =>
      its === method && new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )?.[0];
}
