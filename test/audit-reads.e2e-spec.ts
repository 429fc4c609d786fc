import type { AuditReadView } from '../src/auditing/reads/audit-read.queries.js';
import { SUBJECTS } from '../src/auditing/reads/audit-read.rules.js';
import { type Permission, roleMay } from '../src/core/permissions.js';
import { startTestApp, type TestApp } from './support/app.js';
import { pdf, sendEvidence } from './support/evidence.js';
import { record } from './support/findings.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';
import { filled, pageRoutesOf, routesOf } from './support/routes.js';

const P = `/v1/programmes/${SLUG}`;

let app: TestApp;
let auditor: string;
let visitor: Visitor;
let manager: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  auditor = await app.as('auditor');
  visitor = await signedIn(app, auditor);
  manager = await app.as('programme-manager');
}, 180_000);
afterAll(() => app?.stop());

const reads = (): Promise<Array<Record<string, unknown>>> =>
  app.database.sql('select * from audit_read order by id');
/** What was recorded while something was done. */
async function during(work: () => Promise<unknown>): Promise<Array<Record<string, unknown>>> {
  const before = (await reads()).length;
  await work();
  return (await reads()).slice(before);
}

test('a reading is recorded with who, what, when and by which request, and it is in the log', async () => {
  const { id } = (await record(app, auditor).expect(201)).body;
  const [row, ...others] = await during(() =>
    app.request('get', `/v1/findings/${id}`, auditor).set('X-Request-Id', 'looked-at-once').expect(200),
  );
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    ...{ method: 'GET', path: `/v1/findings/${id}`, route: '/v1/findings/:id', status: 200 },
    ...{ subject_table: 'audit_finding', subject_id: id, as_at: null, as_at_number: null },
    ...{ person_id: (await app.actorOf(auditor)).id, request_id: 'looked-at-once' },
  });
  const [entry] = await app.database.sql(
    `select action, actor_role, operation, request_id from log_entry where table_name = 'audit_read' and subject_id = $1`,
    [row?.id],
  );
  expect(entry).toEqual({
    ...{ action: 'audit.read', actor_role: 'auditor', operation: 'insert', request_id: 'looked-at-once' },
  });
});

/** What is no part of the record is no subject of it. */
const MACHINERY = ['receipts', 'exports'];

test('every call that an auditor may make leaves one, whatever it answers', async () => {
  const asked = routesOf(app).filter(
    ({ method, path, access }) =>
      method === 'get' &&
      path.startsWith('/v1/') &&
      (access === 'anybody' || roleMay('auditor', access as Permission)),
  );
  expect(asked.length).toBeGreaterThan(50);
  for (const { path } of asked) {
    const rows = await during(() =>
      app.request('get', filled(path, { slug: SLUG, ods: 'RW4' }), auditor).buffer(true),
    );
    expect([path, rows.map(({ route }) => route)]).toEqual([path, [path]]);
    const before = /\/([a-z-]+)\/:id/.exec(path)?.[1];
    if (before && !MACHINERY.includes(before))
      expect([path, rows[0]?.subject_table]).toEqual([path, SUBJECTS[before]]);
  }
}, 240_000);

test('every page that an auditor may open leaves one', async () => {
  const asked = pageRoutesOf(app).filter(
    ({ method, path, access }) =>
      method === 'get' &&
      !path.startsWith('/sign-') &&
      (access === 'anybody' || roleMay('auditor', access as Permission)),
  );
  expect(asked.length).toBeGreaterThan(50);
  for (const { path } of asked) {
    const rows = await during(() => visitor.get(filled(path, { slug: SLUG, ods: 'RW4' })));
    expect([path, rows.length > 0]).toEqual([path, true]);
  }
}, 240_000);

test('a refusal is recorded as well; what is not there, what is public and what others read is not', async () => {
  const refused = await during(() => app.request('get', '/v1/api-keys', auditor).expect(403));
  expect(refused).toMatchObject([{ route: '/v1/api-keys', status: 403 }]);
  const missing = await during(() => app.request('get', '/v1/programmes/no-such/state', auditor).expect(404));
  expect(missing).toMatchObject([{ status: 404, subject_table: 'programme', subject_id: null }]);
  expect(
    await during(async () => {
      await app.request('get', '/health/ready').expect(200);
      await app.request('get', '/openapi.json').expect(200);
      await app.request('get', `${P}/money`, manager).expect(200);
      await app.request('get', `${P}/money`, await app.as('trust-lead', 'RW4')).expect(200);
      await app.request('get', '/v1/nothing', auditor).expect(404);
    }),
  ).toEqual([]);
});

test('a download and events count as readings, before their first byte', async () => {
  const lead = await app.as('trust-lead', 'RW4');
  const [milestone] = await app.database.sql<{ id: string }>(
    `select id from milestone where trust_id = (select id from organisation where ods_code = 'RW4') limit 1`,
  );
  const { body } = await sendEvidence(app, lead, milestone?.id as string, pdf());
  const path = `/v1/evidence/${body.id}/content`;
  const rows = await during(() => app.request('get', path, auditor).buffer(true).expect(200));
  expect(rows).toMatchObject([{ path, status: 200, subject_table: 'evidence', subject_id: body.id }]);
});

test('a reading of the past says of which moment, and names and secrets are not kept', async () => {
  const now = new Date().toISOString();
  const [past] = await during(() => app.request('get', `${P}/money?asAt=${now}`, auditor).expect(200));
  expect(past).toMatchObject({ route: '/v1/programmes/:slug/money', as_at: expect.anything() });
  expect(Number(past?.as_at_number)).toBeGreaterThan(0);
  const [named] = await during(() => visitor.get('/history?actor=Amina%20Hussain'));
  expect(named?.path).toBe('/history?actor=[hidden]');
});

test('reading changes nothing of what a programme was', async () => {
  const now = new Date().toISOString();
  const state = async () => {
    const { body } = await app.request('get', `${P}/state?asAt=${now}`, manager).expect(200);
    return body;
  };
  const before = await state();
  for (let i = 0; i < 5; i += 1) await app.request('get', `${P}/state`, auditor).expect(200);
  expect(await state()).toEqual(before);
});

test('what cannot be recorded is not answered, as a call or as a page; others are', async () => {
  await app.database.sql('alter table exemplar.audit_read rename to hidden');
  try {
    const call = await app.request('get', `${P}/money`, auditor);
    expect([call.status, call.headers['content-type'], call.body.code]).toEqual([
      503,
      'application/problem+json; charset=utf-8',
      'unavailable',
    ]);
    expect(JSON.stringify(call.body)).not.toContain('awardedPence');
    const page = await visitor.get(`/programmes/${SLUG}/money`);
    expect(page.status).toBe(503);
    expect(page.text).not.toContain('£');
    await app.request('get', `${P}/money`, manager).expect(200);
  } finally {
    await app.database.sql('alter table exemplar.hidden rename to audit_read');
  }
  await app.request('get', `${P}/money`, auditor).expect(200);
});

describe('the list of them', () => {
  const list = async (query: string, key = manager): Promise<AuditReadView[]> =>
    (await app.request('get', `/v1/audit/reads?limit=200&${query}`, key).expect(200)).body.items;

  test('is narrowed by person, path and days, and comes in pages', async () => {
    const { id } = await app.actorOf(auditor);
    const mine = await list(`person=${id}`);
    expect(mine.length).toBeGreaterThan(20);
    expect(new Set(mine.map(({ person }) => person.id))).toEqual(new Set([id]));
    expect(await list('person=00000000-0000-0000-0000-000000000000')).toEqual([]);
    const money = await list(`path=${P}/money`);
    expect(money.length).toBeGreaterThan(1);
    expect(money.filter(({ path }) => !path.startsWith(`${P}/money`))).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect((await list(`from=${today}`)).length).toBeGreaterThan(0);
    expect(await list('to=2018-01-01')).toEqual([]);
    const first = await app.request('get', `/v1/audit/reads?limit=2&path=${P}/money`, manager).expect(200);
    const next = /^<([^>]+)>/.exec(first.headers.link as string)?.[1] as string;
    const second = await app.request('get', next, manager).expect(200);
    expect([...first.body.items, ...second.body.items]).toEqual(money.slice(0, 4));
    for (const wrong of ['person=x', 'from=soon', 'after=x'])
      await app.request('get', `/v1/audit/reads?${wrong}`, manager).expect(400);
  });

  test('is on a page, each leading to what was looked at', async () => {
    await visitor.get(`/programmes/${SLUG}/money`);
    const page = await visitor.get(`/audit/reads?path=/programmes/${SLUG}/money`);
    expect(page.rows('reads')[0]?.[2]).toContain(`GET /programmes/${SLUG}/money`);
    const hrefs = [...page.document.querySelectorAll('#reads tbody a')].map((link) =>
      link.getAttribute('href'),
    );
    expect(hrefs).toContain(`/programmes/${SLUG}/money`);
  });

  test('is for those who read the log, and never for a trust', async () => {
    for (const role of ['trust-lead', 'trust-finance-director'] as const)
      await app.request('get', '/v1/audit/reads', await app.as(role, 'RW4')).expect(403);
    await app.request('get', '/v1/audit/reads', await app.as('assessor')).expect(403);
  });
});

test('a reading that is recorded stays as it is', async () => {
  await expect(
    app.database.sql('set role exemplar_app; update exemplar.audit_read set path = path'),
  ).rejects.toMatchObject({ code: '42501' });
});
