import type supertest from 'supertest';
import type { ShownBenefit } from '../../src/benefits/benefits.reader.js';
import type { TestApp } from './app.js';
import { multipart, pdf } from './evidence.js';
import { SLUG } from './returns.js';

/** The people that a benefit goes through. */
export interface BenefitCast {
  lead: string;
  manager: string;
  assessor: string;
}

export async function benefitCast(app: TestApp, trust: string): Promise<BenefitCast> {
  const [lead, manager, assessor] = await Promise.all([
    app.as('trust-lead', trust),
    app.as('programme-manager'),
    app.as('assessor'),
  ]);
  return { lead, manager, assessor };
}

/** A benefit that can be agreed as it is. */
export const BENEFIT = {
  code: 'fewer-forms',
  name: 'Fewer paper forms',
  description: 'Wards fill in observations on tablets.',
  type: 'cash-releasing',
  unit: null as string | null,
  baseline: { value: 4_000_000, on: '2017-03-31', source: 'Orders of stationery, 2016/17' } as object | null,
  owner: 'Director of nursing',
  ownerAfterClosure: 'Head of clinical systems' as string | null,
  profile: [
    { financialYear: '2016/17', planned: 500_000 },
    { financialYear: '2017/18', planned: 1_000_000 },
  ],
};

/** A project of a trust, by its code. */
export async function projectsOf(app: TestApp, trust: string): Promise<string[]> {
  const rows = await app.database.sql<{ code: string }>(
    `select j.code from project j join organisation o on o.id = j.trust_id where o.ods_code = '${trust}' order by j.code`,
  );
  return rows.map(({ code }) => code);
}

/** Begins a benefit of a project. */
export function recordBenefit(
  app: TestApp,
  key: string,
  project: string,
  said: Partial<typeof BENEFIT> = {},
): supertest.Test {
  return app.request('post', `/v1/programmes/${SLUG}/benefits`, key).send({ ...BENEFIT, project, ...said });
}

/** Asks for a change of something under the revision that stands, unless another (or null: none) is given. */
export async function benefitStep(
  app: TestApp,
  key: string,
  path: string,
  noun: string,
  body: object = {},
  revision?: number | null,
) {
  const read = async () => (await app.request('get', path, key)).body.revision;
  const match = revision === undefined ? await read() : revision;
  const request = app.request(noun === '' ? 'patch' : 'post', noun === '' ? path : `${path}/${noun}`, key);
  if (match !== null) request.set('If-Match', `"${match ?? 1}"`);
  const answer = await request.send(body);
  const reasons: Array<{ code: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return { status: answer.status, body: answer.body, codes: reasons.map(({ code }) => code) };
}

/** Sends a file as evidence of what a benefit brought. */
export function sendBenefitEvidence(app: TestApp, key: string, actual: string, file = pdf()): supertest.Test {
  return app
    .request('post', `/v1/benefit-actuals/${actual}/evidence`, key)
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(file, { description: 'Orders of the year' }));
}

/** A benefit that the funder agreed. */
export async function agreedBenefit(
  app: TestApp,
  { lead, manager }: BenefitCast,
  project: string,
  said: Partial<typeof BENEFIT> = {},
): Promise<ShownBenefit> {
  const { body } = await recordBenefit(app, lead, project, said).expect(201);
  const agreed = await benefitStep(app, manager, `/v1/benefits/${body.id}`, 'agreement');
  if (agreed.status !== 200) throw new Error(JSON.stringify(agreed.body));
  return agreed.body;
}

/** Reports a year with a file that shows it, and gives the id of the report. */
export async function reportedYear(
  app: TestApp,
  { lead }: BenefitCast,
  benefit: string,
  financialYear: string,
  value: number,
): Promise<string> {
  const { status, body } = await benefitStep(app, lead, `/v1/benefits/${benefit}`, 'actuals', {
    ...{ financialYear, value, method: 'Counted.' },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  await sendBenefitEvidence(app, lead, body.id).expect(201);
  return body.id;
}
