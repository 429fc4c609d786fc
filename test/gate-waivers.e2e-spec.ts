import { type Actor, systemActor } from '../src/core/actor.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import type { Claim } from '../src/funding/claims/claim.entity.js';
import type { GateStep } from '../src/funding/gates/gate-match.rules.js';
import type { GateWaiverView } from '../src/funding/gates/gate-waiver.queries.js';
import { GateWaiverService } from '../src/funding/gates/gate-waiver.service.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type AtGates, atGates, claimOn, codesOf, gateOf, pass, refusal, setToday } from './support/gates.js';
import { type InForce, putInForce } from './support/money.js';

const TODAY = '2018-02-15';
const GRANT = 400_000_000;

let app: TestApp;
let at: AtGates;
let manager: string;
let lead: string;
let agreed: InForce;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY } });
  at = await atGates(app);
  [manager, lead] = [await app.as('programme-manager'), await app.as('trust-lead', 'RW4')];
  agreed = await putInForce(app, 'RW4');
});
afterEach(() => setToday(app, TODAY));
afterAll(() => app?.stop());

const GROUNDS = { reason: 'The wards cannot wait.', authority: 'Programme board, minute 7 of 4 May 2018' };

async function waive(number: number, body: object, key = manager) {
  const answer = await app
    .request('post', `/v1/tranches/${agreed.tranches[number]}/waivers`, key)
    .send({ ...GROUNDS, ...body });
  const reasons: Array<{ code: string }> = answer.body.blockers ?? answer.body.errors ?? [];
  return {
    status: answer.status,
    codes: codesOf(reasons),
    waiver: answer.body as GateWaiverView,
    location: answer.headers.location,
  };
}

const blockersOf = async (number: number): Promise<string[]> =>
  codesOf((await gateOf(at, manager, agreed, number)).blockers);

/** The milestone on which the second tranche rests. */
const milestoneId = async (): Promise<string> =>
  (await gateOf(at, manager, agreed, 2)).milestones[0]?.id as string;

describe('a waiver', () => {
  const both = { codes: ['milestone-not-accepted', 'match-below-ratio'] };
  const decisionOf = async (id: string) =>
    (await app.database.sql('select * from gate_decision where id = $1', [id]))[0];
  const withdraw = async ({ id }: GateWaiverView, revision: number | null = 1, key = manager) => {
    const request = app.request('post', `/v1/gate-waivers/${id}/withdrawal`, key);
    if (revision !== null) request.set('If-Match', `"${revision}"`);
    return request.send({ reason: 'The match is there.' });
  };

  test('is of codes that there are, that can be waived, and that block now', async () => {
    expect(await waive(2, { codes: ['no-such-code'] })).toMatchObject({
      status: 422,
      codes: ['unknown-gate-code'],
    });
    expect(await waive(2, { codes: ['tranche-exhausted', 'agreement-not-active'] })).toMatchObject({
      status: 422,
      codes: ['not-waivable', 'not-waivable'],
    });
    expect(await waive(2, { codes: ['return-overdue'] })).toMatchObject({
      status: 409,
      codes: ['nothing-to-waive'],
    });
    expect(await waive(1, both)).toMatchObject({
      status: 409,
      codes: ['nothing-to-waive', 'nothing-to-waive'],
    });
    expect(await waive(2, { ...both, expiresOn: '2018-02-14' })).toMatchObject({
      status: 409,
      codes: ['waiver-expired'],
    });
    for (const body of [{}, { codes: [] }, { codes: ['A B'] }, { codes: 'match-below-ratio' }])
      expect(await waive(2, body)).toMatchObject({ status: 400 });
    for (const lacking of [{ reason: ' ' }, { authority: '' }])
      expect(await waive(2, { ...both, ...lacking })).toMatchObject({
        status: 400,
        codes: ['invalid'],
      });
    for (const role of ['finance-officer', 'assessor', 'auditor'] as const)
      expect(await waive(2, both, await app.as(role))).toMatchObject({ status: 403 });
    expect(await waive(2, both, lead)).toMatchObject({ status: 403 });
    expect((await gateOf(at, manager, agreed, 2)).waivers).toEqual([]);
  });

  test('by a named person with a reason opens exactly what it names, and is recorded with what it let be', async () => {
    const only = await waive(2, { codes: ['match-below-ratio'] });
    expect(only).toMatchObject({ status: 201, location: `/v1/gate-waivers/${only.waiver.id}` });
    expect(await gateOf(at, manager, agreed, 2)).toMatchObject({
      open: false,
      blockers: [{ code: 'milestone-not-accepted' }],
      waived: [{ code: 'match-below-ratio', waiver: { id: only.waiver.id, reason: GROUNDS.reason } }],
      waivers: [{ id: only.waiver.id }],
    });
    const claim = await claimOn(at, agreed, 2, 100);
    expect(codesOf(await refusal(pass(at, claim, 'approve', 100)))).toEqual(['milestone-not-accepted']);

    const { waiver } = await waive(2, { codes: ['milestone-not-accepted'] });
    expect(await gateOf(at, manager, agreed, 2)).toMatchObject({ open: true, blockers: [] });
    const first = await milestoneId();
    expect(await decisionOf(await pass(at, claim, 'approve', 100))).toMatchObject({
      step: 'approve',
      opened_by: 'waiver',
      waiver_id: waiver.id,
      decided_by: at.people.approver.id,
      waived: [
        {
          code: 'milestone-not-accepted',
          about: { id: first },
          waiver: {
            id: waiver.id,
            reason: GROUNDS.reason,
            authority: GROUNDS.authority,
            grantedBy: { name: 'programme-manager of the programme' },
          },
        },
        { code: 'match-below-ratio', waiver: { id: only.waiver.id } },
      ],
      facts: {
        on: TODAY,
        proposedPence: 100,
        agreement: { reference: 'TEST-RW4', state: 'active', version: 1 },
        tranche: { number: 2, grantPence: GRANT, leftPence: GRANT },
        match: { acceptedPence: 0, grantPence: 100, requiredPence: 100, shortfallPence: 100 },
        milestones: [{ id: first, state: 'planned', agreedOn: expect.any(String) }],
        conditions: [
          'agreement active',
          'milestones accepted',
          'match ratio',
          'assurance valid',
          'no return overdue',
        ],
      },
    });
    const [entry] = await app.database.sql(
      'select action, reason from log_entry where subject_id = $1 order by number desc',
      [waiver.id],
    );
    expect(entry).toEqual({ action: 'gate-waiver.grant', reason: GROUNDS.reason });

    // It covers what its granter looked at: not a milestone that the tranche rests on since.
    const others = await app.database.sql<{ id: string }>(
      'select id from milestone where trust_id = $1 and id <> $2 limit 1',
      [agreed.trustId, first],
    );
    await app.database.sql(
      'insert into tranche_milestone (trust_id, tranche_id, milestone_id) values ($1, $2, $3)',
      [agreed.trustId, agreed.tranches[2], others[0]?.id],
    );
    expect((await gateOf(at, manager, agreed, 2)).blockers).toMatchObject([
      { code: 'milestone-not-accepted', about: { id: others[0]?.id } },
    ]);
    await app.database.sql('delete from tranche_milestone where milestone_id = $1', [others[0]?.id]);
    expect((await gateOf(at, manager, agreed, 2)).open).toBe(true);
    // And of one tranche, not of the next.
    expect((await gateOf(at, manager, agreed, 1)).waivers).toEqual([]);

    for (const { id } of [waiver, only.waiver])
      await withdraw({ id } as GateWaiverView).then(({ status }) => expect(status).toBe(200));
    expect(codesOf(await refusal(pass(at, claim, 'schedule', 100)))).toEqual(both.codes);
  });

  test('counts to the end of its last day', async () => {
    const { waiver } = await waive(2, { ...both, expiresOn: '2018-02-16' });
    expect(waiver).toMatchObject({ standing: true, expiresOn: '2018-02-16' });
    const claim = await claimOn(at, agreed, 2, 1);
    setToday(app, '2018-02-17');
    expect(await blockersOf(2)).toEqual(both.codes);
    expect((await app.request('get', `/v1/gate-waivers/${waiver.id}`, manager)).body.standing).toBe(false);
    expect(await refusal(pass(at, claim, 'approve', 1))).toHaveLength(2);
    setToday(app, '2018-02-16');
    expect(await blockersOf(2)).toEqual([]);
    await pass(at, claim, 'approve', 1);
  });

  test('is withdrawn by the revision that was read, once, and then opens nothing', async () => {
    setToday(app, '2018-03-01');
    const { waiver } = await waive(2, both);
    expect((await gateOf(at, manager, agreed, 2)).open).toBe(true);
    expect((await withdraw(waiver, null)).status).toBe(428);
    expect((await withdraw(waiver, 9)).status).toBe(412);
    expect((await withdraw(waiver, 1, lead)).status).toBe(403);
    const { status, body, headers } = await withdraw(waiver);
    expect([status, headers.etag]).toEqual([200, '"2"']);
    expect(body).toMatchObject({
      standing: false,
      withdrawnBy: { name: 'programme-manager of the programme' },
      withdrawalReason: 'The match is there.',
    });
    expect((await withdraw(waiver, 2)).body).toMatchObject({
      status: 409,
      blockers: [{ code: 'waiver-withdrawn' }],
    });
    expect(await blockersOf(2)).toEqual(both.codes);
    expect(await refusal(pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1))).toHaveLength(2);
    const all = await app.request('get', `/v1/tranches/${agreed.tranches[2]}/waivers`, lead).expect(200);
    expect(all.body.items.map(({ standing }: GateWaiverView) => standing)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('is granted and withdrawn by whoever may, whatever door they come by', async () => {
    const service = app.app.get(GateWaiverService, { strict: false });
    const trancheId = agreed.tranches[2] as string;
    const grant = { ...both, ...GROUNDS, expiresOn: null };
    const forbidden = { code: 'forbidden' };
    await expect(service.grant(at.people.payer, trancheId, grant)).rejects.toMatchObject(forbidden);
    const [first] = await app.database.sql<{ id: string }>('select id from gate_waiver limit 1');
    await expect(
      service.withdraw(at.people.payer, first?.id as string, 1, { reason: 'No.' }),
    ).rejects.toMatchObject(forbidden);
  });

  test('is not granted by whoever prepared, certified, approves or pays', async () => {
    setToday(app, '2018-04-01');
    const granter = await app.as('programme-manager');
    const { id } = await app.actorOf(granter);
    const self = { ...(await app.actorOf(granter)) };
    expect((await waive(2, both, granter)).status).toBe(201);
    const cases: Array<[Partial<Claim>, GateStep, Actor | undefined]> = [
      [{ prepared_by: [at.people.preparer.id, id] }, 'approve', undefined],
      [{ certified_by: id }, 'approve', undefined],
      [{}, 'approve', self],
      [{ approved_by: id }, 'approve', undefined],
    ];
    for (const [over, step, by] of cases)
      expect(codesOf(await refusal(pass(at, await claimOn(at, agreed, 2, 1, over), step, 1, by)))).toEqual([
        ...both.codes,
        'waiver-granter-decides',
      ]);
    const claim = await claimOn(at, agreed, 2, 1);
    await pass(at, claim, 'approve', 1);
    expect((await refusal(pass(at, claim, 'schedule', 1, self))).at(-1)).toMatchObject({
      code: 'waiver-granter-decides',
      about: { kind: 'gate-waiver' },
    });
    await pass(at, claim, 'schedule', 1);
    // Another's waiver of the same lets the first granter's part be.
    await waive(2, both, await app.as('programme-manager'));
    await pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1, self);
  });
});

test('what was decided at a gate, and what a waiver says, is never edited', async () => {
  // One waiver that stands, one that was withdrawn, and a decision.
  const codes = ['milestone-not-accepted', 'match-below-ratio'];
  const [{ waiver }] = [await waive(2, { codes }), await waive(2, { codes })];
  await pass(at, await claimOn(at, agreed, 2, 1), 'approve', 1);
  const path = `/v1/gate-waivers/${waiver.id}/withdrawal`;
  await app.request('post', path, manager).set('If-Match', '"1"').send({ reason: 'Enough.' }).expect(200);
  for (const statement of [
    `update gate_decision set opened_by = 'conditions', waiver_id = null`,
    'delete from gate_decision',
    `update gate_waiver set reason = 'Another'`,
    `update gate_waiver set codes = '{return-overdue}'`,
    'delete from gate_waiver',
  ])
    await expect(
      app.app
        .get(UnitOfWork, { strict: false })
        .run({ actor: systemActor('test', 'test'), action: 'test.edit' }, (tx) => tx.query(statement)),
    ).rejects.toThrow(/permission denied|granted_waiver_is_fixed|never changes/);
  // Not even by whoever owns the tables.
  await expect(app.database.sql('update gate_decision set facts = $1', ['{}'])).rejects.toThrow(
    'never edited',
  );
  await expect(app.database.sql('delete from gate_decision')).rejects.toThrow('never edited');
  await expect(
    app.database.sql(`update gate_waiver set covers = '[]' where withdrawn_at is null`),
  ).rejects.toThrow('never changes');
  await expect(
    app.database.sql('update gate_waiver set withdrawn_at = null where withdrawn_at is not null'),
  ).rejects.toThrow('never changes');
});

test('a trust sees its own waivers only', async () => {
  const codes = ['milestone-not-accepted'];
  const { waiver } = await waive(2, { codes });
  const stranger = await app.as('trust-lead', 'RNU');
  for (const path of [`/v1/tranches/${agreed.tranches[2]}/waivers`, `/v1/gate-waivers/${waiver.id}`]) {
    await app.request('get', path, lead).expect(200);
    await app.request('get', path, stranger).expect(404);
  }
});
