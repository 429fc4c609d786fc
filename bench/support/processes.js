// Child processes of a run: each is told what to do by a message, and ends with this process.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const children = new Set();

/** Starts a file beside this one in a process of its own. */
export function start(file) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Sends a message and waits for the answer. @throws Error with the child's own words, or where it ends */
export function ask(child, message) {
  return new Promise((resolve, reject) => {
    const settle = (work) => {
      child.off('message', answered);
      child.off('exit', ended);
      work();
    };
    const answered = (answer) =>
      settle(() => (answer.error ? reject(new Error(answer.error)) : resolve(answer)));
    const ended = (code) => settle(() => reject(new Error(`A child process ended with ${code}`)));
    child.on('message', answered);
    child.on('exit', ended);
    child.send(message);
  });
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  await ended;
}

export async function endAll() {
  await Promise.all([...children].map(end));
}

/** The child's side: answers each message in its turn, and ends when the parent does. */
export function serve(answer) {
  process.on('disconnect', () => process.exit());
  process.on('message', async (message) => {
    try {
      process.send(await answer(message));
    } catch (error) {
      process.send({ error: error.stack });
    }
  });
}
