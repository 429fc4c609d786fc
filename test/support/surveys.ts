import type supertest from 'supertest';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

/** The wave that is open on the days of the tests, and the one before it. */
export const WAVE = 'adoption-2018';
export const EARLIER = 'adoption-2017';
export const WAVES = `/v1/programmes/${SLUG}/survey-waves`;

const said = (question: string, more: object = {}) => ({ question, status: 'planned', ...more });

/** Whole answers to the questions of both waves. */
export const ANSWERS: Array<{ question: string } & Record<string, unknown>> = [
  said('online-booking/v2', { status: 'pilot', evidence: 'Two clinics since March' }),
  said('record-access/v1'),
  said('discharge-summaries/v1', { status: 'none' }),
  said('electronic-referrals/v1', { status: 'live', evidence: 'Referral statistics of May 2018' }),
  { question: 'barriers/v2', barriers: ['it-systems', 'finance', 'evaluation'] },
];

/** Whole answers to the questions of the open wave. */
export const WHOLE = [...ANSWERS, said('apps-while-waiting/v1', { status: 'retired' })];

/** Begins a trust's answers. */
export const beginSheet = (app: TestApp, lead: string, wave = WAVE): supertest.Test =>
  app.request('post', `${WAVES}/${wave}/sheets`, lead);

/** Changes or submits a sheet under the revision that stands, unless another (or null: none) is given. */
export async function sheetStep(
  app: TestApp,
  lead: string,
  id: string,
  noun: '' | 'submission',
  body: object = {},
  revision?: number | null,
) {
  const path = `/v1/survey-sheets/${id}`;
  const match = revision === undefined ? (await app.request('get', path, lead)).body.revision : revision;
  const request = app.request(noun === '' ? 'patch' : 'post', noun === '' ? path : `${path}/${noun}`, lead);
  if (match !== null) request.set('If-Match', `"${match ?? 1}"`);
  const answer = await request.send(body);
  const reasons: Array<{ code: string; pointer?: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return { status: answer.status, body: answer.body, codes: reasons.map(({ code }) => code), reasons };
}

/** A trust's submitted answers, and the id of their sheet. */
export async function submittedSheet(
  app: TestApp,
  lead: string,
  answers: readonly object[] = WHOLE,
): Promise<string> {
  const { id } = (await beginSheet(app, lead).expect(201)).body;
  for (const [noun, body] of [
    ['', { answers }],
    ['submission', {}],
  ] as const) {
    const done = await sheetStep(app, lead, id, noun, body);
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  }
  return id;
}
