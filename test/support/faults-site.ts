import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.js';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.js';
import { migrate } from '../../src/database/migrations.js';
import { createDatabase, prepareRoles } from '../../src/database/server.js';
import { startTestApp, type TestApp } from './app.js';
import { type Environment, isAlive, type Running, start, temporaryFolder } from './commands.js';
import { createTestDatabase, TEMPLATE, type TestDatabase } from './database.js';
import { putInForce } from './money.js';
import { until } from './queue-application.js';

/** How long a fault goes on, in seconds: FAULT_SECONDS, or a short while in `npm test`. */
export const FAULT_MS = 1_000 * Number(process.env.FAULT_SECONDS ?? 8);
const OWNER = 'exemplar_owner';

/** Whom the load comes from, and where their money is. */
export interface Ground {
  /** Keys of people. */
  auditor: string;
  administrator: string;
  /** Those who write under an agreement in force of their trust. */
  leads: Array<{ key: string; agreement: string }>;
}

/** An installation to be harmed: a durable server of its own, and processes on it. */
export interface Site {
  database: TestDatabase;
  ground: Ground;
  /** What the processes share. */
  env: Environment;
  folder: string;
  /** Starts `exemplar serve` or `work` as a process that can be started again where it was. */
  keep(args: string[], env?: Environment): Promise<Kept>;
  /** Stops PostgreSQL as `pg_ctl stop -m immediate` does: in the midst of everything, to recover at its next start. */
  crash(): Promise<void>;
  /** Starts PostgreSQL where it was. */
  recover(): Promise<void>;
  end(): Promise<void>;
}

/** A process of Exemplar that is started again, on the same port, after it has ended. */
export class Kept {
  private running: Running;

  constructor(
    /** Where it answers; of no meaning for `work`. */
    readonly address: string,
    private readonly begin: () => Running,
    private readonly words: string,
  ) {
    this.running = begin();
  }

  ready(): Promise<void> {
    return this.running.says(this.words);
  }

  get pid(): number {
    return this.running.pid;
  }

  get alive(): boolean {
    return isAlive(this.pid);
  }

  output(): string {
    return this.running.output();
  }

  /** Ends it, and starts it again. @returns how it ended */
  async again(signal: NodeJS.Signals): Promise<{ code: number | null; stderr: string }> {
    const ended = await this.end(signal);
    this.running = this.begin();
    return ended;
  }

  async end(signal: NodeJS.Signals): Promise<{ code: number | null; stderr: string }> {
    this.running.signal(signal);
    return this.running.ended;
  }
}

/** Makes an installation with the programme, its people, and agreements in force of three trusts. */
export async function standSite(env: Environment = {}): Promise<Site> {
  const folder = await temporaryFolder();
  const postgres = join(folder, 'postgres');
  let server = await startEmbeddedServer({ folder: postgres });
  const { port } = server;
  const database = await prepared(server);
  const data = join(folder, 'data');
  await mkdir(data);
  const { ground, today } = await breakGround(database);
  const kept: Kept[] = [];
  const shared: Environment = {
    ...{ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, MIGRATE: 'false' },
    ...{ DATABASE_NOTARY_URL: database.notaryUrl, DATA_DIR: data, TMPDIR: folder, EXEMPLAR_TODAY: today },
    ...{ DEMONSTRATION: 'false', LOG_LEVEL: 'warn', RATE_LIMIT_PER_MINUTE: '1000000', DATABASE_POOL: '8' },
    ...env,
  };
  return {
    ...{ database, ground, folder, env: shared },
    async keep(args, more = {}) {
      const free = String(await freePort());
      const words = args[0] === 'work' ? 'Working off the queue' : 'Ready in';
      const begin = () => start(args, { ...shared, PORT: free, ...more });
      const one = new Kept(`http://127.0.0.1:${free}`, begin, words);
      kept.push(one);
      await one.ready();
      return one;
    },
    async crash() {
      const ended = server.stop;
      process.kill(await postmasterPid(database), 'SIGQUIT');
      await ended();
    },
    async recover() {
      server = await startEmbeddedServer({ folder: postgres, settings: { port: String(port) } });
    },
    async end() {
      await Promise.all(kept.map((one) => one.alive && one.end('SIGKILL')));
      await database.drop().catch(() => undefined);
      await server.stop();
    },
  };
}

async function prepared(server: EmbeddedServer): Promise<TestDatabase> {
  const superuser = server.url('postgres');
  const passwords = await prepareRoles(superuser);
  await createDatabase(superuser, TEMPLATE);
  const owner = new URL(server.url(TEMPLATE));
  owner.username = OWNER;
  owner.password = passwords.owner;
  await migrate(owner.href);
  return createTestDatabase(TEMPLATE, { superuser, ...passwords });
}

async function breakGround(database: TestDatabase): Promise<{ ground: Ground; today: string }> {
  const today = '2018-07-20';
  const app: TestApp = await startTestApp({ database, env: { EXEMPLAR_TODAY: today } });
  try {
    const leads: Ground['leads'] = [];
    for (const trust of ['RW4', 'RXT', 'RWX'])
      leads.push({ key: await app.as('trust-lead', trust), agreement: (await putInForce(app, trust)).id });
    const [auditor, administrator] = [await app.as('auditor'), await app.as('administrator')];
    return { ground: { auditor, administrator, leads }, today };
  } finally {
    await app.app.close();
  }
}

async function postmasterPid({ sql }: TestDatabase): Promise<number> {
  const [row] = await sql<{ file: string }>(`select pg_read_file('postmaster.pid') as file`);
  return Number.parseInt(row?.file ?? '', 10);
}

/** How long it took until requests can be served again, in milliseconds. */
export async function untilReady(address: string, withinMs = 30_000): Promise<number> {
  const began = performance.now();
  const ready = () =>
    fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status,
      () => 0,
    );
  await until(ready, (status) => status === 200, withinMs);
  return Math.round(performance.now() - began);
}

/** Writes the figures of a run where they can be taken from: docs/reliability.md names them. */
export function say(what: string, figures: object): void {
  process.stderr.write(`${what}: ${JSON.stringify(figures)}\n`);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
