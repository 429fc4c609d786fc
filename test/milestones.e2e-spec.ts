import { systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import type { MilestoneView } from '../src/milestones/milestone.queries.js';
import type { ReturnedMilestone } from '../src/milestones/milestone.rules.js';
import { MilestoneService } from '../src/milestones/milestone.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { assured } from './support/assurance.js';
import { pdf, sendEvidence } from './support/evidence.js';
import { record } from './support/findings.js';
import { tamper } from './support/notary.js';

const LIST = '/v1/programmes/mental-health-exemplars/milestones';

let app: TestApp;
let lead: string;
let assessor: string;
/** Milestones of the lead's trust that no test has used yet. */
let unused: MilestoneView[];

beforeAll(async () => {
  app = await startTestApp();
  lead = await app.as('trust-lead', 'RW4');
  assessor = await app.as('assessor');
  await assured(app, 'RW4');
  unused = (await app.request('get', `${LIST}?limit=200`, lead)).body.items;
});
afterAll(() => app?.stop());

const take = () => unused.pop() as MilestoneView;

async function read(id: string): Promise<MilestoneView> {
  const { headers, body } = await app.request('get', `/v1/milestones/${id}`, assessor);
  expect(headers.etag).toBe(`"${body.revision}"`);
  return body;
}

/** Does what accepting a return does to one milestone. */
async function accept(
  id: string,
  line: Partial<ReturnedMilestone>,
  illustrative = false,
): Promise<MilestoneView> {
  const [row] = await app.database.sql<{ programme_id: string; trust_id: string }>(
    'select programme_id, trust_id from milestone where id = $1',
    [id],
  );
  const { code } = await read(id);
  const nothing = { forecastOn: null, actualOn: null, claim: 'none', delayReason: null } as const;
  const returned = {
    programmeId: row?.programme_id as string,
    trustId: row?.trust_id as string,
    lines: [{ milestone: code, ...nothing, ...line }],
    illustrative,
  };
  const order = { actor: systemActor('test', 'test'), action: 'progress-report.accept' };
  const service = app.app.get(MilestoneService, { strict: false });
  await app.app.get(UnitOfWork, { strict: false }).run(order, (tx) => service.applyReturn(tx, returned));
  return read(id);
}

/** Asks for a change of state, under the revision that stands unless another (or null: none) is given. */
async function ask(key: string, id: string, noun: string, body: object, revision?: number | null) {
  const request = app.request('post', `/v1/milestones/${id}/${noun}`, key);
  const match = revision === undefined ? (await read(id)).revision : revision;
  if (match !== null) request.set('If-Match', `"${match}"`);
  const answer = await request.send(body);
  const reasons: Array<{ code: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return { status: answer.status, body: answer.body, codes: reasons.map(({ code }) => code) };
}

test('an accepted return moves what differs, and nothing else', async () => {
  const { id, revision, baselineOn } = take();
  expect(await accept(id, {})).toMatchObject({ revision, forecastOn: baselineOn, illustrative: false });
  expect(
    await accept(id, { forecastOn: '2020-12-31', delayReason: 'supplier', claim: 'started' }, true),
  ).toMatchObject({
    state: 'in-progress',
    forecastOn: '2020-12-31',
    delayReason: 'supplier',
    baselineOn,
    illustrative: true,
  });
  expect(await accept(id, { forecastOn: '2020-12-31', claim: 'started' })).toMatchObject({
    revision: revision + 1,
  });
  expect(await accept(id, { claim: 'met', actualOn: '2018-03-20' })).toMatchObject({
    state: 'claimed-met',
    actualOn: '2018-03-20',
    revision: revision + 2,
  });
  await expect(accept(id, { milestone: 'no/such' })).rejects.toMatchObject({ code: 'unknown-milestone' });
});

test('a claim is reviewed and found met, on evidence', async () => {
  const { id } = take();
  const reason = 'The minutes show it.';
  expect(await ask(assessor, id, 'review', {})).toMatchObject({ status: 409, codes: ['wrong-state'] });
  await accept(id, { claim: 'met' });
  expect(await ask(lead, id, 'review', {})).toMatchObject({ status: 403 });
  expect(await ask(assessor, id, 'review', {}, null)).toMatchObject({ status: 428 });
  expect(await ask(assessor, id, 'review', {}, 1)).toMatchObject({ status: 412, body: { code: 'stale' } });
  expect(await ask(assessor, id, 'review', {})).toMatchObject({
    status: 200,
    body: { state: 'under-review' },
  });
  expect(await ask(lead, id, 'claim-withdrawal', { reason })).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });

  expect(await ask(assessor, id, 'outcome', { outcome: 'met', reason })).toMatchObject({
    status: 409,
    codes: ['evidence-missing', 'actual-date-missing'],
  });
  expect(await ask(assessor, id, 'outcome', { outcome: 'waived', reason })).toMatchObject({ status: 400 });
  expect(await ask(assessor, id, 'outcome', { outcome: 'met' })).toMatchObject({
    status: 400,
    codes: ['missing'],
  });
  await accept(id, { actualOn: '2018-03-20' });
  const { revision } = await read(id);
  expect((await sendEvidence(app, lead, id, pdf())).status).toBe(201);
  // Whoever decides has to have seen the evidence.
  expect(await ask(assessor, id, 'outcome', { outcome: 'met', reason }, revision)).toMatchObject({
    status: 412,
  });
  expect(await ask(assessor, id, 'outcome', { outcome: 'met', reason })).toMatchObject({
    status: 200,
    body: { state: 'met', actualOn: '2018-03-20', evidence: 1 },
  });
  const closed = await sendEvidence(app, lead, id, pdf());
  expect([closed.status, closed.body.blockers[0].code]).toEqual([409, 'milestone-closed']);
  const [entry] = await app.database.sql(
    'select action, reason from log_entry where subject_id = $1 order by number desc',
    [id],
  );
  expect(entry).toEqual({ action: 'milestone.meet', reason });
});

test('nobody decides on evidence that is all their own', async () => {
  const { id } = take();
  await accept(id, { claim: 'met', actualOn: '2018-03-20' });
  const { body } = await sendEvidence(app, lead, id, pdf());
  await ask(assessor, id, 'review', {});
  const reviewer = await app.as('assessor');
  await tamper(app.database, 'update evidence set uploaded_by = $2 where id = $1', [
    body.id,
    (await app.actorOf(reviewer)).id,
  ]);
  const outcome = { outcome: 'not-met', reason: 'No.' };
  expect(await ask(reviewer, id, 'outcome', outcome)).toMatchObject({
    status: 409,
    codes: ['reviewer-is-uploader'],
  });
  expect(await ask(assessor, id, 'outcome', outcome)).toMatchObject({
    status: 200,
    body: { state: 'not-met' },
  });
});

test('a claim is taken back, and what is met is opened again by a finding', async () => {
  const { id } = take();
  await accept(id, { claim: 'met', actualOn: '2018-03-20' });
  expect(await ask(lead, id, 'claim-withdrawal', { reason: 'Too early.' })).toMatchObject({
    status: 200,
    body: { state: 'in-progress', actualOn: null },
  });
  await accept(id, { claim: 'met', actualOn: '2018-03-20' });
  await sendEvidence(app, lead, id, pdf());
  await ask(assessor, id, 'review', { reason: 'Sampled' });
  await ask(assessor, id, 'outcome', { outcome: 'met', reason: 'All wards.' });
  const { body: found } = await record(app, assessor, { trust: 'RW4' }).expect(201);
  expect(await ask(assessor, id, 'reopening', { finding: found.reference })).toMatchObject({
    body: { state: 'in-progress' },
  });
  expect(await ask(assessor, id, 'reopening', { finding: found.reference })).toMatchObject({
    status: 409,
    codes: ['wrong-state'],
  });
});

test('a milestone is waived or given up on an authority only', async () => {
  const [waived, cancelled] = [take(), take()];
  const authority = 'Programme board, 4 May 2018';
  expect(await ask(assessor, waived.id, 'waiver', {})).toMatchObject({ status: 400, codes: ['missing'] });
  expect(await ask(assessor, waived.id, 'waiver', { authority: ' ' })).toMatchObject({
    status: 400,
    codes: ['invalid'],
  });
  expect(await ask(lead, waived.id, 'waiver', { authority })).toMatchObject({ status: 403 });
  expect(await ask(assessor, waived.id, 'waiver', { authority })).toMatchObject({
    body: { state: 'waived' },
  });
  expect(await ask(assessor, cancelled.id, 'cancellation', { authority })).toMatchObject({
    body: { state: 'cancelled' },
  });
  const [entry] = await app.database.sql(
    'select reason from log_entry where subject_id = $1 order by number desc',
    [waived.id],
  );
  expect(entry?.reason).toBe(`Authority: ${authority}`);
  expect(await accept(waived.id, { claim: 'met', actualOn: '2018-03-20' })).toMatchObject({
    state: 'waived',
  });
});

/** All pages of a list. */
async function pages(path: string, key = assessor): Promise<MilestoneView[][]> {
  const all: MilestoneView[][] = [];
  for (let at: string | undefined = path; at; ) {
    const { body, headers }: Awaited<ReturnType<TestApp['request']>> = await app.request('get', at, key);
    all.push(body.items);
    at = /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
    expect(at === undefined).toBe(body.next === null);
  }
  return all;
}

test.each(['forecastOn', 'baselineOn'] as const)(
  'sorted by %s, no page leaves out or repeats one',
  async (sort) => {
    const [row] = await app.database.sql<{ ids: string[] }>('select array_agg(id) as ids from milestone');
    const whole = await pages(`${LIST}?sort=${sort}&limit=200`);
    expect(whole).toHaveLength(1);
    for (const limit of [1, 7]) {
      const paged = await pages(`${LIST}?sort=${sort}&limit=${limit}`);
      expect(paged.flat()).toEqual(whole.flat());
      expect(paged.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    }
    const days = whole.flat().map((each) => each[sort]);
    expect(days).toEqual([...days].sort());
    expect(
      whole
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual((row?.ids ?? []).sort());
  },
);

test('filters keep what they say', async () => {
  const all = (await pages(LIST)).flat();
  const some = async (query: string, key?: string) => (await pages(`${LIST}?limit=5&${query}`, key)).flat();
  const ids = (list: MilestoneView[]) => list.map(({ id }) => id);
  const where = (keep: (each: MilestoneView) => boolean) => ids(all.filter(keep));
  expect(ids(await some('trust=RW4'))).toEqual(where(({ trust }) => trust.odsCode === 'RW4'));
  expect(ids(await some('state=planned'))).toEqual(where(({ state }) => state === 'planned'));
  expect(ids(await some('forecastTo=2018-03-31'))).toEqual(
    where(({ forecastOn }) => forecastOn <= '2018-03-31'),
  );
  expect(ids(await some('', lead))).toEqual(where(({ trust }) => trust.odsCode === 'RW4'));
  expect(await some('trust=RX4', lead)).toEqual([]);
});

test('what a list cannot be asked', async () => {
  const { body } = await app.request('get', `${LIST}?limit=1`, assessor);
  for (const query of [
    'sort=name',
    'state=done',
    'forecastTo=2018-02-30',
    'limit=0',
    'limit=201',
    'colour=red',
    'after=x',
    `sort=baselineOn&after=${body.next}`,
  ]) {
    const answer = await app.request('get', `${LIST}?${query}`, assessor);
    expect([query, answer.status]).toEqual([query, 400]);
  }
  for (const path of [
    '/v1/programmes/no-such/milestones',
    '/v1/milestones/x',
    `/v1/milestones/${crypto.randomUUID()}`,
  ])
    expect((await app.request('get', path, assessor)).status).toBe(404);
});
