import { verifyLog } from '../audit/verifier/verify-log.mjs';

/** `exemplar audit verify`: the same as the verifier does alone, with its exit code. */
export async function verifyExport(
  path: string,
  { checkpoints, key }: { checkpoints: string; key: string[] },
): Promise<void> {
  const keys = key.flatMap((each) => ['--key', each]);
  process.exitCode = await verifyLog([path, '--checkpoints', checkpoints, ...keys], (line) =>
    process.stdout.write(`${line}\n`),
  );
}
