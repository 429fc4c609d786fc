import { startTestApp, type TestApp } from './support/app.js';
import { Desk, leavesIn, Signer, type Verdict } from './support/audited-log.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { putInForce } from './support/money.js';
import { asSystem, putClaim, putMatch } from './support/standing-money.js';

let app: TestApp;
let desk: Desk;
let leaves: string[];
let notes: string[];
const signer = new Signer();
const pounds = (amount: number): number => amount * 100;

beforeAll(async () => {
  app = await startTestApp();
  desk = await Desk.set();
  const { id: agreementId } = await putInForce(app, 'RW4');
  const cost = { agreementId, line: '2017/18 revenue', pence: pounds(1_000), incurredOn: '2017-10-01' };
  await putClaim(app, { ...cost, tranche: 2 }, 'paid');
  await putClaim(app, { ...cost, tranche: 2, pence: pounds(250) }, 'approved');
  await putMatch(app, cost, 'accepted');
  await app.as('auditor');
  await asSystem(app, (tx) => tx.query("update claim set revision = revision + 1 where state = 'approved'"));
  await app.app.close();
  leaves = leavesIn(await desk.export(app.database));
  notes = [100, 200, leaves.length - 30].map((size) => signer.checkpoint(leaves, size));
});
afterAll(async () => {
  await desk?.clear();
  await app?.stop();
});

test('an untouched log', async () => {
  const verdict = await desk.verify(notes, [signer.vkey]);
  console.log(verdict.said, leaves.length);
  expect(verdict.code).toBe(0);
});
