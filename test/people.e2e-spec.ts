import type { Role } from '../src/core/permissions.js';
import { EraseUnseenPeopleJob } from '../src/identity/erase-unseen-people.job.js';
import { ErasureService } from '../src/identity/erasure.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { everythingIn, placesIn } from './support/everything.js';
import { signedIn } from './support/pages.js';
import { asSystem } from './support/standing-money.js';

let app: TestApp;
let admin: string;
let auditor: string;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.as('administrator');
  auditor = await app.as('auditor');
});
afterAll(() => app?.stop());

/** Somebody by the API, as an administrator makes them. */
async function somebody(name: string, role: Role): Promise<{ id: string; name: string }> {
  const sent = { name, role, trust: null, label: 'test', days: 30 };
  return (await app.request('post', '/v1/api-keys', admin).send(sent).expect(201)).body.person;
}

const person = async (id: string) => (await app.request('get', `/v1/people/${id}`, admin).expect(200)).body;
const placesOf = async (text: string): Promise<string[]> => placesIn(await everythingIn(app.database), text);

test('the list tells what was last seen of everybody, page by page', async () => {
  const { id } = await somebody('Listed Whistlethwaite', 'auditor');
  const first = (await app.request('get', '/v1/people?limit=1', admin).expect(200)).body;
  expect(first.items).toMatchObject([
    { id, keys: 1, signedIn: false, signedInAt: null, actedAt: null, erasedAt: null },
  ]);
  const second = (await app.request('get', `/v1/people?limit=1&after=${first.next}`, admin).expect(200)).body;
  expect(second.items).toHaveLength(1);
  expect(second.items[0].id).not.toBe(id);
  const { id: own } = await app.actorOf(admin);
  await signedIn(app, admin);
  expect(await person(own)).toMatchObject({
    signedIn: true,
    signedInAt: expect.any(String),
    actedAt: expect.any(String),
  });
});

describe('by the pages', () => {
  test('an administrator finds who it is, gives a reason, and is told that it is done', async () => {
    const { id, name } = await somebody('Ottoline Vandersnoot', 'assessor');
    const visitor = await signedIn(app, admin);
    expect((await visitor.get('/')).text).not.toContain('No such');
    const list = await visitor.get('/administration/people');
    expect(list.rows('people').some(([cell]) => cell?.startsWith(name))).toBe(true);
    const path = `/administration/people/${id}`;
    expect((await visitor.get(path)).words('main')).toContain('Erase this person');
    const step = `${path}/steps/erasure`;
    const refused = await visitor.send(step, { reason: `${name} left` }, step);
    expect(refused.errors().join(' ')).toContain('must not hold the name');
    const done = await visitor.send(step, { reason: 'They left.' }, step);
    expect([done.status, done.location]).toEqual([303, path]);
    const after = await visitor.get(path);
    expect(after.words('h1')).toContain('Erased person');
    expect(after.words('main')).not.toContain('Erase this person');
    expect(await placesOf(name)).toEqual([]);
  });

  test('nobody else opens them', async () => {
    const visitor = await signedIn(app, auditor);
    expect((await visitor.get('/administration/people')).status).toBe(403);
  });
});

describe('people of whom nothing was seen', () => {
  test('are erased at night, and nobody else', async () => {
    const [gone, withKey, acting, changed] = [
      await somebody('Gone Whistlethwaite', 'auditor'),
      await somebody('Kept Whistlethwaite', 'auditor'),
      await somebody('Acting Whistlethwaite', 'administrator'),
      await somebody('Changed Whistlethwaite', 'auditor'),
    ];
    const ended = [gone, acting, changed].map(({ id }) => id);
    await app.database.sql(`update api_key set revoked_at = now() where person_id = any ($1)`, [ended]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const since = new Date();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await app.database.sql('update person set illustrative = true where id = $1', [changed.id]);
    await app.database.sql(
      `begin; set local exemplar.actor_id = '${acting.id}'; update programme set revision = revision; commit`,
    );
    const service = app.app.get(ErasureService, { strict: false });
    const others = await app.database.sql<{ id: string }>(
      'select id from person where erased_at is null and id <> $1 order by id',
      [gone.id],
    );
    await asSystem(app, async (tx) => {
      // Whoever tests made without a key was never seen either.
      await tx.query(`update person set revision = revision where name = 'Somebody'`);
    });
    expect(await asSystem(app, (tx) => service.eraseUnseenSince(tx, since))).toBe(1);
    expect((await person(gone.id)).name).toBe('Erased person');
    expect(await app.database.sql('select id from person where erased_at is null order by id')).toEqual(
      others,
    );
    expect(withKey.id).not.toBe(gone.id);
  });

  test('the job erases nobody who was seen within the years that people are kept', async () => {
    const job = app.app.get(EraseUnseenPeopleJob, { strict: false });
    expect(await asSystem(app, (tx) => job.handle(tx))).toEqual({ erased: 0 });
  });
});
