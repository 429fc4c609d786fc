import {
  type CheckpointView,
  checkpoints,
  newestCheckpoint,
  openFault,
} from '../src/audit/checkpoint.queries.js';
import { verifiedCheckpoint, verifierKey } from '../src/audit/checkpoint.rules.js';
import type { SigningKey } from '../src/audit/checkpoint-key.js';
import { leafHash, nodeHash } from '../src/audit/merkle-tree.rules.js';
import type { Notary, Turn } from '../src/audit/notary.js';
import type { NotaryScope } from '../src/database/notary-scope.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { newKey, notaryOf, ORIGIN, tamper, writerOf } from './support/notary.js';

let database: TestDatabase;
let notary: Notary;
let scope: NotaryScope;
let writer: Awaited<ReturnType<typeof writerOf>>;
let key: SigningKey;
const ends: Array<() => Promise<void>> = [];

beforeEach(async () => {
  database = await createTestDatabase();
  writer = await writerOf(database);
  const made = notaryOf(database);
  ({ notary, scope } = made);
  key = newKey();
  ends.push(made.end, writer.end, () => database.drop());
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const newest = () => scope.run(newestCheckpoint) as Promise<CheckpointView>;
const fault = () => scope.run(openFault);
const counts = async () => {
  const [row] = await database.sql<{ nodes: number; checkpoints: number }>(
    'select (select count(*)::int from log_node) as nodes, (select count(*)::int from checkpoint) as checkpoints',
  );
  return row;
};

function signed(turn: Turn): CheckpointView {
  if (typeof turn === 'object' && 'signed' in turn) return turn.signed;
  throw new Error(`Nothing was signed: ${JSON.stringify(turn)}`);
}

function refused(turn: Turn): object {
  if (typeof turn === 'object' && 'fault' in turn) return turn.fault;
  throw new Error(`It was not refused: ${JSON.stringify(turn)}`);
}

/** The root over the log, by the definition alone, from what is in the table. */
async function rootByDefinition(size: number): Promise<string> {
  const rows = await database.sql<{ leaf: string }>(
    'select leaf from log_entry where number <= $1 order by number',
    [size],
  );
  const over = (hashes: Buffer[]): Buffer => {
    if (hashes.length === 1) return hashes[0] as Buffer;
    let k = 1;
    while (k * 2 < hashes.length) k *= 2;
    return nodeHash(over(hashes.slice(0, k)), over(hashes.slice(k)));
  };
  return over(rows.map(({ leaf }) => leafHash(leaf))).toString('base64');
}

test('a checkpoint covers the whole log, and its note is signed under the log’s name', async () => {
  await writer.entries(13);
  const made = signed(await notary.turn(key));
  expect(made).toMatchObject({ size: 13, root: await rootByDefinition(13), key: { vkey: key.vkey } });
  const text = verifiedCheckpoint(made.note, verifierKey(key.vkey));
  expect({ ...text, root: text.root.toString('base64') }).toMatchObject({
    origin: ORIGIN,
    size: 13,
    root: made.root,
  });
  const [last] = await database.sql<{ at: Date }>(
    'select recorded_at as at from log_entry where number = 13',
  );
  expect(new Date(text.recorded)).toEqual(last?.at);
  expect(made).toEqual(await newest());
});

test('it is made after a minute, or a thousand entries, and never of an idle log', async () => {
  await writer.entries(1);
  signed(await notary.turn(key));
  expect(await notary.turn(key)).toBe('not-due');
  await writer.entries(998);
  expect(await notary.turn(key)).toBe('not-due');
  await writer.entries(2);
  expect(signed(await notary.turn(key)).size).toBe(1_001);
  await writer.entries(1);
  expect(await notary.turn(key)).toBe('not-due');
  await tamper(database, "update checkpoint set signed_at = signed_at - interval '61 seconds'");
  expect(signed(await notary.turn(key)).size).toBe(1_002);
  await tamper(database, "update checkpoint set signed_at = signed_at - interval '1 day'");
  expect(await notary.turn(key)).toBe('not-due');
  expect(await notary.turn(key, { now: true })).toBe('not-due');
});

test('a log of more entries than one batch is covered, and grows on from any size', async () => {
  await writer.entries(12_345);
  expect(signed(await notary.turn(key))).toMatchObject({
    size: 12_345,
    root: await rootByDefinition(12_345),
  });
  for (const more of [1, 2, 5]) {
    await writer.entries(more);
    const made = signed(await notary.turn(key, { now: true, whole: true }));
    expect(made.root).toBe(await rootByDefinition(made.size));
  }
});

test('a process that dies between extending and signing leaves a tree that the next one goes on from', async () => {
  await writer.entries(6_000);
  let batches = 0;
  const dying = { stopped: () => ++batches > 1 };
  expect(await notary.turn(key, dying)).toBe('not-due');
  expect(await counts()).toMatchObject({ checkpoints: 0 });
  expect((await counts())?.nodes).toBeGreaterThan(5_000);
  const other = notaryOf(database);
  ends.unshift(other.end);
  expect(signed(await other.notary.turn(key))).toMatchObject({
    size: 6_000,
    root: await rootByDefinition(6_000),
  });
});

test('two notaries at once are harmless: each size is signed once, and no turn fails', async () => {
  const others = [notaryOf(database), notaryOf(database), notaryOf(database)];
  for (const { end } of others) ends.unshift(end);
  const all = [notary, ...others.map((each) => each.notary)];
  const turns: Turn[] = [];
  for (let round = 0; round < 5; round += 1) {
    await writer.entries(700);
    turns.push(...(await Promise.all(all.map((each) => each.turn(key, { now: true })))));
  }
  expect(turns.filter((turn) => typeof turn === 'object' && 'fault' in turn)).toEqual([]);
  expect(turns.filter((turn) => typeof turn === 'object').length).toBeGreaterThan(0);
  await notary.turn(key, { now: true });
  const made = (await scope.run((sql) => checkpoints(sql, 50, null))) as CheckpointView[];
  expect(made[0]?.size).toBe(3_500);
  for (const { size, root } of made) expect(root).toBe(await rootByDefinition(size));
});

describe('nothing is signed where the log is not what it was', () => {
  const CHANGED = "update log_entry set leaf = replace(leaf, 'Number', 'Nimber') where number = $1";

  beforeEach(async () => {
    await writer.entries(20);
    signed(await notary.turn(key));
    await writer.entries(5);
  });

  test.each<[string, string, unknown[], object]>([
    ['an entry is changed', CHANGED, [7], { code: 'entry-altered', number: 7 }],
    ['the newest that was signed is changed', CHANGED, [20], { code: 'entry-altered', number: 20 }],
    ['an entry is gone', 'delete from log_entry where number = 7', [], { code: 'entry-altered', number: 7 }],
    [
      'a new entry is gone',
      'delete from log_entry where number = 23',
      [],
      { code: 'entry-missing', number: 23 },
    ],
    ['the log is cut', 'delete from log_entry where number > 12', [], { code: 'log-shrunk', number: 13 }],
    [
      'an entry and its stored hash are changed together',
      `with changed as (${CHANGED} returning leaf) update log_node set hash = sha256('\\x00'::bytea || convert_to(leaf, 'UTF8'))
         from changed where level = 0 and index = $1 - 1`,
      [7],
      { code: 'tree-altered', number: 7 },
    ],
    [
      'a subtree is changed',
      "update log_node set hash = sha256('') where level = 4 and index = 0",
      [],
      { code: 'tree-altered' },
    ],
    ['a subtree is gone', 'delete from log_node where level = 2 and index = 1', [], { code: 'tree-altered' }],
    [
      'the last checkpoint is changed',
      "update checkpoint set root = sha256('')",
      [],
      { code: 'checkpoint-altered' },
    ],
    [
      'its note is changed',
      "update checkpoint set note = replace(note, '20', '19')",
      [],
      { code: 'checkpoint-altered' },
    ],
  ])('%s', async (_, text, values, found) => {
    await tamper(database, text, values);
    const before = await counts();
    expect(refused(await notary.turn(key, { now: true }))).toMatchObject(found);
    expect(refused(await notary.turn(key, { now: true }))).toMatchObject(found);
    expect((await counts())?.checkpoints).toBe(before?.checkpoints);
    expect(await fault()).toMatchObject(found);
    expect(await database.sql('select from log_fault')).toHaveLength(1);
  });

  test('what one process found, the next does not pass by, and it signs again once the log is as it was', async () => {
    const [{ leaf } = { leaf: '' }] = await database.sql<{ leaf: string }>(
      'select leaf from log_entry where number = 7',
    );
    await tamper(database, CHANGED, [7]);
    refused(await notary.turn(key, { now: true }));
    const other = notaryOf(database);
    ends.unshift(other.end);
    expect(refused(await other.notary.turn(key, { now: true }))).toMatchObject({ number: 7 });
    await tamper(database, 'update log_entry set leaf = $2 where number = $1', [7, leaf]);
    expect(signed(await other.notary.turn(key, { now: true })).size).toBe(25);
    expect(await fault()).toBeUndefined();
  });

  test('under another name it is another log', async () => {
    expect(refused(await notary.turn(newKey('other.example/log'), { now: true }))).toMatchObject({
      code: 'origin-changed',
      words: expect.stringContaining(`Set CHECKPOINT_ORIGIN=${ORIGIN}`),
    });
  });
});

test('a new key signs on, and the checkpoints of the one before keep theirs', async () => {
  await writer.entries(3);
  signed(await notary.turn(key));
  await writer.entries(1);
  const second = newKey();
  expect(signed(await notary.turn(second, { now: true })).key.vkey).toBe(second.vkey);
  const made = (await scope.run((sql) => checkpoints(sql, 10, null))) as CheckpointView[];
  expect(made.map(({ size, key: { id } }) => [size, id])).toEqual([
    [4, second.id],
    [3, key.id],
  ]);
});

describe('the database refuses', () => {
  const NODE = "insert into log_node values (0, 0, sha256(''))";
  const CHECKPOINT = `insert into checkpoint (size, root, recorded_at, note, key_id) values ($1, sha256(''), now(), 'x', '00000000')`;

  beforeEach(async () => {
    await writer.entries(6);
    signed(await notary.turn(key));
  });

  test.each([
    NODE,
    CHECKPOINT.replace('$1', '1'),
    "insert into checkpoint_key (id, vkey) values ('00000000', 'x')",
    'insert into checkpoint_publication (size) values (6)',
    "insert into log_fault (code, words) values ('x', 'x')",
    'update log_node set hash = hash',
    'delete from checkpoint',
    'truncate log_node',
    'set role exemplar_notary',
  ])('the application: %s', async (text) => {
    await expect(writer.source.query(text)).rejects.toThrow('permission denied');
  });

  test.each([
    "insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, actor_id, action, leaf) values (7, now(), '1', 'insert', 'x', uuidv7(), 'x', 'x', '{}')",
    'update log_entry set action = action',
    'update organisation set name = name',
    'select * from person',
    'update checkpoint set root = root',
    'delete from log_node',
    'set role exemplar_app',
    'set role exemplar_owner',
  ])('the notary: %s', async (text) => {
    await expect(scope.run((sql) => sql.query(text))).rejects.toThrow('permission denied');
  });

  test.each([
    ['a node that is there', 'insert into log_node select * from log_node limit 1', 'duplicate key'],
    ['a leaf beyond a gap', "insert into log_node values (0, 9, sha256(''))", 'does not follow'],
    [
      'a subtree over leaves that are not there',
      "insert into log_node values (1, 3, sha256(''))",
      'does not follow',
    ],
    ['a hash of another length', "insert into log_node values (0, 6, '\\x00')", 'log_node_hash'],
    ['a level below the leaves', "insert into log_node values (-1, 0, sha256(''))", 'log_node_level'],
    ['a node before the first', "insert into log_node values (0, -1, sha256(''))", 'log_node_index'],
    [
      'a root of another length',
      `insert into log_node values (0, 6, sha256('')); ${CHECKPOINT.replace('$1', '7').replace("sha256('')", "'\\x00'")}`,
      'checkpoint_root',
    ],
    ['a key of no id', "insert into checkpoint_key (id, vkey) values ('x', 'x')", 'checkpoint_key_id'],
    ['that nothing was published', 'insert into checkpoint_publication (size) values (7)', 'foreign key'],
    ['the same checkpoint', CHECKPOINT.replace('$1', '6'), 'already'],
    ['a smaller one', CHECKPOINT.replace('$1', '5'), 'already'],
    ['one beyond the tree', CHECKPOINT.replace('$1', '7'), 'does not reach'],
  ])('the notary as well: %s', async (_, text, words) => {
    await expect(scope.run((sql) => sql.query(text))).rejects.toThrow(words);
  });

  test.each(['log_node', 'checkpoint', 'checkpoint_key', 'checkpoint_publication', 'log_fault'])(
    'even the superuser, with triggers on, to change, delete or empty %s',
    async (table) => {
      await scope.run((sql) => sql.query("insert into log_fault (code, words) values ('x', 'x')"));
      await scope.run((sql) => sql.query('insert into checkpoint_publication (size) values (6)'));
      const [{ column } = { column: '' }] = await database.sql<{ column: string }>(
        'select attname as column from pg_attribute where attrelid = $1::regclass and attnum = 1',
        [table],
      );
      for (const text of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(database.sql(text)).rejects.toMatchObject({ constraint: 'log_is_append_only' });
    },
  );
});
