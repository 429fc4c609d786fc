import { startTestApp, type TestApp } from './support/app.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';

const SLUG = '/programmes/mental-health-exemplars';
const MONEY = `${SLUG}/money`;
const NEW_FINDING = `${SLUG}/findings/new`;
const MARKUP = '<script>alert(1)</script>';

let app: TestApp;
let manager: Visitor;
let assessor: Visitor;

beforeAll(async () => {
  app = await startTestApp();
  manager = await signedIn(app, await app.as('programme-manager'));
  assessor = await signedIn(app, await app.as('assessor'));
});
afterAll(() => app?.stop());

/** The fields of the page that records a finding, as a browser has them. */
async function protection(who: Visitor): Promise<Record<string, string>> {
  const { document } = await who.get(NEW_FINDING);
  const form = document.querySelector('main form[method=post]');
  return Object.fromEntries(
    [...(form?.querySelectorAll('input[type=hidden]') ?? [])].map((field) => [
      field.getAttribute('name') ?? '',
      field.getAttribute('value') ?? '',
    ]),
  );
}

describe('every page', () => {
  test('is HTML with a policy of its own, and none without signing in', async () => {
    const [page, again] = [await manager.get(MONEY), await manager.get(MONEY)];
    expect(page.status).toBe(200);
    expect(page.words('h1')).toContain('Money: awarded, drawn and remaining');
    const policy = page.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self' 'nonce-[^']{20,}'; style-src 'self';/);
    expect(policy).not.toContain('unsafe');
    expect(again.headers['content-security-policy']).not.toBe(policy);
    expect(page.headers['cache-control']).toBe('no-store');
    const stranger = await visitor(app, '').get(`${MONEY}?year=2017/18`);
    expect(stranger.status).toBe(303);
    expect(stranger.location).toBe(`/sign-in?returnTo=${encodeURIComponent(`${MONEY}?year=2017/18`)}`);
  });

  test('has no script, style or handler within its markup but what carries its nonce', async () => {
    const { document, headers } = await manager.get(SLUG);
    const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
    expect([...document.querySelectorAll('script')].map((each) => each.getAttribute('nonce'))).toEqual([
      nonce,
      nonce,
    ]);
    expect(document.querySelectorAll('style, [style]').length).toBe(0);
    const handlers = [...document.querySelectorAll('*')].filter((each) =>
      [...each.attributes].some(({ name }) => name.startsWith('on')),
    );
    expect(handlers).toEqual([]);
  });

  test('that is not there is a page, and says who is signed in', async () => {
    const page = await manager.get('/nothing');
    expect([page.status, page.words('h1')]).toEqual([404, 'Page not found']);
    expect(page.words('header')).toContain('programme-manager of the programme');
    const unknown = await manager.get('/programmes/none/money');
    expect([unknown.status, unknown.words('h1')]).toEqual([404, 'Page not found']);
    expect((await visitor(app, '').get('/v1/nothing')).headers['content-type']).toContain('problem+json');
  });

  test('that somebody may not open says so', async () => {
    const page = await assessor.get('/audit');
    expect([page.status, page.words('h1')]).toEqual([403, 'You cannot do this']);
    expect(page.words('main')).toContain('Your role does not allow it');
  });

  test('that fails says nothing of its cause, gives a reference, and the program goes on', async () => {
    await app.database.sql('alter table exemplar.audit_finding rename to hidden');
    const page = await manager.get(`${SLUG}/findings`);
    await app.database.sql('alter table exemplar.hidden rename to audit_finding');
    expect([page.status, page.words('h1')]).toEqual([500, 'Sorry, there is a problem with the service']);
    expect(page.words('main')).toMatch(/Reference: [0-9a-f-]{36}/);
    expect(page.text).not.toMatch(/audit_finding|relation|select |\.ts|\.js:/);
    expect((await manager.get(`${SLUG}/findings`)).status).toBe(200);
  });
});

describe('every table', () => {
  test('is ordered as its address says, and downloads in that order', async () => {
    const awarded = async (sort: string) =>
      (await manager.get(`${MONEY}?sort=${sort}`)).rows('by-year').map((row) => row[2]);
    const [up, down] = [await awarded('by-year.awarded'), await awarded('-by-year.awarded')];
    expect(up.length).toBe(down.length);
    const file = await manager.get(`${MONEY}?sort=-by-year.awarded&download=by-year`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toBe('attachment; filename="by-year.csv"');
    expect(file.text.split('\r\n')[0]).toContain('Awarded (£)');
    expect((await manager.get(`${MONEY}?download=nothing`)).status).toBe(404);
  });
});

describe('every form', () => {
  const typed = { kind: 'recommendation' };

  test('of another site, or of nobody, changes nothing', async () => {
    const before = await app.database.sql('select count(*) from exemplar.audit_finding');
    const fields = await protection(assessor);
    for (const wrong of [
      { _csrf: '' },
      { _csrf: `${fields._csrf}x` },
      { _csrf: (await protection(manager))._csrf },
    ]) {
      const page = await assessor.post(NEW_FINDING, { ...fields, ...typed, ...(wrong as { _csrf: string }) });
      expect([page.status, page.words('main')]).toEqual([
        403,
        expect.stringContaining('did not come from a page that you have open here'),
      ]);
    }
    expect(await app.database.sql('select count(*) from exemplar.audit_finding')).toEqual(before);
  });

  test('that is refused is shown again, with what was typed as text and never as markup', async () => {
    const page = await assessor.send(NEW_FINDING, { statement: MARKUP, review: `"${MARKUP}` });
    expect(page.status).toBe(400);
    expect(page.errors().length).toBeGreaterThan(0);
    expect(page.words('title')).toMatch(/^Error: /);
    expect(page.text).not.toContain(MARKUP);
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('names a page of this server, or is shown on none', async () => {
    const fields = await protection(assessor);
    for (const _page of ['//elsewhere.example/', 'https://elsewhere.example/', '/nothing', '/sign-out']) {
      const page = await assessor.post(NEW_FINDING, { ...fields, _page });
      expect([_page, page.status, page.document.querySelector('main form[method=post]')]).toEqual([
        _page,
        400,
        null,
      ]);
    }
  });

  test('to sign out carries its token; afterwards the session is nobody’s', async () => {
    const leaving = await signedIn(app, await app.as('auditor'));
    expect((await leaving.post('/sign-out', {})).status).toBe(403);
    const { document } = await leaving.get('/audit');
    const token = document.querySelector('header [name=_csrf]')?.getAttribute('value') ?? '';
    const out = await leaving.post('/sign-out', { _csrf: token });
    expect([out.status, out.location]).toEqual([303, '/']);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await leaving.get('/audit')).status).toBe(303);
  });
});
