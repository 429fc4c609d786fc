import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

const LOOK_MS = 100;

/** What stands before several processes: it follows `/health/ready` and sends each request to one that is ready. */
export interface Balancer {
  address: string;
  /** Requests that nobody was there for. */
  refused(): number;
  end(): Promise<void>;
}

/**
 * The least that any load balancer does: a request goes to a process that was ready when last looked at, ten times a
 * second; to the next one only where the connection is refused, when nothing has been sent yet. It tries nothing again.
 */
export async function balance(addresses: readonly string[]): Promise<Balancer> {
  const ready = new Set(addresses);
  let turn = 0;
  let refused = 0;
  const look = async (address: string): Promise<void> => {
    const status = await fetch(`${address}/health/ready`, {
      signal: AbortSignal.timeout(1_000),
      headers: { connection: 'close' },
    }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) ready.add(address);
    else ready.delete(address);
  };
  const timers = addresses.map((address) => setInterval(() => void look(address), LOOK_MS));

  function pass(asked: IncomingMessage, answer: ServerResponse, untried: string[]): void {
    const address = untried.shift();
    if (!address) {
      refused += 1;
      answer.writeHead(502).end();
      return;
    }
    const { method, headers, url } = asked;
    const passed = request(`${address}${url}`, { method, headers, agent: false }, (given) => {
      const { connection: _, ...rest } = given.headers;
      answer.writeHead(given.statusCode ?? 502, rest);
      given.pipe(answer);
    });
    passed.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') pass(asked, answer, untried);
      else answer.destroy(error);
    });
    passed.on('socket', (socket) => socket.once('connect', () => asked.pipe(passed)));
  }

  const server = createServer((asked, answer) => {
    const [first = [], second = []] = [[...ready], addresses.filter((address) => !ready.has(address))];
    const at = turn++ % Math.max(1, first.length);
    pass(asked, answer, [...first.slice(at), ...first.slice(0, at), ...second]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: `http://127.0.0.1:${port}`,
    refused: () => refused,
    async end() {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
