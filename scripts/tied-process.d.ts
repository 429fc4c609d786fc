/** A process that ends with whoever started it. */
export interface TiedProcess {
  pid: number;
  /** Its exit code. */
  ended: Promise<number | null>;
  /** All that it has said, on stdout and stderr. */
  output(): string;
  /** Waits for words. @throws Error with its output where it ends or takes too long */
  says(words: string, withinMs?: number): Promise<void>;
  /** Asks it to end, by SIGTERM, and waits until it has. @returns its exit code */
  end(): Promise<number | null>;
}

export function startTied(
  command: string,
  args: readonly string[],
  options?: { env?: NodeJS.ProcessEnv; cwd?: string },
): Promise<TiedProcess>;
