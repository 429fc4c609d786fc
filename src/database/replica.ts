import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

/** How it stands with the replica: it answers; it is behind, or away, and the primary answers; it is none. */
export type ReplicaState = 'answers' | 'behind' | 'away' | 'no-replica';

export interface ReplicaStanding {
  state: ReplicaState;
  /** How much of the primary's write-ahead log it has not replayed; null where it does not say. */
  lagBytes: number | null;
}

/** Connections to the replica: for readings that are answered at once, and for those that last. */
export interface ReplicaPools {
  short: pg.Pool;
  long: pg.Pool;
}

/** How long a reading waits for the replica to have what was committed before it, in milliseconds. */
const WAIT_MS = 100;
const LOOK_MS = 2;
/** How long the primary answers alone after a replica was late or away. */
const AVOID_MS = 1_000;
/** A replica that says nothing for so long is away. */
const SILENCE_MS = 1_000;

const POSITION = 'select pg_current_wal_flush_lsn()::text as position';
const HAS = `select pg_is_in_recovery() as replica, pg_last_wal_replay_lsn() >= $1::pg_lsn as has,
  greatest(pg_wal_lsn_diff($1::pg_lsn, pg_last_wal_replay_lsn()), 0)::float8 as behind`;

interface Has {
  replica: boolean;
  has: boolean | null;
  behind: number | null;
}

/**
 * A copy of the database that answers readings, where the settings name one. It answers only once it has everything that
 * was committed when the reading began, whoever wrote it and through whichever process, so nothing that is read is ever
 * stale; while it is late or away the primary answers.
 */
@Injectable()
export class Replica implements OnApplicationShutdown {
  private readonly logger = new Logger(Replica.name);
  private asking: Promise<unknown> = Promise.resolve();
  private next: Promise<string> | undefined;
  private avoidedUntil = 0;
  private state: ReplicaState = 'answers';

  /** @param pools null where there is no replica */
  constructor(
    private readonly primary: pg.Pool,
    private readonly pools: ReplicaPools | null,
  ) {}

  /**
   * A connection to a replica that has everything that was committed when this was called.
   * @returns undefined where the primary is to be asked
   */
  async client(kind: keyof ReplicaPools): Promise<pg.PoolClient | undefined> {
    const pool = this.pools?.[kind];
    if (!pool || Date.now() < this.avoidedUntil || isFull(pool)) return undefined;
    // Where the primary does not answer, it is for whoever asks it next to say so.
    const position = await this.position().catch(() => undefined);
    if (position === undefined) return undefined;
    let client: pg.PoolClient | undefined;
    try {
      client = await pool.connect();
      const state = await caughtUp(client, position);
      if (state === 'answers') {
        this.now(state);
        return client;
      }
      client.release();
      this.avoid(state);
    } catch (error) {
      client?.release(error as Error);
      this.avoid('away');
    }
    return undefined;
  }

  /** The primary answers alone for a moment. */
  avoid(state: Exclude<ReplicaState, 'answers'>): void {
    this.avoidedUntil = Date.now() + AVOID_MS;
    this.now(state);
  }

  /** How it stands, asked now; undefined where there is no replica. @throws where the primary does not answer */
  async standing(): Promise<ReplicaStanding | undefined> {
    if (!this.pools) return undefined;
    const position = await this.position();
    try {
      const { replica, has, behind } = await ask(this.pools.short, position);
      return { state: replica ? (has ? 'answers' : 'behind') : 'no-replica', lagBytes: behind };
    } catch {
      return { state: 'away', lagBytes: null };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pools?.short.end(), this.pools?.long.end()]);
  }

  /**
   * How far the primary has committed, asked after this was called: whoever comes while it is being asked waits for the
   * next answer, and shares it.
   */
  private position(): Promise<string> {
    this.next ??= this.asking
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        const answer = this.primary
          .query<{ position: string }>({ name: 'position', text: POSITION })
          .then(({ rows }) => rows[0]?.position as string);
        this.asking = answer;
        return answer;
      });
    return this.next;
  }

  private now(state: ReplicaState): void {
    if (state === this.state) return;
    this.state = state;
    if (state === 'answers') this.logger.log('The replica answers readings again.');
    else this.logger.warn(`The primary answers readings for the moment: ${WORDS[state]}.`);
  }
}

const WORDS: Record<Exclude<ReplicaState, 'answers'>, string> = {
  behind: `the replica of DATABASE_READ_URL is more than ${WAIT_MS} ms behind`,
  away: 'the replica of DATABASE_READ_URL does not answer',
  'no-replica': 'the server of DATABASE_READ_URL is no replica',
};

const isFull = (pool: pg.Pool): boolean =>
  pool.totalCount >= (pool.options.max ?? 1) && pool.idleCount === 0 && pool.waitingCount > 0;

async function ask(on: pg.Pool | pg.PoolClient, position: string): Promise<Has> {
  const query = { name: 'has', text: HAS, values: [position], query_timeout: SILENCE_MS };
  return (await on.query<Has>(query)).rows[0] as Has;
}

async function caughtUp(client: pg.PoolClient, position: string): Promise<Exclude<ReplicaState, 'away'>> {
  for (const until = Date.now() + WAIT_MS; ; await delay(LOOK_MS)) {
    const { replica, has } = await ask(client, position);
    if (!replica) return 'no-replica';
    if (has) return 'answers';
    if (Date.now() > until) return 'behind';
  }
}
