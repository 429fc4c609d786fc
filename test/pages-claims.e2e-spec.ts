import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor } from './support/pages.js';
import { openAgreement, paidClaim, paymentCast } from './support/payments.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
}, 60_000);
afterAll(() => app?.stop());
test('smoke', async () => {
  const cast = await paymentCast(app, 'RW4');
  const agreed = await openAgreement(app, 'RW4');
  const { claim, payment } = await paidClaim(app, cast, agreed, 'RW4', 100_00, 200_00);
  const P = '/programmes/mental-health-exemplars';
  for (const key of ['lead', 'officer'] as const) {
    const v: Visitor = await signedIn(app, cast[key]);
    for (const path of [
      '/claims',
      '/claims?awaiting=me',
      `${P}/claims`,
      `${P}/trusts/RW4/claimable`,
      `/agreements/${agreed.id}/claims/new`,
      `/claims/${claim.id}`,
      `/claims/${claim.id}/lines`,
      `/claims/${claim.id}/lines/1`,
      `/claims/${claim.id}/lines/new`,
      `/claims/${claim.id}/lines/1/removal`,
      `/claims/${claim.id}/evidence`,
      `/claims/${claim.id}/check`,
      `/claims/${claim.id}/versions`,
      `/claims/${claim.id}/submitted`,
      ...['submit', 'approve', 'check', 'query', 'recommend', 'schedule', 'raise-recovery'].map(
        (s) => `/claims/${claim.id}/steps/${s}`,
      ),
      `${P}/payments`,
      `${P}/recoveries`,
      `${P}/extracts`,
      `/payments/${payment.id}`,
      `/payments/${payment.id}/chain`,
      `/payments/${payment.id}/steps/reverse`,
    ]) {
      const page = await v.get(path);
      console.log(
        key,
        path,
        page.status,
        page.words('h1'),
        page.status >= 500 ? page.text.slice(0, 500) : '',
      );
    }
  }
});
