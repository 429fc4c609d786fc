import type { TestApp } from './app.js';
import { addFile, assuranceStep, begin, WRITTEN } from './assurance.js';
import { type Cast, SLUG } from './returns.js';

/** Every route about products and assurance, asked once at least, of a project of the lead's trust. @param ods of that trust */
export async function playAssurance(app: TestApp, cast: Cast, ods: string): Promise<void> {
  const { lead, manager, assessor } = cast;
  const made = async (path: string, key: string, body: object) =>
    (await app.request('post', path, key).send(body).expect(201)).body;
  const changed = async (method: 'post' | 'put', path: string, key: string, revision: number, body: object) =>
    (await app.request(method, path, key).set('If-Match', `"${revision}"`).send(body).expect(200)).body;
  const content = { name: `Product of ${ods}`, supplier: 'Northern Software Ltd', summary: 'Records.' };
  const product = await made('/v1/products', manager, content);
  const path = `/v1/products/${product.id}`;
  await changed('put', path, manager, 1, { ...content, summary: 'Records of wards.' });
  const { versionList } = await changed('post', `${path}/versions`, manager, 2, {
    version: '1.0',
    releasedOn: '2017-01-01',
  });
  const version = versionList[0].id as string;
  const { items: projects } = (await app.request('get', `/v1/programmes/${SLUG}/projects`, lead).expect(200))
    .body;
  const project = projects[0];
  const uses = `/v1/programmes/${SLUG}/deployments`;
  const wanted = { project: project.code, version, fromOn: '2017-05-01' };
  const first = await made(uses, lead, wanted);
  await changed('post', `/v1/deployments/${first.id}/end`, lead, 1, { toOn: '2017-06-30' });
  const deployment = await made(uses, lead, wanted);
  const through = async (
    writer: string,
    of: Parameters<typeof begin>[2],
    ...nouns: ReadonlyArray<'submission' | 'acceptance' | 'rejection' | 'withdrawal'>
  ): Promise<string> => {
    const { body } = await begin(app, writer, of).expect(201);
    if (of.kind.startsWith('dcb')) {
      await addFile(app, writer, body.id, 'documents').expect(201);
      const { documents } = (await addFile(app, writer, body.id, 'hazard-logs').expect(201)).body;
      const [document, log] = documents as Array<{ id: string }>;
      await app.request('get', `/v1/assurance-documents/${document?.id}/content`, writer).expect(200);
      await app.request('get', `/v1/hazard-logs/${log?.id}/content`, assessor).expect(200);
    }
    for (const noun of nouns) {
      const by = noun === 'submission' || noun === 'withdrawal' ? writer : assessor;
      const answer = await assuranceStep(
        app,
        by,
        body.id,
        noun,
        noun === 'submission' ? {} : { reason: 'So.' },
      );
      expect([noun, answer.status]).toEqual([noun, 200]);
    }
    return body.id;
  };
  await through(manager, { kind: 'dcb0129', subject: version }, 'submission', 'acceptance');
  const outcome = { kind: 'library-outcome', subject: product.id, outcome: 'approved' };
  await through(manager, outcome, 'submission', 'acceptance');
  await through(
    manager,
    { kind: 'nice-tier', subject: product.id, outcome: 'tier-b' },
    'submission',
    'rejection',
  );
  await through(lead, { kind: 'dpia', subject: project.id }, 'submission', 'withdrawal');
  const safety = await through(lead, { kind: 'dcb0160', subject: deployment.id }, 'submission', 'acceptance');
  const draft = await through(lead, { kind: 'caldicott', subject: ods });
  await changed('put', `/v1/assurance-items/${draft}`, lead, 1, { ...WRITTEN, version: '2' });
  for (const read of [
    path,
    `${path}/deployments`,
    `/v1/deployments/${deployment.id}`,
    `/v1/assurance-items/${draft}`,
    `/v1/assurance-items/${safety}`,
  ])
    await app.request('get', read, lead).expect(200);
}
