import type supertest from 'supertest';
import type { ShownFinding } from '../../src/findings/findings.reader.js';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

export const FOUND = {
  kind: 'finding',
  review: 'Gateway review 3, May 2018',
  statement: 'The go-live board did not see the results of the failover test.',
  priority: 'high',
  ownerRole: 'programme-manager',
  owner: 'Chief information officer',
  trust: null as string | null,
  dueOn: '2018-07-31',
};

/** Records a finding about the programme, or as it is said. */
export function record(
  app: TestApp,
  key: string,
  found: Partial<typeof FOUND> = {},
  slug = SLUG,
): supertest.Test {
  return app.request('post', `/v1/programmes/${slug}/findings`, key).send({ ...FOUND, ...found });
}

/** What became of a step of a finding. */
export interface FindingAnswer {
  status: number;
  body: ShownFinding;
  codes: string[];
}

/** A step of a finding, under the revision that it has now, unless another (or null: none) is given. */
export async function findingStep(
  app: TestApp,
  key: string,
  id: string,
  noun: 'response' | 'follow-ups' | 'closure' | 'due-date',
  body: object,
  revision?: number | null,
): Promise<FindingAnswer> {
  const [row] = await app.database.sql<{ revision: number }>(
    'select revision from audit_finding where id = $1',
    [id],
  );
  const match = revision === undefined ? (row?.revision ?? 1) : revision;
  const request = app.request('post', `/v1/findings/${id}/${noun}`, key);
  if (match !== null) request.set('If-Match', `"${match}"`);
  const { status, body: answer } = await request.send(body);
  const reasons: Array<{ code: string }> = answer.blockers ?? answer.errors ?? [];
  return { status, body: answer, codes: reasons.map(({ code }) => code) };
}

export const NOT_AGREED = { stance: 'not-agreed', response: 'It was seen elsewhere.' };
export const AGREED = { stance: 'agreed', response: 'It is run again.', plannedOn: '2018-07-15' };

/** Closes a finding that a programme manager owns: they do not agree, and somebody else closes it. */
export async function closeFinding(
  app: TestApp,
  { owner, closer }: { owner: string; closer: string },
  id: string,
): Promise<ShownFinding> {
  const answered = await findingStep(app, owner, id, 'response', NOT_AGREED);
  expect([answered.status, answered.codes]).toEqual([200, []]);
  const closed = await findingStep(app, closer, id, 'closure', { conclusion: 'It was.' });
  expect([closed.status, closed.codes]).toEqual([200, []]);
  return closed.body;
}
