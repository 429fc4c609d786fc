import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from './support/app.js';
import {
  multipart,
  pdf,
  type SendOptions,
  type SentFile,
  sendEvidence,
  sha256,
  storageFolder,
  stored,
} from './support/evidence.js';
import { until } from './support/queue-application.js';

const MAX = 100_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const DOCX = Buffer.from(
  'UEsDBBQAAAAIAJqFdl3GEnoHrAAAAPEAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbF2Puw7CMAxFf6XKihoXBgaUlIEdGPgBK3HbiOahJBT4exKQOjBax/dcWxxfdm4Wisl4J9mWd+zYi9s7UGoKcUmyKedwAEhqIouJ+0CukMFHi7mMcYSA6o4jwa7r9qC8y+Rym6uD9eJS5NFoaq4Y8xktSQZPHzVorx62bPJiY83pF6vNkmEIs1GYy02wOP3X2fphMIrWfLWF6BWlZNxoZ74Si8Ztqh56Ad+n+g9QSwMEFAAAAAgAmoV2Xd1ahg0PAAAADQAAABEAAAB3b3JkL2RvY3VtZW50LnhtbLMpt0rJTy7NTc0r0bcDAFBLAQIUAxQAAAAIAJqFdl3GEnoHrAAAAPEAAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAgAmoV2Xd1ahg0PAAAADQAAABEAAAAAAAAAAAAAAIAB3QAAAHdvcmQvZG9jdW1lbnQueG1sUEsFBgAAAAACAAIAgAAAABsBAAAAAA==',
  'base64',
);

let app: TestApp;
let lead: string;
/** The milestone that evidence goes to. */
let home: string;
let another: string;
let uploadsBefore: string[];

beforeAll(async () => {
  uploadsBefore = await uploads();
  app = await startTestApp({ env: { EVIDENCE_MAX_BYTES: String(MAX) } });
  lead = await app.as('trust-lead', 'RW4');
  const list = await app.request('get', '/v1/programmes/mental-health-exemplars/milestones', lead);
  [home, another] = list.body.items.map(({ id }: { id: string }) => id);
});
afterAll(() => app?.stop());

const uploads = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('exemplar-upload-'));
const send = (file: SentFile, options?: SendOptions) => sendEvidence(app, lead, home, file, options);
const get = (path: string, key = lead) => app.request('get', `/v1/${path}`, key).buffer(true);
const count = async (id = home) => (await get(`milestones/${id}`)).body.evidence as number;

test('evidence is stored byte for byte, described, and read back as a download', async () => {
  const file = pdf({ name: 'Minutes “go-live”.pdf' });
  const { status, headers, body } = await sendEvidence(app, lead, another, file);
  expect([status, headers.location]).toEqual([201, `/v1/evidence/${body.id}`]);
  expect(body).toMatchObject({
    milestone: another,
    fileName: 'Minutes “go-live”.pdf',
    mediaType: 'application/pdf',
    sizeBytes: file.bytes.length,
    sha256: sha256(file.bytes),
    description: 'What it shows',
    illustrative: false,
  });
  const paths = await stored(app, file.bytes);
  expect(paths).toHaveLength(1);
  expect(await readFile(paths[0] as string)).toEqual(file.bytes);

  for (const key of [lead, await app.as('assessor'), await app.as('auditor')]) {
    const content = await get(`evidence/${body.id}/content`, key);
    expect(content.status).toBe(200);
    expect(sha256(content.body)).toBe(sha256(file.bytes));
    expect(content.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(file.bytes.length),
      'content-disposition': `attachment; filename="Minutes _go-live_.pdf"; filename*=UTF-8''Minutes%20%E2%80%9Cgo-live%E2%80%9D.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'repr-digest': `sha-256=:${createHash('sha256').update(file.bytes).digest('base64')}:`,
    });
  }
  expect((await get(`milestones/${another}/evidence`)).body.items).toEqual([body]);
  expect((await get(`evidence/${body.id}`)).body).toEqual(body);
  expect(await count(another)).toBe(1);
});

const OPAQUE = 'application/octet-stream';
test.each<[string, SentFile, string]>([
  ['a PNG', { name: 'screen.png', type: 'image/png', bytes: PNG }, 'image/png'],
  ['a Word document', { name: 'plan.docx', type: OPAQUE, bytes: DOCX }, OPAQUE],
  ['a table', { name: 'use.csv', type: 'text/csv', bytes: Buffer.from('week,users\n1,12500\n') }, OPAQUE],
  [
    'markup in a text',
    { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('<script>1</script>') },
    OPAQUE,
  ],
])('%s is kept, and served as nothing that a browser runs', async (_, file, served) => {
  const added = await send(file);
  expect(added.status).toBe(201);
  const { headers } = await get(`evidence/${added.body.id}/content`);
  expect(headers['content-type']).toBe(served);
  expect(headers['content-disposition']).toMatch(/^attachment/);
});

test('the same file twice is a conflict, and the second is not stored', async () => {
  const file = pdf();
  expect((await send(file)).status).toBe(201);
  const again = await send({ ...file, name: 'other-name.pdf' });
  expect([again.status, again.body.code]).toEqual([409, 'evidence-already-there']);
  expect(await stored(app, file.bytes)).toHaveLength(1);
});

test('the same request again is one piece of evidence, also at the same moment', async () => {
  const file = pdf();
  const once = randomUUID();
  const before = await count();
  const answers = await Promise.all([1, 2, 3].map(() => send(file, { once })));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(await stored(app, file.bytes)).toHaveLength(1);
  expect(await count()).toBe(before + 1);

  const other = pdf();
  const reused = await send(other, { once });
  expect([reused.status, reused.body.code]).toEqual([422, 'idempotency-key-reused']);
  expect(await stored(app, other.bytes)).toEqual([]);
});

test("another trust's is not there", async () => {
  const other = await app.as('trust-lead', 'RX4');
  const { id } = (await send(pdf())).body;
  const before = await stored(app);
  const paths = [
    `milestones/${home}`,
    `milestones/${home}/evidence`,
    `evidence/${id}`,
    `evidence/${id}/content`,
  ];
  const answers = [
    ...(await Promise.all(paths.map((path) => get(path, other)))),
    await sendEvidence(app, other, home, pdf()),
    await sendEvidence(app, lead, randomUUID(), pdf()),
    await sendEvidence(app, lead, 'not-an-id', pdf()),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
    answers.map(() => [404, 'not-found']),
  );
  expect(await stored(app)).toEqual(before);
});

test('only a trust adds evidence', async () => {
  for (const role of ['assessor', 'programme-manager', 'auditor'] as const)
    expect((await sendEvidence(app, await app.as(role), home, pdf())).status).toBe(403);
});

const table = (text: string, encoding?: BufferEncoding): SentFile => ({
  name: 'a.csv',
  type: 'text/csv',
  bytes: Buffer.from(text, encoding),
});
test.each<[string, Partial<SentFile>, Record<string, string>, number, string]>([
  ['other bytes than its name', { bytes: Buffer.from('MZ\u0090 a program') }, {}, 422, 'file-type-mismatch'],
  ['a PNG named PDF', { bytes: PNG }, {}, 422, 'file-type-mismatch'],
  ['a PDF named text', { name: 'a.txt', type: 'text/plain' }, {}, 422, 'file-type-mismatch'],
  ['another declared type', { type: 'text/html' }, {}, 422, 'file-type-mismatch'],
  ['a page', { name: 'page.html', type: 'text/html' }, {}, 422, 'file-type-not-allowed'],
  ['an empty file', { bytes: Buffer.alloc(0) }, {}, 422, 'file-empty'],
  ['no description', {}, { description: '' }, 422, 'missing'],
  ['a field that there is not', {}, { illustrative: 'true' }, 400, 'unknown-field'],
  ['a patient in the description', {}, { description: 'of 943 476 5919' }, 422, 'nhs-number'],
  ['a patient in a table', table('name,number\nx,9434765919\n'), {}, 422, 'nhs-number'],
  ['NUL in a table', table('a,b\u0000'), {}, 422, 'nul-character'],
  ['a table that is not UTF-8', table('caf\u00e9', 'latin1'), {}, 422, 'not-utf-8'],
  ['one byte too many', pdf({ size: MAX + 1 }), {}, 413, 'file-too-large'],
  ['far too many bytes', pdf({ size: 20 * MAX }), {}, 413, 'file-too-large'],
])('%s: refused, and nothing is stored', async (_, change, fields, status, code) => {
  const before = [await stored(app), await count()];
  const file = { ...pdf(), ...change };
  const answer = await send(file, { fields: { description: 'What it shows', ...fields } });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect([await stored(app), await count()]).toEqual(before);
});

const FORM = 'multipart/form-data; boundary=xyzzy';
test.each<[string, string, string | Buffer, number, string]>([
  ['no multipart', 'application/json', '{}', 415, 'unsupported-media-type'],
  ['no boundary', 'multipart/form-data', 'x', 400, 'multipart-unreadable'],
  ['no file', FORM, '--xyzzy--\r\n', 400, 'file-missing'],
  ['no multipart within', FORM, 'nothing of it', 400, 'multipart-unreadable'],
  ['a break', FORM, multipart(pdf(), { description: 'x' }).subarray(0, -20), 400, 'upload-broken-off'],
])('%s: refused', async (_, type, body, status, code) => {
  const request = app.request('post', `/v1/milestones/${home}/evidence`, lead).set('Content-Type', type);
  const answer = await request.send(body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('exactly as large as may be is taken', async () => {
  expect((await send(pdf({ size: MAX }))).body.sizeBytes).toBe(MAX);
});

test.each([
  ['../../../etc/passwd.pdf', 'passwd.pdf'],
  ['..\\..\\boot.pdf', 'boot.pdf'],
  ['/etc/cron.d/x.pdf', 'x.pdf'],
  ['%2e%2e%2fx.pdf', '%2e%2e%2fx.pdf'],
  [`${'n'.repeat(250)}.pdf`, `${'n'.repeat(196)}.pdf`],
])('the file name %s leads nowhere else', async (name, kept) => {
  const file = pdf({ name });
  const added = await send(file);
  expect([added.status, added.body.fileName]).toEqual([201, kept]);
  expect(await stored(app, file.bytes)).toHaveLength(1);
});

test('a storage that fails: 503, nothing half stored, and it works again afterwards', async () => {
  const file = pdf();
  const before = await count();
  const sql = 'select trust_id as trust from milestone where id = $1';
  const [row] = await app.database.sql<{ trust: string }>(sql, [home]);
  // Where the folder for this file would go there is a file.
  const inTheWay = join(storageFolder(app), row?.trust as string, sha256(file.bytes).slice(0, 2));
  await rm(inTheWay, { recursive: true, force: true });
  await writeFile(inTheWay, '');
  const failed = await send(file);
  expect([failed.status, failed.body.code]).toEqual([503, 'unavailable']);
  expect(await count()).toBe(before);
  await rm(inTheWay);
  const added = await send(file);
  expect(added.status).toBe(201);

  const [path] = (await stored(app, file.bytes)) as [string];
  await truncate(path, 10);
  const cut = await get(`evidence/${added.body.id}/content`);
  expect([cut.status, cut.body.code]).toEqual([503, 'unavailable']);
  await rm(path);
  expect((await get(`evidence/${added.body.id}/content`)).status).toBe(503);
});

test('no temporary file is left behind', () =>
  until(uploads, (now) => now.every((name) => uploadsBefore.includes(name))));
