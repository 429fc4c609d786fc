import type supertest from 'supertest';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

export const FOUND = {
  kind: 'finding',
  review: 'Gateway review 3, May 2018',
  statement: 'The go-live board did not see the results of the failover test.',
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
