import { createKeyFile, readKeyFile, type SigningKey } from '../audit/checkpoint-key.js';
import { readCheckpoints } from '../config/checkpoint-config.js';
import { Environment } from '../config/environment.js';

/**
 * What the environment says of checkpoints alone: a key is made before all the rest is set.
 * @throws Error naming what is wrong
 */
function settings() {
  const env = new Environment(process.env);
  const publicUrl = env.text('PUBLIC_URL');
  const found = readCheckpoints(env, {
    production: process.env.NODE_ENV === 'production',
    dataFolder: env.text('DATA_DIR') ?? 'data',
    publicUrl: publicUrl !== undefined && URL.canParse(publicUrl) ? publicUrl : undefined,
  });
  if (env.faults.length > 0) throw new Error(env.faults.join('\n'));
  return found;
}

function show(path: string, { origin, vkey }: SigningKey): void {
  process.stderr.write(
    `The key of ${origin} in ${path}. Hand its public key, below, to every auditor, by a way that does not go through this server.\n`,
  );
  process.stdout.write(`${vkey}\n`);
}

/** `exemplar audit key create` @throws KeyUnusable where the file is there already */
export async function createCheckpointKey(path: string): Promise<void> {
  show(path, await createKeyFile(path, settings().origin));
}

/** `exemplar audit key show` @throws KeyUnusable where it cannot be read */
export async function showCheckpointKey(named: string | undefined): Promise<void> {
  const { origin, keyFile } = settings();
  const path = named ?? keyFile;
  if (path === undefined) throw new Error('Name the file, or set CHECKPOINT_KEY_FILE.');
  show(path, await readKeyFile(path, origin));
}
