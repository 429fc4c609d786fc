import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { appPoolSettings } from '../database/connection.js';
import { DatabaseUrl } from '../database/database-url.js';

/** What the database tells: there is something to hand over; a receipt changed (its id). */
export type Channel = 'exemplar_outbox' | 'exemplar_receipt';
/** Gets the payload, or null after a gap in which anything may have happened. */
export type Listener = (payload: string | null) => void;

const CHANNELS: readonly Channel[] = ['exemplar_outbox', 'exemplar_receipt'];
const LONGEST_PAUSE_MS = 10_000;

/** What the database notifies of, through one connection for the process that is made again when it breaks. */
@Injectable()
export class Notifications {
  private readonly logger = new Logger(Notifications.name);
  private readonly listeners: Record<Channel, Set<Listener>> = {
    exemplar_outbox: new Set(),
    exemplar_receipt: new Set(),
  };
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopped = false;

  constructor(private readonly database: DatabaseUrl) {}

  /** @returns what ends the listening */
  listen(channel: Channel, listener: Listener): () => void {
    this.listeners[channel].add(listener);
    return () => this.listeners[channel].delete(listener);
  }

  /** Connects; where that fails, it goes on trying. */
  async start(): Promise<void> {
    const client = new pg.Client(appPoolSettings(this.database.url, 1));
    this.client = client;
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('The connection ended')));
    client.on('notification', ({ channel, payload }) => this.tell(channel as Channel, payload ?? ''));
    try {
      await client.connect();
      await client.query(CHANNELS.map((channel) => `listen ${channel}`).join('; '));
      if (this.failures > 0) this.logger.log('Notifications are back.');
      this.failures = 0;
      for (const channel of CHANNELS) this.tell(channel, null);
    } catch (error) {
      this.lost(client, error as Error);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private tell(channel: Channel, payload: string | null): void {
    for (const listener of this.listeners[channel]) listener(payload);
  }

  private lost(client: pg.Client, error: Error): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.failures);
    if (this.failures === 0) this.logger.warn(`No notifications for the moment: ${error.message}`);
    this.failures += 1;
    this.retry = setTimeout(() => void this.start(), pause);
  }
}
