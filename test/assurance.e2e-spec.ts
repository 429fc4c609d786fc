import { randomUUID } from 'node:crypto';
import type { ProductWithVersions } from '../src/assurance/product.queries.js';
import type { GoLiveView } from '../src/milestones/go-lives.reader.js';
import { again, of } from './support/again.js';
import { startTestApp, type TestApp } from './support/app.js';
import { addFile, assuranceStep, begin } from './support/assurance.js';
import { rowCounts } from './support/counts.js';
import { pdf, sendEvidence } from './support/evidence.js';
import { acceptOf } from './support/milestones.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-07-20';
const PROJECT = 'slam-ward-observations';
const GO_LIVE = `${PROJECT}/observations-go-live`;

let app: TestApp;
/** Of South London and Maudsley. */
let lead: string;
let director: string;
let stranger: string;
let assessor: string;
let manager: string;
let auditor: string;
let finance: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  [lead, director, stranger, assessor, manager, auditor, finance] = await Promise.all([
    app.as('trust-lead', 'RV5'),
    app.as('trust-finance-director', 'RV5'),
    app.as('trust-lead', 'RW4'),
    app.as('assessor'),
    app.as('programme-manager'),
    app.as('auditor'),
    app.as('finance-officer'),
  ]);
});
afterAll(() => app?.stop());

const get = async (path: string, key = assessor, status = 200) =>
  (await app.request('get', path, key).expect(status)).body;

async function versioned(name: string): Promise<ProductWithVersions> {
  const content = { name, supplier: 'Northern Health Software Ltd', summary: 'Observations at the bedside.' };
  const { body } = await app.request('post', '/v1/products', manager).send(content).expect(201);
  const answer = await app
    .request('post', `/v1/products/${body.id}/versions`, manager)
    .set('If-Match', `"${body.revision}"`)
    .send({ version: '5.2', releasedOn: '2017-09-01' })
    .expect(200);
  return answer.body;
}

/** Takes a piece of assurance from nothing to accepted. @returns its id */
async function accepted(
  of: Parameters<typeof begin>[2],
  { writer = lead, decider = assessor }: { writer?: string; decider?: string } = {},
): Promise<string> {
  const { body } = await begin(app, writer, of).expect(201);
  if (of.kind.startsWith('dcb')) await addFile(app, writer, body.id, 'hazard-logs').expect(201);
  expect(await assuranceStep(app, writer, body.id, 'submission')).toMatchObject({ status: 200 });
  expect(await assuranceStep(app, decider, body.id, 'acceptance')).toMatchObject({
    status: 200,
    body: { state: 'accepted' },
  });
  return body.id;
}

async function goLive(query = 'trust=RV5', key = lead): Promise<GoLiveView> {
  const { items } = await get(`/v1/programmes/${SLUG}/go-lives?${query}`, key);
  return items.find(({ code }: GoLiveView) => code === GO_LIVE);
}
const standing = ({ requirements }: GoLiveView) =>
  Object.fromEntries(requirements.map(({ kind, status }) => [kind ?? 'deployment', status]));

describe('project lead 7: which safety or governance evidence is missing or expiring before go-live', () => {
  let product: ProductWithVersions;
  let version: string;
  let deployment: string;
  let milestone: string;
  const meet = async () => {
    const { revision } = await get(`/v1/milestones/${milestone}`);
    return app
      .request('post', `/v1/milestones/${milestone}/outcome`, assessor)
      .set('If-Match', `"${revision}"`)
      .send({ outcome: 'met', reason: 'The minutes show it.' });
  };

  test('before anything is recorded, all that applies on the day is missing', async () => {
    const found = await goLive();
    milestone = found.id;
    // The forecast, 30 June 2018, has passed: it is looked at for today.
    expect(found).toMatchObject({ lookedAtOn: TODAY, state: 'planned', missing: 4 });
    expect(standing(found)).toEqual({
      deployment: 'missing',
      dpia: 'missing',
      dspt: 'missing',
      caldicott: 'missing',
    });
  });

  test('a go-live is not met without what applied on that day, and each is named with where it is given', async () => {
    const { trust_id: trustId, programme_id: programmeId } = (
      await app.database.sql<{ trust_id: string; programme_id: string }>(
        'select trust_id, programme_id from milestone where id = $1',
        [milestone],
      )
    )[0] as { trust_id: string; programme_id: string };
    await acceptOf(app, { programmeId, trustId }, GO_LIVE, { claim: 'met', actualOn: '2018-06-25' });
    expect((await sendEvidence(app, lead, milestone, pdf())).status).toBe(201);
    const { revision } = await get(`/v1/milestones/${milestone}`);
    await app
      .request('post', `/v1/milestones/${milestone}/review`, assessor)
      .set('If-Match', `"${revision}"`)
      .send({})
      .expect(200);
    const { status, body } = await meet();
    expect(status).toBe(409);
    expect(body.blockers).toEqual([
      expect.objectContaining({
        code: 'deployment-missing',
        message: expect.stringContaining('no product is recorded as in use on 25 June 2018'),
        clearedBy: expect.stringContaining('which version of which product'),
        dueOn: '2018-06-25',
      }),
      ...[
        'Data protection impact assessment',
        'Data Security and Protection Toolkit',
        'Caldicott Guardian',
      ].map((name) =>
        expect.objectContaining({
          code: 'assurance-missing',
          message: expect.stringContaining(name),
          clearedBy: expect.stringContaining('page of assurance'),
        }),
      ),
    ]);
    // Not met, or partly met, needs none of it.
    expect((await get(`/v1/milestones/${milestone}`)).state).toBe('under-review');
  });

  test('a version is in use from a day on, and makes what applies concrete', async () => {
    product = await versioned('Ward observations');
    version = product.versionList[0]?.id as string;
    const deploy = (body: object, key = lead) =>
      app.request('post', `/v1/programmes/${SLUG}/deployments`, key).send(body);
    const wanted = { project: PROJECT, version, fromOn: '2018-06-25' };
    for (const [wrong, status, code] of [
      [{ ...wanted, fromOn: '2017-08-31' }, 409, 'blocked'],
      [{ ...wanted, version: randomUUID() }, 422, 'unknown-version'],
      [{ ...wanted, project: 'mersey-suicide-risk-app' }, 422, 'unknown-project'],
      [{ ...wanted, fromOn: 'soon' }, 400, 'validation-failed'],
    ] as const) {
      const answer = await deploy(wrong);
      expect([answer.status, answer.body.code]).toEqual([status, expect.any(String)]);
      if (status !== 400) expect(answer.body.code).toBe(code);
    }
    await deploy(wanted, manager).expect(403);
    await deploy(wanted, auditor).expect(403);
    deployment = (await deploy(wanted).expect(201)).body.id;
    expect((await deploy(wanted)).body).toMatchObject({ status: 409, code: 'deployment-exists' });
    // It is its trust's own, and the funder's to see.
    await get(`/v1/deployments/${deployment}`, stranger, 404);
    expect(await get(`/v1/deployments/${deployment}`, auditor)).toMatchObject({
      project: { code: PROJECT },
      version: { name: '5.2' },
    });
    expect((await get(`/v1/products/${product.id}/deployments`, stranger)).items).toEqual([]);
    expect(standing(await goLive())).toEqual({
      dcb0129: 'missing',
      dcb0160: 'missing',
      'device-status': 'missing',
      dpia: 'missing',
      dspt: 'missing',
      caldicott: 'missing',
    });
  });

  test('what is there in time and holds on the day lets it be met; what expired before, or was signed after, does not', async () => {
    await accepted({ kind: 'dcb0129', subject: version }, { writer: manager });
    await accepted({ kind: 'device-status', subject: product.id, outcome: 'class-i' }, { writer: manager });
    await accepted({ kind: 'caldicott', subject: 'RV5' });
    const project = (await get(`/v1/deployments/${deployment}`)).project.id;
    await accepted({ kind: 'dpia', subject: project, signedOn: '2018-06-26' });
    await accepted({ kind: 'dspt', subject: 'RV5', outcome: 'standards-met', expiresOn: '2018-06-24' });
    const safety = await begin(app, lead, { kind: 'dcb0160', subject: deployment }).expect(201);
    await addFile(app, lead, safety.body.id, 'hazard-logs').expect(201);
    await assuranceStep(app, lead, safety.body.id, 'submission');
    const { body } = await meet();
    expect(body.blockers.map(({ code, about }: never) => [code, (about as { kind: string }).kind])).toEqual([
      ['assurance-in-review', 'assurance-item'],
      ['assurance-missing', 'project'],
      ['assurance-expired', 'assurance-item'],
    ]);
    await assuranceStep(app, assessor, safety.body.id, 'acceptance');
    await accepted({ kind: 'dpia', subject: project, signedOn: '2018-06-25' });
    // Standards that are not met are no pass, though they hold on the day.
    const failed = { kind: 'dspt', subject: 'RV5', outcome: 'standards-not-met', signedOn: '2018-06-01' };
    await accepted(failed);
    expect((await meet()).body.blockers).toMatchObject([{ code: 'assurance-not-passed' }]);
    await accepted({ ...failed, outcome: 'standards-met', signedOn: '2018-06-20', expiresOn: '2018-08-31' });
    expect(await goLive()).toMatchObject({ missing: 0, endingSoon: 1 });
    expect(await meet()).toMatchObject({ status: 200, body: { state: 'met' } });
  });

  test('what is live and ends soon is told in time, and asked as at an earlier moment it is as it was', async () => {
    const live = await goLive('trust=RV5&live=true&until=2018-12-31');
    expect(live).toMatchObject({ lookedAtOn: TODAY, missing: 0, endingSoon: 1 });
    const { items } = await get('/v1/assurance-items?trust=RV5&state=accepted&expiresTo=2018-10-18', lead);
    expect(items).toMatchObject([{ kind: 'dspt', expiresOn: '2018-08-31' }]);
    const [first] = await app.database.sql<{ at: string }>(
      "select to_json(recorded_at) #>> '{}' as at from log_entry where table_name = 'deployment' order by number limit 1",
    );
    const then = await goLive(`trust=RV5&asAt=${encodeURIComponent(first?.at as string)}`);
    expect(then).toMatchObject({ state: 'under-review', missing: 6 });
    expect((await get(`/v1/assurance-items?asAt=${encodeURIComponent(first?.at as string)}`)).items).toEqual(
      [],
    );
  });

  test('a gate behind it shuts when what it rests on holds no longer, and not before', async () => {
    const condition = async () => {
      const { ASSURANCE_VALID } = await import('../src/funding/gates/assurance-valid.js');
      const { ReadScope } = await import('../src/database/read-scope.js');
      const [row] = await app.database.sql<{ id: string }>('select id from programme where slug = $1', [
        SLUG,
      ]);
      const [owner] = await app.database.sql<{ id: string }>(
        'select trust_id as id from milestone where id = $1',
        [milestone],
      );
      const scope = { programmeId: row?.id as string, trustIds: [owner?.id as string] };
      const at = (today: string) =>
        app.app
          .get(ReadScope, { strict: false })
          .run({ trustId: null }, (sql) => ASSURANCE_VALID.blockers(sql, { ...scope, today }));
      return { before: await at('2018-08-31'), after: await at('2018-09-01') };
    };
    // The tranche rests on the milestone.
    await app.database.sql(
      `begin; set local session_replication_role = replica;
       insert into tranche_milestone (id, trust_id, tranche_id, milestone_id)
         select uuidv7(), trust_id, uuidv7(), id from milestone where id = '${milestone}'; commit`,
    );
    const { before, after } = await condition();
    expect(before).toEqual([]);
    expect(after).toMatchObject([
      {
        blocker: {
          code: 'assurance-invalid',
          message: expect.stringContaining('holds until 31 August 2018'),
          about: { kind: 'assurance-item' },
        },
      },
    ]);
  });
});

describe('a piece of assurance', () => {
  let product: ProductWithVersions;
  let version: string;
  beforeAll(async () => {
    product = await versioned('Remote consultations');
    version = product.versionList[0]?.id as string;
  });

  test('is accepted by somebody who had no hand in it, and not without its hazard log', async () => {
    const { body, headers } = await begin(app, manager, { kind: 'dcb0129', subject: version }).expect(201);
    expect(headers.location).toBe(`/v1/assurance-items/${body.id}`);
    expect(body).toMatchObject({
      reference: expect.stringMatching(/^ASR-\d{5}$/),
      signOffRole: 'Clinical safety officer',
      subject: { level: 'product-version', name: 'Remote consultations 5.2' },
      state: 'draft',
      next: ['change', 'withdrawal'],
    });
    expect(await assuranceStep(app, manager, body.id, 'submission')).toMatchObject({
      status: 409,
      codes: ['hazard-log-missing'],
    });
    // The assessor adds the file, and has a hand in it from then on.
    await addFile(app, assessor, body.id, 'hazard-logs').expect(201);
    expect(await assuranceStep(app, manager, body.id, 'submission', {}, null)).toMatchObject({ status: 428 });
    expect(await assuranceStep(app, manager, body.id, 'submission', {}, 99)).toMatchObject({ status: 412 });
    expect(await assuranceStep(app, manager, body.id, 'submission')).toMatchObject({ status: 200 });
    for (const key of [assessor, manager])
      expect(await assuranceStep(app, key, body.id, 'acceptance')).toMatchObject({
        status: 409,
        codes: ['decider-is-writer'],
      });
    const other = await app.as('assessor');
    expect(await assuranceStep(app, other, body.id, 'rejection', {})).toMatchObject({ status: 400 });
    expect(await assuranceStep(app, other, body.id, 'rejection', { reason: 'Incomplete.' })).toMatchObject({
      status: 200,
      body: { state: 'rejected', next: [] },
    });
    const [entry] = await app.database.sql(
      'select action, reason from log_entry where subject_id = $1 order by number desc',
      [body.id],
    );
    expect(entry).toEqual({ action: 'assurance.reject', reason: 'Incomplete.' });
  });

  test('is written anew while it is a draft, and never after; the later one supersedes the former', async () => {
    const of = { kind: 'device-status', subject: product.id, outcome: 'class-i' };
    const first = await accepted(of, { writer: manager });
    const { body } = await begin(app, manager, { ...of, signedOn: '2018-01-15' }).expect(201);
    const { kind: _, subject: __, ...content } = { ...of, ...body, outcome: 'class-iia' };
    const written = {
      version: content.version,
      signedBy: content.signedBy,
      signedOn: content.signedOn,
      expiresOn: null,
      outcome: content.outcome,
      document: 'Elsewhere',
    };
    const put = (revision: number, more: object = {}) =>
      app
        .request('put', `/v1/assurance-items/${body.id}`, manager)
        .set('If-Match', `"${revision}"`)
        .send({ ...written, ...more });
    for (const [wrong, code] of [
      [{ outcome: 'harmless' }, 'outcome-missing'],
      [{ outcome: null }, 'outcome-missing'],
      [{ signedOn: '2018-07-21' }, 'signed-in-future'],
      [{ expiresOn: '2018-01-14' }, 'expires-before-signed'],
    ] as const)
      expect((await put(1, wrong)).body).toMatchObject({ status: 422, code, errors: [{ code }] });
    expect((await put(1)).body).toMatchObject({ outcome: 'class-iia', document: 'Elsewhere', revision: 2 });
    await assuranceStep(app, manager, body.id, 'submission');
    expect((await put(3)).status).toBe(409);
    await assuranceStep(app, assessor, body.id, 'acceptance');
    expect(await get(`/v1/assurance-items/${first}`)).toMatchObject({ state: 'superseded' });
    // Not even by direct SQL.
    await expect(
      app.database.sql(`update assurance_item set expires_on = '2030-01-01' where id = '${body.id}'`),
    ).rejects.toThrow('What was submitted never changes');
    const gone = await assuranceStep(app, assessor, body.id, 'withdrawal', { reason: 'Wrong class.' });
    expect(gone).toMatchObject({ status: 200, body: { state: 'withdrawn', next: [] } });
    expect(await assuranceStep(app, assessor, body.id, 'withdrawal', { reason: 'Again.' })).toMatchObject({
      status: 409,
    });
  });

  test('who records what, and what cannot be recorded', async () => {
    const before = await rowCounts(app.database);
    const of = { kind: 'caldicott', subject: 'RV5' };
    for (const key of [auditor, finance, director]) await begin(app, key, of).expect(403);
    // A trust's own is the trust's, and a product's the funder's.
    await begin(app, manager, of).expect(403);
    await begin(app, lead, { kind: 'dcb0129', subject: version }).expect(403);
    for (const wrong of [
      { ...of, subject: 'RW4' },
      { ...of, subject: 'ZZZ' },
      { kind: 'dpia', subject: 'x' },
    ])
      expect((await begin(app, lead, wrong)).body).toMatchObject({
        status: 422,
        code: 'unknown-subject',
        errors: [{ pointer: '/subject' }],
      });
    for (const wrong of [
      { kind: 'rumour' },
      { version: ' ' },
      { signedBy: '' },
      { signedOn: '2018-02-30' },
      { document: null },
      { state: 'accepted' },
    ])
      expect([wrong, (await begin(app, lead, { ...of, ...(wrong as object) })).status]).toEqual([wrong, 400]);
    expect((await begin(app, lead, { ...of, outcome: 'pass' })).body.code).toBe('outcome-unknown');
    expect(await rowCounts(app.database)).toEqual(before);
  });
});

test('a hazard log is opened by its trust, by assessors and by auditors, and by nobody else', async () => {
  const [row] = await app.database.sql<{ id: string; item_id: string }>(
    `select d.id, d.item_id from assurance_document d join assurance_item i on i.id = d.item_id
     where d.hazard_log and i.kind = 'dcb0160' limit 1`,
  );
  const path = `/v1/hazard-logs/${row?.id}/content`;
  for (const key of [lead, director, assessor, auditor]) {
    const { headers } = await app.request('get', path, key).expect(200);
    expect(headers['repr-digest']).toMatch(/^sha-256=:/);
  }
  // A programme manager sees that it is there, and does not open it; another trust does not even know of it.
  for (const key of [manager, finance]) await app.request('get', path, key).expect(403);
  await app.request('get', path, stranger).expect(404);
  await get(`/v1/assurance-items/${row?.item_id}`, stranger, 404);
  expect((await get(`/v1/assurance-items/${row?.item_id}`, manager)).documents).toMatchObject([
    { hazardLog: true },
  ]);
  // It is not had by the way of other documents.
  await app.request('get', `/v1/assurance-documents/${row?.id}/content`, manager).expect(404);
  await app.request('get', `/v1/assurance-documents/${row?.id}/content`, lead).expect(404);
});

test('a trust sees its own evidence and what was accepted of products; drafts of products are the funder’s', async () => {
  const ids = async (key: string) =>
    new Set<string>(
      (await get('/v1/assurance-items?limit=200', key)).items.map(
        ({ trust, state }: { trust: { odsCode: string } | null; state: string }) =>
          `${trust?.odsCode ?? 'product'} ${state}`,
      ),
    );
  const everything = await ids(auditor);
  expect(everything).toContain('product rejected');
  expect(await ids(stranger)).toEqual(new Set(['product accepted', 'product superseded']));
  expect([...(await ids(lead))].filter((each) => each.startsWith('product')).sort()).toEqual([
    'product accepted',
    'product superseded',
  ]);
});

test.each([
  [
    'assurance_decider_is_neither',
    again('assurance_item', 'accepted_at is not null', { decided_by: 'prepared_by' }),
  ],
  ['assurance_item_subject', again('assurance_item', "level = 'deployment'", { project_id: 'uuidv7()' })],
  ['assurance_item_days', again('assurance_item', 'true', { expires_on: "'2000-01-01'" })],
  ['assurance_item_state', again('assurance_item', 'true', { state: "'final'" })],
  ['assurance_item_submitted', again('assurance_item', "state = 'accepted'", { submitted_by: 'null' })],
  ['assurance_item_withdrawn', again('assurance_item', "state = 'accepted'", { state: "'withdrawn'" })],
  ['assurance_item_reference', again('assurance_item')],
  ['assurance_item_kind', again('assurance_item', 'true', { kind: "'letter'" })],
  ['assurance_item_level', again('assurance_item', 'true', { level: "'ward'" })],
  ['assurance_item_accepted', again('assurance_item', 'accepted_at is not null', { decided_by: 'null' })],
  [
    'assurance_decider_is_neither',
    again('assurance_item', 'accepted_at is not null', { decided_by: 'submitted_by' }),
  ],
  [
    'assurance_decider_is_neither',
    again('assurance_item', 'accepted_at is not null', { edited_by: 'array[decided_by]' }),
  ],
  ['assurance_document_once', again('assurance_document')],
  ['assurance_document_size', again('assurance_document', 'true', { size_bytes: '0' })],
  ['assurance_document_sha256', again('assurance_document', 'true', { sha256: "'abc'" })],
  [
    'assurance_document_item',
    `update assurance_document set trust_id = ${of('RTV')} where trust_id is not null`,
  ],
  ['deployment_once', again('deployment', 'to_on is null')],
  ['deployment_days', 'update deployment set to_on = from_on - 1'],
  ['product_once', again('product', 'true', { name: 'upper(name)' })],
  ['product_version_once', again('product_version')],
])('the database itself refuses: %s', async (constraint, statement) => {
  await expect(app.database.sql(statement)).rejects.toMatchObject({ constraint });
});

test('published outcomes of the library are for anybody, as a list and as a file', async () => {
  const product = await versioned('Mood diary');
  const outcome = { kind: 'library-outcome', subject: product.id, outcome: 'approved' };
  await begin(app, manager, { ...outcome, outcome: 'not-approved' }).expect(201);
  await accepted(outcome, { writer: manager });
  const { body } = await app.request('get', '/v1/library-outcomes').expect(200);
  expect(body.items).toEqual([
    expect.objectContaining({
      product: 'Mood diary',
      supplier: 'Northern Health Software Ltd',
      outcome: 'approved',
      assessedOn: '2017-05-01',
      superseded: false,
    }),
  ]);
  expect(JSON.stringify(body)).not.toContain('Osei');
  const file = await app.request('get', '/v1/library-outcomes?format=csv').expect(200);
  expect(file.text).toContain('Mood diary');
  const lines = await app.request('get', '/v1/library-outcomes?format=ndjson').expect(200);
  expect(lines.text ?? lines.body.toString()).toContain('Mood diary');
});

test('products are kept by the funder, once each, and found by name', async () => {
  const content = { name: 'Ward observations', supplier: 'northern health software ltd', summary: 'Twice' };
  for (const key of [lead, auditor, finance])
    await app.request('post', '/v1/products', key).send(content).expect(403);
  expect((await app.request('post', '/v1/products', assessor).send(content)).body).toMatchObject({
    status: 409,
    code: 'product-exists',
  });
  const { items } = await get('/v1/products?named=observ', lead);
  expect(items).toMatchObject([{ name: 'Ward observations', versions: 1, deployments: 1 }]);
  // A sign of a pattern is a sign.
  expect((await get('/v1/products?named=%25', lead)).items).toEqual([]);
  const paged = [];
  for (let at: string | undefined = '/v1/products?limit=1'; at; ) {
    const page: Awaited<ReturnType<TestApp['request']>> = await app.request('get', at, lead).expect(200);
    paged.push(...page.body.items);
    at = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
  }
  expect(paged).toEqual((await get('/v1/products', lead)).items);
  const [{ id, revision }] = items;
  const put = app.request('put', `/v1/products/${id}`, assessor).set('If-Match', `"${revision}"`);
  expect((await put.send({ ...content, name: 'Bedside observations' })).body.name).toBe(
    'Bedside observations',
  );
});
