import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Config } from '../src/config/config.js';
import { EvidenceStorage } from '../src/storage/evidence-storage.js';
import { type ObjectServer, startObjectServer } from './support/s3.js';

let server: ObjectServer;
let folder: string;
let storage: EvidenceStorage;

beforeAll(async () => {
  server = await startObjectServer();
  folder = await mkdtemp(join(tmpdir(), 'exemplar-s3-'));
  const env = {
    EVIDENCE_S3_BUCKET: 'evidence',
    EVIDENCE_S3_ENDPOINT: server.endpoint,
    DATA_DIR: folder,
  };
  storage = new EvidenceStorage(new Config(env));
  await storage.onModuleInit();
});
afterAll(async () => {
  server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('by configuration alone, evidence goes to a bucket and comes back', async () => {
  const file = join(folder, 'evidence.txt');
  await writeFile(file, 'Go-live minutes');
  await storage.keep('trust/ab/key', file, 15);
  expect([...server.objects.keys()]).toEqual(['/evidence/trust/ab/key']);
  expect(await text(await storage.open('trust/ab/key', 15))).toBe('Go-live minutes');
  await storage.remove('trust/ab/key');
  await expect(storage.open('trust/ab/key', 15)).rejects.toMatchObject({ status: 503 });
});

test('an object that is not as long as what was stored is not handed out', async () => {
  server.objects.set('/evidence/short', Buffer.from('Go'));
  await expect(storage.open('short', 15)).rejects.toMatchObject({ status: 503 });
});
