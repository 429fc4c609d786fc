import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';

let app: TestApp;
let manager: Visitor;

beforeAll(async () => {
  app = await startTestApp();
  manager = await signedIn(app, await app.as('programme-manager'));
});
afterAll(() => app?.stop());

const MONEY = '/programmes/mental-health-exemplars/money';

test('a page is HTML with a policy of its own, and none without signing in', async () => {
  const page = await manager.get(MONEY);
  expect(page.status).toBe(200);
  expect(page.words('h1')).toContain('Money: awarded, drawn and remaining');
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']{20,}'/);
  const stranger = await visitor(app, '').get(MONEY);
  expect(stranger).toMatchObject({
    status: 303,
    location: `/sign-in?returnTo=${encodeURIComponent(MONEY)}`,
  });
});
