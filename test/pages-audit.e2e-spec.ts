import { ACTIONS, THINGS } from '../src/web/audit/history.words.js';
import type { TestApp } from './support/app.js';
import { signedIn, type Visitor, visitor } from './support/pages.js';
import { startPlayedMoney } from './support/play-money.js';
import { castFor, openReturns, reportId, SLUG, step, throughAcceptance } from './support/returns.js';

const P = `/programmes/${SLUG}`;
const QUESTIONS = [
  'payment-exceptions',
  'separation-of-duties',
  'match-concerns',
  'money-movements',
  'amendments',
  'unvalidated',
  'reconciliation',
  'overdue-actions',
];

let app: TestApp;
let auditor: Visitor;
let corrected: string;

beforeAll(async () => {
  // Money first: a return that is overdue shuts gates.
  app = await startPlayedMoney();
  await openReturns(app);
  const cast = await castFor(app, 'RX4');
  corrected = await reportId(app, cast.lead, 'RX4', '2017/18 Q1');
  await throughAcceptance(app, cast, corrected, 40);
  const reason = { reason: 'The numerator was of another ward.' };
  expect((await step(app, cast.lead, corrected, 'correction', reason)).status).toBe(200);
  auditor = await signedIn(app, await app.as('auditor'));
}, 180_000);
afterAll(() => app?.stop());

const csv = async (path: string): Promise<string[]> => {
  const { status, text } = await auditor.get(path);
  expect(status).toBe(200);
  return text.trim().split('\r\n');
};

describe('the auditor’s questions', () => {
  test('are ten, each with the page that answers it', async () => {
    const page = await auditor.get('/audit');
    expect(page.status).toBe(200);
    const keys = [...page.document.querySelectorAll('.nhsuk-summary-list__key')].filter((key) =>
      /^\d+\./.test(key.textContent?.trim() ?? ''),
    );
    expect(keys).toHaveLength(10);
    expect(page.words('main')).toContain('Answered Choose a date on any page');
    const links = [...page.document.querySelectorAll('.app-links a')].map((link) =>
      link.getAttribute('href'),
    );
    expect(links).toEqual([P, `${P}/payments`, ...QUESTIONS.map((path) => `${P}/${path}`)]);
  });

  test('have headlines for a programme', async () => {
    const page = await auditor.get(`${P}/audit`);
    const rows = page.rows('questions');
    expect(rows.map((row) => row[1])).toEqual([
      'Choose a date',
      'See the list',
      ...Array.from({ length: 8 }, () => 'Look at this'),
    ]);
    expect(rows[2]?.[2]).toMatch(
      /1 payment went before its gate was passed; 1 payment lacks a gate decision that stood/,
    );
    expect(rows[3]?.[2]).toMatch(/^Separation of duties was broken/);
    expect(rows[8]?.[2]).toMatch(/^5 of \d\d totals differ\. 2 differences in the ledger stand/);
  });

  test.each(QUESTIONS)('%s: has its tables, and each is a file', async (path) => {
    const page = await auditor.get(`${P}/${path}`);
    expect(page.status).toBe(200);
    expect(page.words('.app-lead')).not.toBe('');
    const tables = [...page.document.querySelectorAll('.app-table')].map(({ id }) => id);
    expect(tables.length).toBeGreaterThan(0);
    for (const id of tables) expect((await csv(`${P}/${path}?download=${id}`)).length).toBeGreaterThan(0);
  });

  test('3 and 4 show what was tampered with', async () => {
    const exceptions = await auditor.get(`${P}/payment-exceptions`);
    expect(exceptions.rows('before-gate')[0]?.at(-1)).toMatch(
      /^It was paid on 14 May 2018, and its gate was passed/,
    );
    expect(exceptions.rows('without-decision')[0]?.at(-1)).toMatch(/^No gate decision was made/);
    expect(exceptions.rows('advances')).toHaveLength(1);
    const duties = await auditor.get(`${P}/separation-of-duties`);
    expect(duties.rows('breaches')[0]?.join()).toMatch(/was (payer|scheduler) and approver/);
    expect(duties.rows('duties').length).toBeGreaterThan(3);
  });

  test('7 tells what was amended, by whom and why, and leads to the versions', async () => {
    const page = await auditor.get(`${P}/amendments`);
    const [amended] = page.rows('amended-returns');
    expect(amended?.slice(0, 3)).toEqual([
      expect.stringContaining('2017/18 Q1'),
      '2',
      expect.stringContaining('trust-lead RX4'),
    ]);
    expect(amended?.[4]).toBe('The numerator was of another ward.');
    expect(page.document.querySelector('#amended-returns tbody a')?.getAttribute('href')).toBe(
      `/returns/${corrected}/versions`,
    );
    expect(page.rows('amended-claims')[0]?.[4]).toBe('As the board agreed.');
    expect(page.rows('varied-agreements')[0]?.[5]).toMatch(/CR-\d{5}/);
  });

  test('8 tells what is unvalidated, and what was due and not reported', async () => {
    const page = await auditor.get(`${P}/unvalidated`);
    expect(page.rows('unvalidated')[0]?.[3]).toBe('Self-reported');
    expect(page.rows('late').map((row) => row.slice(0, 2).join())).not.toContainEqual(
      expect.stringMatching(/Northumberland.*2017\/18 Q1/),
    );
    expect(page.rows('late').length).toBeGreaterThan(6);
  });

  test('9 tells what agrees and what the ledger differs by', async () => {
    const page = await auditor.get(`${P}/reconciliation`);
    expect(
      page
        .rows('totals')
        .find(([total]) => total === 'Awards')
        ?.at(-1),
    ).toBe('Agrees');
    expect(
      page
        .rows('totals')
        .filter((row) => row.at(-1) === 'Differs')
        .map(([total]) => total),
    ).toEqual(['Grant in the ledger']);
    expect(page.rows('differences').map(([, kind]) => kind)).toEqual(['Control', 'Balance']);
    expect(page.words('main')).toContain('What is published is added up from the files of open data');
  });

  test('lists come in pages, each table by itself', async () => {
    const page = await auditor.get(`${P}/separation-of-duties?after=nonsense`);
    expect(page.status).toBe(400);
    expect(page.words('h1')).not.toBe('');
  });
});

describe('the log of all that was played', () => {
  test('has words for every table, every action and every column', async () => {
    const recorded = await app.database.sql<{ name: string }>(
      `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where tgname = 'record_change'`,
    );
    const done = await app.database.sql<{ name: string }>(
      `select distinct action as name from log_entry where action not like 'test.%'`,
    );
    expect({
      tables: recorded.map(({ name }) => name).filter((name) => !(name in THINGS)),
      actions: done.map(({ name }) => name).filter((name) => !(name in ACTIONS)),
    }).toEqual({ tables: [], actions: [] });
  });

  test('is told whole: each entry has a page', async () => {
    const entries = await app.database.sql<{ number: number }>(
      `select distinct on (table_name, operation, action) number::int from log_entry
       order by table_name, operation, action, number`,
    );
    expect(entries.length).toBeGreaterThan(150);
    for (const { number } of entries) {
      const page = await auditor.get(`/history/entries/${number}`);
      expect([number, page.status]).toEqual([number, 200]);
      expect(page.words('main')).not.toMatch(/\[object Object\]|undefined|NaN/);
    }
  }, 180_000);
});

describe('who may see them', () => {
  test.each([
    ['trust-lead', 'RW4'],
    ['trust-finance-director', 'RW4'],
    ['assessor', undefined],
  ] as const)(
    '%s may not',
    async (role, trust) => {
      const other = await signedIn(app, await app.as(role, trust));
      for (const path of [
        '/audit',
        '/history',
        '/history/entries/1',
        `/history/progress_report/${corrected}`,
      ])
        expect((await other.get(path)).status).toBe(403);
      for (const path of ['audit', ...QUESTIONS]) expect((await other.get(`${P}/${path}`)).status).toBe(403);
    },
    180_000,
  );

  test('nobody may without signing in', async () =>
    expect(await visitor(app, '').get('/history')).toMatchObject({ status: 303 }));
});
