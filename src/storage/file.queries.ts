import type { Sql } from '../database/sql.js';

/** What a stored file is, as it is shown. */
export interface FileView {
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  /** Of its bytes, in lower-case hexadecimal. */
  sha256: string;
  description: string;
}

/** The columns of a `FileView`, of a row `f`. */
export const FILE_VIEW = `f.file_name as "fileName", f.media_type as "mediaType", f.size_bytes as "sizeBytes", f.sha256,
    f.description`;

/** A stored file, and where it is kept. */
export type KeptFile = FileView & { key: string };

/** The columns of a `KeptFile`, of a row `f`. */
export const KEPT_FILE = `f.storage_key as key, ${FILE_VIEW}`;

/** Finds a file by the id of its row; undefined where there is none that the reader may see. */
export type FindFile = (sql: Sql, id: string) => Promise<KeptFile | undefined>;
