import { ReadScope } from '../src/database/read-scope.js';
import { startTestApp, type TestApp } from './support/app.js';
import { SLUG } from './support/returns.js';

/** What may take seconds where there are very many trusts. */
const LONG = [
  '/v1/portfolio',
  `/v1/programmes/${SLUG}/turnaround?from=2017-04-01&to=2017-05-01`,
  `/v1/programmes/${SLUG}/turnaround/claim-check?from=2017-04-01&to=2017-05-01`,
];
const SHORT = [
  '/v1/programmes',
  `/v1/programmes/${SLUG}/turnaround`,
  `/v1/programmes/${SLUG}/turnaround/claim-check`,
];
const PUBLIC = ['/open-data/360giving.json', `/progress/${SLUG}/data.json`];

let app: TestApp;
let manager: string;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15', DATABASE_POOL: '8' } });
  manager = await app.as('programme-manager');
});
afterAll(() => app?.stop());

const statuses = (paths: string[]) =>
  Promise.all(paths.map(async (path) => (await app.request('get', path, manager)).status));

test('what lasts waits for what lasts, and is told to come again; what does not is answered', async () => {
  const scope = app.app.get(ReadScope, { strict: false });
  const held = [await scope.hold({ trustId: null }), await scope.hold({ trustId: null })];
  try {
    const waiting = Promise.all([...LONG, ...PUBLIC].map((path) => app.request('get', path, manager)));
    expect(await statuses([...SHORT, '/open-data'])).toEqual([200, 200, 200, 200]);
    for (const answer of await waiting) {
      expect([answer.status, answer.body.code]).toEqual([503, expect.any(String)]);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.body.detail).toContain('As many long readings are under way as there may be at once');
    }
  } finally {
    for (const each of held) each.close();
  }
  expect(await statuses([...LONG, ...PUBLIC])).toEqual([200, 200, 200, 404, 404]);
  expect(await statuses([...LONG, ...LONG, ...PUBLIC])).toEqual([200, 200, 200, 200, 200, 200, 404, 404]);
}, 30_000);
