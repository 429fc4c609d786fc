import { createHash, randomUUID } from 'node:crypto';
import type { Role } from '../src/core/permissions.js';
import { startTestApp, type TestApp } from './support/app.js';
import { readClaim } from './support/claims.js';
import { everythingIn, placesIn } from './support/everything.js';
import { pathOf, rootFrom, rootOf } from './support/merkle.js';
import type { InForce } from './support/money.js';
import { signedIn, type Visitor } from './support/pages.js';
import { openAgreement, type PaymentCast, paidClaim, paymentCast } from './support/payments.js';
import { asSystem } from './support/standing-money.js';

interface Somebody {
  id: string;
  name: string;
  label: string;
  key: string;
  /** The hash of the request that made them, as an idempotency key keeps it. */
  fingerprint: string;
}

let app: TestApp;
let admin: string;
let auditor: string;
let agreed: InForce;
let claimId: string;
let instant: string;
let lead: Somebody;
let director: Somebody;
let manager: Somebody;
let browser: Visitor;

/** Somebody with a name that nothing else holds, made by the API as an administrator makes them. */
async function somebody(name: string, role: Role, trust: string | null = null): Promise<Somebody> {
  const label = `The laptop of ${name}`;
  const sent = { name, role, trust, label, days: 30 };
  const { body } = await app.request('post', '/v1/api-keys', admin).send(sent).expect(201);
  const fingerprint = createHash('sha256')
    .update(`POST /v1/api-keys\n${JSON.stringify(sent)}`)
    .digest('hex');
  return { id: body.person.id, name, label, key: body.secret, fingerprint };
}

const person = async (id: string) => (await app.request('get', `/v1/people/${id}`, admin).expect(200)).body;
const erase = async (
  id: string,
  {
    key = admin,
    reason = 'They asked for it.',
    revision,
  }: { key?: string; reason?: string; revision?: number | null } = {},
) => {
  const request = app.request('post', `/v1/people/${id}/erasure`, key);
  const match = revision === undefined ? (await person(id)).revision : revision;
  if (match !== null) request.set('If-Match', `"${match}"`);
  return request.send({ reason });
};

const leaves = async (): Promise<string[]> =>
  (await app.database.sql<{ leaf: string }>('select leaf from log_entry order by number')).map(
    ({ leaf }) => leaf,
  );

const placesOf = async (text: string): Promise<string[]> => placesIn(await everythingIn(app.database), text);
const hashOf = (text: string, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(text).digest(encoding);

const referencesOf = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => text.match(/personal:[0-9a-f]{64}/g) ?? []));

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  admin = await app.as('administrator');
  auditor = await app.as('auditor');
  lead = await somebody('Quillon Featherstonehaugh', 'trust-lead', 'RW4');
  director = await somebody('Zephyrine O’Wrexham-Pugh', 'trust-finance-director', 'RW4');
  manager = await somebody('Thaddeus Vantongeren', 'programme-manager');
  agreed = await openAgreement(app, 'RW4');
  const others = await paymentCast(app, 'RW4');
  const cast: PaymentCast = {
    ...others,
    lead: lead.key,
    director: director.key,
    manager: manager.key,
    officer: manager.key,
  };
  claimId = (await paidClaim(app, cast, agreed, 'RW4', 1_234_00)).claim.id;
  browser = await signedIn(app, lead.key);
  await app.database.sql(
    `insert into held_form (person_id, path, body, created_at) values ($1, '/x', $2, now())`,
    [lead.id, JSON.stringify({ signedBy: lead.name })],
  );
  instant = new Date().toISOString();
  await app.database.sql('select bring_past_to(9223372036854775807)');
}, 180_000);
afterAll(() => app?.stop());

test('before: each is named where they acted, and the log holds references alone', async () => {
  const claim = JSON.stringify(await readClaim(app, auditor, claimId));
  for (const { name } of [lead, director, manager]) {
    expect(claim).toContain(name);
    const places = await placesOf(name);
    expect(places).toEqual(expect.arrayContaining(['exemplar.person', 'exemplar.personal_datum']));
    expect(places).not.toContain('exemplar.log_entry');
    expect(places.filter((place) => place.startsWith('past.'))).toEqual([]);
  }
  expect(await placesOf(lead.fingerprint)).toEqual(['exemplar.idempotency_key']);
});

test('nobody is erased who may not be, nor by whom, nor for a reason that names them', async () => {
  const before = await leaves();
  expect((await erase(lead.id, { key: auditor })).status).toBe(403);
  expect((await erase(lead.id, { revision: null })).status).toBe(428);
  expect((await erase(lead.id, { revision: 99 })).status).toBe(412);
  expect((await erase(lead.id, { reason: '' })).status).toBe(400);
  expect((await erase(randomUUID(), { revision: 1 })).status).toBe(404);
  const named = await erase(lead.id, { reason: `quillon featherstonehaugh left` });
  expect([named.status, named.body.blockers]).toMatchObject([
    409,
    [{ code: 'reason-names-person', pointer: '/reason' }],
  ]);
  const { id } = await app.actorOf(admin);
  expect((await erase(id)).body.blockers).toMatchObject([{ code: 'erases-oneself' }]);
  expect(await leaves()).toEqual(before);
  for (const key of [lead.key, auditor]) await app.request('get', '/v1/people', key).expect(403);
});

describe('who prepared, certified and approved is erased', () => {
  let before: string[];
  let references: Set<string>;

  beforeAll(async () => {
    before = await leaves();
    const data = await app.database.sql<{ reference: string }>(
      'select reference from personal_datum where person_id = any ($1)',
      [[lead.id, director.id, manager.id]],
    );
    references = new Set(data.map(({ reference }) => reference));
    for (const { id } of [lead, director, manager]) {
      const { status, body } = await erase(id);
      expect([status, body]).toMatchObject([
        200,
        { id, name: 'Erased person', keys: 0, signedIn: false, erasedAt: expect.any(String) },
      ]);
    }
  });

  test('every leaf is byte for byte what it was, the root is the same, and each proof holds', async () => {
    const after = await leaves();
    expect(after.slice(0, before.length)).toEqual(before);
    const root = rootOf(before);
    expect(rootOf(after.slice(0, before.length))).toEqual(root);
    for (let index = 0; index < before.length; index += 5)
      expect(rootFrom(after[index] as string, index, before.length, pathOf(before, index))).toEqual(root);
    // A proof that cannot fail would prove nothing.
    expect(rootFrom(`${before[3]} `, 3, before.length, pathOf(before, 3))).not.toEqual(root);
    expect(after.length).toBeGreaterThan(before.length);
  });

  test('their references stand in the log and resolve to nothing, salts and all', async () => {
    expect(references.size).toBeGreaterThan(5);
    expect([...references].filter((reference) => referencesOf(before).has(reference)).length).toBeGreaterThan(
      5,
    );
    const left = await app.database.sql(
      'select from personal_datum where person_id = any ($1) or reference = any ($2)',
      [[lead.id, director.id, manager.id], [...references]],
    );
    expect(left).toEqual([]);
  });

  test('no table holds a name, what a key was called, or a hash of either that somebody could guess', async () => {
    const everything = await everythingIn(app.database);
    for (const { name, label, fingerprint } of [lead, director, manager])
      for (const text of [name, label, fingerprint, ...name.split(' ')])
        for (const form of [text, text.toLowerCase()])
          for (const written of [form, hashOf(form, 'hex'), hashOf(form, 'base64')])
            expect([written, placesIn(everything, written)]).toEqual([written, []]);
    // What is searched holds what is there.
    expect(placesIn(everything, 'Erased person')).toContain('exemplar.person');
  });

  test('their keys, sessions and what was held for them are gone at once', async () => {
    for (const { key } of [lead, director, manager])
      expect((await app.request('get', '/v1/me', key)).status).toBe(401);
    expect((await browser.get('/tasks')).location).toContain('/sign-in');
    expect(await app.database.sql('select from web_session where person_id = $1', [lead.id])).toEqual([]);
    expect(await app.database.sql('select from held_form where person_id = $1', [lead.id])).toEqual([]);
    const [end] = await app.database.sql<{ ended_because: string }>(
      'select ended_because from sign_in where person_id = $1',
      [lead.id],
    );
    expect(end?.ended_because).toBe('erased');
  });

  test('every answer and page says that it was an erased person, today and as at before', async () => {
    const visitor = await signedIn(app, auditor);
    const paths = [
      `/v1/claims/${claimId}`,
      `/v1/log-entries?table=person&subject=${lead.id}`,
      `/v1/log-entries?table=claim&limit=200`,
    ];
    const pages = [
      `/claims/${claimId}`,
      '/history',
      `/history/claim/${claimId}`,
      `/history/person/${lead.id}`,
    ];
    for (const asAt of ['', instant]) {
      const at = (path: string) => (asAt ? `${path}${path.includes('?') ? '&' : '?'}asAt=${asAt}` : path);
      const texts = [
        ...(await Promise.all(
          paths.map(async (path) => (await app.request('get', at(path), auditor).expect(200)).text),
        )),
        ...(await Promise.all(pages.map(async (path) => (await visitor.get(at(path))).text))),
      ];
      for (const text of texts) {
        expect(text).toContain('Erased person');
        for (const { name } of [lead, director, manager]) expect(text).not.toContain(name);
      }
    }
    expect(
      (await app.request('get', `/v1/people/${lead.id}?asAt=${instant}`, admin).expect(200)).body,
    ).toMatchObject({
      name: 'Erased person',
      erasedAt: null,
    });
  });

  test('the log says that somebody was erased, by whom and why, and not who', async () => {
    const { body } = await app
      .request('get', `/v1/log-entries?table=person&subject=${lead.id}`, auditor)
      .expect(200);
    const { id, name } = await app.actorOf(admin);
    expect(body.items[0]).toMatchObject({
      action: 'person.erase',
      reason: 'They asked for it.',
      actor: { id, name },
      old: { name: 'Erased person' },
      new: { name: 'Erased person', subject: null, erased_at: expect.any(String) },
    });
    const [entry] = await app.database.sql<{ leaf: string }>('select leaf from log_entry where number = $1', [
      body.items[0].number,
    ]);
    expect(entry?.leaf).toMatch(/"old"\s*:\s*\{[^}]*"name":\s*"personal:[0-9a-f]{64}"/);
  });

  test('nobody is erased twice, nor comes back; the same request sent again does nothing', async () => {
    expect((await erase(lead.id)).body.blockers).toMatchObject([{ code: 'erased-before' }]);
    await expect(
      asSystem(app, (tx) =>
        tx.query(`update person set name = 'Back again', erased_at = null where id = $1`, [lead.id]),
      ),
    ).rejects.toMatchObject({ code: 'erased-before' });
  });

  test('personal data of somebody who is not erased cannot be deleted', async () => {
    const { id } = await app.actorOf(auditor);
    await expect(asSystem(app, (tx) => tx.query('select erase_personal_data($1)', [id]))).rejects.toThrow(
      'personal_data_goes_with_its_person',
    );
    await expect(
      asSystem(app, (tx) => tx.query('delete from personal_datum where person_id = $1', [id])),
    ).rejects.toThrow();
    expect(await app.database.sql('select from personal_datum where person_id = $1', [id])).not.toEqual([]);
  });

  test('somebody new of the same name has other references', async () => {
    const again = await somebody(lead.name, 'trust-lead', 'RW4');
    const data = await app.database.sql<{ reference: string }>(
      `select reference from personal_datum where person_id = $1 and column_name = 'name'`,
      [again.id],
    );
    expect(data).toHaveLength(1);
    expect(references.has(data[0]?.reference as string)).toBe(false);
    await erase(again.id);
    expect(await placesOf(lead.name)).toEqual([]);
  });
});
