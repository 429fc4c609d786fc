import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { systemActor } from '../src/core/actor.js';
import type { Tx } from '../src/database/tx.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { Agreement } from '../src/funding/agreements/agreement.entity.js';
import { Journal } from '../src/funding/ledger.entity.js';
import { Ledger } from '../src/funding/ledger.js';
import type { JournalEntry, Movement } from '../src/funding/ledger.rules.js';
import { startTestApp, type TestApp } from './support/app.js';
import { balances, type InForce, putInForce } from './support/money.js';

let app: TestApp;
let mersey: InForce;
let oxford: InForce;
let claimId: string;
let changeId: string;

const actor = systemActor('test', randomUUID());
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  app.app.get(UnitOfWork, { strict: false }).run({ actor, action: 'test.post' }, work);
const ledger = (): Ledger => app.app.get(Ledger, { strict: false });

/** Posts for Mersey Care. */
const post = (entry: JournalEntry, of: InForce = mersey): Promise<string> =>
  run(async (tx) => ledger().post(tx, await tx.lock(Agreement, of.id, 'agreement'), entry));

const claimed = (amountPence: number, more: Partial<Movement> = {}): JournalEntry => ({
  kind: 'claim',
  datedOn: '2017-07-01',
  narrative: 'A claim',
  cause: { claimId },
  movements: [
    {
      lineId: mersey.lines['2017/18 capital'] as string,
      source: 'grant',
      from: 'awarded',
      to: 'claimed',
      amountPence,
      incurredOn: '2017-05-01',
      trancheId: mersey.tranches[2] as string,
      ...more,
    },
  ],
});

/** As the application's role, in a session that reaches all: what the ledger's own code would not even try. */
async function attempt(...statements: Array<[text: string, values?: unknown[]]>): Promise<string> {
  const client = new pg.Client({
    connectionString: app.database.url,
    options: '-c search_path=exemplar -c role=exemplar_app -c exemplar.reach=all',
  });
  await client.connect();
  try {
    await client.query('begin');
    for (const [text, values] of statements) await client.query(text, values);
    await client.query('commit');
    return 'done';
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code: string };
    return constraint ?? code;
  } finally {
    await client.end();
  }
}

const JOURNAL = `insert into journal (id, trust_id, agreement_id, kind, dated_on, narrative, claim_id, change_request_id,
  reverses_id, postings, total_pence) values ($1, $2, $3, $4, '2017-07-01', 'By hand', $5, $6, $7, $8, $9)`;
const POSTING = `insert into posting (trust_id, agreement_id, journal_id, kind, line_id, source, from_stage, to_stage,
  amount_pence, incurred_on, tranche_id, reverses_id)
  values ($1, $2, $3, $4, $5, 'grant', $6, $7, $8, $9, $10, $11)`;

interface ByHand {
  kind?: string;
  postingKind?: string;
  line?: string;
  agreement?: InForce;
  postingAgreement?: InForce;
  from?: string;
  to?: string;
  amount?: number;
  total?: number;
  count?: number;
  incurredOn?: string | null;
  tranche?: string | null;
  change?: string | null;
  reverses?: string | null;
  mirrors?: string | null;
}

/** A journal with one posting, by SQL; a claim of £1 where nothing else is said. */
function byHand(given: ByHand = {}): Promise<string> {
  const id = randomUUID();
  const of = given.agreement ?? mersey;
  const inside = given.postingAgreement ?? of;
  const kind = given.kind ?? 'claim';
  const amount = given.amount ?? 100;
  return attempt(
    [
      JOURNAL,
      [
        ...[id, of.trustId, of.id, kind, claimId, given.change ?? null, given.reverses ?? null],
        ...[given.count ?? 1, given.total ?? amount],
      ],
    ],
    [
      POSTING,
      [
        ...[inside.trustId, inside.id, id, given.postingKind ?? kind],
        given.line ?? (of.lines['2017/18 capital'] as string),
        ...[given.from ?? 'awarded', given.to ?? 'claimed', amount],
        given.incurredOn === undefined ? '2017-05-01' : given.incurredOn,
        given.tranche === undefined ? (of.tranches[2] as string) : given.tranche,
        given.mirrors ?? null,
      ],
    ],
  );
}

beforeAll(async () => {
  app = await startTestApp();
  mersey = await putInForce(app, 'RW4');
  oxford = await putInForce(app, 'RNU');
  const [requester] = await app.database.sql<{ id: string }>('select id from person limit 1');
  const [claim] = await app.database.sql<{ id: string }>(
    `insert into claim (programme_id, trust_id, agreement_id, tranche_id, kind, state)
     values ($1, $2, $3, $4, 'costs', 'submitted') returning id`,
    [mersey.programmeId, mersey.trustId, mersey.id, mersey.tranches[2]],
  );
  const [change] = await app.database.sql<{ id: string }>(
    `insert into change_request (programme_id, trust_id, agreement_id, kind, title, justification, content, state, requested_by)
     values ($1, $2, $3, 'move-money', 'A move', 'Because', '{}', 'impact-assessed', $4) returning id`,
    [mersey.programmeId, mersey.trustId, mersey.id, requester?.id],
  );
  claimId = claim?.id as string;
  changeId = change?.id as string;
});
afterAll(() => app.stop());

/** Each test leaves the balances as it found them, or says what it moved. */
const standing = (): Promise<Record<string, number>> => balances(app, mersey.id);

describe('what moves', () => {
  test('money goes from one stage of a line to another, and its balances and its tranche follow', async () => {
    const id = await post(claimed(12_345));
    expect(await standing()).toEqual({
      'grant awarded': 499_987_655,
      'grant claimed': 12_345,
      'match pledged': 500_000_000,
    });
    const [tranche] = await app.database.sql<{ drawn: string }>(
      'select drawn_pence as drawn from tranche where id = $1',
      [mersey.tranches[2]],
    );
    expect(tranche?.drawn).toBe('12345');
    const [entries] = await app.database.sql<{ tables: string[] }>(
      `select array_agg(table_name || ' ' || operation order by number) as tables from log_entry
       where transaction_id = (select transaction_id from log_entry where table_name = 'journal' and subject_id = $1)`,
      [id],
    );
    expect(entries?.tables.sort()).toEqual([
      'account insert',
      'account update',
      'account update',
      'journal insert',
      'posting insert',
      'tranche update',
    ]);
  });

  test('a reversal takes all of it back, once, and both stay to be seen', async () => {
    const before = await standing();
    const id = await post(claimed(777));
    const reverse = () =>
      run(async (tx) => {
        const agreement = await tx.lock(Agreement, mersey.id, 'agreement');
        const journal = await tx.manager.findOneByOrFail(Journal, { id });
        return ledger().reverse(tx, agreement, journal, { datedOn: '2017-07-02', narrative: 'By mistake' });
      });
    await reverse();
    expect(await standing()).toEqual(before);
    await expect(reverse()).rejects.toMatchObject({ code: 'journal-reversed-before' });
    expect(await standing()).toEqual(before);
    const kinds = await app.database.sql(
      'select kind from journal where id = $1 or reverses_id = $1 order by id',
      [id],
    );
    expect(kinds).toEqual([{ kind: 'claim' }, { kind: 'reverse' }]);
  });

  test('200 draws at once on room for 100 leave exactly 100', async () => {
    const line = oxford.lines['2017/18 revenue'] as string;
    await app.database.sql(
      `insert into claim (id, programme_id, trust_id, agreement_id, tranche_id, kind, state)
       values ($1, $2, $3, $4, $5, 'costs', 'submitted')`,
      [oxford.id, oxford.programmeId, oxford.trustId, oxford.id, oxford.tranches[2]],
    );
    const draw = (amountPence: number) =>
      run(async (tx) =>
        ledger().post(
          tx,
          { id: oxford.id, trust_id: oxford.trustId, illustrative: false },
          {
            kind: 'claim',
            datedOn: '2017-07-01',
            narrative: 'A draw',
            cause: { claimId: oxford.id },
            movements: [
              {
                lineId: line,
                source: 'grant',
                from: 'awarded',
                to: 'claimed',
                amountPence,
                incurredOn: '2017-05-01',
                trancheId: oxford.tranches[2] as string,
              },
            ],
          },
        ),
      );
    // £500,000 is in the line: £10,000 is left.
    await draw(49_000_000);
    const ends = await Promise.allSettled(Array.from({ length: 200 }, () => draw(10_000)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
    expect(new Set(refusals)).toEqual(new Set(['award-line-exceeded']));
    const left = await app.database.sql(
      `select a.stage, a.balance_pence::float8 as balance,
         (select sum(case when p.to_stage = a.stage then p.amount_pence else -p.amount_pence end)::float8
          from posting p where p.line_id = a.line_id and p.source = a.source and a.stage in (p.from_stage, p.to_stage)) as posted
       from account a where a.line_id = $1 and a.source = 'grant' and a.stage in ('awarded', 'claimed') order by a.stage`,
      [line],
    );
    expect(left).toEqual([
      { stage: 'awarded', balance: 0, posted: 0 },
      { stage: 'claimed', balance: 50_000_000, posted: 50_000_000 },
    ]);
  });
});

describe('what the database itself refuses, whoever asks', () => {
  test('by hand it takes what is right', async () => {
    const before = await standing();
    expect(await byHand()).toBe('done');
    expect(await standing()).toEqual({
      ...before,
      'grant awarded': (before['grant awarded'] as number) - 100,
      'grant claimed': (before['grant claimed'] as number) + 100,
    });
  });

  test.each<[string, () => ByHand, string]>([
    ['an overdraft', () => ({ amount: 150_000_001 }), 'account_never_below_zero'],
    ['no money', () => ({ amount: 0, total: 1 }), 'posting_amount'],
    ['less than none', () => ({ amount: -100, total: 100 }), 'posting_amount'],
    ['postings that are not the total', () => ({ total: 101 }), 'journal_adds_up'],
    ['fewer postings than it says', () => ({ count: 2 }), 'journal_adds_up'],
    ['a move that the kind does not make', () => ({ from: 'approved', to: 'paid' }), 'posting_move'],
    ['a posting of another kind', () => ({ postingKind: 'advance', incurredOn: null }), 'posting_journal'],
    [
      'a line of another agreement',
      () => ({ line: oxford.lines['2017/18 capital'] as string }),
      'posting_line',
    ],
    ['a tranche of another agreement', () => ({ tranche: oxford.tranches[2] as string }), 'posting_tranche'],
    ['a posting in the journal of another trust', () => ({ postingAgreement: oxford }), 'posting_journal'],
    ['a claim without a tranche', () => ({ tranche: null }), 'posting_drawn'],
    [
      'more than the tranche holds',
      () => ({ tranche: mersey.tranches[1] as string, amount: 100_000_100 }),
      'tranche_never_overdrawn',
    ],
    ['a claim of no day', () => ({ incurredOn: null }), 'posting_dated'],
    ['a cost before the window', () => ({ incurredOn: '2017-03-31' }), 'posting_within_window'],
    ['a cost of another year than its line', () => ({ incurredOn: '2018-04-01' }), 'posting_within_window'],
    [
      'capital that pays revenue without a change request',
      () => ({ kind: 'reallocate', to: 'outside', incurredOn: null, tranche: null }),
      'journal_cause',
    ],
    [
      'a reallocation that only takes, and is not approved',
      () => ({ kind: 'reallocate', to: 'outside', incurredOn: null, tranche: null, change: changeId }),
      'journal_adds_up',
    ],
    ['a reversal of nothing', () => ({ kind: 'reverse', incurredOn: null }), 'journal_reversal'],
  ])('%s', async (_, given, constraint) => {
    const before = await standing();
    expect(await byHand(given())).toBe(constraint);
    expect(await standing()).toEqual(before);
  });

  test('capital to revenue: only as much as is taken, and only by an approved change', async () => {
    const [capital, revenue] = ['2018/19 capital', '2018/19 revenue'].map(
      (name) => mersey.lines[name] as string,
    );
    const move = (state: string, given: number) =>
      attempt(
        [`update change_request set state = '${state}' where id = '${changeId}'`],
        [
          JOURNAL,
          [
            '00000000-0000-4000-8000-000000000001',
            mersey.trustId,
            mersey.id,
            'reallocate',
            null,
            changeId,
            null,
            2,
            100 + given,
          ],
        ],
        [
          POSTING,
          [
            mersey.trustId,
            mersey.id,
            '00000000-0000-4000-8000-000000000001',
            'reallocate',
            capital,
            'awarded',
            'outside',
            100,
            null,
            null,
            null,
          ],
        ],
        [
          POSTING,
          [
            mersey.trustId,
            mersey.id,
            '00000000-0000-4000-8000-000000000001',
            'reallocate',
            revenue,
            'outside',
            'awarded',
            given,
            null,
            null,
            null,
          ],
        ],
      );
    expect(await move('impact-assessed', 100)).toBe('journal_adds_up');
    expect(await move('approved', 101)).toBe('journal_adds_up');
    expect(await move('approved', 100)).toBe('done');
  });

  test('a reversal must mirror the whole of its journal, and only once', async () => {
    const id = await post(claimed(500));
    const [posting] = await app.database.sql<{ id: string }>('select id from posting where journal_id = $1', [
      id,
    ]);
    const back: ByHand = {
      kind: 'reverse',
      from: 'claimed',
      to: 'awarded',
      incurredOn: null,
      reverses: id,
      mirrors: posting?.id as string,
      amount: 500,
    };
    expect(await byHand({ ...back, amount: 400 })).toBe('posting_mirrors');
    expect(await byHand({ ...back, to: 'approved' })).toBe('posting_mirrors');
    expect(await byHand({ ...back, line: mersey.lines['2018/19 capital'] as string })).toBe(
      'posting_mirrors',
    );
    expect(await byHand({ ...back, tranche: null })).toBe('journal_adds_up');
    expect(await byHand({ ...back, mirrors: null })).toBe('posting_reversal');
    expect(await byHand(back)).toBe('done');
    expect(await byHand(back)).toBe('journal_reversed_once');
  });

  test('a reversal takes each posting back, and none of them twice in place of another', async () => {
    const [movement] = claimed(300).movements as [Movement];
    const id = await post({ ...claimed(300), movements: [movement, movement] });
    const ids = await app.database.sql<{ id: string }>('select id from posting where journal_id = $1', [id]);
    expect(ids).toHaveLength(2);
    const reversed = async (...mirrored: Array<string | undefined>): Promise<string> => {
      const journal = randomUUID();
      const of = [mersey.trustId, mersey.id];
      return attempt(
        [JOURNAL, [journal, ...of, 'reverse', claimId, null, id, 2, 600]],
        ...mirrored.map((each): [string, unknown[]] => [
          POSTING,
          [
            ...[...of, journal, 'reverse', mersey.lines['2017/18 capital'], 'claimed', 'awarded', 300, null],
            ...[mersey.tranches[2], each],
          ],
        ]),
      );
    };
    expect(await reversed(ids[0]?.id, ids[0]?.id)).toBe('posting_reversed_once');
    expect(await reversed(ids[0]?.id, ids[1]?.id)).toBe('done');
  });

  test('nothing is added to a journal that stands', async () => {
    const id = await post(claimed(600));
    const late = [
      mersey.trustId,
      mersey.id,
      id,
      'claim',
      mersey.lines['2017/18 capital'],
      'awarded',
      'claimed',
      100,
    ];
    expect(await attempt([POSTING, [...late, '2017-05-01', mersey.tranches[2], null]])).toBe(
      'journal_is_closed',
    );
  });

  test.each([
    'update journal set narrative = narrative',
    'update posting set amount_pence = amount_pence',
    'delete from posting',
    'delete from journal',
    'update account set balance_pence = balance_pence',
    'delete from account',
    `insert into account (trust_id, line_id, source, stage, balance_pence) select trust_id, id, 'grant', 'paid', 1 from funding_line`,
  ])('the application may not: %s', async (text) => expect(await attempt([text])).toBe('42501'));

  test.each(['journal', 'posting'])('not even the superuser edits or empties the %s table', async (table) => {
    for (const text of [`update ${table} set kind = kind`, `delete from ${table}`])
      await expect(app.database.sql(text)).rejects.toMatchObject({ constraint: 'ledger_is_insert_only' });
    await expect(app.database.sql(`truncate ${table} cascade`)).rejects.toMatchObject({
      constraint: 'business_tables_are_never_truncated',
    });
  });
});
