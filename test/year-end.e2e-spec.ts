import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ReportingService } from '../src/progress-reports/reporting.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { move } from './support/change-facts.js';
import { changeCast, changeStep, openChange, takeChangeTo } from './support/changes.js';
import { rowCounts } from './support/counts.js';
import { balances, type InForce, putInForce } from './support/money.js';
import { type Causes, causesOf, move as movement, post } from './support/postings.js';
import {
  assessed,
  type Cast,
  castFor,
  completed,
  read,
  reportId,
  SLUG,
  save,
  step,
} from './support/returns.js';

const PATH = `/v1/programmes/${SLUG}`;
const POSITION = `${PATH}/year-end?financialYear=${encodeURIComponent('2017/18')}`;
const REASON = 'Finance board of 3 April 2018';

let app: TestApp;
let people: Cast;
let officer: string;
let mersey: InForce;
let birmingham: InForce;
let causes: Causes;
/** Change requests of Mersey Care by how far they went. */
const carried: Record<string, string> = {};

/** Makes it another day. */
const itIs = (today: string) => Object.assign(app.config, { today });

const carryForward = (amountPence: number) => ({
  kind: 'carry-forward',
  content: { moves: [move('2017/18 capital', '2018/19 capital', amountPence)] },
});

beforeAll(async () => {
  app = await startTestApp({ work: true, env: { EXEMPLAR_TODAY: '2018-02-17' } });
  const order = { actor: systemActor('test', 'test'), action: 'reporting-period.open' };
  await app.app
    .get(UnitOfWork, { strict: false })
    .run(order, (tx) => app.app.get(ReportingService, { strict: false }).openDue(tx));
  people = await castFor(app, 'RW4');
  officer = await app.as('finance-officer');
  [mersey, birmingham] = [await putInForce(app, 'RW4'), await putInForce(app, 'RXT')];
  await forecast('2017/18 Q2', 90_000_000);
  await forecast('2017/18 Q3', 120_000_000);
  await spend();
  const cast = await changeCast(app, 'RW4');
  for (const [last, amount] of [
    ['submission', 30_000_000],
    ['approval', 20_000_000],
    ['application', 10_000_000],
  ] as const)
    carried[last] = (await takeChangeTo(app, cast, mersey.id, carryForward(amount), last)).id;
}, 180_000);
afterAll(() => app?.stop());

/** Has a return of Mersey Care accepted that forecasts so much for the year's capital, and all of its revenue. */
async function forecast(period: string, capitalPence: number): Promise<void> {
  const id = await reportId(app, people.lead, 'RW4', period);
  const sections = await completed(app, people.lead, await read(app, people.lead, id), 20);
  const forecasts: Record<string, number> = { capital: capitalPence, revenue: 50_000_000 };
  const lines = (sections.spend ?? []).map((line) => {
    const own = line.financialYear === '2017/18' && line.source === 'grant';
    return own ? { ...line, spentToDatePence: 100, forecastPence: forecasts[line.kind] as number } : line;
  });
  expect((await save(app, people.lead, id, { ...sections, spend: lines })).status).toBe(200);
  expect((await step(app, people.director, id, 'certification')).status).toBe(200);
  expect((await step(app, people.lead, id, 'submission')).status).toBe(202);
  await assessed(app, people.lead, id);
  expect((await step(app, people.assessor, id, 'acceptance')).status).toBe(200);
}

/** £100,000 of the year's capital is claimed, of which £60,000 is approved, of which £40,000 is paid. */
async function spend(): Promise<void> {
  causes = await causesOf(app, mersey);
  const line = mersey.lines['2017/18 capital'];
  const trancheId = mersey.tranches[2] as string;
  const [claimed, approved] = [{ claimId: causes.claimId }, { paymentId: causes.paymentId }];
  const incurredOn = '2017-11-01';
  await post(app, mersey, {
    kind: 'claim',
    movements: [movement(line, 'grant', 'awarded', 'claimed', 10_000_000, { trancheId, incurredOn })],
    cause: claimed,
  });
  await post(app, mersey, {
    kind: 'approve',
    movements: [movement(line, 'grant', 'claimed', 'approved', 6_000_000, { trancheId })],
    cause: claimed,
  });
  await post(app, mersey, {
    kind: 'pay',
    movements: [movement(line, 'grant', 'approved', 'paid', 4_000_000)],
    cause: approved,
  });
}

const position = async (key: string, path = POSITION) =>
  (await app.request('get', path, key).expect(200)).body;
const close = (key: string, financialYear = '2017/18') =>
  app.request('post', `${PATH}/year-ends`, key).send({ financialYear, reason: REASON });

const CAPITAL = {
  trust: { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' },
  kind: 'capital',
  grantedPence: 140_000_000,
  notClaimedPence: 130_000_000,
  claimedPence: 4_000_000,
  approvedPence: 2_000_000,
  paidPence: 4_000_000,
  recoveredPence: 0,
  writtenOffPence: 0,
  lapsedPence: 0,
  withdrawnPence: 0,
  forecast: { period: '2017/18 Q3', spentToDatePence: 100, forecastPence: 120_000_000 },
  expectedUnderspendPence: 20_000_000,
  lapsesPence: 130_000_000,
  lapsesAfterApprovedPence: 110_000_000,
};

test('programme manager 6: what underspend lapses on 31 March', async () => {
  const body = await position(people.manager);
  expect(body).toMatchObject({ financialYear: '2017/18', endsOn: '2018-03-31', daysLeft: 42, closed: null });
  expect(body.lines).toHaveLength(4);
  const [birminghams, , capital, revenue] = body.lines;
  expect(capital).toEqual({
    ...CAPITAL,
    agreements: [{ id: mersey.id, reference: 'TEST-RW4' }],
    carryForward: {
      pendingPence: 30_000_000,
      approvedPence: 20_000_000,
      appliedPence: 10_000_000,
      requests: [
        {
          id: carried.submission,
          reference: expect.any(String),
          state: 'submitted',
          amountPence: 30_000_000,
        },
        { id: carried.approval, reference: expect.any(String), state: 'approved', amountPence: 20_000_000 },
        { id: carried.application, reference: expect.any(String), state: 'applied', amountPence: 10_000_000 },
      ],
    },
  });
  expect(revenue).toMatchObject({ kind: 'revenue', expectedUnderspendPence: 0, lapsesPence: 50_000_000 });
  expect(birminghams).toMatchObject({
    trust: { odsCode: 'RXT' },
    forecast: null,
    expectedUnderspendPence: null,
    lapsesPence: 150_000_000,
  });
  expect(body.totals).toEqual({
    grantedPence: 390_000_000,
    notClaimedPence: 380_000_000,
    claimedPence: 4_000_000,
    approvedPence: 2_000_000,
    paidPence: 4_000_000,
    recoveredPence: 0,
    writtenOffPence: 0,
    lapsedPence: 0,
    withdrawnPence: 0,
    lapsesPence: 380_000_000,
    lapsesAfterApprovedPence: 360_000_000,
    expectedUnderspendPence: 20_000_000,
    lines: 4,
    linesThatLapse: 4,
    linesWithoutForecast: 2,
    carryForwardPendingPence: 30_000_000,
    carryForwardApprovedPence: 20_000_000,
    carryForwardAppliedPence: 10_000_000,
  });
  expect(await position(people.manager, `${PATH}/year-end`)).toEqual(body);
  const own = await position(people.lead);
  expect(own.lines).toEqual([capital, revenue]);
  expect(own.totals.lapsesPence).toBe(180_000_000);
  const next = await position(people.manager, `${PATH}/year-end?financialYear=2018/19`);
  expect(next).toMatchObject({
    daysLeft: 407,
    totals: { grantedPence: 330_000_000, carryForwardPendingPence: 0 },
  });
  await app.request('get', `${PATH}/year-end?financialYear=2018`, people.manager).expect(400);
  await app.request('get', '/v1/programmes/no-such/year-end', people.manager).expect(404);
});

test('a year is not closed before it is over, nor by anybody else, nor one that is none', async () => {
  itIs('2018-03-31');
  const counts = await rowCounts(app.database);
  expect((await close(people.manager)).status).toBe(403);
  const early = await close(officer);
  expect([early.status, early.body.blockers]).toEqual([
    409,
    [expect.objectContaining({ code: 'year-not-over', dueOn: '2018-03-31' })],
  ]);
  itIs('2018-04-03');
  expect((await close(officer, '2016/17')).body.blockers[0].code).toBe('year-outside-programme');
  await app.request('post', `${PATH}/year-ends`, officer).send({ financialYear: '2017/18' }).expect(400);
  expect(await rowCounts(app.database)).toEqual(counts);
});

test('what was not claimed lapses once, however often at once the year is closed; claims on their way go on', async () => {
  const officers = await Promise.all([
    officer,
    ...Array.from({ length: 3 }, () => app.as('finance-officer')),
  ]);
  const answers = await Promise.all(officers.map((key) => close(key)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  const refusals = answers.filter(({ status }) => status === 409).map(({ body }) => body.blockers[0].code);
  expect(refusals).toEqual(['year-closed', 'year-closed', 'year-closed']);
  const closed = answers.find(({ status }) => status === 201)?.body;
  expect(closed).toMatchObject({
    financialYear: '2017/18',
    lapsedPence: 380_000_000,
    closedBy: { name: 'finance-officer of the programme' },
    reason: REASON,
    lines: [
      { trust: { odsCode: 'RXT' }, kind: 'capital', lapsedPence: 150_000_000 },
      { trust: { odsCode: 'RXT' }, kind: 'revenue', lapsedPence: 50_000_000 },
      { trust: { odsCode: 'RW4' }, kind: 'capital', lapsedPence: 130_000_000 },
      { trust: { odsCode: 'RW4' }, kind: 'revenue', lapsedPence: 50_000_000 },
    ],
  });
  expect(await balances(app, mersey.id)).toEqual({
    'grant awarded': 310_000_000,
    'grant claimed': 4_000_000,
    'grant approved': 2_000_000,
    'grant paid': 4_000_000,
    'grant lapsed': 180_000_000,
    'match pledged': 500_000_000,
  });
  expect(await balances(app, birmingham.id)).toMatchObject({ 'grant lapsed': 200_000_000 });
  const after = await position(people.manager);
  expect(after).toMatchObject({
    daysLeft: 0,
    closed: { id: closed.id },
    totals: { lapsesPence: 0, lapsedPence: 380_000_000 },
  });
  const trancheId = mersey.tranches[2] as string;
  await post(app, mersey, {
    kind: 'approve',
    movements: [
      movement(mersey.lines['2017/18 capital'], 'grant', 'claimed', 'approved', 4_000_000, { trancheId }),
    ],
    cause: { claimId: causes.claimId },
  });
  const list = await app.request('get', `${PATH}/year-ends`, people.lead).expect(200);
  expect(list.body.items).toHaveLength(1);
  expect(list.body.items[0].lines.map(({ trust }: { trust: { odsCode: string } }) => trust.odsCode)).toEqual([
    'RW4',
    'RW4',
  ]);
});

test('lapsed money comes back by an approved change only', async () => {
  const lead = await app.as('trust-lead', 'RW4');
  const line = (year: string) => mersey.lines[`${year} capital`];
  const unapproved = post(app, mersey, {
    kind: 'reallocate',
    movements: [
      movement(line('2017/18'), 'grant', 'lapsed', 'outside', 100),
      movement(line('2018/19'), 'grant', 'outside', 'awarded', 100),
    ],
    cause: { changeRequestId: carried.submission as string },
  });
  await expect(unapproved).rejects.toMatchObject({ code: 'journal-does-not-add-up' });
  // Assessed before the year was closed.
  const stale = await changeStep(app, people.manager, carried.submission as string, 'impact-assessment');
  expect(stale.body.impact?.money[0]).toMatchObject({
    unclaimedBeforePence: 0,
    lapsedBeforePence: 130_000_000,
    lapsedAfterPence: 100_000_000,
  });
  expect(await changeStep(app, people.manager, carried.approval as string, 'application')).toMatchObject({
    status: 200,
  });
  expect(await balances(app, mersey.id)).toMatchObject({
    'grant awarded': 330_000_000,
    'grant lapsed': 160_000_000,
  });
  const back = { moves: [move('2018/19 capital', '2017/18 capital', 100)] };
  const { body } = await openChange(app, lead, mersey.id, 'move-money', back);
  expect(await changeStep(app, lead, body.id, 'submission')).toMatchObject({
    status: 409,
    codes: ['year-closed'],
  });
  expect((await position(people.manager)).lines[2]).toMatchObject({
    grantedPence: 120_000_000,
    lapsedPence: 110_000_000,
    carryForward: { pendingPence: 30_000_000, approvedPence: 0, appliedPence: 30_000_000 },
  });
});

test('auditor 6: what lapsed and what was carried forward is among what moved', async () => {
  const { body } = await app.request('get', `${PATH}/money-movements`, await app.as('auditor')).expect(200);
  expect(body.exceeded).toEqual([]);
  const [forward, ...before] = body.items;
  expect(forward).toMatchObject({
    what: 'carry-forward',
    changeRequest: { id: carried.approval, kind: 'carry-forward' },
    amountPence: 20_000_000,
    from: [
      {
        financialYear: '2017/18',
        kind: 'capital',
        source: 'grant',
        stage: 'lapsed',
        amountPence: 20_000_000,
      },
    ],
    to: [
      {
        financialYear: '2018/19',
        kind: 'capital',
        source: 'grant',
        stage: 'awarded',
        amountPence: 20_000_000,
      },
    ],
  });
  expect(before.slice(0, 2)).toMatchObject(
    ['RXT', 'RW4'].map((odsCode) => ({
      what: 'lapse',
      trust: { odsCode },
      datedOn: '2018-03-31',
      changeRequest: null,
      askedBy: null,
      carriedOutBy: { name: 'finance-officer of the programme' },
      reason: REASON,
    })),
  );
  expect(before[1]).toMatchObject({
    amountPence: 180_000_000,
    from: [
      { financialYear: '2017/18', kind: 'capital', stage: 'awarded', amountPence: 130_000_000 },
      { financialYear: '2017/18', kind: 'revenue', stage: 'awarded', amountPence: 50_000_000 },
    ],
    to: [{ stage: 'lapsed' }, { stage: 'lapsed' }],
  });
  expect(before.at(-1)).toMatchObject({
    what: 'carry-forward',
    amountPence: 10_000_000,
    from: [{ stage: 'awarded' }],
  });
});
