import type { AgreementView } from '../../src/funding/agreements/agreement.queries.js';
import type { AgreementVerb } from '../../src/funding/agreements/agreement.rules.js';
import type { TestApp } from './app.js';
import { Conformance } from './conformance.js';
import { SLUG } from './returns.js';

/** What the API says of an agreement. */
export type AgreementBody = AgreementView & { next: AgreementVerb[] };

/** The people that an agreement goes through. */
export interface AgreementCast {
  /** Who prepares it. */
  manager: string;
  /** Who approves it. */
  finance: string;
  director: string;
}

export async function agreementCast(app: TestApp, trust: string): Promise<AgreementCast> {
  const [manager, finance, director] = await Promise.all([
    app.as('programme-manager'),
    app.as('finance-officer'),
    app.as('trust-finance-director', trust),
  ]);
  return { manager, finance, director };
}

/** An answer with the codes of what blocks it, or is wrong with it. */
export interface Answer {
  status: number;
  body: AgreementBody & { code?: string };
  codes: string[];
}

const answered = ({ status, body }: { status: number; body: Answer['body'] }): Answer => {
  const { blockers, errors } = body as unknown as Record<string, Array<{ code: string }> | undefined>;
  return { status, body, codes: (blockers ?? errors ?? []).map(({ code }) => code) };
};

export async function readAgreement(app: TestApp, key: string, id: string): Promise<AgreementBody> {
  const { headers, body } = await app.request('get', `/v1/agreements/${id}`, key).expect(200);
  expect(headers.etag).toBe(`"${body.revision}"`);
  return body;
}

/** Begins an agreement of a trust's award. */
export async function draft(
  app: TestApp,
  key: string,
  trust: string,
  more: object = {},
  slug = SLUG,
): Promise<Answer> {
  const body = { trust, reference: `AGR/${trust}`, ...more };
  return answered(await app.request('post', `/v1/programmes/${slug}/agreements`, key).send(body));
}

/** The revision of an agreement now, whoever asks. */
async function revisionOf(app: TestApp, id: string): Promise<number> {
  const [row] = await app.database.sql<{ revision: number }>('select revision from agreement where id = $1', [
    id,
  ]);
  return row?.revision ?? 1;
}

/** Takes a step, under the revision that stands unless another (or null: none) is given. */
export async function step(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body: object = {},
  revision?: number | null,
): Promise<Answer> {
  const request = app.request('post', `/v1/agreements/${id}/${noun}`, key);
  const match = revision === undefined ? await revisionOf(app, id) : revision;
  if (match !== null) request.set('If-Match', `"${match}"`);
  return answered(await (WITHOUT_BODY.includes(noun) ? request : request.send(body)));
}

const WITHOUT_BODY = ['due-diligence', 'offer', 'signature', 'activation'];

/** Saves a draft, under the revision that stands. */
export async function saveDraft(app: TestApp, key: string, id: string, body: object): Promise<Answer> {
  const request = app.request('patch', `/v1/agreements/${id}`, key);
  return answered(await request.set('If-Match', `"${await revisionOf(app, id)}"`).send(body));
}

const PATH: ReadonlyArray<[noun: string, by: keyof AgreementCast]> = [
  ['due-diligence', 'manager'],
  ['approval', 'finance'],
  ['offer', 'manager'],
  ['signature', 'director'],
  ['activation', 'finance'],
];

/** Takes a draft through its steps, to the last one named. */
export async function through(
  app: TestApp,
  cast: AgreementCast,
  id: string,
  last: 'due-diligence' | 'approval' | 'offer' | 'signature' | 'activation',
): Promise<AgreementBody> {
  for (const [noun, by] of PATH) {
    const { status, body } = await step(app, cast[by], id, noun);
    expect([noun, status, body.code]).toEqual([noun, 200, undefined]);
    if (noun === last) return body;
  }
  throw new Error(`${last} is no step`);
}

/** An agreement of a trust's award, in force by all its steps. */
export async function inForce(
  app: TestApp,
  trust: string,
  more: object = {},
  slug = SLUG,
): Promise<{ cast: AgreementCast; agreement: AgreementBody }> {
  const cast = await agreementCast(app, trust);
  const begun = await draft(app, cast.manager, trust, more, slug);
  expect([begun.status, begun.body.code]).toEqual([201, undefined]);
  return { cast, agreement: await through(app, cast, begun.body.id, 'activation') };
}

/** What is not as the API describes it in what it answers of agreements: each by its id, and the programme's list. */
export async function undescribed(
  app: TestApp,
  key: string,
  ids: readonly string[],
  slug = SLUG,
): Promise<string[]> {
  const { body: description } = await app.request('get', '/openapi.json').expect(200);
  const conformance = new Conformance(description);
  const asked: Array<[template: string, path: string]> = [
    ...ids.flatMap(
      (id): Array<[string, string]> => [
        ['/v1/agreements/{id}', `/v1/agreements/${id}`],
        ['/v1/agreements/{id}/versions', `/v1/agreements/${id}/versions`],
      ],
    ),
    ['/v1/programmes/{slug}/agreements', `/v1/programmes/${slug}/agreements`],
  ];
  const faults: string[] = [];
  for (const [template, path] of asked) {
    const { status, body } = await app.request('get', path, key).expect(200);
    faults.push(...conformance.faults('get', template, status, 'application/json', body));
  }
  return faults;
}
