import { freePort } from '../scripts/free-port.js';
import { CookieJar } from './support/cookie-jar.js';
import { choose, chosen, logged, makePerson, makeTrusts, me, signIn, toPeople } from './support/sign-in.js';
import { ATTEMPT, SESSION, type SignInApp, startSignInApp } from './support/sign-in-pages.js';

let exemplar: SignInApp;
let manager: string;
let lead: string;

beforeAll(async () => {
  exemplar = await startSignInApp({}, await freePort());
  await makeTrusts(exemplar);
  lead = await makePerson(exemplar, 'trust-lead', 'RW4');
  manager = await makePerson(exemplar, 'programme-manager', null);
  await makePerson(exemplar, 'auditor', null, false);
});
afterAll(() => exemplar?.stop());

/** As far as the path that the provider sends the browser back to. */
async function toCallback(jar: CookieJar): Promise<string> {
  const { pathname, search } = await chosen(jar, await toPeople(jar), manager);
  return `${pathname}${search}`;
}

describe('the way through the built-in provider', () => {
  test('leads to a session of the person who was chosen, and back to where it began', async () => {
    const jar = new CookieJar(exemplar.base);
    const path = await toPeople(jar, '/returns?page=2');
    expect(await (await jar.send(path)).json()).toEqual([
      { id: manager, name: 'Demonstration programme-manager', role: 'programme-manager', trust: null },
      {
        id: lead,
        name: 'Demonstration trust-lead',
        role: 'trust-lead',
        trust: { ods: 'RW4', name: 'Mersey Care' },
      },
    ]);
    const back = await jar.send((await chosen(jar, path, lead)).href);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/returns?page=2']);
    expect(await me(jar)).toMatchObject({
      state: 'signed-in',
      actor: { id: lead, name: 'Demonstration trust-lead', role: 'trust-lead', trustOds: 'RW4' },
      session: { personId: lead, rotatedToken: null, csrfSecret: expect.stringMatching(/^[\w-]{43}$/) },
    });
    const [{ new_image: known } = { new_image: {} }] = await logged(exemplar, 'person.sign-in', 'person');
    expect(known).toMatchObject({
      id: lead,
      issuer: 'built-in',
      subject: expect.stringMatching(/^personal:/),
      role: 'trust-lead',
      illustrative: true,
    });
    const [entry] = await logged(exemplar, 'person.sign-in');
    expect(entry).toMatchObject({
      actor_id: lead,
      operation: 'insert',
      new_image: { person_id: lead, ended_at: null },
    });
    expect(entry?.new_image).toMatchObject({ trust_id: (known as { trust_id: string }).trust_id });
  });

  test('changes nothing of the person the second time, and asks anew who to be', async () => {
    const jar = await signIn(exemplar, lead);
    const before = (await logged(exemplar, 'person.sign-in', 'person')).length;
    await signIn(exemplar, lead);
    expect(await logged(exemplar, 'person.sign-in', 'person')).toHaveLength(before);
    const former = jar.get(SESSION) as string;
    await signIn(exemplar, manager, jar);
    expect(await me(jar)).toMatchObject({ actor: { id: manager } });
    jar.set(SESSION, former);
    expect(await me(jar)).toEqual({ state: 'none' });
    expect(
      (await logged(exemplar, 'person.sign-in')).filter(({ operation }) => operation === 'update'),
    ).toMatchObject([{ actor_id: manager, new_image: { person_id: lead, ended_because: 'replaced' } }]);
  });

  test('goes two ways at once in one browser', async () => {
    const jar = new CookieJar(exemplar.base);
    const [one, other] = [await toPeople(jar), await toPeople(jar)];
    const first = await chosen(jar, one, lead);
    const second = await chosen(jar, other, manager);
    expect(second.searchParams.get('code')).not.toBe(first.searchParams.get('code'));
    // The browser knows the later attempt only.
    expect((await jar.send(first.href)).status).toBe(400);
    expect((await jar.send(second.href)).status).toBe(303);
    expect(await me(jar)).toMatchObject({ actor: { id: manager } });
  });

  test('offers illustrative people alone, and only while somebody signs in', async () => {
    const jar = new CookieJar(exemplar.base);
    const path = await toPeople(jar);
    const [real] = await exemplar.database.sql<{ id: string }>(
      'select id from person where not illustrative',
    );
    for (const id of [real?.id as string, 'nobody']) expect((await choose(jar, path, id)).status).toBe(404);
    const stranger = new CookieJar(exemplar.base);
    const answer = await stranger.send(path);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'sign-in-not-finished' }]);
    expect((await choose(stranger, path, manager)).status).toBe(400);
  });

  test('says in words that it cannot go on, without a page of its own', async () => {
    const answer = await fetch(`${exemplar.base}/oidc/auth?client_id=other`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toMatch(/Start again at http/);
    const discovery = await fetch(`${exemplar.base}/oidc/.well-known/openid-configuration`);
    const metadata = (await discovery.json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      issuer: `${exemplar.base}/oidc`,
      token_endpoint: `${exemplar.base}/oidc/token`,
    });
    expect(metadata.end_session_endpoint).toBeUndefined();
  });
});

describe('a sign-in is refused', () => {
  async function refused(jar: CookieJar, address: string): Promise<void> {
    const answer = await jar.send(address);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'sign-in-not-finished', detail: expect.stringContaining('Start again.') },
    ]);
  }

  test('with the wrong state, which does not use it up', async () => {
    const jar = new CookieJar(exemplar.base);
    const address = await toCallback(jar);
    await refused(jar, address.replace(/state=[^&]+/, 'state=another'));
    await refused(jar, address.replace(/&?state=[^&]+/, ''));
    expect((await jar.send(address)).status).toBe(303);
  });

  test('the second time', async () => {
    const jar = new CookieJar(exemplar.base);
    const address = await toCallback(jar);
    expect((await jar.send(address)).status).toBe(303);
    await refused(jar, address);
  });

  test('in another browser, with or without an attempt of its own', async () => {
    const address = await toCallback(new CookieJar(exemplar.base));
    const stranger = new CookieJar(exemplar.base);
    await refused(stranger, address);
    await toPeople(stranger);
    await refused(stranger, address);
  });

  test('when it took too long', async () => {
    const jar = new CookieJar(exemplar.base);
    const address = await toCallback(jar);
    await exemplar.database.sql(`update sign_in_attempt set expires_at = now() - interval '1 second'`);
    await refused(jar, address);
    expect(jar.get(ATTEMPT)).toBeDefined();
  });

  test.each([
    ['nonce', 'nonce'],
    ['PKCE verifier', 'verifier'],
  ])('with another %s', async (_, column) => {
    const jar = new CookieJar(exemplar.base);
    const address = await toCallback(jar);
    await exemplar.database.sql(`update sign_in_attempt set ${column} = repeat('x', 43)`);
    await refused(jar, address);
  });

  test('with a code that is none', async () => {
    const jar = new CookieJar(exemplar.base);
    await refused(jar, (await toCallback(jar)).replace(/code=[^&]+/, 'code=made-up'));
  });
});
