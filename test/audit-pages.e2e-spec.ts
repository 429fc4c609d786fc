import type { TestApp } from './support/app.js';
import { startPlayedMoney } from './support/play-money.js';
import { SLUG } from './support/returns.js';

const P = `/v1/programmes/${SLUG}`;

/** Answers about a whole programme, each with its lists: where a list is, and the parameter that takes its cursor. */
const LISTS: ReadonlyArray<[path: string, list: string, parameter: string]> = [
  ['payment-exceptions', 'openedByWaiver', 'openedByWaiver'],
  ['payment-exceptions', 'beforeDecision', 'beforeDecision'],
  ['payment-exceptions', 'withoutDecision', 'withoutDecision'],
  ['payment-exceptions', 'advances', 'advances'],
  ['separation-of-duties', 'breaches', 'breaches'],
  ['separation-of-duties', 'overrides', 'overrides'],
  ['separation-of-duties', '', 'after'],
  ['match-concerns', 'missing', 'missing'],
  ['match-concerns', '', 'after'],
  ['reconciliation', 'trusts', 'trusts'],
  ['reconciliation', 'differences', 'differences'],
  ['awards', '', 'after'],
  ['match', '', 'after'],
  ['year-end?financialYear=2017/18', '', 'after'],
];

interface Listed {
  items?: unknown[];
  lines?: unknown[];
  next: string | null;
}

let app: TestApp;
let auditor: string;

beforeAll(async () => {
  app = await startPlayedMoney();
  auditor = await app.as('auditor');
}, 180_000);
afterAll(() => app?.stop());

const get = async (path: string): Promise<Record<string, unknown> & Listed> =>
  (await app.request('get', `${P}/${path}`, auditor).expect(200)).body;
const and = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** An answer without what is a page of it, and the list that is. */
function parted(answer: Record<string, unknown> & Listed, name: string) {
  const list = (name === '' ? answer : answer[name]) as Listed;
  const { items, lines, next, ...rest } = list as Listed & { totals?: unknown };
  return { items: items ?? lines ?? [], next, rest: name === '' ? { totals: rest.totals } : rest };
}

describe.each(LISTS)('%s: %s', (path, name, parameter) => {
  test.each([1, 2])('in pages of %i it is what it is in one, and its totals are of all', async (limit) => {
    const whole = parted(await get(and(path, 'limit=200')), name);
    expect(whole.next).toBeNull();
    const found: unknown[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page = parted(await get(and(path, `limit=${limit}${after && `&${parameter}=${after}`}`)), name);
      expect(page.rest).toEqual(whole.rest);
      found.push(...page.items);
      after = page.next;
    }
    expect(found).toEqual(whole.items);
  });

  test('what is no cursor is refused', () =>
    app.request('get', `${P}/${and(path, `${parameter}=x`)}`, auditor).expect(400));
});

test('most of these lists have something in them', async () => {
  const lengths = [];
  for (const [path, name] of LISTS) lengths.push(parted(await get(path), name).items.length);
  expect(lengths.filter((length) => length > 0).length).toBeGreaterThan(10);
});

test('the totals of match are the sums of what is said of each agreement', async () => {
  const { items, totals } = (await get('match?limit=200')) as unknown as {
    items: Array<{
      trust: { odsCode: string };
      now: {
        grantPence: number;
        requiredPence: number;
        shortfallPence: number;
        explainedByAdvancePence: number;
      };
      inAll: { shortfallPence: number };
      acceptedPence: number;
      evidencedPence: number;
      pledgedPence: number;
      belowRatio: boolean;
      belowAtNextGate: boolean;
    }>;
    totals: object;
  };
  const sum = (of: (item: (typeof items)[number]) => number) =>
    items.reduce((all, item) => all + of(item), 0);
  expect(items.length).toBeGreaterThan(3);
  expect(totals).toEqual({
    agreements: items.length,
    belowRatio: items.filter(({ belowRatio }) => belowRatio).length,
    belowAtNextGate: items.filter(({ belowAtNextGate }) => belowAtNextGate).length,
    trustsBelowRatio: new Set(items.flatMap((item) => (item.belowRatio ? [item.trust.odsCode] : []))).size,
    trustsBelowAtNextGate: new Set(
      items.flatMap((item) => (item.belowAtNextGate ? [item.trust.odsCode] : [])),
    ).size,
    grantPence: sum(({ now }) => now.grantPence),
    requiredPence: sum(({ now }) => now.requiredPence),
    acceptedPence: sum(({ acceptedPence }) => acceptedPence),
    evidencedPence: sum(({ evidencedPence }) => evidencedPence),
    pledgedPence: sum(({ pledgedPence }) => pledgedPence),
    shortfallPence: sum(({ now }) => now.shortfallPence),
    unexplainedPence: sum(({ now }) => now.shortfallPence - now.explainedByAdvancePence),
    stillToAcceptPence: sum(({ inAll }) => inAll.shortfallPence),
  });
});

test.each(['2017/18', '2018/19'])('the totals of %s are the sums of its lines', async (year) => {
  type Line = Record<string, number> & {
    forecast: object | null;
    carryForward: { pendingPence: number; approvedPence: number; appliedPence: number };
  };
  const answer = await get(`year-end?financialYear=${year}&limit=200`);
  const lines = answer.lines as Line[];
  const totals = answer.totals as Record<string, number>;
  const sum = (of: (line: Line) => number) => lines.reduce((all, line) => all + of(line), 0);
  expect(lines.length).toBeGreaterThan(3);
  const same = ['granted', 'notClaimed', 'claimed', 'approved', 'paid', 'recovered', 'writtenOff', 'lapsed'];
  for (const name of [...same, 'withdrawn', 'lapses', 'lapsesAfterApproved', 'expectedUnderspend'])
    expect([name, totals[`${name}Pence`]]).toEqual([name, sum((line) => line[`${name}Pence`] ?? 0)]);
  expect(totals).toMatchObject({
    lines: lines.length,
    linesThatLapse: lines.filter(({ lapsesPence = 0 }) => lapsesPence > 0).length,
    linesWithoutForecast: lines.filter(({ forecast }) => forecast === null).length,
    carryForwardPendingPence: sum(({ carryForward }) => carryForward.pendingPence),
    carryForwardApprovedPence: sum(({ carryForward }) => carryForward.approvedPence),
    carryForwardAppliedPence: sum(({ carryForward }) => carryForward.appliedPence),
  });
});

test('what is published beside the ledger is what the files come to', async () => {
  const { comparisons } = (await get('reconciliation')) as unknown as {
    comparisons: Array<{ kind: string; otherPence: number }>;
  };
  const { body } = await app.request('get', `/open-data/${SLUG}/360giving.json`).expect(200);
  const grants = body.grants as Array<{
    amountAwarded: number;
    disbursementTransaction: Array<{ value: number }>;
  }>;
  const moved = grants.flatMap(({ disbursementTransaction }) =>
    disbursementTransaction.map(({ value }) => value),
  );
  const pence = (values: number[]) => Math.round(values.reduce((all, value) => all + value, 0) * 100);
  const published = comparisons
    .filter(({ kind }) => kind === 'published')
    .map(({ otherPence }) => otherPence);
  expect(published.slice(0, 3)).toEqual([
    pence(grants.map(({ amountAwarded }) => amountAwarded)),
    pence(moved.filter((value) => value > 0)),
    -pence(moved.filter((value) => value < 0)),
  ]);
});
