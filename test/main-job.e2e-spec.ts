import { startTestApp, type TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ work: true });
});
afterAll(() => app?.stop());

test('boots', async () => {
  const key = await app.as('programme-manager');
  const progress = await app.request('get', '/v1/programmes/mental-health-exemplars/progress', key);
  console.log(progress.status, JSON.stringify(progress.body).slice(0, 3000));
  expect(progress.status).toBe(200);
});
