import { Injectable } from '@nestjs/common';
import type { Disk } from 'flydrive';
import { Config } from '../config/config.js';
import { NotaryScope } from '../database/notary-scope.js';
import { openDisk } from '../storage/disk.js';
import { addPublication, unpublished } from './notary.queries.js';

/** Checkpoints that are written in one transaction, which waits for the storage. */
const BATCH = 20;
/** As many digits as the largest number of the log has. */
const DIGITS = 16;

/** The name of a checkpoint's file: names sort as sizes do. */
export function fileOf(size: number): string {
  return `${String(size).padStart(DIGITS, '0')}.txt`;
}

export const LATEST = 'latest.txt';

/**
 * Puts each checkpoint where the settings say, as a file of its own and as the latest. What cannot be written now is
 * written later: a checkpoint is marked as published after its file is there.
 */
@Injectable()
export class CheckpointPublisher {
  private disk: Disk | undefined;

  constructor(
    private readonly scope: NotaryScope,
    private readonly config: Config,
  ) {}

  /**
   * Publishes what is not published yet.
   * @returns how many checkpoints
   * @throws Error where the storage or the database fails: what was written before stays so
   */
  async run(): Promise<number> {
    if (!this.config.checkpoints.storage) return 0;
    for (let count = 0; ; ) {
      const published = (await this.scope.run((sql) => this.batch(sql))) ?? 0;
      count += published;
      if (published < BATCH) return count;
    }
  }

  private async batch(sql: Parameters<typeof unpublished>[0]): Promise<number> {
    const waiting = await unpublished(sql, BATCH);
    const newest = waiting.at(-1);
    if (!newest) return 0;
    const disk = await this.opened();
    for (const { size, note } of waiting) {
      await disk.put(fileOf(size), note);
      await addPublication(sql, size);
    }
    await disk.put(LATEST, newest.note);
    return waiting.length;
  }

  private async opened(): Promise<Disk> {
    const { storage } = this.config.checkpoints;
    if (!storage) throw new Error('Checkpoints are not published as files.');
    this.disk ??= await openDisk(storage);
    return this.disk;
  }
}
