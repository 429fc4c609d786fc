import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Disk } from 'flydrive';
import { Config } from '../config/config.js';
import { unavailable } from '../core/problems.js';
import { openDisk } from './disk.js';

/** The key of a stored file: each folder's apart, spread by hash, and one object for each piece of evidence. */
export function storageKey(folder: string, sha256: string, evidenceId: string): string {
  return `${folder}/${sha256.slice(0, 2)}/${sha256}-${evidenceId}`;
}

/** Where the files are kept: a local folder, or a bucket that speaks S3. */
@Injectable()
export class EvidenceStorage implements OnModuleInit {
  private readonly logger = new Logger('EvidenceStorage');
  private disk: Promise<Disk> | undefined;

  constructor(private readonly config: Config) {}

  /** A driver that cannot be loaded stops the program at its start, not the first upload. */
  async onModuleInit(): Promise<void> {
    if (this.config.storage.kind === 's3') await this.opened();
  }

  /** Keeps a local file under a key, all of it or nothing. @throws Problem 503 where the storage fails */
  async keep(key: string, path: string, sizeBytes: number): Promise<void> {
    try {
      const disk = await this.opened();
      await disk.putStream(key, createReadStream(path), { contentLength: sizeBytes });
      const { contentLength } = await disk.getMetaData(key);
      if (contentLength !== sizeBytes) throw new Error(`${contentLength} of ${sizeBytes} bytes were kept`);
    } catch (error) {
      await this.remove(key);
      throw this.failed('kept', key, error);
    }
  }

  /** The stored bytes. @throws Problem 503 where they cannot be read, or are not as many as were stored */
  async open(key: string, sizeBytes: number): Promise<Readable> {
    try {
      const disk = await this.opened();
      const { contentLength } = await disk.getMetaData(key);
      if (contentLength !== sizeBytes) throw new Error(`${contentLength} of ${sizeBytes} bytes are there`);
      return await disk.getStream(key);
    } catch (error) {
      throw this.failed('read', key, error);
    }
  }

  /** Removes what nothing refers to. It never fails: what stays behind is in nobody's way. */
  async remove(key: string): Promise<void> {
    try {
      await (await this.opened()).delete(key);
    } catch (error) {
      this.failed('removed', key, error);
    }
  }

  private opened(): Promise<Disk> {
    this.disk ??= openDisk(this.config.storage).catch((error) => {
      this.disk = undefined;
      throw error;
    });
    return this.disk;
  }

  private failed(what: string, key: string, error: unknown): Error {
    const cause = (error as { cause?: unknown }).cause ?? error;
    this.logger.error(`${key} could not be ${what}: ${(cause as Error).message}`);
    return unavailable(
      `The file could not be ${what}: the storage for evidence does not work at the moment. Nothing was changed. Try again later.`,
    );
  }
}
