import { type FileHandle, open } from 'node:fs/promises';
import {
  ARCHIVE,
  type ArchiveEntry,
  directoryPlace,
  END_BYTES,
  entriesIn,
  harmIn,
  typeOfEntries,
  typeOfStart,
} from './file-kind.rules.js';

/** What a file's bytes say of it. */
export interface FileKind {
  /** Its media type; undefined where the bytes say none that is known here. */
  mediaType: string | undefined;
  /** What unpacking it would do. */
  harm: ReturnType<typeof harmIn>;
}

/**
 * The kind of a file by its bytes. Of an archive only its directory is read, at most a megabyte of it: nothing is
 * unpacked, whatever a small file would grow to.
 */
export async function kindOfFile(path: string): Promise<FileKind> {
  const file = await open(path);
  try {
    const mediaType = typeOfStart(await bytesOf(file, 0, 16));
    if (mediaType !== ARCHIVE) return { mediaType, harm: undefined };
    const { size } = await file.stat();
    const entries = await entriesOf(file, size);
    return entries
      ? { mediaType: typeOfEntries(entries), harm: harmIn(entries, size) }
      : { mediaType, harm: undefined };
  } finally {
    await file.close();
  }
}

async function entriesOf(file: FileHandle, size: number): Promise<ArchiveEntry[] | undefined> {
  const from = Math.max(0, size - END_BYTES);
  const place = directoryPlace(await bytesOf(file, from, size - from));
  return place && entriesIn(await bytesOf(file, place.from, place.bytes));
}

async function bytesOf(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}
