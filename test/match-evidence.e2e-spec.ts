import { createHash, randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from './support/app.js';
import { beginClaim, claimStep } from './support/claims.js';
import { multipart, pdf, type SentFile, sha256, stored } from './support/evidence.js';
import { evidenced, matchStep, pledge, readMatch, sendProof } from './support/match.js';
import { type InForce, putInForce } from './support/money.js';

/** One piece of evidence counts once, across agreements, trusts and programmes (domain.md section 9, rule 4). */
const TRUSTS = ['RW4', 'RXT', 'RX4', 'ZZC01'] as const;
type Trust = (typeof TRUSTS)[number];

let app: TestApp;
let assessor: string;
const leads = {} as Record<Trust, string>;
const agreed = {} as Record<Trust, InForce>;

beforeAll(async () => {
  app = await startTestApp({
    env: { EXEMPLAR_TODAY: '2018-02-15' },
    definitions: ['mental-health-exemplars.yaml', 'rural-broadband.yaml'],
  });
  assessor = await app.as('assessor');
  for (const trust of TRUSTS) {
    leads[trust] = await app.as('trust-lead', trust);
    const rural = trust === 'ZZC01';
    agreed[trust] = await putInForce(
      app,
      trust,
      rural ? { slug: 'rural-broadband', tranches: () => [] } : {},
    );
  }
});
afterAll(() => app?.stop());

/** A new contribution of a trust. */
async function begun(trust: Trust): Promise<string> {
  const line = trust === 'ZZC01' ? { financialYear: '2023/24', expectedOn: '2023-06-30' } : {};
  const { status, body } = await pledge(app, leads[trust], agreed[trust], line);
  expect(status).toBe(201);
  return body.id;
}

const send = (trust: Trust, id: string, file?: SentFile, fields: object = {}) =>
  sendProof(app, leads[trust], id, file, fields);
const invoice = () => ({ supplier: 'Northern Networks Ltd', reference: `INV-${randomUUID()}` });
const counting = (column: string, value: string) =>
  app.database.sql(`select id from cost_evidence where ${column} = $1 and counts`, [value]);

test('evidence is stored byte for byte, described, and read back as a download', async () => {
  const id = await begun('RW4');
  const file = pdf({ name: 'Invoice “May”.pdf' });
  const label = {
    supplier: ' Northern Networks Ltd ',
    reference: 'INV-20417',
    description: 'Network points',
  };
  const { status, body } = await send('RW4', id, file, label);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    claim: null,
    contribution: id,
    supplier: 'Northern Networks Ltd',
    reference: 'INV-20417',
    fileName: 'Invoice “May”.pdf',
    mediaType: 'application/pdf',
    sizeBytes: file.bytes.length,
    sha256: sha256(file.bytes),
    description: 'Network points',
    uploadedBy: { name: 'trust-lead RW4' },
    counts: true,
    illustrative: false,
    revision: 1,
  });
  expect(await stored(app, file.bytes)).toHaveLength(1);
  for (const key of [leads.RW4, assessor, await app.as('auditor')]) {
    const content = await app.request('get', `/v1/cost-evidence/${body.id}/content`, key).buffer(true);
    expect([content.status, sha256(content.body)]).toEqual([200, sha256(file.bytes)]);
    expect(content.headers['repr-digest']).toBe(
      `sha-256=:${createHash('sha256').update(file.bytes).digest('base64')}:`,
    );
  }
  const list = await app.request('get', `/v1/contributions/${id}/evidence`, leads.RW4).expect(200);
  expect(list.body).toEqual({ items: [body] });
  expect((await app.request('get', `/v1/cost-evidence/${body.id}`, assessor)).body).toEqual(body);
});

test('50 send the same invoice at the same moment, for contributions of three trusts and two programmes: one counts', async () => {
  const file = pdf();
  const targets = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const trust = TRUSTS[index % TRUSTS.length] as Trust;
      return { trust, id: await begun(trust) };
    }),
  );
  const answers = await Promise.all(targets.map(({ trust, id }) => send(trust, id, file, invoice())));
  const winner = answers.findIndex(({ status }) => status === 201);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)]);
  expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body.code))).toEqual(
    new Set(['evidence-counts-already']),
  );
  expect(await counting('sha256', sha256(file.bytes))).toHaveLength(1);
  expect(await stored(app, file.bytes)).toHaveLength(1);

  const { trust: holder, id } = targets[winner] as (typeof targets)[number];
  const { reference } = await readMatch(app, leads[holder], id);
  for (const [index, { body, text }] of answers.entries()) {
    if (index === winner) continue;
    const own = targets[index]?.trust === holder;
    expect([index, text.includes(reference), text.includes(id)]).toEqual([index, own, own]);
    if (own)
      expect(body.blockers).toMatchObject([
        { code: 'evidence-counts-already', about: { kind: 'contribution', id, name: reference } },
      ]);
    else
      for (const known of [agreed[holder].id, agreed[holder].trustId, holder])
        expect([index, text.includes(known)]).toEqual([index, false]);
  }
});

test('50 send different files of the same invoice: one counts', async () => {
  const said = invoice();
  const targets = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const trust = TRUSTS[index % TRUSTS.length] as Trust;
      return { trust, id: await begun(trust), file: pdf() };
    }),
  );
  const answers = await Promise.all(targets.map(({ trust, id, file }) => send(trust, id, file, said)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)]);
  expect(answers.filter(({ body }) => body.code === 'reference-counts-already')).toHaveLength(49);
  expect(await counting('reference', said.reference)).toHaveLength(1);
  const kept = await Promise.all(targets.map(async ({ file }) => (await stored(app, file.bytes)).length));
  expect(kept.filter((count) => count > 0)).toHaveLength(1);
});

test.each([
  ['Northern Networks Ltd', 'INV-20417/a', 'NORTHERN  networks, LTD.', 'inv 20417 A', true],
  ['Café Société', '№ 7', 'Cafe Societe', 'no7', true],
  ['Łódź Sp. z o.o.', 'ф-1', 'ŁÓDŹ SP Z OO', 'Ф1', true],
  ['ab', 'c', 'a', 'bc', false],
  ['Northern Networks Ltd', 'INV-30', 'Northern Networks Ltd', 'INV-300', false],
  ['Northern Networks Ltd', 'INV-31', 'Southern Networks Ltd', 'INV-31', false],
])('%s %s and %s %s are the same: %p', async (supplier, reference, supplierAgain, referenceAgain, same) => {
  // Letters alone: with digits, one reference in a few hundred would hold an NHS number.
  const unique = randomUUID().replaceAll(/[^a-f]/g, '');
  const first = { supplier, reference: `${reference}${unique}` };
  const again = { supplier: supplierAgain, reference: `${referenceAgain}${unique}` };
  await send('RW4', await begun('RW4'), pdf(), first).expect(201);
  const { status, body } = await send('RXT', await begun('RXT'), pdf(), again);
  expect([status, body.code]).toEqual(same ? [409, 'reference-counts-already'] : [201, undefined]);
});

describe('a claim and a contribution share no evidence', () => {
  const toClaim = (id: string, file: SentFile, fields: object) =>
    app
      .request('post', `/v1/claims/${id}/evidence`, leads.RW4)
      .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
      .send(multipart(file, { ...invoice(), description: 'The invoice', ...fields }));

  test('whichever comes first; a claim that is withdrawn lets go', async () => {
    const claim = (await beginClaim(app, leads.RW4, agreed.RW4)).body;
    const file = pdf();
    const sent = await toClaim(claim.id, file, {}).expect(201);
    expect(sent.body).toMatchObject({ claim: claim.id, contribution: null });
    const list = await app.request('get', `/v1/claims/${claim.id}/evidence`, assessor).expect(200);
    expect(list.body.items).toEqual([sent.body]);

    const id = await begun('RW4');
    const refused = await send('RW4', id, file);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'evidence-counts-already',
      detail: `This very file counts for the claim ${claim.reference} already. One piece of evidence counts once.`,
      blockers: [{ pointer: '/file', about: { kind: 'claim', id: claim.id } }],
    });
    const said = invoice();
    await send('RW4', id, pdf(), said).expect(201);
    expect((await toClaim(claim.id, pdf(), said)).body).toMatchObject({
      code: 'reference-counts-already',
      blockers: [{ pointer: '/reference', about: { kind: 'contribution', id } }],
    });

    expect(await claimStep(app, leads.RW4, claim.id, 'withdrawal', { reason: 'Not now.' })).toMatchObject({
      status: 200,
    });
    expect((await toClaim(claim.id, pdf(), {})).body.blockers).toMatchObject([{ code: 'claim-closed' }]);
    await send('RW4', id, file).expect(201);
  });

  test('only who prepares claims adds to one', async () => {
    const claim = (await beginClaim(app, leads.RW4, agreed.RW4)).body;
    const director = await app.as('trust-finance-director', 'RW4');
    const path = `/v1/claims/${claim.id}/evidence`;
    const sent = await toClaim(claim.id, pdf(), {}).expect(201);
    for (const key of [director, assessor])
      await app
        .request('post', path, key)
        .set('Content-Type', 'multipart/form-data; boundary=xyzzy')
        .send(multipart(pdf(), { ...invoice(), description: 'x' }))
        .expect(403);
    const withdraw = (key: string) =>
      app
        .request('post', `/v1/cost-evidence/${sent.body.id}/withdrawal`, key)
        .set('If-Match', '"1"')
        .send({ reason: 'Wrong file' });
    await withdraw(director).expect(403);
    expect((await withdraw(leads.RW4).expect(200)).body).toMatchObject({ counts: false, revision: 2 });
    expect((await withdraw(leads.RW4)).status).toBe(412);
  });
});

describe('what came to nothing may count for something else', () => {
  test('evidence that is taken back', async () => {
    const [first, second] = [await begun('RW4'), await begun('RXT')];
    const file = pdf();
    const { body } = await send('RW4', first, file).expect(201);
    expect((await send('RXT', second, file)).status).toBe(409);
    const withdraw = (revision: string) =>
      app
        .request('post', `/v1/cost-evidence/${body.id}/withdrawal`, leads.RW4)
        .set('If-Match', revision)
        .send({ reason: 'Sent to the wrong contribution.' });
    expect((await withdraw('"7"')).status).toBe(412);
    expect((await withdraw('"1"')).body).toMatchObject({ counts: false });
    expect((await withdraw('"2"')).body.blockers).toMatchObject([{ code: 'evidence-counts-no-more' }]);
    expect((await readMatch(app, leads.RW4, first)).countingEvidence).toBe(0);
    await send('RXT', second, file).expect(201);
    expect((await send('RW4', first, file)).status).toBe(409);
  });

  test('evidence of a contribution that is rejected or withdrawn', async () => {
    for (const end of ['rejection', 'withdrawal']) {
      const file = pdf();
      const contribution = await evidenced(app, leads.RW4, agreed.RW4);
      const { id } = end === 'rejection' ? contribution : { id: await begun('RW4') };
      const target = await begun('RXT');
      await send('RW4', id, file).expect(201);
      expect((await send('RXT', target, file)).status).toBe(409);
      expect(await matchStep(app, end === 'rejection' ? assessor : leads.RW4, id, end)).toMatchObject({
        status: 200,
      });
      await send('RXT', target, file).expect(201);
      expect(await counting('sha256', sha256(file.bytes))).toHaveLength(1);
    }
  });
});

test('the same request again is one piece of evidence, also at the same moment', async () => {
  const id = await begun('RW4');
  const [file, label, once] = [pdf(), invoice(), randomUUID()];
  const sendOnce = (said: object = label) => send('RW4', id, file, said).set('Idempotency-Key', once);
  const answers = await Promise.all([1, 2, 3].map(() => sendOnce()));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(await stored(app, file.bytes)).toHaveLength(1);
  const reused = await sendOnce({ ...label, reference: 'Another' });
  expect([reused.status, reused.body.code]).toEqual([422, 'idempotency-key-reused']);
});

test.each<[string, Partial<SentFile>, object, number, string]>([
  ['no supplier', {}, { supplier: '' }, 422, 'missing'],
  ['a reference without a letter', {}, { reference: '—' }, 422, 'missing'],
  ['a long supplier', {}, { supplier: 'x'.repeat(201) }, 422, 'invalid'],
  ['a patient in the reference', {}, { reference: '943 476 5919' }, 422, 'nhs-number'],
  ['no description', {}, { description: ' ' }, 422, 'missing'],
  ['a field that there is not', {}, { counts: 'true' }, 400, 'unknown-field'],
  ['a page', { name: 'page.html', type: 'text/html' }, {}, 422, 'file-type-not-allowed'],
  ['other bytes than its name', { bytes: Buffer.from('MZ') }, {}, 422, 'file-type-mismatch'],
])('%s: refused, and nothing is stored', async (_, change, fields, status, code) => {
  const id = await begun('RW4');
  const before = await stored(app);
  const answer = await send('RW4', id, { ...pdf(), ...change }, fields);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect([await stored(app), (await readMatch(app, assessor, id)).evidence]).toEqual([before, []]);
});
