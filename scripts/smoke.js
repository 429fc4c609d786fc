// Starts the built program in an empty folder as a newcomer would, asks it for the programme's progress, stops it,
// and starts it again. Prints one line a check, `ok …` or `not ok …`, and ends with 1 where one failed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/exemplar.js', import.meta.url));
const PROGRESS = '/v1/programmes/mental-health-exemplars/progress';
const TRUSTS = ['R1A', 'RNU', 'RV5', 'RW4', 'RWX', 'RX4', 'RXT'];
const FIRST_LIMIT_S = 60;
const LATER_LIMIT_S = 15;

const folder = mkdtempSync(join(tmpdir(), 'exemplar-smoke-'));
// As root the database runs as another user, who must be able to enter.
chmodSync(folder, 0o755);
let failed = 0;

function check(what, holds, seen) {
  if (!holds) failed += 1;
  console.log(`${holds ? 'ok' : 'not ok'} ${what}${holds ? '' : `: ${JSON.stringify(seen)}`}`);
}

async function start(limitSeconds) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [BIN, 'serve'], {
    cwd: folder,
    env: { PATH, HOME, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  const ready = new Promise((resolve) => {
    child.stdout.on('data', (data) => {
      said += data;
      if (/^Ready in/m.test(said)) resolve();
    });
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitSeconds * 1_000);
  await Promise.race([ready, ended]);
  clearTimeout(timer);
  const address = /Exemplar is at (http\S+)/.exec(said)?.[1];
  if (!address) throw new Error(`It was not ready within ${limitSeconds} s:\n${said}`);
  return { child, ended, address, seconds: /Ready in (\S+) s/.exec(said)[1] };
}

async function askProgress(address) {
  const key = readFileSync(join(folder, 'data/keys/programme-manager'), 'utf8').trim();
  const answer = await fetch(address + PROGRESS, { headers: { Authorization: `Bearer ${key}` } });
  const body = await answer.json();
  check('the progress is answered', answer.status === 200, body);
  const trusts = (body.trusts ?? []).map(({ odsCode }) => odsCode).sort();
  check('it is that of the seven trusts', trusts.join() === TRUSTS.join(), trusts);
}

async function stop({ child, ended }) {
  child.kill('SIGTERM');
  const [code] = await ended;
  check('SIGTERM ends it with 0', code === 0, code);
}

try {
  const first = await start(FIRST_LIMIT_S);
  check(`it is ready in an empty folder (${first.seconds} s)`, true);
  await askProgress(first.address);
  await stop(first);
  const second = await start(LATER_LIMIT_S);
  check(`it is ready again on the same data (${second.seconds} s)`, true);
  await askProgress(second.address);
  await stop(second);
} catch (error) {
  check('it runs', false, error.message);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
process.exit(failed === 0 ? 0 : 1);
