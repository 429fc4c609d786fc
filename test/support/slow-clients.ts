import { connect, type Socket } from 'node:net';

/** How a slow client is slow: in its headers, in its body, or in taking the answer. */
export type Slowness = 'headers' | 'body' | 'reading';

/** Clients that hold on to connections and do next to nothing with them. */
export interface SlowClients {
  /** Of those that are slow in this, how many the server has closed. */
  closed(slowness: Slowness): number;
  open(): number;
  end(): void;
}

const WAYS: readonly Slowness[] = ['headers', 'body', 'reading'];
const DRIP_MS = 2_000;

/**
 * Opens so many connections, a third of each kind. Each sends a byte now and then, and takes nothing of its answer.
 * @param path of a large answer
 */
export async function slowClients(
  address: string,
  count: number,
  { path, key }: { path: string; key: string },
): Promise<SlowClients> {
  const { hostname, port } = new URL(address);
  const authorization = `Host: x\r\nAuthorization: Bearer ${key}\r\n`;
  const first: Record<Slowness, string> = {
    headers: `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Slow: `,
    body: `POST /v1/exports HTTP/1.1\r\n${authorization}Idempotency-Key: slow-slow-slow\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`,
    reading: `GET ${path} HTTP/1.1\r\n${authorization}\r\n`,
  };
  const closed: Record<Slowness, number> = { headers: 0, body: 0, reading: 0 };
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const slowness = WAYS[index % WAYS.length] as Slowness;
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        closed[slowness] += 1;
      });
      await new Promise<void>((resolve) => {
        socket.once('connect', resolve);
        socket.once('close', () => resolve());
      });
      if (slowness === 'reading') socket.pause();
      else socket.resume();
      socket.write(first[slowness]);
      return { slowness, socket };
    }),
  );
  const drip = setInterval(() => {
    for (const { slowness, socket } of sockets)
      if (slowness !== 'reading' && socket.writable) (socket as Socket).write(' ');
  }, DRIP_MS);
  return {
    closed: (slowness) => closed[slowness],
    open: () => sockets.filter(({ socket }) => !socket.destroyed).length,
    end() {
      clearInterval(drip);
      for (const { socket } of sockets) socket.destroy();
    },
  };
}
