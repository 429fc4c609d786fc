import { writeFile } from 'node:fs/promises';
import { verifierFile } from '../audit/verifier/verifier-file.js';

/** `exemplar audit verifier` */
export async function writeVerifier({ out }: { out: string }): Promise<void> {
  const { bytes, sha256 } = await verifierFile();
  await writeFile(out, bytes);
  process.stdout.write(`${sha256}  ${out}\n`);
}
