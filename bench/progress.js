// A programme's progress through the whole application, against the same statement through node:http and pg.
import { compare } from './support/comparison.js';
import { PROGRESS } from './support/reading.js';
import { title } from './support/rounds.js';

export async function progress({ key, small, large }) {
  title("The programme's progress: Exemplar / node:http and pg");
  await compare('7 trusts, 4 periods', await small(), key, PROGRESS(50));
  await compare('the first 50 of 1,000 trusts, 40 periods', await large(), key, PROGRESS(50));
}
