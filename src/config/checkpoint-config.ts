import { resolve } from 'node:path';
import type { StorageConfig } from './config.js';
import type { Environment } from './environment.js';

/** How the log's checkpoints are made, and where they go. */
export interface CheckpointConfig {
  /** Whether processes that work off the queue make any. */
  on: boolean;
  /** The name of the log, and of its key, in each checkpoint. It stays the same for as long as there is the log. */
  origin: string;
  /** The file with the private key; undefined in production where the settings name none. */
  keyFile: string | undefined;
  /** Whether a key is made where there is no file: only for one that the settings do not name. */
  makesKey: boolean;
  /** Where checkpoints are published as files; null: by the API alone. */
  storage: StorageConfig | null;
}

interface Surroundings {
  production: boolean;
  dataFolder: string;
  publicUrl: string | undefined;
}

const ORIGIN = /^[^\s+\p{Cc}]{1,200}$/u;

/** Reads what the environment says of checkpoints, and adds what is wrong to its faults. */
export function readCheckpoints(
  env: Environment,
  { production, dataFolder, publicUrl }: Surroundings,
): CheckpointConfig {
  const host = publicUrl === undefined ? 'localhost' : new URL(publicUrl).host;
  const origin = env.text('CHECKPOINT_ORIGIN') ?? `${host}/log`;
  if (!ORIGIN.test(origin))
    env.faults.push(
      `CHECKPOINT_ORIGIN is "${origin}"; it must be a name such as exemplar.example.org/log, without spaces and +.`,
    );
  const named = env.text('CHECKPOINT_KEY_FILE');
  const own = production ? undefined : resolve(dataFolder, 'checkpoint-key.pem');
  return {
    on: env.oneOf('CHECKPOINTS', ['on', 'off'], 'on') === 'on',
    origin,
    keyFile: named === undefined ? own : resolve(named),
    makesKey: named === undefined,
    storage: readStorage(env),
  };
}

function readStorage(env: Environment): StorageConfig | null {
  const folder = env.text('CHECKPOINT_FOLDER');
  const bucket = env.text('CHECKPOINT_S3_BUCKET');
  if (folder !== undefined && bucket !== undefined)
    env.faults.push(
      'CHECKPOINT_FOLDER and CHECKPOINT_S3_BUCKET are both set; checkpoints go to one of them.',
    );
  if (bucket !== undefined)
    return {
      kind: 's3',
      bucket,
      region: env.text('CHECKPOINT_S3_REGION') ?? 'eu-west-2',
      endpoint: env.text('CHECKPOINT_S3_ENDPOINT'),
    };
  return folder === undefined ? null : { kind: 'folder', folder: resolve(folder) };
}
