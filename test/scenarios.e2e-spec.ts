import { addDays } from '../src/core/calendar.js';
import { ReadScope } from '../src/database/read-scope.js';
import { scenarios } from '../src/portfolio/scenario.queries.js';
import { assumptionFaults, scenarioOf } from '../src/portfolio/scenario.rules.js';
import type { TargetOutcome, TrancheOutcome } from '../src/portfolio/scenario.types.js';
import { ScenariosReader } from '../src/portfolio/scenarios.reader.js';
import { startTestApp, type TestApp } from './support/app.js';
import { everythingIn } from './support/everything.js';
import { type InForce, putInForce } from './support/money.js';
import { signedIn } from './support/pages.js';
import { askScenario, FOUR, THIRD } from './support/portfolio.js';
import { SLUG } from './support/returns.js';
import { putClaim } from './support/standing-money.js';

let app: TestApp;
let manager: string;
let auditor: string;
let lead: string;
let mersey: InForce;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  [manager, auditor, lead] = await Promise.all([
    app.as('programme-manager'),
    app.as('auditor'),
    app.as('trust-lead', 'RW4'),
  ]);
  mersey = await putInForce(app, 'RW4', { tranches: FOUR });
  // It asks for nothing of 2019/20, so that there is room then.
  await putInForce(app, 'RV5', { tranches: (milestone) => FOUR(milestone).slice(0, 3) });
  const cost = {
    agreementId: mersey.id,
    line: '2017/18 capital',
    pence: 70_000_000,
    incurredOn: '2017-09-30',
  };
  // What the second tranche pays for is a going live: all that the trust is measured by waits for it.
  await app.database.sql(
    `update milestone set kind = 'go-live' where id in (select x.milestone_id from tranche_milestone x where x.tranche_id = $1)`,
    [mersey.tranches[2]],
  );
  await putClaim(app, { ...cost, tranche: 1 }, 'paid');
});
afterAll(() => app?.stop());

const get = async (path: string, key = manager) => (await app.request('get', path, key).expect(200)).body;
const money = () => get(`/v1/programmes/${SLUG}/money`);

test('"this programme’s next year is cut by a third": which tranches, milestones and targets move, to when', async () => {
  const { body, headers } = await askScenario(app, manager, { title: '2018/19 cut by a third' }).expect(201);
  expect(headers.location).toBe(`/v1/scenarios/${body.id}`);
  const { totals, result } = body;
  expect(body).toMatchObject({
    ...{ state: 'standing', financialYear: '2018/19', asOn: '2018-05-15', revision: 1 },
    cut: { basisPoints: 3_333, amountPence: Math.floor(320_000_000 * 0.3333) },
    madeBy: { name: expect.stringContaining('programme-manager') },
  });
  expect(totals.keptPence + totals.movedPence + totals.unfundedPence).toBe(totals.askedPence);
  // What is overdue and not drawn is to be paid today; of a day, by agreement.
  expect(
    result.tranches.map(({ trust, number, beforeOn, afterOn, movedPence }: TrancheOutcome) => [
      ...[trust.odsCode, number, beforeOn, afterOn, movedPence],
    ]),
  ).toEqual([
    ['RV5', 1, '2018-05-15', '2018-05-15', 0],
    ['RV5', 2, '2018-05-15', '2018-05-15', 0],
    ['RW4', 1, '2018-05-15', '2018-05-15', 0],
    ['RW4', 2, '2018-05-15', '2019-04-01', 6_656_000],
    ['RV5', 3, '2019-01-31', '2019-04-01', 50_000_000],
    ['RW4', 3, '2019-01-31', '2019-04-01', 50_000_000],
  ]);
  // The milestone that the second tranche pays for moves as far, and with it what waits for its project.
  const [first] = (await get(`/v1/programmes/${SLUG}/milestones?trust=RW4&sort=baselineOn&limit=1`)).items;
  expect(result.milestones).toMatchObject([
    { code: first.code, beforeOn: first.forecastOn, afterOn: addDays(first.forecastOn, 321) },
  ]);
  expect(result.targets.length).toBeGreaterThan(0);
  for (const target of result.targets as TargetOutcome[])
    expect(target).toMatchObject({
      trust: { odsCode: 'RW4' },
      lateAfter: (target.afterOn as string) > target.targetOn,
    });
  const again = await get(`/v1/scenarios/${body.id}`, auditor);
  expect(again).toEqual(body);
  expect(await get(`/v1/scenarios?programme=${SLUG}&state=standing`)).toMatchObject({
    items: [{ id: body.id, reference: body.reference, totals }],
  });
});

test('it is computed anew from the record as at its entry of the log, with the same result', async () => {
  const { body } = await askScenario(app, manager, {
    title: 'Again',
    cut: { amountPence: 100_000_000 },
  }).expect(201);
  await app.database.sql(
    `update milestone set forecast_on = forecast_on + 400 where trust_id = $1 and state = 'planned'`,
    [mersey.trustId],
  );
  const actor = await app.actorOf(manager);
  const reader = app.app.get(ScenariosReader, { strict: false });
  const then = await reader.factsAt(actor, SLUG, body.asAt);
  const now = await reader.facts(actor, SLUG);
  expect([then.past.number, then.sha256]).toEqual([body.asAtNumber, body.factsSha256]);
  expect(now.sha256).not.toBe(body.factsSha256);
  const assumption = { financialYear: '2018/19', cut: { basisPoints: null, amountPence: 100_000_000 } };
  expect(assumptionFaults(assumption, then.facts)).toEqual([]);
  const { totals, ...result } = scenarioOf(assumption, then.facts);
  expect({ totals, result }).toEqual({ totals: body.totals, result: body.result });
});

test('nothing of the record changes, and no figure moves', async () => {
  const before = await everythingIn(app.database);
  const figures = await money();
  const { body } = await askScenario(app, manager, { title: 'Beside the record' }).expect(201);
  await withdraw(body.id, '"1"').expect(200);
  const after = await everythingIn(app.database);
  const changed = [...after].filter(([table, rows]) => before.get(table) !== rows).map(([table]) => table);
  // The scenario, its entries in the log, and what the machinery keeps of any request.
  const BESIDE = /\.(scenario|log_entry|log_head|idempotency_key|audit_read|brought|api_key|log_node)$/;
  expect(changed.filter((table) => !BESIDE.test(table))).toEqual([]);
  expect(changed).toContain('exemplar.scenario');
  expect({ ...(await money()), asOf: figures.asOf }).toEqual(figures);
});

const withdraw = (id: string, match: string | null, key = manager) => {
  const request = app
    .request('post', `/v1/scenarios/${id}/withdrawal`, key)
    .send({ reason: 'Another is better.' });
  return match === null ? request : request.set('If-Match', match);
};

test('a scenario never changes: it is withdrawn once, with a reason, and the database holds to that', async () => {
  const { body } = await askScenario(app, manager, { title: 'Fixed' }).expect(201);
  await withdraw(body.id, null).expect(428);
  await withdraw(body.id, '"7"').expect(412);
  await withdraw(body.id, '"1"', auditor).expect(403);
  expect((await withdraw(body.id, '"1"').expect(200)).body).toMatchObject({
    ...{ state: 'withdrawn', revision: 2, totals: body.totals, result: body.result },
    withdrawn: { because: 'Another is better.', by: body.madeBy },
  });
  expect((await withdraw(body.id, '"2"').expect(409)).body.blockers[0].code).toBe('wrong-state');
  const broken = (change: string) =>
    app.database.sql(`update scenario set ${change} where title = 'A third less'`).then(
      () => 'done',
      (error: { constraint?: string }) => error.constraint,
    );
  const standing = (await askScenario(app, manager, {}).expect(201)).body;
  expect(await broken('kept_pence = kept_pence + 1, moved_pence = moved_pence - 1')).toBe(
    'computed_scenario_is_fixed',
  );
  expect(await broken(`result = '{}'`)).toBe('computed_scenario_is_fixed');
  expect(await broken(`state = 'withdrawn'`)).toBe('scenario_withdrawn');
  expect((await askScenario(app, manager, {}).expect(409)).body.code).toBe('scenario-title-taken');
  // As at the moment before its withdrawal, it stands.
  const later = (await askScenario(app, manager, { title: 'Later' }).expect(201)).body;
  await withdraw(standing.id, '"1"').expect(200);
  const then = await get(`/v1/scenarios/${standing.id}?asAt=${encodeURIComponent(later.asAt)}`);
  expect(then).toEqual(standing);
});

test('a trust is not told, an auditor only reads, and what cannot be computed is said', async () => {
  const { body } = await askScenario(app, manager, { title: 'Kept from trusts' }).expect(201);
  for (const path of ['/v1/portfolio', '/v1/scenarios', `/v1/scenarios/${body.id}`])
    expect((await app.request('get', path, lead)).status).toBe(403);
  // Not by its row-level security either.
  const actor = await app.actorOf(lead);
  const scope = app.app.get(ReadScope, { strict: false });
  const everything = { programme: null, state: null };
  expect(await scope.run(actor, (sql) => scenarios(sql, everything, 10, null))).toEqual([]);
  expect(await scope.run({ trustId: null }, (sql) => scenarios(sql, everything, 10, null))).not.toEqual([]);
  await get(`/v1/scenarios/${body.id}`, auditor);
  await askScenario(app, auditor, { title: 'Not mine' }).expect(403);
  const refused = async (said: object, slug = SLUG) => {
    const answer = await askScenario(app, manager, { title: 'Refused', ...said }, slug);
    return [
      answer.status,
      answer.body.errors?.[0]?.code ?? answer.body.code,
      answer.body.errors?.[0]?.pointer,
    ];
  };
  expect(await refused({ financialYear: '2016/17' })).toEqual([422, 'year-over', '/financialYear']);
  expect(await refused({ financialYear: '2030/31' })).toEqual([422, 'nothing-in-year', '/financialYear']);
  expect(await refused({ cut: { ...THIRD, amountPence: 1 } })).toEqual([422, 'cut-unclear', '/cut']);
  expect(await refused({ cut: {} })).toEqual([422, 'cut-unclear', '/cut']);
  expect(await refused({ cut: { amountPence: 900_000_000_000 } })).toEqual([
    422,
    'cut-too-large',
    '/cut/amountPence',
  ]);
  expect(await refused({ cut: { basisPoints: 10_001 } })).toEqual([
    400,
    expect.any(String),
    '/cut/basisPoints',
  ]);
  expect((await refused({}, 'no-such-programme'))[0]).toBe(404);
  for (const query of ['by=trust', 'year=2017', 'goal=%00', 'after=x'])
    expect((await app.request('get', `/v1/portfolio?${query}`, manager)).status).toBe(400);
});

test('on pages: two questions and a name, before and after, and a withdrawal', async () => {
  const window = await signedIn(app, manager);
  const form = `/programmes/${SLUG}/scenarios/new`;
  const list = `/portfolio/scenarios?programme=${SLUG}`;
  expect((await window.get(`/programmes/${SLUG}/year-end`)).text).toContain(list);
  expect((await window.get(list)).text).toContain(form);
  expect((await window.get(form)).text).toContain('2018/19: £3,200,000');
  const said = { title: 'From a page', financialYear: '2018/19', 'cut/basisPoints': 'amount' };
  const wrong = await window.send(form, { ...said, 'cut/amountPence': 'much' });
  expect([wrong.status, wrong.text.includes('From a page')]).toEqual([400, true]);
  const unknown = await window.send(form, { ...said, financialYear: '2016/17', 'cut/amountPence': '1' });
  expect([unknown.status, unknown.text.includes('2016/17 is over.')]).toEqual([422, true]);
  const made = await window.send(form, { ...said, 'cut/amountPence': '1,000,000' });
  expect(made.status).toBe(303);
  const address = String(made.location).split('?')[0] as string;
  const page = (await window.get(address)).text;
  for (const words of [
    '2018/19 is cut by £1,000,000',
    'As before',
    'to 2019/20',
    'Milestones that move',
    'Withdraw it',
  ])
    expect(page.toLowerCase()).toContain(words.toLowerCase());
  expect((await window.get(`${address}?tranches=5`)).text).not.toContain('1. Part 1');
  const read = await (await signedIn(app, auditor)).get(address);
  expect([read.status, read.text.includes('Withdraw it')]).toEqual([200, false]);
  expect((await (await signedIn(app, lead)).get(address)).status).toBe(403);
  const withdrawal = `${address}/withdrawal`;
  expect((await window.get(withdrawal)).status).toBe(200);
  expect((await window.send(withdrawal, { reason: 'It was a trial.' })).status).toBe(303);
  expect((await window.get(address)).text).toContain('It was a trial.');
  expect((await window.get(withdrawal)).status).toBe(409);
});
