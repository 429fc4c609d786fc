import supertest from 'supertest';
import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';

let app: TestApp;
beforeAll(async () => {
  app = await startDemonstration();
}, 120_000);
afterAll(() => app?.stop());
test('x', async () => {
  const r = await supertest(app.app.getHttpServer()).get('/open-data/360giving.json');
  console.log(JSON.stringify(r.body, null, 1).slice(0, 9000), r.headers);
  const c = await supertest(app.app.getHttpServer()).get('/open-data/360giving.csv');
  console.log(c.text.slice(0, 3000));
  const m = await supertest(app.app.getHttpServer()).get('/open-data/match.csv');
  console.log(m.text.slice(0, 3000));
});
