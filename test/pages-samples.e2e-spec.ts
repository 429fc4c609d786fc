import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor } from './support/pages.js';
import { openAgreement, paidClaim, paymentCast } from './support/payments.js';
import { SLUG } from './support/returns.js';

const LIST = `/programmes/${SLUG}/audit-samples`;
const ASKED = {
  purpose: 'A test of payments',
  population: 'payments',
  method: 'random',
  size: '2',
  seed: 'Dice: 4',
};

let app: TestApp;
let auditor: Visitor;
let manager: Visitor;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  const agreed = await openAgreement(app, 'RW4');
  const cast = await paymentCast(app, 'RW4');
  for (const pence of [100_00, 200_00, 300_00]) await paidClaim(app, cast, agreed, 'RW4', pence);
  auditor = await signedIn(app, await app.as('auditor'));
  manager = await signedIn(app, await app.as('programme-manager'));
}, 240_000);
afterAll(() => app?.stop());

test('a sample is drawn on a page, looked at item by item, evaluated and drawn again', async () => {
  expect((await auditor.get(LIST)).words('main')).toContain('No sample was drawn yet. Draw one');
  const drawn = await auditor.send(`${LIST}/new`, ASKED);
  expect([drawn.status, drawn.errors()]).toEqual([303, []]);
  const at = drawn.location as string;
  const page = await auditor.get(at);
  expect(page.words('.app-lead')).toBe('Looked at: None of 2 yet.');
  expect(page.words('main')).toContain('Dice: 4');
  expect(page.rows('items').map((row) => row[3])).toEqual(['To look at', 'To look at']);
  const items = [...page.document.querySelectorAll('#items tbody a')]
    .map((link) => link.getAttribute('href') ?? '')
    .filter((href) => href.includes('/items/'));
  const [first, second] = items as [string, string];
  const bare = await auditor.send(first, { result: 'exception' });
  expect([bare.status, bare.errors().length]).toEqual([422, 2]);
  expect(
    (await auditor.send(first, { result: 'exception', exceptionPence: '5', words: 'Less.' })).location,
  ).toBe(at);
  expect((await auditor.send(second, { result: 'no-exception' })).location).toBe(at);
  const seen = await auditor.get(at);
  expect(seen.words('.app-lead')).toBe('Looked at: 2 of 2, 1 exception.');
  expect(seen.words('main')).toContain('Projected to the whole £7.50');
  expect(seen.words('main')).toContain('1 of 2; of all, 1.25% to 98.75% with 95% confidence');
  const again = await auditor.get(`${at}/reproduction`);
  expect(again.words('.app-lead')).toBe('It is the same: 2 items of 3, drawn again by the same seed.');
  expect((await manager.get(LIST)).rows('samples')[0]?.[4]).toBe('2 of 2, 1 exception');
});

test('what cannot be drawn is said beside its field, with what was typed', async () => {
  const page = await auditor.send(`${LIST}/new`, { ...ASKED, size: '' });
  expect([page.status, page.errors()]).toEqual([
    422,
    ['Say how many, or what proportion is expected and how exactly to find it.'],
  ]);
  expect(page.document.querySelector('[name=purpose]')?.textContent).toContain('A test of payments');
  const bands = { method: 'stratified', stratifyBy: 'amount', bandsPence: 'a, b' };
  expect((await auditor.send(`${LIST}/new`, { ...ASKED, ...bands })).errors()).toEqual([
    'Give the upper bounds of the bands in pence, each above the last.',
  ]);
  const drawn = await auditor.send(`${LIST}/new`, { ...ASKED, ...bands, bandsPence: '150, 250' });
  expect((await auditor.get(drawn.location as string)).rows('strata').map((row) => row[0])).toEqual([
    '1: up to 15000 pence',
    '2: up to 25000 pence',
    '3: over 25000 pence',
  ]);
});

test('a manager reads and does not draw; a trust and an assessor are not told', async () => {
  expect((await manager.get(`${LIST}/new`)).status).toBe(403);
  const lead = await signedIn(app, await app.as('trust-lead', 'RW4'));
  expect((await lead.get(LIST)).status).toBe(403);
});
