// Rounds of A and B in turn, because the machine is noisy: a ratio is of two rounds that followed each other.

/** Rounds before those that count. */
export const WARM_UPS = 2;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs each of the things in turn, round by round, every second round backwards, after WARM_UPS that do not count, in
 * which code is compiled and statements are planned. Rounds that count are numbered from 1.
 * @param things names to functions that resolve to numbers
 * @returns for each name its lists of numbers, one entry a round
 */
export async function alternate(things, rounds) {
  const names = Object.keys(things);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 1 - WARM_UPS; round <= rounds; round += 1)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const result = await things[name](round);
      if (round > 0) results[name].push(result);
    }
  return results;
}

/** The median of the rounds' ratios, with the lowest and the highest. */
export function ratioOf(above, below, value) {
  const ratios = above.map((result, round) => value(result) / value(below[round]));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  return `${median(ratios).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

export function line(words, text) {
  process.stdout.write(`  ${words.padEnd(66)} ${text}\n`);
}

export function title(words) {
  process.stdout.write(`\n${words}\n`);
}
