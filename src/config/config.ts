import { resolve } from 'node:path';
import { type DateOn, isDateOn } from '../core/calendar.js';

/** Where evidence is kept: a local folder, or a bucket that speaks S3. */
export type StorageConfig =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; bucket: string; region: string; endpoint: string | undefined };

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
  /** As migrations connect: owns the tables. */
  readonly databaseOwnerUrl: string | undefined;
  /** Whether `serve` and `work` migrate a database that DATABASE_URL names; the embedded one is always migrated. */
  readonly migrate: boolean;
  readonly poolSize: number;
  /** Redis or Valkey for the queue; undefined: PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly workerConcurrency: number;
  /** `warn` in a demonstration, whose screen should stay readable, and `info` otherwise. */
  readonly logLevel: string;
  /** Requests that one caller may make in a minute. */
  readonly rateLimitPerMinute: number;
  /** Largest evidence file, in bytes. */
  readonly evidenceMaxBytes: number;
  readonly storage: StorageConfig;
  /** Whether to load illustrative returns and hand out demonstration keys; never in production. */
  readonly demonstration: boolean;
  /** The day that it is taken to be; undefined: the day that it is in London. */
  readonly today: DateOn | undefined;

  /** @throws ConfigInvalid naming every variable that is wrong */
  constructor(env: Readonly<Record<string, string | undefined>>) {
    const faults: string[] = [];
    const text = (name: string): string | undefined => env[name]?.trim() || undefined;
    const whole = (name: string, fallback: number, min: number, max: number): number => {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      faults.push(`${name} is "${value}"; it must be a whole number from ${min} to ${max}.`);
      return fallback;
    };
    const url = (name: string, schemes: string[]): string | undefined => {
      const value = text(name);
      if (value === undefined) return undefined;
      const parsed = URL.canParse(value) ? new URL(value) : undefined;
      if (!parsed || !schemes.includes(parsed.protocol))
        faults.push(`${name} must be an address that starts with ${schemes.join(' or ')}//.`);
      else if (parsed.searchParams.has('options'))
        faults.push(
          `${name} may not carry ?options=, because Exemplar sets the role and search path itself.`,
        );
      return value;
    };
    const oneOf = <T extends string>(name: string, words: readonly T[], fallback: T): T => {
      const value = text(name) ?? fallback;
      if (!words.includes(value as T))
        faults.push(`${name} is "${value}"; it must be ${words.join(' or ')}.`);
      return value as T;
    };

    this.production = env.NODE_ENV === 'production';
    this.host = text('HOST') ?? '127.0.0.1';
    this.port = whole('PORT', 3000, 0, 65_535);
    this.dataFolder = resolve(text('DATA_DIR') ?? 'data');
    this.databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
    this.databaseOwnerUrl = url('DATABASE_OWNER_URL', ['postgres:', 'postgresql:']) ?? this.databaseUrl;
    this.migrate = oneOf('MIGRATE', ['true', 'false'], 'true') === 'true';
    this.poolSize = whole('DATABASE_POOL', 20, 2, 500);
    this.redisUrl = url('REDIS_URL', ['redis:', 'rediss:']);
    this.workerConcurrency = whole('WORKER_CONCURRENCY', 8, 1, 200);
    this.demonstration =
      oneOf('DEMONSTRATION', ['true', 'false'], this.production ? 'false' : 'true') === 'true';
    this.logLevel = oneOf(
      'LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      this.demonstration ? 'warn' : 'info',
    );
    this.rateLimitPerMinute = whole('RATE_LIMIT_PER_MINUTE', 600, 1, 1_000_000);
    this.evidenceMaxBytes = whole('EVIDENCE_MAX_BYTES', 25 * 1024 * 1024, 1, 5 * 1024 ** 3);
    const bucket = text('EVIDENCE_S3_BUCKET');
    this.storage = bucket
      ? {
          kind: 's3',
          bucket,
          region: text('EVIDENCE_S3_REGION') ?? 'eu-west-2',
          endpoint: text('EVIDENCE_S3_ENDPOINT'),
        }
      : { kind: 'folder', folder: resolve(text('EVIDENCE_FOLDER') ?? `${this.dataFolder}/evidence`) };
    this.today = text('EXEMPLAR_TODAY');
    if (this.today !== undefined && !isDateOn(this.today))
      faults.push(`EXEMPLAR_TODAY is "${this.today}"; it must be a day, such as 2018-10-31.`);
    if (this.production && this.demonstration)
      faults.push(
        'DEMONSTRATION cannot be true in production: illustrative returns would stand beside real ones.',
      );
    if (this.production && this.today !== undefined)
      faults.push('EXEMPLAR_TODAY cannot be set in production: it would date what people do wrongly.');
    if (this.production && this.databaseUrl === undefined)
      faults.push('DATABASE_URL must be set in production: the embedded server is for trying and testing.');
    if (faults.length > 0) throw new ConfigInvalid(faults);
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
