import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from './support/app.js';
import { beginClaim, claimStep, readClaim } from './support/claims.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import { openAgreement, paymentCast } from './support/payments.js';
import { SLUG } from './support/returns.js';
import { filled, NOBODYS, type Route, routesOf } from './support/routes.js';

let app: TestApp;
let auditor: Visitor;
let manager: Visitor;
let claim: { id: string; reference: string };
/** The names of who wrote the claim. */
let lead: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  const agreed = await openAgreement(app, 'RW4');
  const cast = await paymentCast(app, 'RW4');
  lead = (await app.actorOf(cast.lead)).name;
  const { id } = (await beginClaim(app, cast.lead, agreed)).body;
  expect((await claimStep(app, cast.lead, id, 'withdrawal', { reason: '<b>Not this year</b>' })).status).toBe(
    200,
  );
  claim = await readClaim(app, cast.lead, id);
  auditor = await signedIn(app, await app.as('auditor'));
  manager = await signedIn(app, await app.as('programme-manager'));
}, 180_000);
afterAll(() => app?.stop());

const entry = async (where: string): Promise<{ number: number; leaf: string }> => {
  const [row] = await app.database.sql<{ number: number; leaf: string }>(
    `select number::int, leaf from log_entry where ${where} order by number desc limit 1`,
  );
  return row as { number: number; leaf: string };
};
const folded = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

describe('the history of a thing', () => {
  test('is a timeline: who, when, what was done, why, before and after', async () => {
    const page = await auditor.get(`/history/claim/${claim.id}`);
    expect(page.status).toBe(200);
    expect(page.words('h1')).toBe(`${claim.reference} History of this claim`);
    const steps = [...page.document.querySelectorAll('.app-timeline > li')];
    expect(steps.map((each) => folded(each.querySelector('h2')?.textContent))).toEqual([
      'Withdrew the claim',
      'Began the claim',
    ]);
    const [last] = steps;
    expect(folded(last?.querySelector('.app-timeline__who')?.textContent)).toMatch(
      new RegExp(`^${lead}, trust lead, on \\d+ \\w+ \\d{4} at `),
    );
    expect(last?.querySelector('.app-was')?.textContent).toBe('<b>Not this year</b>');
    expect(page.text).not.toContain('<b>Not');
    const rows = [...(last?.querySelectorAll('tbody tr') ?? [])].map((row) => folded(row.textContent));
    expect(rows).toContain('State Draft Withdrawn');
    expect(rows).toContain(`Ended by –nothing ${lead}`);
    expect(page.document.querySelector(`main a[href="/claims/${claim.id}"]`)).not.toBeNull();
  });

  test('is a file too, a line for each field', async () => {
    const { text, headers } = await auditor.get(`/history/claim/${claim.id}?download=changes`);
    expect(headers['content-type']).toContain('text/csv');
    expect(text.split('\r\n')[0]).toBe('Entry,When,Who,Role,Did,Why,What,Field,Before,After');
    expect(text).toMatch(/,Withdrew the claim,<b>Not this year<\/b>,Claim CLM-\d+,State,Draft,Withdrawn\r\n/);
  });

  test('goes by the number of the log', async () => {
    const { number } = await entry(`subject_id = '${claim.id}'`);
    const page = await auditor.get(`/history/claim/${claim.id}?before=${number}`);
    expect([...page.document.querySelectorAll('.app-timeline h2')].map((each) => each.textContent)).toEqual([
      'Began the claim',
    ]);
  });

  test.each([
    [() => `/history/claim/${NOBODYS}`, 404],
    [() => `/history/payment/${claim.id}`, 404],
    [() => `/history/web_session/${claim.id}`, 404],
    [() => `/history/idempotency_key/${claim.id}`, 404],
    [() => `/history/${encodeURIComponent("claim' or true --")}/${claim.id}`, 404],
    [() => '/history/claim/7', 404],
    [() => '/history/entries/0', 404],
    [() => '/history/entries/99999999', 404],
    [() => '/history/entries/x', 404],
    [() => `/history/claim/${claim.id}?before=x`, 400],
    [() => '/history?from=2018-02-30', 400],
    [() => '/history?subject=x', 400],
    [() => '/history?actor=%00', 400],
  ])('what is not there, or cannot be read, is refused: %#', async (path, status) =>
    expect((await auditor.get(path())).status).toBe(status),
  );
});

describe('the log', () => {
  const numbers = async (query: string): Promise<string[]> =>
    (await auditor.get(`/history?${query}`)).rows('log').map(([number]) => number as string);

  test('is narrowed down by what, who, whose and when', async () => {
    const all = await numbers('');
    expect(all).toHaveLength(50);
    const own = await numbers(`subject=${claim.id}`);
    expect(own).toHaveLength(2);
    expect(
      await numbers(`table=claim&action=claim.withdraw&trust=RW4&actor=${encodeURIComponent(lead)}`),
    ).toEqual(own.slice(0, 1));
    expect(await numbers('table=claim&trust=RXT')).toEqual([]);
    expect(await numbers('table=claim&actor=nobody')).toEqual([]);
    expect(await numbers('actor=system:test')).not.toEqual([]);
    const [day] = new Date().toISOString().split('T');
    expect(await numbers(`table=claim&from=2018-01-01&to=2018-12-31`)).toEqual([]);
    expect(await numbers(`table=claim&from=2018-01-01&to=${Number(day?.slice(0, 4)) + 1}-01-01`)).toEqual(
      own,
    );
  });

  test('goes on from page to page, and keeps what it is narrowed to', async () => {
    const page = await auditor.get('/history?table=milestone');
    const next = page.document.querySelector('#log .app-table__actions a')?.getAttribute('href');
    const last = page.rows('log').at(-1)?.[0];
    expect(next).toBe(`/history?table=milestone&before=${last}`);
    const after = (await auditor.get(next as string)).rows('log');
    expect(Number(after[0]?.[0])).toBeLessThan(Number(last));
    expect(new Set(after.map((row) => row[3]?.startsWith('Milestone')))).toEqual(new Set([true]));
  });

  test('shows an entry whole, with the very text that is hashed, and what was changed with it', async () => {
    const { number, leaf } = await entry(`table_name = 'goal' and action = 'programme.apply'`);
    const page = await auditor.get(`/history/entries/${number}`);
    expect(page.document.querySelector('.app-leaf')?.textContent).toBe(leaf);
    expect(page.rows('together').map((row) => row[1])).toContainEqual(expect.stringMatching(/^Project: /));
    expect(page.words('.nhsuk-summary-list')).toContain(
      'Applied the definition of the programmeprogramme.apply',
    );
  });

  test('masks what proves who somebody is, on pages and in the API, and says so', async () => {
    const { number, leaf } = await entry(`table_name = 'api_key'`);
    const { hash, id } = (JSON.parse(leaf) as { new: { hash: string; id: string } }).new;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const page = await auditor.get(`/history/entries/${number}`);
    expect(page.words('main')).toContain('A part is masked here: hash.');
    const answers = [
      page.text,
      (await auditor.get(`/history/api_key/${id}`)).text,
      (await auditor.get(`/history/entries/${number}?download=changes`)).text,
      (await auditor.get('/history?table=api_key')).text,
      JSON.stringify(
        (await app.request('get', `/v1/log-entries?table=api_key&limit=200`, await app.as('auditor'))).body,
      ),
    ];
    const hashes = await app.database.sql<{ hash: string }>('select hash from api_key');
    for (const text of answers) {
      expect(text).not.toBe('');
      expect(hashes.filter((each) => text.includes(each.hash))).toEqual([]);
    }
    expect((await entry(`number = ${number}`)).leaf).toBe(leaf);
  });
});

describe('the date control', () => {
  test.each(['/audit', `/programmes/${SLUG}/money`, '/history'])(
    '%s can be shown as at a past moment, and its links stay there',
    async (path) => {
      const [{ at } = { at: '' }] = await app.database.sql<{ at: string }>(
        'select to_json(recorded_at) as at from log_entry order by number desc limit 1',
      );
      const page = await auditor.get(`${path}?asAt=${encodeURIComponent(at)}`);
      expect(page.status).toBe(200);
      expect(page.words('.app-past')).toMatch(
        /^You are looking at the past\. This is the record as it stood at \d+ \w+ \d{4} at/,
      );
      const links = [...page.document.querySelectorAll('a[href^="/"]')].map(
        (link) => link.getAttribute('href') ?? '',
      );
      expect(links.length).toBeGreaterThan(5);
      const own = new RegExp(`[?&]asAt=${encodeURIComponent(at)}`);
      expect(links.filter((href) => !own.test(href))).toEqual([]);
    },
  );

  test('an entry leads to the record as it stood when it was made', async () => {
    const list = await auditor.get('/history');
    const entry = await auditor.get(list.document.querySelector('#log tbody a')?.getAttribute('href') ?? '');
    const link = [...entry.document.querySelectorAll('main a')].find(
      ({ textContent }) => textContent === 'The record as it stood then',
    );
    const page = await auditor.get(link?.getAttribute('href') ?? '');
    expect(page.status).toBe(200);
    expect(page.words('.app-past')).toContain('You are looking at the past.');
  });

  test('says so where nothing had been recorded by then', async () => {
    const page = await auditor.get('/audit?asAt=2018-03-31');
    expect(page.status).toBe(200);
    expect(page.words('.app-past')).toContain('at the end of 31 March 2018');
    expect(page.words('.app-past')).toContain('Nothing had been recorded by then.');
  });

  test('takes a time of the day', async () => {
    const page = await auditor.get('/audit?asAt=2018-07-20&asAtTime=14:05');
    expect(page.words('.app-past')).toContain('at 20 July 2018 at 2:05pm');
    expect(page.document.querySelector('main a[href*="asAt=2018-07-20T13%3A05%3A59"]')).not.toBeNull();
  });

  test('leads back to now, with what else the address says', async () => {
    const page = await auditor.get('/history?table=claim&asAt=2018-03-31');
    const back = page.document.querySelector('.app-past form');
    expect(back?.getAttribute('action')).toBe('/history');
    expect(
      [...(back?.querySelectorAll('input') ?? [])].map((input) => [
        input.getAttribute('name'),
        input.getAttribute('value'),
      ]),
    ).toEqual([['table', 'claim']]);
  });

  test('is on each page of somebody who signed in, closed, and carries nothing', async () => {
    const page = await manager.get('/audit');
    expect(page.words('.app-date summary')).toBe('As at now');
    expect(page.document.querySelector('.app-date')?.hasAttribute('open')).toBe(false);
    expect(page.document.querySelector('a[href*="asAt"]')).toBeNull();
    expect(page.document.querySelector('.app-past')).toBeNull();
  });

  test.each(['2018-02-30', 'yesterday', '2018-03-31T25:00:00Z', '2018-03-31&asAtTime=25:00'])(
    'a moment that is none is a page of its own: %s',
    async (on) => {
      const page = await auditor.get(`/audit?asAt=${on}`);
      expect(page.status).toBe(400);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.words('main')).toContain('asAt must be a moment');
    },
  );

  test('nothing can be done in the past: no form, and no way to one', async () => {
    const path = `/programmes/${SLUG}/findings/new`;
    expect((await manager.get(path)).document.querySelector('main form[method="post"]')).not.toBeNull();
    const at = encodeURIComponent(new Date().toISOString());
    const page = await manager.get(`${path}?asAt=${at}`);
    expect(page.document.querySelector('main form[method="post"]')).toBeNull();
    expect(page.words('main')).toContain('The past cannot be changed.');
    const list = await manager.get(`/programmes/${SLUG}/findings?asAt=${at}`);
    expect(list.document.querySelector(`a[href^="${path}"]`)).toBeNull();
  });

  test('is not on a public page', async () => {
    for (const path of ['/accessibility-statement', '/privacy']) {
      const page = await visitor(app, '').get(path);
      expect(page.status).toBe(200);
      expect(page.document.querySelector('.app-date')).toBeNull();
    }
  });
});

describe('auditors are read-only', () => {
  const posts = (): Route[] =>
    routesOf(app).filter(
      ({ method, path }) => method === 'post' && !/^\/(v1|docs|oidc|health)(\/|$)/.test(path),
    );
  /** Routes that are about the sign-in of whoever asks, or that take what a browser tells of itself. */
  const OWN = /^\/(sign-(in|out)|held-forms|csp-reports)(\/|$)/;
  const logged = async () =>
    (
      await app.database.sql<{ count: number }>(
        `select count(*)::int as count from log_entry where table_name not in ('sign_in', 'person', 'api_key')`,
      )
    )[0]?.count;

  test('no form that there is changes anything in an auditor’s name', async () => {
    const csrf = await formToken();
    const before = await logged();
    const found: unknown[] = [];
    for (const { path } of posts().filter(({ path }) => !OWN.test(path))) {
      const at = filled(path, { slug: SLUG, id: claim.id, ods: 'RW4' });
      const fields = {
        _csrf: csrf,
        _key: randomUUID(),
        _page: '/audit',
        _revision: '1',
        reason: 'A reason.',
      };
      const { status } = await auditor.post(at, fields);
      if (![303, 403, 404].includes(status)) found.push({ path, status });
    }
    expect(found).toEqual([]);
    expect(await logged()).toBe(before);
  });

  test('the token of the forms above is one that is taken', async () => {
    const path = '/held-forms/00000000-0000-7000-8000-000000000000/discarding';
    const answer = await auditor.post(path, { _csrf: await formToken(), _key: randomUUID() });
    expect(answer.text).not.toContain('This form did not come from a page');
  });

  async function formToken(): Promise<string> {
    const page = await auditor.get('/audit');
    return page.document.querySelector('header input[name=_csrf]')?.getAttribute('value') ?? '';
  }
});
