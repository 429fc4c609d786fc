// What a message's work sends to the database, kept word for word, and sent again by pgbench.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js');
const OF_A_MESSAGE = "hashtextextended('message:'";

const literal = (value) => {
  const prepared = prepareValue(value);
  return prepared === null ? 'null' : pg.escapeLiteral(String(prepared));
};
const written = (text, values) => text.replace(/\$(\d+)/g, (_, n) => literal(values[n - 1]));

/** Listens to every connection of this process from here on. @returns what gives, and forgets, the transactions of messages so far: whose, and its statements */
export function recordTransactions() {
  const open = new WeakMap();
  let done = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function recording(...args) {
    const { text, values = [] } =
      typeof args[0] === 'string'
        ? { text: args[0], values: Array.isArray(args[1]) ? args[1] : [] }
        : args[0];
    if (/^START TRANSACTION/i.test(text)) open.set(this, { statements: [] });
    const transaction = open.get(this);
    if (transaction) {
      transaction.statements.push(written(text, values));
      if (text.includes(OF_A_MESSAGE)) transaction.message = values[0];
      if (/^(COMMIT|ROLLBACK)/i.test(text)) {
        open.delete(this);
        if (transaction.message) done.push(transaction);
      }
    }
    return Reflect.apply(query, this, args);
  };
  return {
    take() {
      const taken = done;
      done = [];
      return taken;
    },
  };
}

/** Sends transactions again, each message's on one of so many connections. @returns how long it took, in seconds */
export async function replayed(url, transactions, connections) {
  const folder = mkdtempSync(join(tmpdir(), 'exemplar-replay-'));
  try {
    const messages = [...new Set(transactions.map(({ message }) => message))];
    const files = Array.from({ length: connections }, (_, n) => {
      const own = new Set(messages.filter((_, index) => index % connections === n));
      const file = join(folder, `${n}.sql`);
      const statements = transactions
        .filter(({ message }) => own.has(message))
        .flatMap((each) => each.statements);
      writeFileSync(file, statements.map((statement) => `${statement};\n`).join(''));
      return file;
    });
    const began = performance.now();
    await Promise.all(files.map((file) => pgbench(url, file)));
    return (performance.now() - began) / 1000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pgbench(url, file) {
  const child = spawn('pgbench', ['-n', '-M', 'simple', '-c', '1', '-t', '1', '-f', file, url], {
    env: { ...process.env, PGOPTIONS: '-c search_path=exemplar,bullmq -c role=exemplar_app -c timezone=UTC' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const [code] = await once(child, 'close');
  if (code !== 0 || /aborted/.test(said)) throw new Error(`pgbench ended with ${code}:\n${said}`);
}

/** Whether pgbench is installed. */
export const hasPgbench = () =>
  new Promise((resolve) => {
    spawn('pgbench', ['--version'])
      .once('error', () => resolve(false))
      .once('exit', (code) => resolve(code === 0));
  });
