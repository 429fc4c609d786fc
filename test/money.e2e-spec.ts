import fc from 'fast-check';
import type { JournalView } from '../src/funding/journal.queries.js';
import {
  accountKey,
  applied,
  type Balances,
  GRANT_STAGES,
  type JournalEntry,
  MATCH_STAGES,
  type Movement,
} from '../src/funding/ledger.rules.js';
import { startTestApp, type TestApp } from './support/app.js';
import { type InForce, putInForce } from './support/money.js';
import {
  type Causes,
  causesOf,
  type MoneyBody,
  move,
  type Position,
  post,
  reverse,
} from './support/postings.js';
import { ledgerFaults } from './support/reconciled.js';
import { SLUG } from './support/returns.js';

const MONEY = `/v1/programmes/${SLUG}/money`;
const pounds = (amount: number): number => amount * 100;
const MILLION = pounds(1_000_000);

let app: TestApp;
let manager: string;
let officer: string;
let mersey: string;
let berkshire: string;
let rw4: InForce;
let rwx: InForce;
let causes: Record<string, Causes>;

beforeAll(async () => {
  app = await startTestApp();
  [manager, officer, mersey, berkshire] = await Promise.all([
    app.as('programme-manager'),
    app.as('finance-officer'),
    app.as('trust-lead', 'RW4'),
    app.as('trust-finance-director', 'RWX'),
  ]);
  rw4 = await putInForce(app, 'RW4');
  rwx = await putInForce(app, 'RWX');
  causes = { [rw4.id]: await causesOf(app, rw4), [rwx.id]: await causesOf(app, rwx) };
  await spend();
});
afterAll(() => app?.stop());

const causeOf = (agreement: InForce): Causes => causes[agreement.id] as Causes;

/** £400,000 claimed by Mersey Care: £250,000 paid, £20,000 of it recovered, £5,000 written off; match beside it. */
async function spend(): Promise<void> {
  const line = rw4.lines['2017/18 revenue'];
  const cause = causeOf(rw4);
  const draw = { incurredOn: '2017-10-01', trancheId: rw4.tranches[2] as string };
  const given = { trancheId: rw4.tranches[2] as string };
  for (const [kind, ...movements] of [
    ['claim', move(line, 'grant', 'awarded', 'claimed', pounds(400_000), draw)],
    [
      'approve',
      move(line, 'grant', 'claimed', 'approved', pounds(300_000), given),
      move(line, 'grant', 'claimed', 'awarded', pounds(10_000), given),
    ],
    ['pay', move(line, 'grant', 'approved', 'paid', pounds(250_000))],
    ['recover', move(line, 'grant', 'paid', 'recovered', pounds(20_000))],
    ['write-off', move(line, 'grant', 'paid', 'written-off', pounds(5_000))],
    ['lapse', move(line, 'grant', 'awarded', 'lapsed', pounds(100_000))],
    ['withdraw', move(line, 'grant', 'awarded', 'withdrawn', pounds(1))],
    ['evidence', move(line, 'match', 'pledged', 'evidenced', pounds(90_000), { incurredOn: '2017-10-01' })],
    ['accept', move(line, 'match', 'evidenced', 'accepted', pounds(60_000))],
    ['pledge', move(line, 'match', 'outside', 'pledged', pounds(7_000))],
  ] as Array<[JournalEntry['kind'], ...Movement[]]>)
    await post(app, rw4, { kind, movements, cause });
}

async function money(query = '', key = manager): Promise<MoneyBody> {
  return (await app.request('get', `${MONEY}?limit=200&${query}`, key).expect(200)).body;
}

/** The figures of a position that are there, without those that are 0. */
const figures = (position: Record<string, number> | undefined) =>
  Object.fromEntries(Object.entries(position ?? {}).filter(([, pence]) => pence !== 0));

const FIRST_LINE = {
  awardedPence: pounds(500_000),
  drawnPence: pounds(390_000),
  remainingPence: pounds(500_000 - 390_000 - 100_000 - 1),
  claimedPence: pounds(90_000),
  approvedPence: pounds(50_000),
  paidPence: pounds(225_000),
  recoveredPence: pounds(20_000),
  writtenOffPence: pounds(5_000),
  lapsedPence: pounds(100_000),
  withdrawnPence: 100,
};

test('programme manager 1: what is awarded, drawn and remaining, by trust, year and capital or revenue', async () => {
  const body = await money();
  expect(body).toMatchObject({ covers: 'programme', basis: 'ledger-balances', illustrative: false });
  expect(Date.now() - Date.parse(body.asOf)).toBeLessThan(60_000);
  expect(figures(body.totals.grant)).toEqual({
    awardedPence: 10 * MILLION,
    drawnPence: pounds(390_000),
    remainingPence: 10 * MILLION - pounds(490_001),
    claimedPence: pounds(90_000),
    approvedPence: pounds(50_000),
    paidPence: pounds(225_000),
    recoveredPence: pounds(20_000),
    writtenOffPence: pounds(5_000),
    lapsedPence: pounds(100_000),
    withdrawnPence: pounds(1),
  });
  expect(figures(body.totals.match)).toEqual({
    agreedPence: 10 * MILLION,
    promisedPence: 10 * MILLION + pounds(7_000),
    pledgedPence: 10 * MILLION + pounds(7_000 - 90_000),
    evidencedPence: pounds(30_000),
    acceptedPence: pounds(60_000),
  });
  // Five awards are not agreed yet; with those that are, they come to the control total.
  expect(body.notAgreed).toEqual({ awards: 5, grantPence: 25 * MILLION, matchPence: 25 * MILLION });
  expect(body.control).toEqual({
    grantPence: 35 * MILLION,
    matchPence: 35 * MILLION,
    totalPence: 70 * MILLION,
    grantDifferencePence: 0,
    matchDifferencePence: 0,
  });
  expect(body.ledger).toEqual({ checkedAt: null, reconciles: null, differences: 0 });
  expect(
    body.trusts.map(({ trust, agreements, notAgreed }) => [
      trust.odsCode,
      agreements.length,
      notAgreed?.grantPence ?? 0,
    ]),
  ).toEqual([
    ['RWX', 1, 0],
    ['RXT', 0, 5 * MILLION],
    ['RX4', 0, 5 * MILLION],
    ['R1A', 0, 5 * MILLION],
    ['RW4', 1, 0],
    ['RNU', 0, 5 * MILLION],
    ['RV5', 0, 5 * MILLION],
  ]);

  const trust = body.trusts.find(({ trust: { odsCode } }) => odsCode === 'RW4');
  expect(trust?.agreements).toMatchObject([{ id: rw4.id, reference: 'TEST-RW4', state: 'active' }]);
  expect(trust?.totals.grant).toMatchObject({ awardedPence: 5 * MILLION, drawnPence: pounds(390_000) });
  expect(trust?.lines.map(({ financialYear, kind }) => `${financialYear} ${kind}`)).toEqual(
    Object.keys(rw4.lines),
  );
  const line = trust?.lines.find(
    ({ financialYear, kind }) => financialYear === '2017/18' && kind === 'revenue',
  );
  expect(line).toMatchObject({ agreement: rw4.id, grant: FIRST_LINE });
  expect(figures(line?.match)).toMatchObject({
    acceptedPence: pounds(60_000),
    evidencedPence: pounds(30_000),
  });
  for (const other of trust?.lines ?? [])
    if (other !== line)
      expect(figures(other.grant)).toEqual({
        awardedPence: other.grant.awardedPence,
        remainingPence: other.grant.awardedPence,
      });
  // What drew on the tranche is what is drawn of the lines.
  const [tranche] = await app.database.sql('select drawn_pence::float8 as drawn from tranche where id = $1', [
    rw4.tranches[2],
  ]);
  expect(tranche?.drawn).toBe(pounds(390_000));
});

test('the awards that are not agreed show how far their agreement is, and are in no total', async () => {
  const award = `(select id from award where trust_id = (select id from organisation where ods_code = 'RXT'))`;
  await app.database.sql(
    `insert into agreement (programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on, match_pence,
       per_grant_pence) select programme_id, trust_id, id, 'DRAFT-RXT', 'offered', '2017-04-01', '2020-03-31', 1, 1
     from award where id = ${award}`,
  );
  const body = await money('trust=RXT');
  expect(body.trusts).toMatchObject([
    {
      agreements: [{ reference: 'DRAFT-RXT', state: 'offered' }],
      lines: [],
      notAgreed: { grantPence: 5 * MILLION },
    },
  ]);
  expect(body.trusts[0]?.notAgreed?.lines).toHaveLength(6);
  expect([figures(body.totals.grant), figures(body.trusts[0]?.totals.grant)]).toEqual([{}, {}]);
  expect(body.notAgreed).toEqual({ awards: 1, grantPence: 5 * MILLION, matchPence: 5 * MILLION });
});

const sumOf = (positions: Position[]): Position => {
  const sum = (source: 'grant' | 'match') =>
    positions.reduce<Record<string, number>>(
      (all, position) =>
        Object.fromEntries(
          Object.entries(position[source]).map(([name, pence]) => [name, (all[name] ?? 0) + pence]),
        ),
      {},
    );
  return { grant: sum('grant'), match: sum('match') };
};
const positionOf = ({ grant, match }: Position): Position => ({ grant, match });

test('filters keep what they say, and say nothing of the control total then', async () => {
  const whole = await money();
  const all = whole.trusts.flatMap(({ lines }) => lines);
  for (const [query, keep] of [
    ['financialYear=2017/18', ({ financialYear }) => financialYear === '2017/18'],
    ['kind=capital', ({ kind }) => kind === 'capital'],
    ['trust=RW4', ({ agreement }) => agreement === rw4.id],
    [
      'trust=RW4&financialYear=2017/18&kind=revenue',
      ({ agreement, financialYear, kind }) =>
        agreement === rw4.id && financialYear === '2017/18' && kind === 'revenue',
    ],
  ] as Array<[string, (line: (typeof all)[number]) => boolean]>) {
    const body = await money(query);
    const kept = all.filter(keep);
    expect(kept.length).toBeGreaterThan(0);
    expect(body.trusts.flatMap(({ lines }) => lines)).toEqual(kept);
    expect(body.totals).toEqual(sumOf(kept.map(positionOf)));
    expect(body.control).toMatchObject({
      grantPence: 35 * MILLION,
      grantDifferencePence: null,
      matchDifferencePence: null,
    });
  }
  expect((await money('kind=capital')).notAgreed.grantPence).toBeLessThan(25 * MILLION);
  expect(await money('trust=ZZZ')).toMatchObject({ trusts: [], lines: [], notAgreed: { awards: 0 } });
});

test('a page of trusts leaves none out, and its totals are of all of them', async () => {
  const whole = await money();
  for (const limit of [1, 3]) {
    const paged: MoneyBody['trusts'] = [];
    for (let at: string | undefined = `${MONEY}?limit=${limit}`; at; ) {
      const { body, headers }: Awaited<ReturnType<TestApp['request']>> = await app.request(
        'get',
        at,
        manager,
      );
      expect(body.trusts.length).toBeLessThanOrEqual(limit);
      expect(body.totals).toEqual(whole.totals);
      paged.push(...body.trusts);
      at = /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
    }
    expect(paged).toEqual(whole.trusts);
  }
  for (const wrong of ['financialYear=2017', 'kind=both', 'limit=0', 'after=x', 'year=2017/18'])
    expect([wrong, (await app.request('get', `${MONEY}?${wrong}`, manager)).status]).toEqual([wrong, 400]);
  await app.request('get', '/v1/programmes/no-such/money', manager).expect(404);
  await app.request('get', MONEY, await app.as('administrator')).expect(403);
});

test('a trust sees its own money, and totals of it that say so', async () => {
  const whole = await money();
  for (const [key, ods, others] of [
    [mersey, 'RW4', rwx],
    [berkshire, 'RWX', rw4],
  ] as const) {
    const { text, body } = await app.request('get', MONEY, key).expect(200);
    const own = whole.trusts.find(({ trust }) => trust.odsCode === ods);
    expect(body.covers).toBe('own-trust');
    expect(body.trusts).toEqual([own]);
    expect(body.totals).toEqual(own?.totals);
    expect(body.notAgreed).toEqual({ awards: 0, grantPence: 0, matchPence: 0 });
    expect(body.control).toMatchObject({ grantDifferencePence: null, matchDifferencePence: null });
    for (const id of [others.id, others.trustId, ...Object.values(others.lines)])
      expect(text).not.toContain(id);
    const filtered = await money(`trust=${ods === 'RW4' ? 'RWX' : 'RW4'}`, key);
    expect([filtered.trusts, figures(filtered.totals.grant)]).toEqual([[], {}]);
    await app.request('get', `/v1/agreements/${others.id}/journals`, key).expect(404);
    const [foreign] = await app.database.sql<{ id: string }>(
      'select id from journal where agreement_id = $1 limit 1',
      [others.id],
    );
    await app.request('get', `/v1/journals/${foreign?.id}`, key).expect(404);
  }
});

test('the ledger of an agreement is read journal by journal, newest first, with who posted what and why', async () => {
  const actor = await app.actorOf(officer);
  const line = rwx.lines['2018/19 capital'];
  const cause = causeOf(rwx);
  const draw = { incurredOn: '2018-06-01', trancheId: rwx.tranches[2] as string };
  const claim = move(line, 'grant', 'awarded', 'claimed', pounds(1_000), draw);
  const posted = await post(
    app,
    rwx,
    { kind: 'claim', movements: [claim], cause, narrative: 'Claimed for tablets' },
    actor,
  );
  const undone = await reverse(app, rwx, posted);

  const { body } = await app.request('get', `/v1/journals/${posted}`, berkshire).expect(200);
  expect(body).toMatchObject({
    id: posted,
    agreement: { id: rwx.id, reference: 'TEST-RWX' },
    trust: { odsCode: 'RWX' },
    kind: 'claim',
    datedOn: '2018-03-31',
    narrative: 'Claimed for tablets',
    totalPence: pounds(1_000),
    postings: [
      {
        line: { financialYear: '2018/19', kind: 'capital' },
        source: 'grant',
        from: 'awarded',
        to: 'claimed',
        amountPence: pounds(1_000),
        incurredOn: '2018-06-01',
        tranche: { id: rwx.tranches[2], number: 2, name: 'On delivery' },
        reverses: null,
      },
    ],
    posted: { by: { id: actor.id, name: actor.name, role: 'finance-officer' }, action: 'test.post' },
    reverses: null,
    reversedBy: { id: undone, kind: 'reverse', datedOn: '2018-04-01' },
    novates: null,
    novatedBy: null,
  });
  expect(body.causes).toContainEqual({
    kind: 'claim',
    id: cause.claimId,
    reference: expect.stringMatching(/^CLM-\d{6}$/),
  });
  expect(body.causes.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    'change-request',
    'claim',
    'contribution',
    'payment',
    'recovery',
  ]);
  const [entry] = await app.database.sql<{ number: number }>(
    `select number::int from log_entry where table_name = 'journal' and subject_id = $1`,
    [posted],
  );
  expect(body.posted.logEntry).toBe(entry?.number);

  const whole: JournalView[] = [];
  for (let at: string | undefined = `/v1/agreements/${rwx.id}/journals?limit=2`; at; ) {
    const page: Awaited<ReturnType<TestApp['request']>> = await app.request('get', at, manager).expect(200);
    whole.push(...page.body.items);
    at = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
  }
  expect(whole.map(({ kind }) => kind)).toEqual(['reverse', 'claim', 'award']);
  expect(whole[0]).toMatchObject({
    id: undone,
    reverses: { id: posted, kind: 'claim' },
    postings: [{ from: 'claimed', to: 'awarded', reverses: body.postings[0].id }],
  });
  expect(whole[1]).toEqual(body);
  expect(whole[2]?.postings).toHaveLength(12);
  await app.request('get', `/v1/journals/${crypto.randomUUID()}`, manager).expect(404);
  await app.request('get', `/v1/agreements/${crypto.randomUUID()}/journals`, manager).expect(404);
});

/** Sums of a model's balances by the names that money gives them. */
function modelled(balances: Balances, lineIds: string[]): Position {
  const of = (source: 'grant' | 'match', ...stages: string[]) =>
    lineIds.reduce(
      (sum, line) =>
        sum +
        stages.reduce(
          (all, stage) => all + (balances.get(accountKey(line, source, stage as Movement['to'])) ?? 0),
          0,
        ),
      0,
    );
  const within = (stages: readonly string[]) => stages.filter((stage) => stage !== 'outside');
  return {
    grant: {
      awardedPence: of('grant', ...within(GRANT_STAGES)),
      drawnPence: of('grant', 'claimed', 'approved', 'paid', 'recovered', 'written-off'),
      remainingPence: of('grant', 'awarded'),
      claimedPence: of('grant', 'claimed'),
      approvedPence: of('grant', 'approved'),
      paidPence: of('grant', 'paid'),
      recoveredPence: of('grant', 'recovered'),
      writtenOffPence: of('grant', 'written-off'),
      lapsedPence: of('grant', 'lapsed'),
      withdrawnPence: of('grant', 'withdrawn'),
    },
    match: {
      agreedPence: 0,
      promisedPence: of('match', ...within(MATCH_STAGES)),
      pledgedPence: of('match', 'pledged'),
      evidencedPence: of('match', 'evidenced'),
      acceptedPence: of('match', 'accepted'),
      withdrawnPence: of('match', 'withdrawn'),
    },
  };
}

/** Moves of one line that a journal of the kind may make; the tranche is named where money is drawn or given back. */
const STEPS: Array<[JournalEntry['kind'], Movement['source'], Movement['from'], Movement['to']]> = [
  ['claim', 'grant', 'awarded', 'claimed'],
  ['advance', 'grant', 'awarded', 'claimed'],
  ['release', 'grant', 'claimed', 'awarded'],
  ['approve', 'grant', 'claimed', 'approved'],
  ['pay', 'grant', 'approved', 'paid'],
  ['recover', 'grant', 'paid', 'recovered'],
  ['write-off', 'grant', 'paid', 'written-off'],
  ['lapse', 'grant', 'awarded', 'lapsed'],
  ['withdraw', 'grant', 'awarded', 'withdrawn'],
  ['pledge', 'match', 'outside', 'pledged'],
  ['evidence', 'match', 'pledged', 'evidenced'],
  ['unevidence', 'match', 'evidenced', 'pledged'],
  ['accept', 'match', 'evidenced', 'accepted'],
  ['withdraw', 'match', 'pledged', 'withdrawn'],
];
const DRAWING = ['claim', 'advance', 'release', 'approve'];

test('whatever is posted, the sum of the lines is the trust, and the sum of the trusts is the programme', async () => {
  const agreements = [rw4, rwx];
  const lines = agreements.flatMap((agreement) =>
    Object.entries(agreement.lines).map(([name, id]) => ({ agreement, id, year: name.slice(0, 4) })),
  );
  const rows = await app.database.sql<{
    line_id: string;
    source: 'grant';
    stage: Movement['to'];
    pence: number;
  }>('select line_id, source, stage, balance_pence::float8 as pence from account');
  let model: Balances = new Map(
    rows.map(({ line_id, source, stage, pence }) => [accountKey(line_id, source, stage), pence]),
  );
  let posted = 0;
  const step = fc.record({
    line: fc.nat(lines.length - 1),
    step: fc.constantFrom(...STEPS),
    amountPence: fc.integer({ min: 1, max: pounds(30_000) }),
  });
  const tried = async ({
    line: at,
    step: [kind, source, from, to],
    amountPence,
  }: {
    line: number;
    step: (typeof STEPS)[number];
    amountPence: number;
  }) => {
    const { agreement, id, year } = lines[at] as (typeof lines)[number];
    const movement = move(id, source, from, to, amountPence, {
      ...(kind === 'claim' || kind === 'evidence' ? { incurredOn: `${year}-09-30` } : {}),
      ...(DRAWING.includes(kind) ? { trancheId: agreement.tranches[2] as string } : {}),
    });
    const after = applied(model, [movement]);
    const order = post(app, agreement, { kind, movements: [movement], cause: causeOf(agreement) });
    if (after.blockers.length > 0) return expect(order).rejects.toMatchObject({ status: 409 });
    await order;
    model = after.balances;
    posted += 1;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async (steps) => {
      for (const each of steps) await tried(each);
      expect(await ledgerFaults(app)).toEqual([]);
      const body = await money();
      const trusts = body.trusts.filter((trust) => trust.lines.length > 0);
      expect(trusts).toHaveLength(2);
      for (const { lines: own, totals } of trusts) expect(sumOf(own.map(positionOf))).toEqual(totals);
      expect(sumOf(trusts.map(({ totals }) => totals))).toEqual(body.totals);
      expect(sumOf(body.lines.map(positionOf))).toEqual(body.totals);
      for (const { trust, totals } of trusts) {
        const agreement = trust.odsCode === 'RW4' ? rw4 : rwx;
        const expected = modelled(model, Object.values(agreement.lines));
        expect(totals.grant).toEqual(expected.grant);
        expect(totals.match).toEqual({ ...expected.match, agreedPence: 5 * MILLION });
      }
      for (const { grant, match } of [
        body.totals,
        ...trusts.flatMap((trust) => [trust.totals, ...trust.lines]),
      ]) {
        expect(grant.awardedPence).toBe(
          (grant.remainingPence ?? 0) +
            (grant.drawnPence ?? 0) +
            (grant.lapsedPence ?? 0) +
            (grant.withdrawnPence ?? 0),
        );
        expect(match.promisedPence).toBe(
          (match.pledgedPence ?? 0) +
            (match.evidencedPence ?? 0) +
            (match.acceptedPence ?? 0) +
            (match.withdrawnPence ?? 0),
        );
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
  expect(posted).toBeGreaterThan(30);
  // Nothing was made or lost: the grant is what it was, whatever moved.
  expect((await money()).totals.grant.awardedPence).toBe(10 * MILLION);
});

test('a novated agreement is counted once, where its money is now', async () => {
  const before = await money();
  const [held] = [before.trusts.find(({ trust }) => trust.odsCode === 'RWX')];
  const rows = await app.database.sql<{
    id: string;
    financial_year: string;
    kind: string;
    source: 'grant';
    stage: Movement['to'];
    pence: number;
  }>(
    `select l.id, l.financial_year, l.kind, a.source, a.stage, a.balance_pence::float8 as pence
     from funding_line l join account a on a.line_id = l.id
     where l.agreement_id = $1 and a.stage <> 'outside' and a.balance_pence > 0`,
    [rwx.id],
  );
  // Berkshire's agreement goes to Mersey Care, as a merger takes it: what leaves one arrives at the other.
  const [next] = await app.database.sql<{ id: string }>(
    `insert into agreement (programme_id, trust_id, award_id, reference, state, window_starts_on, window_ends_on, match_pence,
       per_grant_pence, predecessor_id)
     select programme_id, $2, award_id, 'NOVATED', 'withdrawn', window_starts_on, window_ends_on, 1, 1, id from agreement where id = $1
     returning id`,
    [rwx.id, rw4.trustId],
  );
  await app.database.sql(
    `insert into agreement_version (trust_id, agreement_id, number, terms, prepared_by)
     select $2, $3, 1, terms, prepared_by from agreement_version where agreement_id = $1`,
    [rwx.id, rw4.trustId, next?.id],
  );
  await app.database.sql(`update agreement set state = 'novated' where id = $1`, [rwx.id]);
  await app.database.sql(`update agreement set state = 'active' where id = $1`, [next?.id]);
  const made = await app.database.sql<{ id: string; financial_year: string; kind: string }>(
    `insert into funding_line (trust_id, agreement_id, financial_year, kind)
     select $2, $3, financial_year, kind from funding_line where agreement_id = $1 returning id, financial_year, kind`,
    [rwx.id, rw4.trustId, next?.id],
  );
  const successor: InForce = { ...rw4, id: next?.id as string };
  const lineOf = (row: { financial_year: string; kind: string }) =>
    made.find(({ financial_year, kind }) => financial_year === row.financial_year && kind === row.kind)?.id;
  const left = await post(app, rwx, {
    kind: 'novate',
    movements: rows.map(({ id, source, stage, pence }) => move(id, source, stage, 'outside', pence)),
  });
  const came = await post(app, successor, {
    kind: 'novate',
    movements: rows.map((row) => move(lineOf(row), row.source, 'outside', row.stage, row.pence)),
    novatesId: left,
  });

  const after = await money();
  expect(after.totals).toEqual(before.totals);
  expect(after.control).toEqual(before.control);
  expect(after.trusts.find(({ trust }) => trust.odsCode === 'RWX')).toBeUndefined();
  const taken = after.trusts.find(({ trust }) => trust.odsCode === 'RW4');
  expect(taken?.agreements.map(({ reference }) => reference)).toEqual(['NOVATED', 'TEST-RW4']);
  expect(taken?.lines).toHaveLength(12);
  const own = taken?.lines.filter(({ agreement }) => agreement === next?.id) ?? [];
  expect(sumOf(own.map(positionOf))).toEqual(held?.totals);
  expect(await ledgerFaults(app)).toEqual([]);
  // The side that went is told to whoever may see it.
  const at = `/v1/journals/${came}`;
  expect((await app.request('get', at, manager)).body.novates).toMatchObject({ id: left, kind: 'novate' });
  expect((await app.request('get', at, mersey)).body.novates).toBeNull();
  expect((await app.request('get', `/v1/journals/${left}`, manager)).body.novatedBy).toMatchObject({
    id: came,
  });
  // Whoever held it is not told that its award waits for an agreement.
  expect(await money('', berkshire)).toMatchObject({ trusts: [], notAgreed: { awards: 0 } });
});

test('the figures are of one moment, whatever is posted meanwhile', async () => {
  const line = rw4.lines['2018/19 revenue'];
  const cause = causeOf(rw4);
  const draw = { incurredOn: '2018-06-01', trancheId: rw4.tranches[2] as string };
  const writing = (async () => {
    for (let i = 0; i < 20; i += 1)
      await post(app, rw4, {
        kind: 'claim',
        movements: [move(line, 'grant', 'awarded', 'claimed', 100, draw)],
        cause,
      });
  })();
  for (let i = 0; i < 10; i += 1) {
    const body = await money('trust=RW4');
    expect(sumOf(body.trusts.flatMap(({ lines }) => lines).map(positionOf))).toEqual(body.totals);
    expect(body.totals.grant.awardedPence).toBe(
      (body.totals.grant.remainingPence ?? 0) +
        (body.totals.grant.drawnPence ?? 0) +
        (body.totals.grant.lapsedPence ?? 0) +
        (body.totals.grant.withdrawnPence ?? 0),
    );
  }
  await writing;
});
