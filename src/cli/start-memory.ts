import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const AFTER_MS = 15_000;
/** What one collection frees is given back to the system by the ones after it. */
const COLLECTIONS = 3;
const BETWEEN_MS = 2_000;

/**
 * Gives back, once, the memory that only starting took: nothing else makes an idle process collect it. It is some 50 MB
 * (docs/benchmarks.md), for pauses of a tenth of a second.
 */
export async function giveBackStartMemory(): Promise<void> {
  await delay(AFTER_MS, undefined, { ref: false });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < COLLECTIONS; i += 1) {
    collect();
    await delay(BETWEEN_MS, undefined, { ref: false });
  }
}
