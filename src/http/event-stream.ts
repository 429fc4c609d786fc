import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActingRequest } from './access.js';

/** How often something is sent while nothing happens, so that nothing between here and there closes the connection. */
const HEARTBEAT_MS = 15_000;

/**
 * Answers with server-sent events, each as JSON, until there are no more or the caller has gone. What is refused has to
 * be refused before: the answer begins at once.
 * @param name of the events
 * @param events given a signal that tells when the caller has gone
 */
export async function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  events: (signal: AbortSignal) => AsyncIterable<unknown>,
): Promise<void> {
  await (request as ActingRequest).noteRead?.(200);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...reply.getHeaders(),
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  } as never);
  const gone = new AbortController();
  request.raw.once('close', () => gone.abort());
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    for await (const event of events(gone.signal))
      raw.write(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`);
  } finally {
    clearInterval(heartbeat);
    raw.end();
  }
}
