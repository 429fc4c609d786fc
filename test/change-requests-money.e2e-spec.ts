import type { VariedTerms } from '../src/change-requests/change-content.js';
import type { MoneyMovement } from '../src/change-requests/money-movements.queries.js';
import { ReadScope } from '../src/database/read-scope.js';
import { awardLines } from '../src/funding/awards/award.queries.js';
import { startTestApp, type TestApp } from './support/app.js';
import { move } from './support/change-facts.js';
import { changeCast, changeStep, readChange, takeChangeTo } from './support/changes.js';
import { claimCast, claimStep, costLine, provedDraft, takeTo } from './support/claims.js';
import { rowCounts } from './support/counts.js';
import { balances, type InForce, putInForce, TWO_TRANCHES } from './support/money.js';
import { SLUG } from './support/returns.js';

const TOTALS = { 'grant awarded': 500_000_000, 'match pledged': 500_000_000 };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXEMPLAR_TODAY: '2018-05-01' } });
});
afterAll(() => app?.stop());

/** What stands in the accounts of each line, by line, source and stage; nothing left out but `outside`. */
async function standing(agreementId: string): Promise<Record<string, number>> {
  const rows = await app.database.sql<{ name: string; pence: number }>(
    `select l.financial_year || ' ' || l.kind || ' ' || a.source || ' ' || a.stage as name, a.balance_pence::float8 as pence
     from account a join funding_line l on l.id = a.line_id
     where l.agreement_id = $1 and a.stage <> 'outside' and a.balance_pence <> 0`,
    [agreementId],
  );
  return Object.fromEntries(rows.map(({ name, pence }) => [name, pence]));
}

/** The version of the agreement in force. */
async function inForce(key: string, id: string) {
  return (await app.request('get', `/v1/agreements/${id}`, key).expect(200)).body;
}

const varies = (over: Partial<VariedTerms>) => ({
  kind: 'vary',
  content: {
    milestones: [],
    moves: [],
    terms: { tranches: null, conditions: null, eligibility: null, ...over },
  },
});
const moves = (...each: ReturnType<typeof move>[]) => ({ kind: 'move-money', content: { moves: each } });

test('money moves between lines by an applied change only, to the penny, and makes a version of the agreement', async () => {
  const cast = await changeCast(app, 'RW4');
  const { id } = await putInForce(app, 'RW4');
  const before = await standing(id);
  const asked = moves(
    move('2018/19 capital', '2018/19 revenue', 12_345_678),
    move('2018/19 capital', '2019/20 capital', 1),
    move('2017/18 revenue', '2018/19 revenue', 50_000_000, 'match'),
  );
  const approved = await takeChangeTo(app, cast, id, asked, 'approval');
  expect(await standing(id)).toEqual(before);
  const applied = await changeStep(app, cast.manager, approved.id, 'application');
  expect(applied.body).toMatchObject({ state: 'applied', appliedVersion: 2 });
  const { '2017/18 revenue match pledged': _, ...rest } = before;
  expect(await standing(id)).toEqual({
    ...rest,
    '2018/19 capital grant awarded': 100_000_000 - 12_345_679,
    '2018/19 revenue grant awarded': 60_000_000 + 12_345_678,
    '2019/20 capital grant awarded': 80_000_000 + 1,
    '2018/19 revenue match pledged': (before['2018/19 revenue match pledged'] as number) + 50_000_000,
  });
  expect(await balances(app, id)).toEqual(TOTALS);
  const agreement = await inForce(cast.lead, id);
  expect(agreement).toMatchObject({
    version: 2,
    agreedGrantPence: 500_000_000,
    agreedMatchPence: 500_000_000,
    current: {
      effectiveOn: '2018-05-01',
      changeRequest: { id: approved.id, reference: approved.reference },
      preparedBy: approved.requestedBy,
      approvedBy: approved.decidedBy,
    },
  });
  const [journal] = await app.database.sql(
    'select kind, dated_on::text as "datedOn", narrative, total_pence::float8 as total from journal where change_request_id = $1',
    [approved.id],
  );
  expect(journal).toEqual({
    kind: 'reallocate',
    datedOn: '2018-05-01',
    narrative: `${approved.reference}: Another plan`,
    total: 2 * (12_345_679 + 50_000_000),
  });
});

test('a line that is not there yet is made, and returns are held to it', async () => {
  const cast = await changeCast(app, 'RWX');
  await app.database.sql(
    `delete from award_line where financial_year = '2019/20' and kind = 'revenue'
     and trust_id = (select id from organisation where ods_code = 'RWX')`,
  );
  const tranches = (milestone: string) =>
    TWO_TRANCHES(milestone).map((each) => (each.number === 2 ? { ...each, grantPence: 340_000_000 } : each));
  const { id, lines, programmeId, trustId } = await putInForce(app, 'RWX', { tranches });
  expect(lines['2019/20 revenue']).toBeUndefined();
  const expected = () =>
    app.app
      .get(ReadScope, { strict: false })
      .run({ trustId: null }, (sql) => awardLines(sql, programmeId, trustId));
  expect(await expected()).toHaveLength(5);
  await takeChangeTo(app, cast, id, moves(move('2019/20 capital', '2019/20 revenue', 700)), 'application');
  const { lines: after } = await inForce(cast.lead, id);
  expect(after.at(-1)).toMatchObject({
    id: expect.any(String),
    financialYear: '2019/20',
    kind: 'revenue',
    agreedGrantPence: 700,
    agreedMatchPence: 0,
    grant: { remainingPence: 700 },
  });
  expect((await expected()).slice(-2)).toEqual([
    { financialYear: '2019/20', kind: 'capital', grantPence: 80_000_000 - 700, matchPence: 80_000_000 },
    { financialYear: '2019/20', kind: 'revenue', grantPence: 700, matchPence: 0 },
  ]);
});

test('a variation changes tranches, conditions and window, and never undoes another unseen', async () => {
  const cast = await changeCast(app, 'RX4');
  const { id, tranches: ids, milestones } = await putInForce(app, 'RX4');
  const [first, second, third] = Object.keys(milestones) as [string, string, string];
  const [advance, delivery] = TWO_TRANCHES(first) as [
    ReturnType<typeof TWO_TRANCHES>[0],
    ReturnType<typeof TWO_TRANCHES>[0],
  ];
  const tranches = [
    { ...advance, grantPence: 150_000_000 },
    { ...delivery, plannedOn: '2018-06-30', grantPence: 250_000_000, milestones: [second] },
    {
      ...delivery,
      number: 3,
      name: 'Last',
      plannedOn: '2019-03-31',
      grantPence: 100_000_000,
      milestones: [third],
    },
  ];
  const eligibility = { startsOn: '2017-04-01', endsOn: '2019-12-31' };
  const stale = await takeChangeTo(
    app,
    cast,
    id,
    varies({ tranches: [advance, { ...delivery, name: 'Later' }] }),
    'approval',
  );
  const conditions = await takeChangeTo(app, cast, id, varies({ conditions: ['A review'] }), 'approval');
  const change = await takeChangeTo(app, cast, id, varies({ tranches, eligibility }), 'application');
  expect(change.appliedVersion).toBe(2);
  const agreement = await inForce(cast.lead, id);
  expect(
    agreement.tranches.map(
      ({ id: _, drawnPence, remainingPence, ...tranche }: Record<string, unknown>) => tranche,
    ),
  ).toEqual(tranches);
  expect(agreement.tranches.slice(0, 2).map((each: { id: string }) => each.id)).toEqual([ids[1], ids[2]]);
  expect(agreement.current.terms).toMatchObject({ eligibility, conditions: [] });
  const [row] = await app.database.sql(
    'select window_ends_on::text as "endsOn", version from agreement where id = $1',
    [id],
  );
  expect(row).toEqual({ endsOn: '2019-12-31', version: 2 });
  expect(await balances(app, id)).toEqual(TOTALS);

  const refused = await changeStep(app, cast.manager, stale.id, 'application');
  expect(refused).toMatchObject({ status: 409, codes: ['tranche-missing'] });
  // What it does not touch can go on.
  expect(await changeStep(app, cast.manager, conditions.id, 'application')).toMatchObject({
    body: { appliedVersion: 3 },
  });
  expect((await inForce(cast.lead, id)).current.terms).toMatchObject({
    eligibility,
    conditions: ['A review'],
    tranches,
  });
  const other = await takeChangeTo(app, cast, id, varies({ conditions: ['Two reviews'] }), 'approval');
  await takeChangeTo(app, cast, id, varies({ conditions: ['No review'] }), 'application');
  expect(await changeStep(app, cast.manager, other.id, 'application')).toMatchObject({
    status: 409,
    body: { code: 'impact-changed', blockers: [{ pointer: '/impact/terms' }] },
  });
});

/** Undoes what a fault in the database left for the tests after it. */
async function withFault(sql: string, work: () => Promise<void>): Promise<void> {
  await app.database.sql(`create function fault() returns trigger language plpgsql security definer
    set search_path = exemplar as $$ begin ${sql} end $$`);
  try {
    await work();
  } finally {
    await app.database.sql('drop function fault cascade');
  }
}

test('a fault in the middle of an application leaves nothing of it, wherever it is', async () => {
  const cast = await changeCast(app, 'RNU');
  const { id, lines } = await putInForce(app, 'RNU');
  const change = await takeChangeTo(
    app,
    cast,
    id,
    moves(move('2018/19 capital', '2018/19 revenue', 500), move('2019/20 capital', '2019/20 revenue', 700)),
    'approval',
  );
  const counts = await rowCounts(app.database);
  const before = await standing(id);
  const untouched = async () => {
    expect(await rowCounts(app.database)).toEqual(counts);
    expect(await standing(id)).toEqual(before);
    expect(await readChange(app, cast.lead, change.id)).toMatchObject({
      state: 'approved',
      appliedVersion: null,
    });
    expect((await inForce(cast.lead, id)).version).toBe(1);
  };
  // The second move finds its line empty, when the first has been posted.
  await withFault(
    `update account set balance_pence = 0 where line_id = '${lines['2019/20 capital']}' and stage = 'awarded'; return new;`,
    async () => {
      await app.database.sql(
        `create trigger fault before insert on posting for each row when (new.from_stage = 'awarded') execute function fault()`,
      );
      const refused = await changeStep(app, cast.manager, change.id, 'application');
      expect(refused).toMatchObject({ status: 409, body: { code: 'award-line-exceeded' } });
      await untouched();
    },
  );
  // The last step of all breaks.
  await withFault(`raise exception 'The disk is full';`, async () => {
    await app.database.sql(
      `create trigger fault before update on change_request for each row when (new.state = 'applied') execute function fault()`,
    );
    expect((await changeStep(app, cast.manager, change.id, 'application')).status).toBe(500);
    await untouched();
  });
  expect((await changeStep(app, cast.manager, change.id, 'application')).status).toBe(200);
  expect(await standing(id)).not.toEqual(before);
});

test('a change is assessed anew once a claim took of its money, and applied only to what is left', async () => {
  const cast = await changeCast(app, 'RV5');
  const agreed = await putInForce(app, 'RV5');
  const people = await claimCast(app, 'RV5');
  const project = (Object.keys(agreed.milestones)[0] as string).split('/')[0] as string;
  const asked = moves(move('2017/18 revenue', '2018/19 revenue', 50_000_000));
  const assessed = await takeChangeTo(
    app,
    cast,
    agreed.id,
    moves(move('2017/18 revenue', '2018/19 revenue', 1_000)),
    'impact-assessment',
  );
  const whole = await takeChangeTo(app, cast, agreed.id, asked, 'approval');
  const claimId = await provedDraft(app, people, agreed, [costLine(project, 100)]);
  await takeTo(app, people, claimId, 'submission');
  const refused = await changeStep(app, cast.manager, assessed.id, 'approval', { reason: 'Yes.' });
  expect(refused).toMatchObject({
    status: 409,
    body: {
      code: 'impact-changed',
      blockers: [
        {
          message:
            'The unclaimed grant of 2017/18 revenue was £500,000 when the impact was assessed, and is £499,999 now.',
        },
      ],
    },
  });
  expect(await changeStep(app, cast.manager, whole.id, 'application')).toMatchObject({
    status: 409,
    codes: ['not-enough-in-line'],
  });
  await changeStep(app, cast.manager, assessed.id, 'impact-assessment');
  await changeStep(app, cast.manager, assessed.id, 'approval', { reason: 'Yes.' });
  expect(await changeStep(app, cast.manager, assessed.id, 'application')).toMatchObject({ status: 200 });
  expect(await standing(agreed.id)).toMatchObject({
    '2017/18 revenue grant awarded': 50_000_000 - 100 - 1_000,
    '2017/18 revenue grant claimed': 100,
    '2018/19 revenue grant awarded': 60_000_000 + 1_000,
  });
});

/** An application and a claim that want the same money, at once. */
async function together(trust: string, agreed: InForce) {
  const cast = await changeCast(app, trust);
  const people = await claimCast(app, trust);
  const project = (Object.keys(agreed.milestones)[0] as string).split('/')[0] as string;
  const change = await takeChangeTo(
    app,
    cast,
    agreed.id,
    moves(move('2017/18 revenue', '2018/19 revenue', 50_000_000)),
    'approval',
  );
  const claimId = await provedDraft(app, people, agreed, [costLine(project, 40_000_000)]);
  await takeTo(app, people, claimId, 'certification');
  const [application, claim] = await Promise.all([
    changeStep(app, cast.manager, change.id, 'application'),
    claimStep(app, people.lead, claimId, 'submission'),
  ]);
  return { application: application.status, claim: claim.status };
}

test('of an application and a claim of the same money, at once, exactly one goes through', async () => {
  for (const trust of ['R1A', 'RXT']) {
    const agreed = await putInForce(app, trust);
    const { application, claim } = await together(trust, agreed);
    expect([application, claim].sort()).toEqual([200, 409]);
    expect(await balances(app, agreed.id)).toEqual(
      application === 200 ? TOTALS : { ...TOTALS, 'grant awarded': 460_000_000, 'grant claimed': 40_000_000 },
    );
    expect((await standing(agreed.id))['2018/19 revenue grant awarded']).toBe(
      application === 200 ? 110_000_000 : 60_000_000,
    );
  }
});

test('auditor 6: which awards, lines or years were exceeded or moved', async () => {
  const auditor = await app.as('auditor');
  const list = `/v1/programmes/${SLUG}/money-movements`;
  const { body } = await app.request('get', `${list}?limit=200`, auditor).expect(200);
  expect([body.exceeded, body.next]).toEqual([[], null]);
  const items: MoneyMovement[] = body.items;
  const ofTrust = (ods: string) => items.filter(({ trust }) => trust.odsCode === ods);
  expect(ofTrust('RW4')).toEqual([
    {
      id: expect.any(String),
      what: 'reallocation',
      recordedAt: expect.any(String),
      datedOn: '2018-05-01',
      trust: { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' },
      agreement: { id: expect.any(String), reference: 'TEST-RW4' },
      version: 2,
      narrative: expect.stringMatching(/^CR-\d{5}: Another plan$/),
      changeRequest: {
        id: expect.any(String),
        reference: expect.stringMatching(/^CR-/),
        kind: 'move-money',
        title: 'Another plan',
      },
      askedBy: { id: expect.any(String), name: 'trust-lead RW4' },
      approvedBy: { id: expect.any(String), name: 'programme-manager of the programme' },
      carriedOutBy: { id: expect.any(String), name: 'programme-manager of the programme' },
      reason: 'The plan is credible.',
      amountPence: 62_345_679,
      from: [
        {
          financialYear: '2018/19',
          kind: 'capital',
          source: 'grant',
          stage: 'awarded',
          amountPence: 12_345_678,
        },
        { financialYear: '2018/19', kind: 'capital', source: 'grant', stage: 'awarded', amountPence: 1 },
        {
          financialYear: '2017/18',
          kind: 'revenue',
          source: 'match',
          stage: 'pledged',
          amountPence: 50_000_000,
        },
      ],
      to: [
        {
          financialYear: '2018/19',
          kind: 'revenue',
          source: 'grant',
          stage: 'awarded',
          amountPence: 12_345_678,
        },
        { financialYear: '2019/20', kind: 'capital', source: 'grant', stage: 'awarded', amountPence: 1 },
        {
          financialYear: '2018/19',
          kind: 'revenue',
          source: 'match',
          stage: 'pledged',
          amountPence: 50_000_000,
        },
      ],
    },
  ]);
  expect(
    ofTrust('RX4').map(({ what, version, amountPence, from }) => [what, version, amountPence, from]),
  ).toEqual([
    ['variation', 4, 0, []],
    ['variation', 3, 0, []],
    ['variation', 2, 0, []],
  ]);
  const paged: MoneyMovement[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: { body: { items: MoneyMovement[]; next: string | null } } = await app
      .request('get', `${list}?limit=2${next && `&after=${next}`}`, auditor)
      .expect(200);
    paged.push(...page.body.items);
    next = page.body.next;
  }
  expect(paged).toEqual(items);
  await app.request('get', list, await app.as('trust-lead', 'RW4')).expect(403);
  await app.request('get', '/v1/programmes/no-such/money-movements', auditor).expect(404);

  // What no door of the application lets happen: a balance is changed by hand.
  const tampered = `update account set balance_pence = balance_pence + 70 where id = (
    select a.id from account a join funding_line l on l.id = a.line_id join agreement g on g.id = l.agreement_id
    where g.reference = 'TEST-RW4' and l.financial_year = '2019/20' and l.kind = 'revenue' and a.stage = 'awarded')`;
  await app.database.sql(tampered);
  const found = await app.request('get', list, auditor).expect(200);
  expect(
    found.body.exceeded.map(
      ({ level, financialYear, kind, agreedPence, excessPence }: Record<string, unknown>) => [
        level,
        financialYear,
        kind,
        agreedPence,
        excessPence,
      ],
    ),
  ).toEqual([
    ['line', '2019/20', 'revenue', 60_000_000, 70],
    ['year', '2019/20', null, 140_000_001, 70],
    ['agreement', null, null, 500_000_000, 70],
    ['award', null, null, 500_000_000, 70],
  ]);
  await app.database.sql(tampered.replace('+ 70', '- 70'));
});
