import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Actor } from '../core/actor.js';
import { type Fault, notFound } from '../core/problems.js';
import { type Reader, ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import { cleanFileName, labelFaults, typeOfName } from './evidence.rules.js';
import { EvidenceStorage, storageKey } from './evidence-storage.js';
import type { FindFile, KeptFile } from './file.queries.js';
import { checkContent, onceWith, refused, type UploadStream, withReceivedFile } from './received-file.js';

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

/** The columns that the row of a stored file has, whatever it belongs to. */
export interface FileRow {
  id: string;
  file_name: string;
  media_type: string;
  size_bytes: number;
  sha256: string;
  storage_key: string;
  description: string;
  uploaded_by: string;
  illustrative: boolean;
}

/** What is its taker's own of a file. */
export interface Intake<T> {
  /** The field's word for what the file belongs to, for the 404. */
  to: string;
  /**
   * The folder of the file: the trust whose that is; undefined where there is none that the actor may see. Whether it
   * takes a file now is for `record` to say: a repeated request gets its first answer when it has been closed since.
   */
  folder(sql: Sql): Promise<string | undefined>;
  /** What the file belongs to, and what was said of it beside its name and description: part of doing this once. */
  said: string[];
  /** What is wrong with what was said so. */
  faults?: Fault[];
  /** Finds the row that refers to the file. */
  find: FindFile;
  /** Writes that row in one unit of work, in which this actor acts. */
  record(by: Actor, row: FileRow): Promise<T>;
}

/** A stored file that was opened. Whoever has it reads the stream or destroys it. */
export interface OpenedFile {
  file: KeptFile;
  stream: Readable;
}

/** The one way of files in and out: whose a file is, who may send it and what it proves is its taker's to say. */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly scope: ReadScope,
    private readonly storage: EvidenceStorage,
    private readonly config: Config,
  ) {}

  /**
   * Receives, checks and stores a file, and has it recorded last, so that no row is without its file. A file that
   * gets no row is removed.
   * @throws Problem 404; 413; 422 where the file may not be evidence; 503 where it cannot be stored; what `record` throws
   */
  async take<T>(actor: Actor, upload: EvidenceUpload, intake: Intake<T>): Promise<T> {
    const folder = await this.scope.run(actor, (sql) => intake.folder(sql));
    if (!folder) throw notFound(intake.to);
    const label = labelOf(upload, intake.faults ?? []);
    return withReceivedFile(upload.file, this.config.evidenceMaxBytes, async (file) => {
      await checkContent(file.path, label.file_name);
      const id = randomUUID();
      const key = storageKey(folder, file.sha256, id);
      await this.storage.keep(key, file.path, file.sizeBytes);
      const { sha256, sizeBytes: size_bytes } = file;
      const row = { ...label, id, size_bytes, sha256, storage_key: key, uploaded_by: actor.id };
      try {
        const said = [...intake.said, sha256, row.file_name, row.description];
        return await intake.record(onceWith(actor, ...said), row);
      } finally {
        if (await this.isNobodys(actor, id, intake.find)) await this.storage.remove(key);
      }
    });
  }

  /**
   * Opens a stored file.
   * @param what the field's word for it, for the 404
   * @throws Problem 404 where there is none that the reader may see, 503 where it cannot be read
   */
  async open(reader: Reader, id: string, find: FindFile, what: string): Promise<OpenedFile> {
    const file = await this.scope.run(reader, (sql) => find(sql, id));
    if (!file) throw notFound(what);
    return { file, stream: await this.storage.open(file.key, file.sizeBytes) };
  }

  /**
   * Whether a stored file has no row: the unit of work was refused, or it was a repeated request, whose first file
   * stands. Where that cannot be found out, it counts as somebody's: a file too many harms nobody.
   */
  private async isNobodys(actor: Actor, id: string, find: FindFile): Promise<boolean> {
    try {
      return (await this.scope.run(actor, (sql) => find(sql, id))) === undefined;
    } catch {
      return false;
    }
  }
}

type Label = Pick<FileRow, 'file_name' | 'media_type' | 'description' | 'illustrative'>;

/** What is kept of what was said of a file. @throws Problem 422 naming all that is wrong with it */
function labelOf(upload: EvidenceUpload, more: Fault[]): Label {
  const fileName = cleanFileName(upload.fileName);
  const { declaredType, description, illustrative = false } = upload;
  const faults = [...labelFaults({ fileName, declaredType, description }), ...more];
  const kind = typeOfName(fileName);
  if (faults.length > 0 || !kind) throw refused(faults);
  const said = { description: description.trim(), illustrative };
  return { file_name: fileName, media_type: kind.mediaType, ...said };
}
