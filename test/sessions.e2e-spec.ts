import { freePort } from '../scripts/free-port.js';
import { Clock } from '../src/config/clock.js';
import { systemActor } from '../src/core/actor.js';
import { ReadScope } from '../src/database/read-scope.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { HeldForms, MAX_HELD } from '../src/identity/held-forms.service.js';
import { Sessions } from '../src/identity/sessions.js';
import { CookieJar } from './support/cookie-jar.js';
import { age, logged, makePerson, makeTrusts, me, signIn, soon } from './support/sign-in.js';
import { SESSION, type SignInApp, startSignInApp } from './support/sign-in-pages.js';

let exemplar: SignInApp;
let manager: string;
let lead: string;

beforeAll(async () => {
  exemplar = await startSignInApp({}, await freePort());
  await makeTrusts(exemplar);
  lead = await makePerson(exemplar, 'trust-lead', 'RW4');
  manager = await makePerson(exemplar, 'programme-manager', null);
});
afterAll(() => exemplar?.stop());

const work = () => exemplar.app.get(UnitOfWork, { strict: false });

describe('a session', () => {
  test.each([
    ['of which nobody made use', 'seen_at', 31, 'idle'],
    ['at the end of its time', 'expires_at', 721, 'expired'],
  ])('%s is over, and says whose it was', async (_, column, minutes, because) => {
    const jar = await signIn(exemplar, manager);
    const { session } = await me(jar);
    await soon();
    await age(exemplar, jar, column, minutes);
    for (let times = 0; times < 2; times += 1)
      expect(await me(jar)).toEqual({ state: 'expired', personId: manager, csrfSecret: session.csrfSecret });
    expect((await logged(exemplar, 'sign-in.end')).at(-1)).toMatchObject({
      actor_id: 'system:session',
      new_image: { person_id: manager, ended_because: because },
    });
  });

  test('that is used goes on, and the log does not hear of it', async () => {
    const jar = await signIn(exemplar, manager);
    await soon();
    await age(exemplar, jar, 'seen_at', 20);
    const entries = () => exemplar.database.sql('select number from log_entry');
    const before = (await entries()).length;
    expect(await me(jar)).toMatchObject({ state: 'signed-in' });
    await soon();
    await age(exemplar, jar, 'seen_at', 20);
    expect(await me(jar)).toMatchObject({ state: 'signed-in' });
    expect((await entries()).length).toBe(before);
  });

  test('has another token every hour, once, and the one before counts for a minute', async () => {
    const jar = await signIn(exemplar, manager);
    const { session } = await me(jar);
    await soon();
    await age(exemplar, jar, 'rotated_at', 61);
    const former = jar.get(SESSION) as string;
    const late = new CookieJar(exemplar.base);
    late.set(SESSION, former);
    const answers = await Promise.all([me(jar), me(late), me(late)]);
    expect(answers.map(({ state }) => state)).toEqual(Array(3).fill('signed-in'));
    const tokens = answers.flatMap(({ session: { rotatedToken } }) => rotatedToken ?? []);
    expect(tokens).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(tokens).not.toContain(former);
    jar.set(SESSION, tokens[0] as string);
    expect((await me(jar)).session).toEqual({ ...session, rotatedToken: null });
    late.set(SESSION, former);
    expect(await me(late)).toMatchObject({ state: 'signed-in', session: { rotatedToken: null } });
    await soon();
    await age(exemplar, jar, 'rotated_at', 2);
    expect(await me(late)).toEqual({ state: 'none' });
    expect(await me(jar)).toMatchObject({ state: 'signed-in' });
  });

  test('has the role and the trust that the person has now', async () => {
    const jar = await signIn(exemplar, lead);
    await exemplar.database.sql(
      `update person set role = 'trust-finance-director', trust_id = (select id from organisation where ods_code = 'RXT')
       where id = $1`,
      [lead],
    );
    await soon();
    expect(await me(jar)).toMatchObject({ actor: { role: 'trust-finance-director', trustOds: 'RXT' } });
  });

  test.each([['none'], ['a'.repeat(43)], ['%00']])('with the token %p is none', async (token) => {
    const jar = new CookieJar(exemplar.base);
    jar.set(SESSION, token as string);
    expect(await me(jar)).toEqual({ state: 'none' });
  });

  test('is over when its person signs out, and the log has it', async () => {
    const jar = await signIn(exemplar, manager);
    expect(await me(jar)).toMatchObject({ state: 'signed-in' });
    const out = await jar.send('/sign-out', { method: 'POST' });
    expect([out.status, out.headers.get('location')]).toEqual([303, '/']);
    expect(await me(jar)).toEqual({ state: 'none' });
    expect((await logged(exemplar, 'person.sign-out')).at(-1)).toMatchObject({
      actor_id: manager,
      old_image: { ended_at: null, ended_because: null },
      new_image: { ended_because: 'signed-out' },
    });
    expect((await jar.send('/sign-out', { method: 'POST' })).status).toBe(303);
    expect((await logged(exemplar, 'person.sign-out')).length).toBe(1);
  });
});

test('a session that was ended elsewhere is over here within a second', async () => {
  const jar = await signIn(exemplar, manager);
  const elsewhere = new Sessions(
    exemplar.app.get(ReadScope, { strict: false }),
    work(),
    exemplar.app.get(Clock, { strict: false }),
    exemplar.config,
  );
  expect(await me(jar)).toMatchObject({ state: 'signed-in' });
  await elsewhere.end(jar.get(SESSION), 'elsewhere');
  await soon();
  expect(await me(jar)).toEqual({ state: 'none' });
});

describe('a form that was sent too late', () => {
  const forms = () => exemplar.app.get(HeldForms, { strict: false });
  const body = { narrative: 'Typed for an hour', lines: [{ amountPence: '100' }] };

  test('is there for whoever sent it, and the log does not hear of it', async () => {
    const id = (await forms().hold(lead, '/returns/1', body, 'request')) as string;
    expect(await forms().of(lead, id)).toEqual({ path: '/returns/1', body });
    expect(await forms().of(manager, id)).toBeUndefined();
    expect(await forms().of(lead, 'x')).toBeUndefined();
    expect(
      await exemplar.database.sql(`select from log_entry where leaf like '%Typed for an hour%'`),
    ).toEqual([]);
  });

  test('leads to no other server', async () => {
    const id = (await forms().hold(lead, '//evil.example', body, 'request')) as string;
    expect(await forms().of(lead, id)).toMatchObject({ path: '/' });
  });

  test('is not held where it is too large, or holds what may not be kept', async () => {
    expect(await forms().hold(lead, '/', { text: 'é'.repeat(131_073) }, 'request')).toBeNull();
    const large = { text: 'x'.repeat(262_100), more: Array(10).fill(1) };
    expect(await forms().hold(lead, '/', large, 'request')).toMatch(/^[0-9a-f-]{36}$/);
    await expect(forms().hold(lead, '/', { text: 'For 943 476 5919' }, 'request')).rejects.toMatchObject({
      status: 400,
      code: 'nhs-number',
    });
  });

  test(`is one of ${MAX_HELD} at most, and the oldest give way`, async () => {
    const ids: string[] = [];
    for (let number = 0; number < MAX_HELD + 2; number += 1)
      ids.push((await forms().hold(manager, '/', { number }, 'request')) as string);
    expect(await forms().of(manager, ids[1] as string)).toBeUndefined();
    expect(await forms().of(manager, ids[2] as string)).toMatchObject({ body: { number: 2 } });
  });
});

test('at night, sessions that are over are written down, and what has served its time is deleted', async () => {
  const idle = await signIn(exemplar, lead);
  const longOver = await signIn(exemplar, lead);
  const inUse = await signIn(exemplar, lead);
  const { sql } = exemplar.database;
  await age(exemplar, idle, 'seen_at', 60);
  await age(exemplar, longOver, 'expires_at', 9 * 24 * 60);
  await sql(`insert into sign_in_attempt values ('old', '', '', '', '/', now(), now() - interval '2 days')`);
  await sql(
    `insert into held_form (person_id, path, body, created_at) values ($1, '/', '{}', now() - interval '8 days')`,
    [lead],
  );
  const actor = systemActor('clear-sign-ins', 'night');
  const clear = () =>
    work().run({ actor, action: 'clear-sign-ins' }, (tx) =>
      exemplar.app.get(Sessions, { strict: false }).clear(tx),
    );
  expect(await clear()).toMatchObject({ over: 2, attempts: 1, forms: 1 });
  expect(await clear()).toEqual({ over: 0, sessions: 0, attempts: 0, forms: 0 });
  expect((await logged(exemplar, 'clear-sign-ins')).map(({ new_image }) => new_image)).toMatchObject([
    { person_id: lead, ended_because: 'idle' },
    { person_id: lead, ended_because: 'expired' },
  ]);
  await soon();
  expect(await me(idle)).toMatchObject({ state: 'expired', personId: lead });
  expect(await me(longOver)).toEqual({ state: 'none' });
  expect(await me(inUse)).toMatchObject({ state: 'signed-in' });
  const rest = `select i.ended_because as because from web_session s join sign_in i on i.id = s.sign_in_id`;
  expect((await sql(rest)).map(({ because }) => because)).not.toContain('signed-out');
});

test('no token and no secret is in the log, nor in what the program writes', async () => {
  const jar = await signIn(exemplar, manager);
  const { session } = await me(jar);
  const kept = await exemplar.database.sql<Record<string, string>>(
    'select token_hash, csrf_secret, id_token from web_session union all select token_hash, state, verifier from sign_in_attempt',
  );
  const secrets = [...jar.values(), session.csrfSecret, ...kept.flatMap((row) => Object.values(row))].filter(
    (secret) => secret !== null && secret.length > 9,
  );
  expect(secrets.length).toBeGreaterThan(10);
  const entries = (await exemplar.database.sql<{ leaf: string }>('select leaf from log_entry')).map(
    ({ leaf }) => leaf,
  );
  expect(entries.length).toBeGreaterThan(10);
  expect(exemplar.lines.filter((line) => line.includes('request completed')).length).toBeGreaterThan(10);
  for (const written of [...entries, ...exemplar.lines])
    for (const secret of secrets) expect(written).not.toContain(secret);
});
