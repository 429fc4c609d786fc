import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'csv-parse/sync';
import { undefused } from '../src/exports/cell.rules.js';
import { startTestApp, type TestApp } from './support/app.js';
import { CELLS } from './support/cells.js';
import { manyPostings, ODD_TEXTS } from './support/many-postings.js';

/** More than fits between the database and a client who takes nothing. */
const COUNT = 40_000;
const LIST = '/v1/programmes/mental-health-exemplars/postings';

let app: TestApp;
let auditor: string;

beforeAll(async () => {
  app = await startTestApp();
  auditor = await app.as('auditor');
  await manyPostings(app, COUNT);
}, 180_000);
afterAll(() => app?.stop());

const ndjson = (text: string): Array<{ id: string; amountPence: number; journal: { narrative: string } }> =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const cells = (text: string): string[][] => parse(text, { bom: true, record_delimiter: '\r\n' });
const sum = (rows: Array<{ amountPence: number }>): number =>
  rows.reduce((total, { amountPence }) => total + amountPence, 0);

/** Reads an answer as it arrives, and does something when its first bytes are there. */
function arriving(
  path: string,
  first: (stop: () => void) => Promise<unknown>,
): Promise<{ text: string; whole: boolean }> {
  const { port } = app.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${auditor}` };
    const request = get({ port, path, headers }, (answer) => {
      let text = '';
      const done = (whole: boolean) => resolve({ text, whole });
      answer.once('readable', async () => {
        answer.pause();
        await first(() => request.destroy()).catch(reject);
        answer.on('data', (data) => {
          text += data;
        });
        answer.resume();
      });
      answer.once('end', () => done(answer.complete));
      answer.once('error', () => done(false));
    });
    request.once('error', () => resolve({ text: '', whole: false }));
  });
}

/** Long readings that the database is at. */
const underWay = async (): Promise<number> => {
  const [row] = await app.database.sql<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = $1 and query ilike 'copy%' and state = 'active'`,
    [app.database.name],
  );
  return row?.n as number;
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It does not come to that');
}

test('the database defuses as the program does', async () => {
  for (const [text, cell] of CELLS) {
    const [row] = await app.database.sql('select defused($1) as cell', [text]);
    expect(row).toEqual({ cell });
  }
});

test('the whole ledger is the same by pages, as NDJSON and as CSV, and its texts come back as they were', async () => {
  const lines = ndjson((await app.request('get', `${LIST}?format=ndjson`, auditor)).text);
  expect(lines).toHaveLength(COUNT);
  const { body } = await app.request('get', `${LIST}?limit=200`, auditor);
  expect(lines.slice(0, 200)).toEqual(body.items);
  const next = await app.request('get', `${LIST}?limit=200&after=${body.next}`, auditor);
  expect(lines.slice(200, 400)).toEqual(next.body.items);
  expect(sum(lines)).toBe((COUNT * (COUNT + 1)) / 2);
  const csv = (await app.request('get', LIST, auditor).set('Accept', 'text/csv')).text;
  const [columns = [], ...rows] = cells(csv);
  const at = (name: string) => columns.indexOf(name);
  expect(rows.map((row) => Number(row[at('amountPence')]))).toEqual(lines.map((line) => line.amountPence));
  expect(rows.map((row) => undefused(row[at('journal.narrative')] as string))).toEqual(
    lines.map(({ journal }) => journal.narrative),
  );
  expect(new Set(lines.map(({ journal }) => journal.narrative))).toEqual(new Set(ODD_TEXTS));
  expect(csv).not.toMatch(/(^|,)"?[ ]?[=+@\uff1d]/m);
});

test('what is committed while a list is downloaded is not in it, and nothing is missing', async () => {
  const { text, whole } = await arriving(`${LIST}?format=ndjson`, async () => {
    await app.database.sql(
      `set session_replication_role = replica;
       with last as (select * from posting order by id desc limit 1),
         more as (select last.*, uuidv7() as new_id from last, generate_series(1, 500))
       insert into posting (id, trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, amount_pence)
       select new_id, trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage, 1 from more`,
    );
  });
  expect(whole).toBe(true);
  expect(sum(ndjson(text))).toBe((COUNT * (COUNT + 1)) / 2);
});

test('so it is where a list is read page by page', async () => {
  const [posting] = (await app.request('get', `${LIST}?limit=1`, auditor)).body.items;
  const { id } = posting.agreement;
  const { text, whole } = await arriving(`/v1/agreements/${id}/journals?format=ndjson`, () =>
    // The list is newest first: this would be its last row.
    app.database.sql(
      `set session_replication_role = replica;
       insert into journal (id, trust_id, agreement_id, kind, dated_on, narrative, postings, total_pence)
       select '00000000-0000-7000-8000-000000000001', trust_id, id, 'award', '2017-04-01', 'Late', 1, 1
       from agreement where id = '${id}'`,
    ),
  );
  const ids = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id);
  expect([whole, ids.length, new Set(ids).size]).toEqual([true, COUNT / 2, COUNT / 2]);
  expect(ids).not.toContain('00000000-0000-7000-8000-000000000001');
}, 300_000);

test('a download goes on after the rows that arrived', async () => {
  const whole = await app.request('get', `${LIST}?format=ndjson&trust=RW4`, auditor);
  const at = whole.headers['content-location'] as string;
  expect(new URL(at, 'http://host').searchParams.get('format')).toBe('ndjson');
  const rest = await app.request('get', `${LIST}?format=ndjson&trust=RW4&skip=${COUNT / 2 - 10}`, auditor);
  expect(ndjson(rest.text)).toEqual(ndjson(whole.text).slice(COUNT / 2 - 10));
  const csv = await app.request('get', `${LIST}?format=csv&trust=RW4`, auditor);
  const last = await app.request('get', `${LIST}?format=csv&trust=RW4&skip=${COUNT / 2 - 1}`, auditor);
  expect(csv.text.endsWith(`\r\n${last.text}`)).toBe(true);
});

test('asked again as at its moment, a list is the same, whatever was written since', async () => {
  const first = await app.request('get', '/v1/organisations?format=csv', auditor);
  const at = first.headers['content-location'] as string;
  await app.applyDefinition('mental-health-exemplars.yaml');
  await app.as('auditor');
  await app
    .request('post', '/v1/programmes/mental-health-exemplars/findings', await app.as('assessor'))
    .send({
      ...{
        reference: 'R1',
        title: 'x',
        recommendation: 'x',
        owner: 'x',
        dueOn: '2018-01-01',
        severity: 'low',
      },
    });
  const again = await app.request('get', at, auditor);
  expect([again.status, again.text]).toEqual([200, first.text]);
  expect(again.headers['content-location']).toBe(at);
});

test('a trust gets its own rows and no others', async () => {
  const lead = await app.as('trust-lead', 'RW4');
  const rows = ndjson((await app.request('get', `${LIST}?format=ndjson`, lead)).text);
  const all = ndjson((await app.request('get', `${LIST}?format=ndjson&trust=RW4`, auditor)).text);
  expect(rows.length).toBeGreaterThan(COUNT / 3);
  expect(rows).toEqual(all);
  expect(ndjson((await app.request('get', `${LIST}?format=ndjson&trust=RXT`, lead)).text)).toEqual([]);
});

test('a download that is broken off ends in the database too, and gives its place back', async () => {
  for (let time = 0; time < 5; time += 1) {
    const { whole } = await arriving(`${LIST}?format=csv`, async (stop) => {
      await until(async () => (await underWay()) === 1);
      stop();
    });
    expect(whole).toBe(false);
    await until(async () => (await underWay()) === 0);
  }
  const { status } = await app.request('get', `${LIST}?format=csv&trust=RW4`, auditor);
  expect(status).toBe(200);
});

test('more downloads at once than there may be are told to come back', async () => {
  const refused = await arriving(`${LIST}?format=csv`, () =>
    arriving(`${LIST}?format=csv`, async () => {
      const third = await app.request('get', '/v1/organisations?format=csv', auditor);
      expect([third.status, third.body.code, third.headers['retry-after']]).toEqual([
        503,
        'unavailable',
        '5',
      ]);
      const list = await app.request('get', '/v1/organisations', auditor);
      expect(list.status).toBe(200);
    }),
  );
  expect(refused.whole).toBe(true);
  expect((await app.request('get', '/v1/organisations?format=csv', auditor)).status).toBe(200);
});

test.each([
  ['/v1/organisations?format=pdf', 'format'],
  ['/v1/organisations?format=', 'format'],
  ['/v1/organisations?format=csv&format=csv', 'format'],
  ['/v1/organisations?skip=3', 'skip'],
  ['/v1/organisations?format=csv&skip=-1', 'skip'],
  ['/v1/organisations?format=csv&skip=x', 'skip'],
  ['/v1/me?format=csv', 'format'],
  [`${LIST}?format=csv&trust=%27`, 'trust'],
])('%s is refused', async (path, pointer) => {
  const { status, body } = await app.request('get', path, auditor);
  expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
});

test('a list that is too long for a workbook says what to take instead', async () => {
  const { status, body } = await app.request('get', `${LIST}?format=xlsx`, auditor);
  expect([status, body.code, body.detail]).toEqual([
    422,
    'too-long-for-xlsx',
    expect.stringContaining('CSV'),
  ]);
});

test('what is no list is answered as it is, whatever the header would like', async () => {
  const { status, body } = await app.request('get', '/v1/me', auditor).set('Accept', 'text/csv');
  expect([status, body.role]).toEqual([200, 'auditor']);
});

test('with a limit a file is one page, and Link leads to the next', async () => {
  const { text, headers } = await app.request('get', '/v1/organisations?format=csv&limit=2', auditor);
  expect(cells(text)).toHaveLength(3);
  const [, next] = /<(.*)>; rel="next"/.exec(headers.link as string) ?? [];
  expect(next).toMatch(/format=csv/);
  const second = await app.request('get', next as string, auditor);
  expect(cells(second.text)[1]).not.toEqual(cells(text)[1]);
});
