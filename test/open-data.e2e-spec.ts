import supertest from 'supertest';
import { Config } from '../src/config/config.js';
import type { Grant, GrantPackage } from '../src/open-data/grant.types.js';
import { OpenDataReader } from '../src/open-data/open-data.reader.js';
import type { TestApp } from './support/app.js';
import { startDemonstration } from './support/demonstration.js';
import { givingSchemas, ownFaults } from './support/giving-schemas.js';
import { wholeOpenData } from './support/in-pages.js';
import { type OpenPage, type Visitor, visitor } from './support/pages.js';
import { SLUG } from './support/returns.js';

const JSON_FILE = '/open-data/360giving.json';
const schemas = givingSchemas();

let app: TestApp;
let nobody: Visitor;
let published: GrantPackage;
const file = (path: string, headers: Record<string, string> = {}) =>
  supertest(app.app.getHttpServer()).get(path).set(headers);

beforeAll(async () => {
  app = await startDemonstration();
  nobody = visitor(app, '');
  published = (await file(JSON_FILE).expect(200)).body;
}, 240_000);
afterAll(() => app?.stop());

const pence = (amounts: number[]): number => amounts.reduce((sum, each) => sum + Math.round(each * 100), 0);
const disbursed = ({ disbursementTransaction }: Grant): number =>
  pence(disbursementTransaction.map(({ value }) => value));

describe('the package of the demonstration', () => {
  test('is as our own schema describes it, and each of its grants', () =>
    expect([published.grants.length, ownFaults(published)]).toEqual([7, []]));

  (schemas ? test : test.skip)(
    'is valid by 360Giving 1.4 (skipped where shared/360giving is not there)',
    () => expect(schemas?.faults(published)).toEqual([]),
  );

  test('adds up to the ledger, to the penny', async () => {
    const [ledger] = await app.database.sql<Record<'awarded' | 'net' | 'match', number>>(
      `select sum(balance_pence) filter (where source = 'grant')::float8 as awarded,
         sum(balance_pence) filter (where source = 'grant' and stage in ('paid', 'written-off'))::float8 as net,
         sum(balance_pence) filter (where source = 'match' and stage = 'accepted')::float8 as match
       from account where stage <> 'outside'`,
    );
    expect(pence(published.grants.map(({ amountAwarded }) => amountAwarded))).toBe(ledger?.awarded);
    expect(
      pence(published.grants.flatMap((grant) => grant.commitmentTransaction.map(({ value }) => value))),
    ).toBe(ledger?.awarded);
    expect(published.grants.reduce((sum, grant) => sum + disbursed(grant), 0)).toBe(ledger?.net);
    for (const grant of published.grants) expect(pence([grant.amountDisbursed])).toBe(disbursed(grant));
    const rows = (await file('/open-data/match.csv')).text.trim().split('\r\n').slice(1);
    expect(pence(rows.map((row) => Number(row.split(',').at(-1))))).toBe(ledger?.match);
    expect(ledger?.net).toBeGreaterThan(0);
    expect(ledger?.match).toBeGreaterThan(0);
  });

  test('says that it is made up, in the package and in each grant', () => {
    expect(published.title).toMatch(/^Illustrative: /);
    expect(published.description).toContain('7 of 7 are illustrative');
    for (const { title, description } of published.grants)
      expect([title, description]).toEqual([
        expect.stringMatching(/^Illustrative: /),
        expect.stringMatching(/^Illustrative: made up/),
      ]);
  });

  test('names a renamed trust as it is called now, and as it was called then', () =>
    expect(published.grants.find(({ id }) => id.endsWith('-R1A'))?.recipientOrganization).toEqual([
      {
        id: 'GB-NHS-R1A',
        name: 'Herefordshire and Worcestershire Health and Care NHS Trust',
        alternateName: 'Worcestershire Health and Care NHS Trust',
      },
    ]));

  test('names no person, and holds nothing that somebody wrote', async () => {
    const people = await app.database.sql<{ name: string }>('select distinct name from person');
    const wrote = await app.database.sql<{ text: string }>(
      `select reason as text from recovery union select description from contribution union select description from claim
       union select decision_reason from claim union select narrative from journal`,
    );
    const texts = await Promise.all(
      [JSON_FILE, '/open-data/360giving.csv', '/open-data/match.csv', '/open-data'].map(
        async (path) => (await file(path)).text,
      ),
    );
    expect(people.length).toBeGreaterThan(10);
    for (const word of [...people.map(({ name }) => name), ...wrote.map(({ text }) => text)].filter(
      (each) => each,
    ))
      expect([word, texts.some((text) => text.includes(word))]).toEqual([word, false]);
  });
});

describe('the files', () => {
  test.each([
    [JSON_FILE, 'application/json'],
    ['/open-data/360giving.csv', 'text/csv'],
    ['/open-data/match.csv', 'text/csv'],
    [`/open-data/${SLUG}/360giving.json`, 'application/json'],
    [`/open-data/${SLUG}/360giving.csv`, 'text/csv'],
    [`/open-data/${SLUG}/match.csv`, 'text/csv'],
    ['/open-data/dictionary.json', 'application/schema+json'],
    ['/open-data/dictionary.csv', 'text/csv'],
  ])('%s is open to every website, and kept by its tag', async (path, type) => {
    const { headers } = await file(path).expect(200);
    expect(headers).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
    const again = await file(path, { 'If-None-Match': `"other", ${headers.etag}` }).expect(304);
    expect([again.text, again.headers.etag]).toEqual(['', headers.etag]);
    await file(path, { 'If-None-Match': '"other"' }).expect(200);
  });

  test('they carry their licence and the day of their last change, by which a copy is known', async () => {
    const { headers } = await file(JSON_FILE);
    expect(headers.link).toBe(`<${published.license}>; rel="license"`);
    expect(new Date(headers['last-modified'] as string).getTime()).toBe(
      Math.floor(Date.parse(published.modified) / 1000) * 1000,
    );
    await file(JSON_FILE, { 'If-Modified-Since': headers['last-modified'] as string }).expect(304);
    const before = new Date(Date.parse(published.modified) - 60_000).toUTCString();
    await file(JSON_FILE, { 'If-Modified-Since': before }).expect(200);
  });

  test('a change gives another tag and a later date', async () => {
    const { headers } = await file(JSON_FILE);
    await app.database.sql(`update organisation set name = 'Mersey Care' where ods_code = 'RW4'`);
    const { headers: later, body } = await file(JSON_FILE, {
      'If-None-Match': headers.etag as string,
    }).expect(200);
    expect(later.etag).not.toBe(headers.etag);
    expect(Date.parse(body.modified)).toBeGreaterThan(Date.parse(published.modified));
    expect(body.grants.find(({ id }: Grant) => id.endsWith('-RW4')).recipientOrganization[0].name).toBe(
      'Mersey Care',
    );
  });

  test('a text that a spreadsheet would run is defused', async () => {
    await app.database.sql(`update organisation set name = '=cmd()' where ods_code = 'RW4'`);
    expect((await file('/open-data/360giving.csv')).text).toContain(",'=cmd(),");
    expect((await file('/open-data/match.csv')).text).toContain(",'=cmd(),");
  });

  test('a programme that is not there has no file', async () => {
    await file('/open-data/nothing/360giving.json').expect(404);
    await file('/open-data/nothing/match.csv').expect(404);
  });

  test('as at a day before the agreements there is none; as at now there are the same', async () => {
    await file(`${JSON_FILE}?asAt=2017-01-01`).expect(404);
    const now = (await file(JSON_FILE).expect(200)).body;
    const { body } = await file(`${JSON_FILE}?asAt=${new Date().toISOString()}`).expect(200);
    expect(body).toEqual(now);
  });

  test('without a registered prefix production publishes nothing, and says what to do', async () => {
    const reader = new OpenDataReader(undefined as never, { openData: { prefix: undefined } } as Config);
    await expect(wholeOpenData(reader, 'https://x.example')).rejects.toMatchObject({
      status: 404,
      code: 'open-data-not-set-up',
    });
  });
});

describe('the pages', () => {
  let page: OpenPage;
  beforeAll(async () => {
    page = await nobody.get('/open-data');
  });

  test('say what it is, under which licence, how fresh, and that it is made up', () => {
    const words = page.words('main');
    for (const each of [
      'Open Government Licence v3.0',
      'Anything in them last changed on',
      'Published by NHS England',
      'Illustrative',
      '360G-not-registered stands',
    ])
      expect(words).toContain(each);
  });

  test('hold every published total against the ledger', () => {
    expect(
      page.rows('reconciliation').map(([, figure, , , difference, result]) => [figure, difference, result]),
    ).toEqual(['Awarded', 'Paid', 'Recovered', 'Match accepted'].map((figure) => [figure, '£0', 'Agrees']));
    expect(page.words('main')).toContain('Every published total agrees with the ledger to the penny.');
  });

  test('say by how much, where one does not agree', async () => {
    const nudge = (by: number) =>
      app.database.sql(
        `update account set balance_pence = balance_pence + ${by} where id = (select id from account
           where source = 'grant' and stage = 'paid' and balance_pence > 1 order by id limit 1)`,
      );
    await nudge(-1);
    const { words, rows } = { ...(await nobody.get('/open-data')) };
    await nudge(1);
    expect(rows('reconciliation')[1]?.slice(1)).toEqual([
      'Paid',
      expect.any(String),
      expect.any(String),
      '£0.01',
      'Does not agree',
    ]);
    expect(words('main')).toContain('is published £0.01 above the ledger');
    expect(words('main')).not.toContain('Every published total agrees');
  });

  test('lead to every file', async () => {
    const links = [...page.document.querySelectorAll('#files a[href]')].map(
      (link) => link.getAttribute('href') as string,
    );
    const files = links.filter((href) => href.startsWith('/open-data/'));
    expect(files).toHaveLength(6);
    for (const href of files) await file(href).expect(200);
  });

  test('explain every field', async () => {
    const dictionary = await nobody.get('/open-data/dictionary');
    const fields = dictionary.rows('fields').map(([field]) => field);
    expect(fields.some((field) => field?.startsWith('grants[].amountAwarded'))).toBe(true);
    expect(dictionary.rows('match-fields')).toHaveLength(7);
    expect((await file('/open-data/dictionary.csv')).text.trim().split('\r\n')).toHaveLength(
      fields.length + 1,
    );
  });
});
