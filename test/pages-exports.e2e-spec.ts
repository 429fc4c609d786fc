import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor } from './support/pages.js';

const LIST = '/v1/organisations';

let app: TestApp;
let manager: Visitor;
let lead: Visitor;

beforeAll(async () => {
  app = await startTestApp({ work: true });
  manager = await signedIn(app, await app.as('programme-manager'));
  lead = await signedIn(app, await app.as('trust-lead', 'RW4'));
});
afterAll(() => app?.stop());

const choose = `/exports/new?list=${encodeURIComponent(LIST)}`;

/** The lists that a page offers to download whole. */
async function offered(path: string): Promise<Array<string | null>> {
  const { document } = await manager.get(path);
  return [...document.querySelectorAll('a[href^="/exports/new"]')].map((link) =>
    new URL(link.getAttribute('href') ?? '', 'http://page').searchParams.get('list'),
  );
}

test('a list that goes on over several pages is offered whole, as it is narrowed down, and a short one is not', async () => {
  expect(await offered('/history')).toEqual(['/v1/log-entries']);
  expect(await offered('/history?table=milestone')).toEqual(['/v1/log-entries?table=milestone']);
  // The API cannot narrow the log down to a trust, so that list is not there to be had.
  expect(await offered('/history?trust=RW4')).toEqual([]);
  expect(await offered('/programmes/mental-health-exemplars/milestones?trust=RW4')).toEqual([]);
});

test('the whole ledger is offered beside its checks', async () => {
  expect(await offered('/programmes/mental-health-exemplars/ledger')).toEqual([
    '/v1/programmes/mental-health-exemplars/postings',
  ]);
});

test('a list is downloaded at once', async () => {
  const page = await manager.get(choose);
  expect([page.status, page.words('h1')]).toEqual([200, 'Download a whole list']);
  const file = await manager.get(`/exports/download?list=${encodeURIComponent(LIST)}&format=csv`);
  expect(file.headers['content-disposition']).toBe('attachment; filename="organisations.csv"');
  expect(file.text).toMatch(/^\ufeffid,odsCode,name/);
});

test('a file is made by the queue, shown on its way, and listed for whoever asked alone', async () => {
  const answer = await manager.send(choose, { format: 'csv' });
  expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/receipts\//)]);
  const receipt = await manager.get(answer.location as string);
  expect(receipt.status).toBe(200);
  let rows: string[][] = [];
  for (let tries = 0; tries < 200 && !rows[0]?.includes('Ready'); tries += 1) {
    rows = (await manager.get('/exports')).rows('exports');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(rows[0]).toEqual(expect.arrayContaining(['CSV', 'Ready']));
  const page = await manager.get('/exports');
  const href = page.document.querySelector('#exports tbody a')?.getAttribute('href') ?? '';
  const file = await manager.get(href);
  expect([file.status, file.text.slice(0, 4)]).toEqual([200, '\ufeffid,']);
  expect((await lead.get('/exports')).rows('exports')).toEqual([]);
  expect((await lead.get(href)).status).toBe(404);
});

test.each([
  '/exports/new',
  '/exports/new?list=https://elsewhere.example/',
  '/exports/new?list=/tasks',
  `/exports/download?list=${LIST}&format=pdf`,
  '/exports/download?list=/v1/nothing&format=csv',
])('%s is not there', async (path) => expect((await manager.get(path)).status).toBe(404));

test('what one may not read is refused, at once and by the queue', async () => {
  const page = await lead.get('/exports/download?list=/v1/log-entries&format=csv');
  expect(page.status).toBe(403);
  const answer = await lead.send('/exports/new?list=/v1/log-entries', { format: 'csv' });
  expect(answer.status).toBe(403);
});
