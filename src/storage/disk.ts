import { mkdir } from 'node:fs/promises';
import { Disk } from 'flydrive';
import type { StorageConfig } from '../config/config.js';

/**
 * Opens a place for files. The drivers are loaded when they are needed: the AWS library is large.
 * @throws Error where the folder cannot be made, or the driver not be loaded
 */
export async function openDisk(storage: StorageConfig): Promise<Disk> {
  if (storage.kind === 'folder') {
    await mkdir(storage.folder, { recursive: true, mode: 0o700 });
    const { FSDriver } = await import('flydrive/drivers/fs');
    return new Disk(new FSDriver({ location: storage.folder, visibility: 'private' }));
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
