import type { TestApp } from './support/app.js';
import { startPlayedMoney } from './support/play-money.js';
import {
  castFor,
  eventually,
  openReturns,
  reportId,
  SLUG,
  step,
  throughAcceptance,
} from './support/returns.js';

const P = `/v1/programmes/${SLUG}`;
const EMPTY = '/v1/programmes/rural-broadband';
/** The calls that answer a question of a whole programme, with the number of the question. */
const CALLS: ReadonlyArray<[number: number, call: string]> = [
  [1, 'state'],
  [3, 'payment-exceptions'],
  [4, 'separation-of-duties'],
  [5, 'match-concerns'],
  [6, 'money-movements'],
  [7, 'amendments'],
  [8, 'unvalidated'],
  [9, 'reconciliation'],
  [10, 'overdue-actions'],
];

let app: TestApp;
let auditor: string;
let corrected: string;

beforeAll(async () => {
  app = await startPlayedMoney();
  await app.applyDefinition('rural-broadband.yaml');
  await openReturns(app);
  const cast = await castFor(app, 'RX4');
  corrected = await reportId(app, cast.lead, 'RX4', '2017/18 Q1');
  await throughAcceptance(app, cast, corrected, 40);
  await step(app, cast.lead, corrected, 'correction', { reason: 'Of another ward.' });
  await throughAcceptance(app, cast, corrected, 45);
  auditor = await app.as('auditor');
  // The queue sums up what was accepted last.
  await eventually(async () => {
    const { figures } = await get(`${P}/progress`);
    return figures[0]?.selfReported?.score?.percent === 45 ? true : undefined;
  });
}, 180_000);
afterAll(() => app?.stop());

const get = async (path: string, key = auditor) => (await app.request('get', path, key).expect(200)).body;

describe('auditor 1: the exact state', () => {
  test('is one answer, and each part is what its own call says', async () => {
    const state = await get(`${P}/state`);
    expect(Object.keys(state)).toEqual([
      ...['asOn', 'logEntry', 'money', 'agreements', 'milestones', 'returns', 'progress', 'claims'],
      ...['payments', 'match', 'openFindings', 'next'],
    ]);
    const money = await get(`${P}/money?limit=200`);
    expect({ ...state.money, asOf: '' }).toEqual({ ...money, asOf: '' });
    expect(state.agreements).toEqual((await get(`${P}/agreements?limit=200`)).items);
    expect(state.milestones).toEqual((await get(`${P}/milestones?limit=200`)).items);
    expect(state.returns).toEqual((await get(`${P}/progress-reports?limit=200`)).items);
    expect(state.progress).toEqual(await get(`${P}/progress?limit=200`));
    expect(state.match).toEqual((await get(`${P}/match?limit=200`)).items);
    expect(state.openFindings).toEqual((await get(`${P}/findings?state=open&limit=200`)).items);
    for (const part of ['agreements', 'milestones', 'returns', 'match', 'openFindings'])
      expect([part, state[part].length > 0]).toEqual([part, true]);
  });

  test('counts claims and payments by state, with their totals', async () => {
    const { claims, payments } = await get(`${P}/state`);
    const all = (await get(`/v1/claims?programme=${SLUG}&limit=200`)).items as Array<{
      state: string;
      claimedPence: number;
    }>;
    const sum = (rows: Array<{ claimedPence: number }>) =>
      rows.reduce((total, { claimedPence }) => total + claimedPence, 0);
    expect(claims.length).toBeGreaterThan(3);
    for (const { state, count, claimedPence } of claims) {
      const of = all.filter((claim) => claim.state === state);
      expect([state, count, claimedPence]).toEqual([state, of.length, sum(of)]);
    }
    const paid = (await get(`${P}/payments?state=paid&limit=200`)).items as Array<{ amountPence: number }>;
    expect(payments).toContainEqual({
      state: 'paid',
      count: paid.length,
      amountPence: paid.reduce((total, { amountPence }) => total + amountPence, 0),
    });
  });

  test('names the last entry of the log that is in it', async () => {
    const { logEntry } = await get(`${P}/state`);
    const [last] = await app.database.sql<{ number: number }>(
      'select max(number)::int as number from log_entry',
    );
    // The request itself may have been recorded since.
    expect((last?.number ?? 0) - logEntry.number).toBeLessThanOrEqual(1);
  });
});

test('auditor 2: the full chain of a payment', async () => {
  const { items } = await get(`${P}/payments?state=paid`);
  const chain = await get(`/v1/payments/${items[0].id}/chain`);
  for (const link of ['award', 'agreement', 'claim', 'payment']) expect(chain).toHaveProperty(link);
});

test('auditor 3: payments before gate approval, or by waiver', async () => {
  const found = await get(`${P}/payment-exceptions`);
  expect([found.beforeDecision.count, found.beforeDecision.items.length]).toEqual([1, 1]);
  expect([found.withoutDecision.count, found.withoutDecision.items.length]).toEqual([1, 1]);
  expect(found.lookedAt.payments).toBeGreaterThan(5);
});

test('auditor 4: separation of duties, breached or overridden', async () => {
  const found = await get(`${P}/separation-of-duties`);
  expect(found.breaches.count).toBeGreaterThan(0);
  expect(found.items[0].duties.map(({ duty }: { duty: string }) => duty)).toContain('approver');
});

test('auditor 5: where match is missing, in kind, weakly valued or duplicated', async () => {
  const found = await get(`${P}/match-concerns`);
  expect(found.items.length + found.missing.count).toBeGreaterThan(0);
});

test('auditor 6: which awards, lines or years were exceeded or moved', async () => {
  const found = await get(`${P}/money-movements`);
  expect(found.items.length).toBeGreaterThan(0);
  expect(found).toHaveProperty('exceeded');
});

describe('auditor 7: what was amended after submission, by whom, why', () => {
  test('of returns, claims, agreements and measurements', async () => {
    const { returns, claims, agreements, measurements } = await get(`${P}/amendments`);
    expect(returns.items[0]).toMatchObject({
      report: corrected,
      number: 2,
      reason: 'Of another ward.',
      begunBy: 'trust-lead RX4',
    });
    expect(returns.items[0].changes.length).toBeGreaterThan(0);
    expect(claims.items[0]).toMatchObject({ reason: 'As the board agreed.', revisedBy: expect.any(Object) });
    const varied = agreements.items.find(({ reason }: { reason: string | null }) => reason !== null);
    expect(varied).toMatchObject({
      agreement: { reference: expect.any(String) },
      preparedBy: { name: expect.any(String) },
      changeRequest: { reference: expect.stringMatching(/^CR-/) },
      reason: 'The supplier delivers late.',
    });
    expect(measurements.items[0]).toMatchObject({
      trust: { odsCode: 'RX4' },
      before: { numerator: 40, denominator: 100 },
      measurement: { numerator: 45, denominator: 100 },
      reportedBy: { name: expect.any(String) },
      reason: 'Of another ward.',
    });
  });

  test.each(['returns', 'claims', 'agreements', 'measurements'])(
    '%s come in pages of their own',
    async (kind) => {
      const whole = (await get(`${P}/amendments?limit=200`))[kind].items;
      const paged: unknown[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const answer = await get(`${P}/amendments?limit=1${after && `&${kind}=${after}`}`);
        const page: { items: unknown[]; next: string | null } = answer[kind];
        expect(page.items).toHaveLength(1);
        paged.push(...page.items);
        after = page.next;
      }
      expect(paged).toEqual(whole);
      await app.request('get', `${P}/amendments?${kind}=x`, auditor).expect(400);
    },
  );
});

test('auditor 8: which measures are unvalidated, undefined or late', async () => {
  const found = await get(`${P}/unvalidated`);
  expect(found).not.toHaveProperty('targetSets');
  expect(found.unvalidated.items[0]).toMatchObject({ state: 'self-reported', validated: null });
  expect(found.states).toContainEqual({ state: 'superseded', count: expect.any(Number) });
  expect(found.undefined[0]).toMatchObject({ missing: expect.stringMatching(/^It has no /) });
  expect(found.late.items[0]).toMatchObject({ period: '2017/18 Q1', missing: expect.any(Number) });
  expect(
    found.late.items.map(
      ({ trust, period }: { trust: { odsCode: string }; period: string }) => `${trust.odsCode} ${period}`,
    ),
  ).not.toContain('RX4 2017/18 Q1');
  const paged = await app.request('get', `${P}/unvalidated?limit=1`, auditor).expect(200);
  expect(paged.headers.link).toMatch(/after=.*rel="next"/);
});

describe('auditor 9: whether totals reconcile to the ledger', () => {
  test('each with both figures, their difference in pence, and whether they agree', async () => {
    const found = await get(`${P}/reconciliation`);
    for (const { onePence, otherPence, differencePence, agrees } of found.comparisons)
      expect([differencePence, agrees]).toEqual([otherPence - onePence, otherPence === onePence]);
    const kinds = new Set(found.comparisons.map(({ kind }: { kind: string }) => kind));
    expect([...kinds]).toEqual(['published', 'totals', 'lines', 'balances', 'extracts']);
    // A balance was tampered with by a penny: its total, its year and kind, and its stage show it.
    const differing = found.comparisons
      .filter(({ agrees, kind }: { agrees: boolean; kind: string }) => !agrees && kind !== 'extracts')
      .map(({ what, differencePence }: { what: string; differencePence: number }) => [what, differencePence]);
    expect(differing).toEqual([
      // What is published is made of agreements, and the ledger has a penny more.
      ['Grant awarded', -1],
      ['Grant in the ledger', 1],
      ['2019/20 revenue', 1],
      ['Grant awarded', 1],
    ]);
    expect(found).toMatchObject({ agrees: false, checks: [{ differences: 2 }] });
    expect(found.differences.count).toBe(2);
    expect(found.differences.items.map(({ kind }: { kind: string }) => kind)).toEqual(['control', 'balance']);
  });

  test('payments as an extract has them', async () => {
    const { comparisons, extracts } = await get(`${P}/reconciliation`);
    // The bank says £61 of a payment of £60.
    const differing = comparisons.filter(
      ({ kind, differencePence }: { kind: string; differencePence: number }) =>
        kind === 'extracts' && differencePence === 100,
    );
    expect(extracts.length).toBe(2);
    expect(differing.length).toBe(1);
  });

  test('a programme whose figures all agree is said to', async () =>
    expect(await get(`${EMPTY}/reconciliation`)).toMatchObject({
      agrees: true,
      differences: { count: 0, items: [] },
      checks: [],
    }));
});

test('auditor 10: which recoveries, findings and recommendations are overdue', async () => {
  const found = await get(`${P}/overdue-actions`);
  expect(found.items.map(({ kind }: { kind: string }) => kind)).toContain('finding');
  expect(found.sums).toHaveLength(3);
});

describe('every question', () => {
  test.each(CALLS)(
    'auditor %i: is answered for a programme in which nothing happened yet',
    async (_, call) => {
      const { status, body } = await app.request('get', `${EMPTY}/${call}`, auditor);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/RW4|NaN/);
    },
  );

  test.each(CALLS)('auditor %i: is answered as at a moment as it was then', async (_, call) => {
    const at = new Date().toISOString();
    const path = `${P}/${call}?asAt=${at}`;
    const before = await get(path);
    await app.request('get', '/v1/me', auditor).expect(200);
    expect(await get(path)).toEqual(before);
    const now = await get(`${P}/${call}`);
    expect(Object.keys(before)).toEqual(Object.keys(now));
  });

  test.each(CALLS)('auditor %i: is not for trusts, and 404 where there is no programme', async (_, call) => {
    for (const role of ['trust-lead', 'trust-finance-director'] as const)
      await app.request('get', `${P}/${call}`, await app.as(role, 'RW4')).expect(403);
    await app.request('get', `/v1/programmes/no-such/${call}`, auditor).expect(404);
    await app.request('get', `${P}/${call}?colour=red`, auditor).expect(400);
  });

  test('auditor 2: another trust’s payment is not there for a trust', async () => {
    const { items } = await get(`${P}/payments?trust=RW4`);
    const other = await app.as('trust-lead', 'RX4');
    await app.request('get', `/v1/payments/${items[0].id}/chain`, other).expect(404);
  });

  test('is described together, each by its number', async () => {
    const { body } = await app.request('get', '/openapi.json').expect(200);
    const summaries = Object.values(
      body.paths as Record<string, Record<string, { tags: string[]; summary: string }>>,
    )
      .flatMap((operations) => Object.values(operations))
      .filter(({ tags }) => tags.includes('audit questions'))
      .map(({ summary }) => Number(/^(\d+)\. /.exec(summary)?.[1]));
    expect(summaries.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
