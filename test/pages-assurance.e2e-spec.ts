import supertest from 'supertest';
import { startTestApp, type TestApp } from './support/app.js';
import { assured, begin } from './support/assurance.js';
import { multipart, pdf } from './support/evidence.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

const PAGE = `/programmes/${SLUG}/assurance`;

let app: TestApp;
let lead: Visitor;
let stranger: Visitor;
let manager: Visitor;
let assessor: Visitor;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-07-20' } });
  const as = async (...who: Parameters<TestApp['as']>) => signedIn(app, await app.as(...who));
  [lead, stranger] = [await as('trust-lead', 'RV5'), await as('trust-lead', 'RW4')];
  [manager, assessor] = [await as('programme-manager'), await as('assessor')];
});
afterAll(() => app?.stop());

const textOf = async (visitor: Visitor, path: string): Promise<string> => {
  const { status, document } = await visitor.get(path);
  expect([path, status]).toEqual([path, 200]);
  return (document.querySelector('main')?.textContent ?? '').replaceAll(/\s+/g, ' ');
};
const idIn = (path: string | undefined): string => path?.split('/').at(-1) as string;
const CONTENT = {
  version: '1.0',
  signedBy: 'Dr R. Osei',
  'signedOn-day': '14',
  'signedOn-month': '5',
  'signedOn-year': '2018',
  document: 'CSCR-014',
};

/** Uploads a file as the page's form would. */
async function upload(visitor: Visitor, page: string, fields: Record<string, string>) {
  const { document } = await visitor.get(page);
  const form = document.querySelector('form[enctype]');
  const carried = Object.fromEntries(
    ['_csrf', '_key', '_page', '_revision'].map((name) => [
      name,
      form?.querySelector(`[name=${name}]`)?.getAttribute('value') ?? '',
    ]),
  );
  return supertest(app.app.getHttpServer())
    .post(`${page}/files`)
    .set('Cookie', visitor.cookie)
    .set('Accept', 'text/html')
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(pdf(), { ...carried, ...fields }));
}

test('a product, its use, its evidence and the go-live that needs it, from page to page', async () => {
  const product = await manager.send('/products/new', {
    name: 'Ward observations',
    supplier: 'Northern Software Ltd',
    summary: 'At the bedside.',
  });
  expect(product.location).toMatch(/^\/products\/[0-9a-f-]{36}$/);
  const path = product.location as string;
  const version = {
    version: '5.2',
    'releasedOn-day': '1',
    'releasedOn-month': '9',
    'releasedOn-year': '2017',
  };
  expect((await manager.send(`${path}/steps/version`, version)).location).toBe(path);
  expect(await textOf(lead, '/products?named=ward')).toContain('Northern Software Ltd');

  // Project lead 7: one page says what is missing, and leads to where it is given.
  const before = await textOf(lead, PAGE);
  for (const words of [
    'Missing, or ending soon',
    'Caldicott Guardian',
    'Product and version',
    'First wards live',
  ])
    expect(before).toContain(words);
  const { document } = await lead.get(PAGE);
  expect(
    [...document.querySelectorAll('main a')].some(
      (link) => link.getAttribute('href') === `/programmes/${SLUG}/deployments/new`,
    ),
  ).toBe(true);

  const form = await lead.get(`/programmes/${SLUG}/deployments/new`);
  const versionId = form.document.querySelector('[name=version] option:nth-child(2)')?.getAttribute('value');
  const use = {
    project: 'slam-ward-observations',
    version: versionId as string,
    'fromOn-day': '2',
    'fromOn-month': '7',
    'fromOn-year': '2018',
  };
  const early = await lead.send(`/programmes/${SLUG}/deployments/new`, { ...use, 'fromOn-year': '2016' });
  expect(early.text).toContain('was released on 1 September 2017');
  expect((await lead.send(`/programmes/${SLUG}/deployments/new`, use)).location).toBe(PAGE);
  expect(await textOf(lead, PAGE)).toContain('Ward observations 5.2');

  const [deployment] = await app.database.sql<{ id: string }>('select id from deployment');
  const created = await lead.send(`${PAGE}/new/dcb0160`, { ...CONTENT, subject: deployment?.id as string });
  const item = created.location as string;
  expect(item).toMatch(/^\/assurance\/[0-9a-f-]{36}$/);
  expect(await textOf(lead, item)).toContain('It can be submitted once its hazard log is uploaded');
  expect((await upload(lead, item, { hazardLog: 'hazard-log', description: 'Hazards' })).status).toBe(303);
  expect(await textOf(lead, `${item}/steps/change`)).toContain('Change the draft');
  expect((await lead.send(`${item}/steps/change`, { ...CONTENT, version: '1.1' })).location).toBe(item);
  expect((await lead.send(`${item}/steps/submission`, {})).location).toBe(item);
  expect(await textOf(assessor, '/tasks')).toContain('DCB0160 deployment safety case');
  // Its own lead cannot accept it, nor does another trust know of it.
  expect((await lead.get(`${item}/steps/acceptance`)).status).toBe(409);
  expect((await stranger.get(item)).status).toBe(404);
  expect((await assessor.send(`${item}/steps/acceptance`, { reason: '' })).location).toBe(item);
  expect(await textOf(lead, item)).toContain('Accepted by');

  // Who may, opens the hazard log; a programme manager sees that it is there.
  const logs = async (visitor: Visitor) =>
    [...(await visitor.get(item)).document.querySelectorAll('a[href^="/hazard-logs/"]')].map((link) =>
      link.getAttribute('href'),
    );
  expect(await logs(manager)).toEqual([]);
  const [log] = await logs(lead);
  expect((await lead.get(log as string)).status).toBe(200);
  expect((await manager.get(log as string)).status).toBe(403);

  expect(
    (
      await lead.send(`/deployments/${deployment?.id}/steps/end`, {
        'toOn-day': '31',
        'toOn-month': '1',
        'toOn-year': '2019',
      })
    ).location,
  ).toBe(PAGE);
  expect(await textOf(lead, PAGE)).toContain('31 January 2019');
});

test('a go-live’s own page says what it needs, and nobody is shown another trust’s', async () => {
  await assured(app, 'RV5');
  const [milestone] = await app.database.sql<{ id: string }>(
    "select m.id from milestone m where m.code = 'observations-go-live'",
  );
  const text = await textOf(manager, `/milestones/${milestone?.id}`);
  expect(text).toContain('Assurance that this go-live needs');
  expect(text).toContain('In place');
  expect(await textOf(stranger, `${PAGE}?trust=RV5`)).not.toContain('South London');
  expect(await textOf(manager, `${PAGE}?trust=RV5`)).toContain('South London');
  expect((await manager.get(`${PAGE}/new/caldicott`)).status).toBe(200);
  expect((await stranger.get(`${PAGE}/new/rumour`)).status).toBe(404);
});

test('what is wrong in a form stands beside its field', async () => {
  const wrong = await lead.send(`${PAGE}/new/dspt`, { ...CONTENT, subject: 'RV5' });
  expect(wrong.text).toContain('What it came to');
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  const other = await lead.send(`${PAGE}/new/caldicott`, { ...CONTENT, subject: 'RW4' });
  expect(other.text).toContain('there is no such one, or it is not yours');
});

test('library outcomes are there for anybody', async () => {
  const key = await app.as('programme-manager');
  const product = idIn(
    (
      await manager.send('/products/new', {
        name: 'Mood diary',
        supplier: 'Westway Apps',
        summary: 'Notes.',
      })
    ).location,
  );
  const { body } = await begin(app, key, { kind: 'library-outcome', subject: product, outcome: 'approved' });
  const item = `/assurance/${body.id}`;
  const page = () => app.request('get', '/library-outcomes').set('Accept', 'text/html').expect(200);
  expect((await page()).text).toContain('No outcome is published yet');
  await manager.send(`${item}/steps/submission`, {});
  await assessor.send(`${item}/steps/acceptance`, { reason: '' });
  expect((await page()).text).toContain('Mood diary');
});
