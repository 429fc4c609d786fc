import { randomUUID } from 'node:crypto';
import type { FindingView } from '../src/findings/finding.queries.js';
import { startTestApp, type TestApp } from './support/app.js';
import { AGREED, closeFinding, FOUND, findingStep, NOT_AGREED, record } from './support/findings.js';
import { SLUG } from './support/returns.js';

const TODAY = '2018-10-01';
const OWNED = { trust: 'RW4', ownerRole: 'trust-lead', owner: '' };
const SEEN = { outcome: 'implemented', found: 'Minutes.', evidence: 'Minute 4' };
const WANTING = { outcome: 'not-implemented', found: 'No minutes.' };
const DONE = { conclusion: 'Nothing is left to do.' };

let app: TestApp;
let assessor: string;
let manager: string;
let auditor: string;
let lead: string;
let director: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  [assessor, manager, auditor, lead, director] = await Promise.all([
    app.as('assessor'),
    app.as('programme-manager'),
    app.as('auditor'),
    app.as('trust-lead', 'RW4'),
    app.as('trust-finance-director', 'RW4'),
  ]);
});
afterAll(() => app?.stop());

async function recorded(found: Partial<typeof FOUND> = OWNED, key = auditor): Promise<FindingView> {
  return (await record(app, key, found).expect(201)).body;
}
const idOf = async (key: string) => (await app.actorOf(key)).id;
const respond = (id: string, key = lead, body: object = AGREED, revision?: number | null) =>
  findingStep(app, key, id, 'response', body, revision);
const followUp = (id: string, body: object = SEEN, key = auditor) =>
  findingStep(app, key, id, 'follow-ups', body);
const close = (id: string, key = auditor) => findingStep(app, key, id, 'closure', DONE);

test('an auditor records, a trust’s lead answers for its own, an auditor follows up, and somebody closes', async () => {
  const found = await recorded();
  expect(found).toMatchObject({
    ...{ state: 'open', priority: 'high', ownerRole: 'trust-lead', owner: '' },
    ...{ ownerOrganisation: { odsCode: 'RW4' }, overdue: true, response: null },
  });
  const { id } = found;
  const read = async (key: string) => (await app.request('get', `/v1/findings/${id}`, key).expect(200)).body;
  expect((await read(lead)).next).toEqual(['response']);
  expect((await read(auditor)).next).toEqual(['due-date']);

  expect(await respond(id)).toMatchObject({
    status: 200,
    body: {
      ...{ state: 'responded', overdue: true, revision: 2 },
      response: {
        stance: 'agreed',
        words: AGREED.response,
        plannedOn: AGREED.plannedOn,
        by: { id: await idOf(lead) },
      },
    },
  });
  expect(await close(id)).toMatchObject({ status: 409, codes: ['not-followed-up'] });
  const partly = { outcome: 'partly', found: 'One ward of two.' };
  expect(await followUp(id, partly)).toMatchObject({ status: 200, body: { state: 'responded' } });
  expect(await followUp(id)).toMatchObject({ status: 200, body: { state: 'implemented', overdue: false } });
  expect(await close(id, assessor)).toMatchObject({
    status: 200,
    body: {
      ...{ state: 'closed', overdue: false, daysLate: 0, closedAt: expect.any(String) },
      closedBy: { id: await idOf(assessor) },
    },
  });
  const whole = await read(lead);
  expect(whole.steps).toMatchObject([
    { kind: 'response', stance: 'agreed', by: { id: await idOf(lead) } },
    { kind: 'follow-up', outcome: 'partly', reopens: false, by: { id: await idOf(auditor) } },
    { kind: 'follow-up', outcome: 'implemented', evidence: 'Minute 4' },
    { kind: 'closure', words: DONE.conclusion },
  ]);
  expect(whole.next).toEqual([]);
  const log = await app.database.sql(
    `select action, actor_role from log_entry where table_name = 'audit_finding_step'
       and subject_id in (select id from audit_finding_step where finding_id = $1) order by number`,
    [id],
  );
  expect(log.map(({ action, actor_role }) => `${action} ${actor_role}`)).toEqual([
    'finding.respond trust-lead',
    'finding.follow-up auditor',
    'finding.follow-up auditor',
    'finding.close assessor',
  ]);
});

test('a follow-up that finds it wanting opens it again, and it waits for a new answer', async () => {
  const { id } = await recorded();
  await respond(id);
  await followUp(id);
  await close(id);
  const again = await followUp(id, WANTING);
  expect(again).toMatchObject({
    status: 200,
    body: { state: 'open', response: null, closedBy: null, closedAt: null, overdue: true },
  });
  expect(again.body.steps.at(-1)).toMatchObject({ outcome: 'not-implemented', reopens: true });
  // It goes through it all again, and what was said before stays.
  expect((await respond(id, lead, NOT_AGREED)).body.response).toMatchObject({ stance: 'not-agreed' });
  expect(await close(id)).toMatchObject({ status: 200, body: { state: 'closed', steps: { length: 6 } } });
});

describe('the rules', () => {
  test('an answer is its owner’s, dated where it is agreed, and given once', async () => {
    const { id } = await recorded();
    expect(await respond(id, director)).toMatchObject({ status: 409, codes: ['not-the-owner'] });
    expect(await respond(id, manager)).toMatchObject({ status: 409, codes: ['not-the-owner'] });
    expect((await respond(id, auditor)).status).toBe(403);
    expect((await respond(id, await app.as('trust-lead', 'RXT'))).status).toBe(404);
    expect(await respond(id, lead, { ...AGREED, plannedOn: null })).toMatchObject({
      status: 422,
      codes: ['planned-day-missing'],
    });
    for (const wrong of [{ ...AGREED, stance: 'shy' }, { ...AGREED, response: ' ' }, {}])
      expect((await respond(id, lead, wrong)).status).toBe(400);
    expect((await respond(id, lead, AGREED, null)).status).toBe(428);
    expect((await respond(id, lead, AGREED, 9)).status).toBe(412);
    expect((await respond(randomUUID())).status).toBe(404);
    expect((await respond(id)).status).toBe(200);
    expect(await respond(id)).toMatchObject({ status: 409, codes: ['wrong-state'] });
  });

  test('what only words own is a programme manager’s to answer', async () => {
    const { id } = await recorded({ ownerRole: 'programme-manager' });
    await app.database.sql('update audit_finding set owner_role = null where id = $1', [id]);
    expect(await respond(id, assessor)).toMatchObject({ status: 409, codes: ['not-the-owner'] });
    expect((await respond(id, manager)).status).toBe(200);
  });

  test('nobody follows up or closes what they answered; a trust does neither', async () => {
    const { id } = await recorded({ ownerRole: 'programme-manager' });
    await respond(id, manager, NOT_AGREED);
    expect(await followUp(id, WANTING, manager)).toMatchObject({ codes: ['checker-is-responder'] });
    expect(await close(id, manager)).toMatchObject({ status: 409, codes: ['closer-is-responder'] });
    const own = await recorded();
    expect((await followUp(own.id, WANTING, lead)).status).toBe(403);
    expect((await close(own.id, lead)).status).toBe(403);
  });

  test('implemented is said with evidence, and before an answer nothing is followed up', async () => {
    const { id } = await recorded();
    expect(await followUp(id, WANTING)).toMatchObject({ status: 409, codes: ['wrong-state'] });
    await respond(id);
    expect(await followUp(id, { ...SEEN, evidence: null })).toMatchObject({ codes: ['evidence-missing'] });
  });

  test('the due date is moved with a reason, and the former one is kept', async () => {
    const { id } = await recorded();
    const move = (body: object, key = auditor) => findingStep(app, key, id, 'due-date', body);
    const moved = { dueOn: '2018-12-31', reason: 'The supplier is late.' };
    expect((await move({ dueOn: '2018-12-31' })).status).toBe(400);
    expect((await move(moved, lead)).status).toBe(403);
    expect(await move({ ...moved, dueOn: FOUND.dueOn })).toMatchObject({ status: 409, codes: ['same-day'] });
    expect(await move(moved)).toMatchObject({ status: 200, body: { dueOn: '2018-12-31', overdue: false } });
    const { steps } = (await app.request('get', `/v1/findings/${id}`, lead).expect(200)).body;
    expect(steps).toMatchObject([
      { kind: 'due-date', formerDueOn: FOUND.dueOn, dueOn: '2018-12-31', words: moved.reason },
    ]);
    await expect(
      app.database.sql(`update audit_finding set due_on = '2019-01-01' where id = $1`, [id]),
    ).rejects.toMatchObject({ constraint: 'due_date_moves_with_a_reason' });
  });

  test('a role of a trust owns a finding about a trust only', async () => {
    const { body } = await record(app, auditor, { ownerRole: 'trust-lead', trust: null }).expect(422);
    expect(body).toMatchObject({ code: 'owner-without-trust', errors: [{ pointer: '/ownerRole' }] });
  });

  test('steps never change, and a closed finding only by being opened again', async () => {
    const { id } = await recorded({ ownerRole: 'programme-manager' });
    await closeFinding(app, { owner: manager, closer: assessor }, id);
    await expect(
      app.database.sql('update audit_finding set priority = $2 where id = $1', [id, 'low']),
    ).rejects.toMatchObject({ constraint: 'closed_finding_is_fixed' });
  });
});

test('lists are narrowed by owner, priority and state; what is answered and late is overdue (auditor 10)', async () => {
  const list = async (query: string) =>
    (await app.request('get', `/v1/programmes/${SLUG}/findings?limit=200&${query}`, auditor).expect(200)).body
      .items as FindingView[];
  const low = await recorded({ ...OWNED, priority: 'low', ownerRole: 'trust-finance-director' });
  expect((await list('priority=low')).map(({ id }) => id)).toEqual([low.id]);
  expect((await list('ownerRole=trust-finance-director')).map(({ id }) => id)).toEqual([low.id]);
  await respond(low.id, director);
  expect((await list('state=responded')).map(({ id }) => id)).toContain(low.id);
  const overdue = `/v1/programmes/${SLUG}/overdue-actions?limit=200`;
  const late = async () =>
    (await app.request('get', overdue, auditor).expect(200)).body.items as FindingView[];
  expect(await late()).toContainEqual(
    expect.objectContaining({ id: low.id, owner: 'trust finance director', state: 'responded' }),
  );
  await followUp(low.id);
  expect((await late()).map(({ id }) => id)).not.toContain(low.id);
  for (const wrong of ['priority=urgent', 'ownerRole=auditor', 'state=shut'])
    await app.request('get', `/v1/programmes/${SLUG}/findings?${wrong}`, auditor).expect(400);
});
