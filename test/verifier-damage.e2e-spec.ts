import {
  pastTriggers,
  rewrite,
  type StandingEntry,
  type StandingLog,
  standLog,
} from './support/standing-log.js';

let log: StandingLog;
beforeAll(async () => {
  log = await standLog();
});
afterAll(() => log?.end());

/** How the verifier names an entry. */
const named = ({ number, operation, table, subject, recordedAt }: StandingEntry): string =>
  `entry ${number}: ${operation} of ${table} ${subject}, recorded at ${recordedAt}`;
const entriesNamed = (said: string): string[] => said.split('\n').filter((line) => line.startsWith('entry '));
const isPayment = ({ table, new: row }: StandingEntry): boolean => table === 'posting' && row?.kind === 'pay';
const newest = (): number => log.sizes.at(-1) as number;
/** Entries after the largest checkpoint up to an entry, and up to the first from it on. */
const bracket = (number: number): string => {
  const to = log.sizes.find((size) => size >= number);
  const from = Math.max(0, ...log.sizes.filter((size) => size < number)) + 1;
  return `Entries ${from} to ${to} are not those that notes signs.`;
};

describe('an amount that a superuser edits', () => {
  test('in its table: the row, its column, both amounts and the entry that it was left by', async () => {
    const entry = log.entries.find(isPayment) as StandingEntry;
    const { code, said } = await log.after((database) =>
      pastTriggers(database, `update posting set amount_pence = 900000 where id = '${entry.subject}'`),
    );
    expect(said).toContain(
      `FAULT found by the check of rows: posting ${entry.subject} is in its table not as entry ${entry.number} left it: amount_pence was 100000 and is 900000`,
    );
    expect(said).toMatch(/Entries 1 to \d+ are as they were signed\./);
    expect(entriesNamed(said)).toEqual([named(entry)]);
    expect(code).toBe(1);
  });

  test.each(['posting', 'journal', 'account', 'tranche'])(
    'of a %s in its table and in the log: the entry, among those that tell of the same money',
    async (table) => {
      const column = {
        posting: 'amount_pence',
        journal: 'total_pence',
        account: 'balance_pence',
        tranche: 'drawn_pence',
      }[table] as string;
      const entry = log.last(
        ({ table: its, number, subject }) =>
          its === table &&
          number <= newest() &&
          log.last((each) => each.subject === subject).number === number,
      );
      const amount = (entry.new as Record<string, number>)[column] as number;
      const { code, said } = await log.after(async (database) => {
        const leaf = withoutOld(entry, (text) =>
          text.replace(`"${column}": ${amount}`, `"${column}": ${amount + 1}`),
        );
        expect(leaf).not.toBe(entry.leaf);
        await rewrite(database, [{ ...entry, leaf }]);
        await pastTriggers(
          database,
          `update ${table} set ${column} = ${column} + 1 where id = '${entry.subject}'`,
        );
      });
      expect(said).toContain('FAULT found by the check of ledger:');
      expect(entriesNamed(said)).toEqual([named(entry)]);
      expect(code).toBe(1);
    },
  );
});

/** The leaf with something else as what its entry left. */
function withoutOld({ leaf }: StandingEntry, change: (text: string) => string): string {
  const at = leaf.lastIndexOf(', "new" : ');
  return leaf.slice(0, at) + change(leaf.slice(at));
}

test('the newest 50 entries deleted, and the head put back', async () => {
  const left = log.leaves.length - 50;
  const { code, said } = await log.after((database) =>
    pastTriggers(
      database,
      `delete from log_entry where number > ${left}; update log_head set last_number = ${left}`,
    ),
  );
  expect(said).toContain(`Entries ${left + 1} to ${log.sizes.at(-1)} are missing, which notes covers`);
  expect(code).toBe(1);
});

test('one entry deleted in the middle', async () => {
  const { code, said } = await log.after((database) =>
    pastTriggers(database, 'delete from log_entry where number = 250'),
  );
  expect(said).toContain('FAULT found by the check of order: Entries 250 to 250 are missing before it.');
  expect(entriesNamed(said)).toEqual([named(log.entries[250] as StandingEntry)]);
  expect(code).toBe(1);
});

test('one entry deleted in the middle, and all after it numbered anew', async () => {
  const { code, said } = await log.after(async (database) => {
    await pastTriggers(
      database,
      `delete from log_entry where number = 250;
      update log_entry set number = -number, leaf = replace(leaf, '{"number" : ' || number, '{"number" : ' || number - 1) where number > 250;
      update log_entry set number = -number - 1 where number < 0; update log_head set last_number = last_number - 1`,
    );
  });
  expect(said).toContain('FAULT');
  expect(code).toBe(1);
});

describe('two entries that change places', () => {
  const swapped = (one: number, other: number) =>
    `update log_entry set number = -number where number in (${one}, ${other});
     update log_entry set number = case number when -${one} then ${other} else ${one} end where number < 0`;
  const numberedAnew = `update log_entry set leaf = regexp_replace(leaf, '^{"number" : \\d+', '{"number" : ' || number)`;

  test('as they are', async () => {
    const { code, said } = await log.after((database) => pastTriggers(database, swapped(250, 251)));
    expect(said).toContain('FAULT found by the check of order: Entries 250 to 250 are missing before it.');
    expect(entriesNamed(said)).toEqual([named(log.entries[250] as StandingEntry)]);
    expect(code).toBe(1);
  });

  test('of two transactions, and are numbered anew', async () => {
    const [one, two] = [log.entries[199] as StandingEntry, log.last(({ number }) => number === 330)];
    const { code, said } = await log.after((database) =>
      pastTriggers(database, `${swapped(one.number, two.number)}; ${numberedAnew}`),
    );
    expect(said).toContain('FAULT found by the check of order:');
    expect(code).toBe(1);
  });

  test('of one transaction, and are numbered anew: the entries between the checkpoints', async () => {
    const one = log.entries.find(
      ({ transaction, number, subject }) =>
        number > 200 &&
        number < 290 &&
        log.entries[number]?.transaction === transaction &&
        log.entries[number]?.subject !== subject,
    ) as StandingEntry;
    const { code, said } = await log.after((database) =>
      pastTriggers(database, `${swapped(one.number, one.number + 1)}; ${numberedAnew}`),
    );
    expect(said).toContain(bracket(one.number));
    expect(code).toBe(1);
  });
});

test('an earlier entry that stands in for another', async () => {
  const other = log.entries[99] as StandingEntry;
  const { code, said } = await log.after((database) =>
    rewrite(database, [{ number: 250, leaf: other.leaf }]),
  );
  expect(said).toContain('FAULT found by the check of order: It stands where entry 250 should.');
  expect(code).toBe(1);
});

test('an entry that says that it did something else to its row', async () => {
  const entry = log.last(({ operation, number }) => operation === 'insert' && number < newest());
  const { code, said } = await log.after((database) =>
    pastTriggers(
      database,
      `update log_entry set operation = 'update', leaf = replace(leaf, '"operation" : "insert"', '"operation" : "update"')
       where number = ${entry.number}`,
    ),
  );
  expect(said).toContain('FAULT found by the check of continuity: By its rows it is an insert.');
  expect(entriesNamed(said)).toEqual([named({ ...entry, operation: 'update' })]);
  expect(code).toBe(1);
});

describe('a log that is rebuilt around an edit, and agrees with itself', () => {
  test('what a payment was for: the entries between the checkpoints', async () => {
    const entry = log.last(({ table, number }) => table === 'journal' && number <= newest());
    const { code, said } = await log.after(async (database) => {
      await rewrite(database, [
        { ...entry, leaf: entry.leaf.replace('"narrative": "', '"narrative": "Not ') },
      ]);
      await pastTriggers(
        database,
        `update journal set narrative = 'Not ' || narrative where id = '${entry.subject}'`,
      );
    });
    expect(said).toContain(
      'FAULT found by the check of checkpoints: Nothing else in the log tells which of them it is.',
    );
    expect(said).toContain(bracket(entry.number));
    expect(code).toBe(1);
  });

  test('how much was paid, in posting, journal and balances: the entries between the checkpoints', async () => {
    const posting = log.last((entry) => isPayment(entry) && entry.number <= newest());
    const together = log.entries.filter(({ transaction }) => transaction === posting.transaction);
    const { code, said } = await log.after(async (database) => {
      const amount = posting.new?.amount_pence as number;
      for (const entry of together.filter(({ number }) => number >= posting.number - 1)) {
        const delta = entry.new?.stage === 'approved' ? 1 : entry.new?.stage === 'paid' ? -1 : 0;
        const balance = entry.new?.balance_pence as number;
        const leaf = withoutOld(entry, (text) =>
          text
            .replace(`"total_pence": ${amount}`, `"total_pence": ${amount - 1}`)
            .replace(`"amount_pence": ${amount}`, `"amount_pence": ${amount - 1}`)
            .replace(`"balance_pence": ${balance}`, `"balance_pence": ${balance + delta}`),
        );
        if (leaf === entry.leaf) continue;
        await rewrite(database, [{ ...entry, leaf }]);
        const { id, ...row } = JSON.parse(leaf).new;
        const column = ['total_pence', 'amount_pence', 'balance_pence'].find((name) => name in row) as string;
        await pastTriggers(
          database,
          `update ${entry.table} set ${column} = ${row[column]} where id = '${id}'`,
        );
      }
    });
    expect(said).toContain(
      'FAULT found by the check of checkpoints: Nothing else in the log tells which of them it is.',
    );
    expect(said).toContain(bracket(posting.number));
    expect(code).toBe(1);
  });
});
