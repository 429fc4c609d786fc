import { TRUSTED_MS } from '../src/identity/authentication.js';
import { again } from './support/again.js';
import { startTestApp, type TestApp } from './support/app.js';
import {
  advanceLine,
  beginClaim,
  type ClaimCast,
  claimCast,
  claimStep,
  costLine,
  provedDraft,
  proveLine,
  readClaim,
  saveClaim,
  takeTo,
  unbalanced,
} from './support/claims.js';
import { Conformance } from './support/conformance.js';
import { balances, type InForce, putInForce } from './support/money.js';
import { causesOf, move, post } from './support/postings.js';
import { SLUG } from './support/returns.js';
import { NOBODYS } from './support/routes.js';

const pounds = (amount: number): number => amount * 100;

let app: TestApp;
let cast: ClaimCast;
let agreed: InForce;
let project: string;

beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-15' } });
  cast = await claimCast(app, 'RW4');
  agreed = await inForce('RW4');
  project = await projectOf('RW4');
}, 180_000);
afterAll(() => app?.stop());

/** An agreement in force whose gates are open: no milestones, and no match asked for. */
const inForce = (trust: string): Promise<InForce> =>
  putInForce(app, trust, {
    ratio: { matchPence: 0, perGrantPence: 1 },
    tranches: () => [
      {
        number: 1,
        name: 'On signature',
        basis: 'advance',
        plannedOn: '2017-06-30',
        grantPence: pounds(1_000_000),
        milestones: [],
      },
      {
        number: 2,
        name: 'On delivery',
        basis: 'delivery',
        plannedOn: '2018-03-31',
        grantPence: pounds(4_000_000),
        milestones: [],
      },
    ],
  });

async function projectOf(trust: string): Promise<string> {
  const [row] = await app.database.sql<{ code: string }>(
    `select p.code from project p join organisation o on o.id = p.trust_id where o.ods_code = $1 order by 1 limit 1`,
    [trust],
  );
  return row?.code as string;
}

const step = (key: string, id: string, noun: string, body?: object, revision?: number | null) =>
  claimStep(app, key, id, noun, body, revision);
const read = (id: string, key = cast.lead) => readClaim(app, key, id);
const reason = { reason: 'Because.' };
const recommended = { recommendation: 'Approve it.' };

/** Where the money of the agreement is, without the stages that hold nothing. */
async function standing(agreement = agreed): Promise<Record<string, number>> {
  expect(await unbalanced(app)).toEqual([]);
  return Object.fromEntries(
    Object.entries(await balances(app, agreement.id)).filter(
      ([name, pence]) => name.startsWith('grant') && pence !== 0,
    ),
  );
}

/** What a test changes of where the money is. */
async function movedBy(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await standing();
  await act();
  const after = await standing();
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differences = [...names].map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, pence]) => pence !== 0));
}

/** The personal id of whoever holds a key. */
const idOf = async (key: string): Promise<string> => (await app.actorOf(key)).id;

describe('the life of a claim', () => {
  test('from the draft to the approval, by different people, and its money moves with it', async () => {
    const begun = await beginClaim(app, cast.lead, agreed);
    expect(begun).toMatchObject({ status: 201, body: { state: 'draft', claimedPence: 0, version: 1 } });
    expect(begun.body.reference).toMatch(/^CLM-\d{6}$/);
    expect(begun.body.blockers.map(({ code }) => code)).toEqual(['claim-empty']);
    const { id } = begun.body;
    const lines = [costLine(project, pounds(600)), costLine(project, pounds(400), { vatPence: pounds(80) })];
    const saved = await saveClaim(app, cast.lead, id, { lines, description: 'Costs of October' });
    expect(saved.body.blockers.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['evidence-missing', '/lines/0/invoiceReference'],
      ['evidence-missing', '/lines/1/invoiceReference'],
    ]);
    expect(await step(cast.director, id, 'certification')).toMatchObject({
      status: 409,
      codes: ['evidence-missing', 'evidence-missing'],
    });
    for (const line of lines) await proveLine(app, cast.lead, id, line);
    expect((await read(id)).blockers).toEqual([]);
    expect((await read(id)).lines.map(({ evidence }) => evidence !== null)).toEqual([true, true]);
    expect((await read(id)).claimable.tranche.leftPence).toBe(pounds(4_000_000));

    expect(await movedBy(() => takeTo(app, cast, id, 'certification'))).toEqual({});
    expect(await movedBy(() => step(cast.lead, id, 'submission'))).toEqual({
      'grant awarded': pounds(-1_000),
      'grant claimed': pounds(1_000),
    });
    expect((await read(id)).claimable.tranche.leftPence).toBe(pounds(3_999_000));
    expect((await step(cast.assessor, id, 'evidence-check')).body.state).toBe('evidence-check');
    expect((await step(cast.assessor, id, 'recommendation', recommended)).body.state).toBe('recommended');
    expect(await movedBy(() => step(cast.officer, id, 'approval', reason))).toEqual({
      'grant claimed': pounds(-1_000),
      'grant approved': pounds(1_000),
    });

    const claim = await read(id, cast.officer);
    expect(claim).toMatchObject({
      state: 'approved',
      description: 'Costs of October',
      claimedPence: pounds(1_000),
      approvedPence: pounds(1_000),
      recommendation: 'Approve it.',
      decisionReason: 'Because.',
      ageDays: 0,
      payments: [],
      recoveries: [],
      people: {
        preparedBy: [{ id: await idOf(cast.lead) }],
        certifiedBy: { id: await idOf(cast.director) },
        submittedBy: { id: await idOf(cast.lead) },
        checkedBy: { id: await idOf(cast.assessor) },
        recommendedBy: { id: await idOf(cast.assessor) },
        approvedBy: { id: await idOf(cast.officer) },
        secondApprovedBy: null,
        endedBy: null,
      },
    });
    const journals = await app.database.sql(
      `select j.kind, count(*)::int as postings, j.dated_on::text as "datedOn", bool_and(p.incurred_on = '2017-10-02') as dated,
         bool_and(p.tranche_id is not null) as drawn
       from journal j join posting p on p.journal_id = j.id where j.claim_id = $1 group by j.id order by j.id`,
      [id],
    );
    expect(journals).toEqual([
      { kind: 'claim', postings: 2, datedOn: '2018-05-15', dated: true, drawn: true },
      { kind: 'approve', postings: 1, datedOn: '2018-05-15', dated: null, drawn: true },
    ]);
    const [gate] = await app.database.sql('select step, claim_id from gate_decision where claim_id = $1', [
      id,
    ]);
    expect(gate).toEqual({ step: 'approve', claim_id: id });
  });

  test('an advance has lines without costs, and only from an advance', async () => {
    expect(await beginClaim(app, cast.lead, agreed, { kind: 'advance' })).toMatchObject({
      status: 409,
      codes: ['tranche-not-an-advance'],
    });
    expect(await beginClaim(app, cast.lead, agreed, { trancheNumber: 1 })).toMatchObject({
      status: 409,
      codes: ['tranche-is-an-advance'],
    });
    const { id } = (await beginClaim(app, cast.lead, agreed, { kind: 'advance', trancheNumber: 1 })).body;
    const lines = [
      advanceLine(pounds(300)),
      advanceLine(pounds(200), { kind: 'capital' }),
      advanceLine(pounds(100)),
    ];
    expect(await saveClaim(app, cast.lead, id, { lines })).toMatchObject({
      status: 200,
      body: { claimedPence: pounds(600), blockers: [], lines: [{ project: null, netPence: null }, {}, {}] },
    });
    expect(await movedBy(() => takeTo(app, cast, id, 'approval'))).toEqual({
      'grant awarded': pounds(-600),
      'grant approved': pounds(600),
    });
    const postings = await app.database.sql(
      `select p.kind, p.amount_pence::float8 as pence, p.incurred_on from posting p join journal j on j.id = p.journal_id
       where j.claim_id = $1 and p.kind = 'advance' order by p.id`,
      [id],
    );
    expect(postings.map(({ pence, incurred_on }) => [pence, incurred_on])).toEqual([
      [pounds(300), null],
      [pounds(200), null],
      [pounds(100), null],
    ]);
  });

  test('part approval, to the penny, with a reason for each line that is cut', async () => {
    const lines = [
      costLine(project, 10_001),
      costLine(project, 20_002, { kind: 'capital' }),
      costLine(project, 30_003),
    ];
    const id = await provedDraft(app, cast, agreed, lines);
    await takeTo(app, cast, id, 'evidence-check');
    const cut = { position: 3, approvedPence: 30_000, because: 'Three pence are not eligible.' };
    const said = (...wanted: object[]) => ({ ...recommended, lines: wanted });
    for (const [wanted, code, pointer] of [
      [{ ...cut, because: null }, 'reason-missing', '/lines/0/because'],
      [{ ...cut, position: 4 }, 'unknown-line', '/lines/0/position'],
      [{ ...cut, approvedPence: 30_004 }, 'more-than-claimed', '/lines/0/approvedPence'],
      [{ ...cut, approvedPence: 30_003 }, 'nothing-disallowed', '/lines/0/because'],
    ] as const)
      expect(await step(cast.assessor, id, 'recommendation', said(wanted))).toMatchObject({
        status: 422,
        codes: [code],
        body: { errors: [{ pointer }] },
      });
    expect(await step(cast.assessor, id, 'recommendation', said(cut, cut))).toMatchObject({
      codes: ['line-twice'],
    });
    expect((await step(cast.assessor, id, 'recommendation', said(cut))).body.lines[2]).toMatchObject({
      recommendedPence: 30_000,
      recommendedBecause: cut.because,
      approvedPence: null,
    });
    const nothing = [1, 2, 3].map((position) => ({ position, approvedPence: 0, because: 'No.' }));
    expect(await step(cast.officer, id, 'approval', { lines: nothing })).toMatchObject({
      status: 409,
      codes: ['nothing-approved'],
    });
    const approval = { lines: [{ position: 2, approvedPence: 1, because: 'One penny of it.' }], ...reason };
    expect(await movedBy(() => step(cast.officer, id, 'approval', approval))).toEqual({
      'grant claimed': -60_006,
      'grant approved': 10_001 + 1 + 30_000,
      'grant awarded': 60_006 - 40_002,
    });
    const claim = await read(id);
    expect(claim).toMatchObject({ state: 'part-approved', claimedPence: 60_006, approvedPence: 40_002 });
    expect(claim.lines.map((line) => [line.approvedPence, line.disallowedBecause])).toEqual([
      [10_001, null],
      [1, 'One penny of it.'],
      [30_000, cut.because],
    ]);
    const [drawn] = await app.database.sql<{ pence: number }>(
      `select coalesce(sum(case when p.to_stage = 'awarded' then -p.amount_pence when p.from_stage = 'awarded' then p.amount_pence end), 0)::float8 as pence
       from posting p join journal j on j.id = p.journal_id where j.claim_id = $1`,
      [id],
    );
    expect(drawn?.pence).toBe(40_002);
  });

  test('an approval above the threshold takes two people, and the first can be taken back', async () => {
    const id = await provedDraft(app, cast, agreed, [
      costLine(project, pounds(500_000) + 1, { kind: 'capital' }),
    ]);
    await takeTo(app, cast, id, 'recommendation');
    expect(await step(cast.manager, id, 'second-approval', {})).toMatchObject({
      status: 409,
      codes: ['first-approval-missing'],
    });
    const first = await step(cast.officer, id, 'approval', reason);
    expect(first).toMatchObject({
      status: 200,
      body: {
        state: 'recommended',
        approvedPence: pounds(500_000) + 1,
        secondApprovalAbovePence: pounds(500_000),
      },
    });
    expect(first.body.next).toEqual(['withdraw-approval', 'reject']);
    expect(await step(cast.manager, id, 'approval', {})).toMatchObject({
      status: 409,
      codes: ['second-approval-missing'],
    });
    expect(await step(cast.officer, id, 'second-approval', {})).toMatchObject({
      status: 409,
      codes: ['second-approver-is-not-another'],
    });
    expect(await movedBy(() => step(cast.manager, id, 'approval-withdrawal', reason))).toEqual({});
    expect(await read(id)).toMatchObject({
      state: 'recommended',
      approvedPence: null,
      people: { approvedBy: null, approvedAt: null },
      lines: [{ approvedPence: null }],
    });
    expect(await step(cast.manager, id, 'approval-withdrawal', reason)).toMatchObject({
      codes: ['first-approval-missing'],
    });
    const whole = pounds(500_000) + 1;
    expect(await movedBy(() => step(cast.manager, id, 'approval', {}))).toEqual({});
    expect(await movedBy(() => step(cast.officer, id, 'second-approval', reason))).toEqual({
      'grant claimed': -whole,
      'grant approved': whole,
    });
    expect(await read(id)).toMatchObject({
      state: 'approved',
      people: {
        approvedBy: { id: await idOf(cast.manager) },
        secondApprovedBy: { id: await idOf(cast.officer) },
      },
    });
    expect((await step(cast.officer, id, 'approval-cancellation', reason)).body.state).toBe('rejected');
  });

  test('what is approved counts against the threshold, and not what is claimed', async () => {
    const id = await provedDraft(app, cast, agreed, [
      costLine(project, pounds(600_000), { kind: 'capital' }),
    ]);
    await takeTo(app, cast, id, 'recommendation');
    const lines = [{ position: 1, approvedPence: pounds(500_000), because: 'No more than that.' }];
    expect((await step(cast.officer, id, 'approval', { lines })).body.state).toBe('part-approved');
    expect((await step(cast.officer, id, 'approval-cancellation', reason)).body.state).toBe('rejected');
  });
});

describe('queries', () => {
  test('project lead 3: why a claim was queried; answered as it stands, and back to its check', async () => {
    const id = await provedDraft(app, cast, agreed, [
      costLine(project, pounds(50)),
      costLine(project, pounds(60)),
    ]);
    await takeTo(app, cast, id, 'evidence-check');
    const questions = [
      { position: 2, question: 'Which wards?' },
      { position: null, question: 'Why so late?' },
    ];
    expect(
      await step(cast.assessor, id, 'queries', { questions: [{ position: 3, question: 'What?' }] }),
    ).toMatchObject({ status: 422, codes: ['unknown-line'] });
    const asked = await step(cast.assessor, id, 'queries', { questions });
    expect(asked.body).toMatchObject({ state: 'queried', queries: questions });

    const seen = await read(id);
    expect(seen.queries[0]).toMatchObject({
      version: 1,
      position: 2,
      question: 'Which wards?',
      raisedBy: { id: await idOf(cast.assessor) },
      answer: null,
      answeredBy: null,
    });
    expect(seen.blockers.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['query-unanswered', '/lines/1'],
      ['query-unanswered', undefined],
    ]);
    expect(seen.next).toEqual(['answer-query', 'answer', 'revise', 'withdraw']);
    expect(await step(cast.lead, id, 'answer')).toMatchObject({
      status: 409,
      codes: ['query-unanswered', 'query-unanswered'],
    });
    for (const query of seen.queries)
      expect(await step(cast.lead, id, `queries/${query.id}/answer`, { answer: 'All.' })).toMatchObject({
        status: 200,
      });
    expect(await movedBy(() => step(cast.director, id, 'answer'))).toEqual({});
    expect(await read(id)).toMatchObject({
      state: 'evidence-check',
      version: 1,
      blockers: [],
      queries: [{ answer: 'All.', answeredBy: { id: await idOf(cast.lead) } }, {}],
    });
    expect(
      await step(cast.lead, id, `queries/${seen.queries[0]?.id}/answer`, { answer: 'None.' }),
    ).toMatchObject({
      status: 409,
      codes: ['wrong-state'],
    });
    const other = await provedDraft(app, cast, agreed, [costLine(project, 1)]);
    expect(
      await step(cast.lead, other, `queries/${seen.queries[0]?.id}/answer`, { answer: 'x' }),
    ).toMatchObject({
      status: 404,
    });
  });

  test('a revised claim is a new version: the old one stays, its money is free until the new one is submitted', async () => {
    const kept = costLine(project, pounds(70));
    const id = await provedDraft(app, cast, agreed, [kept, costLine(project, pounds(30))]);
    await takeTo(app, cast, id, 'evidence-check');
    await step(cast.assessor, id, 'queries', { questions: [{ position: 2, question: 'Eligible?' }] });
    expect(await movedBy(() => step(cast.lead, id, 'revision', reason))).toEqual({
      'grant claimed': pounds(-100),
      'grant awarded': pounds(100),
    });
    const draft = await read(id);
    expect(draft).toMatchObject({
      state: 'draft',
      version: 2,
      claimedPence: pounds(100),
      people: { certifiedBy: null, submittedBy: null, checkedBy: null },
      lines: [{ claimedPence: pounds(70) }, { claimedPence: pounds(30) }],
    });
    expect(draft.blockers.map(({ code }) => code)).toEqual(['query-unanswered']);
    expect(await saveClaim(app, cast.lead, id, { lines: [kept] })).toMatchObject({ status: 200 });
    expect(await step(cast.lead, id, 'submission')).toMatchObject({ status: 409 });
    expect((await step(cast.director, id, 'certification')).body.state).toBe('fd-certified');
    expect(await step(cast.lead, id, 'submission')).toMatchObject({ codes: ['query-unanswered'] });
    await step(cast.lead, id, `queries/${draft.queries[0]?.id}/answer`, { answer: 'No: taken out.' });
    expect(await movedBy(() => step(cast.lead, id, 'submission'))).toEqual({
      'grant claimed': pounds(70),
      'grant awarded': pounds(-70),
    });

    const { body } = await app.request('get', `/v1/claims/${id}/versions`, cast.lead).expect(200);
    expect(body.items).toMatchObject([
      {
        number: 2,
        claimedPence: pounds(70),
        lines: [{ claimedPence: pounds(70) }],
        revisedBy: null,
        queries: [],
      },
      {
        number: 1,
        claimedPence: pounds(100),
        lines: [{ claimedPence: pounds(70) }, { claimedPence: pounds(30) }],
        certifiedBy: { id: await idOf(cast.director) },
        submittedBy: { id: await idOf(cast.lead) },
        checkedBy: { id: await idOf(cast.assessor) },
        revisedBy: { id: await idOf(cast.lead) },
        reason: 'Because.',
        queries: [{ question: 'Eligible?', answer: 'No: taken out.' }],
      },
    ]);
    const fixed = { constraint: 'submitted_claim_is_fixed' };
    for (const text of [
      'update claim_line set claimed_pence = claimed_pence - 1 where claim_id = $1 and version = 1',
      'delete from claim_line where claim_id = $1 and version = 1',
      "update claim_line set description = 'Another' where claim_id = $1 and version = 2",
      'delete from claim_line where claim_id = $1 and version = 2',
      `insert into claim_line select (jsonb_populate_record(l, jsonb_build_object('id', uuidv7(), 'position', 9))).*
       from claim_line l where l.claim_id = $1 and l.version = 2`,
    ])
      await expect(app.database.sql(text, [id])).rejects.toMatchObject(fixed);
  });
});

describe('the money comes back, exactly', () => {
  const lines = () => [costLine(project, 12_345), costLine(project, 54_321, { kind: 'capital' })];

  test('by a withdrawal, before the check and after a query', async () => {
    const draft = await provedDraft(app, cast, agreed, lines());
    expect(await movedBy(() => step(cast.lead, draft, 'withdrawal', reason))).toEqual({});
    const submitted = await provedDraft(app, cast, agreed, lines());
    const queried = await provedDraft(app, cast, agreed, lines());
    expect(
      await movedBy(async () => {
        await takeTo(app, cast, submitted, 'submission');
        await takeTo(app, cast, queried, 'evidence-check');
        expect(await step(cast.lead, queried, 'withdrawal', reason)).toMatchObject({
          status: 409,
          codes: ['wrong-state'],
        });
        await step(cast.assessor, queried, 'queries', { questions: [{ question: 'Why?' }] });
        for (const id of [submitted, queried])
          expect(await step(cast.director, id, 'withdrawal', reason)).toMatchObject({
            status: 200,
            body: {
              state: 'withdrawn',
              decisionReason: 'Because.',
              people: { endedBy: { id: await idOf(cast.director) } },
            },
          });
      }),
    ).toEqual({});
  });

  test('by a rejection, and its evidence may prove another claim', async () => {
    const own = lines();
    const id = await provedDraft(app, cast, agreed, own);
    expect(await movedBy(() => takeTo(app, cast, id, 'evidence-check'))).toEqual({
      'grant awarded': -66_666,
      'grant claimed': 66_666,
    });
    expect(await movedBy(() => step(cast.officer, id, 'rejection', reason))).toEqual({
      'grant awarded': 66_666,
      'grant claimed': -66_666,
    });
    const rejected = await read(id);
    expect(rejected).toMatchObject({ state: 'rejected', approvedPence: null, decisionReason: 'Because.' });
    expect(rejected.people.endedBy?.id).toBe(await idOf(cast.officer));
    expect(rejected.evidence.map(({ counts }) => counts)).toEqual([false, false]);
    expect(rejected.next).toEqual([]);
    await provedDraft(app, cast, agreed, own);
  });

  test('by a rejection after a first approval, and by cancelling an approval', async () => {
    const half = await provedDraft(app, cast, agreed, [
      costLine(project, pounds(600_000), { kind: 'capital' }),
    ]);
    const whole = await provedDraft(app, cast, agreed, lines());
    expect(
      await movedBy(async () => {
        await takeTo(app, cast, half, 'approval');
        expect((await step(cast.manager, half, 'rejection', reason)).body).toMatchObject({
          state: 'rejected',
          approvedPence: null,
          people: { approvedBy: null },
        });
        await takeTo(app, cast, whole, 'recommendation');
        const cut = { lines: [{ position: 2, approvedPence: 4_321, because: 'Half.' }] };
        expect((await step(cast.officer, whole, 'approval', cut)).body.state).toBe('part-approved');
        expect((await step(cast.manager, whole, 'approval-cancellation', reason)).body).toMatchObject({
          state: 'rejected',
          approvedPence: null,
          lines: [{ approvedPence: null }, { approvedPence: null, disallowedBecause: null }],
        });
      }),
    ).toEqual({});
    expect(await step(cast.manager, whole, 'approval-cancellation', reason)).toMatchObject({
      status: 409,
      codes: ['wrong-state'],
    });
  });
});

describe('preparer, certifier, checker and approver are different people', () => {
  test('the rules refuse each of them', async () => {
    const twoHats = await claimCast(app, 'RW4');
    const draft = await provedDraft(app, cast, agreed, [costLine(project, 100)]);
    // Roles keep these apart already; a person who changed role is still the person who prepared.
    const change = async (role: string, ...people: string[]) => {
      await app.database.sql(
        `with moved as (update api_key set trust_id = case when $2 like 'trust-%' then trust_id end where person_id = any ($1))
         update person set role = $2, trust_id = case when $2 like 'trust-%' then trust_id end where id = any ($1)`,
        [people, role],
      );
      await new Promise((resolve) => setTimeout(resolve, TRUSTED_MS + 50));
    };
    const lead = await idOf(twoHats.lead);
    await saveClaim(app, twoHats.lead, draft, { description: 'Prepared by two' });
    await change('trust-finance-director', lead);
    expect(await step(twoHats.lead, draft, 'certification')).toMatchObject({
      status: 409,
      codes: ['certifier-is-preparer'],
    });
    expect((await read(draft, twoHats.lead)).next).toEqual(['withdraw']);

    const director = await idOf(twoHats.director);
    await step(twoHats.director, draft, 'certification');
    await step(cast.lead, draft, 'submission');
    await change('assessor', lead, director);
    for (const key of [twoHats.lead, twoHats.director]) {
      expect(await step(key, draft, 'evidence-check')).toMatchObject({
        status: 409,
        codes: ['checker-is-preparer-or-certifier'],
      });
      expect((await read(draft, key)).next).toEqual([]);
    }
    await step(cast.assessor, draft, 'evidence-check');
    for (const [noun, body] of [
      ['queries', { questions: [{ question: 'Why?' }] }],
      ['recommendation', recommended],
    ] as const)
      expect(await step(twoHats.lead, draft, noun, body)).toMatchObject({
        codes: ['checker-is-preparer-or-certifier'],
      });
    await step(cast.assessor, draft, 'recommendation', recommended);
    await change('finance-officer', lead, director);
    for (const key of [twoHats.lead, twoHats.director])
      for (const noun of ['approval', 'rejection'])
        expect(await step(key, draft, noun, reason)).toMatchObject({
          status: 409,
          codes: ['approver-is-preparer-or-certifier'],
        });
    await step(cast.officer, draft, 'approval', reason);
    expect(await step(twoHats.lead, draft, 'approval-cancellation', reason)).toMatchObject({
      codes: ['approver-is-preparer-or-certifier'],
    });
    expect((await read(draft, cast.officer)).next).toEqual(['cancel-approval']);
    expect((await read(draft, cast.manager)).next).toEqual(['cancel-approval']);
  });

  test.each([
    ['claim_certifier_is_not_preparer', 'certified_by = prepared_by[1]'],
    ['claim_checker_is_neither', 'checked_by = prepared_by[1]'],
    ['claim_checker_is_neither', 'checked_by = certified_by'],
    ['claim_checker_is_neither', 'recommended_by = prepared_by[1]'],
    ['claim_checker_is_neither', 'recommended_by = certified_by'],
    ['claim_approver_is_none_of_them', 'approved_by = prepared_by[1]'],
    ['claim_approver_is_none_of_them', 'approved_by = certified_by'],
    ['claim_second_approver_is_another', 'second_approved_by = prepared_by[1]'],
    ['claim_second_approver_is_another', 'second_approved_by = certified_by'],
    ['claim_second_approver_is_another', 'second_approved_by = approved_by'],
    ['claim_approved_within_claimed', 'approved_pence = claimed_pence + 1'],
    ['claim_approved_within_claimed', 'approved_pence = -1'],
  ])('and so does the database: %s, %s', async (constraint, change) => {
    const [column, value] = change.split(' = ') as [string, string];
    const text = again('claim', 'approved_by is not null and certified_by is not null', {
      reference: `'Another'`,
      [column]: value,
    });
    await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
  });

  test.each([
    ['claim_line_approved', 'approved_pence = claimed_pence + 1'],
    ['claim_line_recommended', 'recommended_pence = claimed_pence + 1'],
    ['claim_line_disallowed', 'approved_pence = claimed_pence - 1, disallowed_because = null'],
  ])('nor does it take %s', async (constraint, change) => {
    const text = `update claim_line set ${change} where exists (select from claim c
      where c.id = claim_id and c.version = claim_line.version and c.state in ('draft', 'evidence-check', 'recommended'))`;
    await expect(app.database.sql(text)).rejects.toMatchObject({ constraint });
  });

  test('what a version was is never edited by the application', async () => {
    const [right] = await app.database.sql<{ may: boolean }>(
      `select has_table_privilege('exemplar_app', 'claim_version', 'update')
         or has_table_privilege('exemplar_app', 'claim_version', 'delete') as may`,
    );
    expect(right?.may).toBe(false);
  });
});

describe('what a draft may break for now, and a certificate not', () => {
  const blocked = async (...lines: object[]) => {
    const { id } = (await beginClaim(app, cast.lead, agreed)).body;
    for (const line of lines as Array<ReturnType<typeof costLine>>)
      await proveLine(app, cast.lead, id, line).catch(() => undefined);
    const saved = await saveClaim(app, cast.lead, id, { lines });
    expect([saved.status, saved.codes]).toEqual([200, []]);
    const refused = await step(cast.director, id, 'certification');
    expect(refused.status).toBe(409);
    expect(refused.body.blockers).toEqual(saved.body.blockers);
    await step(cast.lead, id, 'withdrawal', reason);
    return saved.body.blockers.map(({ code, pointer }) => [code, pointer]);
  };

  test('dates outside the window, of another year, and still to come', async () => {
    const at = '/lines/0/incurredOn';
    expect(await blocked(costLine(project, 1, { incurredOn: '2017-03-31' }))).toEqual([
      ['cost-outside-window', at],
      ['cost-outside-year', at],
    ]);
    expect(await blocked(costLine(project, 1, { incurredOn: '2018-04-01' }))).toEqual([
      ['cost-outside-year', at],
    ]);
    expect(
      await blocked(
        costLine(project, 1, {
          financialYear: '2018/19',
          incurredOn: '2018-05-16',
          defrayedOn: '2018-05-16',
        }),
      ),
    ).toEqual([
      ['cost-to-come', at],
      ['payment-to-come', '/lines/0/defrayedOn'],
    ]);
  });

  test('more than is left of a line, which it names, and of the tranche', async () => {
    const line = costLine(project, pounds(1_500_001), { kind: 'capital' });
    const { id } = (await beginClaim(app, cast.lead, agreed)).body;
    await proveLine(app, cast.lead, id, line);
    const { blockers } = (await saveClaim(app, cast.lead, id, { lines: [line] })).body;
    expect(blockers).toMatchObject([
      {
        code: 'award-line-exceeded',
        pointer: '/lines/0/claimedPence',
        about: { kind: 'funding-line', id: agreed.lines['2017/18 capital'], name: '2017/18 capital' },
      },
    ]);
    expect(blockers[0]?.message).toMatch(
      /^There is not that much left of the award in 2017\/18 capital: £1,500,001 /,
    );
    const everything = ['2017/18', '2018/19', '2019/20'].flatMap((financialYear) =>
      ['capital', 'revenue'].map((kind) => advanceLine(pounds(400_000), { financialYear, kind })),
    );
    const advance = (await beginClaim(app, cast.lead, agreed, { kind: 'advance', trancheNumber: 1 })).body.id;
    expect((await saveClaim(app, cast.lead, advance, { lines: everything })).body.blockers).toMatchObject([
      { code: 'tranche-exceeded', pointer: '/claimedPence' },
    ]);
    for (const each of [id, advance]) await step(cast.lead, each, 'withdrawal', reason);
  });

  test('an invoice that two lines share is one invoice, and is not claimed twice', async () => {
    const one = costLine(project, pounds(100));
    const part = (pence: number, over: object = {}) => ({
      ...one,
      claimedPence: pence,
      kind: 'capital',
      ...over,
    });
    expect(await blocked(one, part(1))).toEqual([['invoice-claimed-twice', '/lines/1/claimedPence']]);
    expect(await blocked({ ...one, claimedPence: 1 }, part(1, { netPence: pounds(99) }))).toEqual([
      ['invoice-differs', '/lines/1/netPence'],
    ]);
    const shared = {
      ...one,
      claimedPence: pounds(60),
      invoiceReference: ` ${one.invoiceReference.toLowerCase()}.`,
    };
    const id = await provedDraft(app, cast, agreed, [one]);
    const { body } = await saveClaim(app, cast.lead, id, { lines: [shared, part(pounds(40))] });
    expect(body).toMatchObject({ claimedPence: pounds(100), blockers: [] });
  });

  test('evidence that proves another claim, or counts no more, proves nothing', async () => {
    const line = costLine(project, 100);
    const id = await provedDraft(app, cast, agreed, [line]);
    expect(await blocked(line)).toEqual([['evidence-missing', '/lines/0/invoiceReference']]);
    const [evidence] = (await read(id)).evidence;
    await app
      .request('post', `/v1/cost-evidence/${evidence?.id}/withdrawal`, cast.lead)
      .set('If-Match', `"${evidence?.revision}"`)
      .send(reason)
      .expect(200);
    expect((await read(id)).blockers).toMatchObject([{ code: 'evidence-missing' }]);
  });

  test('saving drops the certificate', async () => {
    const id = await provedDraft(app, cast, agreed, [costLine(project, 100)]);
    await takeTo(app, cast, id, 'certification');
    const saved = await saveClaim(app, cast.lead, id, { description: 'Another word' });
    expect(saved.body).toMatchObject({ state: 'draft', people: { certifiedBy: null, certifiedAt: null } });
    expect(saved.body.lines).toHaveLength(1);
    expect(await step(cast.lead, id, 'submission')).toMatchObject({ status: 409, codes: ['wrong-state'] });
  });

  test('a year that is closed: nothing new is claimed of it, and a revised claim keeps to what it claimed', async () => {
    const kept = costLine(project, pounds(100));
    const queried = await provedDraft(app, cast, agreed, [kept]);
    await takeTo(app, cast, queried, 'evidence-check');
    await step(cast.assessor, queried, 'queries', { questions: [{ position: 1, question: 'Why?' }] });
    const [query] = (await read(queried)).queries;
    await step(cast.lead, queried, `queries/${query?.id}/answer`, { answer: 'So.' });
    const fresh = await provedDraft(app, cast, agreed, [costLine(project, 1)]);
    const claimable = async () => {
      const path = `/v1/programmes/${SLUG}/trusts/RW4/claimable`;
      const { body } = await app.request('get', path, cast.lead).expect(200);
      return body.agreements[0].lines.map((line: { yearClosed: boolean }) => line.yearClosed);
    };
    await app.database.sql(
      `insert into year_end (programme_id, financial_year, lapsed_pence, closed_by, reason)
       values ($1, '2017/18', 0, $2, 'The year is over')`,
      [agreed.programmeId, await idOf(cast.officer)],
    );
    try {
      expect(await claimable()).toEqual([true, true, false, false, false, false]);
      expect((await read(fresh)).blockers).toMatchObject([
        { code: 'year-closed', pointer: '/lines/0/financialYear' },
      ]);
      expect(await step(cast.director, fresh, 'certification')).toMatchObject({ codes: ['year-closed'] });
      await step(cast.lead, queried, 'revision', reason);
      const greater = { ...kept, netPence: pounds(101), claimedPence: pounds(100) + 1 };
      expect((await saveClaim(app, cast.lead, queried, { lines: [greater] })).body.blockers).toMatchObject([
        { code: 'year-closed' },
      ]);
      expect((await saveClaim(app, cast.lead, queried, { lines: [kept] })).body.blockers).toEqual([]);
      await takeTo(app, cast, queried, 'submission');
    } finally {
      await app.database.sql(`delete from year_end where financial_year = '2017/18'`);
    }
    for (const id of [queried, fresh]) await step(cast.lead, id, 'withdrawal', reason);
  });

  test('nothing is begun, submitted or approved under an agreement that is suspended', async () => {
    const submitting = await provedDraft(app, cast, agreed, [costLine(project, 100)]);
    const approving = await provedDraft(app, cast, agreed, [costLine(project, 100)]);
    await takeTo(app, cast, submitting, 'certification');
    await takeTo(app, cast, approving, 'recommendation');
    const suspend = (state: string) =>
      app.database.sql('update agreement set state = $2 where id = $1', [agreed.id, state]);
    await suspend('suspended');
    const refused = { status: 409, codes: ['agreement-not-active'] };
    try {
      expect(await beginClaim(app, cast.lead, agreed)).toMatchObject(refused);
      expect(await step(cast.lead, submitting, 'submission')).toMatchObject(refused);
      expect(await step(cast.officer, approving, 'approval', {})).toMatchObject(refused);
    } finally {
      await suspend('active');
    }
    await step(cast.lead, submitting, 'submission');
  });
});

describe('the gate', () => {
  let closed: InForce;
  let own: ClaimCast;
  let code: string;
  beforeAll(async () => {
    closed = await putInForce(app, 'RXT');
    own = await claimCast(app, 'RXT');
    code = await projectOf('RXT');
  });

  const claimable = async () => {
    const { body } = await app
      .request('get', `/v1/programmes/${SLUG}/trusts/RXT/claimable`, own.lead)
      .expect(200);
    return body;
  };
  const meet = () =>
    app.database.sql("update milestone set state = 'met' where trust_id = $1", [closed.trustId]);
  const accept = async (pence: number) => {
    const line = closed.lines['2017/18 revenue'];
    const cause = await causesOf(app, closed);
    const movements = [move(line, 'match', 'pledged', 'evidenced', pence, { incurredOn: '2017-10-01' })];
    await post(app, closed, { kind: 'evidence', movements, cause });
    await post(app, closed, {
      kind: 'accept',
      movements: [move(line, 'match', 'evidenced', 'accepted', pence)],
      cause,
    });
  };

  test('project lead 4: how much a trust can claim now, by tranche, line, match and gate', async () => {
    const before = await claimable();
    expect(before).toMatchObject({
      programme: SLUG,
      trust: { odsCode: 'RXT' },
      claimableNowPence: pounds(1_000_000),
      agreements: [
        {
          id: closed.id,
          state: 'active',
          claimedPence: 0,
          claimableNowPence: pounds(1_000_000),
          tranches: [
            {
              number: 1,
              leftPence: pounds(1_000_000),
              matchRoomPence: null,
              gateOpen: true,
              blockers: [],
              claimableNowPence: pounds(1_000_000),
              limitedBy: 'tranche',
            },
            {
              number: 2,
              leftPence: pounds(4_000_000),
              matchRoomPence: 0,
              gateOpen: false,
              blockers: [{ code: 'milestone-not-accepted' }, { code: 'match-below-ratio' }],
              claimableNowPence: 0,
              limitedBy: 'gate',
            },
          ],
        },
      ],
    });
    expect(before.agreements[0].lines).toHaveLength(6);
    expect(before.agreements[0].lines[0]).toMatchObject({ financialYear: '2017/18', kind: 'capital' });
    expect(before.agreements[0].lines.map((line: { leftPence: number }) => line.leftPence > 0)).not.toContain(
      false,
    );
  });

  test('a claim is not approved before it opens; until then the claim waits, and then goes through', async () => {
    const id = await provedDraft(app, own, closed, [costLine(code, pounds(100))]);
    await takeTo(app, own, id, 'recommendation');
    const before = await standing(closed);
    expect(await claimStep(app, own.officer, id, 'approval', reason)).toMatchObject({
      status: 409,
      codes: ['milestone-not-accepted', 'match-below-ratio'],
    });
    expect(await read(id, own.lead)).toMatchObject({
      state: 'recommended',
      approvedPence: null,
      people: { approvedBy: null },
    });
    expect(await standing(closed)).toEqual(before);
    await meet();
    await accept(pounds(100) - 1);
    expect(await claimStep(app, own.officer, id, 'approval', reason)).toMatchObject({
      codes: ['match-below-ratio'],
    });
    await accept(1);
    expect(await claimStep(app, own.officer, id, 'approval', reason)).toMatchObject({
      status: 200,
      body: { state: 'approved' },
    });
    // What is claimed and not decided on takes its part of the match, and gives it back.
    await accept(pounds(1_000));
    const second = await provedDraft(app, own, closed, [costLine(code, pounds(400))]);
    const room = async () => {
      const { agreements } = await claimable();
      const { matchRoomPence, claimableNowPence, limitedBy, gateOpen } = agreements[0].tranches[1];
      return [matchRoomPence, claimableNowPence, limitedBy, gateOpen];
    };
    expect(await room()).toEqual([pounds(1_000), pounds(1_000), 'match', true]);
    expect((await claimable()).claimableNowPence).toBe(pounds(1_001_000));
    await takeTo(app, own, second, 'submission');
    expect(await room()).toEqual([pounds(600), pounds(600), 'match', true]);
    expect((await claimable()).agreements[0].claimedPence).toBe(pounds(400));
    await claimStep(app, own.lead, second, 'withdrawal', reason);
    expect(await room()).toEqual([pounds(1_000), pounds(1_000), 'match', true]);
  });

  test('whoever may not see the trust gets nothing of it', async () => {
    const path = `/v1/programmes/${SLUG}/trusts`;
    await app.request('get', `${path}/RXT/claimable`, cast.lead).expect(404);
    await app.request('get', `${path}/RXT/claimable`, cast.assessor).expect(200);
    await app.request('get', `${path}/ZZZ/claimable`, cast.assessor).expect(404);
    await app.request('get', '/v1/programmes/none/trusts/RXT/claimable', cast.assessor).expect(404);
  });
});

describe('lists', () => {
  const PAGE = '/v1/claims';
  const listed = async (key: string, query: string) => {
    const { body } = await app.request('get', `${PAGE}?${query}`, key).expect(200);
    return body as { items: Array<{ id: string; state: string; ageDays: number }>; next: string | null };
  };
  const ids = async (key: string, query: string) => (await listed(key, query)).items.map(({ id }) => id);
  let own: ClaimCast;
  let under: InForce;
  /** One claim in each of the first states, and one whose first approval is given. */
  const at: Record<string, string> = {};

  beforeAll(async () => {
    own = await claimCast(app, 'RWX');
    under = await inForce('RWX');
    const code = await projectOf('RWX');
    const draft = (pence: number) =>
      provedDraft(app, own, under, [costLine(code, pence, { kind: 'capital' })]);
    at.draft = await draft(1);
    for (const [state, last] of [
      ['fd-certified', 'certification'],
      ['submitted', 'submission'],
      ['evidence-check', 'evidence-check'],
      ['queried', 'evidence-check'],
      ['recommended', 'recommendation'],
      ['approved', 'approval'],
    ] as const) {
      at[state] = await draft(1);
      await takeTo(app, own, at[state] as string, last);
    }
    await step(own.assessor, at.queried as string, 'queries', { questions: [{ question: 'Why?' }] });
    at.half = await draft(pounds(500_001));
    await takeTo(app, own, at.half, 'approval');
    at.empty = (await beginClaim(app, own.lead, under)).body.id;
    // As if they had waited: the draft the longest, then in the order in which they were made.
    const waiting = [
      'draft',
      'submitted',
      'evidence-check',
      'recommended',
      'half',
      'queried',
      'fd-certified',
    ];
    for (const [index, name] of waiting.entries())
      await app.database.sql(
        `update claim set state_since = timestamptz '2018-05-15 12:00Z' - make_interval(days => $2) where id = $1`,
        [at[name], 20 - index],
      );
  }, 180_000);

  const named = (list: string[]) => list.map((id) => Object.keys(at).find((name) => at[name] === id));

  test.each<[keyof ClaimCast, string[]]>([
    ['lead', ['draft', 'queried', 'fd-certified', 'empty']],
    ['director', ['draft', 'queried', 'fd-certified']],
    ['assessor', ['submitted', 'evidence-check']],
    ['manager', ['recommended', 'half']],
    ['officer', ['recommended']],
  ])(
    'programme manager 7: which claims await the %s, the longest first, and how old they are',
    async (who, expected) => {
      const page = await listed(own[who], `awaiting=me&agreement=${under.id}`);
      expect(named(page.items.map(({ id }) => id))).toEqual(expected);
      const ages = page.items.map(({ ageDays }) => ageDays);
      expect(ages).toEqual([...ages].sort((a, b) => b - a));
      expect(ages[0]).toBeGreaterThan(13);
    },
  );

  test('an approved claim awaits a payer who did not approve it; an auditor is waited for by none', async () => {
    const payer = await app.as('finance-officer');
    expect(named(await ids(payer, `awaiting=me&agreement=${under.id}`))).toEqual([
      'recommended',
      'half',
      'approved',
    ]);
    expect(await ids(await app.as('auditor'), 'awaiting=me')).toEqual([]);
  });

  test('what awaits somebody is what they may do next, for everybody and every claim', async () => {
    const forward = [
      'save',
      'certify',
      'submit',
      'check',
      'answer',
      'recommend',
      'approve',
      'second-approve',
      'schedule',
      'pay',
    ];
    for (const key of Object.values(own)) {
      const waits = await ids(key, `awaiting=me&agreement=${under.id}`);
      expect(waits.length).toBeGreaterThan(0);
      for (const [name, id] of Object.entries(at)) {
        const { next } = await read(id, key);
        const may = next.filter((each) => forward.includes(each));
        const emptyToCertify = may.every((each) => each === 'certify') && name === 'empty';
        expect([name, waits.includes(id)]).toEqual([name, may.length > 0 && !emptyToCertify]);
      }
    }
  });

  test('filters narrow it, and pages hang together, in both orders', async () => {
    expect(await ids(own.lead, 'state=queried')).toEqual([at.queried]);
    expect(await ids(own.assessor, `trust=RWX&state=submitted&programme=${SLUG}`)).toEqual([at.submitted]);
    expect(await ids(own.assessor, 'programme=none')).toEqual([]);
    expect(await ids(own.assessor, `agreement=${NOBODYS}`)).toEqual([]);
    const all = await ids(own.lead, 'limit=200');
    expect([...all].sort()).toEqual(Object.values(at).sort());
    expect(all).toEqual([...all].sort().reverse());
    expect(await ids(own.lead, 'trust=RW4')).toEqual([]);
    expect((await ids(cast.lead, 'limit=200')).some((id) => all.includes(id))).toBe(false);
    for (const query of ['limit=2', 'limit=1&awaiting=me']) {
      const whole = await ids(own.lead, query.replace(/limit=\d/, 'limit=200'));
      const found: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page = await listed(own.lead, `${query}${next && `&after=${next}`}`);
        found.push(...page.items.map(({ id }) => id));
        next = page.next;
      }
      expect([query, found]).toEqual([query, whole]);
    }
    const { next } = await listed(own.lead, 'limit=1');
    for (const query of [`awaiting=me&after=${next}`, 'after=x', 'awaiting=you', 'state=lost', 'agreement=1'])
      await app.request('get', `${PAGE}?${query}`, own.lead).expect(400);
  });

  test('a claim of another trust is not there', async () => {
    for (const path of [`/v1/claims/${at.draft}`, `/v1/claims/${at.draft}/versions`]) {
      await app.request('get', path, cast.lead).expect(404);
      await app.request('get', path, own.director).expect(200);
    }
    expect(await beginClaim(app, cast.lead, under)).toMatchObject({ status: 404 });
    await app
      .request('patch', `/v1/claims/${at.draft}`, cast.lead)
      .set('If-Match', '"1"')
      .send({ description: 'Mine' })
      .expect(404);
    expect(await step(cast.director, at.draft as string, 'certification', undefined, 1)).toMatchObject({
      status: 404,
    });
  });

  test('all answers are as they are described', async () => {
    const { body: description } = await app.request('get', '/openapi.json').expect(200);
    const conformance = new Conformance(description);
    const faults: string[] = [];
    const hold = async (template: string, path: string, key: string) => {
      const { status, body } = await app.request('get', path, key);
      const found = conformance.faults('get', template, status, 'application/json', body);
      faults.push(...[status === 200 ? [] : [`${path}: ${status}`], found].flat());
    };
    const everything = await ids(cast.assessor, 'limit=200');
    expect(everything.length).toBeGreaterThan(9);
    for (const id of everything) {
      await hold('/v1/claims/{id}', `/v1/claims/${id}`, cast.assessor);
      await hold('/v1/claims/{id}/versions', `/v1/claims/${id}/versions`, cast.assessor);
    }
    await hold('/v1/claims', '/v1/claims?limit=200', cast.assessor);
    for (const trust of ['RWX', 'RW4', 'RXT', 'RNU'])
      await hold(
        '/v1/programmes/{slug}/trusts/{ods}/claimable',
        `/v1/programmes/${SLUG}/trusts/${trust}/claimable`,
        cast.assessor,
      );
    expect(faults).toEqual([]);
  });
});

describe('what cannot be sent', () => {
  let id: string;
  beforeAll(async () => {
    id = (await beginClaim(app, cast.lead, agreed)).body.id;
  });

  const good = () => costLine(project, 100);
  test.each<[string, object, number, string, string]>([
    ['a negative amount', { claimedPence: -1 }, 400, 'invalid', '/lines/0/claimedPence'],
    ['a fraction of a penny', { claimedPence: 0.5 }, 400, 'invalid', '/lines/0/claimedPence'],
    ['an amount as text', { claimedPence: '100' }, 400, 'invalid', '/lines/0/claimedPence'],
    ['an amount beyond all', { claimedPence: 9_000_000_000_001 }, 400, 'invalid', '/lines/0/claimedPence'],
    ['a negative net', { netPence: -1 }, 400, 'invalid', '/lines/0/netPence'],
    ['a day that is none', { incurredOn: '2017-02-30' }, 400, 'invalid', '/lines/0/incurredOn'],
    ['a year that is none', { financialYear: '2017/19' }, 400, 'invalid', '/lines/0/financialYear'],
    ['another kind', { kind: 'grant' }, 400, 'invalid', '/lines/0/kind'],
    ['an unknown field', { approvedPence: 100 }, 400, 'unknown-field', '/lines/0/approvedPence'],
    ['no description', { description: undefined }, 400, 'missing', '/lines/0/description'],
    ['nothing', { claimedPence: 0 }, 422, 'nothing-claimed', '/lines/0/claimedPence'],
    ['more than it cost', { claimedPence: 101 }, 422, 'claimed-more-than-cost', '/lines/0/claimedPence'],
    [
      'VAT that is got back',
      { vatPence: 20, recoverableVatPence: 20, claimedPence: 101 },
      422,
      'claimed-more-than-cost',
      '/lines/0/claimedPence',
    ],
    [
      'more VAT got back than paid',
      { vatPence: 1, recoverableVatPence: 2 },
      422,
      'recoverable-vat',
      '/lines/0/recoverableVatPence',
    ],
    [
      'a line that is not agreed',
      { financialYear: '2016/17' },
      422,
      'unknown-line',
      '/lines/0/financialYear',
    ],
    ['a category that is not listed', { category: 'catering' }, 422, 'unknown-category', '/lines/0/category'],
    ['no project', { project: null }, 422, 'missing', '/lines/0/project'],
    ['no supplier', { supplier: null }, 422, 'missing', '/lines/0/supplier'],
    ['no reference', { invoiceReference: null }, 422, 'missing', '/lines/0/invoiceReference'],
    ['no day', { incurredOn: null }, 422, 'missing', '/lines/0/incurredOn'],
  ])('%s', async (_, over, status, code, pointer) => {
    const answer = await saveClaim(app, cast.lead, id, { lines: [{ ...good(), ...over }] });
    expect([answer.status, answer.body.errors?.map((fault) => [fault.code, fault.pointer])]).toEqual([
      status,
      [[code, pointer]],
    ]);
    expect((await read(id)).lines).toEqual([]);
  });

  test('the project of another trust', async () => {
    const lines = [{ ...good(), project: await projectOf('RXT') }];
    expect(await saveClaim(app, cast.lead, id, { lines })).toMatchObject({
      status: 422,
      codes: ['unknown-project'],
    });
  });

  test('costs in an advance', async () => {
    const advance = (await beginClaim(app, cast.lead, agreed, { kind: 'advance', trancheNumber: 1 })).body.id;
    const { codes, status } = await saveClaim(app, cast.lead, advance, { lines: [good()] });
    expect([status, new Set(codes)]).toEqual([422, new Set(['not-of-an-advance'])]);
    expect(codes).toHaveLength(9);
  });

  test.each<[object, number, string]>([
    [{ trancheNumber: 3 }, 422, 'unknown-tranche'],
    [{ trancheNumber: 0 }, 400, 'invalid'],
    [{ trancheNumber: 1.5 }, 400, 'invalid'],
    [{ kind: 'gift' }, 400, 'invalid'],
    [{ description: ' ' }, 400, 'invalid'],
    [{ state: 'approved' }, 400, 'unknown-field'],
  ])('a claim that begins with %o', async (body, status, code) => {
    expect(await beginClaim(app, cast.lead, agreed, body)).toMatchObject({ status, codes: [code] });
  });

  test('ids that nothing has', async () => {
    const nobody = { id: NOBODYS } as InForce;
    expect(await beginClaim(app, cast.lead, nobody)).toMatchObject({ status: 404 });
    for (const noun of [
      'certification',
      'submission',
      'withdrawal',
      'answer',
      'revision',
      'evidence-check',
      'queries',
    ])
      await app
        .request('post', `/v1/claims/${NOBODYS}/${noun}`, cast.manager)
        .set('If-Match', '"1"')
        .expect(({ status }) => expect([noun, [400, 403, 404].includes(status)]).toEqual([noun, true]));
    await app
      .request('post', `/v1/claims/${NOBODYS}/certification`, cast.director)
      .set('If-Match', '"1"')
      .expect(404);
    await app
      .request('post', `/v1/claims/${NOBODYS}/approval`, cast.officer)
      .set('If-Match', '"1"')
      .send({})
      .expect(404);
    await app.request('get', '/v1/claims/1', cast.lead).expect(404);
    const claim = await provedDraft(app, cast, agreed, [good()]);
    await takeTo(app, cast, claim, 'evidence-check');
    await step(cast.assessor, claim, 'queries', { questions: [{ question: 'Why?' }] });
    expect(await step(cast.lead, claim, `queries/${NOBODYS}/answer`, { answer: 'x' })).toMatchObject({
      status: 404,
    });
    await step(cast.lead, claim, 'withdrawal', reason);
  });

  test('a change of what somebody else changed, and of nothing that was read', async () => {
    const stale = (await read(id)).revision;
    await saveClaim(app, cast.lead, id, { description: 'Changed since' });
    expect(await step(cast.director, id, 'certification', undefined, stale)).toMatchObject({
      status: 412,
      body: { code: 'stale' },
    });
    expect(await step(cast.director, id, 'certification', undefined, null)).toMatchObject({
      status: 428,
      body: { code: 'if-match-missing' },
    });
    await app.request('patch', `/v1/claims/${id}`, cast.lead).send({ description: 'x' }).expect(428);
  });

  test('a key that was used for something else; the same request twice is done once', async () => {
    const wanted = { trancheNumber: 2, kind: 'costs', description: 'Once' };
    const begin = (body: object) =>
      app
        .request('post', `/v1/agreements/${agreed.id}/claims`, cast.lead)
        .set('Idempotency-Key', 'claim-once-0001')
        .send(body);
    const [first, second] = [await begin(wanted), await begin(wanted)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    expect(await begin({ ...wanted, description: 'Another' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  test('steps that the state of a claim does not allow, and people without the permission', async () => {
    const draft = await provedDraft(app, cast, agreed, [good()]);
    for (const [key, noun, body] of [
      [cast.lead, 'submission', undefined],
      [cast.lead, 'answer', undefined],
      [cast.lead, 'revision', reason],
      [cast.assessor, 'evidence-check', undefined],
      [cast.assessor, 'queries', { questions: [{ question: 'Why?' }] }],
      [cast.assessor, 'recommendation', recommended],
      [cast.officer, 'approval', {}],
      [cast.officer, 'second-approval', {}],
      [cast.officer, 'approval-withdrawal', reason],
      [cast.officer, 'approval-cancellation', reason],
      [cast.officer, 'rejection', reason],
    ] as const)
      expect([noun, await step(key, draft, noun, body)]).toMatchObject([
        noun,
        { status: 409, codes: ['wrong-state'] },
      ]);
    for (const [key, noun, body] of [
      [cast.lead, 'certification', undefined],
      [cast.assessor, 'approval', {}],
      [cast.manager, 'evidence-check', undefined],
      [cast.officer, 'withdrawal', reason],
    ] as const)
      expect([noun, await step(key, draft, noun, body)]).toMatchObject([noun, { status: 403 }]);
    expect((await read(draft)).state).toBe('draft');
    await step(cast.lead, draft, 'withdrawal', reason);
    expect(await step(cast.lead, draft, 'withdrawal', reason)).toMatchObject({ codes: ['wrong-state'] });
    expect(await saveClaim(app, cast.lead, draft, { description: 'x' })).toMatchObject({
      codes: ['wrong-state'],
    });
  });
});
