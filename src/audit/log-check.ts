import type { Sql } from '../database/sql.js';
import { type CheckpointView, type LogFault, openFault } from './checkpoint.queries.js';
import { verifiedCheckpoint, verifierKey } from './checkpoint.rules.js';
import type { SigningKey } from './checkpoint-key.js';
import { lastNumber } from './log.queries.js';
import { consistencyProof, peaksOf, provesConsistency, rootOf } from './merkle-tree.rules.js';
import { firstAltered, NodeMissing, nodesAt, treeSize } from './tree.queries.js';

/** Something that is not as it was. */
export type Found = Omit<LogFault, 'foundAt'>;

/** What is looked at before a checkpoint is signed. */
export interface CheckOrder {
  key: SigningKey;
  /** The newest checkpoint. */
  last: CheckpointView | undefined;
  /** How many entries the next one is to cover. */
  size: number;
  /** Whether every entry is hashed anew. */
  whole: boolean;
}

/** Entries that are hashed anew before each signature, the next ones each time. */
const WINDOW = 20_000;
/** Entries that one statement hashes. */
const BATCH = 20_000;

/** Holds the log against its tree, and both against what was signed before. */
export class LogCheck {
  /** The leaf from which the next part is looked at: in time every entry has its turn, and then again. */
  private next = 0;

  /** @returns the first thing that is not as it was; undefined where all is */
  async run(sql: Sql, order: CheckOrder): Promise<Found | undefined> {
    try {
      return (
        (await shrunk(sql)) ??
        renamed(order) ??
        (await inconsistent(sql, order)) ??
        (await this.altered(sql, order))
      );
    } catch (error) {
      if (error instanceof NodeMissing) return { code: 'tree-altered', number: null, words: error.message };
      throw error;
    }
  }

  private async altered(sql: Sql, { last, size, whole }: CheckOrder): Promise<Found | undefined> {
    // What was found before is not forgotten, wherever this process has come to.
    const known = (await openFault(sql))?.number;
    const ranges = [known ?? size, last?.size ?? size, size]
      .filter((number) => number <= size)
      .map((number) => ({ first: number - 1, last: number - 1 }));
    const from = this.next < size ? this.next : 0;
    const end = from + (whole ? size : Math.min(WINDOW, size));
    ranges.push(...batches(from, Math.min(end, size)), ...batches(0, end - size));
    const stored = await treeSize(sql);
    for (const range of ranges) {
      const place = await firstAltered(sql, { ...range, size: stored });
      if (place) return alteredAt(place);
    }
    this.next = end % size;
    return undefined;
  }
}

/** Leaves from one to just before another, in ranges that one statement looks at. */
function batches(from: number, end: number): Array<{ first: number; last: number }> {
  const ranges = [];
  for (let first = from; first < end; first += BATCH)
    ranges.push({ first, last: Math.min(first + BATCH, end) - 1 });
  return ranges;
}

function alteredAt({ level, index }: { level: number; index: number }): Found {
  const number = index * 2 ** level + 1;
  if (level === 0)
    return {
      code: 'entry-altered',
      number,
      words: `Entry ${number} is not what was hashed when it was new: it was changed or removed since.`,
    };
  return {
    code: 'tree-altered',
    number,
    words: `The tree over entries ${number} to ${number + 2 ** level - 1} is not what it was when it was made.`,
  };
}

async function shrunk(sql: Sql): Promise<Found | undefined> {
  const [last, size] = [await lastNumber(sql), await treeSize(sql)];
  if (last >= size) return undefined;
  return {
    code: 'log-shrunk',
    number: last + 1,
    words: `The log ends at entry ${last}, and had ${size} entries before.`,
  };
}

function renamed({ key, last }: CheckOrder): Found | undefined {
  const origin = last?.note.split('\n', 1)[0];
  if (origin === undefined || origin === key.origin) return undefined;
  return {
    code: 'origin-changed',
    number: null,
    words: `The log was called ${origin} in its last checkpoint, and is called ${key.origin} now. Set CHECKPOINT_ORIGIN=${origin}.`,
  };
}

/** Holds the newest checkpoint against its own signature, and the tree against it. */
async function inconsistent(sql: Sql, { last, size }: CheckOrder): Promise<Found | undefined> {
  if (!last) return undefined;
  const signed = signedIn(last);
  if (!signed || signed.size !== last.size || signed.root.toString('base64') !== last.root)
    return {
      code: 'checkpoint-altered',
      number: null,
      words: `The checkpoint of ${last.size} entries is not the one that was signed.`,
    };
  if (size < signed.size) return undefined;
  const proof = consistencyProof(signed.size, size);
  const node = await nodesAt(sql, [...peaksOf(signed.size), ...peaksOf(size), ...proof.needs]);
  const claim = { from: signed, to: { size, root: rootOf(size, node) } };
  if (rootOf(signed.size, node).equals(signed.root) && provesConsistency(proof.hashes(node), claim))
    return undefined;
  return {
    code: 'tree-altered',
    number: null,
    words: `The tree does not begin with the ${last.size} entries of the last checkpoint: it was changed since.`,
  };
}

function signedIn({ note, key }: CheckpointView) {
  try {
    return verifiedCheckpoint(note, verifierKey(key.vkey));
  } catch {
    return undefined;
  }
}
