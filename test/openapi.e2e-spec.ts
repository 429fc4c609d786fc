import { readFile } from 'node:fs/promises';
import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { type Method, startTestApp, type TestApp } from './support/app.js';
import { Conformance, type Description, type Operation, type Schema } from './support/conformance.js';
import { pdf, sendEvidence } from './support/evidence.js';
import { record } from './support/findings.js';
import { playMoney } from './support/play-money.js';
import {
  assessed,
  type Cast,
  castFor,
  completed,
  eventually,
  read,
  reportId,
  SLUG,
  save,
  step,
} from './support/returns.js';
import { filled, routesOf } from './support/routes.js';

/** Routes that have no JSON to hold against a schema. */
const NO_JSON = [
  'get /v1/audit/export',
  'get /v1/audit/verifier',
  'get /v1/cost-evidence/{id}/content',
  'get /v1/evidence/{id}/content',
  'get /v1/exports/{id}/content',
  'get /v1/programmes/{slug}/definition',
  'get /v1/receipts/{id}/events',
  'post /v1/jobs/{id}/replay',
];
/** Lists in which nothing is, as things are played. */
const ALWAYS_EMPTY = ['get /v1/jobs items'];
/** Serves itself; described nowhere. */
const REFERENCE = /^\/(docs|openapi\.json)(\/|$)/;
/** What needs a notary, or is a file: proofs, checkpoints and the export have tests of their own. */
const OF_THE_PROOF =
  /^\/v1\/audit\/(checkpoints|consistency-proofs|inclusion-proofs|export|verifier|keys|standing)/;

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

  test('is played', play, 30_000);

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

async function get(path: string, key: string) {
  const { status, body } = await app.request('get', path, key);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

async function play(): Promise<void> {
  const admin = await app.as('administrator');
  await openPeriods();
  const milestones = (await get(`/v1/programmes/${SLUG}/milestones?trust=RW4`, cast.lead)).items as Array<{
    id: string;
    code: string;
  }>;
  for (const { id } of milestones.slice(0, 3))
    expect((await sendEvidence(app, cast.lead, id, pdf({}))).status).toBe(201);
  await playReturn(
    '2017/18 Q1',
    milestones.slice(0, 3).map(({ code }) => code),
  );
  const second = await playReturn('2017/18 Q2', []);
  await playMilestones(milestones.map(({ id }) => id));
  await playMeasurements();
  await step(app, cast.lead, second, 'correction', { reason: 'A slip' });
  await playAdministration(admin);
  const progress = await eventually(async () => {
    const found = await get(`/v1/programmes/${SLUG}/trusts/RW4/progress?period=2017/18 Q1`, cast.lead);
    return found.figures[0]?.validated ? found : undefined;
  });
  await get(`/v1/progress/${progress.figures[0].selfReported.id}/lineage`, cast.lead);
  const whole = await eventually(async () => {
    const found = await get(`/v1/programmes/${SLUG}/progress`, cast.manager);
    return found.figures[0]?.validated ? found : undefined;
  });
  await get(`/v1/programme-progress/${whole.figures[0].selfReported.id}/lineage`, cast.manager);
  const list = { list: '/v1/organisations', format: 'csv' };
  const asked = await app.request('post', '/v1/exports', cast.manager).send(list).expect(202);
  await eventually(async () => {
    const { state } = await get(`/v1/exports/${asked.body.id}`, cast.manager);
    return state === 'ready' ? true : undefined;
  });
  for (const { method, path, access } of routesOf(app))
    if (method === 'get' && !path.includes(':id') && !REFERENCE.test(path) && !OF_THE_PROOF.test(path)) {
      const key = ['key:manage', 'job:manage', 'person:erase'].includes(access ?? '') ? admin : cast.manager;
      await get(filled(path, { slug: SLUG, ods: 'RW4' }), key);
    }
}

async function openPeriods(): Promise<void> {
  const reporting = app.app.get(ReportingService, { strict: false });
  await app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'reporting-period.open' }, (tx) =>
      reporting.openDue(tx),
    );
}

/** A return with every turn it can take: queried once, answered, accepted. */
async function playReturn(period: string, claimed: string[]): Promise<string> {
  const id = await reportId(app, cast.lead, 'RW4', period);
  const report = await read(app, cast.lead, id);
  const whole = await completed(app, cast.lead, report, 30);
  const saved = await save(app, cast.lead, id, {
    ...whole,
    milestones: (whole.milestones ?? []).map((line) =>
      claimed.includes(line.milestone) ? { ...line, claim: 'met' as const, actualOn: '2017-06-20' } : line,
    ),
    risks: [{ title: 'Late supplier', likelihood: 2, impact: 3, mitigation: 'Weekly calls', owner: 'CCIO' }],
  });
  expect(saved.status).toBe(200);
  await submit(id);
  const question = { section: 'spend', question: 'Why so little?' };
  const queried = await step(app, cast.assessor, id, 'queries', { questions: [question] });
  await save(app, cast.lead, id, { risks: [] });
  const answer = `queries/${queried.body.queries.at(-1)?.id}/answer`;
  expect(await step(app, cast.lead, id, answer, { answer: 'The invoice is late.' })).toMatchObject({
    status: 200,
  });
  const submitted = await submit(id);
  await get(`/v1/receipts/${submitted.current.receipt}`, cast.lead);
  expect(await step(app, cast.assessor, id, 'acceptance', { reason: 'Warnings explained' })).toMatchObject({
    status: 200,
  });
  await get(`/v1/progress-reports/${id}/versions`, cast.lead);
  return id;
}

async function submit(id: string) {
  expect(await step(app, cast.director, id, 'certification')).toMatchObject({ status: 200 });
  expect(await step(app, cast.lead, id, 'submission')).toMatchObject({ status: 202 });
  const done = await assessed(app, cast.lead, id);
  expect(done.current.findings.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  return done;
}

/** A step of something that is changed under its ETag. */
async function under(path: string, noun: string, key: string, body: object = {}) {
  const { revision } = await get(path, key);
  const answer = await app
    .request('post', `${path}/${noun}`, key)
    .set('If-Match', `"${revision}"`)
    .send(body);
  expect([noun, answer.status]).toEqual([noun, 200]);
}

async function playMilestones(ids: string[]): Promise<void> {
  const [first, second, third] = ids.map((id) => `/v1/milestones/${id}`) as [string, string, string];
  await under(first, 'claim-withdrawal', cast.lead, { reason: 'Too early' });
  await under(second, 'review', cast.assessor);
  await under(second, 'outcome', cast.assessor, { outcome: 'met', reason: 'The minutes say so' });
  const found = await record(app, cast.assessor, { trust: 'RW4' }).expect(201);
  await under(second, 'reopening', cast.assessor, { finding: found.body.reference });
  await under(second, 'waiver', cast.assessor, { authority: 'Board, minute 3' });
  await under(third, 'review', cast.assessor);
  await under(third, 'outcome', cast.assessor, { outcome: 'partly-met', reason: 'Half of it' });
  await under(third, 'cancellation', cast.assessor, { authority: 'Board, minute 4' });
  const { items } = await get(`${first}/evidence`, cast.lead);
  await get(`/v1/evidence/${items[0].id}`, cast.lead);
}

async function playMeasurements(): Promise<void> {
  const list = `/v1/programmes/${SLUG}/measurements?period=2017/18 Q1`;
  const { items } = await get(list, cast.assessor);
  const [a, b, c, d] = items.map(({ id }: { id: string }) => `/v1/measurements/${id}`) as [
    string,
    string,
    string,
    string,
  ];
  await under(a, 'validation', cast.assessor, { numerator: 10, denominator: 100, note: 'Sampled' });
  await under(a, 'publication', cast.manager);
  await under(b, 'challenge', cast.assessor, { reason: 'Is it so?' });
  await under(b, 'answer', cast.lead, { reason: 'It is' });
  await under(c, 'challenge', cast.assessor, { reason: 'Is it so?' });
  await under(c, 'rejection', cast.assessor, { reason: 'It is not' });
  const { id, revision } = await get(d, cast.assessor);
  await app
    .request('post', '/v1/measurement-validations', cast.assessor)
    .send({ items: [{ id, revision, numerator: 1, denominator: 100 }] })
    .expect(200);
  await get(list, cast.manager);
}

async function playAdministration(admin: string): Promise<void> {
  const wanted = { name: 'A', role: 'trust-lead', trust: 'RW4', label: 'x', days: 1 };
  const { body } = await app.request('post', '/v1/api-keys', admin).send(wanted).expect(201);
  await under(`/v1/api-keys/${body.id}`, 'revocation', admin, undefined);
  await get(`/v1/people/${body.person.id}`, admin);
  await under(`/v1/people/${body.person.id}`, 'erasure', admin, { reason: 'They left.' });
  const text = await readFile(new URL('../programmes/rural-broadband.yaml', import.meta.url), 'utf8');
  for (const path of ['/differences', '', '/differences'])
    await app
      .request('post', `/v1/programme-definitions${path}`, admin)
      .set('Content-Type', 'application/yaml')
      .send(path === '' ? text : text.replace('The month in brief', 'The month'))
      .expect(200);
}
