import { readFile } from 'node:fs/promises';
import type { TestApp } from './app.js';
import { pdf, sendEvidence } from './evidence.js';
import { record } from './findings.js';
import { playAssurance } from './play-assurance.js';
import { playBlueprints } from './play-blueprints.js';
import {
  assessed,
  type Cast,
  completed,
  eventually,
  openReturns,
  read,
  reportId,
  SLUG,
  save,
  step,
} from './returns.js';
import { filled, routesOf } from './routes.js';

/** Serves itself; described nowhere. */
export const REFERENCE = /^\/(docs|openapi\.json)(\/|$)/;
/** What needs a notary, or is a file: proofs, checkpoints and the export have tests of their own. */
export const OF_THE_PROOF =
  /^\/v1\/audit\/(checkpoints|consistency-proofs|inclusion-proofs|export|verifier|keys|standing)/;

/**
 * Every route that is not about money, asked once at least: returns that are queried and accepted, milestones,
 * measurements, keys, a definition, a file. The queue works, and the day is after the second quarter.
 * @param cast of RW4
 */
export async function playReturns(app: TestApp, cast: Cast): Promise<void> {
  const admin = await app.as('administrator');
  await openReturns(app);
  const milestones = (await get(app, `/v1/programmes/${SLUG}/milestones?trust=RW4`, cast.lead))
    .items as Array<{
    id: string;
    code: string;
  }>;
  for (const { id } of milestones.slice(0, 3))
    expect((await sendEvidence(app, cast.lead, id, pdf({}))).status).toBe(201);
  await playReturn(
    app,
    cast,
    '2017/18 Q1',
    milestones.slice(0, 3).map(({ code }) => code),
  );
  const second = await playReturn(app, cast, '2017/18 Q2', []);
  await playMilestones(
    app,
    cast,
    milestones.map(({ id }) => id),
  );
  await playMeasurements(app, cast);
  await playAssurance(app, cast, 'RW4');
  await step(app, cast.lead, second, 'correction', { reason: 'A slip' });
  await playAdministration(app, admin);
  const progress = await eventually(async () => {
    const found = await get(app, `/v1/programmes/${SLUG}/trusts/RW4/progress?period=2017/18 Q1`, cast.lead);
    return found.figures[0]?.validated ? found : undefined;
  });
  await get(app, `/v1/progress/${progress.figures[0].selfReported.id}/lineage`, cast.lead);
  const whole = await eventually(async () => {
    const found = await get(app, `/v1/programmes/${SLUG}/progress`, cast.manager);
    return found.figures[0]?.validated ? found : undefined;
  });
  await get(app, `/v1/programme-progress/${whole.figures[0].selfReported.id}/lineage`, cast.manager);
  const list = { list: '/v1/organisations', format: 'csv' };
  const asked = await app.request('post', '/v1/exports', cast.manager).send(list).expect(202);
  await eventually(async () => {
    const { state } = await get(app, `/v1/exports/${asked.body.id}`, cast.manager);
    return state === 'ready' ? true : undefined;
  });
  await playBlueprints(app, cast);
  for (const { method, path, access } of routesOf(app))
    if (method === 'get' && !path.includes(':id') && !REFERENCE.test(path) && !OF_THE_PROOF.test(path)) {
      const key = ['key:manage', 'job:manage', 'person:erase'].includes(access ?? '') ? admin : cast.manager;
      await get(app, filled(path, { slug: SLUG, ods: 'RW4' }), key);
    }
}

async function get(app: TestApp, path: string, key: string) {
  const { status, body } = await app.request('get', path, key);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

/** A return with every turn it can take: queried once, answered, accepted. */
async function playReturn(app: TestApp, cast: Cast, period: string, claimed: string[]): Promise<string> {
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
  await submit(app, cast, id);
  const question = { section: 'spend', question: 'Why so little?' };
  const queried = await step(app, cast.assessor, id, 'queries', { questions: [question] });
  await save(app, cast.lead, id, { risks: [] });
  const answer = `queries/${queried.body.queries.at(-1)?.id}/answer`;
  expect(await step(app, cast.lead, id, answer, { answer: 'The invoice is late.' })).toMatchObject({
    status: 200,
  });
  const submitted = await submit(app, cast, id);
  await get(app, `/v1/receipts/${submitted.current.receipt}`, cast.lead);
  expect(await step(app, cast.assessor, id, 'acceptance', { reason: 'Warnings explained' })).toMatchObject({
    status: 200,
  });
  await get(app, `/v1/progress-reports/${id}/versions`, cast.lead);
  return id;
}

async function submit(app: TestApp, cast: Cast, id: string) {
  expect(await step(app, cast.director, id, 'certification')).toMatchObject({ status: 200 });
  expect(await step(app, cast.lead, id, 'submission')).toMatchObject({ status: 202 });
  const done = await assessed(app, cast.lead, id);
  expect(done.current.findings.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  return done;
}

/** A step of something that is changed under its ETag. */
async function under(app: TestApp, path: string, noun: string, key: string, body: object = {}) {
  const { revision } = await get(app, path, key);
  const answer = await app
    .request('post', `${path}/${noun}`, key)
    .set('If-Match', `"${revision}"`)
    .send(body);
  expect([noun, answer.status]).toEqual([noun, 200]);
}

async function playMilestones(app: TestApp, cast: Cast, ids: string[]): Promise<void> {
  const [first, second, third] = ids.map((id) => `/v1/milestones/${id}`) as [string, string, string];
  await under(app, first, 'claim-withdrawal', cast.lead, { reason: 'Too early' });
  await under(app, second, 'review', cast.assessor);
  await under(app, second, 'outcome', cast.assessor, { outcome: 'met', reason: 'The minutes say so' });
  const found = await record(app, cast.assessor, { trust: 'RW4' }).expect(201);
  await under(app, second, 'reopening', cast.assessor, { finding: found.body.reference });
  await under(app, second, 'waiver', cast.assessor, { authority: 'Board, minute 3' });
  await under(app, third, 'review', cast.assessor);
  await under(app, third, 'outcome', cast.assessor, { outcome: 'partly-met', reason: 'Half of it' });
  await under(app, third, 'cancellation', cast.assessor, { authority: 'Board, minute 4' });
  const { items } = await get(app, `${first}/evidence`, cast.lead);
  await get(app, `/v1/evidence/${items[0].id}`, cast.lead);
}

async function playMeasurements(app: TestApp, cast: Cast): Promise<void> {
  const list = `/v1/programmes/${SLUG}/measurements?period=2017/18 Q1`;
  const { items } = await get(app, list, cast.assessor);
  const [a, b, c, d] = items.map(({ id }: { id: string }) => `/v1/measurements/${id}`) as [
    string,
    string,
    string,
    string,
  ];
  await under(app, a, 'validation', cast.assessor, { numerator: 10, denominator: 100, note: 'Sampled' });
  await under(app, a, 'publication', cast.manager);
  await under(app, b, 'challenge', cast.assessor, { reason: 'Is it so?' });
  await under(app, b, 'answer', cast.lead, { reason: 'It is' });
  await under(app, c, 'challenge', cast.assessor, { reason: 'Is it so?' });
  await under(app, c, 'rejection', cast.assessor, { reason: 'It is not' });
  const { id, revision } = await get(app, d, cast.assessor);
  await app
    .request('post', '/v1/measurement-validations', cast.assessor)
    .send({ items: [{ id, revision, numerator: 1, denominator: 100 }] })
    .expect(200);
  await get(app, list, cast.manager);
}

async function playAdministration(app: TestApp, admin: string): Promise<void> {
  const wanted = { name: 'A', role: 'trust-lead', trust: 'RW4', label: 'x', days: 1 };
  const { body } = await app.request('post', '/v1/api-keys', admin).send(wanted).expect(201);
  await under(app, `/v1/api-keys/${body.id}`, 'revocation', admin, undefined);
  await get(app, `/v1/people/${body.person.id}`, admin);
  await under(app, `/v1/people/${body.person.id}`, 'erasure', admin, { reason: 'They left.' });
  const text = await readFile(new URL('../../programmes/rural-broadband.yaml', import.meta.url), 'utf8');
  for (const path of ['/differences', '', '/differences'])
    await app
      .request('post', `/v1/programme-definitions${path}`, admin)
      .set('Content-Type', 'application/yaml')
      .send(path === '' ? text : text.replace('The month in brief', 'The month'))
      .expect(200);
}
