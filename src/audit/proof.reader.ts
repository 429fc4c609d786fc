import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Actor } from '../core/actor.js';
import { cursorValues, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { blocked, notFound, type Problem, unprocessable } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import {
  type CheckpointKeyView,
  type CheckpointView,
  checkpointKeys,
  checkpointOf,
  checkpoints,
  type LogFault,
  newestCheckpoint,
  openFault,
  type Publication,
  publicationStanding,
} from './checkpoint.queries.js';
import { lastNumber } from './log.queries.js';
import { consistencyProof, inclusionProof, type ProofPlan } from './merkle-tree.rules.js';
import { nodesAt, storedLeafHash } from './tree.queries.js';

/** That an entry is in the log as a checkpoint covers it. */
export interface InclusionProofView {
  /** The entry's number; it is leaf `entry - 1` of the tree. */
  entry: number;
  /** SHA-256 of a zero byte and the entry's leaf, in base64. */
  leafHash: string;
  /** The proof of RFC 6962 section 2.1.1, each hash in base64. */
  hashes: string[];
  checkpoint: CheckpointView;
}

/** That a checkpoint's log begins with all entries of an earlier one's. */
export interface ConsistencyProofView {
  from: CheckpointView;
  to: CheckpointView;
  /** The proof of RFC 6962 section 2.1.2, each hash in base64. */
  hashes: string[];
}

/** How it stands with the proof of the log. */
export interface ProofStanding {
  /** Whether checkpoints are signed, were stopped by what the notary found, or are not made. */
  state: 'signing' | 'stopped' | 'none yet';
  /** The newest checkpoint. */
  checkpoint: CheckpointView | null;
  /** The number of the newest entry. */
  last: number;
  /** How many entries are newer than the checkpoint, and not yet provable. */
  newer: number;
  /** Why nothing is signed. */
  fault: LogFault | null;
  /** How far publishing as files is; null where checkpoints are published by this API alone. */
  publication: Publication | null;
}

/** Everybody may know of a checkpoint: it is a hash, a number and a time. */
const ANYBODY = { trustId: null };

/** Checkpoints, and what they prove, as they are shown. */
@Injectable()
export class ProofReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly config: Config,
  ) {}

  /** Checkpoints from the newest. @throws Problem 400 where the cursor is not one */
  async list({ limit, after }: PageRequest): Promise<Page<CheckpointView>> {
    const before = (cursorValues(after, [Number.isSafeInteger])?.[0] ?? null) as number | null;
    const rows = await this.scope.run(ANYBODY, (sql) => checkpoints(sql, limit + 1, before));
    return pageOf(rows, limit, ({ size }) => [size]);
  }

  /** A checkpoint by its size; the newest for null. @throws Problem 404 */
  checkpoint(size: number | null): Promise<CheckpointView> {
    return this.scope.run(ANYBODY, (sql) => found(sql, size));
  }

  /** The keys that checkpoints were signed with, the newest first. */
  keys(): Promise<CheckpointKeyView[]> {
    return this.scope.run(ANYBODY, checkpointKeys);
  }

  /**
   * The proof that an entry is in the log.
   * @param size of the checkpoint that it is held against; null for the newest
   * @throws Problem 404 where there is no such entry or checkpoint, 409 where the entry is newer than the newest
   * checkpoint, 422 where it is newer than the one that was asked for
   */
  inclusion(actor: Actor, entry: number, size: number | null): Promise<InclusionProofView> {
    return this.scope.run(actor, async (sql) => {
      if (entry > (await lastNumber(sql))) throw notFound('entry of the log');
      const newest = await newestCheckpoint(sql);
      if (!newest || entry > newest.size) throw await notYet(sql, entry, newest);
      const checkpoint = size === null ? newest : await found(sql, size);
      if (entry > checkpoint.size) throw outside(entry, checkpoint.size);
      const leafHash = (await storedLeafHash(sql, entry)) as Buffer;
      const hashes = await hashesOf(sql, inclusionProof(entry - 1, checkpoint.size));
      return { entry, leafHash: leafHash.toString('base64'), hashes, checkpoint };
    });
  }

  /**
   * The proof that one checkpoint's log begins with all of an earlier one's.
   * @param to null for the newest
   * @throws Problem 404 where there is no such checkpoint, 422 where `from` is the larger
   */
  consistency(actor: Actor, from: number, to: number | null): Promise<ConsistencyProofView> {
    return this.scope.run(actor, async (sql) => {
      const [first, second] = [await found(sql, from), await found(sql, to)];
      if (first.size > second.size) throw backwards(first.size, second.size);
      const hashes = await hashesOf(sql, consistencyProof(first.size, second.size));
      return { from: first, to: second, hashes };
    });
  }

  /** How it stands with the proof of the log. */
  standing(actor: Actor): Promise<ProofStanding> {
    return this.scope.run(actor, async (sql) => {
      const [checkpoint, last, fault] = [
        (await newestCheckpoint(sql)) ?? null,
        await lastNumber(sql),
        (await openFault(sql)) ?? null,
      ];
      const publication = this.config.checkpoints.storage ? await publicationStanding(sql) : null;
      return {
        state: fault ? 'stopped' : checkpoint ? 'signing' : 'none yet',
        checkpoint,
        last,
        newer: Math.max(0, last - (checkpoint?.size ?? 0)),
        fault,
        publication,
      };
    });
  }
}

async function found(sql: Sql, size: number | null): Promise<CheckpointView> {
  const checkpoint = size === null ? await newestCheckpoint(sql) : await checkpointOf(sql, size);
  if (!checkpoint) throw notFound(size === null ? 'checkpoint yet' : `checkpoint of ${size} entries`);
  return checkpoint;
}

async function hashesOf(sql: Sql, plan: ProofPlan): Promise<string[]> {
  return plan.hashes(await nodesAt(sql, plan.needs)).map((hash) => hash.toString('base64'));
}

async function notYet(sql: Sql, entry: number, newest: CheckpointView | undefined): Promise<Problem> {
  const fault = await openFault(sql);
  const when = fault
    ? `Nothing is signed at the moment: ${fault.words}`
    : 'A checkpoint is signed within about a minute of a new entry; ask again then.';
  const covers = newest
    ? `Entry ${entry} is newer than the last checkpoint, which covers ${newest.size} entries.`
    : `There is no checkpoint yet that could cover entry ${entry}.`;
  return blocked(
    `${covers} ${when}`,
    [{ code: 'not-yet-provable', message: covers, pointer: 'entry' }],
    'not-yet-provable',
  );
}

function outside(entry: number, size: number): Problem {
  const message = `The checkpoint of ${size} entries was signed before entry ${entry} was recorded. Ask for a larger one, or leave size out.`;
  return unprocessable('entry-newer-than-checkpoint', message, [
    { code: 'entry-newer-than-checkpoint', message, pointer: 'size' },
  ]);
}

function backwards(from: number, to: number): Problem {
  const message = `A log of ${to} entries cannot begin with ${from}. Give the smaller checkpoint as from.`;
  return unprocessable('checkpoints-reversed', message, [
    { code: 'checkpoints-reversed', message, pointer: 'from' },
  ]);
}
