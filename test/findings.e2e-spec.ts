import { randomUUID } from 'node:crypto';
import type { FindingView } from '../src/findings/finding.queries.js';
import { startTestApp, type TestApp } from './support/app.js';
import { rowCounts } from './support/counts.js';
import { closeFinding, FOUND, record } from './support/findings.js';
import { type InForce, putInForce } from './support/money.js';
import { causesOf } from './support/postings.js';
import { SLUG } from './support/returns.js';

const LIST = `/v1/programmes/${SLUG}/findings`;
const TODAY = '2018-10-01';

let app: TestApp;
let assessor: string;
let manager: string;
let auditor: string;
let mersey: string;

beforeAll(async () => {
  app = await startTestApp({
    env: { EXEMPLAR_TODAY: TODAY },
    definitions: ['mental-health-exemplars.yaml', 'rural-broadband.yaml'],
  });
  [assessor, manager, auditor, mersey] = await Promise.all([
    app.as('assessor'),
    app.as('programme-manager'),
    app.as('auditor'),
    app.as('trust-lead', 'RW4'),
  ]);
});
afterAll(() => app?.stop());

async function recorded(found: Partial<typeof FOUND> = {}): Promise<FindingView> {
  return (await record(app, assessor, found).expect(201)).body;
}

/** Asks for a change under the revision that stands, unless another (or null: none) is given. */
async function ask(path: string, noun: string, body: object, revision?: number | null, key = assessor) {
  const request = app.request('post', `${path}/${noun}`, key);
  const read = async () => (await app.request('get', path, assessor).expect(200)).body.revision;
  const match = revision === undefined ? await read() : revision;
  if (match !== null) request.set('If-Match', `"${match}"`);
  const answer = await request.send(body);
  const reasons: Array<{ code: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return { status: answer.status, body: answer.body, codes: reasons.map(({ code }) => code) };
}
const close = (id: string) => closeFinding(app, { owner: manager, closer: assessor }, id);

test('a finding is recorded, and found again by its address', async () => {
  const answer = await record(app, assessor, { trust: 'RW4' }).expect(201);
  expect(answer.body).toMatchObject({
    ...FOUND,
    trust: { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' },
    reference: expect.stringMatching(/^FND-\d{5}$/),
    state: 'open',
    overdue: true,
    daysLate: 62,
    raisedBy: { id: (await app.actorOf(assessor)).id, name: 'assessor of the programme' },
    ownerOrganisation: { odsCode: 'X24' },
    response: null,
    steps: [],
    closedBy: null,
    closedAt: null,
    revision: 1,
  });
  const found = await app.request('get', answer.headers.location as string, auditor).expect(200);
  // An auditor may do other things with it than whoever recorded it.
  expect({ ...found.body, next: [] }).toEqual({ ...answer.body, next: [] });
  expect(found.headers.etag).toBe('"1"');
  const [entry] = await app.database.sql('select action, actor_role from log_entry where subject_id = $1', [
    answer.body.id,
  ]);
  expect(entry).toEqual({ action: 'finding.record', actor_role: 'assessor' });
});

test('who records, and what cannot be recorded', async () => {
  const before = await rowCounts(app.database);
  await record(app, mersey).expect(403);
  expect((await record(app, assessor, {}, 'no-such')).status).toBe(404);
  // A trust of the other programme has no part in this one.
  for (const trust of ['ZZC01', 'X24', 'ZZZ'])
    expect((await record(app, assessor, { trust })).body).toMatchObject({
      status: 422,
      code: 'unknown-trust',
      errors: [{ pointer: '/trust' }],
    });
  for (const wrong of [
    { kind: 'rumour' },
    { review: ' ' },
    { statement: '' },
    { ownerRole: undefined },
    { ownerRole: 'auditor' },
    { priority: 'urgent' },
    { dueOn: '2018-02-30' },
    { state: 'closed' },
  ])
    expect([wrong, (await record(app, assessor, wrong as object)).status]).toEqual([wrong, 400]);
  expect(await rowCounts(app.database)).toEqual(before);
  // Once, however often it is sent.
  const once = randomUUID();
  const first = await record(app, manager).set('Idempotency-Key', once).expect(201);
  const again = await record(app, manager).set('Idempotency-Key', once).expect(201);
  expect(again.body).toEqual(first.body);
});

/** All of a list, page after page. */
async function listed(query: string, key = auditor, limit = 2): Promise<FindingView[]> {
  const all: FindingView[] = [];
  for (let at: string | undefined = `${LIST}?limit=${limit}&${query}`; at; ) {
    const { body, headers }: Awaited<ReturnType<TestApp['request']>> = await app
      .request('get', at, key)
      .expect(200);
    all.push(...body.items);
    at = /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
  }
  return all;
}

test('the list keeps what it is asked for, the first due first, and a trust sees its own', async () => {
  const [early, today, late, closed] = [
    await recorded({ trust: 'RW4', dueOn: '2018-09-30' }),
    await recorded({ trust: 'RXT', dueOn: TODAY }),
    await recorded({ kind: 'recommendation', dueOn: '2018-12-24' }),
    await recorded({ trust: 'RXT', dueOn: '2018-01-01' }),
  ];
  await close(closed.id);
  const whole = await listed('', auditor, 200);
  expect(await listed('')).toEqual(whole);
  const days = whole.map(({ dueOn }) => dueOn);
  expect(days).toEqual([...days].sort());
  const ids = (list: FindingView[]) => list.map(({ id }) => id).sort();
  const where = (keep: (each: FindingView) => boolean) => ids(whole.filter(keep));
  const overdue = await listed('overdue=true');
  expect(ids(overdue)).toEqual(where(({ state, dueOn }) => state === 'open' && dueOn < TODAY));
  expect(ids(overdue)).toContain(early.id);
  // Due today is not late, and what is closed is never late.
  for (const { id } of [today, late, closed]) expect(ids(overdue)).not.toContain(id);
  expect(ids(await listed('overdue=false'))).toEqual(where((each) => !each.overdue));
  expect(ids(await listed('state=closed'))).toEqual(where(({ state }) => state === 'closed'));
  expect(ids(await listed('kind=recommendation'))).toEqual([late.id]);
  expect(ids(await listed('trust=RXT'))).toEqual([today.id, closed.id].sort());

  expect(ids(await listed('', mersey))).toEqual(where(({ trust }) => trust?.odsCode === 'RW4'));
  expect(await listed('trust=RXT', mersey)).toEqual([]);
  for (const { id } of [today, late]) await app.request('get', `/v1/findings/${id}`, mersey).expect(404);
  await app.request('get', `/v1/findings/${early.id}`, mersey).expect(200);
  for (const wrong of ['state=shut', 'overdue=maybe', 'kind=rumour', 'after=x', 'colour=red'])
    expect([wrong, (await app.request('get', `${LIST}?${wrong}`, auditor)).status]).toEqual([wrong, 400]);
  await app.request('get', '/v1/programmes/no-such/findings', auditor).expect(404);
});

describe('a met milestone is opened again', () => {
  let milestones: Array<{ id: string }>;
  beforeAll(async () => {
    milestones = await app.database.sql(
      `update milestone set state = 'met', actual_on = '2018-03-01'
       where trust_id = (select id from organisation where ods_code = 'RW4') returning id`,
    );
  });
  const reopening = (id: string, finding: string) =>
    ask(`/v1/milestones/${id}`, 'reopening', { finding, reason: 'It was not tested.' });

  test.each<[string, () => Promise<string>, string[]]>([
    ['that was never recorded', async () => 'FND-99999', ['finding-unknown']],
    [
      'of another programme',
      async () => (await record(app, assessor, {}, 'rural-broadband').expect(201)).body.reference,
      ['finding-unknown'],
    ],
    [
      'that is closed',
      async () => {
        const { id, reference } = await recorded({ trust: 'RW4' });
        await close(id);
        return reference;
      },
      ['finding-closed'],
    ],
    [
      'about another trust',
      async () => (await recorded({ trust: 'RXT' })).reference,
      ['finding-of-another-trust'],
    ],
  ])('but not by a finding %s', async (_, reference, codes) => {
    const { id } = milestones[0] as { id: string };
    const named = await reference();
    const answer = await reopening(id, named);
    expect(answer).toMatchObject({ status: 409, codes });
    expect(answer.body.blockers[0]).toMatchObject({
      pointer: '/finding',
      message: expect.stringContaining(named),
    });
    const { body } = await app.request('get', `/v1/milestones/${id}`, assessor);
    expect(body.state).toBe('met');
  });

  test.each<[string, string | null]>([
    ['about its trust', 'RW4'],
    ['about the programme', null],
  ])('by an open finding %s', async (_, trust) => {
    const { id } = milestones.pop() as { id: string };
    const { reference } = await recorded({ trust });
    expect(await reopening(id, ` ${reference} `)).toMatchObject({
      status: 200,
      body: { state: 'in-progress', actualOn: null },
    });
    const [entry] = await app.database.sql(
      'select action, reason from log_entry where subject_id = $1 order by number desc',
      [id],
    );
    expect(entry?.action).toBe('milestone.reopen');
    expect(entry?.reason).toContain(reference);
  });
});

describe('auditor 10: which recoveries, findings and recommendations are overdue', () => {
  const OVERDUE = `/v1/programmes/${SLUG}/overdue-actions`;

  /** A recovery of £250 from Mersey Care, past the steps that lead to it. */
  async function recovery(
    agreement: InForce,
    { state, dueOn }: { state: string; dueOn: string },
  ): Promise<string> {
    const id = randomUUID();
    const { claimId, paymentId } = await causesOf(app, agreement);
    await app.database.sql(`begin;
      set local session_replication_role = replica;
      insert into recovery (id, programme_id, trust_id, agreement_id, claim_id, payment_id, cause, reason, amount_pence, state,
        due_on, raised_by, closed_by)
      select '${id}', '${agreement.programmeId}', '${agreement.trustId}', '${agreement.id}', '${claimId}', '${paymentId}',
        'ineligible', 'Licences of another programme', 25000, '${state}', '${dueOn}', raised_by,
        (select id from person where role = 'auditor' limit 1) from recovery limit 1;
      commit`);
    return id;
  }

  test('with how late they are, who is to act, and for how much', async () => {
    // What the tests above recorded is answered first.
    for (const { id, state } of await listed('', auditor, 200)) if (state === 'open') await close(id);
    const agreement = await putInForce(app, 'RW4');
    const late = await recovery(agreement, { state: 'agreed', dueOn: '2018-07-01' });
    const raised = await recovery(agreement, { state: 'raised', dueOn: '2018-09-30' });
    await recovery(agreement, { state: 'raised', dueOn: TODAY });
    for (const state of ['recovered', 'written-off', 'withdrawn'])
      await recovery(agreement, { state, dueOn: '2018-01-01' });
    const finding = await recorded({ trust: 'RXT', dueOn: '2018-08-31', owner: 'Director of digital' });
    const advice = await recorded({ kind: 'recommendation', dueOn: '2018-03-31' });
    await recorded({ dueOn: TODAY });
    await close((await recorded({ dueOn: '2018-02-01' })).id);
    await record(app, assessor, { dueOn: '2018-02-01' }, 'rural-broadband').expect(201);

    const { body } = await app.request('get', OVERDUE, auditor).expect(200);
    expect(body).toMatchObject({ asOn: TODAY, next: null });
    expect(body.sums).toEqual([
      { kind: 'recovery', count: 2, amountPence: 50_000 },
      { kind: 'finding', count: 1, amountPence: null },
      { kind: 'recommendation', count: 1, amountPence: null },
    ]);
    expect(body.items).toMatchObject([
      {
        kind: 'recommendation',
        id: advice.id,
        reference: advice.reference,
        trust: null,
        owner: FOUND.owner,
        statement: FOUND.statement,
        origin: FOUND.review,
        amountPence: null,
        dueOn: '2018-03-31',
        daysLate: 184,
        raisedBy: { id: (await app.actorOf(assessor)).id },
      },
      {
        kind: 'recovery',
        id: late,
        reference: expect.stringMatching(/^REC-\d{5}$/),
        trust: { odsCode: 'RW4' },
        owner: 'Mersey Care NHS Foundation Trust',
        statement: 'Licences of another programme',
        origin: 'ineligible',
        state: 'agreed',
        amountPence: 25_000,
        dueOn: '2018-07-01',
        daysLate: 92,
      },
      {
        kind: 'finding',
        id: finding.id,
        trust: { odsCode: 'RXT' },
        owner: 'Director of digital',
        daysLate: 31,
      },
      { kind: 'recovery', id: raised, state: 'raised', dueOn: '2018-09-30', daysLate: 1 },
    ]);
    // In pages, none is left out; and the sums are of all of them.
    const paged: unknown[] = [];
    for (let at: string | undefined = `${OVERDUE}?limit=1`; at; ) {
      const page: Awaited<ReturnType<TestApp['request']>> = await app.request('get', at, manager).expect(200);
      expect(page.body.sums).toEqual(body.sums);
      paged.push(...page.body.items);
      at = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }
    expect(paged).toEqual(body.items);
  });

  test('of the programme that is asked for, and only who reads the log is told', async () => {
    const { body } = await app
      .request('get', '/v1/programmes/rural-broadband/overdue-actions', auditor)
      .expect(200);
    expect(body.items.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual(['2018-02-01', FOUND.dueOn]);
    for (const key of [mersey, assessor]) await app.request('get', OVERDUE, key).expect(403);
    await app.request('get', '/v1/programmes/no-such/overdue-actions', auditor).expect(404);
    await app.request('get', `${OVERDUE}?after=x`, auditor).expect(400);
  });
});
