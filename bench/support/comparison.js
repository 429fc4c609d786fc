// One address asked of the whole application and of the bare server, on one database.
import { end } from './processes.js';
import { sameAnswer, serverOn, underLoad } from './reading.js';
import { line, median, ratioOf } from './rounds.js';

const perSecond = (round) => round.perSecond;
const processorMs = (round) => round.processorMs;
const p99 = (round) => round.p99;

/** Measures and prints. @throws where the two do not give the same answer */
export async function compare(words, database, key, path) {
  const app = await serverOn('app', database, key);
  const bare = await serverOn('bare', database, key);
  const bytes = await sameAnswer(path, [bare, app]);
  const rounds = await underLoad({ app: { server: app, path }, bare: { server: bare, path } });
  await Promise.all([app, bare].map(({ child }) => end(child)));
  const rates = [rounds.app, rounds.bare].map((each) => Math.round(median(each.map(perSecond))));
  line(`${words}, answers a second`, ratioOf(rounds.app, rounds.bare, perSecond));
  line('  answers for the same processor time', ratioOf(rounds.bare, rounds.app, processorMs));
  line('  99th percentile of the time to answer', ratioOf(rounds.app, rounds.bare, p99));
  line('  here: Exemplar; bare; size of the answer', `${rates.join('; ')}; ${Math.round(bytes / 1000)} kB`);
}
