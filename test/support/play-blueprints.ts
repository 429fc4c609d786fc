import type { TestApp } from './app.js';
import { changeBlueprint, drafted, registered } from './blueprints.js';
import { multipart, pdf } from './evidence.js';
import { type Cast, SLUG } from './returns.js';

/** A change of something that has a revision, under the one that it has now. */
async function change(app: TestApp, key: string, path: string, noun: string, body: object): Promise<void> {
  const { revision } = (await app.request('get', path, key).expect(200)).body;
  const request = app.request(noun === '' ? 'patch' : 'post', [path, noun].filter(Boolean).join('/'), key);
  const answer = await request.set('If-Match', `"${revision}"`).send(body);
  expect([noun, answer.status, answer.body.blockers]).toEqual([noun, 200, undefined]);
}

/** Every route of blueprints, pairings and adoptions, asked once at least. @param cast of RW4 */
export async function playBlueprints(app: TestApp, { lead, assessor, manager }: Cast): Promise<void> {
  const adopter = await app.as('trust-lead', 'RXT');
  const id = await drafted(app, lead);
  const product = await registered(app, manager, 'Pocket plan', ['1.0']);
  const products = [{ product: product.id, version: product.versionList[0]?.id }];
  expect(await changeBlueprint(app, lead, id, '', { products })).toMatchObject({ status: 200, codes: [] });
  const path = `/v1/blueprints/${id}`;
  const step = async (key: string, noun: string, body: object = {}) =>
    expect(await changeBlueprint(app, key, id, noun, body)).toMatchObject({ status: 200, codes: [] });
  const attach = () =>
    app
      .request('post', `${path}/attachments`, lead)
      .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
      .send(multipart(pdf(), { description: 'The form' }))
      .expect(201);
  const [{ body: kept }, { body: taken }] = [await attach(), await attach()];
  const { revision } = (await app.request('get', path, lead).expect(200)).body;
  const removal = app.request('post', `/v1/blueprint-attachments/${taken.id}/removal`, lead);
  await removal.set('If-Match', `"${revision}"`).expect(200);
  await step(lead, 'submission');
  await step(assessor, 'review');
  await step(assessor, 'query', { question: 'Does it work offline?' });
  await step(lead, 'answer', { answer: 'It does.' });
  await step(manager, 'publication');
  await app.request('get', `/v1/blueprint-attachments/${kept.id}/content`, adopter).expect(200);
  const asked = await app
    .request('post', `${path}/questions`, adopter)
    .send({ question: 'How?' })
    .expect(201);
  const answer = app.request('post', `/v1/blueprint-contacts/${asked.body.id}/answer`, lead);
  await answer.set('If-Match', '"1"').send({ answer: 'So.' }).expect(200);
  await app
    .request('post', `${path}/visits`, adopter)
    .send({ visitedOn: '2017-06-01', words: 'Seen.' })
    .expect(201);
  await playAdoptions(app, { adopter, assessor, manager, path });
  await playPairing(app, manager);
  for (const each of ['', '/versions', '/contacts'])
    await app.request('get', `${path}${each}`, adopter).expect(200);
  // One that is published stays, beside another that is withdrawn.
  const other = await drafted(app, lead);
  expect(await changeBlueprint(app, lead, other, 'withdrawal', { reason: 'Twice.' })).toMatchObject({
    status: 200,
  });
  await step(lead, 'versions');
}

async function playAdoptions(
  app: TestApp,
  { adopter, assessor, manager, path }: Record<'adopter' | 'assessor' | 'manager' | 'path', string>,
): Promise<void> {
  const begin = (key: string, body: object) =>
    app
      .request('post', `${path}/adoptions`, key)
      .send({ mode: 'standard-methods', ...body })
      .expect(201);
  const own = `/v1/adoptions/${(await begin(adopter, {})).body.id}`;
  await change(app, adopter, own, '', { costPence: 100, costBasis: 'Invoices' });
  await change(app, adopter, own, 'beginning', { startedOn: '2017-06-01' });
  await change(app, adopter, own, 'go-live', { liveOn: '2017-06-02' });
  await change(app, assessor, own, 'rejection', { reason: 'Which invoices?' });
  await change(app, adopter, own, '', { costPence: 200, costBasis: 'All invoices' });
  await change(app, assessor, own, 'validation', { note: null });
  const others = `/v1/adoptions/${(await begin(manager, { organisation: 'RTV' })).body.id}`;
  await change(app, manager, others, 'abandonment', { abandonedOn: '2017-06-02', reason: 'No signal.' });
}

async function playPairing(app: TestApp, manager: string): Promise<void> {
  const { items } = (await app.request('get', `/v1/programmes/${SLUG}/pairings`, manager).expect(200)).body;
  const path = `/v1/pairings/${items[0].id}`;
  await change(app, manager, path, 'confirmation', { reason: 'Agreed.' });
  await change(app, manager, path, 'award', { awardPence: 100, matchPence: 100, source: 'A letter' });
  await change(app, manager, path, 'ending', { reason: 'Done.' });
}
