import type supertest from 'supertest';
import type { ProductWithVersions } from '../../src/assurance/product.queries.js';
import type { ShownBlueprint } from '../../src/blueprints/blueprints.reader.js';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

/** Everything that is written in a blueprint. */
export const WRITTEN = {
  what: 'Safety plans on a phone',
  forWhom: 'people at risk of self-harm',
  where: 'community teams',
  userGroups: ['service-users', 'community-staff'],
  careSettings: ['community', 'at-home'],
  projectType: 'app-or-online-therapy',
  capabilities: ['remote-and-assistive-care'],
  maturitySections: ['empower-citizens', 'safe-practice'],
  problem: 'Plans on paper were at home when they were needed elsewhere.',
  scope: 'Adults under community teams; not inpatients.',
  solution: 'An app that holds the plan and calls whom it names.',
  product: 'Stay Safe',
  supplier: 'Wirral Apps Ltd',
  team: 'A nurse lead, two developers, a clinical safety officer.',
  lessons: 'Half of the teams had no signal: it has to work offline.',
  advice: 'Begin with one team that wants it.',
};
export const ASKED = { role: 'Chief nursing information officer', address: 'digital@merseycare.example' };

/** What became of a change of a blueprint. */
export interface BlueprintAnswer {
  status: number;
  body: ShownBlueprint;
  codes: string[];
}

/** A change of a blueprint, under the revision that it has now, unless another (or null: none) is given. */
export async function changeBlueprint(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body: object = {},
  revision?: number | null,
): Promise<BlueprintAnswer> {
  const [row] = await app.database.sql<{ revision: number }>('select revision from blueprint where id = $1', [
    id,
  ]);
  const match = revision === undefined ? (row?.revision ?? 1) : revision;
  const method = noun === '' ? 'patch' : 'post';
  const request = app.request(method, ['/v1/blueprints', id, noun].filter(Boolean).join('/'), key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  const { status, body: answer } = await request.send(body);
  const reasons: Array<{ code: string; pointer?: string }> = answer.blockers ?? answer.errors ?? [];
  return { status, body: answer, codes: reasons.map(({ code, pointer = '' }) => `${code} ${pointer}`) };
}

export const beginBlueprint = (
  app: TestApp,
  lead: string,
  project = 'mersey-suicide-risk-app',
): supertest.Test => app.request('post', `/v1/programmes/${SLUG}/blueprints`, lead).send({ project });

/** A blueprint with everything written in it, as a draft. */
export async function drafted(
  app: TestApp,
  lead: string,
  { project = 'mersey-suicide-risk-app', written = {} as Partial<typeof WRITTEN> } = {},
): Promise<string> {
  const { id } = (await beginBlueprint(app, lead, project).expect(201)).body;
  for (const [noun, body] of [
    ['', { ...WRITTEN, ...written }],
    ['contact', ASKED],
  ] as const)
    expect(await changeBlueprint(app, lead, id, noun, body)).toMatchObject({ status: 200, codes: [] });
  return id;
}

/** A draft through to its publication. */
export async function publishedFrom(
  app: TestApp,
  { lead, assessor, manager }: { lead: string; assessor: string; manager: string },
  id: string,
): Promise<ShownBlueprint> {
  for (const [key, noun] of [
    [lead, 'submission'],
    [assessor, 'review'],
  ] as const)
    expect(await changeBlueprint(app, key, id, noun)).toMatchObject({ status: 200, codes: [] });
  const done = await changeBlueprint(app, manager, id, 'publication');
  expect([done.status, done.codes]).toEqual([200, []]);
  return done.body;
}

/** A product of the register with its versions, as the funder records it. */
export async function registered(
  app: TestApp,
  manager: string,
  name: string,
  versions: readonly string[] = [],
): Promise<ProductWithVersions> {
  const content = { name, supplier: 'Northern Software Ltd', summary: 'Plans.' };
  let { body } = await app.request('post', '/v1/products', manager).send(content).expect(201);
  for (const version of versions)
    ({ body } = await app
      .request('post', `/v1/products/${body.id}/versions`, manager)
      .set('If-Match', `"${body.revision}"`)
      .send({ version, releasedOn: '2017-01-01' })
      .expect(200));
  return body;
}
