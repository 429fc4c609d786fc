import { startTestApp, type TestApp } from './support/app.js';
import { readClaim } from './support/claims.js';
import type { InForce } from './support/money.js';
import { upload } from './support/page-uploads.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import {
  approvedClaim,
  EXTRACT_HEAD,
  openAgreement,
  type PaymentCast,
  paidClaim,
  paymentCast,
  readPayment,
  readRecovery,
  schedule,
} from './support/payments.js';

const PROGRAMME = '/programmes/mental-health-exemplars';

let app: TestApp;
let cast: PaymentCast;
let agreed: InForce;
let as: Record<keyof PaymentCast | 'auditor' | 'stranger', Visitor>;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  cast = await paymentCast(app, 'RW4');
  agreed = await openAgreement(app, 'RW4');
  const keys = { ...cast, auditor: await app.as('auditor'), stranger: await app.as('trust-lead', 'RWX') };
  as = Object.fromEntries(
    await Promise.all(Object.entries(keys).map(async ([who, key]) => [who, await signedIn(app, key)])),
  );
});
afterAll(() => app?.stop());

const offered = ({ document }: OpenPage): string[] =>
  [...document.querySelectorAll('.app-actions--steps a')].map((link) => link.getAttribute('href') ?? '');
const day = (field: string, on: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = on.split('-');
  return { [`${field}-day`]: date, [`${field}-month`]: month, [`${field}-year`]: year };
};
const paid = (...amounts: number[]) => paidClaim(app, cast, agreed, 'RW4', ...amounts);

test('a scheduled payment is cancelled with a reason, and its claim can be scheduled anew', async () => {
  const { id } = await approvedClaim(app, cast, agreed, 'RW4', 100_00);
  const { body } = await schedule(app, cast.payer, id);
  const page = `/payments/${body.id}`;
  expect(offered(await as.payer.get(page))).toEqual([`${page}/steps/pay`, `${page}/steps/cancel`]);
  expect(offered(await as.officer.get(page))).toEqual([]);
  const without = await as.payer.send(`${page}/steps/cancel`, {});
  expect([without.status, without.errors()]).toEqual([400, ['Enter the reason.']]);
  expect(await as.payer.send(`${page}/steps/cancel`, { reason: 'Bank details.' })).toMatchObject({
    status: 303,
  });
  expect((await as.payer.get(page)).words('main')).toContain('Why it was cancelled Bank details.');
  expect((await readClaim(app, cast.lead, id)).state).toBe('approved');
});

test('a bank reference that another payment has is refused beside its field', async () => {
  const { payment } = await paid(100_00);
  const { id } = await approvedClaim(app, cast, agreed, 'RW4', 200_00);
  const { body } = await schedule(app, cast.payer, id);
  const page = `/payments/${body.id}/steps/pay`;
  const taken = await as.payer.send(page, { bankReference: String(payment.bankReference) });
  expect([taken.status, taken.words('#bankReference-error')]).toEqual([
    409,
    expect.stringContaining(`The payment ${payment.reference} has this bank reference already.`),
  ]);
  const future = await as.payer.send(page, { bankReference: 'FPS 9', ...day('paidOn', '2018-06-01') });
  expect(future.words('#paidOn-error')).toContain('1 June 2018 is still to come.');
  expect(future.document.querySelector('#bankReference')?.getAttribute('value')).toBe('FPS 9');
});

test('a payment that did not arrive is reversed by somebody who did not approve it', async () => {
  const { payment } = await paid(300_00);
  const page = `/payments/${payment.id}/steps/reverse`;
  expect((await as.officer.get(page)).words('.app-blockers')).toContain('somebody else must pay it');
  await as.payer.send(page, { reason: 'The bank sent it back.' });
  expect((await readPayment(app, cast.payer, payment.id)).state).toBe('reversed');
  const chain = await as.auditor.get(`/payments/${payment.id}/chain`);
  expect(chain.words('#link-payment')).toContain('State Reversed');
});

test('money is asked back, agreed to, and comes back, each by the right person', async () => {
  const { claim, payment } = await paid(400_00);
  const raising = `/claims/${claim.id}/steps/raise-recovery`;
  expect(offered(await as.payer.get(`/claims/${claim.id}`))).toContain(raising);
  const wanted = {
    cause: 'ineligible',
    amountPence: '500',
    reason: 'Training.',
    ...day('dueOn', '2018-06-30'),
  };
  const more = await as.payer.send(raising, wanted);
  expect([more.status, more.words('#amountPence-error')]).toEqual([
    409,
    expect.stringContaining('£400 is left'),
  ]);
  expect(more.document.querySelector('[name=cause][checked]')?.getAttribute('value')).toBe('ineligible');
  const { location: page = '' } = await as.payer.send(raising, { ...wanted, amountPence: '100' });
  expect(page).toMatch(/^\/recoveries\//);
  expect(offered(await as.director.get(page))).toEqual([`${page}/steps/agree`]);
  expect(offered(await as.lead.get(page))).toEqual([]);
  expect(offered(await as.payer.get(page))).toEqual([`${page}/steps/withdraw`]);
  expect(offered(await as.officer.get(page))).toEqual([`${page}/steps/write-off`, `${page}/steps/withdraw`]);
  await as.director.send(`${page}/steps/agree`, {});
  const early = await as.payer.send(`${page}/steps/recover`, {
    reference: 'B1',
    ...day('receivedOn', '2017-05-01'),
  });
  expect(early.words('#receivedOn-error')).toContain('it cannot have come back on 1 May 2017');
  await as.payer.send(`${page}/steps/recover`, { reference: 'BACS 7' });
  expect((await as.auditor.get(page)).rows('lines')).toEqual([['2017/18', 'Revenue', '£100']]);
  expect((await as.auditor.get(`/payments/${payment.id}/chain`)).words('#link-recoveries')).toContain(
    'Recovered',
  );
});

test('money is given up on an authority, by another person than whoever asked for it', async () => {
  const { claim } = await paid(500_00);
  const raised = await as.payer.send(`/claims/${claim.id}/steps/raise-recovery`, {
    ...{ cause: 'overpaid', amountPence: '500', reason: 'Paid twice.' },
    ...day('dueOn', '2018-05-15'),
  });
  const page = raised.location as string;
  const own = await as.payer.get(`${page}/steps/write-off`);
  expect([own.words('.app-blockers'), own.document.querySelector('main form[method=post]')]).toEqual([
    expect.stringContaining('somebody else must write it off'),
    null,
  ]);
  const without = await as.officer.send(`${page}/steps/write-off`, { reason: 'Insolvent.' });
  expect(without.errors()).toEqual(['Enter the authority.']);
  await as.officer.send(`${page}/steps/write-off`, { reason: 'Insolvent.', authority: 'Letter of 2 May' });
  expect(await readRecovery(app, cast.lead, page.split('/')[2] as string)).toMatchObject({
    state: 'written-off',
  });
  const list = await as.manager.get(`${PROGRAMME}/recoveries?state=written-off`);
  expect(list.rows('list').map((row) => row[3])).toEqual(['Written off']);
});

test('an extract reconciles what it matches, and names the rest; a bad line is named by its number', async () => {
  const { payment } = await paid(600_00);
  const page = `${PROGRAMME}/extracts`;
  const csv = (...lines: string[]) => ({
    ...{ name: 'may.csv', type: 'text/csv' },
    bytes: Buffer.from([EXTRACT_HEAD, ...lines].join('\r\n')),
  });
  const bad = await upload(
    app,
    as.payer,
    page,
    { origin: 'bank' },
    csv('15/05/2018,X,Y,much', '32/05/2018,X,Y,1.00'),
  );
  expect(bad.status).toBe(422);
  expect(bad.errors()).toEqual([
    expect.stringMatching(/^Line 2, column 4: "much" is no amount/),
    expect.stringMatching(/^Line 3, column 1: "32\/05\/2018" is no day/),
  ]);
  expect(bad.words('#file-error')).toContain('Line 2, column 4');
  const none = { name: '', type: 'application/octet-stream', bytes: Buffer.from('') };
  expect((await upload(app, as.payer, page, {}, none)).errors()).toEqual(['Choose the file to upload.']);
  const good = csv(`15/05/2018,${payment.reference},MERSEY CARE,600.00`, '15/05/2018,RENT,LANDLORD,12.00');
  const { location: extract = '' } = await upload(app, as.payer, page, { origin: 'bank' }, good);
  const shown = await as.auditor.get(extract);
  const results = shown.rows('items').map((row) => row[1]);
  expect(results).toContainEqual(expect.stringContaining('Matched'));
  expect(results).toContainEqual(expect.stringContaining('Missing in Exemplar'));
  expect((await as.payer.get(`/payments/${payment.id}`)).words('.app-state')).toContain('Reconciled');
  const again = await upload(app, as.payer, page, { origin: 'bank' }, good);
  expect([again.status, again.errors()]).toEqual([
    409,
    [expect.stringContaining('This very file was uploaded before')],
  ]);
  expect((await as.auditor.get(page)).rows('extracts')).toHaveLength(1);
});

test('lists are narrowed, paged and downloaded; a trust sees its own alone, and no extract', async () => {
  const all = await as.manager.get(`${PROGRAMME}/payments`);
  const reversed = await as.manager.get(`${PROGRAMME}/payments?state=reversed`);
  expect(reversed.rows('list')).toHaveLength(1);
  expect(all.rows('list').length).toBeGreaterThan(5);
  expect((await as.manager.get(`${PROGRAMME}/payments?year=2017/18`)).rows('list')).toHaveLength(0);
  expect((await as.lead.get(`${PROGRAMME}/payments`)).rows('list')).toHaveLength(all.rows('list').length);
  expect((await as.stranger.get(`${PROGRAMME}/payments`)).rows('list')).toEqual([]);
  const file = await as.manager.get(`${PROGRAMME}/payments?download=list`);
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(file.text).toContain('Amount (£)');
  for (const who of [as.lead, as.stranger, as.assessor])
    expect((await who.get(`${PROGRAMME}/extracts`)).status).toBe(403);
  expect((await as.auditor.get(`${PROGRAMME}/extracts`)).document.querySelector('[data-upload]')).toBeNull();
});
