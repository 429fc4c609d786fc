import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Ends what it runs as soon as its own stdin is closed: when it is asked to end, or when whoever started it is gone. It
 * has more time to end than the program takes for itself.
 */
const TIE = `exec 4<&0
"$@" 3>&- 4<&- &
it=$!
echo $it >&3
{ cat <&4 >/dev/null; kill -TERM $it; sleep 40; kill -KILL $it; } >/dev/null 2>&1 3>&- &
wait $it
status=$?
kill $! 2>/dev/null
exit $status`;

/**
 * Starts a process that never outlives this one, and that a Ctrl-C in the terminal does not reach: whoever started it
 * ends it, in the order that is right.
 */
export async function startTied(command, args, { env = process.env, cwd } = {}) {
  const child = spawn('sh', ['-c', TIE, 'sh', command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data;
    });
  const ended = once(child, 'exit').then(([code]) => code);
  const [pid] = await once(child.stdio[3], 'data');
  return {
    pid: Number(String(pid)),
    ended,
    output: () => output,
    async says(words, withinMs = 90_000) {
      const limit = Date.now() + withinMs;
      while (!output.includes(words)) {
        if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}:\n${output}`);
        if (Date.now() > limit) throw new Error(`${command} did not say "${words}":\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async end() {
      child.stdin.end();
      return ended;
    },
  };
}
