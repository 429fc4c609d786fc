import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { LogExport } from '../../src/audit/log-export.js';
import { Clock, type Past } from '../../src/config/clock.js';
import { Config } from '../../src/config/config.js';
import { systemActor } from '../../src/core/actor.js';
import { appPoolSettings } from '../../src/database/connection.js';
import { LongReadPool } from '../../src/database/held-reading.js';
import { ReadPool, ReadScope } from '../../src/database/read-scope.js';
import { Replica } from '../../src/database/replica.js';

const hash = (...parts: Array<Buffer | string>): Buffer =>
  parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();

/** The root over leaves, as RFC 6962 section 2.1 defines it. */
export function rootOf(leaves: readonly string[]): Buffer {
  if (leaves.length === 1) return hash(Buffer.of(0), leaves[0] as string);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return hash(Buffer.of(1), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** Whoever signs checkpoints, as C2SP has it: signed-note and tlog-checkpoint, with Ed25519. */
export class Signer {
  private readonly privateKey: KeyObject;
  private readonly id: Buffer;
  /** The public key as a vkey. */
  readonly vkey: string;

  constructor(readonly name = 'exemplar.test/log') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const key = Buffer.concat([Buffer.of(1), Buffer.from(x, 'base64url')]);
    this.privateKey = privateKey;
    this.id = hash(`${name}\n`, key).subarray(0, 4);
    this.vkey = `${name}+${this.id.toString('hex')}+${key.toString('base64')}`;
  }

  /** A checkpoint of the first `size` of these leaves. */
  checkpoint(leaves: readonly string[], size = leaves.length): string {
    const { recordedAt } = JSON.parse(leaves[size - 1] as string);
    const root = rootOf(leaves.slice(0, size)).toString('base64');
    const text = `${this.name}\n${size}\n${root}\nrecorded ${recordedAt}\n`;
    const signature = Buffer.concat([this.id, sign(null, Buffer.from(text), this.privateKey)]);
    return `${text}\n— ${this.name} ${signature.toString('base64')}\n`;
  }
}

/** The verifier's file, as an auditor has it: alone. */
export const VERIFIER = fileURLToPath(new URL('../../src/audit/verifier/verify-log.mjs', import.meta.url));

/** What a verification said, and how it ended. */
export interface Verdict {
  code: number | null;
  said: string;
}

/** A folder of an auditor's own: the verifier, an export, checkpoints. */
export class Desk {
  private constructor(readonly folder: string) {}

  static async set(): Promise<Desk> {
    const folder = await mkdtemp(join(tmpdir(), 'exemplar-desk-'));
    await writeFile(join(folder, 'verify-log.mjs'), await readFile(VERIFIER));
    return new Desk(folder);
  }

  clear(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Exports the log of a database. @param asAt the past moment of the rows, out of a scope of that database */
  async export(
    database: { url: string },
    asAt?: (log: LogExport, scope: ReadScope) => Promise<Past>,
  ): Promise<string> {
    const clock = new Clock({ today: undefined });
    const pool = new ReadPool({ ...appPoolSettings(database.url, 1) });
    const scope = new ReadScope(
      pool,
      new LongReadPool({ ...appPoolSettings(database.url, 2), statement_timeout: false }),
      clock,
      new Replica(pool, null),
    );
    const log = new LogExport(scope, clock, new Config({}));
    const actor = systemActor('test', 'test');
    try {
      const past = await asAt?.(log, scope);
      const begin = () => log.begin(actor);
      const { held, pieces } = await (past ? clock.asAt(past, begin) : begin());
      await pipeline(pieces, createWriteStream(this.path('export.ndjson'))).finally(() => held.close());
    } finally {
      await scope.onApplicationShutdown();
    }
    return readFile(this.path('export.ndjson'), 'utf8');
  }

  /** Runs the verifier alone, as a program, on the export that lies here. */
  async verify(notes: readonly string[], keys: readonly string[]): Promise<Verdict> {
    await writeFile(this.path('notes'), notes.join('\n'));
    const args = ['verify-log.mjs', 'export.ndjson', '--checkpoints', 'notes'];
    return this.run([...args, ...keys.flatMap((key) => ['--key', key])]);
  }

  /** Runs node here, with nothing in its environment. */
  async run(args: readonly string[]): Promise<Verdict> {
    const child = spawn(process.execPath, args, { cwd: this.folder, env: {} });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        said += data;
      });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }
}

/** The leaves of an export, in its order. */
export function leavesIn(exported: string): string[] {
  return exported
    .split('\n')
    .filter((line) => line.includes('"leaf"'))
    .map((line) => JSON.parse(line).leaf);
}
