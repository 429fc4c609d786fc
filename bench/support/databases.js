// The databases of a run, each made when it is first asked for.
import { openServer } from './database.js';
import { seed } from './seed.js';

const SIZES = { small: { trusts: 7, periods: 4 }, large: { trusts: 1_000, periods: 40 } };

let server;

/** @returns the manager's key, `small` and `large` to make or find those, and `create` for one of a part's own */
export async function openDatabases() {
  server = await openServer();
  const made = new Map();
  const sized = (name) => async () => {
    if (!made.has(name)) {
      made.set(name, await server.create(name));
      await seed(made.get(name), SIZES[name]);
    }
    return made.get(name);
  };
  return { key: server.key, create: server.create, small: sized('small'), large: sized('large') };
}

export async function closeDatabases() {
  await server?.stop();
}
