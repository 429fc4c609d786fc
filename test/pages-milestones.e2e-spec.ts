import supertest from 'supertest';
import { startTestApp, type TestApp } from './support/app.js';
import { assured } from './support/assurance.js';
import { multipart, pdf, type SentFile } from './support/evidence.js';
import { acceptOf } from './support/milestones.js';
import { type InForce, putInForce } from './support/money.js';
import { type OpenPage, signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

const PROGRAMME = `/programmes/${SLUG}`;
const PROTECTION = ['_csrf', '_key', '_page', '_revision'];

let app: TestApp;
let lead: Visitor;
let stranger: Visitor;
let assessor: Visitor;
let auditor: Visitor;
let agreed: InForce;
/** Codes of milestones that no test has used yet. */
let codes: string[];

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-01' } });
  agreed = await putInForce(app, 'RW4');
  await assured(app, 'RW4');
  codes = Object.keys(agreed.milestones);
  const as = async (...who: Parameters<TestApp['as']>) => signedIn(app, await app.as(...who));
  [lead, stranger] = [await as('trust-lead', 'RW4'), await as('trust-lead', 'RXT')];
  [assessor, auditor] = [await as('assessor'), await as('auditor')];
});
afterAll(() => app?.stop());

const pageOf = (code: string) => `/milestones/${agreed.milestones[code]}`;
const stepsOf = ({ document }: OpenPage): string[] =>
  [...document.querySelectorAll('main a')]
    .map((link) => link.getAttribute('href') ?? '')
    .filter((href) => href.includes('/steps/'))
    .map((href) => href.split('/').at(-1) as string);

/** What the form of an upload carries. */
async function carried(visitor: Visitor, page: string): Promise<Record<string, string>> {
  const { document } = await visitor.get(page);
  const form = document.querySelector('form[enctype]');
  if (!form) throw new Error(`${page} takes no file`);
  const names = [...form.querySelectorAll('input')].map((field) => field.getAttribute('name'));
  // What comes after the file is not read.
  expect(names).toEqual([...PROTECTION, 'description', 'file']);
  return Object.fromEntries(
    PROTECTION.map((name) => [name, form.querySelector(`[name=${name}]`)?.getAttribute('value') ?? '']),
  );
}

/** Uploads a file as the page's form would. */
function upload(visitor: Visitor, page: string, fields: Record<string, string>, file: SentFile) {
  return supertest(app.app.getHttpServer())
    .post(`${page}/evidence`)
    .set('Cookie', visitor.cookie)
    .set('Accept', 'text/html')
    .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
    .send(multipart(file, fields));
}

test('a claim is proved, reviewed and decided on, and the same file is downloaded as it was', async () => {
  const code = codes.shift() as string;
  const page = pageOf(code);
  await acceptOf(app, agreed, code, { claim: 'met', actualOn: '2018-04-20' });
  const claimed = await lead.get(page);
  expect(claimed.words('.app-finding')).toContain('Upload evidence');
  expect(stepsOf(claimed)).toEqual(['claim-withdrawal']);
  expect((await lead.get(`${PROGRAMME}/milestones`)).rows('needs')[0]?.[0]).toContain(
    claimed.words('h1').slice(-10),
  );

  const file = pdf({ name: 'minutes.pdf' });
  const fields = { ...(await carried(lead, page)), description: 'Minutes of the board' };
  const [first, second] = await Promise.all([
    upload(lead, page, fields, file),
    upload(lead, page, fields, file),
  ]);
  expect([first.status, first.headers.location, second.status]).toEqual([303, page, 303]);
  const proved = await auditor.get(page);
  expect(proved.rows('evidence')).toHaveLength(1);
  const content = proved.document.querySelector('#evidence a[href*=content]')?.getAttribute('href') as string;
  const get = (visitor: Visitor) =>
    supertest(app.app.getHttpServer()).get(content).set('Cookie', visitor.cookie).set('Accept', 'text/html');
  const sent = await get(auditor).buffer(true);
  expect([sent.status, sent.headers['content-disposition'], sent.headers['content-security-policy']]).toEqual(
    [
      200,
      'attachment; filename="minutes.pdf"; filename*=UTF-8\'\'minutes.pdf',
      "default-src 'none'; sandbox",
    ],
  );
  expect(Buffer.compare(sent.body, file.bytes)).toBe(0);
  expect((await get(stranger)).status).toBe(404);

  expect(stepsOf(await assessor.get(page))).toEqual(['review', 'waiver']);
  expect((await assessor.send(`${page}/steps/review`, {})).status).toBe(303);
  const undecided = await assessor.send(`${page}/steps/outcome`, { reason: 'Seen.' });
  expect([undecided.status, undecided.errors()]).toEqual([400, ['Select how the review ends.']]);
  expect((await assessor.send(`${page}/steps/outcome`, { outcome: 'met', reason: 'Seen.' })).location).toBe(
    page,
  );
  const met = await lead.get(page);
  expect(met.words('.nhsuk-summary-list .nhsuk-tag')).toBe('Met');
  expect(met.document.querySelector('form[enctype]')).toBeNull();
  expect(met.words('.app-timeline')).toContain('Under review to met');
});

test('what is wrong with a file is said on its page, and another site’s form is refused', async () => {
  const page = pageOf(codes[0] as string);
  const fields = { ...(await carried(lead, page)), description: '' };
  const nothing = await upload(lead, page, fields, {
    name: '',
    type: 'application/octet-stream',
    bytes: Buffer.alloc(0),
  });
  expect(nothing.status).toBe(400);
  for (const words of ['Choose the file to upload.', 'Enter what it shows.', 'id="file-error"'])
    expect(nothing.text).toContain(words);
  const more = { ...(await carried(lead, page)), description: 'A program' };
  const program = await upload(lead, page, more, {
    name: 'x.exe',
    type: 'application/x-msdownload',
    bytes: Buffer.from('MZ'),
  });
  expect([program.status, program.text]).toEqual([
    422,
    expect.stringContaining('Evidence is a file of one of these kinds'),
  ]);
  expect(program.text).toContain('value="A program"');
  const foreign = await upload(lead, page, { ...more, _csrf: 'x' }, pdf());
  expect(foreign.status).toBe(403);
  expect((await upload(auditor, page, more, pdf())).status).toBe(403);
  expect((await lead.get(page)).rows('evidence')).toEqual([]);
});

test('a claim is withdrawn by its trust; what was not met waits for a change request', async () => {
  const code = codes.shift() as string;
  const page = pageOf(code);
  await acceptOf(app, agreed, code, { claim: 'met', actualOn: '2018-04-20' });
  expect((await lead.send(`${page}/steps/claim-withdrawal`, { reason: 'Too early.' })).location).toBe(page);
  expect((await lead.get(page)).words('.nhsuk-summary-list .nhsuk-tag')).toBe('In progress');
  await acceptOf(app, agreed, code, { claim: 'met', actualOn: '2018-04-21' });
  await assessor.send(`${page}/steps/review`, {});
  await assessor.send(`${page}/steps/outcome`, { outcome: 'not-met', reason: 'Half of it.' });
  expect((await lead.get(page)).words('.app-finding')).toContain('Ask for another day by a change request');
  expect((await assessor.get(`${page}/steps/outcome`)).status).toBe(409);
});

test('a finding is recorded once, reopens a milestone, and is closed', async () => {
  const code = codes.shift() as string;
  const page = pageOf(code);
  await acceptOf(app, agreed, code, { claim: 'met', actualOn: '2018-04-20' });
  await upload(lead, page, { ...(await carried(lead, page)), description: 'Minutes' }, pdf());
  await assessor.send(`${page}/steps/review`, {});
  await assessor.send(`${page}/steps/outcome`, { outcome: 'met', reason: 'Seen.' });

  const list = `${PROGRAMME}/findings`;
  const empty = await assessor.send(`${list}/new`, {});
  expect([empty.status, empty.errors().length]).toEqual([400, 5]);
  const form = (await assessor.get(`${list}/new`)).document.querySelector('main form[method=post]');
  const hidden = Object.fromEntries(
    ['_csrf', '_key', '_page'].map((name) => [
      name,
      form?.querySelector(`[name=${name}]`)?.getAttribute('value') ?? '',
    ]),
  );
  const found = {
    ...hidden,
    ...{
      kind: 'finding',
      review: 'Gateway review 3',
      statement: 'The test was not seen.',
      priority: 'high',
      ownerRole: 'trust-lead',
      owner: 'CIO',
      trust: 'RW4',
    },
    ...{ 'dueOn-day': '30', 'dueOn-month': '4', 'dueOn-year': '2018' },
  };
  const [first, second] = await Promise.all([
    assessor.post(`${list}/new`, found),
    assessor.post(`${list}/new`, found),
  ]);
  expect([first.status, first.location]).toEqual([303, second.location]);
  const finding = first.location as string;
  const rows = (await lead.get(`${list}?state=overdue`)).rows('findings');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.join(' ')).toContain('1 day late');
  const reference = (await lead.get(finding)).words('h1').match(/FND-\d+/)?.[0] as string;

  const unknown = await assessor.send(`${page}/steps/reopening`, { finding: 'FND-99999' });
  expect([unknown.status, unknown.words('.nhsuk-error-message')]).toEqual([
    409,
    expect.stringContaining('no finding FND-99999'),
  ]);
  expect((await assessor.send(`${page}/steps/reopening`, { finding: reference })).location).toBe(page);
  expect((await lead.get(page)).words('.nhsuk-summary-list .nhsuk-tag')).toBe('In progress');

  for (const path of [finding, `${finding}/steps/closure`, `${finding}/steps/response`])
    expect((await stranger.get(path)).status).not.toBe(200);
  await takeThrough(finding);
  expect((await lead.get(finding)).words('.nhsuk-tag--green')).toBe('Closed');
  expect((await assessor.get(`${finding}/steps/closure`)).status).toBe(409);
  expect((await lead.get(`${list}?state=open`)).rows('findings')).toEqual([]);
});

/** A finding on its pages: answered by its owner, followed up by an auditor, closed by an assessor. */
async function takeThrough(finding: string): Promise<void> {
  expect((await lead.get('/tasks')).words('main')).toMatch(/Answer FND-\d+: The test was not seen\./);
  expect((await lead.get(`${finding}/steps/closure`)).status).toBe(403);
  expect((await assessor.get(`${finding}/steps/closure`)).status).toBe(409);
  const answer = { stance: 'agreed', response: 'Run again.' };
  const undated = await lead.send(`${finding}/steps/response`, answer);
  expect([undated.status, undated.errors()]).toEqual([422, ['Say by when it will be done.']]);
  const dated = { ...answer, 'plannedOn-day': '30', 'plannedOn-month': '4', 'plannedOn-year': '2018' };
  expect((await lead.send(`${finding}/steps/response`, dated)).location).toBe(finding);
  expect((await auditor.get('/tasks')).words('main')).toMatch(/Follow up FND-\d+/);
  const seen = { outcome: 'implemented', found: 'Minutes.' };
  const unproved = await auditor.send(`${finding}/steps/follow-up`, seen);
  expect([unproved.status, unproved.errors()]).toEqual([409, ['Say what shows that it is implemented.']]);
  const proved = { ...seen, evidence: 'Minute 4' };
  expect((await auditor.send(`${finding}/steps/follow-up`, proved)).location).toBe(finding);
  expect((await assessor.get('/tasks')).words('main')).toMatch(/Close FND-\d+/);
  const concluded = { conclusion: 'Nothing is left to do.' };
  expect((await assessor.send(`${finding}/steps/closure`, concluded)).location).toBe(finding);
  expect((await lead.get(finding)).rows('steps').map((row) => row[1])).toEqual([
    'Response: agreed, by 30 April 2018',
    'Follow-up: implemented',
    'Closed',
  ]);
}

test('a milestone is waived or cancelled on an authority only', async () => {
  const [waived, cancelled] = [pageOf(codes.shift() as string), pageOf(codes.shift() as string)];
  expect((await assessor.send(`${waived}/steps/waiver`, { authority: ' ' })).errors()).toEqual([
    'Enter who gave the authority.',
  ]);
  const authority = { authority: 'Programme board, minute 7' };
  expect((await assessor.send(`${waived}/steps/waiver`, authority)).status).toBe(303);
  expect((await assessor.send(`${cancelled}/steps/cancellation`, authority)).status).toBe(303);
  expect((await auditor.get(waived)).words('.app-timeline')).toContain(
    'Authority: Programme board, minute 7',
  );
});

test('a milestone is its trust’s and the funder’s; an auditor sees all and takes no step', async () => {
  const page = pageOf(Object.keys(agreed.milestones)[0] as string);
  expect((await stranger.get(page)).status).toBe(404);
  expect((await stranger.get(`${PROGRAMME}/milestones?trust=RW4`)).rows('milestones')).toEqual([]);
  const seen = await auditor.get(page);
  expect([seen.status, stepsOf(seen), seen.document.querySelector('form[enctype]')]).toEqual([200, [], null]);
  for (const name of ['review', 'outcome', 'waiver', 'reopening', 'claim-withdrawal'])
    expect([name, (await auditor.get(`${page}/steps/${name}`)).status]).toEqual([name, 403]);
  expect((await auditor.get(`${PROGRAMME}/findings/new`)).status).toBe(200);
  expect((await auditor.get(`${PROGRAMME}/milestones?state=met`)).rows('milestones').length).toBeGreaterThan(
    0,
  );
});
