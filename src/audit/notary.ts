import { Injectable, Logger } from '@nestjs/common';
import { NotaryScope } from '../database/notary-scope.js';
import type { Sql } from '../database/sql.js';
import {
  type CheckpointView,
  checkpointOf,
  type LogFault,
  newestCheckpoint,
  openFault,
} from './checkpoint.queries.js';
import { isDue, signedCheckpoint } from './checkpoint.rules.js';
import type { SigningKey } from './checkpoint-key.js';
import { lastNumber } from './log.queries.js';
import { type Found, LogCheck } from './log-check.js';
import { grown, leafHash, peaksOf, rootOf } from './merkle-tree.rules.js';
import { addCheckpoint, addFault, recordedAt, sinceSigned } from './notary.queries.js';
import { addNodes, leavesAfter, nodesAt, treeSize } from './tree.queries.js';

/** What came of a turn: a checkpoint; a reason not to sign; nothing to do; another notary is at it. */
export type Turn = { signed: CheckpointView } | { fault: Found } | 'not-due' | 'busy';

/** How a turn differs from those that the clock makes. */
export interface TurnOptions {
  /** Whether a single new entry is enough, however recent the last checkpoint is. */
  now?: boolean;
  /** Whether the whole log is held against the tree first, and not only a part of it. */
  whole?: boolean;
  /** Ends it early, between two batches. */
  stopped?: () => boolean;
}

const BATCH = 5_000;

/**
 * Extends the tree over the log and signs checkpoints of it, as a role of its own. Any number of notaries may be at
 * work on a database: one has its turn at a time, and each step is right whoever made the one before.
 */
@Injectable()
export class Notary {
  private readonly logger = new Logger('Notary');
  private readonly check = new LogCheck();

  constructor(private readonly scope: NotaryScope) {}

  /**
   * Takes a turn: where a checkpoint is due, the tree is extended to the newest entry, held against the log and
   * against the checkpoint before, and signed. Where anything is not as it was, nothing is signed.
   * @throws Error where the database is away or refuses
   */
  async turn(key: SigningKey, { now = false, whole = false, stopped }: TurnOptions = {}): Promise<Turn> {
    const target = await this.scope.run((sql) => targetOf(sql, now));
    if (target === undefined) return 'busy';
    if (target === null) return 'not-due';
    for (;;) {
      if (stopped?.()) return 'not-due';
      const step = await this.scope.run((sql) => extend(sql, target));
      if (step === undefined) return 'busy';
      if (step === 'done') break;
      if (step !== 'more') return this.refuse(step);
    }
    const turn = await this.scope.run((sql) => this.sign(sql, key, target, whole));
    if (turn === undefined) return 'busy';
    if (typeof turn === 'object' && 'fault' in turn) return this.refuse(turn.fault);
    return turn;
  }

  private async sign(sql: Sql, key: SigningKey, size: number, whole: boolean): Promise<Turn> {
    const last = await newestCheckpoint(sql);
    const fault = await this.check.run(sql, { key, last, size, whole });
    if (fault) return { fault };
    if (last && last.size >= size) return 'not-due';
    const root = rootOf(size, await nodesAt(sql, peaksOf(size)));
    const recorded = (await recordedAt(sql, size)) as string;
    const note = signedCheckpoint({ origin: key.origin, size, root, recorded }, key.privateKey);
    await addCheckpoint(sql, { size, root, recordedAt: recorded, note, keyId: key.id, vkey: key.vkey });
    return { signed: (await checkpointOf(sql, size)) as CheckpointView };
  }

  /** Writes down why nothing is signed, once, and says so. */
  private async refuse(fault: Found): Promise<Turn> {
    const isNew = await this.scope.run(async (sql) => {
      if (isSame(await openFault(sql), fault)) return false;
      await addFault(sql, fault);
      return true;
    });
    if (isNew) this.logger.error(`No checkpoint is signed any more. ${fault.words}`);
    return { fault };
  }
}

const isSame = (known: LogFault | undefined, { code, number }: Found): boolean =>
  known !== undefined && known.code === code && known.number === number;

/** Up to which entry a checkpoint is due; null where none is. A log that has shrunk is always looked into. */
async function targetOf(sql: Sql, now: boolean): Promise<number | null> {
  const [last, tree, covered] = [await lastNumber(sql), await treeSize(sql), await newestCheckpoint(sql)];
  const newer = last - (covered?.size ?? 0);
  if (last < tree || newer < 0) return Math.max(tree, covered?.size ?? 0);
  return (now && newer > 0) || isDue(newer, await sinceSigned(sql)) ? last : null;
}

/** Adds the next entries to the tree, in a transaction of their own: a process that dies in between loses nothing. */
async function extend(sql: Sql, target: number): Promise<'more' | 'done' | Found> {
  const size = await treeSize(sql);
  if (size >= target) return 'done';
  const entries = await leavesAfter(sql, size, Math.min(BATCH, target - size));
  const gap = entries.findIndex(({ number }, i) => number !== size + i + 1);
  if (gap >= 0 || entries.length === 0) {
    const number = size + Math.max(gap, 0) + 1;
    return { code: 'entry-missing', number, words: `Entry ${number} is not in the log, and later ones are.` };
  }
  const node = await nodesAt(sql, peaksOf(size));
  await addNodes(
    sql,
    grown(
      size,
      entries.map(({ leaf }) => leafHash(leaf)),
      node,
    ),
  );
  return size + entries.length < target ? 'more' : 'done';
}
