import { startTestApp, type TestApp } from './support/app.js';
import { archive } from './support/archives.js';
import { begin } from './support/assurance.js';
import { agreedBenefit, benefitCast, benefitStep, projectsOf } from './support/benefits.js';
import { beginBlueprint } from './support/blueprints.js';
import { beginClaim } from './support/claims.js';
import { multipart, pdf, type SentFile, sendEvidence, sha256, stored } from './support/evidence.js';
import { pledge } from './support/match.js';
import { openAgreement } from './support/payments.js';
import { SLUG } from './support/returns.js';

const OPAQUE = 'application/octet-stream';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = { name: '[Content_Types].xml', content: '<Types/>' };
const XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>';
const MEGABYTE = 1024 * 1024;
/** What keeps a browser from showing or running a file. */
const DOWNLOADED = {
  'content-disposition': expect.stringMatching(/^attachment; /),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
};

let app: TestApp;
let lead: string;
let milestone: string;
/** Every address that takes evidence, as the reference names it, with the id of what takes it. */
let takers: Record<string, string>;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  lead = await app.as('trust-lead', 'RW4');
  const { body } = await app.request('get', `/v1/programmes/${SLUG}/milestones`, lead).expect(200);
  milestone = body.items[0].id;
  const agreed = await openAgreement(app, 'RW4');
  const item = await assessedProject();
  takers = {
    '/v1/milestones/{id}/evidence': milestone,
    '/v1/contributions/{id}/evidence': (await pledge(app, lead, agreed)).body.id,
    '/v1/claims/{id}/evidence': (await beginClaim(app, lead, agreed)).body.id,
    '/v1/benefit-actuals/{id}/evidence': await reported(),
    '/v1/blueprints/{id}/attachments': (await beginBlueprint(app, lead).expect(201)).body.id,
    '/v1/assurance-items/{id}/documents': item,
    '/v1/assurance-items/{id}/hazard-logs': item,
  };
}, 60_000);
afterAll(() => app?.stop());

/** What a benefit brought in a year, with nothing yet that shows it. */
async function reported(): Promise<string> {
  const cast = await benefitCast(app, 'RW4');
  const [project] = await projectsOf(app, 'RW4');
  const { id } = await agreedBenefit(app, cast, project as string);
  const year = { financialYear: '2016/17', value: 1, method: 'Counted.' };
  return (await benefitStep(app, lead, `/v1/benefits/${id}`, 'actuals', year)).body.id;
}

/** A draft of the data protection impact assessment of a project. */
async function assessedProject(): Promise<string> {
  const { body } = await app.request('get', `/v1/programmes/${SLUG}/projects`, lead).expect(200);
  return (await begin(app, lead, { kind: 'dpia', subject: body.items[0].id }).expect(201)).body.id;
}

const send = (file: SentFile) => sendEvidence(app, lead, milestone, file);
/** Sends a file to each address that takes evidence. */
async function sendEverywhere(fileFor: () => SentFile) {
  const answers = [];
  for (const [path, id] of Object.entries(takers)) {
    const file = fileFor();
    const of = /claims|contributions/.test(path) ? { supplier: 'A', reference: path } : undefined;
    const { status, body, headers } = await app
      .request('post', path.replace('{id}', id), lead)
      .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
      .send(multipart(file, { description: 'It', ...of }));
    answers.push({ path, file, status, body, location: headers.location });
  }
  return answers;
}

const workbook = (...more: Parameters<typeof archive>[0]): SentFile => ({
  name: 'figures.xlsx',
  type: XLSX,
  bytes: archive([TYPES, { name: 'xl/workbook.xml', content: '<workbook/>' }, ...more]),
});

test('what takes a file takes evidence, but for extracts, which are read and not kept', async () => {
  const { paths } = (await app.request('get', '/openapi.json').expect(200)).body;
  const taking = Object.entries<{ post?: { requestBody?: { content: object } } }>(paths)
    .filter(([, { post }]) => 'multipart/form-data' in (post?.requestBody?.content ?? {}))
    .map(([path]) => path);
  expect(taking.sort()).toEqual([...Object.keys(takers), '/v1/programmes/{slug}/extracts'].sort());
});

test('what is taken comes out byte for byte, as a download, wherever it was taken', async () => {
  const assessor = await app.as('assessor');
  for (const { path, file, status, body, location } of await sendEverywhere(pdf)) {
    expect([path, status]).toEqual([path, 201]);
    const document = body.documents?.at(-1);
    const at = document
      ? `/v1/${document.hazardLog ? 'hazard-logs' : 'assurance-documents'}/${document.id}/content`
      : (location as string).replace(/(\/content)?$/, '/content');
    const content = await app.request('get', at, assessor).buffer(true);
    expect([at, content.status]).toEqual([at, 200]);
    expect(sha256(content.body)).toBe(sha256(file.bytes));
    expect(content.headers).toMatchObject(DOWNLOADED);
  }
});

test('a workbook as it should be is kept', async () => {
  const { status, body } = await send(workbook());
  expect([status, body.mediaType]).toEqual([201, XLSX]);
});

test.each<[string, () => SentFile, string]>([
  [
    'a workbook that would be 100 MB',
    () => workbook({ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(100 * MEGABYTE) }),
    'file-harmful',
  ],
  [
    'a workbook whose list of types would be 100 MB, which whoever looks at its kind might unpack',
    () => ({
      ...workbook(),
      bytes: archive([
        { ...TYPES, content: Buffer.alloc(100 * MEGABYTE) },
        { name: 'xl/workbook.xml', content: '' },
      ]),
    }),
    'file-harmful',
  ],
  [
    'a workbook that says that it would be 4 GB',
    () => workbook({ name: 'xl/a.xml', content: 'a', claims: 0xfffffffe }),
    'file-harmful',
  ],
  [
    'a workbook that leads out of itself',
    () => workbook({ name: '../../etc/cron.d/x', content: 'x' }),
    'file-harmful',
  ],
  [
    'a workbook with macros',
    () => workbook({ name: 'xl/vbaProject.bin', content: 'x' }),
    'file-type-mismatch',
  ],
  [
    'an archive named workbook',
    () => ({ ...workbook(), bytes: archive([{ name: 'a', content: 'a' }]) }),
    'file-type-mismatch',
  ],
  [
    'an archive without its end',
    () => ({ ...workbook(), bytes: workbook().bytes.subarray(0, -30) }),
    'file-type-mismatch',
  ],
  [
    'an archive whose directory is beyond its end',
    () => {
      const bytes = workbook().bytes;
      bytes.writeUInt32LE(0x7ffffff0, bytes.length - 6);
      return { ...workbook(), bytes };
    },
    'file-type-mismatch',
  ],
  [
    'a workbook named document',
    () => ({ ...workbook(), name: 'a.docx', type: OPAQUE }),
    'file-type-mismatch',
  ],
  [
    'a PDF that is a workbook too, as a workbook',
    () => ({ ...workbook(), bytes: Buffer.concat([pdf().bytes, workbook().bytes]) }),
    'file-type-mismatch',
  ],
  [
    'a picture in SVG',
    () => ({ name: 'a.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg onload="alert(1)"/>') }),
    'file-type-not-allowed',
  ],
  [
    'XML with a DTD, as a text',
    () => ({ name: 'a.txt', type: 'text/plain', bytes: Buffer.from(XXE) }),
    'file-type-mismatch',
  ],
  [
    'a program, as a table',
    () => ({ name: 'a.csv', type: 'text/csv', bytes: Buffer.from('MZ a program') }),
    'file-type-mismatch',
  ],
  ['a page with two names', () => ({ ...pdf(), name: 'a.pdf.html' }), 'file-type-not-allowed'],
  ['a name that hides its end', () => ({ ...pdf(), name: 'a.pdf\u0000.html' }), 'file-type-not-allowed'],
])('%s: refused wherever evidence is taken, and nothing is stored', async (_, file, code) => {
  const before = await stored(app);
  const began = process.memoryUsage().rss;
  const refused = file();
  const answers = await sendEverywhere(() => refused);
  expect(answers.map(({ path, status, body }) => [path, status, body.code])).toEqual(
    Object.keys(takers).map((path) => [path, 422, code]),
  );
  expect(process.memoryUsage().rss - began).toBeLessThan(300 * MEGABYTE);
  expect(await stored(app)).toEqual(before);
});

test('a workbook with a DTD is kept as it is: nothing reads it, and nothing that it names comes out', async () => {
  const file = workbook({ name: 'xl/sharedStrings.xml', content: XXE });
  const { status, body } = await send(file);
  expect(status).toBe(201);
  const { body: content, headers } = await app
    .request('get', `/v1/evidence/${body.id}/content`, lead)
    .buffer(true)
    .expect(200);
  expect(sha256(content)).toBe(sha256(file.bytes));
  expect(headers['content-type']).toBe(OPAQUE);
});

test('a PDF that is an archive too is a PDF, to be downloaded and never shown', async () => {
  const bytes = Buffer.concat([pdf().bytes, archive([{ name: 'a.html', content: '<script>' }])]);
  const { status, body } = await send({ ...pdf(), bytes });
  expect([status, body.mediaType]).toEqual([201, 'application/pdf']);
  const { headers } = await app.request('get', `/v1/evidence/${body.id}/content`, lead).buffer(true);
  expect(headers).toMatchObject(DOWNLOADED);
});

test.each<[string, string, string]>([
  ['a line break', 'a\r\nSet-Cookie: x=1\r\n.pdf', '.pdf'],
  ['right-to-left writing turned on', 'a\u202efdp.pdf', 'afdp.pdf'],
  ['quotes, to end what it stands in', 'a"; filename*=UTF-8\'\'evil.html; x=".pdf', '.pdf'],
  ['500 letters of four bytes', `${'\ud835\udd38'.repeat(500)}.pdf`, '.pdf'],
  ['markup', '<img src=x onerror=alert(1)>.pdf', '.pdf'],
])('a file whose name holds %s is sent out under a harmless one', async (_, name, end) => {
  const { status, body } = await send({ ...pdf(), name });
  if (status !== 201) {
    expect([status, body.code]).toEqual([expect.any(Number), expect.stringMatching(/file|multipart/)]);
    expect(status).toBeLessThan(500);
    return;
  }
  expect(body.fileName.endsWith(end)).toBe(true);
  const { headers } = await app
    .request('get', `/v1/evidence/${body.id}/content`, lead)
    .buffer(true)
    .expect(200);
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~!#$&+^`|%-]*$/,
  );
});
