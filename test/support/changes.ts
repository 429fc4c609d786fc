import type { ChangeContent } from '../../src/change-requests/change-content.js';
import type { ChangeRequestView } from '../../src/change-requests/change-request.queries.js';
import type { ChangeEffect, Holder } from '../../src/change-requests/change-request.rules.js';
import type { Blocker } from '../../src/core/blockers.js';
import type { TestApp } from './app.js';

/** What the API says of a change request. */
export type ChangeBody = ChangeRequestView & {
  effect: ChangeEffect | null;
  heldBy: (Holder & { person: { id: string; name: string } | null }) | null;
  next: string[];
};

/** An answer about a change request, whether it did what was asked or not. */
export interface ChangeAnswer {
  status: number;
  body: ChangeBody & { code: string; detail: string; blockers?: Blocker[]; errors?: Blocker[] };
  /** The codes of its blockers or faults. */
  codes: string[];
}

/** Who asks, and who decides. */
export interface ChangeCast {
  lead: string;
  manager: string;
}

export async function changeCast(app: TestApp, trust: string): Promise<ChangeCast> {
  const [lead, manager] = await Promise.all([app.as('trust-lead', trust), app.as('programme-manager')]);
  return { lead, manager };
}

const answerOf = ({ status, body }: { status: number; body: ChangeAnswer['body'] }): ChangeAnswer => ({
  status,
  body,
  codes: (body.blockers ?? body.errors ?? []).map(({ code }) => code),
});

/** What is asked for where nothing else is said. */
export const ASKED = { title: 'Another plan', justification: 'The supplier delivers late.' };

/** Begins a request. */
export async function openChange(
  app: TestApp,
  key: string,
  agreementId: string,
  kind: string,
  content: object,
): Promise<ChangeAnswer> {
  const body = { ...ASKED, kind, content };
  return answerOf(await app.request('post', `/v1/agreements/${agreementId}/change-requests`, key).send(body));
}

export async function readChange(app: TestApp, key: string, id: string): Promise<ChangeBody> {
  return (await app.request('get', `/v1/change-requests/${id}`, key).expect(200)).body;
}

export async function saveChange(app: TestApp, key: string, id: string, body: object): Promise<ChangeAnswer> {
  const { revision } = await readChange(app, key, id);
  const request = app.request('patch', `/v1/change-requests/${id}`, key).set('If-Match', `"${revision}"`);
  return answerOf(await request.send(body));
}

/** A step of a request's life, under the ETag that it has now unless another (or null: none) is given. */
export async function changeStep(
  app: TestApp,
  key: string,
  id: string,
  noun: string,
  body?: object,
  revision?: number | null,
): Promise<ChangeAnswer> {
  const match = revision === undefined ? (await readChange(app, key, id)).revision : revision;
  const request = app.request('post', `/v1/change-requests/${id}/${noun}`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  return answerOf(await (body === undefined ? request : request.send(body)));
}

const FORWARD = ['submission', 'impact-assessment', 'approval', 'application'] as const;

/** Asks for a change and takes it forward, up to and including a step. */
export async function takeChangeTo(
  app: TestApp,
  { lead, manager }: ChangeCast,
  agreementId: string,
  asked: { kind: string; content: Partial<ChangeContent> },
  last: (typeof FORWARD)[number],
): Promise<ChangeBody> {
  const opened = await openChange(app, lead, agreementId, asked.kind, asked.content);
  expect([opened.status, opened.codes]).toEqual([201, []]);
  let change: ChangeBody = opened.body;
  for (const noun of FORWARD.slice(0, FORWARD.indexOf(last) + 1)) {
    const key = noun === 'submission' ? lead : manager;
    const reason = noun === 'approval' ? { reason: 'The plan is credible.' } : undefined;
    const answer = await changeStep(app, key, change.id, noun, reason);
    expect([noun, answer.status, answer.codes]).toEqual([noun, 200, []]);
    change = answer.body;
  }
  return change;
}
