import { startTestApp, type TestApp } from './support/app.js';
import { archive } from './support/archives.js';
import { multipart, pdf, type SentFile, sendEvidence, sha256, stored } from './support/evidence.js';
import { pledge } from './support/match.js';
import { putInForce } from './support/money.js';
import { SLUG } from './support/returns.js';

const OPAQUE = 'application/octet-stream';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = { name: '[Content_Types].xml', content: '<Types/>' };
const XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>';
const MEGABYTE = 1024 * 1024;

let app: TestApp;
let lead: string;
let milestone: string;
/** Every address that takes evidence. */
let takers: string[];

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  lead = await app.as('trust-lead', 'RW4');
  const { body } = await app.request('get', `/v1/programmes/${SLUG}/milestones`, lead).expect(200);
  milestone = body.items[0].id;
  const contribution = (await pledge(app, lead, await putInForce(app, 'RW4'))).body.id;
  takers = [`/v1/milestones/${milestone}/evidence`, `/v1/contributions/${contribution}/evidence`];
}, 60_000);
afterAll(() => app?.stop());

const send = (file: SentFile) => sendEvidence(app, lead, milestone, file);
const workbook = (...more: Parameters<typeof archive>[0]): SentFile => ({
  name: 'figures.xlsx',
  type: XLSX,
  bytes: archive([TYPES, { name: 'xl/workbook.xml', content: '<workbook/>' }, ...more]),
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
  for (const path of takers) {
    const began = process.memoryUsage().rss;
    const { status, body } = await app
      .request('post', path, lead)
      .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
      .send(
        multipart(file(), {
          description: 'It',
          ...(path.includes('milestones') ? {} : { supplier: 'A', reference: 'B' }),
        }),
      );
    expect([path, status, body.code]).toEqual([path, 422, code]);
    expect(process.memoryUsage().rss - began).toBeLessThan(300 * MEGABYTE);
  }
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
  expect(headers).toMatchObject({
    'content-disposition': expect.stringMatching(/^attachment; /),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
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
