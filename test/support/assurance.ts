import type supertest from 'supertest';
import type { ShownAssurance } from '../../src/assurance/assurance.reader.js';
import type { TestApp } from './app.js';
import { multipart, pdf } from './evidence.js';

/** What is written of a piece of assurance, unless a test says otherwise. */
export const WRITTEN = {
  version: '1.0',
  signedBy: 'Dr R. Osei',
  signedOn: '2017-05-01',
  expiresOn: null as string | null,
  outcome: null as string | null,
  document: 'Clinical safety folder, CSCR-014',
};

/** Begins a piece of assurance. */
export function begin(
  app: TestApp,
  key: string,
  of: { kind: string; subject: string } & Partial<typeof WRITTEN>,
): supertest.Test {
  return app.request('post', '/v1/assurance-items', key).send({ ...WRITTEN, ...of });
}

/** Adds a file to a piece of assurance. */
export function addFile(app: TestApp, key: string, id: string, noun: 'documents' | 'hazard-logs') {
  return app
    .request('post', `/v1/assurance-items/${id}/${noun}`, key)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(pdf(), { description: 'What it shows' }));
}

/** A step of a piece of assurance, under the revision that it has now, unless another (or null: none) is given. */
export async function assuranceStep(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body: object = {},
  revision?: number | null,
): Promise<{ status: number; body: ShownAssurance; codes: string[] }> {
  const [row] = await app.database.sql<{ revision: number }>(
    'select revision from assurance_item where id = $1',
    [id],
  );
  const request = app.request('post', `/v1/assurance-items/${id}/${noun}`, key);
  const match = revision === undefined ? (row?.revision ?? 1) : revision;
  if (match !== null) request.set('If-Match', `"${match}"`);
  const answer = await request.send(body);
  const reasons: Array<{ code: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return { status: answer.status, body: answer.body, codes: reasons.map(({ code }) => code) };
}

/**
 * Gives every project of a trust what a go-live needs from 2016 on, written straight into the database: a version in
 * use, and everything that is mandatory, accepted and without an end.
 */
export async function assured({ database, as, actorOf }: TestApp, ods: string): Promise<void> {
  const [writer, decider] = [
    await actorOf(await as('programme-manager')),
    await actorOf(await as('assessor')),
  ];
  await database.sql(
    `with written as (
       insert into product (name, supplier, summary, recorded_by) values ('Product of ${ods}', 'Supplier', 'Test', '${writer.id}')
       returning id),
     versioned as (
       insert into product_version (product_id, version, released_on, recorded_by)
       select id, '1', '2016-01-01', '${writer.id}' from written returning id, product_id),
     deployed as (
       insert into deployment (programme_id, trust_id, project_id, product_id, product_version_id, from_on, recorded_by)
       select j.programme_id, j.trust_id, j.id, v.product_id, v.id, '2016-01-01', '${writer.id}'
       from project j join organisation o on o.id = j.trust_id, versioned v where o.ods_code = $1
       returning id, trust_id, project_id),
     subjects as (
       select 'dcb0129' as kind, 'product-version' as level, null::uuid as trust, v.product_id as product, v.id as version,
         null::uuid as project, null::uuid as deployment, null as outcome from versioned v
       union all select 'device-status', 'product', null, v.product_id, null, null, null, 'not-a-device' from versioned v
       union all select 'dtac', 'product', null, v.product_id, null, null, null, 'pass' from versioned v
       union all select 'dcb0160', 'deployment', d.trust_id, null, null, null, d.id, null from deployed d
       union all select 'dpia', 'project', d.trust_id, null, null, d.project_id, null, null from deployed d
       union all select 'caldicott', 'organisation', id, null, null, null, null, null from organisation where ods_code = $1
       union all select 'dspt', 'organisation', id, null, null, null, null, 'standards-met' from organisation
         where ods_code = $1)
     insert into assurance_item (kind, level, trust_id, product_id, product_version_id, project_id, deployment_id, outcome,
       version, sign_off_role, signed_by, signed_on, document, state, prepared_by, submitted_by, submitted_at, decided_by,
       decided_at, accepted_at)
     select kind, level, trust, product, version, project, deployment, outcome, '1', 'Test', 'Test', '2016-01-01', 'Test',
       'accepted', '${writer.id}', '${writer.id}', now(), '${decider.id}', now(), now() from subjects`,
    [ods],
  );
}
