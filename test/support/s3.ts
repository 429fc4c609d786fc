import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that speaks enough of S3 to keep objects: PUT, HEAD, GET and DELETE by path. */
export interface ObjectServer {
  /** By bucket and key: `/bucket/key`. */
  objects: Map<string, Buffer>;
  endpoint: string;
  stop(): void;
}

/** Starts one on a free port, and gives the AWS library credentials for it. */
export async function startObjectServer(): Promise<ObjectServer> {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? '/', 'http://s3').pathname);
    if (request.method === 'PUT') objects.set(key, await received(request));
    const object = objects.get(key);
    if (request.method === 'DELETE') objects.delete(key);
    else if (!object) {
      response.writeHead(404).end();
      return;
    } else if (request.method !== 'PUT') response.setHeader('Content-Length', object.length);
    response.writeHead(200, { ETag: '"1"', 'Last-Modified': new Date(0).toUTCString() });
    response.end(request.method === 'GET' ? object : undefined);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  const { port } = server.address() as AddressInfo;
  return {
    objects,
    endpoint: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What was sent, without the chunk signatures that the client may wrap it in. */
async function received(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
