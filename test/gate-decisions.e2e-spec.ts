import { systemActor } from '../src/core/actor.js';
import { GatesReader } from '../src/funding/gates/gates.reader.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type AtGates, atGates, claimOn, pass } from './support/gates.js';
import { type InForce, putInForce } from './support/money.js';
import { signedIn } from './support/pages.js';

/** What was let through a gate can be read, by those whose it is. */
let app: TestApp;
let at: AtGates;
let agreed: InForce;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-02-15' } });
  at = await atGates(app);
  agreed = await putInForce(app, 'RW4');
});
afterAll(() => app?.stop());

test('each decision of a gate is read, oldest first, and stands on the page of its tranche', async () => {
  const claim = await claimOn(at, agreed, 1, 100_000);
  await pass(at, claim, 'approve', 100_000);
  await pass(at, claim, 'schedule', 100_000);
  const tranche = agreed.tranches[1] as string;
  const decisions = await app.app.get(GatesReader, { strict: false }).decisions(at.people.approver, tranche);
  expect(decisions).toEqual([
    {
      id: expect.any(String),
      claim: { id: claim, reference: expect.stringMatching(/^CLM-/) },
      step: 'approve',
      proposedPence: 100_000,
      openedBy: 'conditions',
      waived: [],
      decidedBy: { id: at.people.approver.id, name: at.people.approver.name },
      decidedAt: expect.any(String),
    },
    expect.objectContaining({
      step: 'schedule',
      decidedBy: expect.objectContaining({ id: at.people.payer.id }),
    }),
  ]);
  const auditor = await signedIn(app, await app.as('auditor'));
  const page = await auditor.get(`/tranches/${tranche}`);
  expect(page.rows('decisions').map((row) => row.slice(1, 4))).toEqual([
    ['Approval', '£1,000', 'Its conditions'],
    ['Scheduling', '£1,000', 'Its conditions'],
  ]);
});

test('another trust’s people are told that there is no such tranche', async () => {
  const stranger = await app.actorOf(await app.as('trust-lead', 'RXT'));
  const reading = app.app
    .get(GatesReader, { strict: false })
    .decisions(stranger, agreed.tranches[1] as string);
  await expect(reading).rejects.toMatchObject({ status: 404 });
  const nobody = systemActor('test', 'test');
  const none = app.app.get(GatesReader, { strict: false }).decisions(nobody, agreed.id);
  await expect(none).rejects.toMatchObject({ status: 404 });
});
