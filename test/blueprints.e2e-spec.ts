import { randomUUID } from 'node:crypto';
import type { BlueprintContactView } from '../src/blueprints/blueprint.queries.js';
import { BlueprintStepsService } from '../src/blueprints/blueprint-steps.service.js';
import {
  BlueprintsReader,
  EVERYTHING,
  type ListedBlueprint,
  type ShownBlueprint,
} from '../src/blueprints/blueprints.reader.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  ASKED,
  beginBlueprint,
  changeBlueprint,
  drafted,
  publishedFrom,
  registered,
  WRITTEN,
} from './support/blueprints.js';
import { multipart, pdf } from './support/evidence.js';
import { type MailServer, startMailServer } from './support/mail.js';
import { putInForce } from './support/money.js';
import { signedIn } from './support/pages.js';
import { until } from './support/queue-application.js';
import { SLUG } from './support/returns.js';

let app: TestApp;
let mail: MailServer;
let lead: string;
let colleague: string;
let stranger: string;
let assessor: string;
let manager: string;
let auditor: string;
const cast = () => ({ lead, assessor, manager });

beforeAll(async () => {
  mail = await startMailServer();
  app = await startTestApp({
    env: {
      ...{ EXEMPLAR_TODAY: '2019-05-15', ...mail.env },
      NOTICE_MAIL_TO: 'RW4=projects@rw4.example,RXT=projects@rxt.example,X24=funder@x24.example',
      PUBLIC_URL: 'https://exemplar.example.org',
    },
    work: true,
  });
  [lead, colleague, stranger, assessor, manager, auditor] = await Promise.all([
    app.as('trust-lead', 'RW4'),
    app.as('trust-lead', 'RW4'),
    app.as('trust-lead', 'RXT'),
    app.as('assessor'),
    app.as('programme-manager'),
    app.as('auditor'),
  ]);
  const { id, trustId, lines } = await putInForce(app, 'RW4');
  // Money that was paid and match that was accepted, and a milestone that was met late, past the steps that lead there.
  await app.database.sql(
    `insert into account (trust_id, line_id, source, stage, balance_pence)
     values ($1, $2, 'grant', 'paid', 100000), ($1, $3, 'grant', 'paid', 20000), ($1, $2, 'match', 'accepted', 90000)`,
    [trustId, lines['2017/18 capital'], lines['2017/18 revenue']],
  );
  expect(id).toBeDefined();
  await app.database.sql(
    `update milestone set state = 'met', actual_on = '2019-04-10' where code = 'app-go-live' and trust_id = $1`,
    [trustId],
  );
  await app.database.sql(
    `insert into evidence (trust_id, milestone_id, file_name, media_type, size_bytes, sha256, storage_key, description, uploaded_by)
     select trust_id, id, 'board.pdf', 'application/pdf', 1, repeat('a', 64), 'k', 'Minutes', (select id from person limit 1)
     from milestone where code = 'app-go-live' and trust_id = $1`,
    [trustId],
  );
});
afterAll(async () => {
  await app?.stop();
  await mail?.stop();
});

const get = async (path: string, key: string) => (await app.request('get', path, key).expect(200)).body;
const one = (id: string, key = lead): Promise<ShownBlueprint> => get(`/v1/blueprints/${id}`, key);
const library = async (query: string, key = stranger): Promise<ListedBlueprint[]> =>
  (await get(`/v1/blueprints?${query}`, key)).items;
const change = (key: string, id: string, noun: string, body?: object, revision?: number | null) =>
  changeBlueprint(app, key, id, noun, body, revision);

test('a draft begins with what is known, and is its trust’s alone', async () => {
  const answer = await beginBlueprint(app, lead).expect(201);
  expect(answer.headers.location).toBe(`/v1/blueprints/${answer.body.id}`);
  expect(answer.body).toMatchObject({
    reference: expect.stringMatching(/^BLU-\d{5}$/),
    project: { code: 'mersey-suicide-risk-app' },
    contact: null,
    published: null,
    next: ['submission', 'withdrawal'],
    mayWrite: true,
    mayBeginVersion: false,
    latest: {
      number: 1,
      state: 'draft',
      what: 'Self-harm and suicide risk app',
      where: 'Mersey Care NHS Foundation Trust',
      problem: expect.stringContaining('Stanford'),
      scope: 'People at risk are supported between appointments.',
      snapshot: null,
    },
  });
  await app.request('get', `/v1/blueprints/${answer.body.id}`, stranger).expect(404);
  expect(await one(answer.body.id, auditor)).toMatchObject({ next: [], mayWrite: false });
  for (const [key, project, status] of [
    [stranger, 'mersey-suicide-risk-app', 404],
    [lead, 'no-such', 404],
    [manager, 'mersey-suicide-risk-app', 403],
  ] as const)
    expect([project, (await beginBlueprint(app, key, project)).status]).toEqual([project, status]);
});

test('it is submitted whole, with what the record says, and is fixed from then on', async () => {
  const { id } = (await beginBlueprint(app, lead).expect(201)).body;
  const early = await change(lead, id, 'submission');
  expect(early.status).toBe(409);
  expect(early.codes).toEqual(
    expect.arrayContaining(['missing /forWhom', 'missing /lessons', 'contact-missing /contact']),
  );
  await change(lead, id, 'contact', ASKED);
  const costed = { ...WRITTEN, costPence: 210_001, costBasis: 'Invoices' };
  expect(await change(colleague, id, '', costed)).toMatchObject({ status: 200 });
  expect((await change(lead, id, 'submission')).codes).toEqual(['cost-beyond-ledger /costPence']);
  expect(await change(lead, id, '', { costPence: 50_000 })).toMatchObject({ status: 200 });
  expect(await change(lead, id, 'submission', {}, null)).toMatchObject({ status: 428 });
  expect(await change(lead, id, 'submission', {}, 1)).toMatchObject({ status: 412 });
  const { body } = await change(lead, id, 'submission');
  expect(body.latest).toMatchObject({ state: 'submitted', lessons: WRITTEN.lessons, costPence: 50_000 });
  expect(body.latest.authors).toHaveLength(2);
  expect(body.latest.snapshot).toMatchObject({
    takenOn: '2019-05-15',
    agreement: 'TEST-RW4',
    grantPaid: { capitalPence: 100_000, revenuePence: 20_000 },
    matchAccepted: { capitalPence: 90_000, revenuePence: 0 },
    totalPence: 210_000,
    time: { startedOn: '2017-04-01', from: 'agreement', liveOn: '2019-04-10', days: 739 },
    evidence: [{ milestone: 'app-go-live', fileName: 'board.pdf' }],
  });
  const [goLive] = body.latest.snapshot?.milestones.filter(({ kind }) => kind === 'go-live') ?? [];
  expect(goLive).toMatchObject({ baselineOn: '2019-03-31', actualOn: '2019-04-10', slipDays: 10 });
  // What happens to the project afterwards changes nothing of it.
  expect(await change(lead, id, '', { lessons: 'None.' })).toMatchObject({
    status: 409,
    codes: ['wrong-state /state'],
  });
  const later = app.database.sql(`update blueprint_version set lessons = 'None.' where blueprint_id = $1`, [
    id,
  ]);
  await expect(later).rejects.toThrow('never changes');
});

test('it is reviewed, asked about and published by others than whoever wrote it', async () => {
  const id = await drafted(app, lead);
  await change(lead, id, 'submission');
  expect(await change(lead, id, 'review')).toMatchObject({ status: 403 });
  expect(await change(manager, id, 'publication')).toMatchObject({
    status: 409,
    codes: ['wrong-state /state'],
  });
  expect(await change(assessor, id, 'review')).toMatchObject({ status: 200, body: { next: ['query'] } });
  expect(await change(assessor, id, 'publication')).toMatchObject({ status: 403 });
  await change(assessor, id, 'query', { question: 'Does it work offline?' });
  expect((await one(id)).next).toEqual(['answer', 'withdrawal']);
  expect(await change(lead, id, 'answer', { answer: 'It does.' })).toMatchObject({
    status: 200,
    body: { latest: { state: 'in-review', question: 'Does it work offline?', answer: 'It does.' } },
  });
  // Somebody who wrote it, and works for the funder since.
  const since = {
    ...(await app.actorOf(lead)),
    role: 'programme-manager' as const,
    trustId: null,
    trustOds: null,
  };
  const { revision } = await one(id);
  const publish = app.app.get(BlueprintStepsService, { strict: false }).publish(since, id, revision);
  await expect(publish).rejects.toMatchObject({ details: { blockers: [{ code: 'publisher-is-author' }] } });
  const direct = app.database.sql(
    `update blueprint_version set published_by = submitted_by, published_at = now() where blueprint_id = $1`,
    [id],
  );
  await expect(direct).rejects.toThrow('blueprint_publisher_is_another');
  expect(await change(manager, id, 'publication')).toMatchObject({
    status: 200,
    body: { published: { number: 1 }, latest: { state: 'published' } },
  });
});

test('what is queried is corrected in a new version, and a newer one supersedes what is published', async () => {
  const id = await drafted(app, lead);
  await change(lead, id, 'submission');
  expect(await change(lead, id, 'versions')).toMatchObject({
    status: 409,
    codes: ['version-under-way /state'],
  });
  await change(assessor, id, 'review');
  await change(assessor, id, 'query', { question: 'For whom?' });
  expect(await change(lead, id, 'versions')).toMatchObject({
    body: { latest: { number: 2, state: 'draft', problem: WRITTEN.problem, snapshot: null } },
  });
  await change(lead, id, '', { forWhom: 'young people' });
  await publishedFrom(app, cast(), id);
  expect(await change(lead, id, 'versions')).toMatchObject({ status: 200 });
  await change(lead, id, '', { lessons: 'It is used at night.' });
  // Until it is published, others use the one before.
  const seen = await one(id, stranger);
  expect(seen).toMatchObject({ published: { number: 2 }, latest: { number: 2 }, mayBeginVersion: false });
  expect(seen.versions.map(({ number }) => number)).toEqual([2]);
  await publishedFrom(app, cast(), id);
  expect((await one(id)).versions.map(({ number, state }) => `${number} ${state}`)).toEqual([
    ...['3 published', '2 superseded', '1 superseded'],
  ]);
  expect((await one(id, stranger)).versions.map(({ number }) => number)).toEqual([3, 2]);
  const whole = await get(`/v1/blueprints/${id}/versions`, stranger);
  expect(whole.items.map(({ forWhom }: { forWhom: string }) => forWhom)).toEqual([
    'young people',
    'young people',
  ]);
  expect(await change(manager, id, 'withdrawal', { reason: 'The app has ended.' })).toMatchObject({
    body: { published: null, latest: { state: 'withdrawn', endedBecause: 'The app has ended.' } },
  });
  expect((await library('')).some((row) => row.id === id)).toBe(false);
});

describe('project lead 10: which blueprint or expert can help?', () => {
  let app10: string;
  let boards: string;
  beforeAll(async () => {
    app10 = await drafted(app, lead, { written: { what: 'Crisis cards in an app' } });
    boards = await drafted(app, lead, {
      project: 'mersey-real-time-records',
      written: {
        what: 'Electronic whiteboards',
        forWhom: 'ward staff',
        problem: 'Handovers took an hour.',
        userGroups: ['nurses'],
        careSettings: ['inpatient'],
        capabilities: ['transfers-of-care'],
        maturitySections: ['smart-foundations'],
      },
    });
    await publishedFrom(app, cast(), app10);
    await publishedFrom(app, cast(), boards);
  });

  test('the public is told of what is published, and not whom to ask', async () => {
    const reader = app.app.get(BlueprintsReader, { strict: false });
    const { items } = await reader.library(null, EVERYTHING, { limit: 50 });
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([app10, boards]));
    expect(items.map(({ contact }) => contact)).toEqual(items.map(() => null));
    expect((await reader.published(boards)).shown.contact).toBeNull();
  });

  test('by words and by category, the latest first, page by page, with whom to ask', async () => {
    const ids = async (query: string) => (await library(query)).map(({ id }) => id);
    for (const query of [
      'q=whiteboard',
      'q=handover',
      'q="electronic whiteboards" -paper',
      'capability=transfers-of-care',
    ])
      expect([query, await ids(query)]).toEqual([query, [boards]]);
    expect(await ids('q=crisis cards')).toEqual([app10]);
    expect(await ids('q=nothingofthekind')).toEqual([]);
    for (const query of ['userGroup=nurses', 'careSetting=inpatient', 'maturitySection=smart-foundations'])
      expect([query, await ids(query)]).toEqual([query, [boards]]);
    expect(await ids(`programme=${SLUG}&trust=RXT`)).toEqual([]);
    const whole = await library('limit=200');
    expect(whole[0]).toMatchObject({
      id: boards,
      title: 'Electronic whiteboards for ward staff, community teams',
      contact: ASKED,
      project: { code: 'mersey-real-time-records', name: 'Real-time records' },
      uses: { questions: 0, answered: 0, visits: 0 },
    });
    const paged: ListedBlueprint[] = [];
    for (let at: string | undefined = '/v1/blueprints?limit=1'; at; ) {
      const page: Awaited<ReturnType<TestApp['request']>> = await app
        .request('get', at, stranger)
        .expect(200);
      paged.push(...page.body.items);
      at = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }
    expect(paged).toEqual(whole);
    for (const wrong of ['after=x', 'userGroup=everybody', 'colour=red', 'q=%20', `q=${'x'.repeat(201)}`])
      expect([wrong, (await app.request('get', `/v1/blueprints?${wrong}`, stranger)).status]).toEqual([
        wrong,
        400,
      ]);
  });

  test('it is asked about once for all, answered by its trust, and visited', async () => {
    const ask = (key: string, body: object) =>
      app.request('post', `/v1/blueprints/${boards}/questions`, key).send(body);
    const question: BlueprintContactView = (await ask(stranger, { question: 'How large?' }).expect(201)).body;
    expect(question).toMatchObject({ kind: 'question', organisation: { odsCode: 'RXT' }, answer: null });
    expect((await ask(lead, { question: 'How large?' })).body.blockers[0].code).toBe('own-blueprint');
    expect((await ask(stranger, { question: 'x', organisation: 'RV5' })).body.code).toBe(
      'another-organisation',
    );
    expect((await ask(manager, { question: 'x' })).body.code).toBe('organisation-missing');
    await ask(manager, { question: 'For RTV: how much?', organisation: 'RTV' }).expect(201);
    const answer = (key: string, revision = 1) =>
      app
        .request('post', `/v1/blueprint-contacts/${question.id}/answer`, key)
        .set('If-Match', `"${revision}"`)
        .send({ answer: 'Two metres.' });
    expect((await answer(stranger)).body.blockers[0].code).toBe('not-the-owner');
    expect((await answer(lead, 9)).status).toBe(412);
    await answer(lead).expect(200);
    expect((await answer(lead, 2)).body.blockers[0].code).toBe('answered-already');
    const visit = (key: string, body: object) =>
      app.request('post', `/v1/blueprints/${boards}/visits`, key).send({ words: 'A ward.', ...body });
    expect((await visit(stranger, { visitedOn: '2019-05-16' })).body.code).toBe('visit-to-come');
    await visit(stranger, { visitedOn: '2019-05-14' }).expect(201);
    await visit(lead, { visitedOn: '2019-05-01', organisation: 'RTV' }).expect(201);
    expect((await one(boards, auditor)).uses).toEqual({
      ...{ questions: 2, answered: 1, visits: 2, adoptions: 0, live: 0 },
    });
    const { items } = await get(`/v1/blueprints/${boards}/contacts`, stranger);
    expect(items.map((row: BlueprintContactView) => row.answer ?? row.words)).toEqual([
      ...['A ward.', 'A ward.', 'For RTV: how much?', 'Two metres.'],
    ]);
  });
});

test('whoever a blueprint waits for has it among their tasks and is told once; so is who waits for them', async () => {
  const id = await drafted(app, lead);
  const { reference } = await one(id);
  const tasksOf = async (key: string) => {
    const { document } = await (await signedIn(app, key)).get('/tasks');
    const titles = [...document.querySelectorAll('main a')].map((link) => link.textContent?.trim() ?? '');
    return titles.filter((title) => title.includes(reference));
  };
  const told = async (subject: string, ...to: string[]) => {
    const found = () => mail.letters.filter(({ raw }) => raw.includes(`Subject: ${reference}: ${subject}`));
    await until(
      async () => found().length,
      (count) => count >= to.length,
      20_000,
    );
    expect([
      subject,
      found()
        .map((letter) => letter.to)
        .sort(),
    ]).toEqual([subject, to.sort()]);
    return found()[0]?.raw ?? '';
  };
  await change(lead, id, 'submission');
  await told('a blueprint waits for its review', 'funder@x24.example');
  for (const [key, expected] of [
    [assessor, 1],
    [manager, 1],
    [lead, 0],
    [stranger, 0],
    [auditor, 0],
  ] as const)
    expect(await tasksOf(key)).toHaveLength(expected);
  await change(assessor, id, 'review');
  expect(await tasksOf(assessor)).toEqual([]);
  await change(assessor, id, 'query', { question: 'For whom?' });
  expect(await told('the review asks about your blueprint', 'projects@rw4.example')).toContain('For whom?');
  expect(await tasksOf(colleague)).toEqual([
    expect.stringContaining(`Answer what the review asks about ${reference}`),
  ]);
  await change(lead, id, 'answer', { answer: 'For all.' });
  expect(await tasksOf(manager)).toEqual([expect.stringContaining(`Publish or ask about ${reference}`)]);
  await change(manager, id, 'publication');
  await told('your blueprint is published', 'projects@rw4.example');
  expect(await tasksOf(manager)).toEqual([]);
  const asked = await app
    .request('post', `/v1/blueprints/${id}/questions`, stranger)
    .send({ question: 'How many wards?' })
    .expect(201);
  // To the trust, and to where the blueprint says that it is asked about.
  await told('a question waits for your answer', 'projects@rw4.example', ASKED.address);
  expect(await tasksOf(colleague)).toHaveLength(1);
  expect(await tasksOf(stranger)).toEqual([]);
  await app
    .request('post', `/v1/blueprint-contacts/${asked.body.id}/answer`, lead)
    .set('If-Match', '"1"')
    .send({ answer: 'Two wards.' })
    .expect(200);
  expect(await told('your question is answered', 'projects@rxt.example')).toContain('Two wards.');
  expect(await tasksOf(colleague)).toEqual([]);
});

test('files come with it: its trust’s alone while it is a draft, everybody’s once it is published', async () => {
  const id = await drafted(app, lead);
  const send = (key: string, file = pdf({ name: 'form.pdf' })) =>
    app
      .request('post', `/v1/blueprints/${id}/attachments`, key)
      .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
      .send(multipart(file, { description: 'The form' }));
  const file = pdf({ name: 'form.pdf' });
  const { id: fileId } = (await send(lead, file).expect(201)).body;
  expect((await send(lead, file)).body.code).toBe('attachment-already-there');
  await send(stranger).expect(404);
  const content = `/v1/blueprint-attachments/${fileId}/content`;
  await app.request('get', content, stranger).expect(404);
  const wrong = (await send(lead).expect(201)).body;
  const { revision } = await one(id);
  const remove = app.request('post', `/v1/blueprint-attachments/${wrong.id}/removal`, lead);
  expect((await remove.set('If-Match', `"${revision}"`)).body.latest.attachments).toHaveLength(1);
  await app.request('get', `/v1/blueprint-attachments/${wrong.id}/content`, lead).expect(404);
  await publishedFrom(app, cast(), id);
  const sent = await app.request('get', content, stranger).buffer(true).expect(200);
  expect(sent.body).toEqual(file.bytes);
  expect((await send(lead)).status).toBe(409);
  // The next version has them too.
  await change(lead, id, 'versions');
  expect((await one(id)).latest.attachments).toMatchObject([{ fileName: 'form.pdf' }]);
});

test('products are of the register, begun with what the project uses; what is not there is said in words', async () => {
  const plans = await registered(app, manager, 'Pocket plan', ['1.0', '2.0']);
  const other = await registered(app, manager, 'Beacon', ['9']);
  for (const { id: version, version: number } of plans.versionList)
    await app
      .request('post', `/v1/programmes/${SLUG}/deployments`, lead)
      .send({
        ...{ project: 'mersey-suicide-risk-app', version },
        fromOn: number === '1.0' ? '2018-06-01' : '2019-01-01',
      })
      .expect(201);
  const { id, latest } = (await beginBlueprint(app, lead).expect(201)).body as ShownBlueprint;
  expect(latest.products).toEqual([
    {
      id: plans.id,
      name: 'Pocket plan',
      supplier: plans.supplier,
      version: expect.objectContaining({ name: '2.0' }),
    },
  ]);
  const choose = (...products: Array<[string, string | null]>) =>
    change(lead, id, '', { products: products.map(([chosen, version]) => ({ product: chosen, version })) });
  const ofOther = other.versionList[0]?.id as string;
  expect(await choose([id, null])).toMatchObject({ status: 422, codes: ['unknown-product /products/0'] });
  expect((await choose([plans.id, ofOther])).codes).toEqual(['version-of-another /products/0']);
  expect((await choose([plans.id, null], [plans.id, null])).codes).toEqual(['product-twice /products/1']);
  expect((await choose([other.id, ofOther], [plans.id, null])).body.latest.products).toMatchObject([
    { name: 'Beacon', version: { name: '9' } },
    { name: 'Pocket plan', version: null },
  ]);
  // The rest is written, and the products stay as they are; so do the words.
  await change(lead, id, '', WRITTEN);
  await change(lead, id, 'contact', ASKED);
  const about = async (key: string) => (await library(`product=${other.id}`, key)).map((row) => row.id);
  expect(await about(lead)).toEqual([]);
  const done = await publishedFrom(app, cast(), id);
  expect(done.published).toMatchObject({
    product: 'Stay Safe',
    products: [{ name: 'Beacon' }, { id: plans.id }],
  });
  expect((await one(id, stranger)).published?.products).toHaveLength(2);
  expect([await about(stranger), (await library('q=beacon')).map((row) => row.id)]).toEqual([[id], [id]]);
  const page = await (await signedIn(app, stranger)).get(`/products/${other.id}`);
  expect(page.rows('blueprints')).toHaveLength(1);
  for (const done of [
    `delete from blueprint_product where product_id = $1`,
    `insert into blueprint_product (trust_id, version_id, product_id)
       select trust_id, version_id, product_id from blueprint_product where product_id = $1`,
  ])
    await expect(app.database.sql(done, [other.id])).rejects.toThrow('never change');
  // A product that is called otherwise since is found by either name, and the next version is of the same products.
  await change(lead, id, 'versions');
  expect((await one(id)).latest).toMatchObject({ state: 'draft', products: [{ name: 'Beacon' }, {}] });
  const { revision, supplier, summary } = await get(`/v1/products/${other.id}`, manager);
  await app
    .request('put', `/v1/products/${other.id}`, manager)
    .set('If-Match', `"${revision}"`)
    .send({ name: 'Lighthouse', supplier, summary })
    .expect(200);
  for (const query of ['q=lighthouse', 'q=beacon'])
    expect([query, (await library(query)).map((row) => row.id)]).toEqual([query, [id]]);
});

test('the products of a draft are chosen on its page, and taken out there', async () => {
  const made = await registered(app, manager, 'Tide table');
  const id = await drafted(app, lead, { project: 'mersey-real-time-records' });
  const reader = await signedIn(app, lead);
  const part = `/blueprints/${id}/parts/products`;
  const page = await reader.get(part);
  expect(page.document.querySelectorAll('select')).toHaveLength(2);
  const wrong = await reader.send(part, { 'products/0': 'x' });
  expect(wrong.errors()).toEqual(['Choose a product of the list.']);
  const twice = await reader.send(part, { 'products/0': made.id, 'products/1': made.id });
  expect(twice.errors()).toEqual([expect.stringContaining('Choose each product once')]);
  await reader.send(part, { 'products/0': made.id, product: 'A form', supplier: '' });
  expect((await one(id)).latest).toMatchObject({ products: [{ name: 'Tide table' }], product: 'A form' });
  expect((await reader.get(`/blueprints/${id}`)).text).toContain('Tide table');
  await reader.send(part, { 'products/0': '', product: 'A form', supplier: '' });
  expect((await one(id)).latest).toMatchObject({ products: [], product: 'A form' });
});

test('what was, is answered as at a moment; and sent twice it is begun once', async () => {
  const once = randomUUID();
  const [first, again] = [
    await beginBlueprint(app, lead).set('Idempotency-Key', once),
    await beginBlueprint(app, lead).set('Idempotency-Key', once),
  ];
  expect(again.body.id).toBe(first.body.id);
  const { id } = first.body;
  await change(lead, id, '', { ...WRITTEN, what: 'Zeppelins' });
  await change(lead, id, 'contact', ASKED);
  const [now] = await app.database.sql<{ at: string }>('select to_json(clock_timestamp()) as at');
  const at = encodeURIComponent(now?.at as string);
  await publishedFrom(app, cast(), id);
  expect((await library('q=zeppelin')).map((row) => row.id)).toEqual([id]);
  expect(await library(`q=zeppelin&asAt=${at}`)).toEqual([]);
  expect(await get(`/v1/blueprints/${id}?asAt=${at}`, lead)).toMatchObject({ latest: { state: 'draft' } });
  await app.request('get', `/v1/blueprints/${id}?asAt=${at}`, stranger).expect(404);
});

test('erasing whoever named the contact takes the address out of the row and out of the log', async () => {
  const leaver = await app.as('trust-lead', 'RW4');
  const id = await drafted(app, lead);
  await change(leaver, id, 'contact', { role: 'Somebody', address: 'leaver-7@merseycare.example' });
  const { id: person } = await app.actorOf(leaver);
  const [{ revision } = { revision: 0 }] = await app.database.sql<{ revision: number }>(
    'select revision from person where id = $1',
    [person],
  );
  await app
    .request('post', `/v1/people/${person}/erasure`, await app.as('administrator'))
    .set('If-Match', `"${revision}"`)
    .send({ reason: 'They have left.' })
    .expect(200);
  expect((await one(id)).contact).toBeNull();
  const [found] = await app.database.sql<{ count: number }>(
    `select (select count(*) from log_entry where strpos(leaf, 'leaver-7') > 0)::int
       + (select count(*) from personal_datum where value like 'leaver-7%')::int
       + (select count(*) from idempotency_key where strpos(answer::text, 'leaver-7') > 0)::int as count`,
  );
  expect(found?.count).toBe(0);
});
