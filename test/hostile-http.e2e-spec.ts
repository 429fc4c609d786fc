import pino from 'pino';
import { type Permission, ROLES, type Role, roleMay, TRUST_ROLES } from '../src/core/permissions.js';
import { SESSION_COOKIE } from '../src/http/page-access.js';
import { startTestApp, type TestApp } from './support/app.js';
import { CookieJar } from './support/cookie-jar.js';
import { signedIn, type Visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';
import { filled, pageRoutesOf, type Route } from './support/routes.js';
import { fire } from './support/shots.js';
import { makePerson } from './support/sign-in.js';

let app: TestApp;
let base: string;
/** What the program logged, at every level. */
const lines: string[] = [];
const keys = new Map<Role, string>();
const visitors = new Map<Role, Visitor>();
let person: string;

beforeAll(async () => {
  app = await startTestApp({ env: { LOG_LEVEL: 'silent' } });
  const { log } = app.app.getHttpAdapter().getInstance() as unknown as { log: object };
  Object.assign(log, {
    level: 'trace',
    [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) },
  });
  base = `http://127.0.0.1:${(app.app.getHttpServer().address() as { port: number }).port}`;
  for (const role of ROLES) {
    const key = await app.as(role, TRUST_ROLES.includes(role) ? 'RW4' : undefined);
    keys.set(role, key);
    visitors.set(role, await signedIn(app, key));
  }
  person = await makePerson({ app: app.app } as never, 'programme-manager', null);
}, 60_000);
afterAll(() => app?.stop());

const manager = (): Visitor => visitors.get('programme-manager') as Visitor;
const get = (path: string, headers: Record<string, string> = {}) =>
  fire(app, { method: 'get', path, headers, body: undefined });
const post = (path: string, headers: Record<string, string>, fields: Record<string, string>) =>
  fire(app, {
    method: 'post',
    path,
    headers: { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });

/** Signs in as far as a session, in a browser that may have cookies already. */
async function signIn(jar: CookieJar): Promise<CookieJar> {
  const { url } = await jar.follow('/sign-in', ({ pathname }) => pathname.startsWith('/sign-in/people/'));
  const chosen = await jar.send(url.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ person }).toString(),
  });
  const end = await jar.follow(chosen.headers.get('location') ?? '', ({ pathname }) => pathname === '/tasks');
  expect(end.url.pathname).toBe('/tasks');
  return jar;
}

describe('a session', () => {
  test('that somebody else gave the browser is not the one that it has after signing in', async () => {
    const jar = new CookieJar(base);
    const planted = 'a'.repeat(43);
    jar.set(SESSION_COOKIE, planted);
    await signIn(jar);
    expect(jar.get(SESSION_COOKIE)).toMatch(/^[\w-]{43}$/);
    expect(jar.get(SESSION_COOKIE)).not.toBe(planted);
    expect((await get('/tasks', { Cookie: `${SESSION_COOKIE}=${planted}` })).status).toBe(303);
  });

  test('is another after signing in again, and the one before is over on the server', async () => {
    const jar = await signIn(new CookieJar(base));
    const before = jar.get(SESSION_COOKIE) as string;
    await signIn(jar);
    expect(jar.get(SESSION_COOKIE)).not.toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await get('/tasks', { Cookie: `${SESSION_COOKIE}=${before}` })).status).toBe(303);
  });

  test('is over on the server after signing out', async () => {
    const jar = await signIn(new CookieJar(base));
    const token = jar.get(SESSION_COOKIE) as string;
    const page = await (await jar.send('/tasks')).text();
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const out = await post('/sign-out', { Cookie: `${SESSION_COOKIE}=${token}` }, { _csrf: csrf });
    expect(out.status).toBe(303);
    expect(String(out.headers['set-cookie'])).toContain(`${SESSION_COOKIE}=;`);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await get('/tasks', { Cookie: `${SESSION_COOKIE}=${token}` })).status).toBe(303);
  });

  test('goes by cookies that no script reads, no other site sends and no plain connection carries', async () => {
    const jar = new CookieJar(base);
    const set: string[] = [];
    const send = jar.send.bind(jar);
    jar.send = async (...asked) => {
      const answer = await send(...asked);
      set.push(...answer.headers.getSetCookie().filter((line) => !line.includes('/oidc')));
      return answer;
    };
    await signIn(jar);
    const ours = set.filter((line) => line.startsWith('__Host-exemplar'));
    expect(new Set(ours.map((line) => line.split('=')[0])).size).toBeGreaterThan(1);
    for (const line of ours) {
      expect(line).toMatch(/; Path=\//);
      expect(line).toMatch(/; HttpOnly/);
      expect(line).toMatch(/; Secure/);
      expect(line).toMatch(/; SameSite=Lax/);
      expect(line).not.toMatch(/Domain/i);
    }
  });

  test('is no key, and a key is no session', async () => {
    const key = keys.get('programme-manager') as string;
    expect((await get('/v1/me', { Cookie: manager().cookie })).status).toBe(401);
    expect(
      (await get('/v1/me', { Cookie: `${SESSION_COOKIE}=${key}; Authorization=Bearer ${key}` })).status,
    ).toBe(401);
    expect((await get('/tasks', { Authorization: `Bearer ${key}`, Accept: 'text/html' })).status).toBe(303);
    expect((await get(`/v1/me?access_token=${key}`)).status).toBe(401);
    expect((await get(`/v1/me?key=${key}`)).status).toBe(401);
  });
});

describe('a form', () => {
  const posts = (): Route[] =>
    pageRoutesOf(app).filter(({ method, access }) => method === 'post' && access !== 'public');
  const whoMay = ({ access }: Route): Visitor =>
    visitors.get(
      ROLES.find((role) => access === 'anybody' || roleMay(role, access as Permission)) as Role,
    ) as Visitor;
  const tokenOf = async (who: Visitor): Promise<string> =>
    (await who.get('/tasks')).document.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';

  test('of any route is refused without the token of its session, and from another site with it', async () => {
    const taken: unknown[] = [];
    const tokens = new Map<Visitor, string>();
    for (const who of visitors.values()) tokens.set(who, await tokenOf(who));
    const [one, other] = [...tokens.values()];
    expect([one === '', one === other]).toEqual([false, false]);
    for (const route of posts()) {
      const who = whoMay(route);
      const [own, foreign] = [
        tokens.get(who) as string,
        [...tokens].find(([each]) => each !== who)?.[1] as string,
      ];
      const path = filled(route.path, { slug: SLUG, ods: 'RW4' });
      const ask = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
        post(path, { Cookie: who.cookie, ...headers }, { _key: 'a-key-of-a-form', ...fields });
      const answers = [
        await ask({}),
        await ask({ _csrf: '' }),
        await ask({ _csrf: foreign }),
        await ask({ _csrf: `${own}x` }),
        await ask({ _csrf: own }, { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }),
        await ask({ _csrf: own }, { 'Sec-Fetch-Site': 'same-site' }),
        await ask({ _csrf: own }, { Origin: 'https://evil.example' }),
        await ask({ _csrf: own }, { Origin: 'null' }),
      ];
      if (answers.some(({ status }) => status !== 403))
        taken.push([route.path, answers.map(({ status }) => status)]);
    }
    expect(posts().length).toBeGreaterThan(30);
    expect(taken).toEqual([]);
  });

  test('of our own page is taken, whatever it is called from outside', async () => {
    const own = await tokenOf(manager());
    const { status } = await post(
      '/exports',
      { Cookie: manager().cookie, 'Sec-Fetch-Site': 'same-origin', Origin: base, Host: base.slice(7) },
      { _csrf: own, _key: 'another-key-of-a-form' },
    );
    expect(status).not.toBe(403);
  });
});

describe('an address', () => {
  const EVIL = 'evil.example';

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/%09/evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '@evil.example',
  ])('to go back to, %j, leads to no other server', async (to) => {
    const jar = new CookieJar(base);
    const { url } = await jar.follow(`/sign-in?returnTo=${encodeURIComponent(to)}`, ({ pathname }) =>
      pathname.startsWith('/sign-in/people/'),
    );
    const chosen = await jar.send(url.pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ person }).toString(),
    });
    const { url: back } = await jar.follow(
      chosen.headers.get('location') ?? '',
      ({ pathname }) => pathname === '/sign-in/callback',
    );
    const end = await jar.send(back.href);
    expect(new URL(end.headers.get('location') ?? '', base).host).toBe(new URL(base).host);
  });

  test('in no answer is made of what a request calls this server', async () => {
    const forged = {
      Host: EVIL,
      'X-Forwarded-Host': EVIL,
      'X-Forwarded-Proto': 'gopher',
      Forwarded: `host=${EVIL}`,
      'X-Original-URL': `//${EVIL}`,
    };
    const found: unknown[] = [];
    const auditor = { Authorization: `Bearer ${keys.get('programme-manager')}` };
    const asked: Array<[string, Record<string, string>]> = [
      ['/v1/organisations?limit=1', auditor],
      ['/v1/organisations?limit=1&format=csv', auditor],
      [`/v1/programmes/${SLUG}/milestones?limit=1`, auditor],
      ['/v1/nothing', auditor],
      ['/openapi.json', {}],
      ['/docs', {}],
      ['/open-data', {}],
      ['/open-data/360giving.json', {}],
      ['/sign-in', {}],
      ['/oidc/.well-known/openid-configuration', {}],
      ...pageRoutesOf(app)
        .filter(({ method, path }) => method === 'get' && !path.includes(':id'))
        .map(({ path }): [string, Record<string, string>] => [
          filled(path, { slug: SLUG, ods: 'RW4' }),
          { Cookie: manager().cookie, Accept: 'text/html' },
        ]),
    ];
    for (const [path, headers] of asked) {
      const { status, headers: sent, text } = await get(path, { ...headers, ...forged });
      if (status >= 500) found.push([path, status]);
      if (`${JSON.stringify(sent)}${text}`.includes(EVIL)) found.push([path, status, sent.location]);
    }
    expect(found).toEqual([]);
  });

  test.each([
    '/sign-in?returnTo=/a%0d%0aX-Injected:%20yes',
    '/%0d%0aX-Injected:%20yes',
    `/programmes/${SLUG}/claims?after=%0d%0aX-Injected:%20yes`,
    `/exports/download?list=/v1/claims%0d%0aX-Injected:%20yes&format=csv`,
    `/tasks?asAt=%0d%0aX-Injected:%20yes`,
  ])('with line breaks in it, %s, puts nothing among the headers', async (path) => {
    for (const cookie of [manager().cookie, '']) {
      const { status, headers } = await get(path, { Cookie: cookie, Accept: 'text/html' });
      expect(status).toBeLessThan(500);
      expect(Object.keys(headers)).not.toContain('x-injected');
      expect(JSON.stringify(headers)).not.toMatch(/\\r|\\n/);
    }
  });
});

describe('the log of the program', () => {
  test('has one line of JSON for each thing, whatever a request holds, and forges none', async () => {
    lines.length = 0;
    const forged = '{"level":"fatal","msg":"forged"}';
    const asked: Array<[string, Record<string, string>]> = [
      ['/v1/%0a%7b%22level%22:%22fatal%22%7d', {}],
      ['/v1/%1b%5b31mred', {}],
      [
        `/v1/programmes/${encodeURIComponent(`x\n${forged}`)}`,
        { Authorization: `Bearer ${keys.get('auditor')}` },
      ],
      ['/v1/me', { 'X-Request-Id': forged, 'User-Agent': forged, Authorization: `Bearer ${forged}` }],
      ['/v1/me', { 'X-Request-Id': 'a\tb', Referer: forged, Cookie: forged }],
    ];
    for (const [path, headers] of asked) await get(path, headers);
    await fire(app, {
      method: 'post',
      path: '/csp-reports',
      headers: { 'Content-Type': 'application/csp-report' },
      body: JSON.stringify({ 'csp-report': { 'blocked-uri': `a\n${forged}\u001b[31m` } }),
    });
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      expect(line.endsWith('\n')).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f]/);
      expect(JSON.parse(line)).toMatchObject({ level: expect.not.stringMatching('fatal') });
    }
  });

  test('holds no key, cookie, token or code, and no address with one', async () => {
    lines.length = 0;
    const jar = await signIn(new CookieJar(base));
    const page = await (await jar.send('/tasks')).text();
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] as string;
    const key = keys.get('auditor') as string;
    const cookie = manager().cookie.split('=')[1] as string;
    await get('/v1/me', { Authorization: `Bearer ${key}` });
    for (const path of [`/v1/me?access_token=${key}`, `/v1/me?x=${key}`, `/v1/claims/${key}`])
      await get(path, { Authorization: `Bearer ${key}` });
    await get('/tasks', { Cookie: manager().cookie });
    await post('/exports', { Cookie: manager().cookie }, { _csrf: csrf, _key: 'the-key-of-a-form' });
    await get('/sign-in/callback?code=a-code-that-is-secret&state=a-state-that-is-secret');
    const secrets = [
      key,
      cookie,
      csrf,
      ...jar.values().filter((value) => value.length > 20),
      'a-code-that-is-secret',
      'a-state-that-is-secret',
    ];
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) for (const secret of secrets) expect(line).not.toContain(secret);
    const entries = await app.database.sql<{ leaf: string }>('select leaf from log_entry');
    for (const { leaf } of entries) for (const secret of secrets) expect(leaf).not.toContain(secret);
  });
});
