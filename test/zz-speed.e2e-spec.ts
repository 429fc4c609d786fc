import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';
import { SLUG } from './support/returns.js';

let app: TestApp;
beforeAll(async () => {
  app = await startDemonstration();
  const { copyTrusts } = (await import('../bench/support/copies.js' as string)) as { copyTrusts(url: string, size: object): Promise<void> };
  await copyTrusts(app.database.superuserUrl, { trusts: 100, periods: Number(process.env.PERIODS ?? 12), entries: 30_000 });
}, 400_000);
afterAll(() => app?.stop());
test('speed', async () => {
  const key = await app.as('programme-manager');
  const rows = await app.database.sql("select (select count(*) from measurement) m, (select count(*) from report_version) v, (select count(*) from claim) c");
  const out: unknown[] = [rows[0]];
  for (const path of [`/v1/programmes/${SLUG}/turnaround`, `/v1/programmes/${SLUG}/turnaround?from=2010-01-01`, `/v1/programmes/${SLUG}/turnaround/claim-check`, `/v1/programmes/${SLUG}/turnaround/measurement-validation`, `/v1/programmes/${SLUG}/turnaround/return-review`]) {
    const times: number[] = [];
    for (let i = 0; i < 9; i++) { const t = performance.now(); await app.request('get', path, key).expect(200); times.push(performance.now() - t); }
    out.push([path.slice(35), times.sort((a, b) => a - b)[4]]);
  }
  console.log(JSON.stringify(out));
}, 60_000);
