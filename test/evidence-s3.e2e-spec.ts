import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Config } from '../src/config/config.js';
import { EvidenceStorage } from '../src/milestones/evidence-storage.js';

/** Enough of S3 to keep objects: PUT, HEAD, GET and DELETE by path. */
const objects = new Map<string, Buffer>();
let server: Server;
let folder: string;
let storage: EvidenceStorage;

beforeAll(async () => {
  server = createServer(async (request, response) => {
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
  folder = await mkdtemp(join(tmpdir(), 'exemplar-s3-'));
  const env = {
    EVIDENCE_S3_BUCKET: 'evidence',
    EVIDENCE_S3_ENDPOINT: `http://127.0.0.1:${port}`,
    DATA_DIR: folder,
  };
  storage = new EvidenceStorage(new Config(env));
  await storage.onModuleInit();
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** What was sent, without the chunk signatures that the client may wrap it in. */
async function received(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

test('by configuration alone, evidence goes to a bucket and comes back', async () => {
  const file = join(folder, 'evidence.txt');
  await writeFile(file, 'Go-live minutes');
  await storage.keep('trust/ab/key', file, 15);
  expect([...objects.keys()]).toEqual(['/evidence/trust/ab/key']);
  expect(await text(await storage.open('trust/ab/key', 15))).toBe('Go-live minutes');
  await storage.remove('trust/ab/key');
  await expect(storage.open('trust/ab/key', 15)).rejects.toMatchObject({ status: 503 });
});

test('an object that is not as long as what was stored is not handed out', async () => {
  objects.set('/evidence/short', Buffer.from('Go'));
  await expect(storage.open('short', 15)).rejects.toMatchObject({ status: 503 });
});
