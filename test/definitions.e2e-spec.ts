import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { startTestApp, type TestApp } from './support/app.js';
import { type Change, changedDefinition } from './support/changed-definition.js';
import { rowCounts } from './support/counts.js';

const file = (name: string): string =>
  readFileSync(new URL(`../programmes/${name}`, import.meta.url), 'utf8');
const NHS = file('mental-health-exemplars.yaml');
const RURAL = file('rural-broadband.yaml');

let app: TestApp;
let manager: string;

beforeAll(async () => {
  app = await startTestApp({ definitions: [] });
  manager = await app.as('programme-manager');
}, 30_000);
afterAll(() => app?.stop());

interface Outcome {
  programme: string;
  number: number | null;
  sha256: string;
  changes: Array<{
    section: string;
    key: string;
    change: string;
    fields: Array<{ name: string; before: unknown; after: unknown }>;
  }>;
  code?: string;
  blockers?: Array<{ code: string; message: string; pointer: string }>;
  errors?: Array<{ code: string; message: string; line: number; pointer: string }>;
}

async function send(
  text: string,
  to = '',
  { app: its, key }: { app: TestApp; key: string } = { app, key: manager },
) {
  const answer = await its
    .request('post', `/v1/programme-definitions${to}`, key)
    .set('Content-Type', 'application/yaml')
    .send(text);
  return { status: answer.status, body: answer.body as Outcome };
}
const get = async (path: string) => (await app.request('get', path, manager).expect(200)).body;

/** All rows but the keys of requests, which every request leaves. */
async function rows(): Promise<Record<string, number>> {
  const { idempotency_key: _, ...others } = await rowCounts(app.database);
  return others;
}

const changed = (change: Change): string => stringify(changedDefinition(change));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.each([
  ['mental-health-exemplars', NHS],
  ['rural-broadband', RURAL],
])('%s', (slug, text) => {
  test('is compared first, and nothing changes', async () => {
    const before = await rows();
    const { status, body } = await send(text, '/differences');
    expect(status).toBe(200);
    expect(body).toMatchObject({ programme: slug, number: null, sha256: sha256(text) });
    expect(body.changes.length).toBeGreaterThan(20);
    expect(new Set(body.changes.map(({ change }) => change))).toEqual(new Set(['add']));
    expect(await rows()).toEqual(before);
  });

  test('is applied: all that the comparison named', async () => {
    const { body: compared } = await send(text, '/differences');
    const { status, body } = await send(text);
    expect([status, body.number]).toEqual([200, 1]);
    const names = (outcome: Outcome) => outcome.changes.map(({ section, key }) => `${section} ${key}`);
    expect(names(body)).toEqual(names(compared));
    const logged = await app.database.sql<{ count: number }>(
      `select count(*)::int as count from log_entry where action = 'programme.apply'
       and table_name <> 'programme_definition' and new_image is not null
       and request_id = (select request_id from log_entry where action = 'programme.apply' order by number desc limit 1)`,
    );
    expect(logged[0]?.count).toBe(body.changes.length);
  });

  test('is applied again: nothing changes, and its number stays', async () => {
    const before = await rows();
    const { status, body } = await send(text);
    expect([status, body]).toEqual([200, { programme: slug, number: 1, sha256: sha256(text), changes: [] }]);
    expect(await rows()).toEqual(before);
  });

  test('comes out as it went in, byte for byte', async () => {
    const answer = await app.request('get', `/v1/programmes/${slug}/definition`, manager).buffer(true);
    expect(answer.headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect(answer.text === text).toBe(true);
  });

  test('with another comment it is another definition that changes nothing', async () => {
    const before = await rows();
    const remarked = `# A remark\n${text}`;
    const { body } = await send(remarked);
    expect(body).toEqual({ programme: slug, number: 2, sha256: sha256(remarked), changes: [] });
    const after = await rows();
    expect(after).toEqual({
      ...before,
      programme_definition: (before.programme_definition ?? 0) + 1,
      log_entry: (before.log_entry ?? 0) + 1,
    });
    expect((await send(text)).body).toMatchObject({ number: 3, changes: [] });
  });
});

const FIRST_MILESTONE = changedDefinition({}).projects[0]?.milestones[0];

describe('what may not be applied', () => {
  test.each<[string, Change, number, string]>([
    [
      'an amount that the totals do not follow',
      { '/awards/0/lines/0/grantPounds': 500_001.5 },
      422,
      'definition-invalid',
    ],
    [
      'a total that the amounts do not follow',
      { '/controlTotals/matchPounds': 1 },
      422,
      'definition-invalid',
    ],
    [
      'a baseline that moved',
      { '/projects/0/milestones/0/baselineOn': '2023-08-31' },
      409,
      'baseline-is-fixed',
    ],
    ['a milestone that is gone', { '/projects/0/milestones': [FIRST_MILESTONE] }, 409, 'cannot-be-removed'],
    ['a calendar that lost a period', { '/calendar/first': '2023/24 M02' }, 409, 'cannot-be-removed'],
  ])('%s', async (_, change, status, code) => {
    const before = await rows();
    const text = changed(change);
    for (const to of ['', '/differences']) {
      const { status: got, body } = await send(text, to);
      expect([to, got]).toEqual([to, status]);
      const codes = [body.code, ...(body.blockers ?? []).map((blocker) => blocker.code)];
      expect(codes).toContain(code);
      for (const fault of body.errors ?? []) expect(fault.line).toBeGreaterThan(0);
    }
    expect(await rows()).toEqual(before);
  });

  test('totals are refused with both figures', async () => {
    const { body } = await send(
      changed({ '/awards/0/lines/0/grantPounds': 500_001.5, '/awards/0/grantPounds': 700_001.5 }),
    );
    const words = (body.errors ?? []).map(({ message }) => message).join('\n');
    expect(words).toContain('£1,200,000.50');
    expect(words).toContain('£1,200,001.50');
  });
});

test('a change is named field by field, made, and logged', async () => {
  const text = changed({ '/projects/0/name': 'Three valleys and a hill' });
  const { body } = await send(text);
  expect(body.changes).toEqual([
    {
      section: 'project',
      key: expect.stringContaining('fellside-valleys'),
      change: 'change',
      fields: [{ name: 'name', before: 'Three valleys', after: 'Three valleys and a hill' }],
    },
  ]);
  const { items } = await get('/v1/programmes/rural-broadband/projects');
  expect(items.map(({ name }: { name: string }) => name)).toContain('Three valleys and a hill');
  expect((await send(RURAL)).body.changes).toHaveLength(1);
});

test('a new goal comes and goes; what returns rest on only comes', async () => {
  const goal = { code: 'a-new-one', statement: 'One more.', source: 'invented' };
  const { body: added } = await send(changed({ '/projects/0/goals/-': goal }));
  expect(added.changes).toMatchObject([{ section: 'goal', change: 'add' }]);
  const { body: removed } = await send(RURAL);
  expect(removed.changes).toMatchObject([{ section: 'goal', change: 'remove' }]);
});

test('seven trusts with £5m each, matched: £70m together', async () => {
  const { items } = await get('/v1/programmes/mental-health-exemplars/awards');
  expect(
    items.map(
      ({
        trust,
        grantPence,
        matchPence,
      }: {
        trust: { odsCode: string };
        grantPence: number;
        matchPence: number;
      }) => [trust.odsCode, grantPence, matchPence],
    ),
  ).toEqual(['RWX', 'RXT', 'RX4', 'R1A', 'RW4', 'RNU', 'RV5'].map((ods) => [ods, 500_000_000, 500_000_000]));
  for (const award of items) {
    const sum = (field: string) =>
      award.lines.reduce((total: number, line: Record<string, number>) => total + (line[field] as number), 0);
    expect([sum('grantPence'), sum('matchPence')]).toEqual([award.grantPence, award.matchPence]);
  }
  expect(await get('/v1/programmes/mental-health-exemplars')).toMatchObject({
    controlTotals: { grantPence: 3_500_000_000, matchPence: 3_500_000_000, totalPence: 7_000_000_000 },
    matchRatio: { matchPence: 1, perGrantPence: 1 },
    illustrative: false,
  });
});

test('another funder, half the match, pence and all', async () => {
  expect(await get('/v1/programmes/rural-broadband')).toMatchObject({
    funder: { odsCode: 'ZZF01' },
    controlTotals: { grantPence: 120_000_050, matchPence: 65_000_025, totalPence: 185_000_075 },
    illustrative: true,
  });
  const { items } = await get('/v1/programmes/rural-broadband/reporting-periods');
  expect(items).toHaveLength(18);
});

test('what a source says shows its source, and what is assumed shows as assumed', async () => {
  const { items } = await get('/v1/programmes/mental-health-exemplars/awards');
  for (const award of items) {
    expect(award.sourced.source).toEqual({
      title: expect.any(String),
      reference: expect.any(String),
      dated: expect.any(String),
    });
    // No source splits an award by year, or by capital and revenue.
    for (const line of award.lines)
      expect(line.sourced).toEqual({ source: null, assumed: expect.stringMatching(/\w{3}/) });
  }
  const milestones = await get('/v1/programmes/mental-health-exemplars/milestones?limit=200');
  expect(milestones.items.length).toBeGreaterThan(0);
  for (const { sourced } of milestones.items)
    expect((sourced.source === null) !== (sourced.assumed === null)).toBe(true);
  const organisation = await get('/v1/organisations/RW4');
  expect(organisation.sourced.assumed).toMatch(/ODS/);
});

test('two who apply at once: one set of rows, and both hear that it is in force', async () => {
  const fresh = await startTestApp({ definitions: [] });
  try {
    const key = await fresh.as('programme-manager');
    const results = await Promise.all([1, 2, 3].map(() => send(NHS, '', { app: fresh, key })));
    expect(results.map(({ status, body }) => [status, body.number])).toEqual([1, 2, 3].map(() => [200, 1]));
    expect(results.filter(({ body }) => body.changes.length > 0)).toHaveLength(1);
    const { idempotency_key: _, ...once } = await rowCounts(fresh.database);
    expect((await send(NHS, '', { app: fresh, key })).body.changes).toEqual([]);
    const { idempotency_key: __, ...again } = await rowCounts(fresh.database);
    expect(again).toEqual(once);
  } finally {
    await fresh.stop();
  }
});

test('two programmes of the same organisations, applied at once, both come into force', async () => {
  const fresh = await startTestApp({ definitions: [] });
  try {
    const key = await fresh.as('programme-manager');
    const texts = ['one', 'two', 'three'].map((slug) => changed({ '/programme/slug': slug }));
    const results = await Promise.all(texts.map((text) => send(text, '', { app: fresh, key })));
    expect(results.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await rowCounts(fresh.database)).organisation).toBe(4);
  } finally {
    await fresh.stop();
  }
});
