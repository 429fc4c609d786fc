import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { unavailable } from '../core/problems.js';
import { isDiskFault } from './disk-faults.js';

/** A text in pieces: however long it is, one of them is in memory. */
export type Pieces = AsyncIterable<string> | readonly string[];

/** A file that was made to be sent once. It has no name, so nothing of it stays on the disk once it is closed. */
export class MadeFile {
  constructor(
    private readonly handle: FileHandle,
    readonly sizeBytes: number,
    /** Of its bytes. */
    readonly sha256: Buffer,
  ) {}

  /** Its bytes. The file is closed when the stream is: at its end, or when it is destroyed. */
  stream(): Readable {
    return this.handle.createReadStream({ start: 0 });
  }

  /** For whoever does not read it. */
  close(): Promise<void> {
    return this.handle.close();
  }
}

/**
 * Writes pieces to a temporary file, one after the other.
 * @param isWanted asked before each piece: where it no longer is, no more are asked for
 * @returns undefined where it was no longer wanted
 * @throws Problem 503 where there is no room for it; whatever the pieces throw
 */
export async function madeFile(pieces: Pieces, isWanted = () => true): Promise<MadeFile | undefined> {
  let handle: FileHandle | undefined;
  let made: MadeFile | undefined;
  try {
    handle = await nameless();
    made = await written(handle, pieces, isWanted);
    return made;
  } catch (error) {
    if (!isDiskFault(error)) throw error;
    throw unavailable('There is no room to make the file at the moment. Try again later.');
  } finally {
    if (!made) await handle?.close();
  }
}

/** A new file that only whoever opened it can reach: what ends this process takes it away as well. */
async function nameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-file-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  let handle: FileHandle | undefined;
  try {
    handle = await open(join(folder, 'file'), 'wx+', 0o600);
    return handle;
  } finally {
    // Windows keeps the name of a file for as long as it is open.
    if (handle && process.platform === 'win32')
      (handle as FileHandle & EventEmitter).once('close', () => remove().catch(() => undefined));
    else await remove();
  }
}

async function written(
  handle: FileHandle,
  pieces: Pieces,
  isWanted: () => boolean,
): Promise<MadeFile | undefined> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of pieces) {
    if (!isWanted()) return undefined;
    const bytes = Buffer.from(piece);
    hash.update(bytes);
    sizeBytes += bytes.length;
    await handle.writeFile(bytes);
  }
  return isWanted() ? new MadeFile(handle, sizeBytes, hash.digest()) : undefined;
}
