import type { Config } from '../config/config.js';

/** Says something to whoever started the program. In production stdout is the log's alone. */
export function say({ production }: Pick<Config, 'production'>, text: string): void {
  if (!production) process.stdout.write(`${text}\n`);
}
