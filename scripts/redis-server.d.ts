export interface RunningRedis {
  /** `redis://127.0.0.1:port`. */
  url: string;
  port: number;
  pid: number;
  stop(): Promise<unknown>;
}

export function findRedis(): string | undefined;
export function startRedis(folder: string, port?: number): Promise<RunningRedis>;
