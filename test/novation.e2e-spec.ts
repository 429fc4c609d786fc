import { stringify } from 'yaml';
import { systemActor } from '../src/core/actor.js';
import { ReconciliationService } from '../src/funding/reconciliation.service.js';
import { DefinitionService } from '../src/programmes/definition.service.js';
import { programmeId } from '../src/programmes/programme.queries.js';
import {
  type AgreementBody,
  type AgreementCast,
  draft,
  inForce,
  readAgreement,
  step,
  undescribed,
} from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type Change, changedDefinition } from './support/changed-definition.js';
import { rowCounts } from './support/counts.js';
import { pdf, sendEvidence } from './support/evidence.js';
import { bothSums, keepSums } from './support/kept-sums.js';
import { asSystem, giveBack, putClaim, putMatch } from './support/standing-money.js';

const TODAY = '2024-05-10';
const RURAL = 'rural-broadband';
const ORDER = {
  successor: 'ZZC02',
  reference: 'ZZC02/2',
  effectiveOn: TODAY,
  authority: 'The Secretary of State, order 4 of 2024',
  reason: 'Fellside Council is no more.',
};

/** ZZC02 took over all of ZZC01, which follows it until `ended`; ZZC04 took over all of ZZC02. */
const definition = (ended: boolean, more: Change = {}): Change => ({
  '/organisations/1/roles/-': {
    role: 'fast-follower',
    status: ended ? 'ended' : 'confirmed',
    follows: 'ZZC02',
    source: 'invented',
  },
  '/organisations/-': {
    ods: 'ZZC04',
    name: 'Uplands and Marsh Council',
    source: 'invented',
    roles: [{ role: 'awardee', status: 'confirmed', source: 'invented' }],
  },
  ...more,
});
const successions = [
  { kind: 'took-over-all', predecessor: 'ZZC03', successor: 'ZZC02', effectiveOn: '2024-01-01' },
  { kind: 'took-over-all', predecessor: 'ZZC01', successor: 'ZZC02', effectiveOn: '2024-03-01' },
  { kind: 'took-over-all', predecessor: 'ZZC02', successor: 'ZZC04', effectiveOn: TODAY },
  { kind: 'took-over-part', predecessor: 'ZZC01', successor: 'ZZC04', effectiveOn: '2024-03-01' },
].map((each) => ({ ...each, source: 'invented' }));

let app: TestApp;
let fellside: AgreementCast;
let id: string;
let marshId: string;
/** Who leads at ZZC01, ZZC02 and ZZC04. */
let leads: [string, string, string];

async function apply(change: Change): Promise<unknown> {
  const text = stringify(changedDefinition({ '/successions': successions, ...change }));
  return app.app
    .get(DefinitionService, { strict: false })
    .apply(systemActor('test', 'test'), text, 'rural-broadband.yaml');
}

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: TODAY }, definitions: [] });
  await apply(definition(false));
  leads = [
    await app.as('trust-lead', 'ZZC01'),
    await app.as('trust-lead', 'ZZC02'),
    await app.as('trust-lead', 'ZZC04'),
  ];
  const first = await inForce(app, 'ZZC01', {}, RURAL);
  [fellside, id] = [first.cast, first.agreement.id];
  marshId = (await inForce(app, 'ZZC02', {}, RURAL)).agreement.id;
  const line = { agreementId: id, line: '2023/24 capital', incurredOn: '2024-02-01' };
  await putClaim(app, { ...line, pence: 45_000_050, tranche: 1 }, 'paid');
  await putClaim(app, { ...line, pence: 3_000_007, tranche: 2 }, 'paid');
  await putMatch(app, { ...line, pence: 20_000_013 }, 'accepted');
  await putMatch(app, { ...line, pence: 1_000_001 }, 'pledged');
  await putClaim(app, { ...line, pence: 5, tranche: 2 }, 'draft');
});
afterAll(() => app?.stop());

/** What the programme's accounts hold, by source and stage, and each trust's. */
async function totals(): Promise<{ programme: unknown; trusts: unknown }> {
  const held = (by: string) =>
    app.database.sql(
      `select ${by} a.source, a.stage, sum(a.balance_pence)::float8 as pence
       from account a join organisation o on o.id = a.trust_id where a.balance_pence <> 0
       group by ${by} a.source, a.stage order by ${by} a.source, a.stage`,
    );
  return { programme: await held(''), trusts: await held('o.ods_code, ') };
}

/** How many differences the check of the ledger finds in the programme. */
const differences = () =>
  asSystem(app, async (tx) => {
    const programme = (await programmeId(tx, RURAL)) as string;
    return (await app.app.get(ReconciliationService, { strict: false }).check(tx, programme)).differences;
  });

const novate = (order: object = {}, key = fellside.finance, of = id, revision?: number | null) =>
  step(app, key, of, 'novation', { ...ORDER, ...order }, revision);

test('an agreement goes to nobody who may not have it, and not while anything is under way', async () => {
  const line = { agreementId: id, line: '2024/25 capital', incurredOn: '2024-04-01' };
  const claim = await putClaim(app, { ...line, pence: 700, tranche: 2 }, 'submitted');
  const match = await putMatch(app, { ...line, pence: 300 }, 'evidenced');
  const before = await rowCounts(app.database);
  const under = ['claim-under-way', 'match-undecided'];
  const refused: Array<[object, string[]]> = [
    [{ successor: 'ZZC01' }, ['novated-to-itself']],
    [{ successor: 'ZZC04' }, ['no-succession']],
    [{ successor: 'ZZF01' }, ['no-succession']],
    [{ effectiveOn: '2024-02-29' }, ['before-succession', 'before-agreement', 'would-follow-itself']],
    [{ effectiveOn: '2024-05-11' }, ['effective-in-future', 'would-follow-itself']],
    [{}, ['would-follow-itself']],
  ];
  for (const [order, codes] of refused)
    expect([order, (await novate(order)).codes]).toEqual([order, [...codes, ...under]]);
  expect((await novate({}, fellside.manager)).codes).toEqual([
    'approver-is-preparer',
    'would-follow-itself',
    ...under,
  ]);
  expect(await novate({ successor: 'ZZC09' })).toMatchObject({
    status: 422,
    codes: ['unknown-organisation'],
  });
  expect(await novate({ authority: '' })).toMatchObject({ status: 400 });
  expect(await novate({}, fellside.director)).toMatchObject({ status: 403 });
  expect(await novate({}, fellside.finance, id, null)).toMatchObject({ status: 428 });
  expect(await novate({}, fellside.finance, id, 1)).toMatchObject({ status: 412 });
  expect(await rowCounts(app.database)).toEqual(before);

  await apply(definition(true));
  expect((await novate()).codes).toEqual(under);
  const [recovered] = await app.database.sql<{ id: string }>(
    `insert into recovery (programme_id, trust_id, agreement_id, claim_id, payment_id, cause, reason, amount_pence, state,
       due_on, raised_by)
     select programme_id, trust_id, agreement_id, claim_id, id, 'overpaid', 'Twice', 1, 'raised', '2024-06-30', paid_by
     from payment where agreement_id = $1 limit 1 returning id`,
    [id],
  );
  const [asked] = await app.database.sql<{ id: string }>(
    `insert into change_request (programme_id, trust_id, agreement_id, kind, title, justification, content, state,
       requested_by)
     select g.programme_id, g.trust_id, g.id, 'vary', 'Vary', 'Because', '{}', 'deferred', v.prepared_by
     from agreement g join agreement_version v on v.agreement_id = g.id where g.id = $1 returning id`,
    [id],
  );
  expect((await novate()).codes).toEqual([...under, 'recovery-open', 'change-pending']);
  await app.database.sql(`update recovery set state = 'withdrawn' where id = $1`, [recovered?.id]);
  await app.database.sql(`update change_request set state = 'rejected' where id = $1`, [asked?.id]);
  await app.database.sql(`update claim set state = 'rejected' where id = $1`, [claim.id]);
  await giveBack(app, { ...line, pence: 300 }, { contributionId: match.id });
  await app.database.sql(`update contribution set state = 'rejected' where id = $1`, [match.id]);
  expect((await novate()).codes).toEqual(['grant-under-way']);
  await giveBack(app, { ...line, pence: 700 }, { claimId: claim.id, tranche: 2, from: 'claimed' });
});

test('every balance goes to the successor, once, and the programme has as much as before', async () => {
  await keepSums(app);
  await app.database.sql('update kept_sum set trusts = 1000');
  const milestone = (
    await app.database.sql<{ id: string }>(
      `select m.id from milestone m join project p on p.id = m.project_id
       where p.code = 'fellside-valleys' and m.code = 'live'`,
    )
  )[0]?.id as string;
  const proof = (await sendEvidence(app, leads[0], milestone, pdf()).expect(201)).body.id;
  const before = await totals();
  expect(before.programme).toEqual([
    { source: 'grant', stage: 'awarded', pence: 71_999_993 },
    { source: 'grant', stage: 'outside', pence: -120_000_050 },
    { source: 'grant', stage: 'paid', pence: 48_000_057 },
    { source: 'match', stage: 'accepted', pence: 20_000_013 },
    { source: 'match', stage: 'outside', pence: -65_000_025 },
    { source: 'match', stage: 'pledged', pence: 45_000_012 },
  ]);
  const old = await readAgreement(app, fellside.finance, id);
  expect(old.next).toContain('novate');
  const answers = await Promise.all([1, 2, 3].map(() => novate({}, fellside.finance, id, old.revision)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412]);
  const next = answers.find(({ status }) => status === 201)?.body as AgreementBody;

  expect((await totals()).programme).toEqual(before.programme);
  expect(await differences()).toBe(0);
  expect(next).toMatchObject({
    state: 'active',
    trust: { odsCode: 'ZZC02' },
    reference: 'ZZC02/2',
    activatedOn: TODAY,
    awardId: old.awardId,
    predecessor: { id, reference: 'AGR/ZZC01', trust: { odsCode: 'ZZC01' } },
    grant: { remainingPence: 21_999_993, paidPence: 48_000_057 },
    match: { pledgedPence: 15_000_012, acceptedPence: 20_000_013 },
    current: {
      number: 1,
      preparedBy: old.current.preparedBy,
      approvedBy: { id: (await app.actorOf(fellside.finance)).id },
      terms: {
        parties: { recipient: { odsCode: 'ZZC02', name: 'Marsh and Mere Council' } },
        lines: old.current.terms.lines,
        conditions: old.current.terms.conditions,
        drawnBeforePence: 48_000_057,
      },
    },
  });
  expect(next.lines.map(({ grant, match }) => ({ grant, match }))).toEqual(
    old.lines.map(({ grant, match }) => ({ grant, match })),
  );
  expect(next.tranches).toMatchObject([
    { number: 2, grantPence: 21_999_993, drawnPence: 0, milestones: ['fellside-valleys/live'] },
  ]);
  const left = await readAgreement(app, fellside.finance, id);
  expect(left).toMatchObject({ state: 'novated', successor: { id: next.id }, next: [] });
  const amounts = [left.grant, left.match].flatMap((stages) => Object.values(stages));
  expect([amounts.length, new Set(amounts)]).toEqual([12, new Set([0])]);
  const [out, back] = await app.database.sql(
    `select id, agreement_id as agreement, total_pence::float8 as pence, novates_id as novates from journal
     where kind = 'novate' order by id`,
  );
  expect(out).toMatchObject({ agreement: id, pence: 70_000_050 + 35_000_025, novates: null });
  expect(back).toMatchObject({ agreement: next.id, pence: 70_000_050 + 35_000_025, novates: out?.id });
  await expectToBelong(milestone, proof, next.id);
  expect(await undescribed(app, fellside.finance, [id, next.id], RURAL)).toEqual([]);
  expect(await undescribed(app, leads[1], [next.id], RURAL)).toEqual([]);
});

/** What goes with the agreement belongs to the successor, and to nobody else. */
async function expectToBelong(milestone: string, proof: string, agreement: string): Promise<void> {
  for (const path of [
    `/v1/milestones/${milestone}`,
    `/v1/evidence/${proof}`,
    `/v1/agreements/${agreement}`,
  ]) {
    await app.request('get', path, leads[1]).expect(200);
    await app.request('get', path, leads[0]).expect(404);
  }
  await app.request('get', `/v1/agreements/${id}`, leads[0]).expect(200);
  await app.request('get', `/v1/agreements/${id}`, leads[1]).expect(404);
  const rows = await app.database.sql(
    `select o.ods_code as trust, c.state, c.amount_pence::float8 as pence, c.agreement_id = $1 as new
     from contribution c join organisation o on o.id = c.trust_id order by c.id`,
    [agreement],
  );
  expect(rows).toEqual([
    { trust: 'ZZC01', state: 'accepted', pence: 20_000_013, new: false },
    { trust: 'ZZC01', state: 'withdrawn', pence: 1_000_001, new: false },
    { trust: 'ZZC01', state: 'withdrawn', pence: 300, new: false },
    { trust: 'ZZC02', state: 'pledged', pence: 1_000_001, new: true },
    { trust: 'ZZC02', state: 'pledged', pence: 300, new: true },
  ]);
  const claims = await app.database.sql('select state from claim order by id');
  expect(claims.map(({ state }) => state)).toEqual(['paid', 'paid', 'withdrawn', 'rejected']);
}

test('what was kept before the novation does not go on counting for whoever had it', async () => {
  const { total, whole } = await bothSums(app, RURAL);
  expect(total).toEqual(whole);
});

test('what went to a successor does not go again, and its award is agreed for good', async () => {
  const before = await rowCounts(app.database);
  expect((await novate()).codes).toEqual(['wrong-state']);
  await expect(
    app.database.sql(
      `insert into agreement (programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on,
         match_pence, per_grant_pence, predecessor_id)
       select programme_id, trust_id, award_id, 'Again', 'withdrawn', window_starts_on, window_ends_on, match_pence,
         per_grant_pence, id from agreement where id = $1`,
      [id],
    ),
  ).rejects.toMatchObject({ constraint: 'agreement_novated_once' });
  expect(await draft(app, fellside.manager, 'ZZC01', { reference: 'Again' }, RURAL)).toMatchObject({
    codes: ['award-agreed-already'],
  });
  expect(await rowCounts(app.database)).toEqual(before);
});

test('a definition names the trust that holds the projects now, and moves none', async () => {
  await expect(apply(definition(true))).rejects.toMatchObject({
    details: {
      blockers: expect.arrayContaining([expect.objectContaining({ code: 'project-stays-with-its-trust' })]),
    },
  });
  await expect(apply(definition(true, { '/projects/0/trust': 'ZZC02' }))).resolves.toMatchObject({
    changes: [],
  });
});

test('whoever holds two agreements hands each over with the projects that it rests on', async () => {
  const [held] = await app.database.sql<{ id: string }>(
    'select id from agreement where predecessor_id = $1',
    [id],
  );
  const line = { line: '2024/25 capital', incurredOn: '2024-05-01' };
  await putClaim(app, { ...line, agreementId: held?.id as string, pence: 1_999_993, tranche: 2 }, 'paid');
  const before = await totals();
  const projects = async () =>
    Object.fromEntries(
      (
        await app.database.sql<{ code: string; trust: string }>(
          'select p.code, o.ods_code as trust from project p join organisation o on o.id = p.trust_id',
        )
      ).map(({ code, trust }) => [code, trust]),
    );
  const order = { successor: 'ZZC04' };
  const marsh = await novate({ ...order, reference: 'ZZC04/1' }, fellside.finance, marshId);
  expect([marsh.status, marsh.codes]).toEqual([201, []]);
  expect(await projects()).toEqual({ 'fellside-valleys': 'ZZC02', 'marsh-masts': 'ZZC04' });
  const last = await novate({ ...order, reference: 'ZZC04/2' }, fellside.finance, held?.id);
  expect(last).toMatchObject({
    status: 201,
    body: {
      grant: { paidPence: 50_000_050, remainingPence: 20_000_000 },
      tranches: [{ grantPence: 20_000_000 }],
    },
  });
  expect(last.body.current.terms.drawnBeforePence).toBe(50_000_050);
  expect(await projects()).toEqual({ 'fellside-valleys': 'ZZC04', 'marsh-masts': 'ZZC04' });
  const after = await totals();
  expect(after.programme).toEqual(before.programme);
  expect(await differences()).toBe(0);
  expect((after.trusts as Array<{ ods_code: string }>).map(({ ods_code }) => ods_code)).toEqual(
    Array(6).fill('ZZC04'),
  );
});
