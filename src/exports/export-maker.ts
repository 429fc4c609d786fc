import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { forbidden, notFound } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { Standing } from '../identity/standing.js';
import type { ReportProgress } from '../queue/job.js';
import { EvidenceStorage } from '../storage/evidence-storage.js';
import {
  type ExportToMake,
  exportToMake,
  finishExport,
  type MadeFile,
  takeExpired,
} from './export.queries.js';
import { ListSource, type OpenList, type RowsHeard } from './list-source.js';

/** How often progress is told, in milliseconds. It also keeps the job's own connection from idling for too long. */
const TOLD_EVERY_MS = 1_000;

/** The key of an export's file in the storage. */
export const exportKey = (id: string): string => `exports/${id}`;

/** Makes the files that were asked for, as whoever asked for them, and removes them when their time is over. */
@Injectable()
export class ExportMaker {
  constructor(
    private readonly source: ListSource,
    private readonly storage: EvidenceStorage,
    private readonly standing: Standing,
  ) {}

  /**
   * Writes the list to a file of this machine's, keeps that under the export's key, and only then says that it is there:
   * made again after a failure, it takes the place of whatever was kept.
   * @throws Problem 403 where whoever asked is not what they were, or may not read the list any more; 404
   */
  async make(tx: Tx, id: string, report: ReportProgress): Promise<object> {
    const asked = await exportToMake(tx, id);
    if (!asked) throw notFound('export');
    if (asked.finished) return { export: id };
    const actor = await this.askerNow(asked, tx.actor.requestId);
    const folder = await mkdtemp(join(tmpdir(), 'exemplar-export-'));
    try {
      const path = join(folder, 'file');
      const made = await this.write(asked, actor, path, told(tx, id, report));
      await this.storage.keep(exportKey(id), path, made.bytes);
      await finishExport(tx, id, made);
      return { export: id, rows: made.rows, bytes: made.bytes };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** @returns how many files were removed */
  async removeExpired(tx: Tx): Promise<object> {
    const expired = await takeExpired(tx);
    for (const { id } of expired) await this.storage.remove(exportKey(id));
    return { removed: expired.length };
  }

  private async askerNow(asked: ExportToMake, requestId: string): Promise<Actor> {
    const actor = await this.standing.now(asked.personId, asked.keyId, requestId);
    if (actor && actor.role === asked.role && actor.trustId === asked.trustId) return actor;
    throw forbidden(
      'Whoever asked for this file is not what they were then: their key was revoked or has expired, or their role or trust has changed. Ask for it anew.',
    );
  }

  private async write(
    { list, format }: ExportToMake,
    actor: Actor,
    path: string,
    tell: (done: number, total: number) => Promise<void>,
  ): Promise<MadeFile> {
    const rows = { done: 0, total: 0 };
    const heard: RowsHeard = {
      expected: (count) => {
        rows.total = count;
      },
      gone: (count) => {
        rows.done += count;
      },
    };
    const opened: OpenList = await this.source.open(actor, list, format, heard);
    const hash = createHash('sha256');
    let bytes = 0;
    let toldAt = 0;
    async function* counted(stream: Readable): AsyncGenerator<Buffer> {
      for await (const piece of stream) {
        bytes += piece.length;
        hash.update(piece);
        yield piece;
        if (Date.now() - toldAt < TOLD_EVERY_MS) continue;
        toldAt = Date.now();
        await tell(rows.done, rows.total);
      }
    }
    await pipeline(opened.stream, counted, createWriteStream(path, { mode: 0o600 }));
    return { asAt: opened.asAt, rows: rows.done, bytes, sha256: hash.digest('hex') };
  }
}

function told(tx: Tx, id: string, report: ReportProgress) {
  return async (done: number, total: number): Promise<void> => {
    await exportToMake(tx, id);
    await report(done, total, total > 0 ? 'rows' : `${done} rows so far`);
  };
}
