/*
 * Verifies an export of Exemplar's log. It needs Node (18 or later), no network, and nothing else of Exemplar:
 *   node verify-log.mjs export.ndjson --checkpoints <folder of .txt notes, or a file of notes> --key <name+hash+key>
 * It reads the export once, line by line, holds what the log says of each row that stands, and checks
 *   checkpoints  each is signed by a key that was given, and has the root that the log's tree had at its size
 *   order        entries are numbered without a gap, time never goes back, a transaction's entries are together
 *   columns      what stands beside an entry, by which readers filter, is what the entry says
 *   continuity   what a change found of its row is what the change before it had left
 *   ledger       after each transaction, balances, tranches and journals are what the postings come to
 *   rows         the rows that stand are those that the log leads to, and no others
 * At the first fault it stops and names the entry. Exit code: 0 all is right; 1 a fault; 2 it could not be checked.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** What is wrong, by which check (`input`: it cannot be read), and the entries of which one is the bad one. */
const fault = (check, words, ...entries) => Object.assign(new Error(words), { check, entries });

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const figure = (n) => n.toLocaleString('en-GB');

/** A value, or what of a long one differs from another. */
function unlike(value, other) {
  const [text, its] = [`${JSON.stringify(value)}`, `${JSON.stringify(other)}`];
  const at = text.split('').findIndex((letter, index) => letter !== its[index]);
  return text.length <= 80 ? text : `…${text.slice(Math.max(0, at - 20), Math.max(0, at - 20) + 80)}`;
}

/** A vkey: name, the first 4 bytes of SHA-256(name, newline, 0x01, key) in hex, and 0x01 and the key in base64. */
function readKey(text) {
  const [, name, hash, base64 = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 33 || bytes[0] !== 1 || sha256(`${name}\n`, bytes).toString('hex', 0, 4) !== hash)
    throw fault('input', `This is no key of the form name+hash+key: ${text}`);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  return { name, hash, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** A signed note (C2SP signed-note, tlog-checkpoint): a text, an empty line, and lines that sign the text. */
function readNote(file, note, keys) {
  const [, text, origin, size, root, recorded, signatures] =
    /^((.+)\n([1-9]\d{0,14})\n([\w+/]{43}=)\nrecorded (.+)\n)\n((?:— .+\n?)+)$/.exec(note) ?? [];
  if (!text) throw fault('input', `${file} holds something that is no checkpoint: ${note.slice(0, 80)}`);
  for (const [, name, base64] of signatures.matchAll(/^— (\S+) (\S+)$/gm)) {
    const bytes = Buffer.from(base64, 'base64');
    const by = keys.find((key) => key.name === name && key.hash === bytes.toString('hex', 0, 4));
    if (by && verify(null, Buffer.from(text), by.key, bytes.subarray(4)))
      return { file, origin, size: Number(size), root, recorded, by: by.name };
  }
  const words = `${file}, of ${size} entries, is forged: no key that was given has signed it.`;
  throw fault('checkpoints', `${words} Or a key is missing: give every one that was ever in use.`);
}

function readCheckpoints(path, keys) {
  const folder = statSync(path).isDirectory();
  const files = folder ? readdirSync(path).filter((name) => name.endsWith('.txt')) : [''];
  const notes = files.flatMap((name) => {
    const file = join(path, name);
    const texts = readFileSync(file, 'utf8').match(/(?:(?!— ).+\n)+\n(?:— .+\n?)+|.+/g) ?? [];
    return texts.map((text) => readNote(file, text, keys));
  });
  if (notes.length === 0) throw fault('input', `There is no checkpoint in ${path}.`);
  const other = notes.find(({ origin }) => origin !== notes[0].origin);
  if (other) throw fault('input', `${notes[0].file} and ${other.file} are checkpoints of two logs.`);
  return notes.sort((a, b) => a.size - b.size);
}

/** The tree of RFC 6962 as it grows: the roots of its full subtrees, the largest first. */
function grow(tree, leaf) {
  let node = { hash: sha256('\x00', leaf), leaves: 1 };
  while (tree.at(-1)?.leaves === node.leaves)
    node = { hash: sha256('\x01', tree.pop().hash, node.hash), leaves: node.leaves * 2 };
  tree.push(node);
}

function rootOf(tree) {
  return tree.reduceRight((right, { hash }) => (right ? sha256('\x01', hash, right) : hash), null);
}

/** Figures that rows say and postings come to, each with the entries of the transaction at hand that tell of it. */
class Ledger {
  postings = 0;
  figures = new Map();
  touched = new Set();

  figure(what, entry) {
    const known = this.figures.get(what) ?? { what, said: undefined, posted: 0, entries: new Set() };
    this.figures.set(what, known);
    this.touched.add(known);
    known.entries.add(entry);
    return known;
  }

  take(entry, row) {
    const of = (what) => this.figure(what, entry);
    const account = (stage) => of(`account ${row.line_id} ${row.source} ${stage}`);
    if (entry.table === 'account') account(row.stage).said = row.balance_pence;
    if (entry.table === 'account' && row.stage !== 'outside' && !(row.balance_pence >= 0))
      throw fault('ledger', `It takes a balance below zero: ${row.balance_pence} pence.`);
    if (entry.table === 'tranche') of(`drawn of tranche ${row.id}`).said = row.drawn_pence;
    if (entry.table === 'journal') of(`sum of journal ${row.id}`).said = row.total_pence;
    if (entry.table !== 'posting') return;
    const pence = row.amount_pence;
    account(row.from_stage).posted -= pence;
    account(row.to_stage).posted += pence;
    of(`sum of journal ${row.journal_id}`).posted += pence;
    const drawn = row.to_stage === 'awarded' ? -pence : row.from_stage === 'awarded' ? pence : 0;
    if (row.tranche_id !== null) of(`drawn of tranche ${row.tranche_id}`).posted += drawn;
    this.postings += 1;
  }

  /** At the end of a transaction. The bad entry is in the fewest figures that are right, and the most that are wrong. */
  close() {
    const words = [];
    const blame = new Map();
    for (const { what, said, posted, entries } of this.touched) {
      const right = said === posted;
      if (!right) words.push(`${what} is ${said} in its row, ${posted} by postings`);
      for (const entry of entries) blame.set(entry, (blame.get(entry) ?? 0) + (right ? -1000 : 1));
      entries.clear();
      if (what.includes('journal')) this.figures.delete(what);
    }
    this.touched.clear();
    const most = Math.max(...blame.values());
    const bad = [...blame.keys()].filter((entry) => blame.get(entry) === most);
    if (words.length > 0) throw fault('ledger', `${words.join('; ')}.`, ...bad);
  }
}

/** The log as it is read: how far it has come, and the rows that it leads to. */
class Log {
  tree = [];
  ledger = new Ledger();
  /** By table and id: the text of each row, the entry that left it so, and whether it was seen in its table. */
  tables = new Map();
  /** Columns that came to a table after rows of it had been recorded. */
  added = new Set();
  size = 0;
  rows = 0;
  checkpoints = [];
  met = 0;
  /** How many entries are proved unaltered, and the first checkpoint that is of another log. */
  proved = 0;
  broken = undefined;

  /** An entry: its leaf, and the columns that stand beside it. */
  take(leaf, columns) {
    this.at = { ...columns, number: this.size + 1 };
    const { actor, reason, old, new: row, ...head } = JSON.parse(leaf);
    const entry = { ...head, actor: actor?.id };
    this.at = entry;
    this.order(entry);
    for (const name of Object.keys({ ...entry, ...columns }))
      if (columns[name] !== entry[name])
        throw fault('columns', `Its column ${name} is ${unlike(columns[name])}, not ${unlike(entry[name])}.`);
    this.change(entry, leaf, row);
    grow(this.tree, leaf);
    this.size += 1;
    for (let note = this.checkpoints[this.met]; note?.size === this.size; note = this.checkpoints[++this.met])
      if (note.root !== rootOf(this.tree).toString('base64')) this.broken ??= note;
      else if (!this.broken) this.proved = this.size;
    [this.last, this.at] = [entry, undefined];
  }

  order({ number, recordedAt, transaction }) {
    const [next, before] = [this.size + 1, this.last?.recordedAt ?? ''];
    if (number > next) throw fault('order', `Entries ${next} to ${number - 1} are missing before it.`);
    if (number !== next) throw fault('order', `It stands where entry ${next} should.`);
    if (recordedAt < before) throw fault('order', `The entry before it is of a later time, ${before}.`);
    if ((recordedAt === before) !== (transaction === this.last?.transaction))
      throw fault('order', 'Entries of one transaction, and no others, have the same time. Not here.');
    if (recordedAt !== before) this.ledger.close();
  }

  /** What a change found must be what stood; what it left stands from now on. */
  change(entry, leaf, row) {
    const { number, table, subject, recordedAt } = entry;
    const [before, after] = [leaf.indexOf(', "old" : '), leaf.lastIndexOf(', "new" : ')];
    const [old, now] = [leaf.slice(before + 10, after), leaf.slice(after + 10, -1)];
    const rows = this.tables.get(table) ?? new Map();
    const held = this.tables.set(table, rows).get(table).get(subject);
    const operation = old === 'null' ? 'insert' : now === 'null' ? 'delete' : 'update';
    const wrong = (words) => fault('continuity', words, ...(held ? [held.by] : []), entry);
    if (entry.operation !== operation) throw wrong(`By its rows it is an ${operation}.`);
    if (!held !== (operation === 'insert')) throw wrong(`Its row was ${held ? '' : 'not '}there before.`);
    const differs = held && this.differences(held, old);
    if (differs) throw wrong(`It found its row ${differs}`);
    if (now === 'null') rows.delete(subject);
    const by = { number, operation, table, subject, recordedAt };
    if (now !== 'null') rows.set(subject, { text: Buffer.from(now), by, seen: false });
    const part = ['account', 'tranche', 'journal', 'posting'].indexOf(table);
    const never = operation === 'delete' ? part >= 0 : held && part > 1;
    if (never) throw fault('ledger', `No ${table} is ever ${operation}d.`);
    if (part >= 0) this.ledger.take(entry, row);
  }

  compare(table, text) {
    const { id } = JSON.parse(text);
    const held = this.tables.get(table)?.get(id);
    if (!held || held.seen) throw fault('rows', `${table} ${id} is in its table, and not by the log.`);
    const differs = this.differences(held, text);
    if (differs) throw fault('rows', `${table} ${id} is in its table ${differs}`, held.by);
    held.seen = true;
    this.rows += 1;
  }

  /** PostgreSQL writes a value always alike. A column that came later is not in the texts before. */
  differences({ text, by }, now) {
    if (text.equals(Buffer.from(now))) return undefined;
    const [was, is] = [JSON.parse(text), JSON.parse(now)];
    const added = Object.keys(is).filter((name) => !(name in was));
    for (const name of added) this.added.add(`${by.table}.${name}`);
    const changed = Object.keys(was).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
    if (changed.length === 0 && added.length > 0) return undefined;
    const words = changed.map(
      (name) => `${name} was ${unlike(was[name], is[name])} and is ${unlike(is[name], was[name])}`,
    );
    return `not as entry ${by.number} left it: ${words.join(', ') || 'a number has other digits'}`;
  }
}

/** Reads the export. Rows stand after the entry that they are as at. @returns its first line */
async function readExport(path, log) {
  let [header, end, compared, rest] = [undefined, undefined, false, ''];
  const take = (line) => {
    const { leaf, columns, table, ...more } = JSON.parse(line);
    if (!header && more.format !== 'exemplar-log/1') throw fault('input', `${path} is no export of a log.`);
    if (table === undefined && log.size === header?.asAt && !compared) {
      for (const { by, seen } of [...log.tables.values()].flatMap((rows) => [...rows.values()]))
        if (!seen) throw fault('rows', `${by.table} ${by.subject} is in its table no more.`, by);
      compared = true;
    }
    if (table !== undefined) log.compare(table, line.slice(line.indexOf('"row" : ') + 8, -1));
    else if (leaf !== undefined) log.take(leaf, columns);
    else if (header) end = more;
    else header = more;
    const newest = log.checkpoints.at(-1);
    const words = `Entries ${header.entries + 1} to ${newest.size} are missing, which ${newest.file} covers`;
    if (newest.size > header.entries) throw fault('checkpoints', `${words}: deleted, or in no backup.`);
  };
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    lines.forEach(take);
  }
  log.ledger.close();
  if (compared && header.entries === log.size && end?.rows === log.rows) return header;
  throw fault('input', `${path} is cut off after entry ${log.size} and ${log.rows} rows. Fetch it again.`);
}

/** What was found right, each with its figure. */
function found({ asAt }, { size, proved, ledger, checkpoints, ...log }) {
  if (log.broken) throw fault('checkpoints', 'Nothing else in the log tells which of them it is.');
  return [
    `ok  ${figure(size)} entries, numbered without a gap, until ${log.last.recordedAt}`,
    `ok  ${figure(checkpoints.length)} checkpoints, signed by ${checkpoints.at(-1).by}, have the roots that this log has`,
    `ok  ${figure(proved)} entries are proved by them; ${figure(size - proved)} newer ones are not yet provable`,
    `ok  ${figure(ledger.figures.size)} accounts and tranches agree with ${figure(ledger.postings)} postings`,
    `ok  ${figure(log.rows)} rows of ${log.tables.size} tables, as at entry ${asAt}, are what the log says`,
    ...[...log.added].sort().map((name) => `    ${name} is newer than what was recorded of some rows`),
  ];
}

function told(check, words, entries, { proved, broken, at }) {
  const suspects = entries.length === 0 && at ? [at] : entries;
  const unproved = suspects.filter(({ number }) => number > proved);
  const within = unproved.filter(({ number }) => number <= broken?.size);
  const lines = [`FAULT found by the check of ${check}: ${words}`];
  if (broken) lines.push(`Entries ${proved + 1} to ${broken.size} are not those that ${broken.file} signs.`);
  if (unproved.length < suspects.length) lines.push(`Entries 1 to ${proved} are as they were signed.`);
  const named = unproved.length > 0 ? unproved : suspects;
  for (const { number, operation, table, subject, recordedAt } of broken ? within : named)
    lines.push(`entry ${number}: ${operation} of ${table} ${subject}, recorded at ${recordedAt}`);
  return lines;
}

/** Verifies an export, given what follows the program's name, and says what it found. @returns the exit code */
export async function verifyLog(args, say) {
  const log = new Log();
  try {
    const options = { checkpoints: { type: 'string' }, key: { type: 'string', multiple: true } };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length !== 1 || !values.checkpoints || !values.key)
      throw fault('input', 'Say <export.ndjson> --checkpoints <folder or file> --key <name+hash+key>');
    log.checkpoints = readCheckpoints(values.checkpoints, values.key.map(readKey));
    for (const line of found(await readExport(positionals[0], log), log)) say(line);
    return 0;
  } catch (error) {
    const { check = log.at ? 'columns' : 'input', message, entries = [] } = error;
    if (check === 'input') say(`It could not be checked: ${message}`);
    else for (const line of told(check, message, entries, log)) say(line);
    return check === 'input' ? 2 : 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  verifyLog(process.argv.slice(2), console.log).then((exitCode) => Object.assign(process, { exitCode }));
