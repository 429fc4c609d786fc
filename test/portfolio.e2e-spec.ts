import { startDemonstration } from './support/demonstration.js';
import type { TestApp } from './support/app.js';
import { SLUG } from './support/returns.js';

let app: TestApp;
let manager: string;

beforeAll(async () => {
  console.time('start');
  app = await startDemonstration();
  console.timeEnd('start');
  manager = await app.as('programme-manager');
}, 120_000);
afterAll(() => app?.stop());
const get = async (path: string, key = manager) => (await app.request('get', path, key).expect(200)).body;
test('x', async () => {
  const seen = await get('/v1/portfolio');
  console.log(JSON.stringify(seen, null, 1));
  for (const year of ['2018/19', '2019/20']) {
    const made = await app.request('post', `/v1/programmes/${SLUG}/scenarios`, manager).send({ title: `x ${year}`, financialYear: year, cut: { basisPoints: 3333 } });
    console.log(made.status, JSON.stringify(made.body, null, 1).slice(0, 9000));
  }
});
