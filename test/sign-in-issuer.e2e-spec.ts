import { randomBytes } from 'node:crypto';
import { freePort } from '../scripts/free-port.js';
import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { Person } from '../src/identity/person.entity.js';
import { CookieJar } from './support/cookie-jar.js';
import { type Issuer, startIssuer } from './support/issuer.js';
import { until } from './support/queue-application.js';
import { isCallback, logged, makePerson, makeTrusts, me } from './support/sign-in.js';
import { type SignInApp, startSignInApp } from './support/sign-in-pages.js';

let issuer: Issuer;
let exemplar: SignInApp;
const started: Array<{ stop(): Promise<void> }> = [];

async function start(
  options: { inUserInfoAlone?: boolean; env?: Record<string, string> } = {},
): Promise<[Issuer, SignInApp]> {
  const port = await freePort();
  const { inUserInfoAlone = false, env = {} } = options;
  const issuer = await startIssuer({ home: `http://127.0.0.1:${port}`, inUserInfoAlone });
  started.push(issuer);
  const registration = {
    OIDC_ISSUER: issuer.address,
    OIDC_CLIENT_ID: issuer.clientId,
    OIDC_CLIENT_SECRET: issuer.clientSecret,
  };
  const exemplar = await startSignInApp({ ...registration, ...env }, port);
  started.push(exemplar);
  await makeTrusts(exemplar);
  return [issuer, exemplar];
}

beforeAll(async () => {
  [issuer, exemplar] = await start();
});
afterAll(async () => {
  for (const each of started.reverse()) await each.stop();
});

/** Signs somebody in of whom the issuer says this. */
async function signIn(
  subject: string | null,
  claims: Record<string, unknown> = {},
  [from, to] = [issuer, exemplar],
): Promise<{ jar: CookieJar; answer: Response }> {
  from.next = subject;
  if (subject !== null) from.people[subject] = claims;
  const jar = new CookieJar(to.base);
  const { url } = await jar.follow('/sign-in?to=/returns', isCallback);
  return { jar, answer: await jar.send(url.href) };
}

const person = (subject: string) =>
  exemplar.database.sql(
    `select p.name, p.role, o.ods_code as trust, p.issuer, p.illustrative, p.revision
     from person p left join organisation o on o.id = p.trust_id where p.subject = $1`,
    [subject],
  );

test('somebody is made at their first sign-in, and is as their claims are at each one after', async () => {
  const lead = { name: ' Asha  Patel ', roles: ['staff', 'trust-lead'], ods_code: 'rw4' };
  const { jar, answer } = await signIn('asha', lead);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/returns']);
  const first = { name: 'Asha Patel', role: 'trust-lead', trust: 'RW4', issuer: issuer.address };
  expect(await person('asha')).toEqual([{ ...first, illustrative: false, revision: 1 }]);
  const { actor } = await me(jar);
  expect(actor).toMatchObject({ name: 'Asha Patel', role: 'trust-lead', trustOds: 'RW4' });

  await signIn('asha', lead);
  expect(await person('asha')).toMatchObject([{ revision: 1 }]);
  await signIn('asha', { given_name: 'Asha', family_name: 'Khan', roles: 'assessor', ods_code: 'RXT' });
  expect(await person('asha')).toMatchObject([
    { name: 'Asha Khan', role: 'assessor', trust: null, revision: 2 },
  ]);
  await signIn('asha', { ...lead, ods_code: 'RXT' });
  expect(await person('asha')).toMatchObject([{ role: 'trust-lead', trust: 'RXT', revision: 3 }]);

  const entries = await logged(exemplar, 'person.sign-in', 'person');
  expect(entries.map(({ operation, actor_id }) => [operation, actor_id])).toEqual([
    ['insert', actor.id],
    ['update', actor.id],
    ['update', actor.id],
  ]);
  expect(await logged(exemplar, 'person.sign-in')).toHaveLength(4);
});

test('somebody with a key is not somebody who signs in, whatever they are called', async () => {
  await makePerson(exemplar, 'auditor', null);
  const [keyed] = await exemplar.database.sql<{ id: string }>('select id from person where subject is null');
  const { jar } = await signIn(keyed?.id as string, { name: 'Demonstration auditor', roles: ['auditor'] });
  expect((await me(jar)).actor.id).not.toBe(keyed?.id);
});

test('somebody who signs in for the first time twice at once is one person', async () => {
  issuer.people.twin = { name: 'Twin', roles: ['auditor'] };
  issuer.next = 'twin';
  const jar = new CookieJar(exemplar.base);
  const { url } = await jar.follow('/sign-in', isCallback);
  const order = { actor: systemActor('test', 'test'), action: 'test' };
  const twin = { name: 'Twin', role: 'auditor', issuer: issuer.address, subject: 'twin' } as const;
  let answer: Promise<Response> | undefined;
  await exemplar.app.get(UnitOfWork, { strict: false }).run(order, async (tx) => {
    await tx.insert(Person, twin);
    answer = jar.send(url.href);
    const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(
      () => exemplar.database.sql(waits),
      (waiting) => waiting.length > 0,
    );
  });
  expect((await answer)?.status).toBe(303);
  expect(await person('twin')).toHaveLength(1);
  expect((await me(jar)).actor).toMatchObject({ name: 'Twin', role: 'auditor' });
});

test.each([
  ['no role', { name: 'A', roles: [] }, ['no-role']],
  ['two roles', { name: 'A', roles: ['auditor', 'assessor'] }, ['more-than-one-role']],
  ['a trust role and no trust', { name: 'A', roles: ['trust-lead'] }, ['no-trust']],
  ['a trust that is not here', { name: 'A', roles: ['trust-lead'], ods_code: 'RZZ' }, ['unknown-trust']],
  ['neither name nor role', {}, ['no-name', 'no-role']],
])('somebody with %s is not let in', async (_, claims, codes) => {
  const { jar, answer } = await signIn('stranger', claims);
  const body = (await answer.json()) as {
    blockers: Array<{ code: string; message: string }>;
    detail: string;
  };
  expect([answer.status, body]).toMatchObject([403, { code: 'not-known', title: 'You may not do this' }]);
  expect(body.blockers.map(({ code }) => code)).toEqual(codes);
  for (const { message } of body.blockers) expect(body.detail).toContain(message);
  expect(await person('stranger')).toEqual([]);
  expect(await me(jar)).toEqual({ state: 'none' });
});

test('somebody who stops at the provider is told so', async () => {
  const { answer } = await signIn(null);
  expect([answer.status, await answer.json()]).toMatchObject([
    403,
    { code: 'sign-in-refused', detail: expect.stringContaining('Start again.') },
  ]);
});

test('whoever signs out here is sent to sign out there too', async () => {
  const { jar } = await signIn('asha', { name: 'Asha', roles: ['auditor'] });
  const out = await jar.send('/sign-out', { method: 'POST' });
  const address = new URL(out.headers.get('location') ?? '');
  expect(`${address.origin}${address.pathname}`).toBe(`${issuer.address}/session/end`);
  expect(address.searchParams.get('post_logout_redirect_uri')).toBe(`${exemplar.base}/`);
  expect(address.searchParams.get('id_token_hint')).toMatch(/^ey/);
  expect((await jar.send(address.href)).status).toBe(200);
  expect(await me(jar)).toEqual({ state: 'none' });
  expect(await exemplar.database.sql('select id_token from web_session where id_token is null')).not.toEqual(
    [],
  );
});

test('the built-in provider is not there beside another', async () => {
  for (const path of ['/oidc/.well-known/openid-configuration', '/sign-in/people/x'])
    expect((await fetch(`${exemplar.base}${path}`)).status).toBe(404);
});

test('claims are found in the userinfo too, under names and with meanings of their own', async () => {
  const env = {
    OIDC_ROLES: 'Exemplar.Lead=trust-lead',
    OIDC_ROLE_CLAIM: 'roles.code',
    OIDC_TRUST_CLAIM: 'roles.at',
  };
  const own = await start({ inUserInfoAlone: true, env });
  const { jar } = await signIn('bo', { name: 'Bo', roles: [{ code: 'Exemplar.Lead', at: 'RXT' }] }, own);
  expect((await me(jar)).actor).toMatchObject({ name: 'Bo', role: 'trust-lead', trustOds: 'RXT' });
  const { answer } = await signIn('cy', { name: 'Cy', roles: [{ code: 'trust-lead', at: 'RXT' }] }, own);
  expect(await answer.json()).toMatchObject({ code: 'not-known', blockers: [{ code: 'no-role' }] });
});

test('a provider that is away is said to be, and found once it is back', async () => {
  const [away, here] = [await freePort(), await freePort()];
  const env = { OIDC_ISSUER: `http://127.0.0.1:${away}`, OIDC_CLIENT_ID: 'exemplar' };
  const app = await startSignInApp({ ...env, OIDC_CLIENT_SECRET: randomBytes(8).toString('hex') }, here);
  started.push(app);
  const refused = await fetch(`${app.base}/sign-in`);
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { detail: 'The sign-in service cannot be reached at the moment. Try again in a minute.' },
  ]);
  const back = await startIssuer({ home: app.base, port: away });
  started.push(back);
  back.next = 'asha';
  back.people.asha = { name: 'Asha', roles: ['auditor'] };
  const jar = new CookieJar(app.base);
  const { url } = await jar.follow('/sign-in', isCallback);
  // It does not know Exemplar by this secret.
  const answer = await jar.send(url.href);
  expect(answer.status).toBe(503);
  expect(app.lines.join('')).toContain('invalid_client');
});
