import type { RunningRedis } from './redis-server.js';
import type { TiedProcess } from './tied-process.js';

export interface Topology {
  /** Processes that answer requests, and do not work off the queue. */
  apis: Array<TiedProcess & { address: string }>;
  /** Processes that work off the queue, and answer nobody. */
  workers: TiedProcess[];
  /** Undefined: the queue is in the database. */
  redis: RunningRedis | undefined;
  database: { superuserUrl: string; settings: Record<string, string> };
  /** Where evidence, files of exports and the demonstration's keys are, for all of them. */
  dataFolder: string;
  /** Ends all of them: those that answer, those that work, what they stand on. */
  stop(): Promise<void>;
}

export function startTopology(options?: {
  apis?: number;
  workers?: number;
  /** Whether the queue is on Redis; by default where one is found. */
  redis?: boolean;
  /** Whether illustrative returns and money are played; otherwise it begins with programmes, people and keys. */
  played?: boolean;
  /** For every process, in the environment's words. */
  settings?: Record<string, string>;
  say?: (words: string) => void;
}): Promise<Topology>;
