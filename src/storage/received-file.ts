import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Actor } from '../core/actor.js';
import { type Fault, malformed, Problem, titleOf, unavailable, unprocessable } from '../core/problems.js';
import { isDiskFault } from './disk-faults.js';
import { contentFaults, TextReader, typeOfName } from './evidence.rules.js';
import { kindOfFile } from './file-kind.js';

/** A file that was uploaded and is not kept yet. */
export interface ReceivedFile {
  /** Where it is, until the work with it ends. */
  path: string;
  sizeBytes: number;
  /** Of its bytes, in lower-case hexadecimal. */
  sha256: string;
}

/** A stream of an upload; `truncated` where its reader stopped at a limit of its own, and it ended all the same. */
export type UploadStream = Readable & { truncated?: boolean };

/**
 * Writes a stream to a temporary file, works with it, and removes it whatever happens.
 * @param maxBytes the most that is taken
 * @throws Problem 400 where the stream breaks off, 413 above `maxBytes`, 422 where the file is empty, 503 where there is no room for it
 */
export async function withReceivedFile<T>(
  stream: UploadStream,
  maxBytes: number,
  work: (file: ReceivedFile) => Promise<T>,
): Promise<T> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-upload-'));
    return await work(await receive(stream, maxBytes, join(folder, 'file')));
  } catch (error) {
    if (!isDiskFault(error)) throw error;
    throw unavailable(
      'There is no room to receive the file at the moment. Nothing was stored. Try again later.',
    );
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

async function receive(stream: UploadStream, maxBytes: number, path: string): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of arriving(stream)) {
      sizeBytes += piece.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(piece);
      yield piece;
    }
  };
  await pipeline(counted(), createWriteStream(path, { mode: 0o600 }));
  if (stream.truncated) throw tooLarge(maxBytes);
  if (sizeBytes === 0)
    throw refused([{ code: 'file-empty', message: 'The file is empty.', pointer: '/file' }]);
  return { path, sizeBytes, sha256: hash.digest('hex') };
}

/** What arrives, until it ends or breaks off: that is the sender's fault, and not the disk's. */
async function* arriving(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch {
    throw malformed(
      'upload-broken-off',
      'The upload broke off before its end. Nothing was stored. Send it again.',
    );
  }
}

function tooLarge(maxBytes: number): Problem {
  const code = 'file-too-large';
  const most = maxBytes < MEGABYTE ? `${maxBytes} bytes` : `${Math.floor(maxBytes / MEGABYTE)} MB`;
  return new Problem({
    status: 413,
    code,
    title: titleOf(413),
    detail: `The file is larger than may be uploaded: ${maxBytes} bytes.`,
    errors: [
      { code, message: `The file must be smaller than ${most}. Nothing was stored.`, pointer: '/file' },
    ],
  });
}

const MEGABYTE = 1024 * 1024;

/** 422: this file cannot be kept. */
export function refused(faults: Fault[]): Problem {
  return unprocessable(faults[0]?.code ?? 'file', 'This file cannot be kept; nothing was stored.', faults);
}

/** Holds a received file's content against its name. @throws Problem 422 */
export async function checkContent(path: string, fileName: string): Promise<void> {
  const faults = contentFaults(fileName, await kindOfFile(path));
  if (faults.length > 0) throw refused(faults);
  if (!typeOfName(fileName)?.text) return;
  const reader = new TextReader();
  for await (const piece of createReadStream(path)) {
    const fault = reader.read(piece as Buffer);
    if (fault) throw refused([fault]);
  }
  const fault = reader.end();
  if (fault) throw refused([fault]);
}

/**
 * The actor, whose claim to do this once covers what the guard has not seen too: the file, what it is for, and what was
 * said with it.
 */
export function onceWith(actor: Actor, ...said: string[]): Actor {
  if (!actor.idempotency) return actor;
  const { key, fingerprint } = actor.idempotency;
  const hash = createHash('sha256').update(JSON.stringify([fingerprint, ...said]));
  return { ...actor, idempotency: { key, fingerprint: hash.digest('hex') } };
}
