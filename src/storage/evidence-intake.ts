import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Actor } from '../core/actor.js';
import type { Fault } from '../core/problems.js';
import { cleanFileName, labelFaults, typeOfName } from './evidence.rules.js';
import { EvidenceStorage, storageKey } from './evidence-storage.js';
import {
  checkContent,
  type ReceivedFile,
  refused,
  type UploadStream,
  withReceivedFile,
} from './received-file.js';

/** A file that somebody sends as evidence. */
export interface EvidenceUpload {
  /** Read to its end at most once; the caller disposes of what is left of it. */
  file: UploadStream;
  /** As it was sent; kept cleaned. */
  fileName: string;
  /** The media type as it was sent; '' where there was none. */
  declaredType: string;
  /** What the file shows. */
  description: string;
  /** Made up to show how the system works. */
  illustrative?: boolean;
}

/** The label of an upload as it is kept. */
export interface EvidenceLabel {
  fileName: string;
  mediaType: string;
  description: string;
  illustrative: boolean;
}

/** A file that is stored, and has no row yet. */
export interface StoredFile {
  /** The id that its row gets. */
  id: string;
  key: string;
  file: ReceivedFile;
  label: EvidenceLabel;
}

/** What is done with a stored file. */
export interface Intake<T> {
  trustId: string;
  /** What is wrong with what is said of the file beside its name, type and description. */
  faults?: Fault[];
  /** Writes the row that refers to it. */
  record(stored: StoredFile): Promise<T>;
  /** Whether a row refers to it. */
  isKept(id: string): Promise<boolean>;
}

/** The way of every file in: it is received, checked and stored, and only then recorded. */
@Injectable()
export class EvidenceIntake {
  constructor(
    private readonly storage: EvidenceStorage,
    private readonly config: Config,
  ) {}

  /**
   * Receives, checks and stores a file, and has it recorded last, so that no row is without its file. A file that
   * gets no row is removed.
   * @throws Problem 413; 422 where the file may not be evidence; 503 where it cannot be stored; what `record` throws
   */
  take<T>(upload: EvidenceUpload, { trustId, faults = [], record, isKept }: Intake<T>): Promise<T> {
    const label = labelOf(upload, faults);
    return withReceivedFile(upload.file, this.config.evidenceMaxBytes, async (file) => {
      await checkContent(file.path, label.fileName);
      const id = randomUUID();
      const key = storageKey(trustId, file.sha256, id);
      await this.storage.keep(key, file.path, file.sizeBytes);
      try {
        return await record({ id, key, file, label });
      } finally {
        if (await isNobodys(id, isKept)) await this.storage.remove(key);
      }
    });
  }
}

/**
 * Whether a stored file has no row: the unit of work was refused, or it was a repeated request, whose first file
 * stands. Where that cannot be found out, it counts as somebody's: a file too many harms nobody.
 */
async function isNobodys(id: string, isKept: (id: string) => Promise<boolean>): Promise<boolean> {
  try {
    return !(await isKept(id));
  } catch {
    return false;
  }
}

/** @throws Problem 422 naming all that is wrong with what is said of the file */
function labelOf(upload: EvidenceUpload, more: Fault[]): EvidenceLabel {
  const fileName = cleanFileName(upload.fileName);
  const { declaredType, description, illustrative = false } = upload;
  const faults = [...labelFaults({ fileName, declaredType, description }), ...more];
  const kind = typeOfName(fileName);
  if (faults.length > 0 || !kind) throw refused(faults);
  return { fileName, mediaType: kind.mediaType, description: description.trim(), illustrative };
}

/**
 * The actor, whose claim to do this once covers the file too: the guard has not seen it.
 * @param said what else was sent with the file, and what it is for
 */
export function withFile(actor: Actor, { file, label }: StoredFile, ...said: string[]): Actor {
  if (!actor.idempotency) return actor;
  const { key, fingerprint } = actor.idempotency;
  const parts = [fingerprint, ...said, file.sha256, label.fileName, label.description];
  const hash = createHash('sha256').update(JSON.stringify(parts));
  return { ...actor, idempotency: { key, fingerprint: hash.digest('hex') } };
}
