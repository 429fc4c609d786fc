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

/** What goes out by e-mail, and through what. */
export interface MailConfig {
  /** The mail server, with its login where it asks for one. Never logged. */
  smtpUrl: string;
  from: string;
}

/** How auditors are sent the newest checkpoint each day. */
export interface CheckpointMailConfig {
  /** Undefined: no mail goes out. */
  mail: MailConfig | undefined;
  /** The auditors' addresses. */
  to: readonly string[];
}

interface Surroundings {
  production: boolean;
  dataFolder: string;
  publicUrl: string | undefined;
}

const ORIGIN = /^[^\s+\p{Cc}]{1,200}$/u;
/** One address, bare: no name beside it, and nothing that could begin another header. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*/=?^_`{|}~+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

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

/** Reads what the environment says of e-mail to auditors, and adds what is wrong to its faults. */
export function readCheckpointMail(env: Environment): CheckpointMailConfig {
  const smtpUrl = env.server('SMTP_URL', ['smtp:', 'smtps:']);
  const from = env.text('MAIL_FROM');
  const to = (env.text('CHECKPOINT_MAIL_TO') ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  for (const address of to)
    if (!ADDRESS.test(address))
      env.faults.push(
        `CHECKPOINT_MAIL_TO has "${address}"; write addresses such as audit@example.org, with commas between.`,
      );
  if (from !== undefined && !ADDRESS.test(from))
    env.faults.push(`MAIL_FROM is "${from}"; it must be one address, such as exemplar@example.org.`);
  if (smtpUrl !== undefined && from === undefined)
    env.faults.push('MAIL_FROM must be set with SMTP_URL: the address that mail comes from.');
  if (to.length > 0 && smtpUrl === undefined)
    env.faults.push('SMTP_URL must be set with CHECKPOINT_MAIL_TO: the server that mail goes through.');
  return { mail: smtpUrl !== undefined && from !== undefined ? { smtpUrl, from } : undefined, to };
}

/**
 * Reads to whom notices for a trust go, such as `RW4=digital@example.org, RV5=projects@example.org`, and adds what is
 * wrong to its faults. A trust may be named more than once.
 * @param mail the server that mail goes through; undefined: none does
 * @returns addresses by ODS code
 */
export function readNoticeMail(
  env: Environment,
  mail: MailConfig | undefined,
): ReadonlyMap<string, readonly string[]> {
  const to = new Map<string, string[]>();
  for (const entry of (env.text('NOTICE_MAIL_TO') ?? '').split(',').map((each) => each.trim())) {
    if (entry === '') continue;
    const [, ods = '', address = ''] = /^([A-Za-z0-9]{1,12})\s*=\s*(\S+)$/.exec(entry) ?? [];
    if (ADDRESS.test(address)) to.set(ods.toUpperCase(), [...(to.get(ods.toUpperCase()) ?? []), address]);
    else
      env.faults.push(
        `NOTICE_MAIL_TO has "${entry}"; write an ODS code and an address, such as RW4=digital@example.org, with commas between.`,
      );
  }
  if (to.size > 0 && mail === undefined)
    env.faults.push('SMTP_URL must be set with NOTICE_MAIL_TO: the server that mail goes through.');
  return to;
}
