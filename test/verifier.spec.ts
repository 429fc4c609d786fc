import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { verifyLog } from '../src/audit/verifier/verify-log.mjs';
import { Signer } from './support/audited-log.js';

const folder = mkdtempSync(join(tmpdir(), 'exemplar-verifier-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signer = new Signer();
const EXPORT = join(folder, 'export.ndjson');
const NOTES = join(folder, 'notes');

type Row = Record<string, unknown>;
interface Change {
  table: string;
  old: Row | null;
  new: Row | null;
}

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** As PostgreSQL writes JSON that is built, and a row within it. */
const built = (values: Row): string =>
  `{${Object.entries(values)
    .map(([name, value]) => `"${name}" : ${JSON.stringify(value)}`)
    .join(', ')}}`;

/** The leaves of transactions of changes, as the log's trigger writes them. */
function leavesOf(transactions: readonly Change[][]): string[] {
  let number = 0;
  return transactions.flatMap((changes, at) =>
    changes.map(({ table, old, new: now }) => {
      number += 1;
      return built({
        number,
        recordedAt: `2018-03-31T10:00:${String(10 + at)}.5+00:00`,
        transaction: String(700 + at),
        operation: old === null ? 'insert' : now === null ? 'delete' : 'update',
        table,
        subject: (now ?? old)?.id,
        trust: null,
        actor: { id: 'system:test', name: 'Zoë ‘Test’', role: 'system' },
        action: 'test.run',
        reason: null,
        request: 'a-request',
        old,
        new: now,
      });
    }),
  );
}

/** The rows that stand after changes. */
function standing(transactions: readonly Change[][]): Array<[string, Row]> {
  const rows = new Map<string, [string, Row]>();
  for (const { table, old, new: now } of transactions.flat())
    if (now) rows.set(`${table} ${now.id}`, [table, now]);
    else rows.delete(`${table} ${old?.id}`);
  return [...rows.values()];
}

/** Writes an export, and a checkpoint of all that there is, and verifies. @param exported the leaves, where others */
async function verified(
  transactions: readonly Change[][],
  exported: readonly string[] = leavesOf(transactions),
): Promise<{ code: number; said: string }> {
  const leaves = leavesOf(transactions);
  const rows = standing(transactions);
  const entries = exported.map((leaf, index) => {
    const { actor, old, new: now, reason, ...columns } = JSON.parse(leaves[index] as string);
    return JSON.stringify({ leaf, columns: { ...columns, actor: actor.id } });
  });
  const lines = [
    JSON.stringify({ format: 'exemplar-log/1', entries: leaves.length, asAt: leaves.length }),
    ...entries,
    ...rows.map(([table, row]) => built({ table, row })),
    JSON.stringify({ entries: leaves.length, rows: rows.length }),
  ];
  writeFileSync(EXPORT, `${lines.join('\n')}\n`);
  writeFileSync(NOTES, signer.checkpoint(leaves));
  const said: string[] = [];
  const code = await verifyLog([EXPORT, '--checkpoints', NOTES, '--key', signer.vkey], (line) =>
    said.push(line),
  );
  return { code, said: said.join('\n') };
}

/** Lives of a few rows: each is made, changes, and perhaps goes. */
const lives = fc
  .array(
    fc.record({
      row: fc.integer({ min: 1, max: 4 }),
      text: fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0')),
      amount: fc.integer(),
      goes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    const rows = new Map<number, Row>();
    const changes = steps.map(({ row, text, amount, goes }): Change => {
      const old = rows.get(row) ?? null;
      const now = old && goes ? null : { id: id(row), text, amount };
      if (now) rows.set(row, now);
      else rows.delete(row);
      return { table: 'thing', old, new: now };
    });
    const transactions: Change[][] = [];
    for (let at = 0; at < changes.length; at += 1 + (at % 3))
      transactions.push(changes.slice(at, at + 1 + (at % 3)));
    return transactions;
  });

test('any log that was not altered passes', () =>
  fc.assert(
    fc.asyncProperty(lives, async (transactions) => {
      expect(await verified(transactions)).toMatchObject({ code: 0 });
    }),
    { numRuns: 60 },
  ));

test('one byte of one leaf, whichever it is, does not change unnoticed', () =>
  fc.assert(
    fc.asyncProperty(
      lives,
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (transactions, which, where, by) => {
        const leaves = leavesOf(transactions);
        const index = which % leaves.length;
        const bytes = Buffer.from(leaves[index] as string);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] as number) ^ by;
        leaves[index] = bytes.toString();
        const { code, said } = await verified(transactions, leaves);
        expect(said).toMatch(/^FAULT/);
        expect(code).toBe(1);
      },
    ),
    { numRuns: 400 },
  ));

describe('the ledger', () => {
  const account = (stage: string, pence: number): Row => ({
    id: id(stage === 'outside' ? 1 : stage === 'awarded' ? 2 : 3),
    line_id: id(9),
    source: 'grant',
    stage,
    balance_pence: pence,
  });
  const insert = (table: string, row: Row): Change => ({ table, old: null, new: row });
  const posting = (n: number, from: string, to: string, pence: number): Change[] => [
    insert('journal', { id: id(100 + n), postings: 1, total_pence: pence }),
    insert('posting', {
      id: id(200 + n),
      line_id: id(9),
      source: 'grant',
      from_stage: from,
      to_stage: to,
      amount_pence: pence,
      journal_id: id(100 + n),
      tranche_id: null,
    }),
  ];
  const moved = (stage: string, from: number, to: number): Change => ({
    table: 'account',
    old: account(stage, from),
    new: account(stage, to),
  });
  const award = [
    ...posting(1, 'outside', 'awarded', 500),
    insert('account', account('outside', -500)),
    insert('account', account('awarded', 500)),
  ];

  test('passes where balances are what was posted', async () => {
    const claim = [
      ...posting(2, 'awarded', 'claimed', 200),
      insert('account', account('claimed', 200)),
      moved('awarded', 500, 300),
    ];
    expect(await verified([award, claim])).toMatchObject({
      code: 0,
      said: expect.stringContaining('ok  3 accounts and tranches agree with 2 postings'),
    });
  });

  test('a balance below zero, though it is what was posted', async () => {
    const claim = [
      ...posting(2, 'awarded', 'claimed', 700),
      insert('account', account('claimed', 700)),
      moved('awarded', 500, -200),
    ];
    const { code, said } = await verified([award, claim]);
    expect(said).toContain('FAULT found by the check of ledger: It takes a balance below zero: -200 pence.');
    expect(said).toContain(`entry 8: update of account ${id(2)}`);
    expect(code).toBe(1);
  });

  test.each([
    ['a posting that moved no balance', posting(2, 'awarded', 'claimed', 200)],
    ['a balance that no posting moved', [moved('awarded', 500, 400)]],
    [
      'a posting without a journal',
      [
        ...posting(2, 'awarded', 'claimed', 200).slice(1),
        insert('account', account('claimed', 200)),
        moved('awarded', 500, 300),
      ],
    ],
    [
      'a posting to a journal that stands',
      [
        { ...award[1], new: { ...award[1]?.new, id: id(300) } } as Change,
        moved('outside', -500, -1000),
        moved('awarded', 500, 1000),
      ],
    ],
    ['what is drawn of a tranche by no posting', [insert('tranche', { id: id(50), drawn_pence: 5 })]],
  ])('%s', async (_, changes) => {
    const { code, said } = await verified([award, changes]);
    expect(said).toContain('FAULT found by the check of ledger:');
    expect(said).toMatch(/^entry ([5-9]|10): /m);
    expect(code).toBe(1);
  });
});
