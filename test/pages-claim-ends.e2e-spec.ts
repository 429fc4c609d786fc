import { startTestApp, type TestApp } from './support/app.js';
import {
  type ClaimCast,
  claimCast,
  claimStep,
  costLine,
  provedDraft,
  readClaim,
  takeTo,
} from './support/claims.js';
import { type InForce, putInForce } from './support/money.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { openAgreement, projectOf } from './support/payments.js';

let app: TestApp;
let cast: ClaimCast;
let agreed: InForce;
let project: string;
let as: Record<keyof ClaimCast, Visitor>;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  cast = await claimCast(app, 'RW4');
  agreed = await openAgreement(app, 'RW4');
  project = await projectOf(app, 'RW4');
  as = Object.fromEntries(
    await Promise.all(Object.entries(cast).map(async ([who, key]) => [who, await signedIn(app, key)])),
  );
});
afterAll(() => app?.stop());

const draft = (...amounts: number[]) =>
  provedDraft(
    app,
    cast,
    agreed,
    amounts.map((pence) => costLine(project, pence, { kind: 'capital' })),
  );
const step = (id: string, name: string) => `/claims/${id}/steps/${name}`;
const stateOf = async (id: string) => (await readClaim(app, cast.lead, id)).state;
const BECAUSE = { reason: 'It belongs to another project.' };
const offered = ({ document }: OpenPage): string[] =>
  [...document.querySelectorAll('.app-actions--steps a')].map((link) => link.getAttribute('href') ?? '');

test.each([
  ['withdraw', 'lead', 'submission', 'withdrawn'],
  ['reject', 'manager', 'evidence-check', 'rejected'],
  ['cancel-approval', 'officer', 'approval', 'rejected'],
] as const)('%s ends a claim, with the reason that the page asks for', async (name, who, last, ended) => {
  const id = await draft(100_00);
  await takeTo(app, cast, id, last);
  const without = await as[who].send(step(id, name), {});
  expect([without.status, without.words('#reason-error')]).toEqual([400, 'Error: Enter the reason.']);
  expect(await as[who].send(step(id, name), BECAUSE)).toMatchObject({
    status: 303,
    location: `/claims/${id}`,
  });
  expect(await stateOf(id)).toBe(ended);
  const page = await as.lead.get(`/claims/${id}`);
  expect(page.words('main')).toContain(BECAUSE.reason);
  expect(offered(page)).toEqual([]);
  expect((await as[who].get(step(id, name))).words('.app-blockers')).toContain('This claim is');
  const line = await as.lead.get(`/claims/${id}/lines/1`);
  expect(line.words('.app-blockers')).toMatch(/This claim is .* it must be draft or fd certified/);
  expect(line.document.querySelector('main form[method=post]')).toBeNull();
});

test('a first approval is taken back, and given anew', async () => {
  const id = await draft(60_000_000);
  await takeTo(app, cast, id, 'approval');
  expect(offered(await as.officer.get(`/claims/${id}`))).toContain(step(id, 'withdraw-approval'));
  await as.officer.send(step(id, 'withdraw-approval'), BECAUSE);
  expect((await readClaim(app, cast.lead, id)).people.approvedBy).toBeNull();
  expect(offered(await as.officer.get(`/claims/${id}`))).toContain(step(id, 'approve'));
  await as.officer.send(step(id, 'reject'), BECAUSE);
});

test('a queried claim is revised: its first version is kept, and the page shows both', async () => {
  const id = await draft(200_00);
  await takeTo(app, cast, id, 'evidence-check');
  await claimStep(app, cast.assessor, id, 'queries', {
    questions: [{ position: null, question: 'Why now?' }],
  });
  await as.lead.send(step(id, 'revise'), { reason: 'One invoice was wrong.' });
  const page = await as.lead.get(`/claims/${id}`);
  expect(page.words('main')).toContain('Answers to the queries');
  const claim = await readClaim(app, cast.lead, id);
  expect([claim.state, claim.version]).toEqual(['draft', 2]);
  const versions = await as.lead.get(`/claims/${id}/versions`);
  expect(versions.rows('version-1')).toHaveLength(1);
  expect(versions.words('main')).toContain('One invoice was wrong.');
  expect(versions.words('main')).toContain('Why now? (no answer yet)');
  const { queries } = claim;
  await as.lead.send(`/claims/${id}/queries/${queries[0]?.id}/answer`, { answer: 'It was late.' });
  expect((await as.assessor.get(`/claims/${id}`)).words('.app-query')).toContain('It was late.');
});

test('saving a certified claim drops its certificate, and its pages say so before', async () => {
  const id = await draft(300_00);
  await takeTo(app, cast, id, 'certification');
  expect((await as.lead.get(`/claims/${id}/lines/1`)).words('main')).toContain(
    'drops the finance director’s certificate',
  );
  await as.lead.send(`/claims/${id}/lines/1`, { 'lines/0/description': 'Ward network' });
  expect(await stateOf(id)).toBe('draft');
  expect((await readClaim(app, cast.lead, id)).lines).toMatchObject([
    { description: 'Ward network', claimedPence: 300_00 },
  ]);
});

test('a gate that is shut is said before an approval, and refuses it in the same words', async () => {
  const shut = await putInForce(app, 'RWX', {});
  const people = await claimCast(app, 'RWX');
  const own = await projectOf(app, 'RWX');
  const id = await provedDraft(app, people, shut, [costLine(own, 100_00, { kind: 'capital' })]);
  await takeTo(app, people, id, 'recommendation');
  const page = await as.manager.get(step(id, 'approve'));
  const before = page.words('.app-blockers');
  expect(before).toMatch(/this tranche opens once it is met.*£100 is missing/);
  const refused = await as.manager.send(step(id, 'approve'), {});
  expect(refused.status).toBe(409);
  expect(refused.errors()).toHaveLength(2);
  for (const error of refused.errors()) expect(before).toContain(error);
  expect((await as.lead.get(`/claims/${id}`)).status).toBe(404);
});

test('an advance is claimed without costs: its lines ask for none', async () => {
  const advance = await putInForce(app, 'RXT', { ratio: { matchPence: 0, perGrantPence: 1 } });
  const lead = await signedIn(app, await app.as('trust-lead', 'RXT'));
  const start = `/agreements/${advance.id}/claims/new`;
  const { location = '' } = await lead.send(start, { trancheNumber: '1', description: 'The advance' });
  const form = await lead.get(`${location}/lines/new`);
  expect(form.document.getElementById('lines/0/supplier')).toBeNull();
  await lead.send(`${location}/lines/new`, {
    'lines/0/financialYear': '2017/18',
    'lines/0/kind': 'capital',
    'lines/0/description': 'Costs to come',
    'lines/0/claimedPence': '1,000.50',
  });
  const page = await lead.get(location);
  expect(page.rows('lines').map((row) => row.at(-1))).toEqual(['£1,000.50']);
  expect(page.words('main')).not.toContain('Evidence of each cost');
  expect((await as.lead.get(start)).status).toBe(404);
});

test('an address that names no step, line or query of the claim leads nowhere', async () => {
  const id = await draft(100_00);
  const nowhere = [
    '/steps/frobnicate',
    '/steps/constructor',
    '/lines/0',
    '/lines/9',
    '/lines/x',
    `/queries/${id}/answer`,
  ];
  for (const path of nowhere)
    expect([path, (await as.lead.get(`/claims/${id}${path}`)).status]).toEqual([path, 404]);
  expect((await as.lead.get(`/claims/${id}/submitted`)).status).toBe(404);
  expect((await as.lead.get('/claims?after=nothing')).status).toBe(400);
});
