// How reading changes from 7 trusts and 4 periods to 1,000 trusts and 40 periods, for pages of the same length.
import { end } from './support/processes.js';
import { LIST, PROGRESS, serverOn, underLoad } from './support/reading.js';
import { line, ratioOf, title } from './support/rounds.js';

const PAGES = {
  "the programme's progress, 7 trusts a page": PROGRESS(7),
  'a list of 28 returns': LIST(28),
};

export async function growth({ key, small, large }) {
  title('Time for an answer under the same load: 1,000 trusts and 40 periods / 7 trusts and 4 periods');
  const servers = [await serverOn('app', await large(), key), await serverOn('app', await small(), key)];
  for (const [words, path] of Object.entries(PAGES)) {
    const [high, low] = servers.map((server) => ({ server, path }));
    const rounds = await underLoad({ high, low });
    // As many requests are under way in both, so the time for one is as the inverse of how many are answered.
    const rate = ratioOf(rounds.low, rounds.high, (round) => round.perSecond);
    const cost = ratioOf(rounds.high, rounds.low, (round) => round.processorMs);
    line(`${words}, time`, rate);
    line('  processor time', cost);
  }
  await Promise.all(servers.map(({ child }) => end(child)));
}
