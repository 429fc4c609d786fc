import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { systemActor } from '../src/core/actor.js';
import { ReadScope } from '../src/database/read-scope.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { awardForAgreement } from '../src/funding/awards/award.queries.js';
import { termsOfAward } from '../src/funding/awards/award-terms.rules.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type Change, changedDefinition } from './support/changed-definition.js';
import { rowCounts } from './support/counts.js';
import { putInForce } from './support/money.js';

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
    [
      'a milestone that is gone',
      {
        '/projects/0/milestones': [FIRST_MILESTONE],
        '/awards/0/tranches/1/milestones': ['fellside-valleys/procured'],
      },
      409,
      'cannot-be-removed',
    ],
    [
      'instalments that do not add up to the award',
      { '/awards/0/tranches/1/grantPounds': 250_000.01 },
      422,
      'award-tranche-mismatch',
    ],
    [
      "an instalment on another council's milestone",
      { '/awards/0/tranches/1/milestones': ['marsh-masts/live'] },
      422,
      'milestone-of-another-awardee',
    ],
    ['a calendar that lost a period', { '/calendar/first': '2023/24 M02' }, 409, 'cannot-be-removed'],
  ])('%s', async (_, change, status, code) => {
    const before = await rows();
    const text = changed(change);
    for (const to of ['', '/differences']) {
      const { status: got, body } = await send(text, to);
      expect([to, got]).toEqual([to, status]);
      const reasons = [...(body.blockers ?? []), ...(body.errors ?? [])];
      expect([body.code, ...reasons.map((reason) => reason.code)]).toContain(code);
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

const SYSTEM = systemActor('test', 'test');

interface Shown {
  trust: { odsCode: string };
  grantPence: number;
  tranches: Array<{
    number: number;
    basis: string;
    plannedOn: string;
    grantPence: number;
    milestones: string[];
    sourced: { source: object | null; assumed: string | null };
  }>;
}

async function tranchesOf(slug: string, trust: string): Promise<Shown['tranches']> {
  const { items } = await get(`/v1/programmes/${slug}/awards`);
  return (items as Shown[]).find((award) => award.trust.odsCode === trust)?.tranches as Shown['tranches'];
}

/** What an agreement of a trust's award would start from. */
async function startingTerms(slug: string, trust: string) {
  const [ids] = await app.database.sql<{ programme: string; trust: string }>(
    'select p.id as programme, o.id as trust from programme p, organisation o where p.slug = $1 and o.ods_code = $2',
    [slug, trust],
  );
  const award = await app.app
    .get(ReadScope, { strict: false })
    .run(SYSTEM, (sql) => awardForAgreement(sql, ids?.programme as string, ids?.trust as string));
  return award && termsOfAward(award);
}

test('every award shows its instalments, which add up to it, and that each is assumed', async () => {
  const { items } = await get('/v1/programmes/mental-health-exemplars/awards');
  expect(items).toHaveLength(7);
  for (const { grantPence, tranches } of items as Shown[]) {
    expect(tranches.map(({ number, basis }) => [number, basis])).toEqual([
      [1, 'advance'],
      ...[2, 3, 4, 5].map((number) => [number, 'delivery']),
    ]);
    expect(tranches.reduce((sum, tranche) => sum + tranche.grantPence, 0)).toBe(grantPence);
    for (const { sourced } of tranches)
      expect(sourced).toEqual({ source: null, assumed: expect.stringContaining('inference') });
  }
  expect((await tranchesOf('rural-broadband', 'ZZC01'))[1]).toEqual({
    number: 2,
    name: 'When premises are live',
    basis: 'delivery',
    plannedOn: '2024-03-31',
    grantPence: 25_000_000,
    milestones: ['fellside-valleys/live'],
    sourced: { source: expect.objectContaining({ title: 'Invented for demonstration' }), assumed: null },
  });
});

test('the terms show the threshold, the kinds of cost and the conditions, and where each comes from', async () => {
  const { terms } = await get('/v1/programmes/mental-health-exemplars');
  expect(terms).toMatchObject({
    payments: {
      secondApproverAbovePence: 50_000_000,
      sourced: { source: null, assumed: expect.stringContaining('No source') },
    },
    agreementConditions: { sourced: { source: null, assumed: expect.stringContaining('inference') } },
    eligibility: { startsOn: '2017-04-01', sourced: { source: null } },
  });
  expect(terms.eligibility.categories).toContainEqual({ code: 'training', label: 'Training' });
  expect(terms.agreementConditions.texts).toHaveLength(6);
  const { terms: others } = await get('/v1/programmes/rural-broadband');
  expect(others.payments).toMatchObject({
    secondApproverAbovePence: 10_000_000,
    sourced: { source: { title: 'Invented for demonstration' } },
  });
});

test('a programme may do without a threshold, kinds of cost, conditions and instalments', async () => {
  const less = {
    '/payments': undefined,
    '/agreement': undefined,
    '/eligibility/categories': undefined,
    '/awards/0/tranches': undefined,
  };
  const { status, body } = await send(changed(less));
  expect([status, body.changes.map(({ section, key, change }) => `${change} ${section} ${key}`)]).toEqual([
    200,
    ['change programme rural-broadband', 'remove award-tranche ZZC01 1', 'remove award-tranche ZZC01 2'],
  ]);
  const { terms } = await get('/v1/programmes/rural-broadband');
  expect(terms).toMatchObject({ payments: null, agreementConditions: null, eligibility: { categories: [] } });
  expect(await tranchesOf('rural-broadband', 'ZZC01')).toEqual([]);
  expect(await startingTerms('rural-broadband', 'ZZC01')).toMatchObject({
    tranches: [],
    conditions: [],
    eligibility: { categories: [] },
  });
  expect((await send(RURAL)).body.changes).toHaveLength(3);
  expect(await tranchesOf('rural-broadband', 'ZZC01')).toHaveLength(2);
});

test('what was applied before these terms existed shows that it has none of them', async () => {
  await app.database.sql(
    `update programme set terms = terms - 'payments' - 'agreementConditions' #- '{eligibility,categories}'
     where slug = 'rural-broadband'`,
  );
  const { terms } = await get('/v1/programmes/rural-broadband');
  expect(terms).toMatchObject({
    payments: null,
    agreementConditions: null,
    eligibility: { categories: [], startsOn: '2023-04-01' },
    calendar: { cadence: 'monthly' },
  });
  expect(await startingTerms('rural-broadband', 'ZZC01')).toMatchObject({
    conditions: [],
    eligibility: { categories: [], startsOn: '2023-04-01', endsOn: '2024-12-31' },
  });
  expect((await send(RURAL)).body.changes).toMatchObject([{ section: 'programme', change: 'change' }]);
});

test('an agreement starts from what the award and the programme say', async () => {
  const terms = await startingTerms('mental-health-exemplars', 'RW4');
  expect(terms).toMatchObject({
    parties: {
      funder: { odsCode: 'X24', name: 'NHS England' },
      recipient: { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' },
    },
    matchRatio: { matchPence: 1, perGrantPence: 1 },
    matchRules: { startsOn: '2017-04-01', endsOn: '2020-03-31' },
    eligibility: { startsOn: '2017-04-01', endsOn: '2020-03-31' },
  });
  const sum = (amounts: Array<{ grantPence: number }> = []) =>
    amounts.reduce((total, { grantPence }) => total + grantPence, 0);
  expect([sum(terms?.lines), sum(terms?.tranches)]).toEqual([500_000_000, 500_000_000]);
  expect(terms?.lines).toHaveLength(6);
  expect(terms?.tranches[1]).toEqual({
    number: 2,
    name: 'On plans',
    basis: 'delivery',
    plannedOn: '2018-01-31',
    grantPence: 150_000_000,
    milestones: ['mersey-real-time-records/records-plan', 'mersey-suicide-risk-app/app-plan'],
  });
  expect(terms?.matchRules.types.map(({ code }) => code)).toEqual(['cash', 'staff-release', 'in-kind']);
  expect([terms?.eligibility.categories.length, terms?.conditions.length]).toEqual([7, 6]);
  expect(JSON.stringify(terms)).not.toContain('sourced');
  expect(await startingTerms('mental-health-exemplars', 'ZZC01')).toBeUndefined();
});

describe('what is agreed is not changed by a definition', () => {
  const MARSH = '/awards/1';
  const WHOLE = [
    {
      number: 1,
      name: 'All at once',
      basis: 'advance',
      plannedOn: '2023-04-30',
      grantPounds: 500_000,
      source: 'invented',
    },
  ];
  const third = {
    number: 3,
    name: 'At last',
    basis: 'advance',
    plannedOn: '2024-09-30',
    grantPounds: 80_000,
    source: 'invented',
  };
  const REFUSED: Array<[string, Change, string[]]> = [
    ['another day', { [`${MARSH}/tranches/0/plannedOn`]: '2023-05-31' }, ['award-tranche/ZZC02 1']],
    [
      'other amounts',
      { [`${MARSH}/tranches/0/grantPounds`]: 110_000, [`${MARSH}/tranches/1/grantPounds`]: 390_000 },
      ['award-tranche/ZZC02 1', 'award-tranche/ZZC02 2'],
    ],
    [
      'another basis, and nothing that opens it',
      { [`${MARSH}/tranches/1/basis`]: 'advance', [`${MARSH}/tranches/1/milestones`]: [] },
      ['award-tranche/ZZC02 2'],
    ],
    [
      'fewer instalments',
      { [`${MARSH}/tranches`]: WHOLE },
      ['award-tranche/ZZC02 1', 'award-tranche/ZZC02 2'],
    ],
    [
      'more instalments',
      { [`${MARSH}/tranches/1/grantPounds`]: 300_000, [`${MARSH}/tranches/-`]: third },
      ['award-tranche/ZZC02 2', 'award-tranche/ZZC02 3'],
    ],
    [
      'money moved between lines',
      { [`${MARSH}/lines/0/grantPounds`]: 440_000, [`${MARSH}/lines/1/grantPounds`]: 60_000 },
      ['award-line/ZZC02 2023/24 capital', 'award-line/ZZC02 2023/24 revenue'],
    ],
    [
      'more match',
      {
        [`${MARSH}/matchPounds`]: 310_000,
        [`${MARSH}/lines/0/matchPounds`]: 310_000,
        '/controlTotals/matchPounds': 660_000.25,
        '/controlTotals/totalPounds': 1_860_000.75,
      },
      ['award/ZZC02', 'award-line/ZZC02 2023/24 capital'],
    ],
  ];
  const ALLOWED: Array<[string, Change]> = [
    ['another name for an instalment', { [`${MARSH}/tranches/0/name`]: 'To start with' }],
    ['the award of a council that agreed nothing', { '/awards/0/tranches/0/plannedOn': '2023-09-30' }],
  ];

  beforeAll(async () => {
    await send(RURAL);
    await putInForce(app, 'ZZC02', { slug: 'rural-broadband' });
  });

  test.each(REFUSED)('%s', async (_, change, pointers) => {
    const before = await rows();
    for (const to of ['/differences', '']) {
      const { status, body } = await send(changed(change), to);
      expect([to, status]).toEqual([to, 409]);
      expect(body.blockers?.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(
        pointers.map((pointer) => `award-is-agreed /${pointer}`),
      );
      expect(body.blockers?.[0]?.message).toMatch(
        /agreed in TEST-ZZC02.*vary the agreement by a change request/,
      );
    }
    expect(await rows()).toEqual(before);
  });

  test.each(ALLOWED)('but %s is', async (_, change) => {
    const { status, body } = await send(changed(change));
    expect([status, body.changes.length]).toEqual([200, 1]);
    expect((await send(RURAL)).body.changes).toHaveLength(1);
  });

  const OF_MARSH = `(select a.id from award a join organisation o on o.id = a.trust_id where o.ods_code = 'ZZC02')`;
  test.each([
    `update award set grant_pence = grant_pence + 1 where id in ${OF_MARSH}`,
    `update award_line set match_pence = match_pence + 1 where award_id in ${OF_MARSH}`,
    `insert into award_line (trust_id, award_id, financial_year, kind, grant_pence, match_pence, provenance)
     select trust_id, id, '2024/25', 'revenue', 0, 0, '{}' from award where id in ${OF_MARSH}`,
    `update award_tranche set milestones = '{}' where award_id in ${OF_MARSH}`,
    `insert into award_tranche (trust_id, award_id, number, name, basis, planned_on, grant_pence, milestones, provenance)
     select trust_id, id, 9, 'One more', 'advance', '2024-01-01', 1, '{}', '{}' from award where id in ${OF_MARSH}`,
    `delete from award_tranche where award_id in ${OF_MARSH}`,
  ])('nor by anybody: %s', async (text) => {
    await expect(app.database.sql(text)).rejects.toMatchObject({ constraint: 'award_is_agreed' });
    const order = { actor: SYSTEM, action: 'test.change' };
    const attempt = app.app.get(UnitOfWork, { strict: false }).run(order, (tx) => tx.query(text));
    await expect(attempt).rejects.toMatchObject({
      details: {
        status: 409,
        code: 'award-is-agreed',
        detail: expect.stringContaining('vary the agreement by a change request'),
      },
    });
  });

  test.each(['draft', 'withdrawn'])('while an agreement is %s, the definition decides', async (state) => {
    await app.database.sql('update agreement set state = $1', [state]);
    try {
      const change = REFUSED.find(([what]) => what === 'fewer instalments')?.[1] as Change;
      expect((await send(changed(change))).status).toBe(200);
      expect((await startingTerms('rural-broadband', 'ZZC02'))?.tranches).toHaveLength(1);
      expect((await send(RURAL)).body.changes).toHaveLength(2);
    } finally {
      await app.database.sql(`update agreement set state = 'active'`);
    }
  });
});
