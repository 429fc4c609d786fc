// Processor time, which says what an answer costs even while other programs use the machine too.
import { readFileSync } from 'node:fs';
import { run } from './database.js';

const TICK_MS = 10;
/** Places in /proc/<pid>/stat after the name, which may hold spaces: time in the program, time in the system. */
const [USER, SYSTEM] = [11, 12];

/**
 * Milliseconds of processor time that a server's process and all connections to its database have used so far; NaN
 * where the system has no /proc. Measured while nothing else uses that database.
 */
export async function processorMs({ child, database }) {
  const connections = await run(
    database.superuserUrl,
    'select pid from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [database.name],
  );
  return [child.pid, ...connections.map(({ pid }) => pid)].map(ownMs).reduce((sum, ms) => sum + ms, 0);
}

function ownMs(pid) {
  if (process.platform !== 'linux') return Number.NaN;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_MS;
  } catch {
    return 0;
  }
}
