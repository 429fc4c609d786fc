import { CommanderError } from 'commander';
import { wordsFor } from './fault-words.js';
import { program } from './program.js';

const FAILED = 1;
const USAGE = 2;

/**
 * Runs one command and sets the exit code: 0 it went well, 1 it was refused or failed, 2 it was not asked rightly.
 * @param argv as in `process.argv`
 */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE;
      return;
    }
    // What failed may have left connections open, and nothing waits for them.
    process.stderr.write(`${wordsFor(error)}\n`, () => process.exit(FAILED));
  }
}

/** Loads all that a server and a worker are made of, and starts nothing: for the build, which keeps what the engine makes of it. */
export async function loadAll(): Promise<void> {
  await Promise.all([
    import('./serve.js'),
    import('./database-access.js'),
    import('./serving.js'),
    import('./work.js'),
  ]);
}
