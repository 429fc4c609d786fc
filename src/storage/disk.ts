import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Disk } from 'flydrive';
import type { FSDriver as FSDriverType } from 'flydrive/drivers/fs';
import type { StorageConfig } from '../config/config.js';

/**
 * Opens a place for files. The drivers are loaded when they are needed: the AWS library is large.
 * @throws Error where the folder cannot be made, or the driver not be loaded
 */
export async function openDisk(storage: StorageConfig): Promise<Disk> {
  if (storage.kind === 'folder') {
    const { folder } = storage;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { FSDriver } = await import('flydrive/drivers/fs');
    /** What is kept is on the disk before anything is written that refers to it, also where the power is cut. */
    class SyncedFolder extends FSDriver {
      override async putStream(...given: Parameters<FSDriverType['putStream']>): Promise<void> {
        await super.putStream(...given);
        await syncUpTo(folder, given[0]);
      }
    }
    return new Disk(new SyncedFolder({ location: folder, visibility: 'private' }));
  }
  const { S3Driver } = await import('flydrive/drivers/s3');
  const { bucket, region, endpoint } = storage;
  return new Disk(
    new S3Driver({
      bucket,
      region,
      visibility: 'private',
      supportsACL: false,
      // Other servers than Amazon's take the bucket in the path, and not all know its newer checksums.
      ...(endpoint ? { endpoint, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' } : {}),
    }),
  );
}

/** Has the system write a file, and the entries of the folders on the way to it, to the disk. */
async function syncUpTo(folder: string, key: string): Promise<void> {
  const top = resolve(folder);
  for (let path = join(top, key); path.startsWith(top); path = dirname(path)) {
    // Windows opens no folder, and writes their entries by itself.
    if (process.platform === 'win32' && path !== join(top, key)) return;
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
