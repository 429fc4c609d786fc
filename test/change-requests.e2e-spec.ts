import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { MilestoneService } from '../src/milestones/milestone.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  type ChangeBody,
  type ChangeCast,
  changeCast,
  changeStep,
  openChange,
  readChange,
  saveChange,
  takeChangeTo,
} from './support/changes.js';
import { type InForce, putInForce } from './support/money.js';
import { SLUG } from './support/returns.js';

const REASON = { reason: 'As the board said.' };
const DAY = '2018-11-15';

let app: TestApp;
let cast: ChangeCast;
let agreed: InForce;
/** Codes of the trust's milestones, those that no test has used yet; the first is what tranche 2 waits for. */
let codes: string[];

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-01' } });
  cast = await changeCast(app, 'RW4');
  agreed = await putInForce(app, 'RW4');
  codes = Object.keys(agreed.milestones);
});
afterAll(() => app?.stop());

const idOf = async (key: string) => (await app.actorOf(key)).id;
const take = () => codes.shift() as string;
const later = (milestone: string, agreedOn = DAY) => ({
  milestones: [{ milestone, agreedOn, delayReason: 'supplier' }],
  moves: [],
  terms: null,
});
const reprofile = (milestone: string, agreedOn?: string) => ({
  kind: 'reprofile',
  content: later(milestone, agreedOn),
});

async function milestone(code: string) {
  return (await app.request('get', `/v1/milestones/${agreed.milestones[code]}`, cast.lead).expect(200)).body;
}

/** Brings a milestone where its review ends. */
async function reviewed(code: string, outcome: 'not-met' | 'partly-met'): Promise<void> {
  const id = agreed.milestones[code] as string;
  const order = { actor: systemActor('test', 'test'), action: 'progress-report.accept' };
  const lines = [
    { milestone: code, forecastOn: null, actualOn: '2018-03-20', claim: 'met', delayReason: null } as const,
  ];
  const { programmeId, trustId } = agreed;
  await app.app
    .get(UnitOfWork, { strict: false })
    .run(order, (tx) =>
      app.app
        .get(MilestoneService, { strict: false })
        .applyReturn(tx, { programmeId, trustId, lines, illustrative: false }),
    );
  const assessor = await app.as('assessor');
  for (const [noun, body] of [
    ['review', {}],
    ['outcome', { outcome, reason: 'Half of the wards.' }],
  ] as const) {
    const { revision } = await milestone(code);
    await app
      .request('post', `/v1/milestones/${id}/${noun}`, assessor)
      .set('If-Match', `"${revision}"`)
      .send(body)
      .expect(200);
  }
}

test('a request goes from draft to application, and its day is agreed while the baseline stays', async () => {
  const code = take();
  const { baselineOn, revision } = await milestone(code);
  const made = await openChange(app, cast.lead, agreed.id, 'reprofile', {
    milestones: [{ milestone: code, agreedOn: DAY }],
  });
  expect(made).toMatchObject({
    status: 201,
    body: {
      state: 'draft',
      reference: expect.stringMatching(/^CR-\d{5}$/),
      impact: null,
      effect: null,
      illustrative: false,
    },
  });
  const { id } = made.body;
  expect(await changeStep(app, cast.lead, id, 'submission')).toMatchObject({
    status: 409,
    codes: ['date-moved-without-reason'],
  });
  expect(await saveChange(app, cast.lead, id, { content: later(code) })).toMatchObject({
    status: 200,
    body: { revision: 2, title: 'Another plan' },
  });
  const submitted = await changeStep(app, cast.lead, id, 'submission');
  expect(submitted).toMatchObject({
    status: 200,
    body: {
      state: 'submitted',
      impact: {
        dates: [{ milestone: code, beforeOn: baselineOn, afterOn: DAY, baselineOn }],
        gates: [{ number: 2, opensAfterOn: DAY, grantAfterPence: 400_000_000 }],
        totals: { grantBeforePence: 500_000_000, grantAfterPence: 500_000_000 },
      },
    },
  });
  expect(await saveChange(app, cast.lead, id, { title: 'x' })).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  expect(await changeStep(app, cast.lead, id, 'impact-assessment')).toMatchObject({ status: 403 });
  expect(await changeStep(app, cast.manager, id, 'approval', REASON)).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  expect(await changeStep(app, cast.manager, id, 'impact-assessment', undefined, null)).toMatchObject({
    status: 428,
  });
  expect(await changeStep(app, cast.manager, id, 'impact-assessment')).toMatchObject({
    body: { state: 'impact-assessed', assessedBy: { id: await idOf(cast.manager) } },
  });
  // It can be done again.
  expect(await changeStep(app, cast.manager, id, 'impact-assessment')).toMatchObject({ status: 200 });
  expect(await changeStep(app, cast.manager, id, 'approval', {})).toMatchObject({ status: 400 });
  expect(await changeStep(app, cast.manager, id, 'approval', REASON)).toMatchObject({
    body: { state: 'approved', decidedBy: { id: await idOf(cast.manager) }, decisionReason: REASON.reason },
  });
  expect((await milestone(code)).agreedOn).toBeNull();
  expect(await changeStep(app, cast.manager, id, 'application')).toMatchObject({
    status: 200,
    body: {
      state: 'applied',
      appliedBy: { id: await idOf(cast.manager) },
      appliedVersion: null,
      next: [],
      heldBy: null,
    },
  });
  expect(await milestone(code)).toMatchObject({
    state: 'planned',
    baselineOn,
    agreedOn: DAY,
    forecastOn: DAY,
    delayReason: 'supplier',
    revision: revision + 1,
  });
  const [entry] = await app.database.sql(
    'select action, reason from log_entry where subject_id = $1 order by number desc limit 1',
    [agreed.milestones[code]],
  );
  expect(entry).toEqual({ action: 'change-request.apply', reason: `Change request: ${made.body.reference}` });
  expect(await changeStep(app, cast.manager, id, 'application')).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
});

test('a milestone that was not fully met goes on only by an applied change request', async () => {
  const [missed, half] = [take(), take()];
  await reviewed(missed, 'not-met');
  await reviewed(half, 'partly-met');
  const path = `/v1/milestones/${agreed.milestones[missed]}/replanning`;
  await app
    .request('post', path, await app.as('assessor'))
    .send({ changeRequest: 'CR-1' })
    .expect(404);
  const content = { ...later(missed), milestones: [...later(missed).milestones, ...later(half).milestones] };
  const change = await takeChangeTo(app, cast, agreed.id, { kind: 'reprofile', content }, 'approval');
  expect((await milestone(missed)).state).toBe('not-met');
  expect(await changeStep(app, cast.manager, change.id, 'application')).toMatchObject({ status: 200 });
  for (const code of [missed, half])
    expect(await milestone(code)).toMatchObject({
      state: 'in-progress',
      actualOn: null,
      agreedOn: DAY,
      forecastOn: DAY,
    });
});

test('nobody decides on what they wrote or asked for, and the database refuses it too', async () => {
  const code = take();
  const [author, editor, other] = [
    cast.manager,
    await app.as('programme-manager'),
    await app.as('programme-manager'),
  ];
  const { body } = await openChange(app, author, agreed.id, 'reprofile', later(code));
  await saveChange(app, editor, body.id, { title: 'Later' });
  await changeStep(app, author, body.id, 'submission');
  await changeStep(app, author, body.id, 'impact-assessment');
  for (const key of [author, editor]) {
    expect(await changeStep(app, key, body.id, 'approval', REASON)).toMatchObject({
      status: 409,
      codes: ['decider-is-requester'],
    });
    expect(await changeStep(app, key, body.id, 'rejection', REASON)).toMatchObject({
      codes: ['decider-is-requester'],
    });
    const late = { until: '2018-06-01', ...REASON };
    expect(await changeStep(app, key, body.id, 'deferral', late)).toMatchObject({
      codes: ['decider-is-requester'],
    });
    await expect(
      app.database.sql('update change_request set decided_by = $2 where id = $1', [body.id, await idOf(key)]),
    ).rejects.toMatchObject({ constraint: 'change_decider_is_not_requester' });
  }
  expect(await changeStep(app, other, body.id, 'approval', REASON)).toMatchObject({ status: 200 });
  for (const column of ["content = '{}'", "impact = '{}'", 'decided_by = null', "prepared_by = '{}'"])
    await expect(
      app.database.sql(`update change_request set ${column} where id = $1`, [body.id]),
    ).rejects.toMatchObject({ constraint: 'decided_change_is_fixed' });
});

test('a decision is put off, taken up again, and refused for a reason', async () => {
  const { id } = await takeChangeTo(app, cast, agreed.id, reprofile(codes[0] as string), 'impact-assessment');
  expect(
    await changeStep(app, cast.manager, id, 'deferral', { until: '2018-05-01', ...REASON }),
  ).toMatchObject({
    status: 409,
    codes: ['deferred-to-the-past'],
  });
  expect(
    await changeStep(app, cast.manager, id, 'deferral', { until: '2018-07-31', ...REASON }),
  ).toMatchObject({
    body: { state: 'deferred', deferredUntil: '2018-07-31', heldBy: { side: 'funder' } },
  });
  expect(await changeStep(app, cast.manager, id, 'approval', REASON)).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
  expect(await changeStep(app, cast.manager, id, 'impact-assessment')).toMatchObject({
    body: { state: 'impact-assessed', deferredUntil: null, decidedBy: null },
  });
  expect(await changeStep(app, cast.manager, id, 'rejection', REASON)).toMatchObject({
    body: { state: 'rejected', decisionReason: REASON.reason, heldBy: null },
  });
});

test('a request is withdrawn by whoever asked or a colleague; one that is approved by either side', async () => {
  const colleague = await app.as('trust-lead', 'RW4');
  const first = await takeChangeTo(app, cast, agreed.id, reprofile(codes[0] as string), 'submission');
  expect(await changeStep(app, cast.manager, first.id, 'withdrawal', REASON)).toMatchObject({
    status: 409,
    codes: ['not-the-requester'],
  });
  expect(await changeStep(app, colleague, first.id, 'withdrawal', REASON)).toMatchObject({
    body: { state: 'withdrawn' },
  });
  const second = await takeChangeTo(app, cast, agreed.id, reprofile(codes[0] as string), 'approval');
  expect(await changeStep(app, cast.manager, second.id, 'withdrawal', REASON)).toMatchObject({
    body: { state: 'withdrawn', decidedBy: { id: await idOf(cast.manager) } },
  });
});

test('a request is refused where its impact is not what was assessed any more, with what changed', async () => {
  const code = take();
  const [one, two] = [
    await takeChangeTo(app, cast, agreed.id, reprofile(code), 'impact-assessment'),
    await takeChangeTo(app, cast, agreed.id, reprofile(code, '2018-10-31'), 'approval'),
  ];
  const third = await takeChangeTo(app, cast, agreed.id, reprofile(code, '2018-12-31'), 'approval');
  expect(await changeStep(app, cast.manager, two.id, 'application')).toMatchObject({ status: 200 });
  const refused = await changeStep(app, cast.manager, one.id, 'approval', REASON);
  expect(refused).toMatchObject({ status: 409, body: { code: 'impact-changed' } });
  const agreedDay = expect.stringMatching(
    new RegExp(`^The agreed day of ${code} was .* and is 31 October 2018 now.$`),
  );
  expect(refused.body.blockers?.map(({ message }) => message)).toContainEqual(agreedDay);
  await changeStep(app, cast.manager, one.id, 'impact-assessment');
  expect(await changeStep(app, cast.manager, one.id, 'approval', REASON)).toMatchObject({ status: 200 });
  // Approved when another day was agreed: it would undo the second unseen.
  const undone = await changeStep(app, cast.manager, third.id, 'application');
  expect(undone).toMatchObject({
    status: 409,
    body: { code: 'impact-changed', blockers: [{ message: agreedDay }] },
  });
  expect((await milestone(code)).agreedOn).toBe('2018-10-31');
});

test('of two approvals at once one decides, and of two applications at once one applies', async () => {
  const code = take();
  const managers = await Promise.all(Array.from({ length: 6 }, () => app.as('programme-manager')));
  const { id, revision } = await takeChangeTo(app, cast, agreed.id, reprofile(code), 'impact-assessment');
  const approvals = await Promise.all(
    managers.map((key) => changeStep(app, key, id, 'approval', REASON, revision)),
  );
  expect(approvals.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  const winner = approvals.find(({ status }) => status === 200)?.body as ChangeBody;
  expect((await readChange(app, cast.lead, id)).decidedBy).toEqual(winner.decidedBy);
  const { revision: before } = await milestone(code);
  const applications = await Promise.all(
    managers.map((key) => changeStep(app, key, id, 'application', undefined, winner.revision)),
  );
  expect(applications.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  expect(await milestone(code)).toMatchObject({ agreedOn: DAY, revision: before + 1 });
});

test('project lead 9: where is my change request', async () => {
  const { id, reference } = await takeChangeTo(
    app,
    cast,
    agreed.id,
    reprofile(codes[0] as string),
    'submission',
  );
  const submitted = await readChange(app, cast.lead, id);
  expect(submitted).toMatchObject({
    reference,
    state: 'submitted',
    heldBy: { side: 'funder', person: null, todo: 'Assess its impact.' },
    next: ['assess', 'reject', 'defer', 'withdraw'],
    effect: { date: { milestones: 1, latestOn: DAY } },
  });
  expect(submitted.since.slice(0, 10)).toBe('2018-05-01');
  await changeStep(app, cast.manager, id, 'impact-assessment');
  expect((await readChange(app, cast.lead, id)).heldBy?.todo).toMatch(/^Approve, reject or defer it/);
  await changeStep(app, cast.manager, id, 'rejection', REASON);
  expect(await readChange(app, cast.lead, id)).toMatchObject({
    state: 'rejected',
    decisionReason: REASON.reason,
    heldBy: null,
  });
  const { body } = await openChange(app, cast.lead, agreed.id, 'reprofile', later(codes[0] as string));
  expect((await readChange(app, cast.lead, body.id)).heldBy).toEqual({
    side: 'requester',
    person: { id: await idOf(cast.lead), name: 'trust-lead RW4' },
    todo: 'Finish it and submit it.',
  });
  await app.request('get', `/v1/change-requests/${id}`, await app.as('trust-lead', 'RXT')).expect(404);
});

test('what a request cannot be', async () => {
  const code = codes[0] as string;
  const open = (kind: string, content: object, key = cast.lead) =>
    openChange(app, key, agreed.id, kind, content);
  expect(await open('reprofile', { moves: [] }, await app.as('assessor'))).toMatchObject({ status: 403 });
  expect(await open('reprofile', {}, await app.as('trust-lead', 'RXT'))).toMatchObject({ status: 404 });
  expect(await open('increase', {})).toMatchObject({ status: 400 });
  expect(await open('vary', later(code))).toMatchObject({ status: 409, codes: ['not-of-this-kind'] });
  expect(
    await open('reprofile', { milestones: [{ milestone: code, agreedOn: '2018-02-30' }] }),
  ).toMatchObject({ status: 400 });
  expect(await open('vary', { terms: { parties: {} } })).toMatchObject({
    status: 400,
    codes: ['unknown-field'],
  });
  const { body } = await open('move-money', {});
  expect(await changeStep(app, cast.lead, body.id, 'submission')).toMatchObject({
    status: 409,
    codes: ['nothing-changes'],
  });
  await app.database.sql(`update agreement set state = 'closed' where id = $1`, [agreed.id]);
  expect(await open('reprofile', later(code))).toMatchObject({
    status: 409,
    codes: ['agreement-not-in-force'],
  });
  await app.database.sql(`update agreement set state = 'active' where id = $1`, [agreed.id]);
});

test('programme manager 9: which changes are pending, with what effect on cost, date and benefit', async () => {
  const other = await changeCast(app, 'RXT');
  const birmingham = await putInForce(app, 'RXT');
  const moves = [
    {
      source: 'grant',
      from: { financialYear: '2018/19', kind: 'capital' },
      to: { financialYear: '2019/20', kind: 'revenue' },
      amountPence: 2_500_000,
    },
  ] as const;
  const money = await takeChangeTo(
    app,
    other,
    birmingham.id,
    { kind: 'move-money', content: { moves: [...moves] } },
    'approval',
  );
  const days = await takeChangeTo(
    app,
    other,
    birmingham.id,
    reprofile(Object.keys(birmingham.milestones)[0] as string),
    'submission',
  );
  const draft = await openChange(app, other.lead, birmingham.id, 'reprofile', {});
  const list = `/v1/programmes/${SLUG}/change-requests`;
  const { body } = await app.request('get', `${list}?state=pending&trust=RXT`, cast.manager).expect(200);
  expect(body.items).toMatchObject([
    {
      id: days.id,
      state: 'submitted',
      heldBy: { todo: 'Assess its impact.' },
      effect: {
        cost: { grantMovedPence: 0 },
        date: { milestones: 1, latestOn: DAY },
        gate: { later: 1, laterGrantPence: 400_000_000 },
      },
    },
    {
      id: money.id,
      state: 'approved',
      trust: { odsCode: 'RXT' },
      agreement: { id: birmingham.id, reference: 'TEST-RXT', version: 1 },
      requestedBy: { id: await idOf(other.lead) },
      effect: {
        cost: {
          grantMovedPence: 2_500_000,
          matchMovedPence: 0,
          betweenKindsPence: 2_500_000,
          betweenYearsPence: 2_500_000,
        },
        date: { milestones: 0, slipDays: null },
        gate: { later: 0 },
        benefit: { targetSets: 0, late: 0 },
      },
    },
  ]);
  expect(body.items[0].impact).toBeUndefined();
  const ids = async (query: string, key = cast.manager) =>
    (await app.request('get', `${list}?${query}`, key).expect(200)).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect(await ids('state=draft&trust=RXT')).toEqual([draft.body.id]);
  expect(await ids('trust=RXT')).toEqual([draft.body.id, days.id, money.id]);
  expect(await ids('state=pending', other.lead)).toEqual([days.id, money.id]);
  expect(await ids('trust=RW4', other.lead)).toEqual([]);
  const path = `/v1/agreements/${birmingham.id}/change-requests`;
  const first = await app.request('get', `${path}?limit=2`, other.lead).expect(200);
  const rest = await app.request('get', `${path}?limit=2&after=${first.body.next}`, other.lead).expect(200);
  expect([...first.body.items, ...rest.body.items].map(({ id }: ChangeBody) => id)).toEqual([
    draft.body.id,
    days.id,
    money.id,
  ]);
  expect([first.headers.link !== undefined, rest.body.next]).toEqual([true, null]);
  await app.request('get', path, cast.lead).expect(404);
  for (const query of ['state=done', 'after=x', 'limit=0'])
    await app.request('get', `${list}?${query}`, cast.manager).expect(400);
});
