import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PROGRAM_FOLDER } from '../../config/places.js';

/** The verifier as one file that runs alone, and the SHA-256 by which it is known. */
export interface VerifierFile {
  fileName: string;
  bytes: Buffer;
  /** In hexadecimal. */
  sha256: string;
}

const NAME = 'verify-log.mjs';

/** The verifier, byte for byte as it stands among the sources: what is read there is what runs. */
export async function verifierFile(): Promise<VerifierFile> {
  const bytes = await readFile(new URL(`audit/verifier/${NAME}`, PROGRAM_FOLDER));
  return { fileName: NAME, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
