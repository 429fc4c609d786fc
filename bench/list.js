// A list of 50 returns through the whole application, against the same question through node:http and pg.
import { compare } from './support/comparison.js';
import { LIST } from './support/reading.js';
import { title } from './support/rounds.js';

export async function list({ key, large }) {
  title('A list of 50 returns, out of 40,000: Exemplar / node:http and pg');
  await compare('50 returns', await large(), key, LIST(50));
}
