import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type DateOn, isDateOn } from '../core/calendar.js';
import { type CheckpointConfig, readCheckpoints } from './checkpoint-config.js';
import { Environment } from './environment.js';
import { type MailConfig, readMail } from './mail-config.js';
import { type OpenDataConfig, readOpenData } from './open-data-config.js';
import { readSignIn, type SignInConfig } from './sign-in-config.js';

/** Where files are kept: a local folder, or a bucket that speaks S3. */
export type StorageConfig =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; bucket: string; region: string; endpoint: string | undefined };

/** So that a few long readings at once do not stop all others. */
const LEAST_READ_POOL = 4;
const PREFIX = /^[\w.-]{1,64}$/;

/** What the environment says, read and checked once when the program starts. */
export class Config {
  readonly production: boolean;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute path of the folder for the embedded server, evidence and demonstration keys. */
  readonly dataFolder: string;
  /** As the application connects; undefined: the embedded server. */
  readonly databaseUrl: string | undefined;
  /** As the application connects to a replica, which answers readings; undefined: there is none. */
  readonly databaseReadUrl: string | undefined;
  /** As migrations connect: owns the tables. */
  readonly databaseOwnerUrl: string | undefined;
  /** As the notary connects, which alone adds checkpoints; undefined: as the owner, and not at all in production. */
  readonly databaseNotaryUrl: string | undefined;
  /** Whether `serve` and `work` migrate a database that DATABASE_URL names; the embedded one is always migrated. */
  readonly migrate: boolean;
  /** Connections to write through. */
  readonly poolSize: number;
  /** Connections to read through: more than the processors have use for keep the one thread here from its turn. */
  readonly readPoolSize: number;
  /** Redis or Valkey for the queue; undefined: PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** What all keys there begin with: two installations that share a Redis have two. */
  readonly redisPrefix: string;
  readonly workerConcurrency: number;
  /** `warn` in a demonstration, whose screen should stay readable, and `info` otherwise. */
  readonly logLevel: string;
  /** For how long a process that is asked to end goes on answering, and says that it is not ready; in seconds. */
  readonly drainSeconds: number;
  /** Requests that one caller may make in a minute. */
  readonly rateLimitPerMinute: number;
  /** Largest evidence file, in bytes. */
  readonly evidenceMaxBytes: number;
  readonly storage: StorageConfig;
  /** Whether to load illustrative returns and hand out demonstration keys; never in production. */
  readonly demonstration: boolean;
  /** The day that it is taken to be; undefined: the day that it is in London. */
  readonly today: DateOn | undefined;
  readonly signIn: SignInConfig;
  readonly openData: OpenDataConfig;
  /** Whoever nothing was seen of for so many years is erased. */
  readonly personRetentionYears: number;
  readonly checkpoints: CheckpointConfig;
  readonly mail: MailConfig;

  /** @throws ConfigInvalid naming every variable that is wrong */
  constructor(variables: Readonly<Record<string, string | undefined>>) {
    const env = new Environment(variables);
    this.production = variables.NODE_ENV === 'production';
    this.host = env.text('HOST') ?? '127.0.0.1';
    this.port = env.whole('PORT', 3000, 0, 65_535);
    this.dataFolder = resolve(env.text('DATA_DIR') ?? 'data');
    this.databaseUrl = env.server('DATABASE_URL', ['postgres:', 'postgresql:']);
    this.databaseOwnerUrl =
      env.server('DATABASE_OWNER_URL', ['postgres:', 'postgresql:']) ?? this.databaseUrl;
    this.databaseReadUrl = env.server('DATABASE_READ_URL', ['postgres:', 'postgresql:']);
    if (this.databaseReadUrl !== undefined && this.databaseUrl === undefined)
      env.faults.push('DATABASE_READ_URL needs DATABASE_URL: the embedded server has no replica.');
    this.databaseNotaryUrl = env.server('DATABASE_NOTARY_URL', ['postgres:', 'postgresql:']);
    this.migrate = env.oneOf('MIGRATE', ['true', 'false'], 'true') === 'true';
    this.poolSize = env.whole('DATABASE_POOL', 20, 2, 500);
    this.readPoolSize = env.whole(
      'DATABASE_READ_POOL',
      Math.min(this.poolSize, Math.max(LEAST_READ_POOL, 2 * availableParallelism())),
      2,
      500,
    );
    this.redisUrl = env.server('REDIS_URL', ['redis:', 'rediss:']);
    this.redisPrefix = env.text('REDIS_PREFIX') ?? 'exemplar';
    if (!PREFIX.test(this.redisPrefix))
      env.faults.push(
        `REDIS_PREFIX is "${this.redisPrefix}"; it must be 1 to 64 letters, figures, dots, hyphens or underscores.`,
      );
    this.workerConcurrency = env.whole('WORKER_CONCURRENCY', 8, 1, 200);
    this.demonstration =
      env.oneOf('DEMONSTRATION', ['true', 'false'], this.production ? 'false' : 'true') === 'true';
    this.logLevel = env.oneOf(
      'LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      this.demonstration ? 'warn' : 'info',
    );
    this.drainSeconds = env.whole('DRAIN_SECONDS', 0, 0, 60);
    this.rateLimitPerMinute = env.whole('RATE_LIMIT_PER_MINUTE', 600, 1, 1_000_000);
    this.evidenceMaxBytes = env.whole('EVIDENCE_MAX_BYTES', 25 * 1024 * 1024, 1, 5 * 1024 ** 3);
    const bucket = env.text('EVIDENCE_S3_BUCKET');
    this.storage = bucket
      ? {
          kind: 's3',
          bucket,
          region: env.text('EVIDENCE_S3_REGION') ?? 'eu-west-2',
          endpoint: env.text('EVIDENCE_S3_ENDPOINT'),
        }
      : { kind: 'folder', folder: resolve(env.text('EVIDENCE_FOLDER') ?? `${this.dataFolder}/evidence`) };
    this.today = env.text('EXEMPLAR_TODAY');
    if (this.today !== undefined && !isDateOn(this.today))
      env.faults.push(`EXEMPLAR_TODAY is "${this.today}"; it must be a day, such as 2018-10-31.`);
    if (this.production && this.demonstration)
      env.faults.push(
        'DEMONSTRATION cannot be true in production: illustrative returns would stand beside real ones.',
      );
    if (this.production && this.today !== undefined)
      env.faults.push('EXEMPLAR_TODAY cannot be set in production: it would date what people do wrongly.');
    if (this.production && this.databaseUrl === undefined)
      env.faults.push(
        'DATABASE_URL must be set in production: the embedded server is for trying and testing.',
      );
    this.signIn = readSignIn(env, this.production);
    this.personRetentionYears = env.whole('PERSON_RETENTION_YEARS', 7, 1, 100);
    this.openData = readOpenData(env, this.production);
    this.checkpoints = readCheckpoints(env, {
      production: this.production,
      dataFolder: this.dataFolder,
      publicUrl: this.signIn.publicUrl,
    });
    this.mail = readMail(env);
    if (env.faults.length > 0) throw new ConfigInvalid(env.faults);
  }
}

/** The environment is wrong; the message lists every fault. */
export class ConfigInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The settings in the environment are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigInvalid';
  }
}
