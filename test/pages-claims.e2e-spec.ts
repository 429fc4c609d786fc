import { startTestApp, type TestApp } from './support/app.js';
import { readClaim } from './support/claims.js';
import type { InForce } from './support/money.js';
import { upload } from './support/page-uploads.js';
import { fieldsOf, type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { openAgreement, type PaymentCast, paymentCast, projectOf } from './support/payments.js';

const PROGRAMME = '/programmes/mental-health-exemplars';
/** £600,000 and £4,000: together above what one person approves. */
const [LARGE, SMALL] = ['600,000.00', '4,000'] as const;

let app: TestApp;
let cast: PaymentCast;
let agreed: InForce;
let project: string;
let as: Record<keyof PaymentCast | 'auditor' | 'stranger', Visitor>;
let claim: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  cast = await paymentCast(app, 'RW4');
  agreed = await openAgreement(app, 'RW4');
  project = await projectOf(app, 'RW4');
  const keys = { ...cast, auditor: await app.as('auditor'), stranger: await app.as('trust-lead', 'RWX') };
  as = Object.fromEntries(
    await Promise.all(Object.entries(keys).map(async ([who, key]) => [who, await signedIn(app, key)])),
  );
}, 90_000);
afterAll(() => app?.stop());

const at = (path = '') => `/claims/${claim}${path}`;
const step = (name: string) => at(`/steps/${name}`);
const state = async () => (await readClaim(app, cast.lead, claim)).state;

/** Sends one form three times, as an impatient hand does. */
async function thrice(who: Visitor, page: string, fields: Record<string, string> = {}): Promise<OpenPage> {
  const form = (await who.get(page)).document.querySelector('main form[method=post]');
  if (!form) throw new Error(`${page} has no form`);
  const typed = { ...fieldsOf(form), ...fields };
  const answers = await Promise.all([1, 2, 3].map(() => who.post(form.getAttribute('action') ?? '', typed)));
  const ways = new Set(answers.map(({ status, location }) => `${status} ${location}`));
  expect([...ways]).toHaveLength(1);
  return answers[0] as OpenPage;
}

/** The links and buttons that lead to steps. */
const offered = ({ document }: OpenPage): string[] =>
  [...document.querySelectorAll('.app-actions--steps a')].map((link) => link.getAttribute('href') ?? '');

function line(index: number, over: Record<string, string> = {}): Record<string, string> {
  const own = {
    financialYear: '2017/18',
    kind: 'capital',
    description: 'Ward network points',
    project,
    supplier: 'Northern Networks Ltd',
    invoiceReference: `INV-${index + 1}`,
    'incurredOn-day': '2',
    'incurredOn-month': '10',
    'incurredOn-year': '2017',
    netPence: LARGE,
    vatPence: '0',
    recoverableVatPence: '0',
    claimedPence: LARGE,
    ...over,
  };
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [`lines/${index}/${name}`, value]));
}

test('a project lead sees how much can be claimed, and starts a claim there, once', async () => {
  const page = await as.lead.get(`${PROGRAMME}/trusts/RW4/claimable`);
  expect(page.words('.app-figure-card__value')).toContain('£4,000,000');
  expect(page.rows('tranches-1')).toEqual([
    [
      '2, On deliverypaid on delivery',
      'Open',
      '£4,000,000',
      expect.stringContaining('no limit'),
      expect.stringContaining('£4,000,000'),
    ],
  ]);
  const start = `/agreements/${agreed.id}/claims/new`;
  expect([...page.document.querySelectorAll('main a')].map((link) => link.getAttribute('href'))).toContain(
    start,
  );
  const empty = await as.lead.send(start, { description: '' });
  expect([empty.status, empty.errors()]).toEqual([400, ['Enter what it is for.']]);
  const begun = await thrice(as.lead, start, { description: 'Costs of autumn' });
  claim = (begun.location as string).split('/')[2] as string;
  expect((await as.lead.get('/claims')).rows('claims')).toHaveLength(1);
  expect((await as.lead.get(at())).words('#task-2-status')).toBe('Not started');
});

test('lines are added, mended and taken out, each on a page; refusals stand beside their fields', async () => {
  const more = await as.lead.send(at('/lines/new'), line(0, { netPence: '1' }));
  expect([more.status, more.words('h1')]).toEqual([422, expect.stringContaining('Add a line')]);
  expect(more.document.getElementById('lines/0/claimedPence-error')?.textContent).toContain(
    'is claimed of £1',
  );
  expect(more.document.getElementById('lines/0/supplier')?.getAttribute('value')).toBe(
    'Northern Networks Ltd',
  );
  const wrong = await as.lead.send(
    at('/lines/new'),
    line(0, { claimedPence: 'much', 'incurredOn-day': '31', 'incurredOn-month': '2' }),
  );
  expect(wrong.errors()).toEqual([
    'When the cost arose must be a real date, such as 31 3 2018.',
    'Amount claimed must be an amount in pounds, such as 1,250 or 1,250.50.',
  ]);
  expect(await thrice(as.lead, at('/lines/new'), line(0))).toMatchObject({
    status: 303,
    location: at('/lines'),
  });
  for (const index of [1, 2])
    await as.lead.send(at('/lines/new'), line(index, { netPence: SMALL, claimedPence: SMALL }));
  await as.lead.send(
    at('/lines/2'),
    line(1, { netPence: SMALL, claimedPence: SMALL, description: 'Training' }),
  );
  await thrice(as.lead, at('/lines/3/removal'));
  const page = await as.lead.get(at('/lines'));
  expect(page.rows('lines').map((row) => [row[0], row.at(-1)])).toEqual([
    ['1', '£600,000'],
    ['2', '£4,000'],
    ['Total', '£604,000'],
  ]);
  expect((await as.lead.get(at('/lines/3'))).status).toBe(404);
});

test('whoever saves what somebody changed in the meantime is told, and keeps what they typed', async () => {
  const form = (await as.lead.get(at('/description'))).document.querySelector('main form[method=post]');
  await as.lead.send(at('/description'), { description: 'Costs of autumn and winter' });
  const typed = { ...fieldsOf(form as never), description: 'Mine' };
  const late = await as.lead.post(at('/description'), typed);
  expect([late.status, late.words('#description')]).toEqual([412, 'Mine']);
  expect(late.words('.nhsuk-error-summary')).toContain('What they saved is on this page now.');
});

test('the finance director sees what is in the way, is refused, and certifies once it is proved', async () => {
  const page = await as.director.get(step('certify'));
  expect(page.words('.app-blockers')).toContain('there is no evidence of Northern Networks Ltd, INV-1');
  const refused = await as.director.send(step('certify'), {});
  expect([refused.status, refused.words('h1')]).toEqual([409, expect.stringContaining('Certify the claim')]);
  expect(refused.errors()).toHaveLength(2);
  for (const position of [1, 2]) {
    const evidence = at(`/evidence?line=${position}`);
    expect((await as.lead.get(evidence)).document.querySelector('#reference')?.getAttribute('value')).toBe(
      `INV-${position}`,
    );
    expect((await upload(app, as.lead, evidence, {})).status).toBe(303);
  }
  expect((await as.lead.get(step('certify'))).status).toBe(403);
  expect(await thrice(as.director, step('certify'))).toMatchObject({ status: 303, location: at() });
  expect(await state()).toBe('fd-certified');
});

test('a claim is submitted once, and its trust is told what happens next', async () => {
  expect((await as.lead.get(at('/check'))).words('main')).toContain('Ward network points');
  expect(await thrice(as.lead, step('submit'))).toMatchObject({ status: 303, location: at('/submitted') });
  const page = await as.lead.get(at('/submitted'));
  expect(page.words('main')).toMatch(/£604,000 is claimed.*by two people, because of its size/);
  expect((await as.lead.get(at())).words('.nhsuk-tag')).toBe('Demonstration');
  expect(await state()).toBe('submitted');
});

test('a claim that waits stands first on the assessor’s page, with its age; checked, it is queried', async () => {
  const list = await as.assessor.get('/claims');
  expect(list.rows('waiting').map((row) => [row[3], row[4]])).toEqual([['Submitted', '0']]);
  expect((await as.assessor.get('/claims?awaiting=me')).rows('claims')).toEqual([]);
  await thrice(as.assessor, step('check'));
  const empty = await as.assessor.send(step('query'), {});
  expect([empty.status, empty.errors()]).toEqual([400, ['Enter at least one question.']]);
  const question = { 'questions/0/question': 'Which wards?', 'questions/0/position': '2' };
  await thrice(as.assessor, step('query'), question);
  const page = await as.lead.get(at());
  expect(page.words('.app-query')).toMatch(/^Line 2 Which wards\?.*No answer yet/);
  expect(page.words('.app-blockers')).toContain('The query on line 2 has no answer yet.');
});

test('the trust answers, and sends the claim back as it stands', async () => {
  const early = await as.lead.send(step('answer'), {});
  expect([early.status, early.errors()]).toEqual([409, [expect.stringContaining('has no answer yet')]]);
  const [answer] = offered(await as.lead.get(at()));
  expect(answer).toMatch(/\/queries\/[0-9a-f-]{36}\/answer$/);
  await thrice(as.lead, answer as string, { answer: 'Wards 1 to 12.' });
  await thrice(as.lead, step('answer'));
  expect(await state()).toBe('evidence-check');
  expect((await as.assessor.get(at())).words('.app-query')).toContain('Wards 1 to 12.');
});

test('less of a line is recommended with its reason, which is asked for beside the line', async () => {
  const less = { recommendation: 'Approve most of it.', 'lines/1/approvedPence': '1,000' };
  const refused = await as.assessor.send(step('recommend'), less);
  expect(refused.status).toBe(422);
  expect(refused.document.getElementById('lines/1/because-error')?.textContent).toContain(
    'Say why £3,000 of line 2',
  );
  expect(refused.document.getElementById('lines/1/approvedPence')?.getAttribute('value')).toBe('1,000');
  await thrice(as.assessor, step('recommend'), { ...less, 'lines/1/because': 'Training is not eligible.' });
  expect(await state()).toBe('recommended');
});

test('above the threshold two people approve, and neither twice', async () => {
  const page = await as.officer.get(step('approve'));
  expect(page.words('main')).toContain('Needed: as recommended, it is more than £500,000');
  expect(page.words('main')).toContain('Gate of tranche 2, On delivery Open');
  expect(page.document.getElementById('lines/1/because')?.getAttribute('value')).toBe(
    'Training is not eligible.',
  );
  const too = await as.officer.send(step('approve'), { 'lines/0/approvedPence': '700,000' });
  expect([too.status, too.errors()]).toEqual([
    422,
    [expect.stringContaining('no more than that can be approved')],
  ]);
  await thrice(as.officer, step('approve'), { reason: 'As recommended.' });
  expect(await state()).toBe('recommended');
  const own = await as.officer.get(step('second-approve'));
  expect(own.words('.app-blockers')).toContain('somebody else must give the second approval');
  expect(own.document.querySelector('main form[method=post]')).toBeNull();
  expect(offered(await as.manager.get(at()))).toContain(step('second-approve'));
  await thrice(as.manager, step('second-approve'));
  expect(await state()).toBe('part-approved');
});

test('somebody who approved nothing schedules it and records it as paid', async () => {
  expect((await as.officer.get(step('schedule'))).words('.app-blockers')).toContain(
    'somebody else must pay it',
  );
  const past = { 'scheduledFor-day': '1', 'scheduledFor-month': '5', 'scheduledFor-year': '2018' };
  const refused = await as.payer.send(step('schedule'), past);
  expect([refused.status, refused.errors()]).toEqual([
    409,
    ['1 May 2018 has passed. Choose today or a later day.'],
  ]);
  expect(refused.words('#scheduledFor-error')).toContain('1 May 2018 has passed');
  const { location: payment = '' } = await thrice(as.payer, step('schedule'));
  expect(payment).toMatch(/^\/payments\//);
  const without = await as.payer.send(`${payment}/steps/pay`, { bankReference: '' });
  expect([without.status, without.errors()]).toEqual([400, ['Enter the bank reference.']]);
  await thrice(as.payer, `${payment}/steps/pay`, { bankReference: 'FPS 4471 0093' });
  expect(await state()).toBe('paid');
  const chain = await as.auditor.get(`${payment}/chain`);
  expect(chain.words('.nhsuk-inset-text')).toContain('2 links are missing');
  expect(chain.words('#link-agreement')).toContain('Nobody is recorded as having signed version 1');
  expect(
    [...chain.document.querySelectorAll('.app-timeline > li > h2')].map((each) => each.textContent?.trim()),
  ).toHaveLength(11);
  expect(chain.words('#link-bank')).toContain('No line of an extract was matched with it yet.');
  expect(chain.rows('postings').map((row) => row[3])).toEqual([
    ...[
      'Awarded to claimed',
      'Awarded to claimed',
      'Claimed to approved',
      'Claimed to awarded',
      'Approved to paid',
    ],
  ]);
});

test('another trust’s people find nothing; an auditor sees it all, and no step', async () => {
  const { payments } = await readClaim(app, cast.lead, claim);
  const payment = `/payments/${payments[0]?.id}`;
  const pages = ['', '/lines', '/evidence', '/check', '/versions', '/submitted'].map(at);
  for (const path of [...pages, payment, `${payment}/chain`]) {
    expect([path, (await as.stranger.get(path)).status]).toEqual([path, 404]);
    const seen = await as.auditor.get(path);
    expect([path, seen.status, seen.document.querySelectorAll('main form[method=post]').length]).toEqual([
      path,
      200,
      0,
    ]);
    expect(offered(seen)).toEqual([]);
  }
  expect((await as.stranger.get('/claims')).rows('claims')).toEqual([]);
  for (const name of ['certify', 'approve', 'schedule', 'withdraw', 'raise-recovery']) {
    expect((await as.auditor.get(step(name))).status).toBe(403);
    expect((await as.stranger.get(step(name))).status).toBe(404);
  }
  const history = (await as.auditor.get(at())).rows('history').map((row) => row[1]);
  expect(history.slice(0, 4)).toEqual([
    'Its payment was recorded',
    'Its payment was scheduled',
    'The second approval was given',
    expect.stringContaining('The first of two approvals'),
  ]);
});
