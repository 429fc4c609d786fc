import { startTestApp, type TestApp } from './support/app.js';
import { beginClaim, type ClaimCast, claimCast, readClaim } from './support/claims.js';
import { pdf, type SentFile, stored } from './support/evidence.js';
import { sendUpload, upload, uploadFields } from './support/page-uploads.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import { openAgreement } from './support/payments.js';

const MEGABYTE = 1024 * 1024;

let app: TestApp;
let cast: ClaimCast;
let lead: Visitor;
let claim: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15', EVIDENCE_MAX_BYTES: String(MEGABYTE) } });
  cast = await claimCast(app, 'RW4');
  const agreed = await openAgreement(app, 'RW4');
  claim = (await beginClaim(app, cast.lead, agreed)).body.id;
  lead = await signedIn(app, cast.lead);
}, 180_000);
afterAll(() => app?.stop());

const SAID = { supplier: 'Northern Networks Ltd', reference: 'INV-1', description: 'The invoice' };
const at = () => `/claims/${claim}/evidence`;
const evidence = async () => (await readClaim(app, cast.lead, claim)).evidence;
/** What stands beside the file's field. */
const besideFile = (page: { words(selector: string): string }) => page.words('#file-error');

/** Nothing was stored: neither a row nor a file. */
async function nothingStored(before: { rows: number; files: number }): Promise<void> {
  expect({ rows: (await evidence()).length, files: (await stored(app)).length }).toEqual(before);
}
const standing = async () => ({ rows: (await evidence()).length, files: (await stored(app)).length });

test('a file is stored with what is said of it, and its page says so', async () => {
  const sent = await upload(app, lead, at(), SAID);
  expect(sent).toMatchObject({ status: 303, location: at() });
  expect(await evidence()).toMatchObject([
    { ...SAID, fileName: 'invoice.pdf', mediaType: 'application/pdf' },
  ]);
  const page = await lead.get(at());
  expect(page.rows('evidence')[0]?.slice(1, 3)).toEqual(['Northern Networks Ltd', 'INV-1']);
});

test('what protects the form comes before its file', async () => {
  const { document } = await lead.get(at());
  const names = [...document.querySelectorAll('form[data-upload] [name]')].map((field) =>
    field.getAttribute('name'),
  );
  expect(names).toEqual([
    '_csrf',
    '_key',
    '_page',
    '_revision',
    'supplier',
    'reference',
    'description',
    'file',
  ]);
});

test('without the token of the session, or with another, nothing is stored', async () => {
  const before = await standing();
  const fields: Record<string, string> = { ...(await uploadFields(lead, at())), ...SAID, reference: 'INV-2' };
  const { _csrf: _, ...without } = fields;
  const other = await signedIn(app, await app.as('trust-lead', 'RW4'));
  const theirs = await uploadFields(other, at());
  for (const sent of [
    without,
    { ...fields, _csrf: '' },
    { ...fields, _csrf: 'x' },
    { ...fields, _csrf: theirs._csrf as string },
  ]) {
    const answer = await sendUpload(app, lead, at(), sent);
    expect(answer.status).toBe(403);
    expect(answer.words('main')).toContain('did not come from a page that you have open here');
  }
  await nothingStored(before);
});

test('what another site sends is refused, whatever it knows', async () => {
  const before = await standing();
  const fields = { ...(await uploadFields(lead, at())), ...SAID, reference: 'INV-2' };
  for (const site of ['cross-site', 'same-site', 'none']) {
    const answer = await sendUpload(app, lead, at(), fields, undefined, { 'Sec-Fetch-Site': site });
    expect([site, answer.status]).toEqual([site, 403]);
  }
  await nothingStored(before);
});

test('nobody uploads without signing in, and nobody whose role may not', async () => {
  const before = await standing();
  const fields = { ...(await uploadFields(lead, at())), ...SAID, reference: 'INV-2' };
  expect((await sendUpload(app, visitor(app, ''), at(), fields)).status).toBe(303);
  const director = await signedIn(app, cast.director);
  expect((await sendUpload(app, director, at(), fields)).status).toBe(403);
  const stranger = await signedIn(app, await app.as('trust-lead', 'RWX'));
  const own = { ...fields, _csrf: (await tokenOf(stranger)) as string };
  expect((await sendUpload(app, stranger, at(), own)).status).toBe(404);
  await nothingStored(before);
});

const tokenOf = async (who: Visitor) =>
  (await who.get('/claims')).document.querySelector('[name=_csrf]')?.getAttribute('value');

test('the same form sent twice, and twice at once, stores one', async () => {
  const before = await standing();
  const fields = { ...(await uploadFields(lead, at())), ...SAID, reference: 'INV-3' };
  const file = pdf({ name: 'twice.pdf' });
  const answers = await Promise.all([1, 2, 3].map(() => sendUpload(app, lead, at(), fields, file)));
  answers.push(await sendUpload(app, lead, at(), fields, file));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  await nothingStored({ rows: before.rows + 1, files: before.files + 1 });
});

test('the same form with another file is no repetition, and is refused', async () => {
  const before = await standing();
  const fields = { ...(await uploadFields(lead, at())), ...SAID, reference: 'INV-4' };
  expect((await sendUpload(app, lead, at(), fields, pdf({ name: 'one.pdf' }))).status).toBe(303);
  expect((await sendUpload(app, lead, at(), fields, pdf({ name: 'two.pdf' }))).status).toBe(422);
  await nothingStored({ rows: before.rows + 1, files: before.files + 1 });
});

const text = (name: string, type: string, content: string): SentFile => ({
  name,
  type,
  bytes: Buffer.from(content),
});

test.each([
  [
    'too large',
    () => pdf({ name: 'large.pdf', size: MEGABYTE + 1 }),
    413,
    'The file must be smaller than 1 MB.',
  ],
  [
    'far too large',
    () => pdf({ name: 'large.pdf', size: 3 * MEGABYTE }),
    413,
    'The file must be smaller than 1 MB.',
  ],
  [
    'of a wrong type',
    () => text('page.html', 'text/html', '<script>1</script>'),
    422,
    'Evidence is a file of one of these kinds',
  ],
  [
    'not what its name says',
    () => text('false.pdf', 'application/pdf', 'Not a PDF'),
    422,
    '"false.pdf" should be application/pdf',
  ],
  ['empty', () => text('empty.pdf', 'application/pdf', ''), 422, 'The file is empty.'],
  [
    'a patient’s',
    () => text('notes.txt', 'text/plain', 'Seen: 943 476 5919'),
    422,
    'In the file: This text holds what reads as an NHS number.',
  ],
  ['not chosen', () => text('', 'application/octet-stream', ''), 400, 'Choose the file to upload.'],
])(
  'a file that is %s shows the page again, with words beside its field and what was typed',
  async (_, file, status, words) => {
    const before = await standing();
    const page = await upload(app, lead, at(), { ...SAID, reference: 'INV-5' }, file());
    expect([page.status, page.words('h1')]).toEqual([status, expect.stringContaining('Evidence')]);
    expect(besideFile(page)).toContain(words);
    expect(page.document.querySelector('.nhsuk-error-summary a')?.getAttribute('href')).toBe('#file');
    expect(page.document.querySelector('#supplier')?.getAttribute('value')).toBe('Northern Networks Ltd');
    expect(page.document.querySelector('#reference')?.getAttribute('value')).toBe('INV-5');
    await nothingStored(before);
  },
);

test('what is missing beside the file is said with it, each at its place', async () => {
  const empty = { supplier: '', reference: ' ', description: '' };
  const page = await upload(app, lead, at(), empty, text('', 'application/octet-stream', ''));
  expect(page.status).toBe(400);
  expect(page.errors()).toEqual([
    'Choose the file to upload.',
    'Enter the supplier.',
    'Enter the reference.',
    'Enter what the file shows.',
  ]);
  expect(page.words('#supplier-error')).toContain('Enter the supplier.');
  // Another site's form is refused before anything is said of it.
  const foreign = await sendUpload(app, lead, at(), { _page: at(), _key: 'key-12345678' }, pdf());
  expect([foreign.status, foreign.errors()]).toEqual([403, []]);
});

test('what counts already is said beside the reference, or the file', async () => {
  const again = await upload(app, lead, at(), SAID);
  expect([again.status, again.words('#reference-error')]).toEqual([
    409,
    expect.stringContaining('Evidence with this supplier and reference counts for the claim'),
  ]);
  const file = pdf({ name: 'once.pdf' });
  await upload(app, lead, at(), { ...SAID, reference: 'INV-6' }, file);
  const same = await upload(app, lead, at(), { ...SAID, reference: 'INV-7' }, file);
  expect([same.status, besideFile(same)]).toEqual([
    409,
    expect.stringContaining('This very file counts for the claim'),
  ]);
});

test('evidence is a download, and never shown as a page', async () => {
  const note = text('<b>x.txt', 'text/plain', '<script>alert(1)</script>');
  await upload(app, lead, at(), { ...SAID, reference: 'INV-8' }, note);
  const { id } = (await evidence()).at(-1) as { id: string };
  const { headers, status } = await lead.get(`/cost-evidence/${id}/content`);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(headers['content-disposition']).toMatch(/^attachment; filename=/);
  const stranger = await signedIn(app, await app.as('trust-lead', 'RWX'));
  expect((await stranger.get(`/cost-evidence/${id}/content`)).status).toBe(404);
  expect((await visitor(app, '').get(`/cost-evidence/${id}/content`)).status).toBe(303);
});

test('evidence is taken back with a reason, and counts no more', async () => {
  const [first] = await evidence();
  const page = `${at()}/${first?.id}/withdrawal`;
  const without = await lead.send(page, { reason: '' });
  expect([without.status, without.errors()]).toEqual([400, ['Enter the reason.']]);
  expect(await lead.send(page, { reason: 'Another claim’s.' })).toMatchObject({
    status: 303,
    location: at(),
  });
  expect((await evidence())[0]).toMatchObject({ id: first?.id, counts: false });
});
