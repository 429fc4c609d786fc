import { ReadScope } from '../src/database/read-scope.js';
import { expectedGates } from '../src/funding/gates/gate.queries.js';
import { GateService, type GateView } from '../src/funding/gates/gate.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  type AtGates,
  acceptMatch,
  atGates,
  claimOn,
  codesOf,
  gateOf,
  openReturn,
  pass,
  setMilestone,
  setToday,
  smallTranches,
} from './support/gates.js';
import { type InForce, putInForce } from './support/money.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-02-15';
const LIST = `/v1/programmes/${SLUG}/gates`;
const GRANT = 400_000_000;

let app: TestApp;
let at: AtGates;
let manager: string;
/** Two tranches, the second of which rests on a milestone. */
let agreed: InForce;
let milestone: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  at = await atGates(app);
  manager = await app.as('programme-manager');
  agreed = await putInForce(app, 'R1A');
  milestone = (await gateOf(at, manager, agreed, 2)).milestones[0]?.id as string;
  // One whose return falls overdue in March, and one whose second tranche is paid.
  await openReturn(at, await putInForce(app, 'RX4'), '2018-03-15');
  const drawn = await putInForce(app, 'RWX', { tranches: smallTranches(1_000, 100) });
  await acceptMatch(at, drawn, 100);
  const claim = await claimOn(at, drawn, 2, 100);
  for (const step of ['approve', 'schedule', 'pay'] as const) await pass(at, claim, step, 100);
});
afterEach(() => setToday(app, TODAY));
afterAll(() => app?.stop());

test('a trust sees its own gates only', async () => {
  const [own, stranger] = [await app.as('trust-lead', 'R1A'), await app.as('trust-lead', 'RX4')];
  const { body } = await app.request('get', LIST, own).expect(200);
  expect(body.items.map(({ trust }: GateView) => trust.odsCode)).toEqual(['R1A', 'R1A']);
  expect((await app.request('get', `${LIST}?trust=RX4`, own)).body).toEqual({ items: [], next: null });
  const path = `/v1/tranches/${agreed.tranches[2]}`;
  await app.request('get', path, own).expect(200);
  await app.request('get', path, stranger).expect(404);
});

describe('programme manager 3: which gates fall in 90 days, which will slip?', () => {
  const list = async (query = '', key = manager): Promise<GateView[]> =>
    (await app.request('get', `${LIST}${query}`, key).expect(200)).body.items;
  const of = (items: GateView[], ods: string, number: number) =>
    items.find(({ trust, number: its }) => trust.odsCode === ods && its === number);

  test('one call lists them, by the day that they are expected on, with what will hold them up', async () => {
    await setMilestone(at, milestone, 'in-progress', '2018-06-29');
    const within = await list('?withinDays=90&limit=200');
    expect(of(within, 'R1A', 2)).toMatchObject({
      agreement: { reference: 'TEST-R1A', state: 'active' },
      name: 'On delivery',
      basis: 'delivery',
      grantPence: GRANT,
      drawnPence: 0,
      remainingPence: GRANT,
      plannedOn: '2018-03-31',
      expectedOn: '2018-06-29',
      slipDays: 90,
      slips: true,
      open: false,
    });
    expect(codesOf(of(within, 'R1A', 2)?.blockers ?? [])).toEqual([
      'milestone-not-accepted',
      'match-below-ratio',
    ]);
    // Planned last June and not paid: open, and so no slip.
    expect(of(within, 'R1A', 1)).toMatchObject({ open: true, slipDays: 0, slips: false });
    // All of it is paid: it falls no more.
    const all = await list('?limit=200');
    expect([of(all, 'RWX', 2)?.remainingPence, of(within, 'RWX', 2)]).toEqual([0, undefined]);

    const days = all.map(({ expectedOn }) => expectedOn);
    expect(days).toEqual([...days].sort());
    expect(all.length).toBe(6);
    // Due on the day itself, and the day before.
    const horizon = async (withinDays: number) =>
      of(await list(`?withinDays=${withinDays}&limit=200`), 'R1A', 2) !== undefined;
    expect([await horizon(44), await horizon(43)]).toEqual([true, false]);
    await setMilestone(at, milestone, 'in-progress', '2018-03-01');
    expect([await horizon(14), await horizon(13)]).toEqual([true, false]);
    // Expected in time, and shut when its day has passed.
    setToday(app, '2018-04-01');
    expect(of(await list('?withinDays=0&limit=200'), 'R1A', 2)).toMatchObject({ slipDays: -30, slips: true });
    // By then a return of one trust is overdue, and holds up that trust alone.
    const late = (await list('?limit=200')).filter(({ blockers }) =>
      codesOf(blockers).includes('return-overdue'),
    );
    expect(late.map(({ trust, number }) => `${trust.odsCode} ${number}`).sort()).toEqual(['RX4 1', 'RX4 2']);
    await setMilestone(at, milestone, 'met');
    expect(of(await list(), 'R1A', 2)).toMatchObject({ expectedOn: '2018-03-31', slipDays: 0 });
  });

  test('an agreement that has ended has gates, and none that fall', async () => {
    const seen = async () => [
      (await list('?trust=R1A')).length,
      (await list('?trust=R1A&withinDays=900')).length,
    ];
    for (const [state, counts] of [
      ['closing', [2, 2]],
      ['suspended', [2, 2]],
      ['terminated', [2, 0]],
      ['draft', [0, 0]],
      ['novated', [0, 0]],
      ['active', [2, 2]],
    ] as const) {
      await app.database.sql('update agreement set state = $2 where id = $1', [agreed.id, state]);
      expect([state, await seen()]).toEqual([state, counts]);
    }
  });

  test('no page leaves out or repeats one', async () => {
    const whole = await list('?limit=200');
    for (const limit of [1, 3]) {
      const paged: GateView[] = [];
      for (let next: string | undefined = `${LIST}?limit=${limit}`; next; ) {
        const { body, headers }: Awaited<ReturnType<TestApp['request']>> = await app.request(
          'get',
          next,
          manager,
        );
        paged.push(...body.items);
        next = /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
      }
      expect(paged).toEqual(whole);
    }
    for (const query of ['limit=0', 'withinDays=-1', 'withinDays=x', 'after=x', 'colour=red'])
      await app.request('get', `${LIST}?${query}`, manager).expect(400);
    await app.request('get', '/v1/programmes/no-such/gates', manager).expect(404);
    for (const path of [
      'tranches/x',
      `tranches/${crypto.randomUUID()}`,
      `gate-waivers/${crypto.randomUUID()}`,
    ])
      await app.request('get', `/v1/${path}`, manager).expect(404);
  });

  test('in as many statements for all trusts as for one', async () => {
    const counted = (trust: string | null) =>
      app.app.get(ReadScope, { strict: false }).run({ trustId: null }, async (sql) => {
        let statements = 0;
        const counting: Pick<typeof sql, 'query'> = {
          query: (text, values) => {
            statements += 1;
            return sql.query(text, values);
          },
        };
        const [row] = await sql.query<{ id: string }>('select id from programme where slug = $1', [SLUG]);
        const filter = { programmeId: row?.id as string, trust, until: null, after: null };
        const found = await app.app.get(GateService, { strict: false }).gates(counting, filter, 200);
        return [found.length, statements];
      });
    expect([await counted('R1A'), await counted(null)]).toEqual([
      [2, 3],
      [6, 3],
    ]);
  });
});

test("a return's next gate: tranches not drawn in full, or those that the award is planned in", async () => {
  const days = async (slug: string, ods: string): Promise<string[]> => {
    const [row] = await app.database.sql<{ programme: string; trust: string }>(
      `select p.id as programme, o.id as trust from programme p, organisation o where p.slug = $1 and o.ods_code = $2`,
      [slug, ods],
    );
    return (
      await app.app
        .get(ReadScope, { strict: false })
        .run({ trustId: null }, (sql) => expectedGates(sql, row?.programme as string, row?.trust as string))
    ).sort();
  };
  // Of two, one is drawn in full.
  expect(await days(SLUG, 'RWX')).toEqual(['2017-06-30']);
  await setMilestone(at, milestone, 'met');
  expect(await days(SLUG, 'R1A')).toEqual(['2017-06-30', '2018-03-31']);
  await app.database.sql(`update agreement set state = 'closed' where reference = 'TEST-R1A'`);
  expect(await days(SLUG, 'R1A')).toEqual([]);
  await app.database.sql(`update agreement set state = 'withdrawn' where reference = 'TEST-R1A'`);
  await app.database.sql(
    `delete from award_tranche where award_id = (select a.id from award a join organisation o on o.id = a.trust_id
       where o.ods_code = 'R1A')`,
  );
  expect(await days(SLUG, 'R1A')).toEqual([]);
  const [row] = await app.database.sql<{ code: string }>(
    `select p.code || '/' || m.code as code from milestone m join project p on p.id = m.project_id where m.id = $1`,
    [milestone],
  );
  await app.database.sql(
    `insert into award_tranche (trust_id, award_id, number, name, basis, planned_on, grant_pence, milestones, provenance)
     select a.trust_id, a.id, 1, 'On delivery', 'delivery', '2018-01-31', 100, array[$1], '{}'
     from award a join organisation o on o.id = a.trust_id where o.ods_code = 'R1A'`,
    [row?.code],
  );
  await setMilestone(at, milestone, 'planned', '2018-11-30');
  expect(await days(SLUG, 'R1A')).toEqual(['2018-11-30']);
  await setMilestone(at, milestone, 'met');
  expect(await days(SLUG, 'R1A')).toEqual(['2018-01-31']);
});
