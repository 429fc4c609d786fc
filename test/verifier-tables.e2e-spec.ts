import { Signer } from './support/audited-log.js';
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

const entriesNamed = (said: string): number[] =>
  [...said.matchAll(/^entry (\d+):/gm)].map(([, number]) => Number(number));

describe('what was done past the log', () => {
  test.each([
    [
      'a row changed',
      "update organisation set name = 'Another trust' where ods_code = 'RW4'",
      /rows: organisation \S+ is in its table not as entry \d+ left it: name was ".+" and is "Another trust"/,
    ],
    [
      'what is personal changed',
      "update person set name = 'Mallory' where role = 'auditor'",
      /rows: person \S+ is in its table not as entry \d+ left it: name was "personal:[0-9a-f]{64}" and is "Mallory"/,
    ],
    [
      'a row added',
      "insert into person (name, role) values ('Mallory', 'auditor')",
      /rows: person \S+ is in its table, and not by the log/,
    ],
    [
      'a row taken away',
      'delete from payment where id = (select id from payment order by id limit 1)',
      /rows: payment \S+ is in its table no more/,
    ],
    [
      'a balance moved',
      "update account set balance_pence = balance_pence + 1 where stage = 'paid'",
      /rows: account \S+ is in its table not as entry \d+ left it: balance_pence was \d+ and is \d+/,
    ],
  ])('%s: the table and the row', async (_, statements, words) => {
    const { code, said } = await log.after((database) => pastTriggers(database, statements));
    expect(said).toMatch(words);
    expect(code).toBe(1);
  });

  test('a posting changed with the log looking on: postings never are', async () => {
    const { code, said } = await log.after((database) =>
      database.sql(`begin; alter table posting disable trigger ledger_is_insert_only;
        update posting set incurred_on = incurred_on where incurred_on is not null; commit`),
    );
    expect(said).toContain('FAULT found by the check of ledger: No posting is ever updated.');
    expect(entriesNamed(said)).toEqual([log.leaves.length + 1]);
    expect(code).toBe(1);
  });
});

describe('what stands beside an entry', () => {
  test.each([
    ["action = 'other.action'", 'action'],
    ["actor_id = 'system:other'", 'actor'],
    ['trust_id = null', 'trust'],
    ["recorded_at = recorded_at + interval '1 second'", 'recordedAt'],
    ["request_id = 'other'", 'request'],
    ["table_name = 'other'", 'table'],
    ["operation = 'delete'", 'operation'],
    ['subject_id = uuidv7()', 'subject'],
    ["transaction_id = '1'", 'transaction'],
  ])('and says something else (%s): the entry', async (change, column) => {
    const { number } = log.entries.findLast(({ leaf }) => JSON.parse(leaf).trust !== null) as StandingEntry;
    const { code, said } = await log.after((database) =>
      pastTriggers(database, `update log_entry set ${change} where number = ${number}`),
    );
    expect(said).toContain(`FAULT found by the check of columns: Its column ${column} is `);
    expect(entriesNamed(said)).toEqual([number]);
    expect(code).toBe(1);
  });
});

describe('an entry of something that changed again later', () => {
  /** An entry of a row that was changed later, past the next checkpoint. */
  const changedLater = (): [StandingEntry, StandingEntry] => {
    for (const entry of log.entries) {
      const next = log.entries.find(
        ({ subject, number }) => subject === entry.subject && number > entry.number,
      );
      if (
        next &&
        entry.table === 'claim' &&
        log.sizes.some((size) => size >= entry.number && size < next.number)
      )
        return [entry, next];
    }
    throw new Error('There is none');
  };

  test('is edited: it, by the checkpoint between', async () => {
    const [entry, next] = changedLater();
    const { code, said } = await log.after((database) =>
      rewrite(database, [
        { ...entry, leaf: entry.leaf.replace(/"revision": (\d+)([^{]*)$/, '"revision": 77$2') },
      ]),
    );
    expect(said).toMatch(/continuity: It found its row not as entry \d+ left it: revision was 77 and is \d/);
    expect(entriesNamed(said)).toEqual([entry.number]);
    expect(next.number).toBeGreaterThan(entry.number);
    expect(code).toBe(1);
  });

  test('and the later one is edited: that, because the one before is proved', async () => {
    const [entry, next] = changedLater();
    const { code, said } = await log.after((database) =>
      rewrite(database, [{ ...next, leaf: next.leaf.replace(/"revision": \d+/, '"revision": 77') }]),
    );
    expect(said).toContain(`It found its row not as entry ${entry.number} left it: revision was`);
    expect(entriesNamed(said)).toEqual([next.number]);
    expect(code).toBe(1);
  });

  test.each([
    [
      'an insert of what is there',
      'insert',
      /"old" : \{.*\}, "new"/,
      '"old" : null, "new"',
      /Its row was there before/,
    ],
    ['an update of what is not there', 'update', '', '', /Its row was not there before/],
  ])('%s', async (what, operation, pattern, replacement, words) => {
    const [, next] = changedLater();
    const { code, said } = await log.after((database) =>
      pattern === ''
        ? pastTriggers(
            database,
            `update log_entry set subject_id = '00000000-0000-7000-8000-000000000000',
               leaf = replace(leaf, '${next.subject}', '00000000-0000-7000-8000-000000000000') where number = ${next.number}`,
          )
        : pastTriggers(
            database,
            `update log_entry set operation = '${operation}', leaf = $leaf$${next.leaf
              .replace(pattern, replacement)
              .replace(
                '"operation" : "update"',
                `"operation" : "${operation}"`,
              )}$leaf$ where number = ${next.number}`,
          ),
    );
    expect([what, said]).toEqual([what, expect.stringMatching(words)]);
    expect(entriesNamed(said)).toContain(next.number);
    expect(code).toBe(1);
  });
});

test('an entry that is put into another time or another transaction', async () => {
  const entry = log.entries.findLast(
    ({ transaction, number }) => log.entries[number]?.transaction === transaction,
  ) as StandingEntry;
  const moved = await log.after((database) =>
    pastTriggers(
      database,
      `update log_entry set transaction_id = '4', leaf = replace(leaf, '"transaction" : "${entry.transaction}"', '"transaction" : "4"')
       where number = ${entry.number + 1}`,
    ),
  );
  expect(moved.said).toContain('Entries of one transaction, and no others, have the same time. Not here.');
  expect(entriesNamed(moved.said)).toEqual([entry.number + 1]);
  const earlier = await log.after((database) =>
    pastTriggers(
      database,
      `update log_entry set recorded_at = '2001-01-01', leaf = replace(leaf, '"recordedAt" : "${entry.recordedAt}"', '"recordedAt" : "2001-01-01T00:00:00+00:00"')
       where number = ${entry.number}`,
    ),
  );
  expect(earlier.said).toContain('The entry before it is of a later time');
  expect(entriesNamed(earlier.said)).toEqual([entry.number]);
});

describe('an old backup is restored', () => {
  test('what is missing since', async () => {
    const { code, said } = await log.after(async () => undefined, log.backup);
    expect(said).toContain(
      `Entries ${log.backupSize + 1} to ${log.sizes.at(-1)} are missing, which notes covers`,
    );
    expect(code).toBe(1);
  });

  test('and goes on until it is longer: the entries between the checkpoints', async () => {
    const { code, said } = await log.after(
      (database) =>
        database.sql(
          `insert into person (name, role) select 'Somebody', 'auditor' from generate_series(1, 200)`,
        ),
      log.backup,
    );
    const first = log.sizes.find((size) => size > log.backupSize);
    expect(said).toContain(`to ${first} are not those that notes signs.`);
    expect(code).toBe(1);
  });
});

describe('a checkpoint is forged', () => {
  const verified = async (notes: string[], keys = [log.signer.vkey]) => {
    await log.desk.export(log.app.database);
    return log.desk.verify(notes, keys);
  };

  test('it is signed by somebody else, under the same name', async () => {
    const forged = new Signer().checkpoint(log.leaves);
    const { code, said } = await verified([...log.notes, forged]);
    expect(said).toContain(
      `FAULT found by the check of checkpoints: notes, of ${log.leaves.length} entries, is forged`,
    );
    expect(code).toBe(1);
  });

  test.each([
    ['size', (note: string) => note.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) - 1}\n`)],
    [
      'root',
      (note: string) =>
        note.replace(/\n[A-Za-z0-9+/]{43}=\n/, (text) =>
          text[1] === 'A' ? `\nB${text.slice(2)}` : `\nA${text.slice(2)}`,
        ),
    ],
    ['time', (note: string) => note.replace('recorded 2', 'recorded 1')],
    [
      'signature',
      (note: string) =>
        note.replace(/(— \S+ .{20})./, (text, head) => head + (text.endsWith('A') ? 'B' : 'A')),
    ],
    ['name', (note: string) => note.replaceAll('exemplar.test/log', 'exemplar.text/log')],
  ])('its %s was altered', async (_, alter) => {
    const note = log.notes.at(-1) as string;
    expect(alter(note)).not.toBe(note);
    const { code, said } = await verified([alter(note)]);
    expect(said).toMatch(/FAULT found by the check of checkpoints: notes, of \d+ entries, is forged/);
    expect(code).toBe(1);
  });

  test('it is signed with the right key, over another log of the same size', async () => {
    const other = log.leaves.map((leaf, index) =>
      index === 204 ? leaf.replace('"revision"', '"Revision"') : leaf,
    );
    const size = log.sizes.at(-1) as number;
    const { code, said } = await verified([...log.notes.slice(0, -1), log.signer.checkpoint(other, size)]);
    expect(said).toContain(
      `Entries ${(log.sizes.at(-2) as number) + 1} to ${size} are not those that notes signs.`,
    );
    expect(code).toBe(1);
  });
});
